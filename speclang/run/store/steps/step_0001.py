"""The first form: texts, replies, runs, answers, verdicts."""

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from sqlalchemy import Column
    from sqlalchemy.types import TypeEngine

T = TypeVar("T")

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    import sqlalchemy as sql
    from alembic import op

    hash, name, text = sql.String(32), sql.String(400), sql.Text()
    number, large, whether, amount = sql.Integer(), sql.BigInteger(), sql.Boolean(), sql.Float()
    moment, word = sql.String(40), sql.String(20)

    def column(called: str, kind: "TypeEngine[T]", *, key: bool = False, may_lack: bool = False) -> "Column[T]":
        return sql.Column(called, kind, primary_key=key, nullable=may_lack, autoincrement=called == "id")

    op.create_table("texts", column("hash", hash, key=True), column("size", large), column("data", sql.LargeBinary()))
    op.create_table(
        "replies",
        column("key", hash, key=True), column("model", name), column("repetition", number), column("system", hash),
        column("body", hash), column("input_tokens", large, may_lack=True), column("output_tokens", large, may_lack=True),
        column("cost", amount, may_lack=True), column("latency", amount), column("further", text), column("made", moment),
    )  # fmt: skip
    op.create_table(
        "runs",
        column("id", number, key=True), column("started", moment), column("ended", moment, may_lack=True), column("target", name),
        column("model", name), column("stub", whether), column("identity", hash), column("state", word),
    )  # fmt: skip
    op.create_table(
        "answers",
        column("key", hash, key=True), column("feature", name), column("case", name), column("case_hash", hash),
        column("prompt", hash), column("built", whether),
        column("system", hash), column("model", name), column("identity", hash), column("stub", whether),
        column("repetition", number), column("record", hash), column("stopped", text), column("made", moment),
    )  # fmt: skip
    op.create_index("answers_of_case", "answers", ["feature", "case"])
    op.create_table("run_answers", column("run", number, key=True), column("answer", hash, key=True))
    op.create_table(
        "misses",
        column("run", number, key=True), column("feature", name, key=True), column("case", name, key=True),
        column("repetition", number, key=True), column("why", text),
    )  # fmt: skip
    op.create_table(
        "verdicts",
        column("answer", hash, key=True), column("grader", name, key=True), column("grader_hash", hash, key=True),
        column("version", number, key=True), column("requirement", name), column("state", word), column("gates", whether),
        column("reason", text),
    )  # fmt: skip
