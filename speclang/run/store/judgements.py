"""What judges said, as it stands in the store: each once, by what was asked of whom about what.

In: an open store's connection. Out: frozen rows. Invariant: an outcome is written with its votes before it counts.
"""

import json
import zlib
from collections.abc import Mapping
from typing import TYPE_CHECKING

from ...grading.judging.ballot import Outcome, Say, Vote
from ...source.hashing import Json, canonical
from ...source.records import dataclass
from .schema import tables

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Who is asked what about what: the hashes of the judge, of the question and of the subject; `key` is that of all three."""

    key: str
    judge: str
    model: str
    question: str
    subject: str


def recall(connection: "Connection", key: str) -> Outcome | None:
    """The outcome that is kept as `key`."""
    import sqlalchemy as sql

    held, texts = tables()["judgements"], tables()["texts"]
    asked = sql.select(texts.c.data).join(held, held.c.votes == texts.c.hash).where(held.c.key == key)
    row = connection.execute(asked).one_or_none()
    if row is None:
        return None
    data = json.loads(zlib.decompress(row[0]))
    votes = (Vote(one["number"], Say(one["say"]), one["quote"], one["reason"], one["tries"]) for one in data["votes"])
    return Outcome(tuple(votes), data["of"])


def row(asked: Asked, outcome: Outcome, votes: str, made: str) -> Mapping[str, object]:
    """An outcome as a row; `votes` is the hash of the text in which they are kept."""
    first = outcome.first
    return {
        "key": asked.key, "judge": asked.judge, "model": asked.model, "question": asked.question, "subject": asked.subject,
        "say": outcome.say.value, "passes": outcome.count(Say.PASS), "fails": outcome.count(Say.FAIL),
        "others": outcome.count(Say.UNSURE, Say.VOID), "quote": first.quote if first else "",
        "reason": outcome.told, "votes": votes, "made": made,
    }  # fmt: skip


def dumped(outcome: Outcome) -> str:
    """The votes of an outcome as a text."""
    votes: list[Json] = [
        {"number": one.number, "say": one.say.value, "quote": one.quote, "reason": one.reason, "tries": one.tries}
        for one in outcome.votes
    ]
    return canonical({"of": outcome.of, "votes": votes})
