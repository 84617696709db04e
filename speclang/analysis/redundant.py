"""Requirements that ask for nothing that another one does not ask for on the same inputs.

Without such a requirement every input is decided as before: the other one decides wherever it does, and what it beats is beaten
there by others too. Of two that imply each other, the later one is told; a policy's is never told where the feature has another.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from ..diagnostics.diagnostic import Diagnostic
from ..kit.effects import Asking
from ..logic.dead import implied, needed
from ..logic.decide import reaches
from ..logic.region import Slice
from ..logic.ruleset import bits, indices
from ..model.outcome import Effect
from ..model.requirement import Level, Status
from ..values.types import Optional
from . import errors
from .subject import Subject

Asked: TypeAlias = Mapping[tuple[Level, Effect], int]


def check(subject: Subject) -> Iterator[Diagnostic]:
    """A finding for each requirement that another one makes superfluous."""
    asked = _asked(subject)
    for id, own in subject.owned.items():
        if not isinstance(subject.kinds[subject.requirements[id].kind], Asking):
            continue
        for other in _candidates(subject, own, asked):
            if _comparable(subject, id, other) and _told(subject, id, other, asked):
                yield _found(subject, id, other)
                break


def _asked(subject: Subject) -> Asked:
    """For each effect at each level, the norms that ask for it, as bits."""
    found: dict[tuple[Level, Effect], int] = {}
    for place, norm in enumerate(subject.rules.norms):
        for effect in norm.effects:
            found[norm.level, effect] = found.get((norm.level, effect), 0) | 1 << place
    return found


def _alike(subject: Subject, place: int, asked: Asked) -> int:
    """The norms of others, as bits, that ask for all that norm `place` does and may apply together with it."""
    norm = subject.rules.norms[place]
    found = subject.rules.overlapping(place) & ~subject.owned[norm.requirement]
    if reaches(norm):  # of a default and another one, never both decide
        found &= subject.rules.defaults if norm.default else ~subject.rules.defaults
    for effect in norm.effects:
        found &= asked[norm.level, effect]
    return found


def _candidates(subject: Subject, own: int, asked: Asked) -> Sequence[str]:
    """The requirements that ask for all that `own` norms do, and do so on every sample."""
    found: dict[str, None] | None = None
    for place in indices(own):
        alike = _alike(subject, place, asked)
        if alike:
            alike &= subject.companions(place) or -1
        alike = bits(one for one in indices(alike) if not _beyond(subject, place, one))
        ids = dict(subject.groups(alike))
        found = dict.fromkeys(one for one in (ids if found is None else found) if one in ids)
        if not found:
            break
    return tuple(found or ())


def _beyond(subject: Subject, place: int, other: int) -> bool:
    """Whether the regions tell that norm `place` decides somewhere where norm `other` does not apply."""
    rules = subject.rules
    norm, region = rules.norms[place], rules.regions[place]
    if not region.exact or norm.unless or norm.default or rules.beaters(place) & rules.overlapping(place):
        return False
    slices = dict(region.slices)
    for name, part in rules.regions[other].slices:
        variable = subject.variables[name]
        own = slices.get(name, Slice(absent=isinstance(variable.type, Optional)))
        if not variable.state and not variable.is_state and not subject.inside(variable, own, part):
            return True
    return False


def _comparable(subject: Subject, id: str, other: str) -> bool:
    """Whether it would help to be told that `other` implies `id`: what gates, and what a policy says, stays."""
    one, two = subject.requirements[id], subject.requirements[other]
    if one.kind != two.kind or (two.status is Status.DRAFT and one.status is not Status.DRAFT):
        return False
    return one.origin == subject.feature.name or two.origin != subject.feature.name


def _told(subject: Subject, id: str, other: str, asked: Asked) -> bool:
    """Whether `other` implies `id`, and `id` is the one to tell of."""
    if not _superfluous(subject, id, other, asked):
        return False
    earlier = subject.owned[id] < subject.owned[other]
    return not (earlier and _comparable(subject, other, id) and _superfluous(subject, other, id, asked))


def _superfluous(subject: Subject, id: str, other: str, asked: Asked) -> bool:
    """Whether every input is decided as before without `id`, as `other` decides wherever it does."""
    rules, own = subject.rules, subject.owned[id]
    for place in indices(own):
        alike = _alike(subject, place, asked) & subject.owned[other]
        if not any(implied(rules, place, one, search=subject.search) for one in indices(alike)):
            return False
        if needed(rules, place, own, search=subject.search):
            return False
    return any(subject.decided(place) is not None for place in indices(own))


def _found(subject: Subject, id: str, other: str) -> Diagnostic:
    rules = subject.rules
    place = next(one for one in indices(subject.owned[id]) if subject.decided(one) is not None)
    values = subject.smallest(subject.decided(place) or {}, lambda one: bool(rules.deciding(one) >> place & 1))
    witness = subject.witness((values,), (id, other), subject.hinging((id,)))
    return errors.redundant(id, subject.head(id), other, subject.head(other), witness)
