"""Whether a requirement holds: what a sample of answers can bear, by what the requirement, or the project, wants.

In: counts of answers. Out: a decision. Exact, by the standard library alone.
Invariant: pure; where a share is wanted, no verdict is given that the interval at 95% does not carry.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from fractions import Fraction

from ..model.reliability import Holds, KnownFailure
from ..model.requirement import Level
from ..plan.plan import FeaturePlan
from ..source.records import dataclass, field
from .tally import Rate
from .verdicts import named_cases

_MOST = 100_000
"""How many further runs are proposed at most."""


class Call(StrEnum):
    """What can be said of a requirement: it holds, it does not, the sample can't bear a verdict, or nothing was graded."""

    HOLDS = "holds"
    FAILS = "fails"
    UNDECIDED = "undecided"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Decision:
    """A call, and how many `more` graded answers would settle it if they pass at the same rate; 0 where that can't be told."""

    call: Call
    more: int = 0


def decide(rate: Rate, wanted: float) -> Decision:
    """Whether the true rate is at least `wanted`: where all have to pass, one that fails decides; else the interval does."""
    if not rate.n:
        return Decision(Call.NOTHING)
    if wanted >= 1:
        return Decision(Call.HOLDS if rate.passed == rate.n else Call.FAILS)
    low, high = rate.interval
    if low >= wanted:
        return Decision(Call.HOLDS)
    if high < wanted:
        return Decision(Call.FAILS)
    return Decision(Call.UNDECIDED, more(rate, wanted))


def more(rate: Rate, wanted: float) -> int:
    """How many further answers, of which as many pass as until now, carry a verdict; 0 where no reasonable number does."""
    share = Fraction(rate.passed, rate.n)

    def settled(n: int) -> bool:
        low, high = Rate(int(share * n), n).interval
        return low >= wanted or high < wanted

    step = 1
    while not settled(rate.n + step):
        if step > _MOST:
            return 0
        step *= 2
    first, last = step // 2, step
    while last - first > 1:
        middle = (first + last) // 2
        first, last = (first, middle) if settled(rate.n + middle) else (middle, last)
    return last


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliability:
    """What a requirement says of how often it holds; `must` if a failure of it gates.

    `own` gives the ID of each of its cases that its graders judge, by all names of the case. `known` is its mark as known to fail,
    `marked` are those of its cases, by their IDs.
    """

    must: bool
    holds: Holds | None = None
    known: KnownFailure | None = None
    own: Mapping[str, str] = field(default_factory=dict[str, str])
    marked: Mapping[str, KnownFailure] = field(default_factory=dict[str, KnownFailure])


def reliabilities(plan: FeaturePlan) -> dict[str, Reliability]:
    """By requirement, of those that say something of how often they hold."""
    of = {grader.id: grader.requirement for grader in plan.graders}
    always = {grader.requirement for grader in plan.graders if grader.always}
    said = {grader.requirement: grader for grader in plan.graders}
    marked: dict[str, dict[str, KnownFailure]] = {}
    own: dict[str, dict[str, str]] = {}
    for name, case in named_cases(plan).items():
        if case.known is not None:
            marked.setdefault(case.requirement, {})[case.id] = case.known
        if case.requirement in always or any(of.get(use.grader) == case.requirement for use in case.uses):
            own.setdefault(case.requirement, {})[name] = case.id
    gate = {one.requirement for one in plan.graders if one.gates and one.level in (Level.MUST, Level.MUST_NOT)}
    return {
        id: Reliability(
            must=id in gate, holds=one.holds, known=one.known, own=own.get(id, {}), marked=marked.get(id, {})
        )
        for id, one in said.items()
        if one.holds is not None or one.known is not None or id in marked
    }


def held(holds: Holds, rate: Rate, cases: Iterable[tuple[str, Rate]]) -> Decision:
    """Whether what `holds` says is so: of a share the interval tells; so many of so many are counted, case by case.

    `cases` are the rates of the requirement's own cases; under "", that of all other answers that tell of it, which are counted together.
    """
    if holds.share:
        return decide(rate, float(holds.wanted))
    if not rate.n:
        return Decision(Call.NOTHING)
    slack, short = holds.times - int(holds.least), 0
    for case, one in cases:
        failed, runs = one.n - one.passed, max(one.n, holds.times) if case else one.n
        if failed * holds.times > slack * runs:
            return Decision(Call.FAILS)
        short += max(0, holds.times - one.n) if case else 0
    return Decision(Call.UNDECIDED, short) if short else Decision(Call.HOLDS)
