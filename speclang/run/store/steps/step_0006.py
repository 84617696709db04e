"""Drills of fallbacks: when each was run on whom, and whether it ended where it has to."""

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the table."""
    import sqlalchemy as sql
    from alembic import op

    hash, name, text, moment = sql.String(32), sql.String(400), sql.Text(), sql.String(40)
    op.create_table(
        "drills",
        sql.Column("id", sql.Integer(), primary_key=True), sql.Column("made", moment, nullable=False),
        sql.Column("feature", name, nullable=False), sql.Column("drill", name, nullable=False),
        sql.Column("digest", hash, nullable=False), sql.Column("target", name, nullable=False),
        sql.Column("model", name, nullable=False), sql.Column("passed", sql.Boolean(), nullable=False),
        sql.Column("ended", name, nullable=False), sql.Column("why", text, nullable=False),
        sql.Column("record", hash, nullable=False),
    )  # fmt: skip
