"""`It must …` at the head of a requirement: what it is stands in another one, which can be moved, or taken out."""

from ...diagnostics.code import Code, Severity
from ..wording.sentences import Sentence
from ..wording.smell import Smell

CODE = Code("E0611", "Pronoun without a noun", Severity.NOTE)

LEADS = frozenset(("it", "they", "this", "these", "those", "that"))

_VERBS = frozenset(
    "is are was were isn't aren't can cannot can't may must should shall will would has have does do doesn't don't means mean "
    "applies apply includes include ensures ensure helps help makes make allows allow provides provide lets let requires "
    "require works work happens takes take gives give also only".split()
)
_EMPTY = frozenset(
    "important essential crucial critical vital necessary possible best okay ok up better recommended".split()
)
"""`It is important that …`: the noun follows."""


def smells(sentence: Sentence, at: int) -> Smell | None:
    """A pronoun that begins a text, and does what the noun before it would do."""
    if at or not sentence.first or sentence.word(1) not in _VERBS or not sentence.joined(0, 1):
        return None
    rest = set(sentence.words[2:5])
    if sentence.word(0) == "it" and rest & _EMPTY:
        return None
    return Smell(
        CODE,
        0,
        0,
        title=f"`{sentence.written(0, 0)}` stands for nothing in this requirement",
        label="what it is stands elsewhere, if anywhere",
        fix="name what is meant",
    )
