"""Inputs on either side of the cut of a tool's result.

In: a requirement that applies where a result is cut before what decides. Out: for each such tool, the input without what the
tool would have said, and one on which the rules decide by what it says.
Invariant: the two differ in what the tool says and in its state alone, wherever the rules decide by that on the usual values.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

from ...logic.norm import Norm
from ...logic.ruleset import RuleSet
from ...logic.variables import Variable, known
from ...model.feature import Feature
from ...model.given import FromTool
from ...model.requirement import Level, Requirement
from ...model.tool import TRUNCATED, WORKS, Tool
from ...source.records import dataclass
from ...values.evaluate import variables
from ...values.types import Numeric, Optional
from .frame import Frame, Values

Nearest = Callable[[int, Values], "Values | None"]
"""An input on which the norm at a place decides, as near as can be to another."""


@dataclass(frozen=True, slots=True)
class Sides:
    """`lost` is the input without what `tool` says; `seen`, if there is one, that with it, which the rules decide by it.

    `tears` says whether what stands at the cut is a number, of which a part looks like another.
    """

    tool: str
    lost: Values
    seen: Values | None
    tears: bool


def sides(
    requirement: Requirement, feature: Feature, rules: RuleSet, nominal: Values, nearest: Nearest
) -> Iterator[Sides]:
    """The sides of each cut for which `requirement` says what to do."""
    frame = Frame(requirement)
    among: Mapping[str, Variable] = {one.name: one for one in rules.among}
    for tool in feature.tools:
        if tool.limit is None or tool.state not in frame.named:
            continue
        lost = _cut(frame, tool, nominal, rules.among)
        facts = [
            one.name for one in feature.givens if isinstance(one.source, FromTool) and one.source.tool == tool.name
        ]
        if lost is None or not facts:
            continue
        usual = {**{name: among[name].base for name in facts}, **{n: v for n, v in lost.items() if n != tool.state}}
        seen = _seen(frame, usual, facts, rules, nearest)
        first = among[facts[0]].type
        number = isinstance(first.of if isinstance(first, Optional) else first, Numeric)
        yield Sides(tool.name, lost, seen, number)


def _cut(frame: Frame, tool: Tool, nominal: Values, among: Sequence[Variable]) -> Values | None:
    """The nominal input with the result of `tool` cut, all else at work if that will do; None if it applies on neither."""
    states = {one.name for one in among if one.is_state}
    for base in ({name: value for name, value in nominal.items() if name not in states}, nominal):
        values = known({**{one.name: one.base for one in among}, **base, tool.state: TRUNCATED}, among)
        if frame.applies(values):
            return {name: value for name, value in values.items() if name not in states or value != WORKS}
    return None


def _seen(frame: Frame, usual: Values, facts: Sequence[str], rules: RuleSet, nearest: Nearest) -> Values | None:
    """An input near `usual` on which the rules decide by one of `facts`, otherwise than `frame`'s requirement if they can."""
    own = {norm.effects for norm in rules.norms if norm.requirement == frame.id and norm.level is Level.MUST}
    by_facts = [place for place, norm in enumerate(rules.norms) if _speaks_of(norm, facts)]
    alike: Values | None = None
    for place in (None, *by_facts):
        values = usual if place is None else nearest(place, usual)
        if values is None or frame.applies(values):
            continue
        by = [norm for norm in rules.decide(values).deciding if _speaks_of(norm, facts)]
        if by and {norm.effects for norm in by if norm.level is Level.MUST} != own:
            return values
        if by and alike is None:
            alike = values
    return alike


def _speaks_of(norm: Norm, facts: Sequence[str]) -> bool:
    return norm.when is not None and not set(facts).isdisjoint(variables(norm.when))
