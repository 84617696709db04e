"""What a smell is: words of a text that a model can read in more than one way, or that no answer can be measured by.

In: a sentence and the place of a word. Out: what smells there, as data. Each smell is a file of `smells/` with
`CODE`, `LEADS` (the words, in small letters, at which it may begin) and `smells(sentence, at)`.
Invariant: a smell looks at one sentence, and only at a word that leads to it, so that all of them together read a text once.
"""

from typing import Protocol

from ...diagnostics.code import Code
from ...source.records import dataclass
from .sentences import Sentence

CAPITALS = "ABC"
"""Leads to every word that is all in capitals."""

CONDITIONS = frozenset(
    "if when whenever while unless before after until once during where wherever for per only except upon without".split()
)
"""Words that say when something holds."""

_NUMBERS = frozenset("two three four five six seven eight nine ten eleven twelve twenty thirty fifty hundred".split())


@dataclass(frozen=True, slots=True)
class Smell:
    """The words from `first` to `last` smell.

    `title` says what is wrong with them, `label` what it does to a reader, `fix` what to write. What holds for all places is told
    `once`. What is `idle` can be left out. What is `open` leaves a requirement that gates without a measure.
    """

    code: Code
    first: int
    last: int
    title: str
    label: str
    fix: str
    once: bool = False
    idle: bool = False
    open: bool = False


class Nose(Protocol):
    """A module of `smells/`."""

    CODE: Code
    LEADS: frozenset[str]

    def smells(self, sentence: Sentence, at: int) -> Smell | None:
        """What smells in `sentence` at the word `at`, which is one of `LEADS`."""


def bounded(sentence: Sentence, at: int) -> bool:
    """Whether there is a measure beside the word `at`: a number, a hole, an explanation that follows, or code that judges it."""
    if sentence.setting.measured:
        return True
    words = (word[0].isdigit() or word in _NUMBERS for word in sentence.words)
    after = sentence.text[sentence.ranges[at][1] : sentence.end]
    return any(words) or "{" in after or "(" in after or ":" in after.strip() or " i.e" in after


def conditional(sentence: Sentence, at: int) -> bool:
    """Whether the clause of the word `at` begins as a condition: what stands there is met, not asked for."""
    first, _ = sentence.clause(at)
    return sentence.words[first] in CONDITIONS and first < at


def begins(sentence: Sentence, at: int, *before: str) -> bool:
    """Whether the word `at` begins a clause, or follows one of the words `before`."""
    return not at or not sentence.joined(at - 1, at) or sentence.word(at - 1) in before
