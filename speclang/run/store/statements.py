"""What is said to the database time and again, as texts that SQLite and PostgreSQL read alike.

In: how a driver marks a value's place. Out: the statements.
Invariant: rows stand in the order of `schema.COLUMNS`; an insertion leaves alone what is there, and is one text whatever is inserted, so
that drivers prepare it once.
"""

from collections.abc import Mapping
from typing import NamedTuple

from .schema import COLUMNS

PLACES = {"qmark": "?", "format": "%s"}
"""How drivers mark the place of a value, by the name that PEP 249 gives it."""

REPLY = ("data", "input_tokens", "output_tokens", "cost", "latency", "further", "snapshot")
"""What is asked of a reply."""

_REPLY = COLUMNS["replies"]

_REPLACED = ("replies", "judgements")
"""The tables in which a row takes the place of an earlier one of its key."""

_NUMBERED = ("id", "ended", "snapshots")
"""What is not known of a run that begins."""


class Statements(NamedTuple):
    """For each table an insertion; the beginning of a run, with whether it `returns` the number, and its end; questions by key.

    `mutation` begins a run of mutants, `mutated` ends it; `drill` is the insertion of a drill, which counts up by itself.
    `held` asks whether there is a text. `arrive` takes in a reply that has just come, `sweep` puts all of them in their places; where a
    server keeps the store, they come there at once, and nothing is to be swept. `left` asks whether any is out of its place.
    """

    insert: Mapping[str, str]
    arrive: str
    sweep: tuple[str, ...]
    left: str
    begin: str
    returns: bool
    end: str
    reply: str
    votes: str
    held: str
    mutation: str
    mutated: str
    drill: str


def statements(place: str) -> Statements:
    """All that is said; `place` marks a value's place."""
    returns = place != PLACES["qmark"]  # SQLite's driver tells the number itself; not every SQLite can return it
    return Statements(
        insert={name: _insertion(name, COLUMNS[name], place) + _conflict(name) for name in COLUMNS},
        arrive=_insertion("replies", _REPLY, place) + _conflict("replies")
        if returns
        else _insertion("arrived", _REPLY, place),
        sweep=() if returns else _sweep(),
        left='SELECT 1 FROM "arrived" LIMIT 1',
        begin=_beginning("runs", place, returns=returns),
        returns=returns,
        end=_end("runs", place, "snapshots"),
        reply=_question("replies", "body", REPLY, place),
        votes=_question("judgements", "votes", ("data",), place),
        held=f'SELECT "size" FROM "texts" WHERE "hash" = {place}',  # noqa: S608 - names of ours
        mutation=_beginning("mutations", place, returns=returns),
        mutated=_end("mutations", place),
        drill=_insertion("drills", COLUMNS["drills"][1:], place),
    )


def _beginning(table: str, place: str, *, returns: bool) -> str:
    begun = [one for one in COLUMNS[table] if one not in _NUMBERED]
    return _insertion(table, begun, place) + (' RETURNING "id"' if returns else "")


def _sweep() -> tuple[str, ...]:
    names = _names(_REPLY)
    put = f'INSERT INTO "replies" ({names}) SELECT {names} FROM "arrived" WHERE true ORDER BY "id"'  # noqa: S608 - names of ours
    return put + _conflict("replies"), 'DELETE FROM "arrived"'


def _end(table: str, place: str, *more: str) -> str:
    told = ", ".join(f'"{one}" = {place}' for one in ("ended", "state", *more))
    return f'UPDATE "{table}" SET {told} WHERE "id" = {place}'  # noqa: S608 - names of ours


def _insertion(table: str, columns: "tuple[str, ...] | list[str]", place: str) -> str:
    return f'INSERT INTO "{table}" ({_names(columns)}) VALUES ({", ".join(place for _ in columns)})'  # noqa: S608 - names of ours


def _conflict(table: str) -> str:
    if table not in _REPLACED:
        return " ON CONFLICT DO NOTHING"
    taken = ", ".join(f'"{one}" = excluded."{one}"' for one in COLUMNS[table] if one != "key")
    return f' ON CONFLICT ("key") DO UPDATE SET {taken}'


def _question(table: str, text: str, columns: tuple[str, ...], place: str) -> str:
    """What asks for `columns` of the row of a key, and of the text that stands under `text` in it."""
    return f'SELECT {_names(columns)} FROM "{table}" JOIN "texts" ON "hash" = "{text}" WHERE "key" = {place}'  # noqa: S608 - names of ours


def _names(columns: "tuple[str, ...] | list[str]") -> str:
    return ", ".join(f'"{one}"' for one in columns)
