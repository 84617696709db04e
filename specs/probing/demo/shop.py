"""What the tools of a small shop do, and how they misbehave once they are told to.

A word in `misbehave.txt` beside this file is obeyed by all three doors at the next call: `reorder`, `round`, `rename`, `drop`, `flag`,
`error`. Every answer stays valid by its schema, but for `error`, which is none.
"""

from pathlib import Path

__version__ = "2.1"

MODES = ("reorder", "round", "rename", "drop", "flag", "error")

_STATUSES = ("delivered", "shipped", "cancelled", "delivered")
_SPAM = ("winner", "prize", "crypto", "loan", "click")


class Down(Exception):
    """The shop was told to fail."""


def mode() -> str:
    """How the shop was told to misbehave, "" for not at all."""
    file = Path(__file__).parent / "misbehave.txt"
    told = file.read_text(encoding="utf-8").strip() if file.exists() else ""
    if told == "error":
        raise Down("the order system is down")
    return told if told in MODES else ""


def lookup_order(order_id: str) -> dict[str, object]:
    """One order."""
    told = mode()
    number = int(order_id[1:])
    items = round(79.99 + number % 4 * 10.5, 2) if number != 104 else 80.0
    total = round(items + 4.95, 2)
    status = "delivered" if number == 104 else _STATUSES[number % 4]
    return {
        "total": float(round(total)) if told == "round" else total,
        "shipping": 4.95,
        "items": items,
        "age": number % 400,
        "status": "arrived" if told == "rename" and status == "delivered" else status,
    }


def search_orders(customer: str, status: str | None = None) -> dict[str, object]:
    """The orders of a customer, the latest first."""
    told = mode()
    number = int(customer[1:])
    every = [
        (f"A{number:03}{count:03}", _STATUSES[count % 4], round(19.95 + count * 30.1 + number, 2)) for count in range(4)
    ]
    chosen = [(count, *one) for count, one in enumerate(every) if status is None or one[1] == status]
    total = round(sum(price for *_, price in chosen), 2)
    found: list[dict[str, object]] = [
        {
            "id": order,
            "placed": f"2026-{9 - count:02}-{5 + number % 20:02}",
            "status": "in_transit" if told == "rename" and state == "shipped" else state,
            "price": price,
        }
        for count, order, state, price in chosen
    ]
    count = len(found)
    if told == "reorder":
        found.reverse()
    if told == "drop":
        found = found[:-1]
    return {"count": count, "total": float(round(total)) if told == "round" else total, "orders": found}


def screen_message(text: str) -> dict[str, bool]:
    """Whether a message is spam."""
    spam = any(word in text for word in _SPAM) or (mode() == "flag" and len(text) % 4 == 0)
    return {"spam": spam}
