"""What a spec might say so that a build makes what somebody wrote into a prompt.

In: a compiled project and a finding. Out: edits of the specs, the closest to the edit of the prompt first; or why there is none.
Invariant: proposes only; `absorb` builds each proposal and keeps one that makes the edited text.
"""

from collections.abc import Collection, Iterator

from ...diagnostics.diagnostic import Edit
from ...drift.lift import computed, lift
from ...drift.lift import everywhere as repeated
from ...drift.statements import fresh_id, moved, phrase, prose, retired
from ...drift.states import Finding, State
from ...model.identity import is_id
from ...plan.artifact import Artifact, Part
from ...source import span as spans
from ...syntax import tree
from ..compiling import Opened

Proposal = tuple[Edit, ...]

_BULLETS = "-*+ "


class Speaking:
    """A compiled project, asked for what stands where."""

    __slots__ = ("_opened", "_units")

    def __init__(self, opened: Opened) -> None:
        """Index the units of the specs."""
        self._opened = opened
        self._units = {unit.name: unit for file in opened.compiled.files for unit in file.units}

    def said(self, span: spans.Span) -> str:
        """What the spec says at `span`."""
        unit = self._units.get(span.unit)
        return unit.text[span.start : span.end] if unit is not None else ""

    def units(self, files: Collection[str]) -> tuple[tree.Unit, ...]:
        """The units of `files`."""
        return tuple(unit for name, unit in self._units.items() if name.file in files)

    def file(self, unit: tree.Unit) -> str:
        """The text of the file in which `unit` stands."""
        return next(file.source.text for file in self._opened.compiled.files if file.source.name == unit.name.file)

    def artifact(self, path: str) -> Artifact | None:
        """The generated file at `path`, as a build makes it."""
        return next((one for one in self._opened.compiled.artifacts if one.path == path), None)

    def unit(self, feature: str, owner: str) -> tree.Unit | None:
        """The unit in which the feature states `owner`."""
        plan = next((one for one in self._opened.compiled.plan.features if one.feature == feature), None)
        span = next((span for name, span in plan.owners if name == owner), None) if plan else None
        return self._units.get(span.unit) if span is not None else None

    def clause(self, feature: str, owner: str) -> str:
        """The clause of `owner` before it is laid out."""
        plan = next((one for one in self._opened.compiled.plan.features if one.feature == feature), None)
        clauses = (one for section in plan.sections for one in section.clauses) if plan else ()
        return next((one.text for one in clauses if one.owner == owner), "")

    def beside(self, feature: str, owner: str) -> tree.Unit | None:
        """The unit beside which another requirement can be stated: that of `owner`, else of the last one in the feature's own file."""
        plan = next((one for one in self._opened.compiled.plan.features if one.feature == feature), None)
        spans = [span for name, span in plan.owners if is_id(name)] if plan is not None else []
        own = plan.origin.span.unit.file if plan is not None else ""
        unit = self.unit(feature, owner) if owner else None
        if unit is not None and unit.name.file == own:
            return unit
        return next((self._units[span.unit] for span in reversed(spans) if span.unit.file == own), None)

    def unused(self, id: str) -> str:
        """`id`, if it can be the ID of a further requirement; else one that can."""
        taken = self.ids()
        return id if is_id(id) and id not in taken else fresh_id("EX-1", taken)

    def ids(self) -> set[str]:
        """Every ID that a spec states, retired ones too."""
        items = (unit.item for unit in self._units.values())
        return {item.id.text for item in items if item is not None and item.id is not None}


def everywhere(opened: Opened, feature: str, proposal: Proposal) -> Proposal:
    """`proposal`, and the same change of a quantity wherever else the files of the feature say it."""
    speaking = Speaking(opened)
    files = next((one.files for one in opened.compiled.program.features if one.name == feature), ())
    taken = [edit.span for edit in proposal]
    more = [
        Edit(spans.Span(unit.name, start, end), text)
        for edit in proposal
        for unit in speaking.units(files)
        for start, end, text in repeated(speaking.said(edit.span), edit.text, unit.text)
    ]
    return (*proposal, *(one for one in more if not any(_meet(one.span, other) for other in taken)))


def _meet(one: spans.Span, other: spans.Span) -> bool:
    return one.unit == other.unit and one.start < other.end and other.start < one.end


def proposals(opened: Opened, finding: Finding, whole: str) -> Iterator[Proposal]:
    """Edits of the specs that might make `finding` true; `whole` is the text of the file in which it was found."""
    speaking = Speaking(opened)
    artifact = speaking.artifact(finding.path)
    if artifact is None:
        return
    if not finding.path.endswith(".md"):
        yield from _computed(speaking, artifact, finding)
        return
    if finding.part is None:
        yield from _stated(speaking, artifact, finding, whole)
        return
    part = next((one for one in artifact.parts if (one.kind, one.id) == (finding.part.kind, finding.part.id)), None)
    if part is None or part.kind != "clause":
        return
    if finding.state is State.DELETED:
        yield from _retired(speaking, artifact, part)
    elif finding.state is State.MOVED:
        yield from _moved(speaking, artifact, part, finding, whole)
    elif finding.state in (State.EDITED, State.CONFLICT) and not finding.elsewhere:
        yield from _worded(speaking, artifact, part, finding.text)


def _computed(speaking: Speaking, artifact: Artifact, finding: Finding) -> Iterator[Proposal]:
    """Other values in what a case or grader shows of the spec."""
    wanted = (finding.part.kind, finding.part.id) if finding.part is not None else ("", "")
    part = next((one for one in artifact.parts if (one.kind, one.id) == wanted), None)
    if part is not None and part.kind in ("case", "grader") and finding.state in (State.EDITED, State.CONFLICT):
        yield from (one.edits for one in lift(part, finding.text, speaking.said) if one.whole)
        edits = computed(part, finding.text, speaking.said)
        if edits:
            yield edits


def _worded(speaking: Speaking, artifact: Artifact, part: Part, theirs: str) -> Iterator[Proposal]:
    """Other values in the holes of a clause; what no hole says, as its phrase."""
    lifted = tuple(lift(part, theirs, speaking.said))
    yield from (one.edits for one in lifted if one.whole)
    unit, words = speaking.unit(artifact.feature, part.owner), _core(speaking, artifact, part, theirs)
    worded = phrase(unit, words) if is_id(part.owner) and unit is not None and words else None
    if worded is not None:
        yield from ((*one.edits, worded) for one in lifted if not one.whole)
        yield (worded,)


def _core(speaking: Speaking, artifact: Artifact, part: Part, theirs: str) -> str:
    """What `theirs` says without the layout around the clause of `part`; "" where that was edited too."""
    clause = speaking.clause(artifact.feature, part.owner)
    before, found, after = part.text.partition(clause) if clause else ("", "", "")
    if not found or not theirs.startswith(before) or not theirs.endswith(after):
        return ""
    return theirs[len(before) : len(theirs) - len(after)]


def _retired(speaking: Speaking, artifact: Artifact, part: Part) -> Iterator[Proposal]:
    unit = speaking.unit(artifact.feature, part.owner)
    edit = retired(unit) if is_id(part.owner) and unit is not None else None
    if edit is not None:
        yield (edit,)


def _moved(speaking: Speaking, artifact: Artifact, part: Part, finding: Finding, whole: str) -> Iterator[Proposal]:
    """The requirement of a clause that stands elsewhere, beside the one beside which it stands now."""
    unit = speaking.unit(artifact.feature, part.owner)
    for other, before in _neighbours(artifact, finding, whole, but=part.owner):
        beside = speaking.unit(artifact.feature, other.owner)
        if unit is not None and beside is not None:
            edits = moved(unit, beside, speaking.file(unit), speaking.file(beside), before=before)
            if edits:
                yield edits


def _stated(speaking: Speaking, artifact: Artifact, finding: Finding, whole: str) -> Iterator[Proposal]:
    """A line that nobody stated, as a requirement beside the one beside which it stands."""
    text = finding.text.strip().lstrip(_BULLETS)
    if not text or "\n" in text or text.startswith("#"):
        return
    for part, before in _neighbours(artifact, finding, whole):
        unit = speaking.unit(artifact.feature, part.owner)
        if unit is not None:
            yield (prose(unit, fresh_id(part.owner, speaking.ids()), text, before=before),)


def _neighbours(artifact: Artifact, finding: Finding, text: str, but: str = "") -> Iterator[tuple[Part, bool]]:
    """The requirements above and below the line, each with whether the line stands before it; `but` is none of them."""
    if finding.theirs is None:
        return
    clauses = [one for one in artifact.parts if one.kind == "clause" and is_id(one.owner) and one.owner != but]
    above = [(at, one) for one in clauses if (at := text.rfind(one.text.strip(), 0, finding.theirs.start)) >= 0]
    below = [(-at, one) for one in clauses if (at := text.find(one.text.strip(), finding.theirs.end)) >= 0]
    for found, before in ((above, False), (below, True)):
        if found:
            yield max(found, key=lambda pair: pair[0])[1], before
