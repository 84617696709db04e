"""What a simulated tool returns where a case has words of its own for it.

Invariant: only a field that the result has takes another value; the rest stays as it is.
"""

from collections.abc import Mapping, Sequence

from ..plan.case import Reply
from ..plan.draft import Planted
from ..plan.origin import Origin
from ..source.hashing import Json
from ..source.records import replace


def as_written(reply: Reply, fields: Sequence[tuple[str, Json]], own: Origin) -> Reply:
    """`reply` with the fields of its result that somebody has written."""
    if not fields or not isinstance(reply.returns, Mapping):
        return reply
    pad = tuple(one for one in reply.pad if one[0] not in dict(fields))
    origins = {**dict(reply.origins), **{f"returns/{name}": own for name, _ in fields}}
    return replace(reply, returns={**reply.returns, **dict(fields)}, pad=pad, origins=tuple(origins.items()))


def planted(reply: Reply, texts: Sequence[Planted], own: Origin) -> Reply:
    """`reply` with the texts of `texts` that belong to its tool, each in the field of the result that it names."""
    for tool, path, text in texts:
        if tool == reply.tool and path:
            origins = {**dict(reply.origins), f"returns/{path[0]}": own}
            reply = replace(reply, returns=_with(reply.returns, path, text), origins=tuple(origins.items()))
    return reply


def _with(result: Json, path: Sequence[str], text: str) -> Json:
    if not path:
        return text
    if not isinstance(result, Mapping):
        return result
    return {name: _with(item, path[1:], text) if name == path[0] else item for name, item in result.items()}
