"""What was said in the answers that a report shows, and what all answers took.

In: an open store, and what each model has shown. Out: messages, reasons and measures, each as long as a page can bear.
Invariant: which answers are there, and how much of each, depends on the store alone. The rule: of each case and model up to
`accounts.SHOWN` answers, those that fail first, then the newest; of a message the first `HEAD` and the last `TAIL` characters; all together
no more than `WHOLE` bytes of records, where those that fail go first. An answer that has no room is told by its verdicts.
"""

from collections.abc import Iterator, Mapping, Sequence

from ..assure.accounts import Account, Answered
from ..grading.record import Record, read
from ..kit.answer import Said, ToolCall
from ..run.store.database import Store
from ..run.store.details import Reason, unpacked
from ..source.hashing import canonical
from ..source.records import dataclass

HEAD, TAIL = 3_000, 1_000
WHOLE = 8_000_000
STEPS = 60
"""How many messages and calls of one answer are shown."""
REASON = 400
"""How much of a reason is shown."""

MEASURES = ("latency", "tokens", "cost")


@dataclass(frozen=True, slots=True)
class Step:
    """One message or call: `role` is whose it is, `left` how many characters are left out between `text` and `rest`."""

    role: str
    text: str
    left: int = 0
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Spoken:
    """One answer: its steps, or None where it has no room; `further` of them are left out. `reasons` is what graders said."""

    steps: tuple[Step, ...] | None
    further: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Material:
    """The answers by their names in the store, and for each model, in order, what its answers took, by measure."""

    answers: Mapping[str, Spoken]
    measured: tuple[Mapping[str, tuple[float, ...]], ...]

    @property
    def without_room(self) -> int:
        """How many of the answers have no room."""
        return sum(one.steps is None for one in self.answers.values())


def spoken(store: Store, found: Sequence[Account], judge: str) -> Material:
    """What the answers that `found` shows say, by the `judge` whose hash that is."""
    shown = [one for account in found for listed in account.shown.values() for one in listed]
    room = _with_room(shown, store.details.sizes())
    steps: dict[str, tuple[tuple[Step, ...], int]] = {}
    measured: list[dict[str, list[float]]] = [{name: [] for name in MEASURES} for _ in found]
    of = {key: number for number, account in enumerate(found) for key in account.counted}
    for key, data in store.details.records():
        if key not in of and key not in room:
            continue
        record = read(unpacked(data), 1)
        if not isinstance(record, Record):
            continue
        if key in of:
            for name in MEASURES:
                if name in record.answer.measured:
                    measured[of[key]][name].append(record.answer.measured[name])
        if key in room:
            listed = record.answer.steps
            steps[key] = (tuple(_steps(record)), max(0, len(listed) - STEPS))
    reasons: dict[str, list[Reason]] = {}
    for one in store.details.reasons(sorted(answer.key for answer in shown), judge):
        reasons.setdefault(one.answer, []).append(one)
    answers: dict[str, Spoken] = {}
    for answer in shown:
        said, further = steps.get(answer.key, (None, 0))
        answers[answer.key] = Spoken(said, further, tuple(reasons.get(answer.key, ())))
    return Material(
        answers, tuple({name: tuple(sorted(values)) for name, values in one.items() if values} for one in measured)
    )


def _with_room(shown: Sequence[Answered], sizes: Mapping[str, int]) -> frozenset[str]:
    """The answers for which there is room: those that fail first, then by their names, which are as good as chance."""
    found: set[str] = set()
    spent = 0
    for one in sorted(shown, key=lambda one: (not one.fails, not one.counts, one.key)):
        size = min(sizes.get(one.key, 0), 4 * (HEAD + TAIL))
        if spent + size <= WHOLE:
            spent += size
            found.add(one.key)
    return frozenset(found)


def _steps(record: Record) -> Iterator[Step]:
    answer = record.answer
    if not answer.steps:
        yield _cut("assistant", answer.text)
    for step in answer.steps[:STEPS]:
        match step:
            case Said():
                yield _cut(step.role, step.text)
            case ToolCall():
                yield _cut("call", f"{step.tool}({canonical(dict(step.arguments))})")
                yield _cut("result", step.result if isinstance(step.result, str) else canonical(step.result))


def _cut(role: str, text: str) -> Step:
    left = len(text) - HEAD - TAIL
    return Step(role, text[:HEAD], left, text[-TAIL:]) if left > 0 else Step(role, text)
