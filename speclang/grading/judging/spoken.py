"""Verdicts where no code can tell: what a judge is left with, and what its votes come to.

In: the verdicts of code on one answer, and outcomes. Out: verdicts with the judge's in them.
Invariant: pure; what code has decided stays as it is, and what the judge can't decide stays undecided.
"""

from collections.abc import Container, Mapping, Sequence

from ...source.records import dataclass, replace
from ..suite import GraderVerdict, Judgement, RequirementVerdict, State, weighed
from .ballot import Outcome, Say


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who judges, as reports call it: ``strong (gpt-4.1)``; `stub` says that it is no model."""

    name: str
    stub: bool = False


def left(verdicts: Sequence[RequirementVerdict], asked: Container[str]) -> tuple[GraderVerdict, ...]:
    """The graders of requirements that wait for a judge, of those that are `asked` by one."""
    return tuple(
        grader
        for one in verdicts
        if one.state is State.JUDGE
        for grader in one.graders
        if grader.state is State.JUDGE and grader.grader in asked
    )


def spoken(one: GraderVerdict, outcome: Outcome, key: str, by: Speaker) -> GraderVerdict:
    """What a grader says once the judge has spoken; `key` is the name under which that is kept."""
    state = {Say.PASS: State.PASS, Say.FAIL: State.FAIL}.get(outcome.say, State.JUDGE)
    first = outcome.first if state is not State.JUDGE else None
    judgement = Judgement(
        by=by.name,
        quote=first.quote if first else "",
        passes=outcome.count(Say.PASS),
        fails=outcome.count(Say.FAIL),
        others=outcome.count(Say.UNSURE, Say.VOID),
        key=key,
    )
    return replace(one, state=state, reason=told(outcome, by), judgement=judgement)


def told(outcome: Outcome, by: Speaker) -> str:
    """``judged by strong (gpt-4.1), 2 of 2 votes say fail, by "Kindly": …``."""
    first = outcome.first if outcome.say is not Say.UNSURE else None
    stub = ", the obedient stub and no model" if by.stub else ""
    lead = f"judged by {by.name}{stub}, {outcome.told}"
    return f'{lead}, by "{first.quote}": {first.reason}' if first else lead


def judged(verdicts: Sequence[RequirementVerdict], said: Mapping[str, GraderVerdict]) -> tuple[RequirementVerdict, ...]:
    """`verdicts` with what graders `said`, by their IDs, once the judge had spoken."""
    return tuple(_judged(one, said) for one in verdicts)


def _judged(one: RequirementVerdict, said: Mapping[str, GraderVerdict]) -> RequirementVerdict:
    if not any(grader.grader in said for grader in one.graders):
        return one
    return weighed(one.requirement, tuple(said.get(grader.grader, grader) for grader in one.graders), loose=True)
