"""Every check over every feature, in a fixed order.

In: the resolved program. Out: findings. A check is one file and one line in `CHECKS`.
Invariant: nothing is changed; a feature is looked at by itself, so that what is said of it changes with it alone.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from ..diagnostics.diagnostic import Diagnostic
from ..kit import registry
from ..logic.errors import CONFLICT, GAP
from ..logic.settling.searches import Searches
from ..model.feature import Feature
from ..model.program import Program
from ..source.span import Unit
from . import conflict, errors, fallen, gap, precision, redundant, shadowed, smelling, vacuous
from .subject import Subject
from .terms import clash, shown

CHECKS: tuple[Callable[[Subject], Iterator[Diagnostic]], ...] = (
    conflict.check,
    conflict.allowed,
    gap.check,
    vacuous.check,
    shadowed.check,
    redundant.check,
    precision.check,
    clash.check,
    shown.check,
    smelling.check,
    fallen.check,
)


def analyse_feature(
    feature: Feature, foreign: Collection[str] = (), known: Searches | None = None
) -> Iterator[Diagnostic]:
    """What the checks find in one feature; with what is `known` of an earlier time they find the same and search less."""
    kinds = {name: registry.load(name, foreign) for name in dict.fromkeys(one.kind for one in feature.requirements)}
    subject = Subject(feature, kinds, known)
    found = [one for check in CHECKS for one in check(subject)]
    yield from untold(found, [one for one in found if one.code in (errors.SHARED, errors.LEFT_OUT)])


Analyse = Callable[[Feature, Collection[str]], Iterable[Diagnostic]]
"""`analyse_feature`, or the same with a memory."""


def analyse(program: Program, foreign: Collection[str] = (), one: Analyse = analyse_feature) -> tuple[Diagnostic, ...]:
    """What the checks find; `foreign` are the kinds of others that the project's configuration names."""
    return tuple(found for feature in program.features for found in one(feature, foreign))


def untold(found: Iterable[Diagnostic], told: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
    """Those of `found` whose cause is not told by one of `told` already.

    Two requirements are at odds once, whichever input shows it; an input at a boundary that is told to be left out is no gap
    besides.
    """
    odds = {_units(one) for one in told if one.code in (CONFLICT, errors.SHARED)}
    boundaries = {one.witness[0] for one in told if one.code == errors.LEFT_OUT}
    for one in found:
        again = one.code == CONFLICT and _units(one) in odds
        if not again and not (one.code == GAP and boundaries.intersection(one.witness)):
            yield one


def _units(one: Diagnostic) -> frozenset[Unit]:
    """The requirements at odds, by where they are stated."""
    return frozenset(label.span.unit for label in (one.primary, *one.labels[:1]))
