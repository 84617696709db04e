"""What the search of representative values leaves undecided, asked of z3.

In: goals, and the variables that they speak of. Out: the smallest input that meets them, none, or that the work was too much. Work is
counted in z3's own units, which are the same on every machine, and never in time.
Invariant: no model of z3's is shown. An input is made the smallest there is, one variable after the other in the order declared, by
questions that are answered with yes or no, and then has to meet the goals by our own evaluation; or nothing is claimed.
"""

import datetime
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from ...model.tool import WORKS
from ...source.records import dataclass
from ...values.domain import members
from ...values.types import Date, Datum, Numeric, Optional
from ...values.units import EXACT
from ..goal import Goal, status
from ..variables import Variable, known
from .encoding import Amount, Untold, World, bare

if TYPE_CHECKING:
    import z3

ENOUGH = 2_000_000
"""The most work for one question, in z3's units: about half a second."""


@dataclass(frozen=True, slots=True)
class Solved:
    """`found` is the smallest input, or None; `decided` is False where nobody knows. `work` is what it took."""

    found: tuple[tuple[str, Datum], ...] | None
    decided: bool
    work: int


def there() -> bool:
    """Whether z3 can be had."""
    try:
        import z3 as _  # noqa: F401 - the attempt is the question
    except ImportError:
        return False
    return True


def version() -> str:
    """Which z3 it is, without spaces."""
    import z3

    return "".join(z3.get_version_string().split())


def solve(goals: Sequence[Goal], among: Sequence[Variable], work: int = ENOUGH) -> Solved:
    """The smallest input that meets `goals`, for at most `work`."""
    spent = 0
    try:
        task = _Task(World(goals, among, whole=False), work)
        found = task.satisfied()
        if found and task.world.dense:
            # Some rational meets the goals; what is shown is a multiple of the finest step, and that none is would prove nothing.
            spent = task.spent
            task = _Task(World(goals, among, whole=True), work - spent)
            found = task.satisfied() or None
        values = task.smallest() if found else None
    except Untold:
        return Solved(None, decided=False, work=spent)
    spent += task.spent
    if values is None:
        return Solved(None, decided=found is False and task.world.complete, work=spent)
    seen = known(values, among)
    if not all(status(goal, {})(seen, 0) for goal in goals):
        return Solved(None, decided=False, work=spent)
    return Solved(tuple((one.name, seen[one.name]) for one in among if one.name in seen), decided=True, work=spent)


class _Task:
    """The questions that make one input the smallest; lives no longer than that."""

    def __init__(self, world: World, work: int) -> None:
        self.world = world
        self.limit = work
        self.spent = 0

    def satisfied(self, *more: "z3.BoolRef") -> bool | None:
        """Whether something meets the goals and `more`; None where that is too much work."""
        left = self.limit - self.spent
        if left <= 0:
            return None
        self.world.solver.set("rlimit", left)
        found = self.world.solver.check(*more)
        self.spent = _count(self.world.solver)
        if found == self.world.z3.sat:
            self.model = self.world.solver.model()
            return True
        return False if found == self.world.z3.unsat else None

    def smallest(self) -> dict[str, Datum]:
        """The input in which tools work if they can, and each variable in turn has the least value that it can have then.

        What is found first meets all that was settled before; so an input is there at every moment, however much work is left.
        """
        values = dict(self.world.fixed)
        for one in sorted(self.world.among, key=lambda one: not one.is_state):
            is_there, part = self.world.parts[one.name]
            if isinstance(one.type, Optional) and not self._settled(is_there):
                values[one.name] = None
            elif part.sort == "truth":
                values[one.name] = self._settled(part.term)
            elif part.sort == "name":
                values[one.name] = self._first(one, part.term)
            else:
                values[one.name] = self._least(one, part)
        return values

    def _settled(self, wanted: "z3.BoolRef") -> bool:
        """Make `wanted` hold if it can, else not."""
        can = self.world.z3.is_true(self.model.eval(wanted, model_completion=True)) or self.satisfied(wanted) is True
        self.world.solver.add(wanted if can else self.world.z3.Not(wanted))
        return can

    def _first(self, one: Variable, term: "z3.ArithRef") -> Datum:
        """The first of the values that are told apart."""
        listed = self.world.listed[one.name]
        order = [value for value in (WORKS, *(members(bare(one.type)) or listed)) if value in listed]
        for value in dict.fromkeys(order):
            if self._now(term) == self.world.symbol(value) or self.satisfied(term == self.world.symbol(value)) is True:
                self.world.solver.add(term == self.world.symbol(value))
                return value
        raise Untold

    def _least(self, one: Variable, part: Amount) -> Datum:
        """The least number or day; of what has no least one, the nearest to the base value."""
        of = bare(one.type)
        low = of.low if isinstance(of, Numeric | Date) else None
        at = low if low is not None else one.base
        start = at.toordinal() if isinstance(at, datetime.date) else _steps(at, part.scale)
        far = abs(self._now(part.term) - start)
        least = -1
        while far - least > 1:
            middle = (far + least) // 2
            near = [part.term <= start + middle, *([part.term >= start - middle] if low is None else [])]
            if self.satisfied(*near) is True:
                far = abs(self._now(part.term) - start)
            else:
                least = middle
        steps = self._now(part.term)
        if low is None and steps > start and self.satisfied(part.term == start - far) is True:
            steps = start - far
        self.world.solver.add(part.term == steps)
        if part.sort == "day":
            return datetime.date.fromordinal(steps)
        exact = part.scale * steps
        return EXACT.divide(Decimal(exact.numerator), Decimal(exact.denominator))

    def _now(self, term: "z3.ArithRef") -> int:
        """The whole number that a term has in what was found last."""
        found: int = self.model.eval(term, model_completion=True).as_long()
        return found


def _steps(at: Datum, scale: Fraction) -> int:
    """How many steps lie below a value from which to start; 0 where there is none."""
    return int(Fraction(at) / scale // 1) if isinstance(at, Decimal) else 0


def _count(solver: "z3.Solver") -> int:
    """The work that was done in a solver's world."""
    counted = solver.statistics()
    return int(counted.get_key_value("rlimit count")) if "rlimit count" in counted.keys() else 0  # noqa: SIM118 - no mapping
