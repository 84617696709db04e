"""What requirements say of how often they hold, and of known failures, held against their standing.

In: standings, what the requirements say, and the day. Out: standings that know whether they hold, and findings about marks.
Invariant: a mark counts up to its last day; what it excuses counts in no rate, and is told.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from ...diagnostics.diagnostic import Diagnostic
from ...grading import errors
from ...grading.holding import Call, Decision, Reliability, held
from ...grading.tally import Key, Rate, Standing
from ...model.reliability import KnownFailure
from ...source.records import replace


def excused(says: Mapping[Key, Reliability], today: date) -> tuple[str, ...]:
    """The cases, as `feature/ID`, whose failures fail nothing today."""
    return tuple(
        f"{feature}/{case}"
        for (feature, _), one in says.items()
        for case, mark in one.marked.items()
        if _counts(mark, today)
    )


def weighed(one: Standing, said: Reliability | None, today: date) -> Standing:
    """`one` by what the requirement says of how often it must hold, and whether its failure is expected."""
    if said is None:
        return one
    decision = decided(one, said)
    if decision is not None:
        one = replace(one, held=decision.call in (Call.HOLDS, Call.NOTHING) or not said.must)
    return replace(one, known=said.known) if said.known is not None and _counts(said.known, today) else one


def decided(one: Standing, said: Reliability) -> Decision | None:
    """What the requirement's own words decide; None where it says nothing of how often it must hold."""
    return None if said.holds is None else held(said.holds, one.rate, one.cases)


def told(one: Standing, said: Reliability, today: date, *, holds: bool, whole: bool) -> Iterator[Diagnostic]:
    """The marks that are to be removed, as it `holds`, and those whose day has passed; `whole` says that all cases were tried."""
    excused = dict(one.excused)
    for case, mark in said.marked.items():
        rate = excused.get(case, Rate(0, 0))
        if not _counts(mark, today) and one.rate.n:
            yield errors.expired(one.requirement, case, mark, one.rate.told)
        elif rate.n and rate.passed == rate.n and whole:
            yield errors.passes(one.requirement, case, mark, rate.told)
    if said.known is None or not one.rate.n:
        return
    if not _counts(said.known, today):
        yield errors.expired(one.requirement, "", said.known, one.rate.told)
    elif holds and whole:
        yield errors.passes(one.requirement, "", said.known, one.rate.told)


def _counts(mark: KnownFailure, today: date) -> bool:
    return today <= mark.until
