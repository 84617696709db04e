"""The inputs nearest to one that differ from it in a single value and are decided otherwise.

In: a rule set and an input. Out: for each given, and for the state of each tool, the values that change what is asked for: of a
number or a date the nearest one on each side, of all else every such value.
Invariant: every value told was asked about; where `whole`, no other single change of a number or date lies nearer.
"""

from collections.abc import Iterator, Mapping

from ..model.outcome import Effect
from ..model.requirement import Level
from ..source.records import dataclass, replace
from ..values.domain import members
from ..values.evaluate import compare
from ..values.types import Date, Datum, Numeric, Optional
from .decide import Decision
from .grid import grid
from .ruleset import RuleSet
from .variables import Variable, known

_MOST = 12
"""How many values of one given are told."""


@dataclass(frozen=True, slots=True)
class Near:
    """With `value` in the place of the value of `variable`, the rules come to `decision`."""

    variable: Variable
    value: Datum
    decision: Decision


@dataclass(frozen=True, slots=True)
class Nearest:
    """`flips` in the order in which givens are declared; where not `whole`, there may be nearer ones."""

    flips: tuple[Near, ...]
    whole: bool


def nearest(rules: RuleSet, values: Mapping[str, Datum]) -> Nearest:
    """The single changes of `values`, a value for every given and state, after which something else is asked for."""
    among = [replace(one, base=values[one.name]) for one in rules.among if one.name in values]
    conditions = [one for norm in rules.norms for one in (*(() if norm.when is None else (norm.when,)), *norm.unless)]
    table = grid(conditions, among)
    seen = known(values, rules.among)
    now = _asked(rules.decide(values))
    found: list[Near] = []
    telling = {one.state for one in among if one.name in table.candidates}
    for one in among:
        if one.name in seen:
            candidates = (members(one.type) or ()) if one.name in telling else table.candidates.get(one.name, ())
            found.extend(_of(rules, values, one, candidates, now))
    return Nearest(tuple(found), table.complete)


def _of(
    rules: RuleSet,
    values: Mapping[str, Datum],
    variable: Variable,
    candidates: tuple[Datum, ...],
    now: Mapping[Level, frozenset[Effect]],
) -> Iterator[Near]:
    """The flips of one variable, nearest first."""
    here = values[variable.name]
    ordered = isinstance(variable.type.of if isinstance(variable.type, Optional) else variable.type, Numeric | Date)
    sides: set[str] = set()
    told = 0
    for value in candidates:
        side = _side(value, here) if ordered else ""
        if value == here or (side and side in sides) or told >= _MOST:
            continue
        decision = rules.decide({**values, variable.name: value})
        if _asked(decision) != now:
            sides.add(side)
            told += 1
            yield Near(variable, value, decision)


def _side(value: Datum, here: Datum) -> str:
    """On which side of `here` a value lies; "" for one that has no side."""
    if value is None:
        return ""
    if here is None:
        return "any"
    return "below" if compare("<", value, here) else "above"


def _asked(decision: Decision) -> Mapping[Level, frozenset[Effect]]:
    """What is asked for, whoever asks."""
    return {level: frozenset(one.effect for one in decision.asked(level)) for level in Level}
