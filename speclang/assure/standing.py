"""What a run has shown of each requirement, and the findings that follow.

In: verdicts, counted. Out: a `Row` for each requirement, findings, and rows for the store.
Invariant: what a judge could not decide is taken both ways: a requirement holds only if it does whichever way it had decided.
"""

from collections.abc import Mapping, Sequence

from ..diagnostics.diagnostic import Diagnostic
from ..engine.answers.score import Scoring
from ..grading import errors as unheld
from ..grading.holding import Call, Decision, Reliability, decide, held
from ..grading.suite import GraderVerdict, State
from ..grading.tally import Rate, Standing
from ..grading.verdicts import Graded
from ..model.reliability import Holds
from ..plan.plan import FeaturePlan
from ..project.asked.judge import Judge
from ..project.config import Config
from ..run import errors, running
from ..run.running import Ended
from ..run.store.rows import Verdict
from ..source.records import replace
from .course import Part
from .gates import MUST, levels, wanted
from .outcome import Bench, Row

SHOWN = 3
"""How many reasons are told for answers that did not come."""

_WHY: Mapping[running.State, str] = {
    running.State.STOPPED: "it was told to stop",
    running.State.SPENT: "the budget is spent",
}

_JUDGED = "what a judge says of it is kept as a judgement"


def row(config: Config, plan: FeaturePlan, one: Standing, said: Reliability | None) -> Row:
    """How a requirement stands, and what can be said of it; `said` is what it says of how often it holds."""
    level = levels(plan)[one.requirement]
    share = wanted(config, one.feature, one.requirement, level)
    holds = said.holds if said is not None else None
    # Where a requirement asks for a share of its runs itself, that decides.
    decision = Decision(Call.FAILS) if one.short else decided(one, share, holds)
    return Row(one, level, float(holds.wanted) if holds else share, decision, holds.shown if holds else "")


def decided(one: Standing, share: float, holds: Holds | None = None) -> Decision:
    """What the verdicts carry, whichever way those had come out that the judge could not give."""

    def of(rate: Rate) -> Decision:
        return held(holds, rate, one.cases) if holds else decide(rate, share)

    found = of(one.rate)
    if not one.undecided:
        return found
    n = one.rate.n + one.undecided
    ways = {of(Rate(one.passed, n)).call, of(Rate(one.passed + one.undecided, n)).call}
    by_case = bool(holds) and found.call is Call.HOLDS  # of which case an answer is undecided is not counted
    return Decision(Call.UNDECIDED) if len(ways) > 1 or by_case else of(Rate(one.passed, n))


def unmet(scoring: Scoring, rows: Sequence[Row], *, whole: bool) -> list[Diagnostic]:
    """Requirements that do not hold, or of which that can't be told, and marks that are out of date, if the run was of the `whole`."""
    found: list[Diagnostic] = []
    for row in rows:
        one, head = row.standing, scoring.head(row.standing)
        found.extend(scoring.marks(one, holds=row.decision.call is Call.HOLDS, whole=whole))
        if row.expected:
            continue
        if row.decision.call is Call.UNDECIDED and one.undecided:
            found.append(errors.unjudged(one.requirement, head, one.undecided, one.judged.n, gates=row.blocks))
        elif row.decision.call is Call.UNDECIDED and row.level == MUST:
            wish = row.holds or (f"{row.wanted:.0%}" if row.wanted * 100 % 1 == 0 else f"{row.wanted:.1%}")
            found.append(unheld.undecided(one.requirement, head, one.rate.told, wish, row.decision.more))
        elif one.failed or one.short:
            found.append(scoring.unmet(one, gates=row.blocks))
    return found


def doubted(rows: Sequence[Row], bench: Bench | None, stated: Judge | None) -> tuple[Row, ...]:
    """`rows`, of which those are marked that a judge has told who is shown to agree with people less than the settings want."""
    wanted = stated.kappa if stated is not None else None
    if bench is None or wanted is None:
        return tuple(rows)
    short = {(one.feature, one.requirement): one.told for one in bench.trusts if not one.enough(wanted)}
    return tuple(replace(one, doubt=short.get((one.standing.feature, one.standing.requirement), "")) for one in rows)


def unproved(scoring: Scoring, rows: Sequence[Row], wanted: float) -> list[Diagnostic]:
    """Requirements that a judge has told of which more agreement with people is wanted than was shown."""
    return [
        errors.unproved(
            row.standing.requirement, scoring.head(row.standing), row.doubt, wanted, gates=row.level == MUST
        )
        for row in rows
        if row.doubt
    ]


def faults(
    parts: Sequence[Part], missed: Mapping[str, Sequence[str]], ended: Ended, count: tuple[int, int]
) -> list[Diagnostic]:
    """What kept answers from coming: `missed` are the reasons by feature, `count` says how many came of how many."""
    found: list[Diagnostic] = []
    for part in parts:
        head, reasons = part.plan.origin.span, missed.get(part.plan.feature)
        if reasons:
            found.append(errors.unanswered(part.plan.feature, head, len(reasons), reasons[:SHOWN]))
        if part.cases and not part.same:
            found.append(errors.other_prompt(part.path, head))
    if ended.state is not running.State.DONE:
        first = next(part for part in parts if part.cases)
        why = ended.why or _WHY[ended.state]
        found.append(errors.cut_short(first.plan.feature, first.plan.origin.span, why, *count))
    return found


def verdicts(graded: Graded, hashes: Mapping[str, str]) -> list[Verdict]:
    """What the graders said of an answer, as the store keeps it; `hashes` are theirs by ID."""
    return [
        _verdict(one, hashes.get(one.grader, "")) for requirement in graded.requirements for one in requirement.graders
    ]


def _verdict(one: GraderVerdict, hash: str) -> Verdict:
    if one.judgement is None:
        return Verdict(one.grader, hash, one.version, one.requirement, one.state.value, one.gates, one.reason)
    waits = State.JUDGE.value  # another judge may say otherwise of the same answer
    return Verdict(one.grader, hash, one.version, one.requirement, waits, one.gates, _JUDGED, one.judgement.key)
