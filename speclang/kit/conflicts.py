"""Requirements that ask for a call which another forbids: what no answer can meet.

In: a requirement that forbids tools, and its feature. Out: the others that may ask for a call of one where it applies.
Invariant: no kind is named; each says by its norms what it asks for.
"""

from collections.abc import Iterator, Sequence

from ..logic.goal import Fails, Goal, Holds, applies
from ..logic.norm import Norm
from ..logic.variables import variables
from ..logic.witness import find
from ..model.feature import Feature
from ..model.outcome import Calls, Effect, Reach
from ..model.requirement import Level, Requirement
from . import registry


def callers(requirement: Requirement, feature: Feature, tools: Sequence[str]) -> Iterator[tuple[Requirement, str]]:
    """The requirements that must call one of `tools` on an input where `requirement` applies and does not beat them."""
    among = variables(feature.givens, feature.tools)
    beaten = {ref.id for ref in requirement.over}
    for other in feature.requirements:
        if other.id == requirement.id or other.id in beaten:
            continue
        for norm in registry.load(other.kind, (other.kind,)).norms(other):
            tool = next((one for one in tools if _calls(norm, feature, one)), None)
            if tool is None or (norm.default and _decides(requirement)):
                continue
            if find([applies(norm), *_conditions(requirement)], among).found is not None:
                yield other, tool
                break


def _calls(norm: Norm, feature: Feature, tool: str) -> bool:
    return norm.level is Level.MUST and any(_asks(effect, feature, tool) for effect in norm.effects)


def _asks(effect: Effect, feature: Feature, tool: str) -> bool:
    if isinstance(effect, Reach):
        seen = next((one.observables for one in feature.outcomes if one.name == effect.outcome), ())
        return any(isinstance(one, Calls) and one.tool == tool for one in seen)
    return isinstance(effect, Calls) and effect.tool == tool


def _decides(requirement: Requirement) -> bool:
    """Whether the requirement asks for an outcome, so that no default speaks where it applies."""
    norms = registry.load(requirement.kind, (requirement.kind,)).norms(requirement)
    return any(isinstance(effect, Reach) for norm in norms for effect in norm.effects)


def _conditions(requirement: Requirement) -> Iterator[Goal]:
    if requirement.when is not None:
        yield Holds(requirement.when)
    for one in requirement.unless:
        yield Fails(Holds(one))
