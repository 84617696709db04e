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
from ..run.schedule import Budget, Purse
from ..run.store.database import open_store
from . import calibration
from .evidence import address
from .judging import NOBODY, Judging, Manner, appointed, questions
from .outcome import Bench


class Judged:
    """One scoring with a judge; `bench` tells what he did once all is graded."""

    __slots__ = ("_by", "_manner", "_project", "_scoring", "bench")

    def __init__(self, project: Opened, scoring: Scoring, budget: Budget) -> None:
        """Nothing is graded yet. Raises `Unusable` where nobody can be asked."""
        by = appointed(project)
        if by is None:
            raise Unusable(NOBODY)
        self._by = by
        self._project = project
        self._scoring = scoring
        self._manner = Manner(purse=Purse(budget))
        self.bench: Bench | None = None

    def each(self, lines: Iterable[Line]) -> Iterator[Graded]:
        """The verdicts on each of `lines`. Raises `Unusable`, and `Spent` where the budget does not reach."""
        by = self._by
        store = open_store(address(self._project), memory(self._project.root))
        try:
            with asyncio.Runner() as runner:
                asked, known = questions(self._project), calibration.kept(self._project)
                judging = Judging(by, asked, store, self._manner, known)
                try:
                    graded = self._scoring.graded(lines)
                    while some := tuple(islice(graded, by.aim.stated.concurrency)):
                        for one in runner.run(_all(judging, some)):
                            yield self._scoring.count(one)
                finally:
                    self.bench = judging.told
                    runner.run(judging.bench.close())
        finally:
            store.close()


async def _all(judging: Judging, some: tuple[Graded, ...]) -> list[Graded]:
    return list(await asyncio.gather(*(judging.judged(one) for one in some)))
