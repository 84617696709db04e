"""A connection to the database of a store, by its driver, as PEP 249 has drivers.

In: a file of the project's own, or an address. Out: a `Link`, on which rows are written, and SQLAlchemy's connection for questions.
Invariant: a file that is new or of today's form is opened by the standard library alone: the import of SQLAlchemy takes as long as
two thousand answers.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from ..asking import Unusable
from . import moving
from .statements import PLACES

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

_WAIT = 20
"""Seconds that SQLite waits for others who write."""

_SETTINGS = (
    "journal_mode = WAL",
    "synchronous = NORMAL",
    f"busy_timeout = {_WAIT * 1000}",
    "cache_size = -8000",
    "wal_autocheckpoint = 16000",
)
"""Have SQLite write ahead, so that a commit is one append, and hold 8 MB of pages: rows lie in the order of their hashes, all over them.
For the same reason what was written ahead is put in its place after 64 MB and not after 4, when most pages have changed many times."""


class Cursor(Protocol):
    """What is used of a driver's cursor."""

    @property
    def lastrowid(self) -> int | None:
        """The number of the row that was inserted last, where the driver tells it."""
        ...

    def execute(self, statement: str, values: Sequence[object] = ...) -> object:
        """Do one thing."""
        ...

    def executemany(self, statement: str, rows: Sequence[Sequence[object]]) -> object:
        """Do it with each of `rows`."""
        ...

    def fetchone(self) -> Sequence[object] | None:
        """The next row of what was asked for."""
        ...

    def close(self) -> object:
        """Let go."""
        ...


class Raw(Protocol):
    """What is used of a driver's connection."""

    def cursor(self) -> Cursor:
        """A new cursor."""
        ...

    def commit(self) -> None:
        """Have what was done stand."""
        ...

    def rollback(self) -> None:
        """Have nothing of it stand."""
        ...

    def close(self) -> None:
        """Let go."""
        ...


class Link:
    """An open connection. `place` marks a value's place in a statement."""

    __slots__ = ("_address", "_engine", "_raw", "_reader", "place")

    def __init__(self, raw: Raw, place: str, address: str, engine: "Engine | None" = None) -> None:
        """Take a driver's connection; `address` is where SQLAlchemy finds the same store."""
        self._raw = raw
        self._address = address
        self._engine = engine
        self._reader: Connection | None = None
        self.place = place

    @contextmanager
    def transaction(self) -> Iterator[Cursor]:
        """A cursor; what is done with it stands when the block ends well, or else nothing of it."""
        cursor = self._raw.cursor()
        try:
            yield cursor
        except BaseException:
            self._raw.rollback()
            raise
        finally:
            cursor.close()
        self._raw.commit()

    @property
    def engine(self) -> "Engine":
        """SQLAlchemy's view of the store."""
        if self._engine is None:
            self._engine = _engine(self._address)
        return self._engine

    @property
    def reader(self) -> "Connection":
        """SQLAlchemy's connection, for questions; it sees what was committed."""
        if self._reader is None:
            self._reader = self.engine.connect()
        return self._reader

    def close(self) -> None:
        """Let go."""
        self._raw.close()
        if self._reader is not None:
            self._reader.close()
        if self._engine is not None:
            self._engine.dispose()


def to_file(path: Path) -> Link:
    """The store in the file `path`; made where there is none. Raises `Unusable`."""
    import sqlite3

    address = f"sqlite:///{path}"
    try:
        raw = sqlite3.connect(path, timeout=_WAIT)
        for said in _SETTINGS:
            raw.execute(f"PRAGMA {said}")
        engine = None if moving.made(raw) else _moved(address)
    except sqlite3.Error as problem:
        raise _closed(problem) from None
    return Link(raw, PLACES["qmark"], address, engine)


def to_address(url: str) -> Link:
    """The store at `url`. Raises `Unusable`."""
    engine = _moved(url)
    raw = cast("Raw", engine.raw_connection())
    return Link(raw, PLACES[_style(engine)], url, engine)


def _moved(url: str) -> "Engine":
    """SQLAlchemy's view of the store at `url`, which is of today's form. Raises `Unusable`."""
    try:
        import sqlalchemy as sql
    except ModuleNotFoundError:
        raise Unusable("`sqlalchemy` is not installed; `pip install 'specc[eval]'` brings it") from None
    try:
        engine = _engine(url)
        with engine.begin() as connection:
            moving.move(connection)
    except ModuleNotFoundError as missing:
        raise Unusable(f"`{missing.name}` is not installed; `pip install 'specc[postgres]'` brings it") from None
    except sql.exc.ArgumentError:
        raise Unusable(
            'the address of the store can\'t be read; write it as "postgresql+psycopg://host/name"'
        ) from None
    except sql.exc.DBAPIError as problem:
        raise _closed(problem.orig) from None
    return engine


def _engine(url: str) -> "Engine":
    import sqlalchemy as sql

    engine = sql.create_engine(url)
    if engine.dialect.name == "sqlite":
        sql.event.listen(engine, "connect", _settle)
    return engine


def _settle(raw: Raw, _: object) -> None:
    cursor = raw.cursor()
    for said in _SETTINGS:
        cursor.execute(f"PRAGMA {said}")
    cursor.close()


def _style(engine: "Engine") -> str:
    """How the driver marks places; one that takes values by name takes them in order, too."""
    style = engine.dialect.paramstyle
    return style if style in PLACES else "format"


def _closed(problem: BaseException | None) -> Unusable:
    return Unusable(f"the store can't be opened: {type(problem).__name__}")
