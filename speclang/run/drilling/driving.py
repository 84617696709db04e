"""Drives an application: one request after the other, each while something is broken that it needs.

In: a target, proxies before its models, trips. Out: what was said on each trip, and what passed through the proxies meanwhile.
Invariant: one trip at a time, for what is broken is broken for everybody; nothing is asked twice, for an application that stops has failed.
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Generic, TypeVar

from ...source.records import dataclass
from ..asking import Target, Trouble
from ..loop import Played, play
from ..script import Script
from .proxy import Fault, Proxy, Seen

Of = TypeVar("Of")


@dataclass(frozen=True, slots=True)
class Trip(Generic[Of]):
    """`script` is played while each model named in `faults` is broken so; `of` is whatever it is for."""

    of: Of
    script: Script
    faults: Mapping[str, Fault]


@dataclass(frozen=True, slots=True)
class Came:
    """What came of a trip: the conversation, or None and `why` not; by model, what passed through its proxy."""

    played: Played | None
    why: str
    seen: Mapping[str, tuple[Seen, ...]]


def drive(
    target: Target,
    proxies: Sequence[Proxy],
    trips: Iterable[Trip[Of]],
    heard: Callable[[Trip[Of], Came], None],
    *,
    timeout: float,
    rounds: int,
) -> None:
    """Go on all `trips`; `heard` is told of each as it ends."""

    async def all_of_them() -> None:
        try:
            for trip in trips:
                for one in proxies:
                    one.look(trip.faults.get(one.name))
                played, why = await _said(target, trip.script, timeout, rounds)
                seen = {one.name: one.seen for one in proxies}
                for one in proxies:
                    one.look()
                heard(trip, Came(played, why, seen))
        finally:
            await target.close()

    asyncio.run(all_of_them())


async def _said(target: Target, script: Script, seconds: float, rounds: int) -> tuple[Played | None, str]:
    """The conversation of `script`, or why there is none."""
    try:
        async with asyncio.timeout(seconds):
            played = await play(script, target.ask, 1, rounds)
    except TimeoutError:
        return None, f"nothing came within {seconds:g} seconds"
    except Trouble as problem:
        return None, problem.why
    return played, played.stopped
