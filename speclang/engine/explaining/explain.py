"""`explain CASE`: why a case is red, by the first cause that holds, with the evidence.

In: a folder, a case, and recorded answers if there are some. Out: the cause and what was looked at, in order.
Invariant: asks no model; writes nothing.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from ...analysis.errors import DOUBTS
from ...diagnostics.diagnostic import Diagnostic, has_errors
from ...drift import errors as drift
from ...drift import review_errors
from ...drift.states import Finding
from ...emit.cases import CASES
from ...emit.tracemap import TRACE
from ...grading.suite import State
from ...plan.case import Case
from ...plan.plan import FeaturePlan
from ...project.lines import Line
from ...source.records import dataclass, field
from ...source.span import Places
from ...source.suggest import nearest
from ..answers.score import Scoring
from ..compiling import Opened, open_project, with_sources
from ..errors import BAD_SAMPLE, WRONG_GRADER
from ..fresh import look
from ..standing.differences import Held
from ..standing.stand import stand
from .causes import Cause, Tries, first


@dataclass(frozen=True, slots=True)
class Recorded:
    """Recorded answers: the name of where they come from, and their lines; `each` is put behind the name to tell one of them.

    `kept` says that they are of the store.
    """

    name: str
    lines: Iterable[Line]
    each: str = ":{}"
    kept: bool = False


Recall = Callable[[Opened, str, Case], tuple[Recorded | None, Recorded | None]]
"""What is known of a case of a feature without being handed over: its last answers, and earlier ones that were green."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """Why `case` is red: `cause`, and what was found for each that was asked; `findings` show the first one.

    Where nothing is called that, `case` is "" and `near` the nearest name. Where the specs themselves can't be read, `findings` are
    theirs and there is no cause.
    """

    case: str
    feature: str = ""
    requirement: str = ""
    cause: Cause | None = None
    evidence: tuple[tuple[Cause, tuple[str, ...]], ...] = ()
    asked: tuple[Cause, ...] = ()
    now: Tries | None = None
    before: Tries | None = None
    near: str = ""
    findings: tuple[Diagnostic, ...] = ()
    places: Places = field(repr=False)


def explain(
    start: Path,
    name: str,
    *,
    answers: Recorded | None = None,
    before: Recorded | None = None,
    recall: Recall | None = None,
) -> Explained:
    """Explain the case called `name`, or `FEATURE/CASE` where several features have it.

    `answers` are recorded ones that are red, `before` those of an earlier time, when it was green; without either, `recall` is asked
    for them. Raises `NoProject` and `OSError`.
    """
    opened = open_project(start, look(start), afresh=True)
    compiled = opened.compiled
    graders = [one for one in compiled.diagnostics if one.code in (WRONG_GRADER, BAD_SAMPLE)]
    broken = [one for one in compiled.diagnostics if one not in graders and one.code not in DOUBTS]
    found = _case(compiled.plan.features, name)
    if has_errors(broken):
        return Explained(case=name, findings=tuple(broken), places=compiled.places)
    standing = stand(opened)
    if found is None:
        return _unmade(opened, name, standing.parts)
    plan, case = found
    places = with_sources(compiled.places, standing.sources)
    seen = _Seen(opened, plan, case, compiled.diagnostics)
    evidence = seen.of_files(standing.parts)
    evidence[Cause.GRADER] = seen.of_graders(graders)
    evidence[Cause.REQUIREMENT].extend(seen.of_requirement())
    evidence[Cause.REQUIREMENT].extend(seen.of_texts(standing.record.diagnostics))
    if answers is None and before is None and recall is not None:
        answers, before = recall(opened, plan.feature, case)
    now, then = (_tries(opened, plan.feature, case, one) if one is not None else None for one in (answers, before))
    cause = first({one: [finding.title for finding in found] for one, found in evidence.items()}, now, then)
    asked = tuple(one for one in Cause if one in _asked(now, then))
    return Explained(
        case=case.id,
        feature=plan.feature,
        requirement=case.requirement,
        cause=cause,
        evidence=tuple((one, tuple(finding.title for finding in found)) for one, found in evidence.items() if found),
        asked=asked,
        now=now,
        before=then,
        findings=tuple(evidence.get(cause, ())) if cause else (),
        places=places,
    )


def _asked(now: Tries | None, before: Tries | None) -> Iterator[Cause]:
    yield from (Cause.CASE, Cause.GRADER, Cause.CLAUSE, Cause.REQUIREMENT)
    if now is not None and now.n:
        if before is not None and before.n:
            yield Cause.RUN
        yield from (Cause.NOISE, Cause.MODEL)


def _case(plans: Sequence[FeaturePlan], name: str) -> tuple[FeaturePlan, Case] | None:
    """The case, also by an obligation that it meets besides, or with its feature before it."""
    for plan in plans:
        wanted = name.removeprefix(f"{plan.feature}/")
        for case in plan.cases:
            if wanted == case.id or any(wanted == one.id for one in case.also):
                return plan, case
    return None


def _unmade(opened: Opened, name: str, parts: Iterable[tuple[Diagnostic, Finding]]) -> Explained:
    """What there is to say of a case that the spec makes no more, or never did."""
    compiled = opened.compiled
    held = Held.of(opened).lock
    known = next((one for one in held.parts if one.kind == "case" and one.id == name), None)
    if known is None:
        every = [case.id for plan in compiled.plan.features for case in plan.cases]
        return Explained(case="", near=nearest(name, every) or "", places=compiled.places)
    doubts = [one for one in compiled.diagnostics if one.code in DOUBTS and _names(one, known.owner)]
    told = [said for said, one in parts if one.part is not None and one.part.owner == known.owner]
    why = (f"no case `{name}` is made of the spec as it stands", *(one.title for one in doubts))
    return Explained(
        case=name,
        feature=next((one.feature for one in held.files if one.path == known.path), ""),
        requirement=known.owner,
        cause=Cause.REQUIREMENT,
        evidence=((Cause.REQUIREMENT, why),),
        asked=(Cause.REQUIREMENT,),
        findings=tuple(doubts or told),
        places=compiled.places,
    )


def _names(one: Diagnostic, requirement: str) -> bool:
    """Whether a finding is about `requirement`, or names it."""
    words = (one.title, one.primary.text, *(label.text for label in one.labels))
    return one.requirement == requirement or any(f"`{requirement}`" in text for text in words)


class _Seen:
    """What there is to see of one case; lives no longer than the question."""

    __slots__ = ("_case", "_found", "_opened", "_plan", "_requirements", "_uses")

    def __init__(self, opened: Opened, plan: FeaturePlan, case: Case, found: Sequence[Diagnostic]) -> None:
        self._opened = opened
        self._plan = plan
        self._case = case
        self._found = found
        uses = {one.grader for one in case.uses}
        self._uses = uses | {one.id for one in plan.graders if one.always}
        deciding = {id for one in case.expected for id in one.requirements}
        speaking = {one.requirement for one in plan.graders if one.id in uses}
        self._requirements = {case.requirement, *case.covers, *deciding, *speaking}

    def of_graders(self, wrong: Sequence[Diagnostic]) -> list[Diagnostic]:
        """The findings `wrong` about the kinds whose graders judge this case."""
        features = {one.name: one for one in self._opened.compiled.program.features}
        judging = {one.requirement for one in self._plan.graders if one.id in self._uses}
        kinds = {one.kind for one in features[self._plan.feature].requirements if one.id in judging}
        return [one for one in wrong if any(f"`{kind}`" in one.title for kind in kinds)]

    def of_files(self, parts: Iterable[tuple[Diagnostic, Finding]]) -> dict[Cause, list[Diagnostic]]:
        """The findings about this case and its graders, about clauses, and about what is out of date, each as evidence."""
        found: dict[Cause, list[Diagnostic]] = {Cause.CASE: [], Cause.CLAUSE: [], Cause.REQUIREMENT: []}
        mine = {one.path for one in self._opened.compiled.artifacts if one.feature == self._plan.feature}
        for said, finding in parts:
            cause = self._cause(said, finding) if finding.path in mine and not finding.cosmetic else None
            if cause is not None:
                found[cause].append(said)
        return {cause: list(dict.fromkeys(members)) for cause, members in found.items()}

    def _cause(self, said: Diagnostic, found: Finding) -> Cause | None:
        """What a finding about a part of a file is evidence for."""
        owner = found.part.owner if found.part else found.near
        if said.code in (drift.STALE, drift.OTHER_COMPILER):
            return Cause.REQUIREMENT if owner in self._requirements else None
        if found.path.endswith(CASES):
            part = found.part
            if part is None or (part.kind == "case" and part.id != self._case.id):
                return None
            return Cause.CASE if part.kind != "grader" or part.id in self._uses else None
        if found.path.endswith(TRACE):
            return None
        return Cause.CLAUSE if owner in self._requirements else None

    def of_requirement(self) -> list[Diagnostic]:
        """The findings that put a requirement of this case in doubt: another is at odds with it, or an input lies beside both."""
        return [one for one in self._found if one.code in DOUBTS and any(_names(one, id) for id in self._requirements)]

    def of_texts(self, found: Iterable[Diagnostic]) -> list[Diagnostic]:
        """The ones of `found` that say that a text by hand of this case's requirements was read against another meaning."""
        return [one for one in found if one.code == review_errors.SUSPECT and one.requirement in self._requirements]


def _tries(opened: Opened, feature: str, case: Case, recorded: Recorded) -> Tries:
    """How the recorded answers to this case stand by its graders."""
    name = recorded.name
    scoring = Scoring(opened, name, feature=feature)
    ids = {case.id, *(one.id for one in case.also)}
    mine = [one for one in scoring.each(recorded.lines) if one.case in ids and one.told]
    reasons = [
        f"{name}{recorded.each.format(one.line)}: {verdict.requirement}: {verdict.reason}"
        for one in mine
        for verdict in one.requirements
        if verdict.state is State.FAIL and verdict.gates
    ]
    models = dict.fromkeys(sorted({one.model for one in mine if one.model}))
    return Tries(
        sum(one.passed for one in mine),
        len(mine),
        tuple(models),
        tuple(reasons),
        scoring.summary.refused,
        name,
        recorded.kept,
    )
