"""How a sentence of a prompt begins: who must do what, how strictly, and whether it is forbidden.

In: a sentence. Out: its level, whether it is denied, whether it speaks of the answer instead of the model, and the rest, which
patterns read. Invariant: nothing is left out but marks of emphasis, politeness, words that make it stricter ("even if asked"),
circumstances that always hold ("when you answer") and the end of the sentence.
"""

import re
from functools import cache

from ...source.records import dataclass

ANSWERS = r"(?:answers?|responses?|repl(?:y|ies)|outputs?|messages?)(?: (?:to|for) (?:the )?(?:users?|customers?))?"
ANSWER = rf"(?:(?:your|the|each|every|all|any|final|chat|entire|whole) )*{ANSWERS}"

_EMPHASIS = re.compile(r"\*\*|__|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)")
_CURLY = str.maketrans({"“": '"', "”": '"', "„": '"', "’": "'", "‘": "'", "\u00a0": " ", "\u2011": "-"})
_LABEL = re.compile(
    r"(?:(?:very |ultra |extremely |super )?(?:important|critical|crucial)|note|rules?|hard rules?|strict rules?|warning|reminder|"
    r"remember|mandatory|required|always|language|length|format|formatting|output|output format|style|tone|brevity|"
    r"conciseness|(?:answer|response) (?:length|format|style|language)|emojis?|markdown)\s*[:!]\s*",
    re.IGNORECASE,
)
_SPEAK = "(?:respond|answer|reply|writ|speak|talk|communicat)"
_LEADING = re.compile(
    rf"(?:(?:when|while|whenever) (?:you(?: are|'re)? )?{_SPEAK}(?:ing|e)?(?: with| to)?(?: the)?"
    rf"(?: users?| customers?)?|in (?:all (?:of )?)?{ANSWER}|at all times|in all cases|under no circumstances should you|"
    r"under no circumstances),? ",
    re.IGNORECASE,
)
_NEVER = re.compile(r"under no circumstances", re.IGNORECASE)
_TRAILING = re.compile(
    rf",? ?(?:\(?(?:no matter [a-z' ]{{3,60}}|regardless of [a-z' ]{{3,80}}|no exceptions|"
    r"under any circumstances?|at any (?:time|point)|at all|ever|at all times|"
    rf"in all cases|please|to (?:the )?(?:users?|customers?|anyone|anybody)|(?:in|with(?:in)?) (?:all (?:of )?)?{ANSWER}|"
    r"even (?:if|when) (?:(?:you are |you're )?(?:explicitly |directly )?(?:asked|requested|told|instructed|prompted)|"
    r"(?:the )?(?:users?|customers?) (?:explicitly )?(?:asks?|requests?|insists?|demands?|begs?)"
    r"(?: (?:you to|for it|for them|it|about it|you))?)(?: to(?: do so)?| otherwise)?|"
    rf"(?:when|while) {_SPEAK}ing(?: with| to)?(?: the)?(?: users?| customers?)?)\)?)$",
    re.IGNORECASE,
)
_MAY_NOT = (
    "(?:must never|must not|mustn't|may not|may never|shall not|shall never|cannot|can not|can't|can never|will not|will never|won't|"
    "are never to|is never to|are not to|is not to)"
)
_FORBIDDEN = "(?:(?:strictly |expressly )?(?:not allowed|not permitted|forbidden|prohibited) (?:to|from))"
_MUST = "(?:must|shall|have to|has to|need to|needs to|are required to|is required to|will)"
_SURE = "(?:make sure to|be sure to|remember to|make sure (?:that )?you|ensure (?:that )?you)"
_WHO = "you|(?:the |this )?(?:ai )?(?:assistant|agent|bot|chatbot|model|ai)"
_DEEDS = {
    "using": "use", "saying": "say", "writing": "write", "including": "include", "mentioning": "mention",
    "starting": "start", "beginning": "begin", "opening": "open", "ending": "end", "closing": "close", "giving": "give",
    "providing": "provide", "offering": "offer", "discussing": "discuss", "talking": "talk", "commenting": "comment",
    "revealing": "reveal", "disclosing": "disclose", "sharing": "share", "repeating": "repeat", "exposing": "expose",
    "following": "follow", "obeying": "obey", "executing": "execute", "inventing": "invent", "making": "make",
    "fabricating": "fabricate", "hallucinating": "hallucinate", "guessing": "guess", "calling": "call",
    "running": "run", "exceeding": "exceed", "apologizing": "apologize", "apologising": "apologise", "adding": "add",
    "answering": "answer", "responding": "respond", "replying": "reply", "speculating": "speculate",
}  # fmt: skip
_NO = re.compile(r"(?:absolutely )?no (?!more|fewer|less|longer|matter|need|one|other|such)", re.IGNORECASE)
_AVOIDED = re.compile(
    r"(?:always )?avoid (?=(?:all |any )?(?:emojis?|markdown|bullet|bullets|headings?|headers?|tables|links|urls|commas|"
    r"em[- ]dash|exclamation|code blocks?)\b)",
    re.IGNORECASE,
)
_DEED = re.compile("|".join(_DEEDS) + r"(?!\w)", re.IGNORECASE)
_ENOUGH = 4
"""How many tails a sentence may lose: `… to the user, ever, even if asked`."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence: `level` is `must` or `should`; `denied` says that `rest` is what is forbidden.

    `of_answer` says that its subject is the answer (`be at most 80 words`), and not the model (`answer in at most 80 words`).
    `bare` says that nothing but the mood of its verb tells the level.
    """

    level: str
    denied: bool
    of_answer: bool
    rest: str
    bare: bool = False


def plain(sentence: str) -> str:
    """`sentence` without emphasis, on one line, with straight quotation marks."""
    return " ".join(_EMPHASIS.sub("", sentence.translate(_CURLY)).split())


def read(sentence: str, names: tuple[str, ...] = ()) -> Reading:
    """How `sentence` begins, and the rest of it; `names` are those of the assistant."""
    text = _ended(plain(sentence))
    label = _LABEL.match(text)
    if label and label.end() < len(text):
        text = text[label.end() :]
    leading = _LEADING.match(text)
    if leading:
        text = text[leading.end() :]
    subject = _SUBJECT.match(text)
    if subject:
        for pattern, level, denied in _heads(())[:-1]:
            found = pattern.match(text, subject.end())
            if found:
                return Reading(level, denied, of_answer=True, rest=text[found.end() :])
    if leading and _NEVER.match(leading[0]):
        return Reading("must", denied=True, of_answer=False, rest=text)
    *strict, bare = _heads(names)
    for pattern, level, denied in strict:
        found = pattern.match(text)
        if found:
            return Reading(level, denied, of_answer=False, rest=_deed(text[found.end() :]))
    nothing = _NO.match(text)
    if nothing:
        return Reading("must", denied=True, of_answer=False, rest=f"use {text[nothing.end() :]}")
    thing = _AVOIDED.match(text)
    if thing:
        return Reading("should", denied=True, of_answer=False, rest=f"use {text[thing.end() :]}")
    found = bare[0].match(text)
    rest = text[found.end() :] if found else text
    return Reading("must", denied=False, of_answer=False, rest=rest, bare=rest == text)


def _ended(text: str) -> str:
    """`text` without its end and without what only makes it stricter."""
    for _ in range(_ENOUGH):
        text = text.rstrip(" .!;")
        tail = _TRAILING.search(text, max(0, len(text) - 90))
        if tail is None or not tail.start():
            break
        text = text[: tail.start()]
    return text


def _deed(rest: str) -> str:
    """`rest` with the plain form of its verb: `using emojis` as `use emojis`."""
    found = _DEED.match(rest)
    return _DEEDS[found[0].lower()] + rest[found.end() :] if found else rest


_SUBJECT = re.compile(rf"{ANSWER}\b ", re.IGNORECASE)


@cache
def _heads(names: tuple[str, ...]) -> "tuple[tuple[re.Pattern[str], str, bool], ...]":
    who = "|".join((_WHO, *(re.escape(name) for name in names)))
    return tuple(
        (re.compile(pattern, re.IGNORECASE), level, denied)
        for pattern, level, denied in (
            (rf"(?:(?:{who}) )?{_MAY_NOT} (?:ever )?", "must", True),
            (rf"(?:(?:{who}) )?(?:should never|should not|shouldn't) ", "should", True),
            (rf"(?:(?:{who}) (?:are|is) )?{_FORBIDDEN}(?: ever)? ", "must", True),
            (r"it is (?:strictly )?forbidden to ", "must", True),
            (rf"(?:(?:{who}) )(?:does not|doesn't|do not|don't)(?: ever)? ", "must", True),
            (r"(?:please )?(?:never ever|never|(?:do not|don't) (?:ever )?) ?", "must", True),
            (r"(?:please )?(?:strictly )?(?:refrain from|abstain from) ", "must", True),
            (r"(?:please )?(?:always )?avoid(?: ever)? (?=[a-z]+ing\b)", "should", True),
            (rf"(?:(?:{who}) )?(?:must|should) (?:always )?avoid (?=[a-z]+ing\b)", "should", True),
            (r"(?:please )?try not to ", "should", True),
            (rf"(?:(?:{who}) )?{_MUST} (?:always |only )?", "must", False),
            (rf"(?:(?:{who}) )?should (?:always |only )?", "should", False),
            (r"(?:please )?try to (?:always )?", "should", False),
            (rf"(?:please )?(?:always )?(?:please )?(?:{_SURE} )?", "must", False),
        )
    )  # fmt: skip
