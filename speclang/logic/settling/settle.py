"""Answers a question about inputs: by the search, and where that leaves it open by the solver, if there is one.

In: goals and variables. Out: a `Search`. What the solver is asked costs, so that one rule set has so much work and no more.
Invariant: deterministic; only what is told of a rule set is asked so, never what is generated from it, which does not hang on what is
installed. What is known of an earlier time, by the same code, is what would be answered now.
"""

from collections.abc import Sequence

from ..variables import Variable
from ..witness import Search, Wanted, find, flat
from .searches import Searches, Settled

WORK = 12_000_000
"""How much work the solver does for one rule set, in its own units: a few seconds."""


class Settler:
    """Answers the questions about one rule set. `lacking` says that one was left open for want of a solver."""

    def __init__(self, work: int = WORK, known: Searches | None = None) -> None:
        """Have `work` left, and what is `known` of an earlier time."""
        self.lacking = False
        self._left = work
        self._known = known

    def __call__(self, wanted: Sequence[Wanted], among: Sequence[Variable]) -> Search:
        """An input that meets all of `wanted`; as `find`."""
        if self._known is None:
            return self._settled(wanted, among)[0].search
        question = self._known.asked(wanted, among)
        before = self._known.recall(question)
        if before is not None and self._still_so(before):
            self._left -= before.work
            return before.search
        settled, lasting = self._settled(wanted, among)
        if lasting:
            self._known.note(question, settled)
        return settled.search

    def _settled(self, wanted: Sequence[Wanted], among: Sequence[Variable]) -> tuple[Settled, bool]:
        """What comes of it, and whether that would be the same the next time, whatever is asked before."""
        search = find(wanted, among)
        if search.decided or search.found is not None:
            return Settled(search), True
        if self._left <= 0:
            return Settled(search), False
        from ..smt.solving import ENOUGH, solve, there, version

        if not there():
            self.lacking = True
            return Settled(search), False
        most = min(ENOUGH, self._left)
        solved = solve(flat(wanted), among, most)
        self._left -= solved.work
        return Settled(Search(solved.found, decided=solved.decided), version(), solved.work), most == ENOUGH

    def _still_so(self, before: Settled) -> bool:
        """Whether the same would come of it now: from the same solver, with as much work left as it may take."""
        if not before.solver:
            return True
        from ..smt.solving import ENOUGH, there, version

        return self._left >= ENOUGH and there() and version() == before.solver
