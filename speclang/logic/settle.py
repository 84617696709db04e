"""Answers a question about inputs: by the search, and where that leaves it open by the solver, if there is one.

In: goals and variables. Out: a `Search`. What the solver is asked costs, so that one rule set has so much work and no more.
Invariant: deterministic; only what is told of a rule set is asked so, never what is generated from it, which does not hang on what is
installed.
"""

from collections.abc import Sequence

from .variables import Variable
from .witness import Search, Wanted, find, flat

WORK = 12_000_000
"""How much work the solver does for one rule set, in its own units: a few seconds."""


class Settler:
    """Answers the questions about one rule set. `lacking` says that one was left open for want of a solver."""

    def __init__(self, work: int = WORK) -> None:
        """Have `work` left."""
        self.lacking = False
        self._left = work

    def __call__(self, wanted: Sequence[Wanted], among: Sequence[Variable]) -> Search:
        """An input that meets all of `wanted`; as `find`."""
        search = find(wanted, among)
        if search.decided or search.found is not None or self._left <= 0:
            return search
        from .smt.solving import ENOUGH, solve, there

        if not there():
            self.lacking = True
            return search
        solved = solve(flat(wanted), among, min(ENOUGH, self._left))
        self._left -= solved.work
        return Search(solved.found, decided=solved.decided)
