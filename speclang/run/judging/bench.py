"""Asks a judge: a question about an answer, by as many votes as settle it, and no question about the same answer twice.

In: a question and what it is about. Out: an `Outcome`.
Invariant: a reply is kept before it counts; what the store holds is not asked again; a vote that gives no verdict passes nothing. No
more is asked than `votes * (again + 1)` times about one answer.
"""

import asyncio
from collections.abc import Sequence
from typing import Protocol

from ...grading.judging.ballot import Outcome, Vote, majority, outcome, read, void
from ...grading.judging.question import LONGEST, SCHEMA, Question, Subject, messages
from ...grading.messages import Malformed, spoken
from ...source.hashing import Json, canonical, digest
from ...source.records import dataclass
from ..asking import Exhausted, Message, Refused, Reply, Request, Target, Unusable
from ..schedule import Sender
from ..store.judgements import Asked

_VAIN = 3
"""How many votes are tried on a judge that has not answered anything yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """How a judge is asked: for so many `votes`, each `again` so many times where the reply is none; `model` is what it is called.

    `key` is the hash of all of the judge that can change what it says. `every` asks for all votes, also where they change nothing.
    """

    key: str
    model: str
    votes: int
    again: int
    afresh: bool = False
    offline: bool = False
    every: bool = False


@dataclass(frozen=True, slots=True)
class Judged:
    """An outcome, and the key under which it is kept: "" where it is not, since a vote did not come."""

    key: str
    outcome: Outcome


class Memory(Protocol):
    """What a bench asks of a store."""

    def recall(self, key: str) -> Reply | None:
        """The reply to the request that is called `key`."""

    def keep(self, key: str, reply: Reply, *, model: str, repetition: int, system: str) -> None:
        """Keep `reply` for good."""

    def judgement(self, key: str) -> Outcome | None:
        """What the votes came to when what is called `key` was asked."""

    def judge(self, asked: Asked, subject: str, outcome: Outcome) -> None:
        """Keep what the votes came to."""


class Bench:
    """One judge in one run. `judged` counts the questions that were settled now, `recalled` those that the store had settled."""

    __slots__ = (
        "_answered",
        "_made",
        "_open",
        "_panel",
        "_store",
        "_target",
        "_vain",
        "_versions",
        "judged",
        "sender",
    )

    def __init__(self, target: Target, store: Memory, sender: Sender, panel: Panel) -> None:
        """Nothing is asked yet."""
        self._target = target
        self._store = store
        self._panel = panel
        self._open: dict[str, asyncio.Task[Judged]] = {}
        self._made: set[str] = set()
        self._versions: dict[Question, str] = {}
        self._answered = False
        self._vain = 0
        self.sender = sender
        self.judged = 0

    async def judge(self, question: Question, subject: Subject) -> Judged:
        """What the judge says of `subject`. Raises `Spent` and `Unusable`."""
        asked = self._asked(question, subject)
        under_way = self._open.get(asked.key)
        if under_way is None:
            under_way = self._open[asked.key] = asyncio.ensure_future(self._settled(asked, question, subject))
            under_way.add_done_callback(lambda _: self._open.pop(asked.key, None))
        return await asyncio.shield(under_way)

    async def close(self) -> None:
        """Let the judge's connections go."""
        await self._target.close()

    def _asked(self, question: Question, subject: Subject) -> Asked:
        panel, about = self._panel, digest(canonical(subject.told))
        version = self._versions.get(question) or self._versions.setdefault(question, question.version)
        return Asked(
            key=digest(canonical([panel.key, version, about])),
            judge=panel.key,
            model=panel.model,
            question=version,
            subject=about,
        )

    async def _settled(self, asked: Asked, question: Question, subject: Subject) -> Judged:
        panel = self._panel
        known = None if panel.afresh and asked.key not in self._made else self._store.judgement(asked.key)
        if known is not None and (not panel.every or len(known.votes) == known.of):
            return Judged(asked.key, known)
        if subject.size > LONGEST:
            why = f"the answer with its conversation has {subject.size:,} characters, and a judge is handed {LONGEST:,}"
            return Judged("", outcome([void(1, why, 0)], panel.votes))
        found, whole = await self._voted(question, subject)
        self.judged += 1
        if not whole:
            return Judged("", found)
        self._store.judge(asked, canonical(subject.told), found)
        self._made.add(asked.key)
        return Judged(asked.key, found)

    async def _voted(self, question: Question, subject: Subject) -> tuple[Outcome, bool]:
        """What the votes come to, and whether every one that was asked for came: first so many as can settle it, then one by one."""
        of = self._panel.votes
        first = of if self._panel.every else majority(of)
        came = await self._all(question, subject, range(1, first + 1))
        while len(came) < of and not outcome([vote for vote, _ in came], of).closed:
            came += await self._all(question, subject, (len(came) + 1,))
        return outcome([vote for vote, _ in came], of), all(whole for _, whole in came)

    async def _all(self, question: Question, subject: Subject, votes: Sequence[int]) -> list[tuple[Vote, bool]]:
        tasks = [asyncio.ensure_future(self._vote(question, subject, vote)) for vote in votes]
        try:
            return list(await asyncio.gather(*tasks))
        finally:
            for task in tasks:
                task.cancel()

    async def _vote(self, question: Question, subject: Subject, number: int) -> tuple[Vote, bool]:
        """One vote, and whether a reply to it came at all."""
        why = ""
        for tries in range(1, self._panel.again + 2):
            said = messages(question, subject, number, why, tries)
            try:
                reply = await self._replied(_request(question, subject, number, said))
            except Refused as problem:
                self._doubt(problem)
                return void(number, problem.why, tries), False
            found = read(_text(reply), subject.answer, number, tries)
            if isinstance(found, Vote):
                return found, True
            why = found.why
        return void(number, why, self._panel.again + 1), True

    async def _replied(self, request: Request) -> Reply:
        key = request.key(self._target)
        known = None if self._panel.afresh else self._store.recall(key)
        if known is not None:
            return known
        if self._panel.offline:
            raise Refused("what the judge says of it is not in the store, and nothing is sent")
        try:
            reply = await self.sender.send(request)
        except Unusable as problem:
            raise Unusable(f"the judge can't be asked: {problem.why}") from None
        self._answered = True
        system = str(request.messages[0].get("content"))
        self._store.keep(key, reply, model=self._target.model, repetition=request.repetition, system=system)
        return reply

    def _doubt(self, problem: Refused) -> None:
        """Give up on a judge that has not answered anything, and whose faults do not go away. Raises `Unusable`."""
        if isinstance(problem, Exhausted) and not self._answered:
            self._vain += 1
            if self._vain >= _VAIN:
                raise Unusable(f"the judge has answered nothing, and was asked for {self._vain:,} votes: {problem.why}")


def _request(question: Question, subject: Subject, number: int, said: Sequence[Message]) -> Request:
    """One vote as a request; an application that judges is handed its parts besides."""
    parts: dict[str, Json] = {
        "requirement": question.requirement,
        "statement": question.statement,
        "rubric": question.rubric,
        "good": list(question.good),
        "bad": list(question.bad),
        "conversation": [{"role": role, "content": text} for role, text in subject.said],
        "answer": subject.answer,
        "schema": SCHEMA,
    }
    return Request(tuple(said), (), number, setting={"judge": parts}, form=SCHEMA)


def _text(reply: Reply) -> str:
    """The last thing that the judge says."""
    try:
        return spoken(reply.messages).text
    except Malformed:
        return ""
