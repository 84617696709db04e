"""`must be verified`: by the model, the user or a tool.

An answer that is to be written in some way names its writer: `the answer must be written in English` is fine.
"""

from ...diagnostics.code import Code, Severity
from ..wording.sentences import Sentence
from ..wording.smell import Smell

CODE = Code("E0604", "Obligation without an actor", Severity.NOTE)

LEADS = frozenset(("must", "should", "shall", "has", "have", "needs", "need"))

_IRREGULAR = frozenset(
    "done made sent given written kept shown told taken held paid found chosen built sought dealt brought thrown put".split()
)
_STATES = frozenset(
    "based located related interested limited allowed supposed concerned used needed required united detailed aligned "
    "indented embed need feed proceed exceed succeed speed seed red bed organized structured sorted ordered prepared".split()
)
_ANSWERS = frozenset(
    "answer answers response responses reply replies output outputs message messages text summary summaries json code list "
    "title sentence sentences paragraph paragraphs email report lines line values keys fields names comments".split()
)
_RELATIVE = frozenset("that which what where who whom how whether why if".split())
"""`the files that should be removed`: which ones, not that somebody should."""
_REACH, _NEAR = 12, 6


def smells(sentence: Sentence, at: int) -> Smell | None:
    """`must be`, and what is to be done, where nobody is said to do it."""
    be = at + (2 if sentence.word(at) in ("has", "have", "needs", "need") and sentence.word(at + 1) == "to" else 1)
    if be == at + 1 and sentence.word(at) not in ("must", "should", "shall"):
        return None
    while sentence.word(be) in ("not", "always", "also", "only", "first", "never", "then", "all"):
        be += 1
    done = be + 1
    while sentence.word(done).endswith("ly"):
        done += 1
    if sentence.word(be) != "be" or not _is_deed(sentence.word(done)) or not sentence.joined(at, done):
        return None
    after, before = sentence.words[done + 1 : done + _REACH], sentence.words[max(at - _REACH, 0) : at]
    if "by" in after or not before or _ANSWERS & set(before) or _RELATIVE & set(before[-_NEAR:]):
        return None
    return Smell(
        CODE,
        at,
        done,
        title=f"`{sentence.written(at, done)}` does not say by whom",
        label="the model, the user and a tool could all do it",
        fix="name who does it",
    )


def _is_deed(word: str) -> bool:
    return word in _IRREGULAR or (
        word.endswith("ed") and len(word) > 4 and word not in _STATES and not word.startswith("un") and "-" not in word
    )
