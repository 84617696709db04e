"""Inputs that show what is wrong, as people read them.

In: an input of a case that could not be made. Out: the smallest that shows the same, by the names that matter.
"""

from collections.abc import Callable, Iterator, Sequence

from ...logic.errors import Witness
from ...logic.smallest import Smallest
from ...model.feature import Feature
from ...model.tool import WORKS
from ...values.evaluate import nodes
from ...values.expression import Var
from ...values.showing import show
from .made import Conflict, Gap, Values
from .verdicts import Court


class Witnesses:
    """Shows the inputs of one feature."""

    __slots__ = ("_court", "_feature", "_smallest")

    def __init__(self, feature: Feature, court: Court) -> None:
        """Prepare nothing yet: most features have nothing to show."""
        self._feature = feature
        self._court = court
        self._smallest: Smallest | None = None

    def shown(self, values: Values, names: Sequence[str]) -> Witness:
        """What `values` says of `names`, and of the tools among them that do not work."""
        return tuple(
            (one.name.removesuffix(" fails"), show(values.get(one.name, WORKS), one.type))
            for one in self._court.rules.among
            if one.name in names and (one.name in values or one.is_state)
        )

    def odds(self, conflict: Conflict) -> Witness:
        """The smallest input on which the same two requirements are at odds, by what their conditions name."""
        pair = {conflict.clash.one.requirement, conflict.clash.other.requirement}

        def passes(values: Values) -> bool:
            clash = self._court.ruling(values).clash
            return clash is not None and {clash.one.requirement, clash.other.requirement} == pair

        named = [name for id in sorted(pair) for name in _of(id, self._feature)]
        values = self._smaller(conflict.values, passes)
        return self.shown(values, (*named, *failing(values)))

    def gap(self, gap: Gap) -> Witness:
        """The smallest undecided input next to a requirement: what the case is about, what is not least, and what all hangs on."""
        values = self._smaller(gap.values, lambda values: not self._court.ruling(values).deciding)
        least = self._least().least
        givens = {given.name for given in self._feature.givens}
        changed = [name for name, value in values.items() if name in givens and value != least[name]]
        return self.shown(values, (*self._court.hanging(values, (*gap.focus, *changed)), *failing(values)))

    def _smaller(self, values: Values, passes: Callable[[Values], bool]) -> Values:
        return self._least()(values, passes)

    def _least(self) -> Smallest:
        if self._smallest is None:
            self._smallest = Smallest(self._court.rules)
        return self._smallest


def failing(values: Values) -> Iterator[str]:
    """The states of the tools that do not work."""
    return (name for name, value in values.items() if name.endswith(" fails") and value != WORKS)


def _of(id: str, feature: Feature) -> tuple[str, ...]:
    """The names in the conditions of the requirement `id`."""
    one = next(requirement for requirement in feature.requirements if requirement.id == id)
    exprs = (*(() if one.when is None else (one.when,)), *one.unless)
    return tuple(node.name for expr in exprs for node in nodes(expr) if isinstance(node, Var))
