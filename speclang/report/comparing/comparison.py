"""What is told people of two runs: what they were asked within, requirement by requirement what differs, and where their answers part.

In: a `Compared`. Out: lines.
Invariant: a stub's results stand nowhere without its name; what a model or a spec wrote is text, and never an escape of a terminal.
"""

from collections.abc import Iterator

from ...analysis.change import Change
from ...assure.compare import Compared
from ...assure.comparing.meetings import Line, Meeting
from ...assure.comparing.steps import CALL, Step
from ...assure.comparing.varied import Axis, Varied
from ...diagnostics.width import safe
from ...run.store.reading import PastRun
from ...source.hashing import Json, canonical

HEAD = ("requirement", "pairs", "before", "after", "lost", "won", "chance", "verdict")

_LONGEST = 90
_FEW = 6


def envelope(found: Compared, most: int = _FEW) -> list[str]:
    """What differs in what two runs were asked within, axis by axis; of what only some cases have, a few."""
    lines = [safe(f"! {why}") for why in found.unknown]
    if not found.varied:
        return lines or ["they were asked within the same: nothing differs in the envelopes"]
    lines.append("what differs in what they were asked within")
    features = len({one.feature for one in found.varied if one.feature}) > 1
    for axis in Axis:
        held = [one for one in found.varied if one.axis is axis]
        own, shared = [one for one in held if one.case], [one for one in held if not one.case]
        label = axis.value
        for one in shared:
            for text in described(one, features=features):
                lines.append(safe(f"  {label:<10}  {text}"))
                label = ""
        if own:
            cases = list(dict.fromkeys(one.case for one in own))
            some = ", ".join(f"{one.case} ({one.name}{_how(one)})" for one in own[:most])
            lines.append(safe(f"  {label:<10}  {_count(len(cases), 'case')}: {some}{', …' if len(own) > most else ''}"))
    return lines


def _how(one: Varied) -> str:
    return "" if one.how == Change.CHANGED else f" {one.how}"


def described(one: Varied, *, features: bool) -> Iterator[str]:
    """What differs, in a line, and the texts of it; `features` has its feature named."""
    name = f"{one.feature}/{one.name}" if features and one.feature else one.name
    idle = " (that changes no answer)" if one.idle else ""
    if one.axis in (Axis.PROMPT, Axis.TOOLS):
        why = f": {'; '.join(one.why)}" if one.why else ""
        yield f"{name} {one.how}{why}"
        if one.before != one.after:
            yield from (
                f"  {sign} {short(text.removeprefix('- '), 2 * _LONGEST)}"
                for sign, text in (("-", one.before), ("+", one.after))
                if text
            )
    elif one.before or one.after:
        yield f"{name}: {short(one.before) or 'none'} -> {short(one.after) or 'none'}{idle}"
    else:
        yield f"{name} {one.how}{idle}"


def rows(found: Compared) -> list[tuple[str, ...]]:
    """A row for each requirement, under a head."""
    many = len({one.feature for one in found.differences}) > 1
    head = (*HEAD[:2], f"run {found.before.id}", f"run {found.after.id}", *HEAD[4:])
    return [
        head,
        *(
            (
                f"{one.feature}/{one.requirement}" if many else one.requirement,
                f"{one.pairs:,}",
                str(one.before),
                str(one.after),
                f"{one.lost:,}",
                f"{one.won:,}",
                f"{one.chance:.2g}",
                one.verdict,
            )
            for one in found.differences
        ),
    ]


def runs(found: Compared) -> list[str]:
    """Which runs they are, and what is left out."""
    lines = [_run(run) for run in (found.before, found.after)]
    if found.judges:
        lines.append("they were not judged by the same judge: what only a judge can tell is left out")
    if found.alone:
        lines.append(f"{found.alone:,} verdicts have no partner in the other run")
    return lines


def _run(run: PastRun) -> str:
    stub = ", the obedient stub and no model" if run.stub else ""
    return safe(f"run {run.id}: {run.target} ({run.model}), {run.started[:16]}, {run.state}{stub}")


def partings(found: Compared) -> list[str]:
    """How many answers are the same step by step, and where those that are shown part."""
    seen = found.partings
    if not seen.pairs:
        return []
    lines = [f"{_count(seen.pairs, 'pair')} of answers side by side, {seen.same:,} the same step by step"]
    if seen.first:
        told = ", ".join(f"{how} {count:,}" for how, count in seen.first)
        lines[0] += f"; the first step that differs: {told}"
    lines.extend(safe(f"  {title(one)}: {parted(one)}; {explained(found, one)}") for one in seen.shown)
    if seen.left:
        lines.append(f"  and {seen.left:,} more; `--case ID` shows one")
    return lines


def title(one: Meeting) -> str:
    """The name of a pair of answers, with the requirements whose verdict changed."""
    again = f", answer {one.repetition}" if one.repetition > 1 else ""
    told = [f"{what} {', '.join(ids)}" for what, ids in (("lost", one.lost), ("won", one.won)) if ids]
    return f"{one.case}{again}" + (f" ({'; '.join(told)})" if told else "")


def parted(one: Meeting) -> str:
    """Where two answers part, in words."""
    line = one.parting
    if line is None:
        return "the same step by step"
    step = line.after or line.before
    where = f"step {line.before.number if line.before is not None else step.number if step is not None else 0}"
    named = f"`{step.name}`" if step is not None and step.kind == CALL else f"what the {step.name if step else ''} says"
    if line.how == "changed arguments":
        path, was, now = line.differs[0]
        return f"they part at {where}, {named}, argument `{path}`: {_value(was)} -> {_value(now)}"
    if line.how == "changed result":
        path, was, now = line.differs[0] if line.differs else ("", None, None)
        return f"they part at {where}, the result of {named}{f' at `{path}`' if path else ''}: {_value(was)} -> {_value(now)}"
    if line.how == "said otherwise":
        return f"they part at {where}, {named}"
    return f"they part at {where}, {named}: {line.how}"


def explained(found: Compared, one: Meeting) -> str:
    """What of the envelopes can be why two answers differ."""
    if one.parting is None and not one.lost and not one.won:
        return "nothing is to be explained"
    axes = found.axes(one)
    if not axes:
        if found.unknown:
            return "what differs in the envelopes is not known"
        return "nothing differs that could be why: it is chance, or the application has changed"
    if len(axes) > 1:
        return f"{', '.join(axes[:-1])} and {axes[-1]} differ, and `specc bisect` tells which of them it is"
    names = [each.name for each in found.varied if each.axis is axes[0] and each.reaches(one.feature, one.case)]
    listed = f" ({', '.join(names[:_FEW])}{', …' if len(names) > _FEW else ''})"
    return f"only the {axes[0]}{listed} can be why, or chance"


def side_by_side(found: Compared, one: Meeting, width: int) -> Iterator[tuple[str, str]]:
    """Two conversations beside each other in so many columns: each line with how its row stands."""
    column = max(16, (width - 5) // 2)
    yield "", safe(title(one))
    yield "", f"  {f'run {found.before.id}':<{column}} | run {found.after.id}"
    for line in one.lines:
        same = line.how == "same"
        one_side, other_side = (_cell(step, column, 1 if same else 8) for step in (line.before, line.after))
        for number in range(max(len(one_side), len(other_side))):
            left, right = (cell[number] if number < len(cell) else "" for cell in (one_side, other_side))
            mark = _MARKS.get(line.how, "~") if number == 0 else " "
            yield line.how, f"{mark} {left:<{column}} | {right}".rstrip()
        if line.how != "same":
            for text in _details(line):
                yield line.how, safe(f"  {text}")
    for id, why in zip((found.before.id, found.after.id), one.stopped, strict=True):
        if why:
            yield "", safe(f"  run {id} ended before its time: {why}")
    yield "", safe(f"{parted(one)}; {explained(found, one)}")


_MARKS = {"same": "=", "moved": "^", "only before": "<", "only after": ">"}


def _details(line: Line) -> Iterator[str]:
    if line.how == "moved" and line.before is not None:
        yield f"moved: it was step {line.before.number}"
    elif line.how.startswith("changed"):
        for path, was, now in line.differs[:_FEW]:
            yield f"{line.how}{f', {path}' if path else ''}: {_value(was)} -> {_value(now)}"


def _cell(step: Step | None, column: int, most: int) -> list[str]:
    """A step in so many columns, and no more than so many lines."""
    if step is None:
        return []
    from textwrap import wrap

    lead = f"{step.number} {step.name}"
    if step.kind == CALL:
        said = f"{lead}({short(canonical(step.arguments), 600)}) = {short(_plain(step.result), 600)}"
    else:
        said = f"{lead}: {step.text}"
    return wrap(safe(" ".join(said.split())), column, max_lines=most, placeholder=" …") or [lead]


def _plain(value: Json) -> str:
    return value if isinstance(value, str) else canonical(value)


def _value(value: Json) -> str:
    return "nothing" if value is None else short(canonical(value))


def short(text: str, longest: int = _LONGEST) -> str:
    """`text` on one line, and no more of it than that."""
    plain = " ".join(text.split())
    return plain if len(plain) <= longest else f"{plain[: longest - 1]}…"


def _count(number: int, of: str) -> str:
    return f"{number:,} {of}{'' if number == 1 else 's'}"
