"""What comes over a wire, read within bounds.

In: the body of a reply. Out: JSON, or why it is none.
Invariant: no more is held than `MOST` bytes, and nothing that is nested deeper than a recorded answer may be.
"""

from collections.abc import Mapping

from ..grading.record import Refusal, loaded
from ..source.hashing import Json
from .asking import Later, Refused

MOST = 16 * 1024 * 1024
"""The longest body, in bytes, that is read."""

_QUOTED = 200


def read(body: bytes) -> Mapping[str, Json]:
    """The object that `body` holds. Raises `Later` where it is no whole JSON, `Refused` where it is too much of it."""
    value = json(body)
    if not isinstance(value, Mapping):
        raise Later("the reply is JSON, and no object")
    return value


def json(body: bytes) -> Json:
    """What `body` holds, as `read`, whatever it is."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as problem:
        raise Later(f"the reply is not UTF-8 (byte {problem.start + 1:,})") from None
    value = loaded(text)
    if isinstance(value, Refusal):
        if value.fault == "too_much":
            raise Refused(f"the reply can't be read: {value.why}")
        raise Later(f"the reply is not JSON: {value.why}")
    return value


def said(body: bytes, key: str | None) -> str:
    """What a body says where it is an error, on one line, clipped, without the key."""
    text = clean(body[: 4 * _QUOTED].decode("utf-8", "replace"), key)
    return " ".join(text.split())[:_QUOTED]


def clean(text: str, key: str | None) -> str:
    """`text` without the key, in case somebody sends it back."""
    return text.replace(key, "[key]") if key else text


def without(body: bytes, key: str | None) -> bytes:
    """`body` without the key."""
    return body.replace(key.encode(), b"[key]") if key else body
