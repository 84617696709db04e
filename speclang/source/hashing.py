"""Content hashes that are the same on every machine.

In: bytes, text or JSON-like data. Out: short hexadecimal digests (BLAKE2b, RFC 7693), and the text that is hashed.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Final, TypeAlias

try:
    from _blake2 import blake2b  # where `hashlib` has it from, which loads all of OpenSSL besides
except ImportError:
    from hashlib import blake2b

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"

OBJECT: Final = (dict, Mapping)
"""What an object is, for `isinstance`: nearly all are dictionaries, which is told in a tenth of the time."""


def digest(data: bytes | str) -> str:
    """The 32 hexadecimal digits (128 bits) that stand for `data`; text is hashed as UTF-8."""
    raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    return blake2b(raw, digest_size=16).hexdigest()


def canonical(value: Json) -> str:
    """`value` as JSON with sorted keys and no spaces: equal values, equal text."""
    return _encode()(value)


@cache
def _encode() -> Callable[[Json], str]:
    """The encoder, made when it is first used."""
    return encoder(escaped=False, ordered=True, marks=(",", ":"))


def encoder(
    *, escaped: bool = True, ordered: bool = False, marks: tuple[str, str] = (", ", ": ")
) -> Callable[[Json], str]:
    """What writes values as `json.dumps` does: characters beyond ASCII `escaped`, keys `ordered`, `marks` between items and after keys.

    Made once, it does not take the time again that the standard library takes to make one for each value, as long as to write a short
    one. What is no JSON raises `TypeError`, what holds itself `RecursionError`.
    """
    from json import encoder as standard

    between, after = marks
    whole = standard.JSONEncoder(ensure_ascii=escaped, sort_keys=ordered, separators=marks)
    make: Callable[..., _Pieces] | None = getattr(standard, "c_make_encoder", None)  # not every Python is written in C
    if make is None:
        return whole.encode
    text = standard.encode_basestring_ascii if escaped else standard.encode_basestring
    circles, indent, skips, numbers = None, None, False, True
    pieces = make(circles, whole.default, text, indent, after, between, ordered, skips, numbers)
    return lambda value: "".join(pieces(value, 0))


_Pieces = Callable[[Json, int], Iterable[str]]
