"""Runs of mutants: what was changed in a prompt, what came of it, and what graders said of each answer to it."""

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables."""
    import sqlalchemy as sql
    from alembic import op

    hash, name, text, number = sql.String(32), sql.String(400), sql.Text(), sql.Integer()
    moment, word, whether = sql.String(40), sql.String(20), sql.Boolean()
    op.create_table(
        "mutations",
        sql.Column("id", number, primary_key=True), sql.Column("started", moment, nullable=False),
        sql.Column("ended", moment, nullable=True), sql.Column("target", name, nullable=False),
        sql.Column("model", name, nullable=False), sql.Column("stub", whether, nullable=False),
        sql.Column("identity", hash, nullable=False), sql.Column("state", word, nullable=False),
        sql.Column("judge", hash, nullable=True), sql.Column("steady", whether, nullable=False),
    )  # fmt: skip
    op.create_table(
        "mutants",
        sql.Column("mutation", number, primary_key=True), sql.Column("number", number, primary_key=True),
        sql.Column("feature", name, nullable=False), sql.Column("requirement", name, nullable=False),
        sql.Column("operator", name, nullable=False), sql.Column("name", name, nullable=False),
        sql.Column("what", text, nullable=False), sql.Column("clause", hash, nullable=False),
        sql.Column("before", hash, nullable=False), sql.Column("after", hash, nullable=False),
        sql.Column("prompt", hash, nullable=False), sql.Column("fate", word, nullable=False),
        sql.Column("chance", sql.Float(), nullable=True),
    )  # fmt: skip
    op.create_table(
        "trials",
        sql.Column("mutation", number, primary_key=True), sql.Column("number", number, primary_key=True),
        sql.Column("feature", name, primary_key=True), sql.Column("case", name, primary_key=True),
        sql.Column("repetition", number, primary_key=True), sql.Column("grader", name, primary_key=True),
        sql.Column("case_hash", hash, nullable=False), sql.Column("grader_hash", hash, nullable=False),
        sql.Column("version", number, nullable=False), sql.Column("requirement", name, nullable=False),
        sql.Column("state", word, nullable=False), sql.Column("record", hash, nullable=False),
    )  # fmt: skip
