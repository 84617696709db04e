"""Which share of answers comes from a tier of a fallback, held against what the spec allows.

In: recorded answers, line by line. Out: for each fallback with `at_most`, how many of how many came from a tier, and what that can bear.
An answer comes from a tier where it says so (`tier`), is a text that the tier says, or was given by the model that the tier asks.
Invariant: no verdict that Wilson's interval at 95% does not carry; what names another feature, or can't be read, is not counted.
"""

import json
from collections.abc import Iterable, Mapping, Sequence

from ...grading.holding import Call, Decision, decide
from ...grading.record import Refusal, read
from ...grading.tally import Rate
from ...model.fallback import Fallback, Tier
from ...model.feature import Feature
from ...model.text import Chunk, Text
from ...project.lines import Line
from ...run.messages import TIER
from ...source.records import dataclass
from .ending import plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """`fell` of `n` answers came from a tier of a fallback, of which `most` percent may; `by` counts them by tier."""

    feature: str
    fallback: str
    fell: int
    n: int
    most: float
    by: tuple[tuple[str, int], ...]

    @property
    def rate(self) -> Rate:
        """The share of answers that came from a tier."""
        return Rate(self.fell, self.n)

    @property
    def decision(self) -> Decision:
        """Whether that is few enough, as far as the sample can bear it."""
        return decide(Rate(self.n - self.fell, self.n), 1 - self.most / 100)

    @property
    def passes(self) -> bool:
        """Whether nothing shows that it is too much."""
        return self.decision.call is not Call.FAILS


def shares(features: Sequence[Feature], models: Mapping[str, str], lines: Iterable[Line]) -> tuple[Share, ...]:
    """The shares of all fallbacks that bound theirs; `models` are the names of the models of targets."""
    bounded = [(one, fallback) for one in features for fallback in one.fallbacks if fallback.at_most is not None]
    only = features[0].name if len(features) == 1 else ""
    counts: dict[str, int] = {}
    fell: dict[tuple[str, str], dict[str, int]] = {}
    for line in lines:
        found = read(line.data, line.number) if line.data else None
        if found is None or isinstance(found, Refusal):
            continue
        name = found.feature or only
        counts[name] = counts.get(name, 0) + 1
        says = _marker(line.data or b"")
        for feature, fallback in bounded:
            tier = _tier(fallback, says, found.answer.text, found.model, models) if feature.name == name else ""
            if tier:
                by = fell.setdefault((feature.name, fallback.name), {})
                by[tier] = by.get(tier, 0) + 1
    return tuple(
        Share(
            feature=feature.name,
            fallback=fallback.name,
            fell=sum(by.values()),
            n=counts.get(feature.name, 0),
            most=float(fallback.at_most or 0),
            by=tuple(by.items()),
        )
        for feature, fallback in bounded
        for by in [fell.get((feature.name, fallback.name), {})]
    )


def _tier(fallback: Fallback, says: str, text: str, model: str, models: Mapping[str, str]) -> str:
    """The tier that an answer comes from; "" for none."""
    for tier in fallback.tiers:
        if (says and plain(tier.name) == plain(says)) or (tier.says is not None and _is(tier.says, text)):
            return tier.name
    return next((one.name for one in fallback.tiers if _asked(one, model, models)), "") if not says else ""


def _asked(tier: Tier, model: str, models: Mapping[str, str]) -> bool:
    return bool(tier.target and model) and model in (tier.target, models.get(tier.target))


def _is(says: Text, text: str) -> bool:
    """Whether `text` is what a tier says, with anything in its holes."""
    rest, open_ = plain(text), False
    last = len(says.pieces) - 1
    for number, piece in enumerate(says.pieces):
        if not isinstance(piece, Chunk):
            open_ = True
            continue
        words = plain(piece.text)
        at = len(rest) - len(words) if number == last else rest.find(words)
        if at < 0 or not rest.startswith(words, at) or (not open_ and rest[:at].strip()):
            return False
        rest, open_ = rest[at + len(words) :], False
    return open_ or not rest.strip()


def _marker(data: bytes) -> str:
    """The tier that a line, or the last of its messages that does, says it is from; the line was read before."""
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return ""
    messages = found.get("messages") if isinstance(found, dict) else None
    for one in (found, *reversed(messages if isinstance(messages, list) else [])):
        if isinstance(one, dict) and isinstance(one.get(TIER), str):
            return str(one[TIER])
    return ""
