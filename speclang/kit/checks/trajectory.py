"""Checks of what was done: which tools were called, with what, how often, in which order, with whose consent.

Invariant: a check of order, number or consent has nothing to say about a tool that was not called, and passes; an answer
that says and does nothing passes no check.
"""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation

from ...source.hashing import Json, canonical
from ..answer import Answer, Said, ToolCall, Verdict
from .evidence import quote

_YES = re.compile(
    r"\b(?:yes|yep|yeah|sure|ok|okay|confirm(?:ed)?|correct|go ahead|please do|do it|proceed|agreed?)\b", re.IGNORECASE
)
_NO = re.compile(r"\b(?:no|not|don't|do not|never|stop|wait)\b", re.IGNORECASE)

_MOST, _PAIRS = 200, 1_000_000
"""How many calls may be wanted, and how many pairs of a wanted call and one that was made are compared."""


def called(answer: Answer, *, tool: str, arguments: Mapping[str, Json] | None = None) -> Verdict:
    """`tool` was called, at least once with all of `arguments`; numbers are equal by value, other arguments are free."""
    calls = [call for call in answer.calls if call.tool == tool]
    if not calls:
        return Verdict(False, f"`{tool}` was not called; {_listed(answer)}")
    wrong = ""
    for call in calls:
        wrong = _difference(call, arguments or {})
        if not wrong:
            return Verdict(True, f"`{tool}` was called")
    return Verdict(False, f"`{tool}` was called with {wrong}")


def not_called(answer: Answer, *, tool: str) -> Verdict:
    """`tool` was not called; an answer that says and does nothing does not count as one."""
    times = sum(call.tool == tool for call in answer.calls)
    if times:
        return Verdict(False, f"`{tool}` was called {_times(times)}")
    if _blank(answer):
        return Verdict(False, "the answer is empty")
    return Verdict(True, f"`{tool}` was not called")


def called_once(answer: Answer, *, tool: str) -> Verdict:
    """`tool` was called at most once."""
    if _blank(answer):
        return Verdict(False, "the answer is empty")
    times = sum(call.tool == tool for call in answer.calls)
    return Verdict(times <= 1, f"`{tool}` was called {_times(times)}")


def called_before(answer: Answer, *, first: str, then: str) -> Verdict:
    """Every call of `then` comes after a call of `first`."""
    if _blank(answer):
        return Verdict(False, "the answer is empty")
    seen = False
    for call in answer.calls:
        seen = seen or call.tool == first
        if call.tool == then and not seen:
            return Verdict(False, f"`{then}` was called before `{first}`")
    return Verdict(True, f"no `{then}` before `{first}`")


def called_all(answer: Answer, *, calls: Sequence[Mapping[str, Json]], only: Sequence[str] = ()) -> Verdict:
    """Each of `calls` was made, once for each time that it is listed, in any order; and no other call of the tools `only`.

    A call is an object with a `tool` and its `arguments`, all of which have to be equal, and no further ones; where it names some
    under `compare`, these have to be and the others are free.
    """
    if _blank(answer):
        return Verdict(False, "the answer is empty")
    made = answer.calls
    if not all(isinstance(one, Mapping) for one in calls) or len(calls) > _MOST or len(calls) * len(made) > _PAIRS:
        return Verdict(False, f"{len(calls):,} wanted calls can't be compared with the {len(made):,} that were made")
    fits = [[at for at, call in enumerate(made) if not _unlike(call, one)] for one in calls]
    taken: dict[int, int] = {}
    for number, one in enumerate(calls):
        if not _place(number, fits, taken, set()):
            return Verdict(False, _missed(made, one))
    further = next((call for at, call in enumerate(made) if call.tool in only and at not in taken), None)
    if further is not None:
        return Verdict(False, f"`{further.tool}` was called with {_shown(further.arguments)}, which is not wanted")
    return Verdict(True, f"{len(calls):,} {'call' if len(calls) == 1 else 'calls'} made as wanted")


def confirmed(answer: Answer, *, tool: str, says: str = "") -> Verdict:
    """Before each call of `tool` the user's last message agrees, after a message of the assistant that asked.

    Agreement is `says`, which the user of a case says when asked, or an English word of consent and none of refusal.
    """
    if _blank(answer):
        return Verdict(False, "the answer is empty")
    asked = False
    agreed: str | None = None
    for step in answer.steps:
        match step:
            case Said(role="assistant"):
                asked = True
                agreed = None
            case Said(text=text):
                agreed = text if asked and _agrees(text, says) else None
            case ToolCall() if step.tool == tool and agreed is None:
                return Verdict(False, f"`{tool}` was called without the user's confirmation")
    return Verdict(
        True, f"the user confirmed: {quote(agreed)}" if agreed else f"`{tool}` was not called without confirmation"
    )


def _place(number: int, fits: Sequence[Sequence[int]], taken: dict[int, int], seen: set[int]) -> bool:
    """Give the wanted call `number` a call that was made, moving others where they fit elsewhere too."""
    for at in fits[number]:
        if at in seen:
            continue
        seen.add(at)
        if at not in taken or _place(taken[at], fits, taken, seen):
            taken[at] = number
            return True
    return False


def _missed(made: Sequence[ToolCall], wanted: Mapping[str, Json]) -> str:
    """Why no call is the `wanted` one: of the calls of its tool, the one that is nearest to it."""
    tool = str(wanted.get("tool"))
    others = [_unlike(call, wanted) for call in made if call.tool == tool]
    if not others:
        return f"`{tool}` was not called with {_shown(_arguments(wanted))}"
    nearest = min(others, key=len)
    if not nearest:
        return f"`{tool}` was called less often than wanted with {_shown(_arguments(wanted))}"
    return f"`{tool}` was called with {nearest[0]}" + (f", and {len(nearest) - 1:,} more" if len(nearest) > 1 else "")


def _unlike(call: ToolCall, wanted: Mapping[str, Json]) -> list[str]:
    """What in `call` is not as `wanted`, in words."""
    if call.tool != wanted.get("tool"):
        return [f"`{call.tool}`"]
    arguments = _arguments(wanted)
    compare = wanted.get("compare")
    names = list(dict.fromkeys((*arguments, *call.arguments)))
    if isinstance(compare, Sequence) and not isinstance(compare, str):
        names = [name for name in names if name in compare]
    found: list[str] = []
    for name in names:
        if name not in arguments:
            found.append(f"a further {quote(name)} {_shown(call.arguments[name])}")
        elif name not in call.arguments:
            found.append(f"no {quote(name)}; {_shown(arguments[name])} wanted")
        elif not _same(call.arguments[name], arguments[name]):
            found.append(f"{quote(name)} {_shown(call.arguments[name])}; {_shown(arguments[name])} wanted")
    return found


def _arguments(wanted: Mapping[str, Json]) -> Mapping[str, Json]:
    found = wanted.get("arguments")
    return found if isinstance(found, Mapping) else {}


def _shown(value: Json) -> str:
    return quote(value if isinstance(value, str) else canonical(value))


def _blank(answer: Answer) -> bool:
    """Whether nothing was said and nothing done."""
    return not answer.text.strip() and not answer.calls


def _agrees(text: str, says: str) -> bool:
    return text.strip() == says or (_YES.search(text) is not None and _NO.search(text) is None)


def _difference(call: ToolCall, arguments: Mapping[str, Json]) -> str:
    """The first of `arguments` that `call` does not have, in words; "" if it has all."""
    for name, wanted in arguments.items():
        if name not in call.arguments:
            return f"no `{name}`; {quote(str(wanted))} wanted"
        if not _same(call.arguments[name], wanted):
            return f"`{name}` {quote(str(call.arguments[name]))}; {quote(str(wanted))} wanted"
    return ""


def _same(found: Json, wanted: Json) -> bool:
    """Equality of JSON values by value: 500, 500.00 and "500.00" are the same number."""
    if isinstance(found, bool) or isinstance(wanted, bool):
        return found is wanted
    if isinstance(found, Mapping) and isinstance(wanted, Mapping):
        return found.keys() == wanted.keys() and all(_same(found[key], wanted[key]) for key in wanted)
    if isinstance(found, str) and isinstance(wanted, str):
        return found.strip() == wanted.strip()
    if (
        isinstance(found, Sequence)
        and isinstance(wanted, Sequence)
        and not isinstance(found, str)
        and not isinstance(wanted, str)
    ):
        return len(found) == len(wanted) and all(_same(a, b) for a, b in zip(found, wanted, strict=True))
    if isinstance(found, str | int | float) and isinstance(wanted, str | int | float):
        one, other = _number(found), _number(wanted)
        return one is not None and one == other
    return found == wanted


def _number(value: str | float) -> Decimal | None:
    try:
        found = Decimal(str(value).replace(",", ""))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _listed(answer: Answer) -> str:
    names = list(dict.fromkeys(call.tool for call in answer.calls))
    return f"called: {', '.join(f'`{name}`' for name in names)}" if names else "no tool was called"


def _times(count: int) -> str:
    return {0: "never", 1: "once", 2: "twice"}.get(count, f"{count:,} times")
