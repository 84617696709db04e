"""Words that an answer has to hold and that nothing asks of the model: `cancel without a fee`, graded by `mentions "no fee"`.

In: the clauses and graders of a feature. Out: a finding for each text that a grader looks for and no clause leads to.
Invariant: tells of words only: whether a clause asks for them well, and whether a model follows it, a run shows.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from ...diagnostics.diagnostic import Diagnostic
from ...model.feature import Feature
from ...plan.clause import Clause
from ...plan.grader import Grader
from ...source.span import Span
from .. import errors

_WORD = re.compile(r"[^\W_]+(?:['.,][^\W_]+)*")
_HOLE = re.compile(r"\{[^{}]*\}")
_ENDING = re.compile(r"(?:ies|ied|ing|ed|es|'s|s|e|y|d)$")
_ARTICLES = frozenset(("a", "an", "the"))
_LEAST = 4
"""How many letters two words must share at their beginning to be forms of one."""


def unsaid(feature: Feature, clauses: Sequence[Clause], graders: Sequence[Grader]) -> Iterator[Diagnostic]:
    """A finding for each text of `feature` that an answer has to mention, in words that the clauses of who asks for it do not have."""
    own: dict[str, str] = {}
    for clause in clauses:
        own[clause.owner] = f"{own.get(clause.owner, '')} {clause.text}"
    whole = _plain(" ".join(own.values()))
    found: dict[Span, tuple[str, list[str], list[str]]] = {}
    for grader in graders:
        text = next((one.value for one in grader.settings if one.name == "text"), None)
        if grader.check != "mentions" or not isinstance(text, str) or grader.requirement not in own:
            continue
        missing = _missing(text, own[grader.requirement])
        if missing and _plain(text) not in whole:
            found.setdefault(grader.origin.span, (text, missing, []))[2].append(grader.requirement)
    wordings = {f"outcome {one.name}": one.wording.span for one in feature.outcomes}
    owners = {grader.origin.span: grader.origin.owner for grader in graders}
    for span, (text, missing, ids) in found.items():
        yield errors.unsaid(text, missing, ids, span, wordings.get(owners[span]))


def _missing(text: str, clause: str) -> list[str]:
    """The words of `text`, but for its holes, of which `clause` has no form."""
    said = {_stem(word) for word in _WORD.findall(_plain(clause))}
    words = [word for word in _WORD.findall(_HOLE.sub(" ", _plain(text))) if word not in _ARTICLES and not _mixed(word)]
    return [word for word in dict.fromkeys(words) if not any(_alike(_stem(word), one) for one in said)]


def _mixed(word: str) -> bool:
    """Whether `word` mixes the letters of two alphabets, which is told where it stands (E0116)."""
    return len({unicodedata.name(letter, "").split(" ")[0] for letter in word if letter.isalpha()}) > 1


def _alike(one: str, other: str) -> bool:
    """Whether two stems are of one word: equal, or but for the last letter of the shorter, `cancel` and `cancell`."""
    if one == other:
        return True
    shared = max(_LEAST, min(len(one), len(other)) - 1)
    return one[:shared] == other[:shared] and min(len(one), len(other)) >= _LEAST


def _stem(word: str) -> str:
    """`word` without the ending of its form; a number as it is."""
    return word if len(word) < _LEAST or any(letter.isdigit() for letter in word) else _ENDING.sub("", word)


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("’", "'").split())
