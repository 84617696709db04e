"""Recorded answers of any origin, graded by what a project requires.

In: a project and lines of answers. Out: verdicts, one answer after the other; then how each requirement stands, and findings.
Invariant: a line that can't be graded is reported and stops nothing; what is kept does not grow with the number of lines.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from typing import assert_never

from ...diagnostics.diagnostic import Diagnostic
from ...grading import errors
from ...grading.holding import Call, Reliability, reliabilities
from ...grading.record import FIELDS, Fault, Record, Refusal, read
from ...grading.tally import Failure, Rate, Standing, Tally
from ...grading.verdicts import EXPECT, Graded, Sums
from ...kit.answer import Answer
from ...project import clock
from ...project.lines import LONGEST, Line
from ...source.records import replace
from ...source.span import Places, Span
from ...source.suggest import nearest
from ..compiling import Opened, with_sources
from . import marks
from .examining import examiners, graded, ungraded
from .excerpts import Excerpts
from .summary import Summary

MOST = 20
"""How many lines that can't be graded are reported one by one."""

HELD = 64 * 1024 * 1024
"""How many bytes of answers wait for the one with which they are compared, or are kept for others."""
_WIDEST = 80
"""How much of the name of a field that is not read is kept."""


class UnknownFeature(LookupError):
    """The project has no feature of this name; `near` is the nearest one, or ""."""

    def __init__(self, name: str, near: str) -> None:
        """Keep the names."""
        super().__init__(name)
        self.name = name
        self.near = near


class Scoring:
    """One scoring under way: `each` grades lines; `summary` and `findings` tell what came of those that were graded so far."""

    __slots__ = (
        "_bases", "_by_line", "_examiners", "_excerpts", "_feature", "_found", "_heads", "_held", "_loose", "_project", "_refused",
        "_says", "_strays", "_tally", "_today", "_waiting",
    )  # fmt: skip

    def __init__(
        self, project: Opened, name: str, *, feature: str = "", loose: bool = False, by_line: bool = True
    ) -> None:
        """Prepare the features of `project`; `name` is that of the answers. Raises `UnknownFeature`.

        Unless `by_line`, answers stand in no file: they are told by case and number alone.
        """
        self._project = project
        self._feature = feature
        self._loose = loose
        self._by_line = by_line
        self._heads = {
            (feature.name, one.id): one.head
            for feature in project.compiled.program.features
            for one in feature.requirements
        }
        self._examiners = examiners(project, loose=loose)
        if feature and feature not in self._examiners:
            raise UnknownFeature(feature, nearest(feature, self._examiners) or "")
        self._excerpts = Excerpts(name)
        self._today = clock.today()
        self._says = {
            (plan.feature, id): one
            for plan in project.compiled.plan.features
            for id, one in reliabilities(plan).items()
        }
        self._tally = Tally({key: one.own for key, one in self._says.items()}, marks.excused(self._says, self._today))
        self._found: list[Diagnostic] = []
        self._refused = 0
        self._strays: dict[str, None] = {}
        self._bases: dict[tuple[str, str, str, int], Answer] = {}
        self._waiting: deque[Record] = deque()
        self._held = 0

    def each(self, lines: Iterable[Line]) -> Iterator[Graded]:
        """The verdicts on each of `lines`; answers that are compared with one that comes later come last."""
        for one in self.graded(lines):
            self.count(one)
            yield one

    def graded(self, lines: Iterable[Line]) -> Iterator[Graded]:
        """The same, for whoever has more to say of an answer before he has it counted."""
        for line in lines:
            if line.number == 1:
                self._excerpts.place(line, 0)
            if line.data is not None and not line.data.strip():
                continue
            record = self._record(line)
            if record is None or (self._feature and record.feature != self._feature):
                continue
            if len(self._strays) < MOST:
                self._strays.update(dict.fromkeys(name[:_WIDEST] for name in record.unread[:MOST]))
            graded = self.take(record, line.size)
            if graded is not None:
                yield graded
        yield from self.rest()

    def take(self, record: Record, size: int) -> Graded | None:
        """The verdicts on an answer of `size` bytes to a case that is there; None where it waits for one that it is compared with.

        They count once `count` has them.
        """
        ready = self._with_base(record, size)
        return None if ready is None else self._examiners[ready.feature].grade(ready)

    def rest(self) -> Iterator[Graded]:
        """The verdicts on the answers that wait, when no more come; one that was given out waits no more."""
        while self._waiting:
            record = self._compared(self._waiting.popleft())
            yield self._examiners[record.feature].grade(record)

    def count(self, graded: Graded) -> Sums:
        """Have the verdicts on an answer count; what they come to."""
        return self._tally.add(graded)

    def _record(self, line: Line) -> Record | None:
        """The answer of `line` with the feature that it belongs to; None, after a finding, where there is none."""
        if line.data is None:
            self._refuse(line, Refusal(Fault.TOO_MUCH, f"it has {line.size:,} bytes, and {LONGEST:,} are read"))
            return None
        found = read(line.data, line.number)
        if isinstance(found, Refusal):
            self._refuse(line, found)
            return None
        feature = found.feature or self._feature or self._only(found.case)
        examiner = self._examiners.get(feature)
        if examiner is not None and self._feature in ("", feature) and found.case and not examiner.case(found.case):
            self._lose(line, "case", found.case, examiner.cases())
        elif examiner is not None:
            return replace(found, feature=feature)
        elif found.feature:
            self._lose(line, "feature", found.feature, self._examiners)
        else:
            several = [name for name, one in self._examiners.items() if not found.case or one.case(found.case)]
            every = (id for one in self._examiners.values() for id in one.cases())
            self._lose(line, "case", found.case, every, several)
        return None

    def _only(self, case: str) -> str:
        """The one feature that an answer without one can belong to, or ""."""
        named = [name for name, one in self._examiners.items() if not case or one.case(case) is not None]
        if len(self._examiners) == 1:
            return next(iter(self._examiners))
        return named[0] if len(named) == 1 else ""

    def _refuse(self, line: Line, refusal: Refusal) -> None:
        self._refused += 1
        if self._refused > MOST:
            return
        place = self._excerpts.place(line, refusal.at)
        match refusal.fault:
            case Fault.NOT_JSON:
                self._found.append(errors.not_json(place, line.number, refusal.why))
            case Fault.FORM:
                self._found.append(errors.other_form(place, line.number, refusal.why))
            case Fault.TOO_MUCH:
                self._found.append(errors.too_much(place, line.number, refusal.why))
            case _:
                assert_never(refusal.fault)

    def _lose(self, line: Line, what: str, name: str, names: Iterable[str], features: Iterable[str] = ()) -> None:
        """Report a line that names a `what` which is none of `names`, or that may belong to several of `features`."""
        self._refused += 1
        if self._refused <= MOST:
            near = nearest(name, dict.fromkeys(names)) or ""
            place = self._excerpts.place(line, 0)
            self._found.append(errors.no_case(place, line.number, what, name, near, tuple(features)))

    def _with_base(self, record: Record, size: int) -> Record | None:
        """`record` with the answer that it is compared with; None where it waits for that one."""
        examiner = self._examiners[record.feature]
        if record.case in examiner.bases and self._held + size <= HELD:
            self._held += size
            self._bases[record.feature, record.case, record.model, record.sample] = record.answer
        case = examiner.case(record.case)
        if case is None or not case.base or record.answer.base is not None:
            return record
        compared = self._compared(record)
        if compared.answer.base is None and self._held + size <= HELD:
            self._held += size
            self._waiting.append(record)
            return None
        return compared

    def _compared(self, record: Record) -> Record:
        case = self._examiners[record.feature].case(record.case)
        base = case and self._bases.get((record.feature, case.base, record.model, record.sample))
        return replace(record, answer=replace(record.answer, base=base)) if base else record

    @property
    def summary(self) -> Summary:
        """What the verdicts come to so far."""
        tally = self._tally
        standings = [
            tally.standing(feature, id)
            for feature, ids in graded(self._project).items()
            if feature in tally.answers
            for id in (*ids, EXPECT)
        ]
        return Summary(
            answers=sum(tally.answers.values()),
            refused=self._refused,
            strict=Rate(tally.passed, tally.told),
            loose=Rate(tally.passed_loosely, tally.told) if self._loose else None,
            standings=tuple(
                marks.weighed(one, self._says.get((one.feature, one.requirement)), self._today)
                for one in standings
                if one.requirement != EXPECT or one.rate.n
            ),
            ungraded=ungraded(self._project, self._tally.answers),
            judged=Rate(tally.met, tally.judged),
        )

    @property
    def findings(self) -> tuple[Diagnostic, ...]:
        """Requirements that are not met, in their order, then lines that could not be graded."""
        summary = self.summary
        found = [self._unheld(one) for one in summary.standings if (one.failed or one.short) and one.known is None]
        found.extend(
            mark
            for one in summary.standings
            for mark in self.marks(one, holds=one.met and not (one.failed and one.held is None))
        )
        found.extend(self._found)
        if not summary.answers:
            found.append(errors.no_answers(self._excerpts.whole))
        if self._strays:
            names = tuple(self._strays)[:MOST]
            near = next((near for name in names if (near := nearest(name, FIELDS))), "")
            found.append(errors.not_read(self._excerpts.whole, names, near))
        return tuple(found)

    def says(self, one: Standing) -> Reliability | None:
        """What the requirement says of how often it holds, if anything."""
        return self._says.get((one.feature, one.requirement))

    def marks(self, one: Standing, *, holds: bool, whole: bool = True) -> Iterator[Diagnostic]:
        """Marks as known to fail that no longer say what is so; unless the `whole` was tried, that it `holds` shows nothing."""
        said = self.says(one)
        return marks.told(one, said, self._today, holds=holds, whole=whole) if said else iter(())

    def _unheld(self, one: Standing) -> Diagnostic:
        """That answers fail, or are too few to tell whether so many may."""
        said = self.says(one)
        decision = marks.decided(one, said) if said is not None else None
        if said is not None and said.must and said.holds and decision and decision.call is Call.UNDECIDED:
            return errors.undecided(one.requirement, self.head(one), one.rate.told, said.holds.shown, decision.more)
        return self.unmet(one, gates=not one.met)

    def unmet(self, one: Standing, *, gates: bool) -> Diagnostic:
        """The finding that a requirement is not met; it fails a run only if it `gates`."""
        reasons = [self._told(failure) for failure in one.failures]
        counts = (one.failed, one.rate.n)
        rate = one.short or one.rate.told
        said = self.says(one)
        if said is not None and said.holds is not None:
            rate = f"{rate}; {said.holds.shown} {'is' if said.holds.share else 'are'} wanted"
        if one.requirement == EXPECT:
            return errors.unexpected(self._excerpts.whole, counts, reasons, rate)
        case = next((failure.case for failure in one.failures if failure.case), "")
        return errors.unmet(one.requirement, self.head(one), counts, reasons, rate, gates=gates, case=case)

    def head(self, one: Standing) -> Span:
        """Where the requirement is stated."""
        return self._heads[one.feature, one.requirement]

    @property
    def so_far(self) -> tuple[int, int]:
        """How many answers meet all that code can tell, and of how many it can tell anything."""
        return self._tally.passed, self._tally.told

    def _told(self, failure: Failure) -> str:
        if not self._by_line:
            return f"`{failure.case}`{f', answer {failure.line}' if failure.line > 1 else ''}: {failure.reason}"
        case = f" (`{failure.case}`)" if failure.case else ""
        return f"{self._excerpts.name}:{failure.line}{case}: {failure.reason}"

    @property
    def places(self) -> Places:
        """Where the findings lie."""
        return with_sources(self._project.compiled.places, [self._excerpts.source])
