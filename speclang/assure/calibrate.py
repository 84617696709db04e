"""`specc judge calibrate`: what a judge says of answers that people have labelled.

In: a project, and lines with labels. Out: a `Calibration`: for each grader how far the judge agrees with people and with itself.
Invariant: every vote is asked for, also where it changes nothing; what is in the store is not asked again.
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence

from ..diagnostics.diagnostic import Diagnostic
from ..engine.compiling import Opened, with_sources
from ..grading.judging.agreement import Agreement, Consistency, agreement, consistency
from ..grading.judging.ballot import Outcome, Say
from ..grading.judging.question import Question
from ..project.lines import Line
from ..project.writing import memory
from ..run.asking import Unusable
from ..run.schedule import Budget, Purse, Spent
from ..run.store.database import open_store
from ..source.records import dataclass, field
from ..source.span import Places
from . import calibration
from .aims import bounded
from .evidence import address
from .judging import NOBODY, Judging, Manner, appointed, questions
from .labels import Label, Reading
from .outcome import Bench, Progress


@dataclass(frozen=True, slots=True)
class Dispute:
    """An answer about which the judge and people differ, or on which the judge came to no verdict."""

    line: int
    case: str
    people: bool
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Measured:
    """How one grader's judge did: against people, and vote against vote."""

    question: Question
    agreement: Agreement
    consistency: Consistency
    disputes: tuple[Dispute, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """What came of it. `open` lines had no label; `spent` says that the budget did not reach, so that some were not judged."""

    bench: Bench
    key: str
    measured: tuple[Measured, ...]
    labels: int
    open: int
    spent: bool
    diagnostics: tuple[Diagnostic, ...]
    places: Places = field(repr=False, compare=False)

    @property
    def lines(self) -> tuple[calibration.Line, ...]:
        """The same as the project keeps it."""
        return tuple(
            calibration.Line(
                one.question.feature,
                one.question.grader,
                self.key,
                one.question.version,
                one.agreement,
                self.bench.model,
            )
            for one in self.measured
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Wished:
    """Within what bounds a judge is asked, whether `afresh`, and who wants to know how far it is."""

    budget: Budget
    afresh: bool = False
    watch: Callable[[Progress], None] | None = None


def calibrate(project: Opened, name: str, lines: Iterable[Line], wish: Wished) -> Calibration:
    """Have the judge of `project` judge what people have labelled in the file called `name`. Raises `Unusable` and `OSError`."""
    by, asked = appointed(project), questions(project)
    if by is None:
        raise Unusable(NOBODY)
    bounded(by.aim, wish.budget.cost)
    if not asked:
        raise Unusable("no grader asks a judge: there is nothing to calibrate")
    reading = Reading(project, asked, name)
    held = reading.read(lines)
    if not held.labels and not held.findings:
        what = f"none of its {held.open:,} lines has a `label` yet" if held.open else "it holds no line"
        raise Unusable(f"{name} holds nothing to compare with: {what}; `specc judge label` makes a sheet to fill in")
    store = open_store(address(project), memory(project.root))
    try:
        manner = Manner(purse=Purse(wish.budget), afresh=wish.afresh, every=True)
        judging = Judging(by, asked, store, manner)
        found = asyncio.run(_judged(judging, held.labels, wish.watch))
    finally:
        store.close()
    return Calibration(
        bench=judging.told,
        key=by.key,
        measured=tuple(_measured(found)),
        labels=len(held.labels),
        open=held.open,
        spent=len(found) < len(held.labels),
        diagnostics=held.findings,
        places=with_sources(project.compiled.places, [reading.excerpts.source]),
    )


async def _judged(
    judging: Judging, labels: Sequence[Label], watch: Callable[[Progress], None] | None
) -> list[tuple[Label, Outcome]]:
    """Each label with what the judge says, in order; those that the budget did not reach are left out."""
    waiting, found = iter(labels), dict[Label, Outcome]()

    async def work() -> None:
        for label in waiting:
            found[label] = (await judging.outcome(label.question, label.subject)).outcome
            if watch is not None:
                watch(Progress(len(found), len(labels), 0, 0, judging.bench.sender.purse.cost, 0))

    workers = [asyncio.ensure_future(work()) for _ in range(judging.appointed.aim.stated.concurrency)]
    try:
        await asyncio.gather(*workers)
    except Spent:
        await asyncio.gather(*workers, return_exceptions=True)
    finally:
        for one in workers:
            one.cancel()
        await asyncio.gather(*workers, return_exceptions=True)
        await judging.bench.close()
    return sorted(found.items(), key=lambda one: one[0].line)


def _measured(found: Iterable[tuple[Label, Outcome]]) -> Iterable[Measured]:
    by: dict[Question, list[tuple[Label, Outcome]]] = {}
    for label, outcome in found:
        by.setdefault(label.question, []).append((label, outcome))
    says: Mapping[bool, Say] = {True: Say.PASS, False: Say.FAIL}
    for question in sorted(by, key=lambda one: (one.feature, one.grader)):
        pairs = by[question]
        disputes = (
            Dispute(label.line, label.case, label.passes, outcome)
            for label, outcome in pairs
            if outcome.say is not says[label.passes]
        )
        yield Measured(
            question,
            agreement((label.passes, outcome) for label, outcome in pairs),
            consistency(outcome for _, outcome in pairs),
            tuple(disputes),
        )
