"""A result that is cut at its limit, laid out so that what decides stands where a case wants it.

In: the result of a tool, the members of it that decide, and the limit. Out: the same members in an order and with a filling that
put the cut just before them, just after them, or into the middle of the first one.
Invariant: no member changes its value; a filled one is a text of which nothing is decided.
"""

from collections.abc import Collection, Mapping, Sequence
from itertools import count
from json import dumps
from typing import NamedTuple

from ..plan.case import Cut
from ..source.hashing import Json

_FRONT, _BACK = "remarks", "history"
_BLANK = "…"
_TWO_DIGITS = 10
_TAIL = 200
"""The bytes that follow a cut that leaves nothing else out."""


class Laid(NamedTuple):
    """The members in their order, and how many bytes of filler stand in which."""

    returns: dict[str, Json]
    pad: tuple[tuple[str, int], ...]


def laid(result: Mapping[str, Json], facts: Sequence[str], texts: Collection[str], limit: int, where: Cut) -> Laid:
    """`result` with `facts` placed at the cut; `texts` are members that may hold any text."""
    rest = [name for name in result if name not in facts]
    front = next((name for name in rest if name in texts), None) or _unused(_FRONT, result)
    rest = [name for name in rest if name != front]
    lead = "{" + _member(front, "") + ", "
    if where is Cut.AFTER:
        room = limit - _size(lead)
        return Laid(_ordered(result, (front, *facts, *rest), front), ((front, max(room, 0)),))
    back = _unused(_BACK, result)
    members = ", ".join(_member(name, result[name]) for name in facts)
    seen = _size(members) + 1 if where is Cut.BEFORE else _torn(facts[0], result)
    room = limit - _size(lead) - seen
    if room < 0:
        # There is no room to fill: what decides comes first, and the filling is what is cut.
        return Laid(_ordered(result, (*facts, *rest, front), front), ((front, limit),))
    return Laid(_ordered(result, (front, *facts, *rest, back), front, back), ((front, room), (back, _TAIL)))


def possible(result: Mapping[str, Json], facts: Sequence[str], limit: int, where: Cut) -> bool:
    """Whether `facts` can stand there: whole in the first `limit` bytes, with the comma that says so; torn so that a number is left."""
    if where is Cut.AFTER:
        return True
    if where is Cut.BEFORE:
        return _size("{" + ", ".join(_member(name, result[name]) for name in facts) + ",") <= limit
    value = result[facts[0]] if facts else None
    number = isinstance(value, int | float) and not isinstance(value, bool) and value >= _TWO_DIGITS
    return number and _size("{" + _member(_unused(_FRONT, result), "") + ", ") + _torn(facts[0], result) <= limit


def _torn(fact: str, result: Mapping[str, Json]) -> int:
    """The bytes up to the middle of the value of `fact`."""
    value = dumps(result[fact])
    return _size(_member(fact, result[fact])) - len(value) + len(value) // 2


def _ordered(result: Mapping[str, Json], names: Sequence[str], *filled: str) -> dict[str, Json]:
    return {name: _BLANK if name in filled else result[name] for name in names}


def _member(name: str, value: Json) -> str:
    return dumps({name: value}, ensure_ascii=False)[1:-1]


def _size(text: str) -> int:
    return len(text.encode())


def _unused(name: str, result: Mapping[str, Json]) -> str:
    """`name`, or with a number where the result has such a member."""
    if name not in result:
        return name
    return next(f"{name}_{number}" for number in count(2) if f"{name}_{number}" not in result)
