"""The wording of E0718 to E0720: texts by hand whose meaning moved, and the record of who read them."""

from collections.abc import Sequence

from ..diagnostics.code import Code, Severity
from ..diagnostics.diagnostic import Diagnostic, Fix, Label
from ..model.identity import is_id
from ..plan.written import Written
from ..source.span import whole_file
from .reviewed import Suspect

SUSPECT = Code("E0718", "Text by hand whose meaning has moved")
UNRECORDED = Code("E0719", "Text by hand that is on no record")
BAD_RECORD = Code("E0720", "Record of reviews that can't be read")
IDLE = Code("E0721", "Review of words that stand nowhere", Severity.NOTE)

_LONGEST = 160
_MOST = 12

_FEW = 3
"""So many texts on no record are told one by one; of more, the record itself was lost."""


def what(one: Written) -> str:
    """`the phrase of `REF-3``, `the example `EX-1``, `the meaning of `order``."""
    match one.name:
        case "example":
            return f"the example `{one.owner}`"
        case "means":
            return f"the meaning of `{one.owner.removeprefix('term ')}`"
        case "promises":
            return f"what `{one.owner.removeprefix('tool ')}` promises"
        case name:
            return f"the {name} of `{one.owner}`"


def suspect(one: Suspect) -> Diagnostic:
    """The meaning under a text moved, and nobody has read the text since."""
    before, now = one.changed
    if one.written.name == "promises":
        return _promised(one)
    said = [
        *(f"then: {_short(line)}" for line in before),
        *(f"now: {_short(line)}" for line in now),
    ]
    return Diagnostic(
        code=SUSPECT,
        title=f"{_start(what(one.written))} was last read when its spec meant something else",
        primary=Label(one.written.span, "nobody has read this since"),
        notes=tuple(said) or ("what it is about has changed in what its sentence does not say",),
        fix=Fix(f"change the text, or run `specc review {_asked(one.written)}` if it is still right"),
        requirement=one.written.owner if is_id(one.written.owner) else "",
    )


def _promised(one: Suspect) -> Diagnostic:
    """A tool promises something else, and nobody has read since what relies on it."""
    before, now = one.changed
    tool = one.written.owner.removeprefix("tool ")
    names = ", ".join(one.written.relying[:_MOST])
    more = f" and {len(one.written.relying) - _MOST} more" if len(one.written.relying) > _MOST else ""
    relying = f"clauses and cases of {names}{more} rely on it" if names else "no requirement relies on it"
    return Diagnostic(
        code=SUSPECT,
        title=f"What relies on `{tool}` was last read when the tool was declared otherwise",
        primary=Label(one.written.span, "nobody has read its clauses and cases since"),
        notes=(
            *(f"then: {_short(line)}" for line in before),
            *(f"now: {_short(line)}" for line in now),
            relying,
        ),
        fix=Fix(f"read them, and run `specc review {tool}` if they are still right"),
    )


def unrecorded(texts: Sequence[Written], path: str) -> tuple[Diagnostic, ...]:
    """Texts that no build has put on record; many of them are told as one."""
    fix = Fix(f"run `specc build`, and commit `{path}`")
    label = "nobody could tell when its meaning moves"
    if len(texts) <= _FEW:
        return tuple(
            Diagnostic(
                code=UNRECORDED,
                title=f"{_start(what(one))} is on no record",
                primary=Label(one.span, label),
                fix=fix,
                requirement=one.owner if is_id(one.owner) else "",
            )
            for one in texts
        )
    title = f"{_start(what(texts[0]))} and {len(texts) - 1} more texts by hand are on no record"
    names = ", ".join(f"`{name}`" for name in dict.fromkeys(one.owner for one in texts))
    return (
        Diagnostic(
            code=UNRECORDED,
            title=title,
            primary=Label(texts[0].span, label),
            notes=(_short(f"about {names}"),),
            fix=fix,
        ),
    )


def bad_record(path: str, start: int, end: int, problem: str) -> Diagnostic:
    """A line of the record is not one that specc writes."""
    return Diagnostic(
        code=BAD_RECORD,
        title=f"`{path}` can't be read: {problem}",
        primary=Label(whole_file(path, start, end)),
        notes=("nobody can tell whether this text was read",),
        fix=Fix("keep the lines of both sides of a merge, take out what is no entry, and run `specc build`"),
    )


def idle(path: str, names: Sequence[str]) -> Diagnostic:
    """Entries about words that were changed or taken out, as a merge may leave them."""
    return Diagnostic(
        code=IDLE,
        title=f"`{path}` records words that stand nowhere any more",
        primary=Label(whole_file(path)),
        notes=(f"about {', '.join(f'`{name}`' for name in names[:6])}",),
        fix=Fix("run `specc build`, which takes them out"),
    )


def _asked(one: Written) -> str:
    """What to write after `specc review` for this text."""
    if one.owner.startswith("tool "):
        return one.owner.removeprefix("tool ")
    return one.owner if is_id(one.owner) else f'"{one.owner.removeprefix("term ")}"'


def _start(named: str) -> str:
    """`named` as the first words of a title."""
    return named[:1].upper() + named[1:]


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
