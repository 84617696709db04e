"""When answers were given, and to whom: what a latency is read from.

In: an open store's connection. Out: rows, one after the other. Invariant: each answer once, under the first run that holds it.
"""

import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from .schema import tables

if TYPE_CHECKING:
    from sqlalchemy import Connection

_AT_ONCE = 200


class Timed(NamedTuple):
    """An answer as the record that was graded; `made` is when it had been given, in UTC."""

    feature: str
    case: str
    target: str
    model: str
    stub: bool
    made: str
    record: bytes


def timed(connection: "Connection", feature: str = "") -> Iterator[Timed]:
    """All answers to cases of `feature`, or of all features, in the order in which they were given."""
    import sqlalchemy as sql

    held, of, ran, texts = (tables()[name] for name in ("answers", "run_answers", "runs", "texts"))
    first = sql.select(of.c.answer, sql.func.min(of.c.run).label("run")).group_by(of.c.answer).subquery()
    asked = (
        sql.select(held.c.feature, held.c.case, ran.c.target, held.c.model, held.c.stub, held.c.made, texts.c.data)
        .join(first, first.c.answer == held.c.key)
        .join(ran, ran.c.id == first.c.run)
        .join(texts, texts.c.hash == held.c.record)
        .order_by(held.c.made, held.c.key)
    )
    if feature:
        asked = asked.where(held.c.feature == feature)
    with connection.begin():
        for *told, data in connection.execution_options(yield_per=_AT_ONCE).execute(asked):
            yield Timed._make((*told, zlib.decompress(data)))
