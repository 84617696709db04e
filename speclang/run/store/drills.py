"""Drills as they stand in the store: when each was run, and what came of it.

In: an open store's connection. Out: frozen rows. Invariant: a drill is bound to the hash of all that it means: what is broken, asked and
expected; one of another hash tells nothing of today's.
"""

from collections.abc import Sequence
from typing import NamedTuple

from ...source.hashing import digest
from ..clock import now
from .link import Link
from .rows import packed
from .schema import tables
from .statements import Statements


class PastDrill(NamedTuple):
    """A drill that was run; `ended` is the tier that it ended in, `record` the hash of the answer, `made` when it was."""

    feature: str
    drill: str
    digest: str
    target: str
    model: str
    passed: bool
    ended: str
    why: str
    record: str
    made: str = ""


class Drills:
    """The drills in an open store."""

    __slots__ = ("_link", "_said")

    def __init__(self, link: Link, said: Statements) -> None:
        """Take a connection, and what is said on it."""
        self._link = link
        self._said = said

    def keep(self, drill: PastDrill, answer: bytes) -> None:
        """Keep a drill that has just been run, and the answer, for good."""
        made = drill.made or now()
        with self._link.transaction() as cursor:
            cursor.execute(self._said.insert["texts"], packed(digest(answer), answer))
            cursor.execute(self._said.drill, (made, *drill[:-1]))

    def all(self) -> Sequence[PastDrill]:
        """All drills, in order."""
        import sqlalchemy as sql

        table = tables()["drills"]
        asked = sql.select(*(table.c[one] for one in PastDrill._fields)).order_by(table.c.id)
        with self._link.reader.begin():
            return [PastDrill._make(row) for row in self._link.reader.execute(asked)]
