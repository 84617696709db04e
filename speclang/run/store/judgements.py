"""What judges said, as it stands in the store: each once, by what was asked of whom about what.

In: an outcome. Out: a row, and back. Invariant: an outcome is written with its votes before it counts.
"""

import json
from collections.abc import Sequence

from ...grading.judging.ballot import Outcome, Say, Vote
from ...source.hashing import Json, canonical
from ...source.records import dataclass
from .rows import Row, unpacked


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Who is asked what about what: the hashes of the judge, of the question and of the subject; `key` is that of all three."""

    key: str
    judge: str
    model: str
    question: str
    subject: str


def outcome(row: Sequence[object]) -> Outcome:
    """The outcome whose votes are the text in `row`."""
    data = json.loads(unpacked(row[0]))
    votes = (Vote(one["number"], Say(one["say"]), one["quote"], one["reason"], one["tries"]) for one in data["votes"])
    return Outcome(tuple(votes), data["of"])


def row(asked: Asked, outcome: Outcome, votes: str, made: str) -> Row:
    """An outcome as a row; `votes` is the hash of the text in which they are kept."""
    first = outcome.first
    return (
        asked.key, asked.judge, asked.model, asked.question, asked.subject,
        outcome.say.value, outcome.count(Say.PASS), outcome.count(Say.FAIL), outcome.count(Say.UNSURE, Say.VOID),
        first.quote if first else "", outcome.told, votes, made,
    )  # fmt: skip


def dumped(outcome: Outcome) -> str:
    """The votes of an outcome as a text."""
    votes: list[Json] = [
        {"number": one.number, "say": one.say.value, "quote": one.quote, "reason": one.reason, "tries": one.tries}
        for one in outcome.votes
    ]
    return canonical({"of": outcome.of, "votes": votes})
