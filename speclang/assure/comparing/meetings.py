"""Two answers to one case side by side, step by step: where they part, and which axis can be why.

In: the conversations of two runs. Out: a `Meeting` for each case that both answered, as often as both did.
Invariant: answers are read one after the other, in the order of feature, case and repetition, and never held all at once.
"""

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from ...grading.record import Refusal, read
from ...kit.answer import Answer
from ...run.store.details import Conversation
from ...source.hashing import Json, canonical
from ...source.records import dataclass
from .alignment import UNLIKE, How, Item, aligned
from .steps import CALL, Step, Told, differing, steps

_MOST_TEXT = 2000
"""How many characters of a text are looked at to tell how like it is another."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of two conversations: `how` it stands, the step of each that it is, and where a changed one `differs`: the way there,
    and what stands there in each.
    """

    how: str
    before: Step | None
    after: Step | None
    differs: tuple[tuple[str, Json, Json], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """Two answers to one case. `lost` and `won` are the requirements whose verdict differs."""

    feature: str
    case: str
    repetition: int
    lines: tuple[Line, ...]
    lost: tuple[str, ...] = ()
    won: tuple[str, ...] = ()
    stopped: tuple[str, str] = ("", "")

    @property
    def parting(self) -> Line | None:
        """The first row that is not the same in both."""
        return next((one for one in self.lines if one.how != How.SAME), None)


Verdicts = dict[tuple[str, str, int], tuple[tuple[str, ...], tuple[str, ...]]]
"""For each feature, case and repetition the requirements that were lost, and those that were won."""


def meetings(before: Iterable[Conversation], after: Iterable[Conversation], verdicts: Verdicts) -> Iterator[Meeting]:
    """The answers that both runs have to a case, side by side; both come in the order of their keys."""
    others = iter(after)
    other = next(others, None)
    for one in before:
        while other is not None and _key(other) < _key(one):
            other = next(others, None)
        if other is None:
            return
        if _key(other) == _key(one):
            lost, won = verdicts.get(_key(one), ((), ()))
            yield Meeting(
                feature=one.feature,
                case=one.case,
                repetition=one.repetition,
                lines=lines(Told(_answer(one), one.made), Told(_answer(other), other.made)),
                lost=lost,
                won=won,
                stopped=(one.stopped, other.stopped),
            )


def _key(one: Conversation) -> tuple[str, str, int]:
    return (one.feature, one.case, one.repetition)


def _answer(one: Conversation) -> Answer:
    found = read(one.record, 1)
    return Answer("") if isinstance(found, Refusal) else found.answer


def lines(before: Told, after: Told) -> tuple[Line, ...]:
    """Two answers as rows."""
    one, other = steps(before, after)
    old, new = ([Item((step.kind, step.name), step.content) for step in each] for each in (one, other))
    rows = aligned(old, new, lambda i, j: _unlike(one[i], other[j]))
    return tuple(
        _line(row.how, None if row.before is None else one[row.before], None if row.after is None else other[row.after])
        for row in rows
    )


def _line(how: How, before: Step | None, after: Step | None) -> Line:
    if how is not How.CHANGED or before is None or after is None:
        return Line(how, before, after)
    if before.kind != CALL:
        return Line("said otherwise", before, after, (("", before.text, after.text),))
    arguments = tuple(differing(before.arguments, after.arguments))
    if arguments:
        return Line("changed arguments", before, after, arguments)
    return Line("changed result", before, after, tuple(differing(before.result, after.result)))


def _unlike(one: Step, other: Step) -> int:
    """How unlike two steps of one kind are: a call with other arguments is another call more than one with another result."""
    if one.kind != CALL:
        return UNLIKE - _like(one.text, other.text)
    if canonical(one.arguments) == canonical(other.arguments):
        return UNLIKE // 4
    names = {*one.arguments, *other.arguments}
    same = sum(one.arguments.get(name) == other.arguments.get(name) for name in names)
    return UNLIKE - (UNLIKE // 2) * same // max(1, len(names))


def _like(one: str, other: str) -> int:
    matcher = SequenceMatcher(None, one[:_MOST_TEXT].split(), other[:_MOST_TEXT].split(), autojunk=False)
    return int(UNLIKE * matcher.quick_ratio())
