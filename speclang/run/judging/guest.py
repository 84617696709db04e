"""The judge of an exported suite: the same bench, asked from whatever thread a tool has.

In: where the judge is and how it is asked, the questions of the suite, the file of its replies. Out: verdicts.
Invariant: nobody is asked about what code has decided already; all that is asked in one process goes through one bench, so that no more
is under way than the judge bears, and nothing twice.
"""

import asyncio
import threading
from collections.abc import Mapping, Sequence

from ...grading.carried import NotGraded
from ...grading.judging.question import Question, Subject
from ...grading.judging.spoken import Speaker, judged, left, spoken
from ...grading.suite import GraderVerdict, RequirementVerdict
from ..asking import Unusable
from ..remote.away import Address, Away
from ..schedule import Budget, Purse, Sender
from ..store.replies import Replies
from .bench import Bench, Panel


class Guest:
    """One judge; `trusts` says of each grader how far it was shown to agree with people when the suite was written."""

    __slots__ = ("_bench", "_lock", "_loop", "_questions", "_speaker", "trusts")

    def __init__(
        self,
        bench: Bench,
        speaker: Speaker,
        questions: Sequence[Question],
        trusts: Mapping[str, str],
    ) -> None:
        """Nothing is asked yet."""
        self._bench = bench
        self._speaker = speaker
        self._questions = {one.grader: one for one in questions}
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self.trusts = trusts

    def judged(self, verdicts: tuple[RequirementVerdict, ...], about: Subject) -> tuple[RequirementVerdict, ...]:
        """`verdicts` with what the judge says of `about` where no code can tell. Raises `NotGraded` where nobody can be asked."""
        open_ = left(verdicts, self._questions)
        if not open_:
            return verdicts
        asked = asyncio.run_coroutine_threadsafe(self._said(open_, about), self._running())
        try:
            return judged(verdicts, asked.result())
        except Unusable as problem:
            raise NotGraded(problem.why) from None

    async def _said(self, open_: Sequence[GraderVerdict], about: Subject) -> Mapping[str, GraderVerdict]:
        found = {one.grader: await self._bench.judge(self._questions[one.grader], about) for one in open_}
        return {
            one.grader: spoken(one, found[one.grader].outcome, found[one.grader].key, self._speaker) for one in open_
        }

    def _running(self) -> asyncio.AbstractEventLoop:
        """The loop in which all is asked, in a thread of its own."""
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                threading.Thread(target=self._loop.run_forever, daemon=True).start()
            return self._loop


def guest(
    address: Address,
    panel: Panel,
    questions: Sequence[Question],
    trusts: Mapping[str, str],
    replies: Replies,
    *,
    concurrency: int,
    retries: int,
) -> Guest:
    """The judge at `address`, which remembers its `replies`."""
    target = Away(address)
    sender = Sender(target, concurrency=concurrency, retries=retries, timeout=address.timeout, purse=Purse(Budget()))
    name = address.name if address.name == address.model else f"{address.name} ({address.model})"
    return Guest(Bench(target, replies, sender, panel), Speaker(name), questions, trusts)
