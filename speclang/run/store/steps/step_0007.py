"""Replies in the order in which they came, until they are put among those that lie by their keys."""

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the table."""
    import sqlalchemy as sql
    from alembic import op

    hash, name, number = sql.String(32), sql.String(400), sql.BigInteger()
    op.create_table(
        "arrived",
        sql.Column("id", sql.Integer(), primary_key=True), sql.Column("key", hash, nullable=False),
        sql.Column("model", name, nullable=False), sql.Column("repetition", sql.Integer(), nullable=False),
        sql.Column("system", hash, nullable=False), sql.Column("body", hash, nullable=False),
        sql.Column("input_tokens", number), sql.Column("output_tokens", number),
        sql.Column("cost", sql.Float()), sql.Column("latency", sql.Float(), nullable=False),
        sql.Column("further", sql.Text(), nullable=False), sql.Column("made", sql.String(40), nullable=False),
        sql.Column("snapshot", name),
    )  # fmt: skip
