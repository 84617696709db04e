"""The votes of a judge: what it replied, read strictly, and what several replies come to.

In: the text of a reply, and the answer that it judges. Out: a `Vote`, or why it is none; of votes an `Outcome`.
Invariant: pure and bounded; a verdict whose quote does not stand in the answer is none, and nothing that is no clear majority passes.
"""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum

from ...kit.checks.evidence import harmless
from ...source.records import dataclass
from ..record import Refusal, loaded
from .question import shown

LONGEST = 65_536
"""The longest reply of a judge, in characters, that is read."""

_REASON = 300
_QUOTE = 300
_THOUGHT = re.compile(r"\A\s*<think>.*?</think>", re.DOTALL)
"""What some models say to themselves first."""


class Say(StrEnum):
    """What one vote says. `unsure`: the judge could not tell; `void`: it gave no verdict that can be used."""

    PASS = "pass"  # noqa: S105 - no secret
    FAIL = "fail"
    UNSURE = "unsure"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class Vote:
    """One vote, with the `quote` that it stands on; `number` counts from 1, `tries` are the replies that it took."""

    number: int
    say: Say
    quote: str
    reason: str
    tries: int


@dataclass(frozen=True, slots=True)
class Void:
    """A reply that is no vote, and why, in words for the judge."""

    why: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """The votes that were asked for, in order, of `of` that there may be."""

    votes: tuple[Vote, ...]
    of: int

    def count(self, *says: Say) -> int:
        """How many votes say one of these."""
        return sum(one.say in says for one in self.votes)

    @property
    def say(self) -> Say:
        """What more than half of all votes say; `unsure` where there is no such thing."""
        return next((one for one in (Say.PASS, Say.FAIL) if self.count(one) > self.of // 2), Say.UNSURE)

    @property
    def closed(self) -> bool:
        """Whether no further vote can change what they come to."""
        left = self.of - len(self.votes)
        most = max(self.count(Say.PASS), self.count(Say.FAIL))
        return self.say is not Say.UNSURE or most + left <= self.of // 2

    @property
    def split(self) -> bool:
        """Whether votes with a verdict differ."""
        return bool(self.count(Say.PASS) and self.count(Say.FAIL))

    @property
    def first(self) -> Vote | None:
        """The first vote that says what all come to."""
        return next((one for one in self.votes if one.say is self.say), None)

    @property
    def told(self) -> str:
        """``2 of 3 votes say fail``, or why there is no verdict."""
        if self.say is not Say.UNSURE:
            return f"{self.count(self.say):,} of {len(self.votes):,} {_votes(len(self.votes))} say {self.say.value}"
        counts = [(say, self.count(say)) for say in Say]
        listed = ", ".join(f"{count:,} {say.value}" for say, count in counts if count)
        why = next((one.reason for one in self.votes if one.say is Say.VOID), "")
        return f"no verdict of {self.of:,} {_votes(self.of)}: {listed or 'none came'}{f' ({why})' if why else ''}"


def read(text: str, answer: str, number: int, tries: int) -> Vote | Void:
    """The vote that a reply holds about `answer`."""
    if len(text) > LONGEST:
        return Void(f"it has {len(text):,} characters, and {LONGEST:,} are read")
    held = loaded(_object(text))
    if isinstance(held, Refusal) or not isinstance(held, Mapping):
        return Void("it is not one JSON object and nothing else")
    said, quote, reason = (held.get(name) for name in ("verdict", "quote", "reason"))
    if not isinstance(said, str) or said not in (Say.PASS, Say.FAIL, Say.UNSURE):
        return Void('its `verdict` is none of "pass", "fail" and "unsure"')
    if not isinstance(reason, str) or not reason.strip():
        return Void("it has no `reason`")
    say = Say(said)
    if not isinstance(quote, str) or not quote.strip():
        if say is not Say.UNSURE:
            return Void("it has no `quote`")
        quote = ""
    elif not stands(quote, answer):
        return Void("its `quote` does not stand in the answer, letter by letter")
    return Vote(number, say, harmless(quote, _QUOTE), harmless(reason, _REASON), tries)


def stands(quote: str, answer: str) -> bool:
    """Whether `quote` occurs in `answer`, or in what the judge saw of it; any white space is as good as any other."""
    wanted = _plain(quote)
    return bool(wanted) and (wanted in _plain(answer) or wanted in _plain(shown(answer)))


def void(number: int, why: str, tries: int) -> Vote:
    """A vote that gave no verdict."""
    return Vote(number, Say.VOID, "", harmless(why, _REASON), tries)


def majority(of: int) -> int:
    """How many votes out of `of` are more than half."""
    return of // 2 + 1


def outcome(votes: Sequence[Vote], of: int) -> Outcome:
    """What `votes` come to, in the order of their numbers."""
    return Outcome(tuple(sorted(votes, key=lambda one: one.number)), of)


def _object(text: str) -> str:
    """What of a reply should be an object: words may stand before it, as models like them, and nothing after it."""
    rest = _THOUGHT.sub("", text, count=1).strip().removesuffix("```")
    return rest[rest.find("{") :] if "{" in rest else rest


def _plain(text: str) -> str:
    return " ".join(text.split())


def _votes(count: int) -> str:
    return "vote" if count == 1 else "votes"
