"""Takes a store to the form of today: the steps of `steps/` that it has not made yet, by alembic.

Invariant: a store of today costs one look, and a new one in SQLite is made as the steps make it, without an import of alembic; one of
a later specc is refused and not touched.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from ..asking import Unusable

if TYPE_CHECKING:
    import sqlite3

    from sqlalchemy import Connection

HEAD = "0007"
"""The last step."""

_STEPS = Path(__file__).parent / "steps"
_NEW = Path(__file__).parent / "new.sql"
"""What all steps come to, in SQLite."""


def made(raw: "sqlite3.Connection") -> bool:
    """Whether a store in SQLite is of today's form; one that is empty is made so. Raises `Unusable`, for one of a later specc."""
    if not _tables(raw):
        raw.execute("BEGIN IMMEDIATE")
        with raw:
            if not _tables(raw):  # else somebody has just made it
                for statement in _NEW.read_text(encoding="utf-8").split(";\n"):
                    raw.execute(statement)
                raw.execute("INSERT INTO alembic_version VALUES (?)", (HEAD,))
    if "alembic_version" not in _tables(raw):
        return False
    return _reaches(str((raw.execute("SELECT version_num FROM alembic_version").fetchone() or ("",))[0]), HEAD)


def _tables(raw: "sqlite3.Connection") -> set[str]:
    return {name for (name,) in raw.execute("SELECT name FROM sqlite_master")}


def form(connection: "Connection") -> str:
    """The last step that a store has made; "" for one that is new."""
    import sqlalchemy as sql

    if not sql.inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.execute(sql.text("SELECT version_num FROM alembic_version")).scalar_one_or_none() or "")


def move(connection: "Connection", to: str = HEAD) -> None:
    """Make the steps that are left, all or none. Raises `Unusable` where the store is of a later specc."""
    if _reaches(form(connection), to):
        return
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory

    steps = ScriptDirectory(str(_STEPS), version_locations=[str(_STEPS)])
    with EnvironmentContext(Config(), steps, fn=lambda revision, _: steps._upgrade_revs(to, revision)) as environment:  # noqa: SLF001 - alembic's own command does the same
        environment.configure(connection=connection)
        environment.run_migrations()


def _reaches(now: str, to: str) -> bool:
    """Whether a store of the form `now` needs no step. Raises `Unusable` where the store is of a later specc."""
    if now > to:
        raise Unusable(
            f"the store was made by a later specc (its form is {now}, and this one knows {to}); update specc"
        )
    return now == to
