"""Requirements that decide one input and ask for what excludes each other, or of which one allows what the other forbids."""

from collections.abc import Iterator, Mapping

from ..diagnostics.diagnostic import Diagnostic
from ..logic.conflict import Clash, clashes, decides
from ..logic.errors import conflict
from ..logic.norm import Norm, said
from ..logic.ruleset import indices
from ..model.outcome import Calls, Effect, Reach
from ..model.requirement import Level
from ..source.records import replace
from ..source.span import Span
from . import errors
from .subject import Subject, Values

MOST = 100
"""How many pairs of one feature are told: whoever has more mends these first."""

MANY = 3
"""With how many others a requirement has to be at odds for all of them to be told at once."""


def check(subject: Subject) -> Iterator[Diagnostic]:
    """One finding for each pair of requirements that are at odds; one for all pairs of which nobody knows."""
    found: dict[tuple[str, str], Diagnostic] = {}
    told: set[tuple[str, str]] = set()
    open_: list[tuple[str, str]] = []
    for clash in clashes(subject.rules, subject.outcomes, search=subject.search):
        pair = clash.first.requirement, clash.second.requirement
        if pair[0] == pair[1] or pair in told:
            continue
        told.add(pair)
        if clash.search.input is None:
            open_.append(pair)
        elif len(told) - len(open_) > MOST:
            open_.append(pair)
            break
        else:
            found[pair] = _found(subject, clash)
    yield from _at_once(found)
    if open_:
        first, second = open_[0]
        one, other = (first, subject.head(first)), (second, subject.head(second))
        yield errors.uncompared(one, other, len(open_) - 1, lacking=subject.search.lacking)


def _at_once(found: Mapping[tuple[str, str], Diagnostic]) -> Iterator[Diagnostic]:
    """The findings, by pair; the first one of a requirement that is at odds with many says with whom."""
    rivals: dict[str, list[str]] = {}
    for pair in found:
        for one, other in (pair, pair[::-1]):
            rivals.setdefault(one, []).append(other)
    waiting = {one: others for one, others in rivals.items() if len(others) >= MANY}
    for pair, said_of in found.items():
        notes = [errors.at_odds_with_many(id, waiting.pop(id)) for id in pair if id in waiting]
        yield replace(said_of, notes=(*said_of.notes, *notes)) if notes else said_of


def _found(subject: Subject, clash: Clash) -> Diagnostic:
    rules, first, second = subject.rules, clash.first, clash.second
    both = sum(1 << place for place, norm in enumerate(rules.norms) if norm is first or norm is second)
    values = subject.smallest(clash.search.input or {}, lambda one: rules.deciding(one) & both == both)
    ids = (first.requirement, second.requirement)
    return conflict(
        (ids[0], said(first.level, clash.one), subject.head(ids[0])),
        (ids[1], said(second.level, clash.other), subject.head(ids[1])),
        subject.witness((values,), ids, subject.hinging(ids)),
        _exclusive(subject, clash),
        [(said(Level.MUST, sign), sign.span) for sign in clash.why],
        gates=first.level in (Level.MUST, Level.MUST_NOT) and not subject.drafts(ids),
    )


def _exclusive(subject: Subject, clash: Clash) -> Span | None:
    if not (isinstance(clash.one, Reach) and isinstance(clash.other, Reach)):
        return None
    both = {clash.one.outcome, clash.other.outcome}
    return next((one.span for one in subject.feature.exclusives if len(both) > 1 and both <= set(one.outcomes)), None)


def allowed(subject: Subject) -> Iterator[Diagnostic]:
    """One finding for each pair of requirements of which one allows what the other forbids."""
    rules, looked = subject.rules, 0
    told: set[tuple[str, str]] = set()
    for place, norm in enumerate(rules.norms):
        if norm.level is not Level.MAY:
            continue
        for other in indices(rules.overlapping(place)):
            rival = rules.norms[other]
            pair = norm.requirement, rival.requirement
            thing = _forbidden(norm, rival)
            if not thing or pair in told or pair[0] == pair[1] or looked >= MOST:
                continue
            looked += 1
            found = subject.search((decides(rules, place), decides(rules, other)), rules.among)
            if found.input is None:
                continue
            told.add(pair)
            yield _told_of(subject, pair, thing, found.input, 1 << place | 1 << other)


def _told_of(subject: Subject, pair: tuple[str, str], thing: str, at: Values, both: int) -> Diagnostic:
    values = subject.smallest(at, lambda one: subject.rules.deciding(one) & both == both)
    witness = subject.witness((values,), pair, subject.hinging(pair))
    one, other = ((id, subject.head(id)) for id in pair)
    return errors.allowed(one, other, thing, witness)


def _forbidden(norm: Norm, rival: Norm) -> str:
    """What `norm` allows and `rival` forbids, by its name; "" where there is nothing."""
    if rival.level is not Level.MUST_NOT:
        return ""
    return next((_named(one) for one in norm.effects for two in rival.effects if _same(one, two)), "")


def _same(allowed: Effect, forbidden: Effect) -> bool:
    if isinstance(allowed, Reach) and isinstance(forbidden, Reach):
        return allowed.outcome == forbidden.outcome
    if isinstance(allowed, Calls) and isinstance(forbidden, Calls):
        return allowed.tool == forbidden.tool and forbidden.arguments in ((), allowed.arguments)
    return False


def _named(effect: Effect) -> str:
    match effect:
        case Reach(outcome):
            return outcome
        case Calls(tool):
            return f"calls {tool}"
        case _:
            return ""
