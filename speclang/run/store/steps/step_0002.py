"""What judges said: judgements by what was asked of whom about what, and the verdicts that they stand for."""

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables, and have a run say who judged."""
    import sqlalchemy as sql
    from alembic import op

    hash, name, text, number = sql.String(32), sql.String(400), sql.Text(), sql.Integer()
    op.create_table(
        "judgements",
        sql.Column("key", hash, primary_key=True), sql.Column("judge", hash, nullable=False),
        sql.Column("model", name, nullable=False), sql.Column("question", hash, nullable=False),
        sql.Column("subject", hash, nullable=False), sql.Column("say", sql.String(20), nullable=False),
        sql.Column("passes", number, nullable=False), sql.Column("fails", number, nullable=False),
        sql.Column("others", number, nullable=False), sql.Column("quote", text, nullable=False),
        sql.Column("reason", text, nullable=False), sql.Column("votes", hash, nullable=False),
        sql.Column("made", sql.String(40), nullable=False),
    )  # fmt: skip
    op.create_table(
        "judged",
        sql.Column("answer", hash, primary_key=True), sql.Column("grader", name, primary_key=True),
        sql.Column("grader_hash", hash, primary_key=True), sql.Column("judgement", hash, primary_key=True),
    )  # fmt: skip
    op.add_column("runs", sql.Column("judge", hash, nullable=True))
