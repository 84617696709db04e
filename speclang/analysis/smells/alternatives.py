"""`and/or`: one, the other, or both, and whether one of them is enough."""

from ...diagnostics.code import Code, Severity
from ..wording.sentences import Sentence
from ..wording.smell import Smell

CODE = Code("E0616", "One, the other or both", Severity.NOTE)

LEADS = frozenset(("and",))


def smells(sentence: Sentence, at: int) -> Smell | None:
    """`and/or`."""
    if sentence.word(at + 1) != "or" or sentence.gap(at).strip() != "/":
        return None
    return Smell(
        CODE,
        at,
        at + 1,
        title=f"`{sentence.written(at, at + 1)}` does not say whether one is enough",
        label="one, the other, or both",
        fix="write `and`, `or`, or `at least one of`",
    )
