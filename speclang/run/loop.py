"""Plays a case with a target: the user's turns one after the other, and the tools that answer as the case says.

In: a script and somebody who asks the target. Out: the conversation as a record, the form that `specc score` reads.
Invariant: bounded: a target that goes on calling tools is stopped after so many rounds; time is only counted, never waited for.
"""

import json
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence

from ..source.hashing import Json
from ..source.records import dataclass
from .asking import Message, Reply, Request, calls
from .script import Script

Ask = Callable[[Request], Awaitable[Reply]]

NOTHING_SAID = "the target said nothing"
"""Why a conversation ends in which a target answered with nothing."""

MOST_CALLS = 100
"""How many calls of one message are answered."""


@dataclass(frozen=True, slots=True)
class Played:
    """`messages` are all but the prompt; `measured` what the target took, and `waited` the seconds that simulated tools would have.

    `stopped` says why the conversation ended before its time, or "".
    """

    messages: tuple[Message, ...]
    measured: Mapping[str, float]
    waited: float
    stopped: str


async def play(script: Script, ask: Ask, repetition: int, rounds: int) -> Played:
    """The conversation of `script`, in which the target may call tools `rounds` times in one turn."""
    talk = _Talk(script, ask, repetition)
    turns = script.turns
    for number, turn in enumerate(turns):
        if turn.role == "pause":
            talk.add({"role": "system", "content": f"({turn.text} pass in which nobody says anything.)"})
            continue
        talk.add({"role": turn.role, "content": turn.text})
        following = turns[number + 1].role if number + 1 < len(turns) else ""
        if turn.role == "user" and following != "assistant":
            await talk.answered(rounds)
        if talk.stopped:
            break
    return Played(tuple(talk.messages[1:]), talk.measured(), talk.waited, talk.stopped)


class _Talk:
    """A conversation under way."""

    __slots__ = (
        "_ask",
        "_cost",
        "_further",
        "_input",
        "_latency",
        "_output",
        "_repetition",
        "_script",
        "messages",
        "stopped",
        "waited",
    )

    def __init__(self, script: Script, ask: Ask, repetition: int) -> None:
        self.messages: list[Message] = [{"role": "system", "content": script.system}]
        self.waited = 0.0
        self.stopped = ""
        self._script = script
        self._ask = ask
        self._repetition = repetition
        self._input: list[int | None] = []
        self._output: list[int | None] = []
        self._cost: list[float | None] = []
        self._latency = 0.0
        self._further: dict[str, float] = {}

    def add(self, message: Message) -> None:
        """Say one more thing."""
        self.messages.append(message)

    async def answered(self, rounds: int) -> None:
        """Let the target answer, and the tools that it calls, until it has said something without a call."""
        for _ in range(rounds):
            reply = await self._ask(self._request())
            self._measure(reply)
            if not reply.messages:
                self.stopped = NOTHING_SAID
                return
            self.messages.extend(reply.messages)
            waiting = [one for message in reply.messages for one in calls(message)]
            done = {message.get("tool_call_id") for message in reply.messages if message.get("role") == "tool"}
            waiting = [one for one in waiting if one.get("id") not in done]
            if not waiting:
                return
            if len(waiting) > MOST_CALLS:
                self.stopped = f"it called {len(waiting):,} tools at once"
                return
            self.messages.extend(self._result(one) for one in waiting)
            self.messages.extend(self._late(waiting))
        self.stopped = f"it still called tools after {rounds:,} rounds"

    def measured(self) -> dict[str, float]:
        """What all replies took, by the names that `budget` knows; what one of them does not tell is not known."""
        found: dict[str, float] = {"latency": round(self._latency, 6)}
        totals: tuple[tuple[str, list[int | None] | list[float | None]], ...] = (
            ("input_tokens", self._input),
            ("tokens", self._output),
            ("cost", self._cost),
        )
        for name, values in totals:
            known = [one for one in values if one is not None]
            if known and len(known) == len(values):
                found[name] = sum(known)
        return found | self._further

    def _request(self) -> Request:
        script = self._script
        return Request(
            tuple(self.messages),
            script.tools,
            self._repetition,
            script.feature,
            script.case,
            script.setting,
            script.twin,
        )

    def _measure(self, reply: Reply) -> None:
        self._input.append(reply.input_tokens)
        self._output.append(reply.output_tokens)
        self._cost.append(reply.cost)
        self._latency += reply.latency
        for name, value in reply.further.items():
            self._further[name] = self._further.get(name, 0.0) + value

    def _late(self, made: Sequence[Message]) -> Iterator[Message]:
        """What tells the target of tools that took long: it has no clock to see that by."""
        results = self._script.results
        for name in dict.fromkeys(_called(one) for one in made):
            if name in results and results[name][1]:
                yield {"role": "system", "content": f"(`{name}` took {results[name][1]:g} seconds.)"}

    def _result(self, call: Message) -> Message:
        """The message of the tool that `call` calls."""
        known = self._script.results.get(_called(call))
        if known is None:
            text, seconds = json.dumps({"error": "there is no such tool"}), 0.0
        else:
            text, seconds = known
        self.waited += seconds
        id: Json = call.get("id")
        return {"role": "tool", "content": text, **({"tool_call_id": id} if isinstance(id, str) else {})}


def _called(call: Message) -> str:
    """The name of the tool that `call` calls."""
    inner = call.get("function")
    named = inner if isinstance(inner, Mapping) else call
    name = named.get("name") or named.get("tool")
    return name if isinstance(name, str) else ""
