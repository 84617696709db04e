"""Whether a drill ended where it has to, with all that has to hold there.

In: a drill, what came of it, and how the application answers when nothing is broken. Out: a `Result` with every reason why it fails.
Invariant: what nobody could see fails: a model that was not asked was not broken, a requirement that could not be told does not hold.
"""

from collections.abc import Iterator, Mapping

from ...grading.record import Record
from ...grading.suite import State
from ...kit.answer import Answer
from ...kit.checks.evidence import harmless, quote
from ...model.fallback import MODEL
from ...plan.drill import Break, Drill
from ...run.drilling.driving import Came
from ...run.drilling.proxy import Fault, Seen
from ..taken import taken
from .ending import Ending, ending
from .equivalent import spoken, unlike, wanted
from .outcome import Held, Result
from .ready import Models, Ready

_SHOWN = 200

HOLD = 30.0
"""Seconds that a model which does not answer is kept silent, where no tier says how long it is waited for."""


def faults(drill: Drill, ready: Ready, models: Models) -> dict[str, Fault]:
    """How each model is broken: one that does not answer stays silent for twice as long as it is waited for, and a second."""
    return {
        models.name(one.of): Fault(one.how, float(one.after) * 2 + 1 if one.after is not None else HOLD)
        for one in of_models(drill, ready)
    }


def of_models(drill: Drill, ready: Ready) -> tuple[Break, ...]:
    """What is broken that is no tool."""
    tools = {one.name for one in ready.feature.tools}
    return tuple(one for one in drill.breaks if one.of not in tools)


def recorded(ready: Ready, case: str, model: str, came: Came) -> tuple[bytes, Record | None]:
    """The conversation as a recorded answer; None where it can't be graded."""
    played = came.played
    if played is None:
        return taken((ready.feature.name, case), model, 1, (), {})[0], None
    data, found = taken((ready.feature.name, case), model, 1, played.messages, played.measured)
    return data, None if isinstance(found, str) else found


def result(ready: Ready, drill: Drill, came: Came, models: Models, usual: Came | None, record: Record | None) -> Result:
    """What came of `drill`; `usual` is what came when nothing was broken, if that was asked."""
    answer = record.answer if record is not None else Answer("")
    messages = came.played.messages if came.played is not None else ()
    ended = Ending("", "")
    held: tuple[Held, ...] = ()
    reasons = list(_unbroken(drill, ready, models, came.seen))
    if record is None or came.why:
        reasons.append(f"the application gives no answer: {came.why or 'it can not be read'}")
    else:
        fellow = [one for one in ready.drills if (one.fallback, one.failure) == (drill.fallback, drill.failure)]
        ended = ending(ready.fallback(drill), fellow, answer, messages, came.seen)
        held = tuple(_held(ready, drill, record))
        reasons += _elsewhere(drill, ended, answer)
        reasons += [f"`{one.requirement}` does not hold: {one.why}" for one in held if not one.passed]
        reasons += _unreadable(drill, models, came.seen, usual)
    return Result(
        feature=ready.feature.name,
        drill=drill.id,
        fallback=drill.fallback,
        tier=drill.tier,
        failure=drill.failure,
        ended=ended.tier,
        sign=ended.sign,
        held=held,
        reasons=tuple(dict.fromkeys(harmless(one, 500) for one in reasons)),
        said=harmless(answer.text, _SHOWN),
    )


def _unbroken(drill: Drill, ready: Ready, models: Models, seen: Mapping[str, tuple[Seen, ...]]) -> Iterator[str]:
    """What was to be broken and was not: nobody asked it, or whoever did was sent away and did not go."""
    for one in of_models(drill, ready):
        name = models.name(one.of)
        passed = [other for other in seen.get(name, ()) if other.broken]
        if not passed:
            yield f"nothing asked `{name}`, so nothing was broken"
        elif one.how == "timeout" and not any(other.left for other in passed):
            hold = f"{float(one.after) * 2 + 1 if one.after is not None else HOLD:g}"
            told = f", and `after {one.after:f} s` is declared" if one.after is not None else ""
            yield f"it still waits for `{name}` after {hold} seconds{told}"


def _elsewhere(drill: Drill, ended: Ending, answer: Answer) -> Iterator[str]:
    if ended.tier != drill.tier:
        where = f"in the tier `{ended.tier}` ({ended.sign})" if ended.tier else "in no tier that can be told"
        yield f"it ends {where}, with {quote(answer.text)}"
    if ended.contradicted:
        yield f"the application says that it is in `{ended.claims}`, and {ended.sign} tells `{ended.tier}`"


def _held(ready: Ready, drill: Drill, record: Record) -> Iterator[Held]:
    told = {one.requirement: one for one in ready.examiner.grade(record).requirements}
    for case, id in zip(drill.cases, drill.must_hold, strict=True):
        verdict = told.get(id)
        passed = verdict is not None and verdict.state is State.PASS
        yield Held(case, id, passed, "" if passed else verdict.reason if verdict is not None else "no grader speaks")


def _unreadable(
    drill: Drill, models: Models, seen: Mapping[str, tuple[Seen, ...]], usual: Came | None
) -> Iterator[str]:
    """Why what reads the first model can't read the one that stands in for it."""
    target = drill.end.target
    ours = next((one for one in reversed(seen.get(target, ())) if one.answered), None)
    theirs = (
        next((one for one in usual.seen.get(models.first, ()) if one.answered), None) if usual is not None else None
    )
    if not target or ours is None or theirs is None:
        return
    first, second = spoken(theirs), spoken(ours)
    if first is not None and second is not None:
        why = unlike(first, second, wanted(theirs))
        if why:
            yield f"what `{target}` says can't be read as what `{models.first}` says: {why}"


def is_of_models(ready: Ready, drill: Drill) -> bool:
    """Whether a drill begins with a failure of the model."""
    return drill.failure.startswith(f"{MODEL}.") and bool(of_models(drill, ready))
