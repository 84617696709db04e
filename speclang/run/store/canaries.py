"""Runs of canaries as they stand in the store: each with its series, its envelope, and what came of each case.

In: an open store's connection. Out: frozen rows. Invariant: what a run has shown is never written again.
"""

import json
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from ...source.hashing import canonical, digest
from .link import Link
from .rows import packed, unpacked
from .schema import tables
from .statements import Statements


class Sighting(NamedTuple):
    """What came of one case in one run: of `answers` so many `failed` to keep to its `side`."""

    case: str
    side: str
    failed: int
    answers: int


class PastCanary(NamedTuple):
    """One run of one canary. `series` is the run with which its series began, for the reason `began` (in that run, else "").

    `envelope` are the hashes of all that it was asked within; `alarm` are the sides whose rate was told to have moved, after commas.
    """

    run: int
    feature: str
    canary: str
    made: str
    target: str
    model: str
    stub: bool
    series: int
    began: str
    envelope: Mapping[str, str]
    alarm: str
    sightings: tuple[Sighting, ...] = ()


class Canaries:
    """The runs of canaries in an open store."""

    __slots__ = ("_link", "_said")

    def __init__(self, link: Link, said: Statements) -> None:
        """Take a connection, and what is said on it."""
        self._link = link
        self._said = said

    def keep(self, past: PastCanary) -> None:
        """Keep a run for good."""
        envelope = canonical(dict(past.envelope)).encode()
        key = (past.run, past.feature, past.canary)
        with self._link.transaction() as cursor:
            cursor.execute(self._said.insert["texts"], packed(digest(envelope), envelope))
            row = (
                *key, past.made, past.target, past.model, past.stub, past.series, past.began, digest(envelope), past.alarm,
            )  # fmt: skip
            cursor.execute(self._said.insert["canaries"], row)
            if past.sightings:
                cursor.executemany(self._said.insert["sightings"], [(*key, *one) for one in past.sightings])

    def runs(self) -> tuple[PastCanary, ...]:
        """All runs of all canaries, in order."""
        import sqlalchemy as sql

        held, texts, seen = tables()["canaries"], tables()["texts"], tables()["sightings"]
        names = [name for name in PastCanary._fields if name not in ("envelope", "sightings")]
        asked = (
            sql.select(*(held.c[name] for name in names), texts.c.data)
            .join(texts, texts.c.hash == held.c.envelope)
            .order_by(held.c.run, held.c.feature, held.c.canary)
        )
        order = (seen.c.run, seen.c.feature, seen.c.canary, seen.c.case)
        with self._link.reader.begin():
            told = self._link.reader.execute(
                sql.select(*order, seen.c.side, seen.c.failed, seen.c.answers).order_by(*order)
            )
            sightings = {
                tuple(key): tuple(Sighting._make(row[3:]) for row in rows)
                for key, rows in groupby(told, key=lambda row: row[:3])
            }
            return tuple(_past(names, row, sightings) for row in self._link.reader.execute(asked))

    def snapshots(self) -> dict[int, tuple[str, ...]]:
        """The models that a provider said it ran, by the run of a canary; none for a run in which it said nothing."""
        import sqlalchemy as sql

        ran, held = tables()["runs"], tables()["canaries"]
        asked = sql.select(ran.c.id, ran.c.snapshots).where(ran.c.id.in_(sql.select(held.c.run)))
        with self._link.reader.begin():
            told = {run: tuple(json.loads(said or "[]")) for run, said in self._link.reader.execute(asked)}
        return {run: names for run, names in told.items() if names}


def _past(
    names: Sequence[str], row: Sequence[object], sightings: Mapping[tuple[object, ...], tuple[Sighting, ...]]
) -> PastCanary:
    told: dict[str, object] = dict(zip(names, row, strict=False))
    envelope = json.loads(unpacked(row[-1]))
    return PastCanary(**told, envelope=envelope, sightings=sightings.get(tuple(row[:3]), ()))  # type: ignore[arg-type] # as the columns are
