"""What is asked of a target and what it answers, as data.

In: a conversation so far. Out: the messages that come next, with what they took. A request is called by the hash of all that can
change its reply, so that none is sent twice.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol

from ..kit.checks.evidence import harmless
from ..source.hashing import Json, canonical, digest
from ..source.records import dataclass, field

Message = Mapping[str, Json]

_LONGEST = 500
"""How much is kept of why no answer came."""


@dataclass(frozen=True, slots=True)
class Request:
    """`messages` begin with the prompt; `tools` may be called, as chat APIs describe them; `repetition` counts from 1.

    `feature` and `case` say what it is for; `setting` is what an application may want to know besides: the variables of the prompt
    and what simulated tools return. A model is told none of it. `twin` tells apart cases in which the same is said. `form` is the JSON
    Schema that the reply has to keep to, where there is one.
    """

    messages: tuple[Message, ...]
    tools: tuple[Json, ...]
    repetition: int
    feature: str = ""
    case: str = ""
    setting: Mapping[str, Json] = field(default_factory=dict[str, Json])
    twin: int = 0
    form: Json = None

    def key(self, target: "Target") -> str:
        """The hash of all that can change the reply of `target`."""
        told: Json = None if target.remembers else [self.feature, self.case, self.setting]
        form: list[Json] = [] if self.form is None else [self.form]
        return digest(canonical([target.identity, self.messages, self.tools, self.repetition, self.twin, told, *form]))


@dataclass(frozen=True, slots=True)
class Reply:
    """`messages` come next in the conversation; what they took is None where it is not known. `latency` is in seconds."""

    messages: tuple[Message, ...]
    input_tokens: int | None = None
    output_tokens: int | None = None
    cost: float | None = None
    latency: float = 0.0
    further: Mapping[str, float] = field(default_factory=dict[str, float])
    """What an application itself has measured, by the names of `measured`."""
    snapshot: str = ""
    """Which model it came from, as its server says; "" where that says nothing."""


class Target(Protocol):
    """A model or an application that can be asked."""

    @property
    def name(self) -> str:
        """What the project calls it."""
        ...

    @property
    def model(self) -> str:
        """The name under which its answers are recorded."""
        ...

    @property
    def identity(self) -> Json:
        """All of it that can change a reply: kind, model, address, parameters. No key, no password."""
        ...

    @property
    def remembers(self) -> bool:
        """Whether an earlier reply stands for a new one: a model's does; an application may have been changed since."""
        ...

    async def ask(self, request: Request) -> Reply:
        """The reply. Raises `Later`, `Refused` or `Unusable`."""
        ...

    async def close(self) -> None:
        """Let connections go."""
        ...


class Trouble(Exception):
    """Why no answer came, in words that are safe to show: a target may have had a say in them."""

    def __init__(self, why: str) -> None:
        """Keep what was said, on one line."""
        self.why = harmless(why, _LONGEST)
        super().__init__(self.why)


class Later(Trouble):
    """Something on the way failed, and may work when it is sent again: after `seconds`, where the target said so.

    `crowded` says that the target is asked too much at a time.
    """

    def __init__(self, why: str, *, seconds: float | None = None, crowded: bool = False) -> None:
        """Keep what was said."""
        super().__init__(why)
        self.seconds = seconds
        self.crowded = crowded


class Refused(Trouble):
    """This request has no answer, however often it is sent."""


class Exhausted(Refused):
    """A fault on the way did not go away, however often the request was sent."""


class Unusable(Trouble):
    """Nothing can be asked of the target; says what to do."""


def calls(message: Message) -> Sequence[Message]:
    """The calls of tools in a message whose results are not beside them."""
    listed = message.get("tool_calls")
    if not listed or message.get("role") != "assistant" or isinstance(listed, str) or not isinstance(listed, Sequence):
        return ()
    return tuple(one for one in listed if isinstance(one, Mapping) and "result" not in one)
