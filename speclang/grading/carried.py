"""A suite away from home: verdicts on an answer that another tool has, or on a file of recorded answers, without a plan.

In: a suite, and a text, a record or the lines of a file. Out: verdicts.
Invariant: imports nothing that an exported file of checks could not carry.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from ..kit.answer import Answer
from ..source.hashing import Json
from ..source.records import dataclass, replace
from .judging.question import Subject, subject
from .messages import Malformed
from .record import Record, Refusal, read, record
from .suite import RequirementVerdict, Suite


class NotGraded(ValueError):
    """An answer can't be graded, or nobody can be asked who would have to judge it; says why."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A recorded answer to the case called `case`, and what the requirements say of it."""

    record: Record
    case: str
    verdicts: tuple[RequirementVerdict, ...]


class Judge(Protocol):
    """Who tells what no code can."""

    def judged(self, verdicts: tuple[RequirementVerdict, ...], about: Subject) -> tuple[RequirementVerdict, ...]:
        """`verdicts` with what the judge says of `about`. Raises `NotGraded` where he can't be asked."""


@dataclass(frozen=True, slots=True)
class Carried:
    """The suite of one feature; `names` are further names of its cases, `judge` who tells what no code can, if anybody does."""

    feature: str
    suite: Suite
    names: Mapping[str, str]
    judge: Judge | None = None

    def case(self, name: str) -> str:
        """The ID of the case called `name`. Raises `NotGraded`."""
        id = self.names.get(name, name)
        if id and id not in self.suite.sittings:
            raise NotGraded(f"`{name}` is no case of `{self.feature}`")
        return id

    def grade(self, case: str, answer: Json, base: Json = None, only: str = "") -> tuple[RequirementVerdict, ...]:
        """What the requirements say of an answer: a text, or a record with `text` or `messages`; `base` is the one to compare with.

        With `only`, no other requirement is asked. Raises `NotGraded`.
        """
        found = self._record(answer)
        own = found.answer.base
        other = own if own is not None or base is None else self._record(base).answer
        told = self.suite.grade(self.case(case), replace(found.answer, base=other), bare=found.bare, only=only)
        return told if self.judge is None else self.judge.judged(told, self._subject(case, found.answer))

    def base(self, case: str) -> str:
        """The case with whose answer that to `case` is compared, or ""."""
        return self.suite.sittings[self.case(case)].base if self.case(case) else ""

    def text(self, answer: Json) -> str:
        """The last thing that the assistant says in `answer`. Raises `NotGraded`."""
        return self._record(answer).answer.text

    def recorded(self, lines: Iterable[bytes]) -> Iterator[Recorded]:
        """The verdicts on each answer of a file of recorded ones; those to other features are left out. Raises `NotGraded`."""
        records = [one for number, line in enumerate(lines, 1) if line.strip() and (one := self._read(line, number))]
        answers = {(self.case(one.case), one.model, one.sample): one.answer for one in records if one.case}
        for one in records:
            case = self.case(one.case)
            sitting = self.suite.sittings.get(case)
            answer = one.answer
            if sitting is not None and sitting.base and answer.base is None:
                answer = replace(answer, base=answers.get((sitting.base, one.model, one.sample)))
            yield Recorded(one, case, self.suite.grade(case, answer, bare=one.bare))

    def _subject(self, case: str, answer: Answer) -> Subject:
        """What a judge is shown."""
        sitting = self.suite.sittings.get(self.case(case))
        return subject(answer, sitting.said if sitting is not None else ())

    def _record(self, answer: Json) -> Record:
        try:
            return record({"text": answer} if isinstance(answer, str) else answer, 1)
        except Malformed as problem:
            raise NotGraded(str(problem)) from problem

    def _read(self, line: bytes, number: int) -> Record | None:
        found = read(line, number)
        if isinstance(found, Refusal):
            raise NotGraded(f"line {number:,}: {found.why}")
        return found if found.feature in ("", self.feature) else None
