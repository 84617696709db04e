"""The tables of the store as they are today; `steps/` makes them.

A reply is one answer of a target to one request, with the model that its server says it came from; a run names its envelope, which is all
that it was asked within; an answer is a whole conversation with a case, as it was graded; a verdict is bound to the
answer, and by it to prompt, case and model, and to the grader that gave it. A judgement is what a judge said of a text, whatever case
that answers; `judged` says for which verdicts it stands, which stay `judge` in `verdicts`: another judge may say otherwise. A mutation is a
run of mutants; a trial is what one grader said of one answer to a mutant, or, with the number 0, to the prompt as it is.
A row of `canaries` is what a run showed of one canary, in a series that began with the run `series`; a sighting is how many answers to one
of its cases failed to keep to their side of the line.
Replies that have just come lie in `arrived` in that order, in SQLite, until they are put among `replies`, which lie by their keys.
A drill is one failure of a model or a tool that an application was put to, with the tier that it ended in.
"""

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Table

_REPLY = (
    "key", "model", "repetition", "system", "body", "input_tokens", "output_tokens", "cost", "latency", "further", "made", "snapshot",
)  # fmt: skip

COLUMNS = {
    "texts": ("hash", "size", "data"),
    "replies": _REPLY,
    "arrived": ("id", *_REPLY),
    "runs": ("id", "started", "ended", "target", "model", "stub", "identity", "state", "judge", "envelope", "snapshots"),
    "answers": (
        "key", "feature", "case", "case_hash", "prompt", "built", "system", "model", "identity", "stub", "repetition", "record", "stopped",
        "made",
    ),
    "run_answers": ("run", "answer"),
    "misses": ("run", "feature", "case", "repetition", "why"),
    "verdicts": ("answer", "grader", "grader_hash", "version", "requirement", "state", "gates", "reason"),
    "judgements": (
        "key", "judge", "model", "question", "subject", "say", "passes", "fails", "others", "quote", "reason", "votes", "made",
    ),
    "judged": ("answer", "grader", "grader_hash", "judgement"),
    "mutations": ("id", "started", "ended", "target", "model", "stub", "identity", "state", "judge", "steady"),
    "mutants": (
        "mutation", "number", "feature", "requirement", "operator", "name", "what", "clause", "before", "after", "prompt", "fate",
        "chance",
    ),
    "trials": (
        "mutation", "number", "feature", "case", "repetition", "grader", "case_hash", "grader_hash", "version", "requirement", "state",
        "record",
    ),
    "canaries": ("run", "feature", "canary", "made", "target", "model", "stub", "series", "began", "envelope", "alarm"),
    "sightings": ("run", "feature", "canary", "case", "side", "failed", "answers"),
    "drills": ("id", "made", "feature", "drill", "digest", "target", "model", "passed", "ended", "why", "record"),
}  # fmt: skip

_KEYS = {
    "texts": ("hash",),
    "replies": ("key",),
    "arrived": ("id",),
    "runs": ("id",),
    "answers": ("key",),
    "run_answers": ("run", "answer"),
    "misses": ("run", "feature", "case", "repetition"),
    "verdicts": ("answer", "grader", "grader_hash", "version"),
    "judgements": ("key",),
    "judged": ("answer", "grader", "grader_hash", "judgement"),
    "mutations": ("id",),
    "mutants": ("mutation", "number"),
    "trials": ("mutation", "number", "feature", "case", "repetition", "grader"),
    "canaries": ("run", "feature", "canary"),
    "sightings": ("run", "feature", "canary", "case"),
    "drills": ("id",),
}
_COUNTED = (("runs", "id"), ("mutations", "id"), ("drills", "id"), ("arrived", "id"))
"""Columns that count up by themselves."""

_TYPES = {
    "data": "LargeBinary",
    "cost": "Float",
    "latency": "Float",
    "stub": "Boolean",
    "gates": "Boolean",
    "built": "Boolean",
    "steady": "Boolean",
    "passed": "Boolean",
    "chance": "Float",
    **dict.fromkeys(
        (
            "size",
            "repetition",
            "input_tokens",
            "output_tokens",
            "run",
            "id",
            "version",
            "passes",
            "fails",
            "others",
            "mutation",
            "number",
            "series",
            "failed",
            "answers",
        ),
        "BigInteger",
    ),
}


@cache
def tables() -> "dict[str, Table]":
    """The tables by name."""
    import sqlalchemy as sql

    held = sql.MetaData()
    return {
        name: sql.Table(
            name,
            held,
            *(
                sql.Column(
                    column,
                    sql.Integer() if (name, column) in _COUNTED else getattr(sql, _TYPES.get(column, "String"))(),
                    primary_key=column in _KEYS[name],
                )
                for column in columns
            ),
        )
        for name, columns in COLUMNS.items()
    }
