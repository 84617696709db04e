"""What an input assigns: the givens of a feature and the states of its tools, and which of them can be known.

Invariant: an input holds no value for a given whose tool does not work; such a given is unknown.
"""

from collections.abc import Iterable, Mapping, Sequence

from ..model.given import FromTool, Given
from ..model.tool import WORKS, Tool
from ..source.records import dataclass
from ..values.types import Datum, Type


@dataclass(frozen=True, slots=True)
class Variable:
    """One name that conditions may use.

    `base` is its value where nothing asks for another. `state` names the variable that must be `works` for this one to
    have a value, or is "". `is_state` marks the state of a tool, which is `works` where an input says nothing.
    """

    name: str
    type: Type
    base: Datum
    state: str = ""
    is_state: bool = False


def variables(givens: Iterable[Given], tools: Iterable[Tool]) -> tuple[Variable, ...]:
    """The variables of a feature: its givens, then the states of its tools, each in the order declared."""
    states = {tool.name: Variable(tool.state, tool.states, WORKS, is_state=True) for tool in tools}
    return (*(_of_given(given, states) for given in givens), *states.values())


def _of_given(given: Given, states: Mapping[str, Variable]) -> Variable:
    state = states.get(given.source.tool) if isinstance(given.source, FromTool) else None
    return Variable(given.name, given.type, given.typical, state.name if state else "")


def base_input(among: Sequence[Variable]) -> dict[str, Datum]:
    """The input in which everything has its base value."""
    return known({variable.name: variable.base for variable in among}, among)


def known(values: Mapping[str, Datum], among: Sequence[Variable]) -> dict[str, Datum]:
    """`values` as the rules see them: tools work unless told otherwise, and what needs one that does not is unknown."""
    seen = dict(values)
    for variable in among:
        if variable.is_state:
            seen.setdefault(variable.name, WORKS)
    for variable in among:
        if variable.state and seen.get(variable.state, WORKS) != WORKS:
            seen.pop(variable.name, None)
    return seen
