"""Takes a store to the form of today: the steps of `steps/` that it has not made yet, by alembic.

Invariant: a store of today costs one look and no import of alembic; one of a later specc is refused and not touched.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from ..asking import Unusable

if TYPE_CHECKING:
    from sqlalchemy import Connection

HEAD = "0002"
"""The last step."""

_STEPS = Path(__file__).parent / "steps"


def form(connection: "Connection") -> str:
    """The last step that a store has made; "" for one that is new."""
    import sqlalchemy as sql

    if not sql.inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.execute(sql.text("SELECT version_num FROM alembic_version")).scalar_one_or_none() or "")


def move(connection: "Connection", to: str = HEAD) -> None:
    """Make the steps that are left, all or none. Raises `Unusable` where the store is of a later specc."""
    now = form(connection)
    if now == to:
        return
    if now > to:
        raise Unusable(
            f"the store was made by a later specc (its form is {now}, and this one knows {to}); update specc"
        )
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory

    steps = ScriptDirectory(str(_STEPS), version_locations=[str(_STEPS)])
    with EnvironmentContext(Config(), steps, fn=lambda revision, _: steps._upgrade_revs(to, revision)) as environment:  # noqa: SLF001 - alembic's own command does the same
        environment.configure(connection=connection)
        environment.run_migrations()
