"""Cases with their conversations, answers and verdicts, as blocks of JSON that the script draws when somebody opens them.

In: a view. Out: a block for each requirement, which holds its own cases, and one with the names of all. A text that occurs again in
a block is written once, and named by its number.
Invariant: a page of ten thousand cases opens without drawing one of them.
"""

from collections.abc import Iterator, Mapping, Sequence

from ...assure.accounts import Account, Aside, Count
from ...plan.case import Case
from ...plan.delivery import arrives
from ...run.store.details import Reason
from ...source.hashing import Json
from ..spoken import REASON, Spoken
from ..view import Stated, View
from .words import model, visible


class _Texts:
    """The texts of one block, each once."""

    __slots__ = ("_numbers",)

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def put(self, words: str) -> int:
        """The number of `words`."""
        return self._numbers.setdefault(visible(words), len(self._numbers))

    @property
    def all(self) -> list[str]:
        """The texts in the order of their numbers."""
        return list(self._numbers)


def index(view: View) -> Json:
    """What the script knows from the start: the models, the requirements, and the names of their cases."""
    return {
        "accounts": [[model(one), one.stub] for one in view.accounts],
        "requirements": [[one.feature, one.id, [visible(case.id) for case in one.cases]] for one in view.requirements],
    }


def blocks(view: View) -> Iterator[Json]:
    """For each requirement, in order: its own cases, and how it stands with every case of which an answer tells something of it."""
    numbers = {(one.feature, one.id): at for at, one in enumerate(view.requirements)}
    tried = _tried(view)
    for one in view.requirements:
        texts = _Texts()
        cases: list[Json] = [_case(case, one.feature, view, numbers, texts) for case in one.cases]
        rows: list[Json] = [_row(view, one, *place) for place in tried.get((one.feature, one.id), ())]
        yield {"cases": cases, "tried": rows, "texts": list[Json](texts.all)}


def _tried(view: View) -> dict[tuple[str, str], list[tuple[int, int, Case]]]:
    """By requirement the cases that are its own, speak for it, or tell of it; each with its owner's number and its number there."""
    found: dict[tuple[str, str], list[tuple[int, int, Case]]] = {}
    for at, one in enumerate(view.requirements):
        for number, case in enumerate(one.cases):
            told = (id for account in view.accounts for id in account.cases.get((one.feature, case.id), ()))
            for id in dict.fromkeys((one.id, *case.covers, *told)):
                found.setdefault((one.feature, id), []).append((at, number, case))
    return found


def _row(view: View, one: Stated, at: int, number: int, case: Case) -> Json:
    """A case as it stands to a requirement: what each model has shown, and whether that is of the requirement."""
    told = [account.of_case(one.feature, case, one.id) for account in view.accounts]
    of_it = any(own for _, own in told)
    return [at, number, [_counted(count if own or not of_it else None) for count, own in told], int(of_it)]


def _counted(count: Count | None) -> Json:
    return 0 if count is None else [count.passed, count.failed, count.waiting]


def _case(case: Case, feature: str, view: View, numbers: Mapping[tuple[str, str], int], texts: _Texts) -> Json:
    put = texts.put
    inputs: list[Json] = [put(f"{one.given} = {one.shown}") for one in case.inputs]
    turns: list[Json] = [[put(turn.role), put(turn.text)] for turn in case.turns]
    tools: list[Json] = []
    for reply in case.replies:
        text, seconds = arrives(reply)
        late = f" after {seconds:g} s" if seconds else ""
        tools.append([put(f"{reply.tool}{late}"), put(text[:2_000])])
    expected: list[Json] = [put(one.outcome) for one in case.expected]
    covers: list[Json] = [numbers[feature, id] for id in case.covers if (feature, id) in numbers]
    answers: list[Json] = [
        one for at, account in enumerate(view.accounts) for one in _answers(at, account, feature, case, view, texts)
    ]
    return [put(case.id), put(case.why), inputs, turns, tools, expected, covers, answers]


def _answers(at: int, account: Account, feature: str, case: Case, view: View, texts: _Texts) -> Iterator[Json]:
    for one in account.shown.get((feature, case.id), ()):
        said = view.material.answers[one.key]
        place = "" if one.counts else "earlier" if one.place.value == "today" else one.place.value
        yield [
            at,
            texts.put(one.made),
            list(one.runs[-3:]),
            one.repetition,
            texts.put(place),
            _steps(said, case, texts),
            said.further,
            [_reason(reason, texts) for reason in said.reasons],
        ]


def _steps(said: Spoken, case: Case, texts: _Texts) -> Json:
    """What came after what the case says first; None where there is no room for it."""
    if said.steps is None:
        return None
    steps = said.steps
    if len(case.turns) == 1 and steps[:1] and (steps[0].role, steps[0].text) == ("user", case.turns[0].text):
        steps = steps[1:]
    return [
        [texts.put(step.role), texts.put(step.text), *([step.left, texts.put(step.rest)] if step.left else [])]
        for step in steps
    ]


def _reason(one: Reason, texts: _Texts) -> Json:
    state = one.say if one.state == "judge" and one.say in ("pass", "fail") else one.state
    why = one.told if one.say else one.reason
    short = why if len(why) <= REASON else f"{why[:REASON]} …"
    row: list[Json] = [
        texts.put(one.requirement),
        texts.put(one.grader),
        texts.put(state),
        int(one.gates),
        texts.put(short),
    ]
    if one.say:
        row += [texts.put(one.quote), list(one.votes)]
    return row


def accounts_of(view: View, stated: Stated) -> Sequence[int]:
    """The models of which anything is told about a requirement: those that are no stub, or else the stub."""
    told = [
        one.account
        for one in stated.stands
        if one.row is not None and (one.row.standing.rate.n or one.row.standing.judge or _aside(one.aside))
    ]
    models = [at for at in told if not view.accounts[at].stub]
    return models or told


def _aside(one: Aside) -> bool:
    return any(count.rate.n for count in (one.earlier, one.stale, one.foreign))
