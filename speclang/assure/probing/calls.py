"""The calls by which a tool is probed, and what came of them.

In: a tool as the specs declare it, and how it is called. Out: for each call what is known of it, or why there is no answer.
Invariant: a call is made once, however many promises look at it; calls are made one after the other, in the order of the spec.
"""

import asyncio
from collections.abc import Mapping, Sequence
from decimal import Decimal

from ...logic.promising.results import Facts, facts
from ...model.promise import Called, Narrows, Promises, Repeatable, Unordered
from ...model.tool import Tool
from ...run.asking import Later, Refused
from ...run.calling.caller import Caller
from ...source.hashing import Json, canonical
from ...source.records import dataclass
from ...values.literals import to_json
from ...values.types import Datum
from .reading import Misfit, read

Arguments = Mapping[str, Datum]

_AGAIN = 1
"""How often a call is made again after a fault on the way."""

_PAUSE = 0.5
"""For how many seconds is waited before, where the tool does not say."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What one call gave: `known` of it, or the `misfit` by which it is none of the tool's results, or why there is `no` answer."""

    known: Facts | None = None
    value: Json = None
    misfit: Misfit | None = None
    no: str = ""


class Calls:
    """The calls of one tool; lives no longer than its probe."""

    __slots__ = ("_caller", "_heard", "_timeout", "_tool", "made", "version")

    def __init__(self, tool: Tool, caller: Caller, timeout: Decimal) -> None:
        """Take the tool and the way to it."""
        self._tool = tool
        self._caller = caller
        self._timeout = float(timeout)
        self._heard: dict[tuple[str, int], Heard] = {}
        self.made = 0
        self.version = ""

    async def heard(self, sent: Arguments, time: int = 1) -> Heard:
        """What the tool says to the call with `sent`, for the `time`-th time. Raises `Unusable`."""
        types = {one.name: one.type for one in self._tool.parameters}
        said = {name: to_json(value, types[name]) for name, value in sent.items() if value is not None}
        key = canonical(said), time
        if key not in self._heard:
            self._heard[key] = await self._call(said, sent)
        return self._heard[key]

    async def _call(self, said: Mapping[str, Json], sent: Arguments) -> Heard:
        for again in range(_AGAIN + 1):
            self.made += 1
            try:
                async with asyncio.timeout(self._timeout):
                    returned = await self._caller.call(said)
            except TimeoutError:
                return Heard(no=f"no answer within {self._timeout:g} seconds")
            except Later as problem:
                if again == _AGAIN:
                    return Heard(no=problem.why)
                await asyncio.sleep(min(problem.seconds or _PAUSE, self._timeout))
            except Refused as problem:
                return Heard(no=problem.why)
            else:
                self.version = returned.version or self.version
                return self._read(returned.value, sent)
        raise AssertionError("unreachable")

    def _read(self, value: Json, sent: Arguments) -> Heard:
        if self._tool.returns is None:
            return Heard(facts(self._tool, (), sent), value)
        found = read(value, self._tool.returns)
        if isinstance(found, Misfit):
            return Heard(value=value, misfit=found)
        return Heard(facts(self._tool, found, sent), value)


def sent(example: Called) -> Arguments:
    """The arguments of an example."""
    return {name: one.value for name, one in example.arguments}


def second(says: object, arguments: Arguments) -> tuple[Arguments, int] | None:
    """The call beside the one with `arguments` that shows a property; None where it says nothing of them."""
    match says:
        case Repeatable():
            return arguments, 2
        case Narrows(argument=name) if arguments.get(name) is not None:
            return {one: value for one, value in arguments.items() if one != name}, 1
        case Unordered(argument=name):
            items = arguments.get(name)
            if isinstance(items, tuple) and items != items[::-1]:
                return {**arguments, name: tuple(reversed(items))}, 1
        case _:
            pass
    return None


def wished(promises: Promises) -> Sequence[Called]:
    """The examples, each call once."""
    found: dict[str, Called] = {}
    for one in promises.examples:
        found.setdefault(one.text, one)
    return tuple(found.values())
