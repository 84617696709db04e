"""`specc score --judge`: recorded answers, graded by code and, where no code can tell, by the judge of the settings.

In: a project, a scoring under way, and lines. Out: verdicts, one answer after the other, in their order.
Invariant: memory does not grow with the number of lines: so many are judged at a time as the judge may be asked.
"""

import asyncio
from collections.abc import Iterable, Iterator
from itertools import islice

from ..engine.answers.score import Scoring
from ..engine.compiling import Opened
from ..grading.verdicts import Graded
from ..project.lines import Line
from ..project.writing import memory
from ..run.asking import Unusable
from ..run.schedule import Budget, Purse, Spent
from ..run.store.database import open_store
from . import calibration
from .aims import bounded
from .evidence import address
from .judging import NOBODY, Judging, Manner, appointed, questions
from .outcome import Bench, Spending


class Judged:
    """One scoring with a judge. Once all is graded, `bench` tells what he did and `left` how many answers the budget left to him."""

    __slots__ = ("_by", "_manner", "_project", "_scoring", "bench", "left")

    def __init__(self, project: Opened, scoring: Scoring, budget: Budget) -> None:
        """Nothing is graded yet. Raises `Unusable` where nobody can be asked."""
        by = appointed(project)
        if by is None:
            raise Unusable(NOBODY)
        self._by = by
        self._project = project
        self._scoring = scoring
        bounded(by.aim, budget.cost)
        self._manner = Manner(purse=Purse(budget))
        self.bench: Bench | None = None
        self.left = 0

    def each(self, lines: Iterable[Line]) -> Iterator[Graded]:
        """The verdicts on each of `lines`; where the budget does not reach, those of code. Raises `Unusable`."""
        by = self._by
        store = open_store(address(self._project), memory(self._project.root))
        try:
            with asyncio.Runner() as runner:
                asked, known = questions(self._project), calibration.kept(self._project)
                judging = Judging(by, asked, store, self._manner, known)
                try:
                    graded = self._scoring.graded(lines)
                    while some := tuple(islice(graded, by.aim.stated.concurrency)):
                        for one in runner.run(self._all(judging, some)):
                            self._scoring.count(one)
                            yield one
                finally:
                    self.bench = judging.told
                    runner.run(judging.bench.close())
        finally:
            store.close()

    @property
    def spending(self) -> Spending:
        """What it took."""
        bench, purse, price = self.bench, self._manner.purse, self._by.aim.stated.price
        return Spending(
            sent=bench.sent if bench is not None else 0,
            recalled=bench.recalled if bench is not None else 0,
            tokens=purse.tokens,
            cost=purse.cost,
            currency=price.currency if price is not None else "",
        )

    async def _all(self, judging: Judging, some: tuple[Graded, ...]) -> list[Graded]:
        return list(await asyncio.gather(*(self._one(judging, graded) for graded in some)))

    async def _one(self, judging: Judging, graded: Graded) -> Graded:
        """What code and judge say; what the store holds is said also when nothing more may be spent."""
        try:
            return await judging.judged(graded)
        except Spent:
            self.left += 1
            return graded
