"""Messages of users that are all alike: a suite that sees the happy path only.

In: a feature and its plan. Out: a finding that names the axes along which nothing differs.
Invariant: what the words of a text tell of an axis is known to the file of that axis; an axis of a `stress` is varied, and fine.
"""

from collections.abc import Iterator

from ...diagnostics.diagnostic import Diagnostic
from ...kit.varying.finding import axes, axis
from ...model.feature import Feature
from ...plan.plan import FeaturePlan
from . import errors

_ENOUGH = 4
"""Of fewer messages it is no wonder that they are alike."""


def alike(feature: Feature, plan: FeaturePlan) -> Iterator[Diagnostic]:
    """A finding where all messages are at one point of an axis that nothing varies."""
    said = dict.fromkeys(turn.text for case in plan.cases for turn in case.turns if turn.role == "user")
    if len(said) < _ENOUGH:
        return
    varied = {one.name for stress in feature.stresses for one in stress.axes}
    traits: list[tuple[str, str]] = []
    for name in axes():
        if name not in varied:
            found = {axis(name).trait(text) for text in said}
            trait = found.pop() if len(found) == 1 else ""
            traits += [(name, trait)] if trait else []
    if traits:
        yield errors.alike(feature.name, feature.span, len(said), traits)
