"""What stands in the store beside verdicts: in which runs an answer was, what was said in it, and what graders gave as reasons.

In: an open store's connection. Out: rows. Invariant: what is long is read one after the other, and never held all at once.
"""

import json
import zlib
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from ...source.hashing import Json
from .schema import tables

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row

_AT_ONCE = 50
_KEYS = 500
"""How many answers are named in one question."""


class Lately(NamedTuple):
    """The last run in which answers of a model to a case, as it was then, with a prompt, are found."""

    feature: str
    case: str
    case_hash: str
    prompt: str
    model: str
    stub: bool
    run: int


class Reason(NamedTuple):
    """What one grader said of an answer, and why; with what a judge said where one did: a quote, why, and how the votes fell."""

    answer: str
    grader: str
    grader_hash: str
    version: int
    requirement: str
    state: str
    gates: bool
    reason: str
    say: str = ""
    quote: str = ""
    told: str = ""
    votes: tuple[int, int, int] = (0, 0, 0)


class Enveloped(NamedTuple):
    """What a run was asked within, as it is kept, and the models of its replies as their servers name them."""

    envelope: Json
    snapshots: tuple[str, ...]


class Conversation(NamedTuple):
    """An answer as the record that was graded, with what it is an answer to; `key` is its name in the store, `made` when it was given.

    `system` is the hash of the prompt as it was sent, with its variables filled.
    """

    key: str
    feature: str
    case: str
    repetition: int
    case_hash: str
    prompt: str
    made: str
    stopped: str
    system: str
    record: bytes


class Details:
    """What can be asked beside verdicts of an open store."""

    __slots__ = ("_connection",)

    def __init__(self, connection: "Connection") -> None:
        """Ask over `connection`."""
        self._connection = connection

    def lately(self) -> tuple[Lately, ...]:
        """The last run of every case, by what it was then."""
        import sqlalchemy as sql

        held, of = tables()["answers"], tables()["run_answers"]
        named = [held.c[name] for name in Lately._fields[:-1]]
        asked = (
            sql.select(*named, sql.func.max(of.c.run))
            .join(of, of.c.answer == held.c.key)
            .group_by(*named)
            .order_by(*named)
        )
        with self._connection.begin():
            return tuple(Lately._make(row) for row in self._connection.execute(asked))

    def taken(self) -> dict[str, tuple[int, ...]]:
        """The runs of every answer, in order."""
        import sqlalchemy as sql

        of = tables()["run_answers"]
        found: dict[str, list[int]] = {}
        with self._connection.begin():
            asked = sql.select(of.c.answer, of.c.run).order_by(of.c.answer, of.c.run)
            for answer, run in self._connection.execute(asked):
                found.setdefault(answer, []).append(run)
        return {answer: tuple(runs) for answer, runs in found.items()}

    def sizes(self) -> dict[str, int]:
        """How many bytes the record of every answer has."""
        import sqlalchemy as sql

        held, texts = tables()["answers"], tables()["texts"]
        asked = sql.select(held.c.key, texts.c.size).join(texts, texts.c.hash == held.c.record)
        with self._connection.begin():
            return {str(key): int(size) for key, size in self._connection.execute(asked)}

    def records(self) -> Iterator[tuple[str, bytes]]:
        """Every answer as the record that was graded, packed; in the order of their keys."""
        import sqlalchemy as sql

        held, texts = tables()["answers"], tables()["texts"]
        asked = sql.select(held.c.key, texts.c.data).join(texts, texts.c.hash == held.c.record).order_by(held.c.key)
        with self._connection.begin():
            yield from map(tuple, self._connection.execution_options(yield_per=_AT_ONCE).execute(asked))

    def texts(self, names: Sequence[str]) -> dict[str, str]:
        """The texts that are kept under `names`, by these."""
        import sqlalchemy as sql

        table = tables()["texts"]
        found: dict[str, str] = {}
        with self._connection.begin():
            for at in range(0, len(names), _KEYS):
                asked = sql.select(table.c.hash, table.c.data).where(table.c.hash.in_(names[at : at + _KEYS]))
                found.update((name, unpacked(data).decode()) for name, data in self._connection.execute(asked))
        return found

    def envelope(self, run: int) -> Enveloped | None:
        """What `run` was asked within; None where an earlier specc ran it, which kept nothing of it."""
        import sqlalchemy as sql

        ran, texts = tables()["runs"], tables()["texts"]
        asked = (
            sql.select(texts.c.data, ran.c.snapshots).join(texts, texts.c.hash == ran.c.envelope).where(ran.c.id == run)
        )
        with self._connection.begin():
            row = self._connection.execute(asked).one_or_none()
        if row is None:
            return None
        return Enveloped(json.loads(unpacked(row[0])), tuple(json.loads(row[1] or "[]")))

    def conversations(self, run: int, cases: Sequence[tuple[str, str]] = ()) -> Iterator[Conversation]:
        """What was said in `run` to `cases`, each of a feature, or to all of them; in the order of feature, case and repetition."""
        import sqlalchemy as sql

        held, texts, of = tables()["answers"], tables()["texts"], tables()["run_answers"]
        order = (held.c.feature, held.c.case, held.c.repetition)
        asked = (
            sql.select(held.c.key, *order, *(held.c[name] for name in Conversation._fields[4:-1]), texts.c.data)
            .join(of, of.c.answer == held.c.key)
            .join(texts, texts.c.hash == held.c.record)
            .where(of.c.run == run)
            .order_by(*order, held.c.key)
        )
        if cases:
            asked = asked.where(held.c.case.in_({case for _, case in cases}))
        wanted = set(cases)
        with self._connection.engine.connect() as own:  # two runs may be read at a time
            for row in own.execution_options(yield_per=_AT_ONCE).execute(asked):
                if not wanted or (row[1], row[2]) in wanted:
                    yield Conversation._make((*row[:-1], unpacked(row[-1])))

    def reasons(self, keys: Sequence[str], judge: str) -> Iterator[Reason]:
        """What was said of the answers called `keys`, and why; where only a judge can tell, by `judge`."""
        import sqlalchemy as sql

        verdicts, judged, judgements = tables()["verdicts"], tables()["judged"], tables()["judgements"]
        own = [verdicts.c[name] for name in Reason._fields[:8]]
        told = [judgements.c[name] for name in ("say", "quote", "reason", "passes", "fails", "others")]
        asked = (
            sql.select(*own, *told)
            .outerjoin(
                judged,
                sql.and_(
                    judged.c.answer == verdicts.c.answer,
                    judged.c.grader == verdicts.c.grader,
                    judged.c.grader_hash == verdicts.c.grader_hash,
                ),
            )
            .outerjoin(judgements, sql.and_(judgements.c.key == judged.c.judgement, judgements.c.judge == judge))
            .order_by(*own[:4], judgements.c.key)
        )
        with self._connection.begin():
            for at in range(0, len(keys), _KEYS):
                rows = self._connection.execute(asked.where(verdicts.c.answer.in_(keys[at : at + _KEYS])))
                for _, group in groupby(rows, key=lambda row: row[:4]):
                    yield _reason(max(group, key=lambda row: row[8] is not None))


def _reason(row: "Row[tuple[object, ...]]") -> Reason:
    values: list[object] = list(row)
    told = [one or "" for one in values[8:11]]
    return Reason._make((*values[:8], *told, tuple(count or 0 for count in values[11:])))


def unpacked(data: bytes) -> bytes:
    """A text as it was before it was packed."""
    return zlib.decompress(data)
