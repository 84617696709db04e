"""Runs cases on a target: many at a time, each as a conversation, every reply kept before it counts.

In: jobs, a target, a store. Out: to whoever listens, each conversation as it ends; at last how the run ended.
Invariant: what waits is bounded by the number that run at a time; a reply that is in the store is not asked for again.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator
from enum import StrEnum
from typing import Protocol

from ..source.records import dataclass
from .asking import Exhausted, Refused, Reply, Request, Target, Unusable
from .loop import Played, play
from .schedule import Budget, Purse, Sender, Spent
from .script import Script
from .store.database import Store

VAIN = 3
"""How many cases are tried on a target that has not answered anything yet."""


class State(StrEnum):
    """How a run ended: with all jobs done, told to stop, with the budget spent, or since nothing can be asked of the target."""

    DONE = "done"
    STOPPED = "stopped"
    SPENT = "spent"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Job:
    """One case to be played, for the `repetition`th time."""

    script: Script
    repetition: int


@dataclass(frozen=True, slots=True)
class Missed:
    """A job that got no answer, and why."""

    job: Job
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How a target is asked. `resume` has every reply that is in the store stand; `afresh` has none of them stand; `offline`
    sends nothing. `workers` play a case each: more than are asked at a time, where somebody judges meanwhile.
    """

    concurrency: int
    retries: int
    timeout: float
    rounds: int
    budget: Budget
    resume: bool = False
    afresh: bool = False
    offline: bool = False
    workers: int = 0


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended, and `why` where it did not end by itself."""

    state: State
    why: str = ""


class Beside(Protocol):
    """Somebody who works while cases are run, and holds connections of his own."""

    async def settle(self) -> None:
        """Do what is left when all jobs are done. May raise `Spent` and `Unusable`."""
        ...

    async def close(self) -> None:
        """Let connections go."""
        ...


class Running:
    """One run. `sent`, `again` and `recalled` count requests: sent, sent again after a fault, and found in the store; `snapshots` are
    the models that servers say they are.
    """

    __slots__ = (
        "_answered",
        "_done",
        "_heard",
        "_stop",
        "_store",
        "_target",
        "_terms",
        "_vain",
        "recalled",
        "sender",
        "snapshots",
    )

    def __init__(
        self,
        target: Target,
        store: Store,
        terms: Terms,
        done: Callable[[Job, Played], Awaitable[None]],
        heard: Callable[[Missed], None],
    ) -> None:
        """`done` is told each conversation and may raise `Spent` and `Unusable`; `heard` each job without one."""
        self._target = target
        self._store = store
        self._terms = terms
        self._done = done
        self._heard = heard
        self._stop: Ended | None = None
        self._answered = False
        self._vain = 0
        self.recalled = 0
        self.snapshots: set[str] = set()
        self.sender = Sender(
            target,
            concurrency=terms.concurrency,
            retries=terms.retries,
            timeout=terms.timeout,
            purse=Purse(terms.budget),
        )

    def run(self, jobs: Iterable[Job], beside: Beside | None = None) -> Ended:
        """Do `jobs`, and have whoever works `beside` settle what is left; Ctrl-C ends it with what is done so far."""
        return asyncio.run(self._all(iter(jobs), beside))

    async def _all(self, jobs: Iterator[Job], beside: Beside | None) -> Ended:
        count = max(self._terms.concurrency, self._terms.workers)
        workers = [asyncio.create_task(self._work(jobs)) for _ in range(count)]
        try:
            await asyncio.gather(*workers)
            if beside is not None and self._stop is None:
                await self._stopped(beside.settle())
        except asyncio.CancelledError:
            self._stop = Ended(State.STOPPED)
        finally:
            for one in workers:
                one.cancel()
            await asyncio.gather(*workers, return_exceptions=True)
            self._store.settle()
            await self._target.close()
            if beside is not None:
                await beside.close()
        return self._stop or Ended(State.DONE)

    async def _work(self, jobs: Iterator[Job]) -> None:
        for job in jobs:
            try:
                await self._stopped(self._play(job))
            except Refused as problem:
                self._heard(Missed(job, problem.why))
                self._doubt(problem)
            if self._stop is not None:
                return

    async def _play(self, job: Job) -> None:
        played = await play(job.script, self._ask, job.repetition, self._terms.rounds)
        await self._done(job, played)

    async def _stopped(self, work: Awaitable[None]) -> None:
        """Do `work`; where nothing more can be asked after it, note why."""
        try:
            await work
        except Spent:
            self._stop = self._stop or Ended(State.SPENT)
        except Unusable as problem:
            self._stop = self._stop or Ended(State.BROKEN, problem.why)

    def _doubt(self, problem: Refused) -> None:
        """Give up on a target that has not answered anything, and whose faults do not go away."""
        if isinstance(problem, Exhausted) and not self._answered:
            self._vain += 1
            if self._vain >= VAIN and self._stop is None:
                self._stop = Ended(
                    State.BROKEN, f"nothing was answered, and {self._vain:,} cases were tried: {problem.why}"
                )

    async def _ask(self, request: Request) -> Reply:
        key = request.key(self._target)
        terms = self._terms
        if not terms.afresh and (self._target.remembers or terms.resume or terms.offline):
            known = self._store.recall(key)
            if known is not None:
                self.recalled += 1
                self._note(known)
                return known
        if terms.offline:
            raise Refused("no reply to it is in the store, and nothing is sent")
        if self._stop is not None:
            raise Spent
        reply = await self.sender.send(request)
        self._answered = True
        self._note(reply)
        system = request.messages[0].get("content")
        batch = self._store.hold(
            key,
            reply,
            model=self._target.model,
            repetition=request.repetition,
            system=system if isinstance(system, str) else "",
        )
        await asyncio.sleep(0)  # replies of one turn of the loop are one batch: the first that goes on keeps it
        self._store.settle(batch)
        return reply

    def _note(self, reply: Reply) -> None:
        if reply.snapshot:
            self.snapshots.add(reply.snapshot)
