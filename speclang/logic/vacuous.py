"""Why a condition never holds: the parts of it that no input meets together, as few as explain it.

In: a condition and its exceptions. Out: parts of them; none where some input meets all, or where nobody knows.
Invariant: without any one of the parts, some input meets the rest, or nobody knows that none does.
"""

from collections.abc import Sequence

from ..values.expression import And, Expr
from .goal import Fails, Goal, Holds
from .variables import Variable
from .witness import Finder, find


def excluding(
    when: Expr | None, unless: Sequence[Expr], among: Sequence[Variable], *, search: Finder = find
) -> tuple[tuple[Expr, bool], ...]:
    """The parts, each with whether it is to hold; exceptions are not to."""
    joined = () if when is None else when.parts if isinstance(when, And) else (when,)
    parts: list[tuple[Goal, Expr, bool]] = [(Holds(one), one, True) for one in joined]
    parts += [(Fails(Holds(one)), one, False) for one in unless]

    def none_meets(some: Sequence[tuple[Goal, Expr, bool]]) -> bool:
        found = search([goal for goal, _, _ in some], among)
        return found.found is None and found.decided

    if not none_meets(parts):
        return ()
    kept = parts
    for one in parts:
        fewer = [other for other in kept if other is not one]
        if fewer and none_meets(fewer):
            kept = fewer
    return tuple((expr, wanted) for _, expr, wanted in kept)
