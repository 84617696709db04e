"""What graders say of one answer, and what that comes to for each requirement.

In: graders as plain data with the checks that they call, cases as what is said in them and what they settle, and an answer.
Out: a verdict for each requirement that speaks on it.
Invariant: pure and total: whatever a check does with an answer, it ends in a verdict with a reason. Knows no plan and no kind: a suite
that is exported carries this file, so what another tool shows is said by the same code.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum

from ..kit.answer import Answer, Said, Verdict
from ..kit.checks.evidence import quote
from ..model.requirement import Level
from ..source.hashing import Json
from ..source.records import dataclass, field, replace


class State(StrEnum):
    """What is said of an answer. `judge`: no code can tell; `not_applicable`: there is nothing to tell it from."""

    PASS = "pass"  # noqa: S105 - no secret
    FAIL = "fail"
    JUDGE = "judge"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a judge said where no code can tell: `by` whom, the `quote` from the answer, and how the votes fell.

    `key` is the name under which it is kept.
    """

    by: str
    quote: str
    passes: int
    fails: int
    others: int
    key: str = ""


@dataclass(frozen=True, slots=True)
class GraderVerdict:
    """What one grader says, by which version of its check; `loose` is its loose reading, None if it has none or none was asked.

    `share` is how many of 100 runs have to pass: under 100, one that fails decides nothing alone. `judgement` is what a judge said, if
    one was asked: where it came to no verdict, the state stays `judge`.
    """

    grader: str
    requirement: str
    check: str
    version: int
    level: Level
    gates: bool
    state: State
    reason: str
    loose: State | None = None
    share: int = 100
    judgement: Judgement | None = None


@dataclass(frozen=True, slots=True)
class RequirementVerdict:
    """What the graders of one requirement come to: it fails with any that gates, and waits for a judge with any that needs one.

    `judged` says that a judge had a part in it.
    """

    requirement: str
    state: State
    gates: bool
    reason: str
    graders: tuple[GraderVerdict, ...]
    loose: State | None = None
    judged: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Grading:
    """A grader as it is applied. `gates` says that a failure decides; `needs` what it can't tell without.

    That is `judge` (no code can tell), `base` (the answer that this one is compared with), `measured` (what the run took), `absent` (its
    check, which is not here), or "".
    `loosely` says that its check has a loose reading.
    """

    id: str
    requirement: str
    check: str
    version: int
    level: Level
    gates: bool
    always: bool
    needs: str = ""
    loosely: bool = False
    settings: Mapping[str, Json] = field(default_factory=dict[str, Json])


@dataclass(frozen=True, slots=True)
class Sitting:
    """A case as graders see it: what the user says, the settings that it fixes for the graders that it uses, and its base."""

    said: tuple[str, ...]
    uses: Mapping[str, Mapping[str, Json]]
    base: str = ""


class Suite:
    """The graders of one feature and its cases by ID; `check` finds the function that a grader calls."""

    __slots__ = ("_always", "_check", "_checks", "_loose", "_places", "_settled", "gradings", "sittings")

    def __init__(
        self,
        gradings: Sequence[Grading],
        sittings: Mapping[str, Sitting],
        check: Callable[[Grading], Callable[..., Verdict]],
        *,
        loose: bool = False,
    ) -> None:
        """With `loose`, graders that have a loose reading give it, too."""
        self.gradings = gradings
        self.sittings = sittings
        self._check = check
        self._checks: dict[tuple[str, str], Callable[..., Verdict]] = {}
        self._loose = loose
        self._always = tuple(place for place, one in enumerate(gradings) if one.always)
        self._places: dict[str, list[int]] = {}
        for place, one in enumerate(gradings):
            self._places.setdefault(one.id, []).append(place)
        self._settled = frozenset(id for one in sittings.values() for id, settings in one.uses.items() if settings)

    def grade(self, case: str, answer: Answer, *, bare: bool = False, only: str = "") -> tuple[RequirementVerdict, ...]:
        """What the requirements say of `answer` to the case called `case`; for "" only those that judge every answer.

        A `bare` answer is one of which only the text is known: it stands after what the user of its case says. With `only`, no other
        requirement is asked.
        """
        sitting = self.sittings.get(case) if case else None
        if bare and sitting is not None:
            answer = replace(answer, steps=(*(Said("user", text) for text in sitting.said), *answer.steps))
        found: dict[str, list[GraderVerdict]] = {}
        for grading, settled in self._asked(sitting):
            if only not in ("", grading.requirement):
                continue
            found.setdefault(grading.requirement, []).append(self._verdict(grading, settled, answer, sitting))
        return tuple(weighed(id, tuple(verdicts), loose=self._loose) for id, verdicts in found.items())

    def _asked(self, sitting: Sitting | None) -> Iterator[tuple[Grading, Mapping[str, Json] | None]]:
        """The graders that speak, each with what the case settles; None where it would have to be settled and there is no case."""
        uses = sitting.uses if sitting is not None else {}
        used = {place for id in uses for place in self._places.get(id, ())}
        for place in sorted(used.union(self._always)) if used else self._always:
            grading = self.gradings[place]
            settled = uses.get(grading.id)
            if settled is None:
                settled = None if sitting is None and grading.id in self._settled else _NOTHING
            yield grading, settled

    def _verdict(
        self, grading: Grading, settled: Mapping[str, Json] | None, answer: Answer, sitting: Sitting | None
    ) -> GraderVerdict:
        settings = {**grading.settings, **settled} if settled else grading.settings
        state, reason, loose = self._said(grading, settings, settled, answer, sitting)
        share = settings.get("percentile", 100)
        return GraderVerdict(
            grader=grading.id,
            requirement=grading.requirement,
            check=grading.check,
            version=grading.version,
            level=grading.level,
            gates=grading.gates,
            state=state,
            reason=reason,
            loose=loose,
            share=share if isinstance(share, int) else 100,
        )

    def _said(
        self,
        grading: Grading,
        settings: Mapping[str, Json],
        settled: Mapping[str, Json] | None,
        answer: Answer,
        sitting: Sitting | None,
    ) -> tuple[State, str, State | None]:
        """What is said, why, and what the loose reading says."""
        if grading.needs == "judge":
            told = bool(answer.text.strip())
            return (State.JUDGE, _LEFT, None) if told else (State.FAIL, _BLANK, None)
        if settled is None or grading.needs:
            silent = _silent(grading, settings, settled, answer, sitting)
            if silent:
                return State.NOT_APPLICABLE, silent, None
        verdict = self._applied(grading, settings, answer)
        state = State.PASS if verdict.passed else State.FAIL
        if not self._loose or not grading.loosely:
            return state, verdict.reason, None
        loosely = verdict if verdict.passed else self._applied(grading, {**settings, "loose": True}, answer)
        return state, verdict.reason, State.PASS if loosely.passed else State.FAIL

    def _applied(self, grading: Grading, settings: Mapping[str, Json], answer: Answer) -> Verdict:
        """What the check says; one that stops, which may be anybody's code, does not pass the answer."""
        try:
            key = (grading.requirement, grading.check)
            check = self._checks.get(key)
            if check is None:
                check = self._checks[key] = self._check(grading)
            return check(answer, **settings)
        except Exception as problem:  # noqa: BLE001 - whatever a check stops with, the answer is not shown to pass
            what = f"{type(problem).__name__}: {problem}"
            return Verdict(passed=False, reason=f"the check `{grading.check}` stops with {quote(what)}")


_NOTHING: Mapping[str, Json] = {}
"""What a case settles for a grader that it does not name."""

_LEFT = "no code can tell; a judge reads the answer by the rubric"

_BLANK = "the answer is empty"


def _silent(
    grading: Grading,
    settings: Mapping[str, Json],
    settled: Mapping[str, Json] | None,
    answer: Answer,
    sitting: Sitting | None,
) -> str:
    """Why nothing can be told, or ""."""
    if settled is None:
        return "what it looks for depends on the case, and the answer names none"
    if grading.needs == "absent":
        return f"its check `{grading.check}` is not here"
    if grading.needs == "base" and answer.base is None:
        other = sitting.base if sitting is not None else ""
        return f"the answer to `{other}`, with which it is compared, is not there"
    if grading.needs == "measured" and "during" in settings:
        return f"of {settings['during']} `specc latency` tells, over all stored answers"
    if grading.needs == "measured" and settings.get("measure") not in answer.measured:
        return f"{quote(str(settings.get('measure')))} is not recorded under `measured`"
    return ""


def weighed(id: str, graders: tuple[GraderVerdict, ...], *, loose: bool = False) -> RequirementVerdict:
    """The verdicts of one requirement's graders as one: by those that gate, if any does."""
    if len(graders) == 1:
        return _alone(id, graders, loose=loose)
    alone = [one for one in graders if one.share >= 100] or graders
    deciding = [one for one in alone if one.gates] or alone
    first = min(deciding, key=lambda one: (_ORDER.index(one.state), one.judgement is None))
    loosely = None
    if loose and any(one.loose for one in deciding):
        loosely = min((one.loose or one.state for one in deciding), key=_ORDER.index)
    gates = any(one.gates and one.share >= 100 for one in deciding)
    judged = any(one.judgement is not None for one in deciding)
    return RequirementVerdict(id, first.state, gates, first.reason, graders, loosely, judged)


def _alone(id: str, graders: tuple[GraderVerdict, ...], *, loose: bool) -> RequirementVerdict:
    """The same of a requirement with one grader, as most are."""
    one = graders[0]
    loosely = one.loose if loose else None
    gates = one.gates and one.share >= 100
    return RequirementVerdict(id, one.state, gates, one.reason, graders, loosely, one.judgement is not None)


_ORDER = (State.FAIL, State.JUDGE, State.PASS, State.NOT_APPLICABLE)
