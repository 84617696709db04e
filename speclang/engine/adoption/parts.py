"""Parts of a sentence that say something each, so that one can be checked where another can't.

In: a sentence. Out: its parts with what each has to be read with. Invariant: a part is one that holds whatever the others say: a
sentence with a condition or an exception, and a denial that may reach further than its part, have none.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from .reading import ANSWER, plain, read

_BEFORE = re.compile(
    "(?:if|when|whenever|while|unless|until|once|after|before|during|in case|where|wherever|for|as long "
    "as|except|with|without|"
    r"given|upon|should (?:the|a|you)|in|on|depending|otherwise|else|then|instead|but|or|given)\b",
    re.IGNORECASE,
)
_SCOPE = re.compile(
    r"\b(?:unless|except|excepting|excluding|otherwise|only (?:if|when|after|for|in)|but only|however|rather than|apart from|"
    r"other than|besides|instead of|as long as|until|not including|optional|optionally|exception|exceptions|by default|"
    "default|if possible|where possible|when possible|where appropriate|if needed|as needed|as appropriate|"
    "usually|generally|"
    r"typically|sometimes|preferably|ideally|where applicable)\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    (
        r"\b(?:if|when|whenever|while|where|wherever|once|after|before|during|for (?:each|every|all|any|the|"
        r"a)|per|in case|or|either)\b"
    ),
    re.IGNORECASE,
)
_STRONG = re.compile(r"(?<=[.!?])[\"')]?\s+(?=[A-Z\"`*<(])|;\s+")
_DASH = re.compile(r"\s*—\s*|\s+(?:–|--?)\s+")
VERBS = (
    "add|address|answer|apologi[sz]e|ask|avoid|be|begin|call|check|cite|close|communicate|confirm|continue|"
    "decline|describe|do|end|"
    "ensure|explain|focus|follow|format|get|give|go|greet|help|include|inform|keep|limit|list|maintain|"
    "make|mention|offer|output|"
    "point|politely|prefer|present|prioriti[sz]e|provide|quote|redirect|refer|refuse|remain|remember|"
    "reply|respond|return|say|search|"
    "send|skip|speak|start|state|stay|stick|stop|suggest|summari[sz]e|take|tell|thank|treat|try|use|wait|write"
)
_DENIES = r"(?:do not|don't|never|you must|you should|must|should|always|please|no)\b"
_WEAK = re.compile(
    rf",? and (?:then )?(?=(?:{VERBS})\b)|,? (?:and|but) (?=(?:{_DENIES})\b)|, (?=(?:{VERBS})\b|{_DENIES})",
    re.IGNORECASE,
)
_BEGINS = re.compile(rf"(?:(?:{VERBS})\b|{_DENIES}|you\b|{ANSWER}\b|in (?:your|all)\b)", re.IGNORECASE)
"""How a sentence begins whose later verbs speak of the same: `answer in English and …`, not `the title must … and must …`."""
_REASON = re.compile(
    r",? (?:because|since|so that|so as to|in order to)\b|, (?:as|so|not|which|thus|even)\b", re.IGNORECASE
)
_SUCH = re.compile(r",? (?:for instance|for example|such as|including|e[.]g[.])[ ,]", re.IGNORECASE)
"""An illustration: what it names is said already, so its own conditions reach nothing."""
_ASIDE = re.compile(r"\s\([^()]{3,}\)[.!]?$")
_LONGEST = 600
"""A passage of more characters is a text of its own, not a sentence."""


class Part(NamedTuple):
    """`text` is a sentence for itself; `rest` are the words beside it, none for a sentence as a whole."""

    text: str
    rest: tuple[str, ...]


def parts(sentence: str) -> Iterator[tuple[Part, ...]]:
    """Ways to read `sentence`, the best first: as a whole, and by its parts."""
    text = plain(sentence)
    yield (Part(text, ()),)
    if len(text) > _LONGEST or _BEFORE.match(text) or _SCOPE.search(text):
        return
    pieces = [one for one in _cut(text, _STRONG) if one]
    if any(piece.rstrip().endswith(":") for piece in pieces):
        return
    found: list[str] = []
    for at, piece in enumerate(pieces):
        if at and _BEFORE.match(piece):
            found.append(piece)
        else:
            found.extend(_weakly(piece))
    if len(found) > 1:
        yield tuple(Part(one, (*found[:at], *found[at + 1 :])) for at, one in enumerate(found))


def _weakly(piece: str) -> list[str]:
    """`piece` cut where a reason begins, and where a verb begins after "and"; whole where that may change what it says."""
    if not _BEGINS.match(piece):
        return [piece]
    such = _SUCH.search(piece)
    if such and not _enclosed(piece, such.start()):
        return [*_weakly(piece[: such.start()]), piece[such.start() :].lstrip(", ")]
    reason = min(
        (one for one in (_REASON.search(piece), _outside(piece), _ASIDE.search(piece)) if one),
        key=lambda one: one.start(),
        default=None,
    )
    core, tail = (piece[: reason.start()], [piece[reason.start() :].lstrip(", —–-")]) if reason else (piece, [])
    if _CONDITION.search(core):
        return [core, *tail] if reason and not _CONDITION.search(tail[0]) else [piece]
    if any(_CONDITION.search(one) for one in tail):
        return [piece]
    cut = [one for one in _cut(core, _WEAK) if one]
    first = read(cut[0])
    if len(cut) > 1 and first.denied and any(read(one).bare for one in cut[1:]):
        return [core, *tail]
    if len(cut) > 1 and first.level == "should":
        cut = [cut[0], *(f"should {one}" if read(one).bare else one for one in cut[1:])]
    return [*cut, *tail]


def _outside(piece: str) -> "re.Match[str] | None":
    """The first dash outside of quotation marks and brackets."""
    return next((one for one in _DASH.finditer(piece) if not _enclosed(piece, one.start())), None)


def _enclosed(text: str, at: int) -> bool:
    return text.count('"', 0, at) % 2 == 1 or text.count("(", 0, at) > text.count(")", 0, at)


def _cut(text: str, at: "re.Pattern[str]") -> list[str]:
    """`text` in pieces; what stands in quotation marks is not cut."""
    pieces: list[str] = []
    start = 0
    for found in at.finditer(text):
        if _enclosed(text, found.start()):
            continue
        pieces.append(text[start : found.start()].strip())
        start = found.end()
    return [*pieces, text[start:].strip()]
