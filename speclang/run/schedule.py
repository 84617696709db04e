"""Sends requests: many at a time, as many as the target bears, again after a fault on the way, and never beyond a budget.

In: a target and requests. Out: replies, or why there is none.
Invariant: what is sent again failed on the way; an answer that came is never asked for twice.
"""

import asyncio
import random
from collections.abc import Awaitable
from typing import TypeVar

from ..source.records import dataclass
from .asking import Exhausted, Later, Reply, Request, Target
from .clock import ticks

T = TypeVar("T")

_FIRST, _LONGEST = 0.5, 60.0
"""Seconds before a request is sent again: at first, and at most. They double each time, and a random part of them is waited."""

_PATIENT = 300.0
"""How long a target may tell us to wait."""


class Spent(Exception):
    """The budget is spent: nothing more is asked."""


@dataclass(frozen=True, slots=True)
class Budget:
    """The most that may be spent, in money and in tokens; None where there is no bound."""

    cost: float | None = None
    tokens: int | None = None


class Purse:
    """What is spent in one run, by all who ask in it, and the most that may be."""

    __slots__ = ("_most", "cost", "tokens")

    def __init__(self, most: Budget) -> None:
        """Nothing is spent yet."""
        self._most = most
        self.cost = 0.0
        self.tokens = 0

    def pay(self, reply: Reply) -> None:
        """Note what a reply took."""
        self.cost += reply.cost or 0.0
        self.tokens += (reply.input_tokens or 0) + (reply.output_tokens or 0)

    @property
    def empty(self) -> bool:
        """Whether nothing more may be spent."""
        most = self._most
        return (most.cost is not None and self.cost >= most.cost) or (
            most.tokens is not None and self.tokens >= most.tokens
        )


class Gate:
    """How many requests may be under way: fewer after the target says that it is too much, more again while all goes well.

    `async with` it, to wait for a place and hold it.
    """

    __slots__ = ("_limit", "_most", "_open_at", "_under_way", "_waiting")

    def __init__(self, most: int) -> None:
        """Let `most` through at a time."""
        self._most = most
        self._limit = float(most)
        self._under_way = 0
        self._open_at = 0.0
        self._waiting: list[asyncio.Future[None]] = []

    @property
    def limit(self) -> int:
        """How many may be under way now."""
        return max(1, int(self._limit))

    async def __aenter__(self) -> None:
        """Wait for a place, and until the target may be asked again."""
        while self._under_way >= self.limit:
            freed = asyncio.get_running_loop().create_future()
            self._waiting.append(freed)
            await freed
        self._under_way += 1
        try:
            while self._open_at and (left := self._open_at - ticks()) > 0:  # noqa: ASYNC110 - it may have moved on meanwhile
                await asyncio.sleep(left)
        except BaseException:
            self._leave()
            raise

    async def __aexit__(self, *_: object) -> None:
        """Leave the place to another."""
        self._leave()

    def _leave(self) -> None:
        """Wake all who wait: who was told to stop meanwhile would not pass on what he alone was told."""
        self._under_way -= 1
        waiting, self._waiting = self._waiting, []
        for one in waiting:
            if not one.done():
                one.set_result(None)

    def well(self) -> None:
        """A reply came."""
        self._limit = min(float(self._most), self._limit + 1 / self._limit)

    def crowded(self, seconds: float) -> None:
        """The target is asked too much: half as many at a time, and none for `seconds`."""
        self._limit = max(1.0, self._limit / 2)
        self._open_at = max(self._open_at, ticks() + seconds)


class Patience:
    """Waits `seconds` for each thing, in one event loop; a task waits for one at a time.

    One timer serves all that are under way, where `asyncio.timeout` sets one for each. Like that, it takes no cancelling by somebody
    else for its own, and what is waited for has ended when it returns.
    """

    __slots__ = ("_ends", "_late", "_timer", "seconds")

    def __init__(self, seconds: float) -> None:
        """Nothing is waited for yet."""
        self.seconds = seconds
        self._ends: dict[asyncio.Task[object], float] = {}
        """When each task has waited long enough: in this order, for all of them wait as long."""
        self._late: set[asyncio.Task[object]] = set()
        """Those of them that have been told to stop."""
        self._timer: asyncio.TimerHandle | None = None

    async def wait(self, work: Awaitable[T]) -> T:
        """What `work` gives. Raises `TimeoutError`."""
        task = asyncio.current_task()
        if task is None:
            raise RuntimeError("only a task can be told to stop")
        cancelled = task.cancelling()
        loop = task.get_loop()
        self._ends[task] = loop.time() + self.seconds
        if self._timer is None:
            self._timer = loop.call_later(self.seconds, self._look, loop)
        try:
            return await work
        except asyncio.CancelledError:
            if self._leave(task) and task.cancelling() <= cancelled:
                raise TimeoutError from None
            raise
        finally:
            self._leave(task)

    def _leave(self, task: "asyncio.Task[object]") -> bool:
        """Wait no more with `task`; whether it was told to stop, which it then counts no longer as."""
        self._ends.pop(task, None)
        if task not in self._late:
            return False
        self._late.remove(task)
        task.uncancel()
        return True

    def _look(self, loop: asyncio.AbstractEventLoop) -> None:
        """Tell those to stop whose time is up, and look again when that of the next one is."""
        self._timer = None
        for task, end in self._ends.items():
            if end > loop.time():
                self._timer = loop.call_at(end, self._look, loop)
                return
            if task not in self._late:
                self._late.add(task)
                task.cancel()


class Sender:
    """Sends the requests of one run to one target. `sent` counts what went out, `again` what was sent once more; `purse` pays."""

    __slots__ = ("_gate", "_patience", "_retries", "_target", "again", "purse", "sent")

    def __init__(self, target: Target, *, concurrency: int, retries: int, timeout: float, purse: Purse) -> None:
        """Nothing is sent yet; `timeout` is how many seconds one reply may take."""
        self._target = target
        self._gate = Gate(concurrency)
        self._retries = retries
        self._patience = Patience(timeout)
        self.purse = purse
        self.sent = 0
        self.again = 0

    async def send(self, request: Request) -> Reply:
        """The target's reply. Raises `Refused` where there is none, `Spent`, and `Unusable`."""
        tries = 0
        while True:
            seconds = 0.0
            async with self._gate:
                if self.purse.empty:
                    raise Spent
                try:
                    return await self._sent(request)
                except Later as fault:
                    tries += 1
                    if tries > self._retries:
                        times = f"{tries:,} times" if tries > 1 else "once"
                        raise Exhausted(f"{fault.why} (asked {times})") from None
                    seconds = _pause(tries, fault.seconds)
                    if fault.crowded:
                        self._gate.crowded(min(_PATIENT, fault.seconds or 0.0))
            self.again += 1
            await asyncio.sleep(seconds)

    async def _sent(self, request: Request) -> Reply:
        self.sent += 1
        try:
            reply = await self._patience.wait(self._target.ask(request))
        except TimeoutError:
            raise Later(f"no answer within {self._patience.seconds:g} s") from None
        self._gate.well()
        self.purse.pay(reply)
        return reply


def _pause(tries: int, told: float | None) -> float:
    """How long to wait before the next try: what the target told, or else longer each time; a random part keeps many apart."""
    if told is not None:
        return min(_PATIENT, told) + random.uniform(0.0, 0.1)
    return random.uniform(0.0, min(_LONGEST, _FIRST * 2 ** (tries - 1)))
