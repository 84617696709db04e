"""Runs of canaries: what was asked within which envelope, and how many answers to each case kept to its side of the line."""

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the tables."""
    import sqlalchemy as sql
    from alembic import op

    hash, name, text, number = sql.String(32), sql.String(400), sql.Text(), sql.Integer()
    moment, word, whether = sql.String(40), sql.String(20), sql.Boolean()
    op.create_table(
        "canaries",
        sql.Column("run", number, primary_key=True), sql.Column("feature", name, primary_key=True),
        sql.Column("canary", name, primary_key=True), sql.Column("made", moment, nullable=False),
        sql.Column("target", name, nullable=False), sql.Column("model", name, nullable=False),
        sql.Column("stub", whether, nullable=False), sql.Column("series", number, nullable=False),
        sql.Column("began", text, nullable=False), sql.Column("envelope", hash, nullable=False),
        sql.Column("alarm", word, nullable=False),
    )  # fmt: skip
    op.create_table(
        "sightings",
        sql.Column("run", number, primary_key=True), sql.Column("feature", name, primary_key=True),
        sql.Column("canary", name, primary_key=True), sql.Column("case", name, primary_key=True),
        sql.Column("side", word, nullable=False), sql.Column("failed", number, nullable=False),
        sql.Column("answers", number, nullable=False),
    )  # fmt: skip
