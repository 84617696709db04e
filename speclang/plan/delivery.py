"""What a model is shown of a simulated tool's result, byte for byte.

In: a reply of a case. Out: the text that the tool gives: the result as JSON, its filled members filled, cut where the harness
cuts. Whoever runs a case shows the model this text and no other.
Invariant: the text is the start of the whole result and no character of it is torn.
"""

from collections.abc import Mapping
from json import dumps

from ..model.tool import FAULTS, TRUNCATED, WORKS
from ..source.hashing import Json
from .case import Reply

_RETURNS = (WORKS, *FAULTS, TRUNCATED)
"""The states of a tool in which something comes back that is no failure of its own."""

LATE = 30.0
"""How many seconds a tool takes that is late."""

FILLER = "Handled as usual. "
"""What fills a result: plain ASCII that decides nothing."""


def whole(reply: Reply) -> str:
    """The whole result as JSON, with `, ` and `: ` between its parts and no escapes where none are needed."""
    returns: Json = reply.returns
    if reply.pad and isinstance(returns, Mapping):
        sizes = dict(reply.pad)
        returns = {name: filling(sizes[name]) if name in sizes else value for name, value in returns.items()}
    return dumps(returns, ensure_ascii=False)


def delivered(reply: Reply) -> str:
    """What arrives of the result."""
    text = whole(reply)
    return text if reply.cut_at is None else cut(text, reply.cut_at)


def filling(size: int) -> str:
    """`size` bytes of filler."""
    return (FILLER * (size // len(FILLER) + 1))[:size]


def cut(text: str, size: int) -> str:
    """As much of `text` as fits into `size` bytes of UTF-8 without tearing a character."""
    return text.encode()[:size].decode(errors="ignore")


def arrives(reply: Reply) -> tuple[str, float]:
    """The text that arrives, be it the word of a failure, and the seconds that it takes."""
    text = delivered(reply) if reply.state in _RETURNS else dumps({"error": reply.state}, ensure_ascii=False)
    return text, LATE if reply.state == "late" else 0.0
