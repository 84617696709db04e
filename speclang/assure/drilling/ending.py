"""In which tier an answer ended, by what can be seen of it.

In: the tiers of a fallback, an answer, what passed through proxies. Out: the tier, and by what it was told.
Invariant: what is seen counts before what is said: a marker tells where nothing else can, and is held against what is seen.
"""

from collections.abc import Mapping, Sequence

from ...kit.answer import Answer
from ...model.fallback import Fallback, Tier
from ...plan.drill import Drill
from ...run.asking import Message
from ...run.drilling.proxy import Seen
from ...run.messages import TIER
from ...source.records import dataclass

NONE = "no tier"


@dataclass(frozen=True, slots=True)
class Ending:
    """The name of a tier, or "", and the sign that tells it; `claims` is the tier that the application says, or ""."""

    tier: str
    sign: str
    claims: str = ""

    @property
    def contradicted(self) -> bool:
        """Whether the application says something else than what is seen."""
        return bool(self.claims and self.claims != self.tier)


def ending(
    fallback: Fallback,
    drills: Sequence[Drill],
    answer: Answer,
    messages: Sequence[Message],
    seen: Mapping[str, tuple[Seen, ...]],
) -> Ending:
    """Where an answer to one of the `drills` of `fallback` ended."""
    claims = marked(fallback.tiers, messages)
    for drill in drills:
        if drill.end.says and plain(drill.end.says) == plain(answer.text):
            return Ending(drill.tier, "its text", claims)
    answered = [name for name, passed in seen.items() if any(one.answered for one in passed)]
    for tier in fallback.tiers:
        if tier.target in answered:
            return Ending(tier.name, f"`{tier.target}` answered", claims)
    called = {one.tool for one in answer.calls}
    for tier in fallback.tiers:
        if tier.calls is not None and tier.calls.tool in called:
            return Ending(tier.name, f"`{tier.calls.tool}` was called", claims)
    return Ending(claims, "what the application says" if claims else "", claims)


def marked(tiers: Sequence[Tier], messages: Sequence[Message]) -> str:
    """The tier that the last message with a marker names; "" where there is none."""
    for message in reversed(messages):
        said = message.get(TIER)
        if isinstance(said, str):
            return next((one.name for one in tiers if plain(one.name) == plain(said)), f"{said[:40]} (unknown)")
    return ""


def plain(text: str) -> str:
    """`text` with one space between its words."""
    return " ".join(text.split())
