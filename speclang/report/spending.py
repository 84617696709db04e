"""What a run took: in words, on a line, and as data.

In: a `Spending`. Out: texts and JSON.
Invariant: no money where nobody said what anything costs.
"""

from ..assure.outcome import Spending
from ..source.hashing import Json


def took(spending: Spending) -> str:
    """`40 asked, 2 again after a fault, 12 from the store, 3,100 tokens, 0.0210 USD`, as far as there is anything to tell."""
    told = [f"{spending.sent:,} asked"]
    if spending.again:
        told.append(f"{spending.again:,} again after a fault")
    if spending.recalled:
        told.append(f"{spending.recalled:,} from the store")
    return ", ".join([*told, *_paid(spending)])


def spent(spending: Spending) -> list[str]:
    """What was spent, on a line; none where it is not known, or nothing."""
    return [f"spent: {', '.join(_paid(spending))}"] if spending.sent and _paid(spending) else []


def _paid(spending: Spending) -> list[str]:
    tokens = [f"{spending.tokens:,} tokens"] if spending.tokens else []
    return [*tokens, f"{spending.cost:.4f} {spending.currency}"] if spending.currency else tokens


def spent_data(spending: Spending) -> Json:
    """What a run took, as data: no money where nobody said what anything costs."""
    return {
        "sent": spending.sent,
        "again": spending.again,
        "recalled": spending.recalled,
        "tokens": spending.tokens,
        "cost": spending.cost if spending.currency else None,
        "currency": spending.currency or None,
    }
