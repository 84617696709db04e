"""How a sentence of a prompt begins: who must do what, how strictly, and whether it is forbidden.

In: a sentence. Out: its level, whether it is denied, whether it speaks of the answer instead of the model, and the rest, which
patterns read. Invariant: nothing is left out but marks of emphasis, politeness and the end of the sentence.
"""

import re

from ...source.records import dataclass

ANSWERS = r"(?:answers?|responses?|repl(?:y|ies)|outputs?|messages?)"
ANSWER = rf"(?:(?:your|the|each|every|all|any|final) )*{ANSWERS}"

_EMPHASIS = re.compile(r"\*\*|__|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)")
_CURLY = str.maketrans({"“": '"', "”": '"', "„": '"', "’": "'", "‘": "'", "\u00a0": " "})
_LABEL = re.compile(r"(?:important|note|rule|hard rule)\s*:\s*", re.IGNORECASE)
_HEADS: tuple[tuple[re.Pattern[str], str, bool], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), level, denied)
    for pattern, level, denied in (
        (r"(?:you )?(?:must never|must not|mustn't|may not|may never|shall not|cannot|can't) (?:ever )?", "must", True),
        (r"(?:you )?(?:should never|should not|shouldn't) ", "should", True),
        (r"(?:you are not allowed to|you are forbidden to|it is forbidden to) ", "must", True),
        (r"(?:please )?(?:never|(?:do not|don't) (?:ever )?) ?", "must", True),
        (r"(?:please )?try not to ", "should", True),
        (r"(?:you )?(?:must|shall|have to|need to|are required to|will) (?:always |only )?", "must", False),
        (r"(?:you )?should (?:always |only )?", "should", False),
        (r"(?:please )?try to (?:always )?", "should", False),
        (r"(?:please )?(?:always )?(?:make sure to |be sure to |remember to )?", "must", False),
    )
)
_SUBJECT = re.compile(rf"{ANSWER}\b ", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence: `level` is `must` or `should`; `denied` says that `rest` is what is forbidden.

    `of_answer` says that its subject is the answer (`be at most 80 words`), and not the model (`answer in at most 80 words`).
    """

    level: str
    denied: bool
    of_answer: bool
    rest: str


def read(sentence: str) -> Reading:
    """How `sentence` begins, and the rest of it."""
    text = " ".join(_EMPHASIS.sub("", sentence.translate(_CURLY)).split())
    text = _LABEL.sub("", text.rstrip(" .!;"), count=1) if _LABEL.match(text) else text.rstrip(" .!;")
    subject = _SUBJECT.match(text)
    if subject:
        for pattern, level, denied in _HEADS[:-1]:
            found = pattern.match(text, subject.end())
            if found:
                return Reading(level, denied, of_answer=True, rest=text[found.end() :])
    for pattern, level, denied in _HEADS:
        found = pattern.match(text)
        if found:
            return Reading(level, denied, of_answer=False, rest=text[found.end() :])
    return Reading("must", denied=False, of_answer=False, rest=text)
