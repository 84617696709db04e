"""What each requirement costs in a prompt, in tokens.

In: an artifact and a way to count. Out: costs by owner, and what goes over a budget. Invariant: text alone decides.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ...diagnostics.diagnostic import Diagnostic
from ...plan.artifact import Artifact
from ...source.span import Span
from ..errors import no_tokenizer, over_budget
from .tokens import TOKENIZERS, Count, NotInstalled, counter


class Cost(NamedTuple):
    """What `owner` adds to a prompt; "" stands for its layout."""

    owner: str
    tokens: int


class Costs(NamedTuple):
    """The `total` of a prompt, and what its owners add to it, in its order; where texts join, a token may count for two."""

    path: str
    feature: str
    total: int
    owners: tuple[Cost, ...]


def costs(artifact: Artifact, count: Count) -> Costs:
    """What a prompt costs."""
    found: dict[str, int] = {}
    for part in artifact.parts:
        owner = "" if part.kind == "layout" else part.owner
        found[owner] = found.get(owner, 0) + count(part.text)
    owners = tuple(Cost(owner, tokens) for owner, tokens in found.items())
    return Costs(artifact.path, artifact.feature, count(artifact.text), owners)


def beyond(prompts: Sequence[Artifact], feature: Span, budget: int, tokenizer: str) -> Iterator[Diagnostic]:
    """A finding for each of the feature's `prompts` that takes more than `budget` tokens; or that nobody can count."""
    try:
        count = counter(tokenizer)
    except (KeyError, NotInstalled) as problem:
        yield no_tokenizer(tokenizer, TOKENIZERS, feature, known=isinstance(problem, NotInstalled))
        return
    for prompt in prompts:
        one = costs(prompt, count)
        if one.total > budget:
            yield over_budget(one.feature, feature, one.path, one.total, budget, tokenizer, _dearest(one))


def _dearest(one: Costs) -> tuple[tuple[str, int], ...]:
    owned = [cost for cost in one.owners if cost.owner]
    return tuple((cost.owner, cost.tokens) for cost in sorted(owned, key=lambda cost: (-cost.tokens, cost.owner))[:3])
