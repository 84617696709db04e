"""What a check judges and what it says."""

from collections.abc import Mapping

from ..source.hashing import Json
from ..source.records import dataclass, field


@dataclass(frozen=True, slots=True)
class ToolCall:
    """One call that the model made, in its place in the trajectory."""

    tool: str
    arguments: Mapping[str, Json] = field(default_factory=dict[str, Json])
    result: Json = None


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to a case: `text` is the last message of the assistant; `steps` the whole conversation in order.

    `steps` holds what the user and the assistant said and each tool call, and may be empty where only the text is known; it may
    begin with what the system prompt said (role `system`). `measured` is what the run took: `tokens` of the answer, `input_tokens`,
    `cost` in the currency of the budget, `latency` in seconds, as far as they are known. `base` is the
    answer to the case that this one is compared with.
    """

    text: str
    steps: tuple["ToolCall | Said", ...] = ()
    measured: Mapping[str, float] = field(default_factory=dict[str, float])
    base: "Answer | None" = None

    @property
    def calls(self) -> tuple[ToolCall, ...]:
        """Every tool call, in order."""
        return tuple(step for step in self.steps if isinstance(step, ToolCall))


@dataclass(frozen=True, slots=True)
class Said:
    """One message of the conversation, by `role` (`user`, `assistant` or `system`)."""

    role: str
    text: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the answer meets the requirement, and why: one sentence that quotes what was found."""

    passed: bool
    reason: str
