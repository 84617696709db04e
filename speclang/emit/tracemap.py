"""The source map: where each character of the prompt and each field of each case comes from.

In: a feature's plan, its prompt's parts, and where the units of the spec files stand today. Out: `trace.json`, one line per
unit, part, grader and case. `speclang.emit.resolve` reads it back.

Origins are counted from their unit and prompt pieces by length, so that a block that moves changes one line of `units`, and
an edited clause one line of `prompt`. A field that a case does not list has the origin of its nearest listed parent, or that
of `fields` (where such a field mostly comes from), or the case's own (path "").

Invariant: says nothing about meaning; a file of this version is read by every later version of specc.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from json import dumps

from ..model.reliability import KnownFailure
from ..plan.artifact import Artifact, Part
from ..plan.case import Case, Input, Reply
from ..plan.grader import Grader
from ..plan.origin import Origin
from ..plan.plan import FeaturePlan
from ..source.span import Places, Unit
from .page import token

TRACE = "trace.json"
VERSION = 1
"""The version of the shape of `trace.json`."""

_Entries = dict[str, Origin]


class RefWriter:
    """Writes origins as `[unit, field, start, end]` (and the owner where the unit is not named after it), each once."""

    __slots__ = ("_kept", "_refs", "_texts", "ends", "files")

    def __init__(self, files: Mapping[str, tuple[str, ...]]) -> None:
        """`files` gives, for a unit's key, the files that have such a unit; a key of several is written `file#key`."""
        self.files = files
        self.ends: dict[Unit, int] = {}
        # By identity: hashing an origin costs more than writing it. What is kept can't give its identity to another.
        self._refs: dict[int, str] = {}
        self._kept: list[Origin] = []
        self._texts: dict[str, str] = {}

    def ref(self, origin: Origin) -> str:
        """`origin` as JSON."""
        shown = self._refs.get(id(origin))
        if shown is None:
            self._kept.append(origin)
            (unit, start, end) = origin.span
            self.ends[unit] = max(self.ends.get(unit, 0), end)
            key = self.key(unit)
            owner = "" if origin.owner == key else f",{self._text(origin.owner)}"
            shown = f"[{self._text(key)},{self._text(origin.field)},{start},{end}{owner}]"
            self._refs[id(origin)] = shown
        return shown

    def _text(self, text: str) -> str:
        """A text that comes back often, as JSON."""
        shown = self._texts.get(text)
        if shown is None:
            shown = self._texts[text] = _json(text)
        return shown

    def key(self, unit: Unit) -> str:
        """The unit's name in the map."""
        return unit.key if unit.key and len(self.files.get(unit.key, ())) <= 1 else f"{unit.file}#{unit.key}"

    def entry(self, path: str, shown: str) -> str:
        """`path` with its origin or pieces, as a member of an object."""
        return f"{self._text(path)}:{shown}"


def _json(value: object) -> str:
    return dumps(value, ensure_ascii=True, separators=(",", ":"))


def trace_text(plan: FeaturePlan, prompts: Mapping[str, Sequence[Part]], places: Places) -> str:
    """`trace.json` of the feature; `prompts` are everybody's, under "", and those of targets by their names."""
    refs = RefWriter(_files_by_key(plan))
    requirements = {requirement for requirement, _ in plan.meanings}
    contexts = {id(one): one for case in plan.cases for one in case.context}
    fields = _usual(plan, requirements, contexts.values())
    silent = {key for key, one in contexts.items() if fields.get(f"context/{one.given}") == one.origin}
    prompt_lines = {target: [_prompt_line(part, refs) for part in parts] for target, parts in prompts.items()}
    grader_lines = [_grader_line(grader, refs) for grader in plan.graders]
    case_lines = [case_line(case, fields, refs, silent) for case in plan.cases]
    field_lines = [refs.entry(path, refs.ref(origin)) for path, origin in sorted(fields.items())]
    feature = refs.ref(plan.origin)
    for _, span in plan.owners:
        refs.ends[span.unit] = max(refs.ends.get(span.unit, 0), span.end)
    blocks = (
        f'"version":{VERSION}',
        f'"feature":{_json(plan.feature)}',
        f'"origin":{feature}',
        f'"units":{_units(refs, places)}',
        f'"fields":{_object(field_lines)}',
        f'"prompt":{_array(prompt_lines.pop(""))}',
        f'"graders":{_object(grader_lines)}',
        f'"cases":{_object(case_lines)}',
    )
    targets = (f'"prompt.{target}":{_array(lines)}' for target, lines in prompt_lines.items())
    return "{" + ",\n".join((*blocks, *targets)) + "}\n"


def trace_artifact(path: str, feature: str, owner: str, text: str) -> Artifact:
    """The file that holds the source map `text`: one part, which speaks for the feature."""
    return Artifact(path, feature, (Part("layout", "trace", owner, text, ()),))


def _files_by_key(plan: FeaturePlan) -> dict[str, tuple[str, ...]]:
    """The files in which each key of a unit occurs, over all that the feature's declarations and requirements say."""
    found: dict[str, dict[str, None]] = {}
    spans = [span for _, span in plan.owners]
    for section in plan.sections:
        spans.append(section.origin.span)
        spans.extend(piece.origin.span for clause in section.clauses for piece in clause.pieces)
    for turn in (turn for case in plan.cases for turn in case.turns):
        spans.extend(origin.span for _, origin in turn.pieces)
    for span in spans:
        found.setdefault(span.unit.key, {})[span.unit.file] = None
    return {key: tuple(files) for key, files in found.items()}


def _units(refs: RefWriter, places: Places) -> str:
    by_file: dict[str, list[tuple[int, str, int]]] = {}
    for unit, end in refs.ends.items():
        start = places.starts.get(unit, 0)
        by_file.setdefault(unit.file, []).append((start, unit.key, start + end))
    return units_table(by_file)


def units_table(units: Mapping[str, Sequence[tuple[int, str, int]]]) -> str:
    """Where units stand, by file: start, key and end of each, in order."""
    files = [
        f"{_json(file)}:" + _object(f"{_json(key)}:[{start},{end}]" for start, key, end in sorted(placed))
        for file, placed in sorted(units.items())
    ]
    return _object(files)


def _object(members: Iterable[str]) -> str:
    listed = ",\n".join(members)
    return f"{{\n{listed}}}" if listed else "{}"


def _array(members: Iterable[str]) -> str:
    listed = ",\n".join(members)
    return f"[\n{listed}]" if listed else "[]"


def _prompt_line(part: Part, refs: RefWriter) -> str:
    pieces: list[list[object]] = []
    for mark in part.marks:
        shown = refs.ref(mark.origin)
        if pieces and pieces[-1][1] == shown:
            pieces[-1][0] = int(str(pieces[-1][0])) + mark.end - mark.start
        else:
            pieces.append([mark.end - mark.start, shown])
    listed = ",".join(f"[{length},{shown}]" for length, shown in pieces)
    return f"[{_json(part.kind)},{_json(part.id)},{_json(part.owner)},[{listed}]]"


def _grader_line(grader: Grader, refs: RefWriter) -> str:
    members = [refs.entry("", refs.ref(grader.origin))]
    members += (
        refs.entry(f"settings/{token(setting.name)}", refs.ref(setting.origin))
        for setting in grader.settings
        if setting.origin != grader.origin
    )
    if grader.holds is not None:
        members.append(refs.entry("holds", refs.ref(Origin(grader.requirement, "holds", grader.holds.least_span))))
    members += (refs.entry(path, refs.ref(origin)) for path, origin in _known(grader.requirement, grader.known))
    return refs.entry(grader.id, "{" + ",".join(members) + "}")


def case_line(case: Case, fields: Mapping[str, Origin], refs: RefWriter, silent: Container[int] = ()) -> str:
    """One case: its own origin under "", and the fields that come from elsewhere than `fields` says.

    `silent` are what the caller knows, by identity, that comes from where `fields` says: cases have it in common.
    """
    members = [refs.entry("", refs.ref(case.origin))]
    known = [one for one in case.context if id(one) not in silent]
    for path, origin in _fields(case, known):
        usual = fields.get(path)
        if origin is not usual and origin != usual:
            members.append(refs.entry(path, refs.ref(origin)))
    for number, turn in enumerate(case.turns):
        path = f"turns/{number}/{turn.role}"
        pieces = [f"[{len(text)},{refs.ref(origin)}]" for text, origin in turn.pieces]
        members.append(refs.entry(path, "[" + ",".join(pieces) + "]"))
    return refs.entry(case.id, "{" + ",".join(members) + "}")


def _fields(case: Case, context: Iterable[Input] = ()) -> Iterator[tuple[str, Origin]]:
    """Every field of the case that has an origin of its own, but for the turns; of what the caller knows, `context`."""
    for watch in case.canaries[:1]:
        yield "canary", watch.origin
    for one in case.inputs:
        yield f"given/{one.given}", one.origin
    for one in context:
        yield f"context/{one.given}", one.origin
    yield from _replied(case.replies)
    for expected in case.expected:
        yield f"expect/{token(expected.outcome)}", expected.origin
    for use in case.uses:
        yield f"graders/{token(use.grader)}", use.origin
    if case.holds is not None:
        yield "repeat", Origin(case.requirement, "holds", case.holds.times_span)
    yield from _known(case.requirement, case.known)


def _known(requirement: str, known: KnownFailure | None) -> Iterator[tuple[str, Origin]]:
    """Where it is said that something is known to fail."""
    if known is not None:
        yield "known_to_fail/until", Origin(requirement, "known_to_fail", known.until_span)
        yield "known_to_fail/because", Origin(requirement, "known_to_fail", known.because_span)


def _replied(replies: Iterable[Reply]) -> Iterator[tuple[str, Origin]]:
    for reply in replies:
        path = f"tools/{token(reply.tool)}"
        for key, origin in reply.origins:
            yield f"{path}/{key}" if key else path, origin


def _usual(plan: FeaturePlan, requirements: set[str], contexts: Iterable[Input]) -> _Entries:
    """For each path the declaration that it mostly comes from; a grader's own origin for the cases that use it.

    `contexts` are all that the caller knows in some case, each once.
    """
    found: _Entries = {f"graders/{token(grader.id)}": grader.origin for grader in plan.graders if not grader.always}
    for one in plan.typical:
        found[f"given/{one.given}"] = one.origin
        found[f"typical/{one.given}"] = one.origin
    found.update(_replied(plan.replies))
    declared: dict[str, set[Origin]] = {}
    told = ((f"context/{one.given}", one.origin) for one in contexts)
    for path, origin in chain(told, (field for case in plan.cases for field in _fields(case))):
        if path not in found and origin.owner not in requirements:
            declared.setdefault(path, set()).add(origin)
    for path, origins in declared.items():
        found[path] = min(origins, key=lambda one: (one.owner, one.field, one.span))
    return found
