"""Requirements that apply and never decide: beaten wherever they apply, or a default that is never needed."""

from collections.abc import Iterator

from ..diagnostics.diagnostic import Diagnostic
from ..logic.conflict import vacuous
from ..logic.dead import left, shadow, shadowing
from ..logic.ruleset import indices
from . import errors
from .subject import Subject


def check(subject: Subject) -> Iterator[Diagnostic]:
    """A finding for each requirement that always gives way, with those that it gives way to."""
    for id, own in subject.owned.items():
        places = tuple(indices(own))
        if all(is_shadowed(subject, place) for place in places) and not all(
            vacuous(subject.rules, place, search=subject.search).input is None for place in places
        ):
            yield _found(subject, id, places)


def is_shadowed(subject: Subject, place: int) -> bool:
    """Whether norm `place` decides nowhere."""
    by = shadow(subject.rules, place)
    if not by or subject.companions(place):
        return False
    search = left(subject.rules, place, by, search=subject.search)
    return search.found is None and search.decided


def _found(subject: Subject, id: str, places: tuple[int, ...]) -> Diagnostic:
    rules = subject.rules
    by: dict[str, None] = {}
    for place in places:
        groups = dict(subject.groups(shadow(rules, place)))
        chosen = shadowing(rules, place, groups.values(), search=subject.search)
        by.update((other, None) for other, group in groups.items() if group in chosen)
    search = vacuous(rules, places[0], search=subject.search).input or {}
    values = subject.smallest(search, lambda one: bool(rules.applying(one) >> places[0] & 1))
    norm = rules.norms[places[0]]
    beaters = {rules.norms[one].requirement for place in places for one in indices(rules.beaters(place))}
    return errors.shadowed(
        id,
        subject.head(id),
        [(other, subject.head(other)) for other in by],
        subject.witness((values,), (id, *by), 0),
        default=norm.default and not beaters & by.keys(),
    )
