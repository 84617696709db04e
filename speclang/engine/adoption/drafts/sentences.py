"""Sentences that hold under a condition: one row for each way to say so.

In: a sentence. Out: its condition and its deed, which of them is denied, and the words that are left. Invariant: a row takes the
whole sentence; words that no field says are told.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from ....source.records import dataclass
from ..reading import plain

_IF = r"if|when|whenever|once|in case|as long as|provided that|provided"
_AFTERWARDS = re.compile(
    r",? (?:and|so) (?=(?:you|the agent|the assistant) (?:must|should|can|may|need|will)\b)|; ", re.IGNORECASE
)
_EVEN = re.compile(r",? even (?:if|when|though) .*$", re.IGNORECASE)
_INDIRECT = re.compile(
    r"\b(?:(?:check|ask|see|verify|determine|know|confirm|find out|tell|wonder)(?: [a-z]+){0,4}|state|say|explain|indicate|mention|note|"
    r"even|as|what|and)$",
    re.IGNORECASE,
)
"""What stands before "if" where it asks and is no condition: `check if`, `explicitly state when`."""
_WORD = re.compile(
    r"\b(?:if and only if|except if|except when|unless|until|if|when|whenever|once|after|as long as|provided that)\b",
    re.IGNORECASE,
)
_REQUESTS = re.compile(
    r"(?P<who>(?:you|the agent) (?:must|should) |always |politely )?(?P<verb>deny|refuse|decline|reject|ignore|escalate) "
    r"(?:all |any |every )?"
    r"(?:user |customer )?(?P<thing>request|question|instruction|message)s? (?:(?:that|which) (?P<does>are|is|ask|asks|"
    r"involve|involves|require|"
    r"requires|violate|violates)|(?P<about>for|about|related to|concerning|regarding)) (?P<what>.+)",
    re.IGNORECASE,
)
_REASON = re.compile(r",? (?:because|since|so that)\b|, (?:as|e[.]g[.]|for example|such as)(?= )", re.IGNORECASE)
_TAIL = re.compile(
    r",? (?:because|since|so that|in order to|after|before|while|by|using|without first) |, (?:as|e[.]g[.],?|for example,?|"
    r"such as|including|with) ",
    re.IGNORECASE,
)
_LONGEST = 400


class Said(NamedTuple):
    """`word` is `when` or `unless`; `only` says that the deed is denied where the condition does not hold.

    `back` says that the condition stands behind the deed, so that its "it" is what the deed is about; `sort` that it is one only where
    its last words are a value that the prompt states.
    """

    word: str
    condition: str
    deed: str
    only: bool
    rest: tuple[str, ...] = ()
    back: bool = True
    sort: bool = False


@dataclass(frozen=True, slots=True)
class Way:
    """A row: `read` takes a sentence and gives its parts; `good` are sentences with them, `bad` what only looks alike."""

    name: str
    read: Callable[[str], Iterator[Said]]
    good: tuple[tuple[str, str, str, str], ...]
    bad: tuple[str, ...]


def said(sentence: str) -> Iterator[Said]:
    """The ways to read `sentence` as a condition and a deed, the best first."""
    text = plain(sentence).rstrip(" .!")
    if len(text) > _LONGEST or text.endswith(("?", ":")) or text.count('"') % 2:
        return
    even = _EVEN.search(text)
    rest: tuple[str, ...] = ()
    if even and even.start():
        text, rest = text[: even.start()], (even[0].strip(" ,"),)
    after = _AFTERWARDS.search(text)
    if after:
        text, rest = text[: after.start()], (text[after.end() :], *rest)
    for way in WAYS:
        for one in way.read(text):
            act, tail = _short(one.deed)
            yield one._replace(deed=act, rest=(*one.rest, *tail, *rest))


def _short(act: str) -> tuple[str, tuple[str, ...]]:
    """`act` without what comes before it in time, its reason and its examples; a denial keeps what may be its condition."""
    found = next(
        (one for one in (_REASON if _denies(act) else _TAIL).finditer(act) if act.count('"', 0, one.start()) % 2 == 0),
        None,
    )
    return (act[: found.start()], (act[found.start() :].strip(" ,"),)) if found and found.start() else (act, ())


def _first(text: str) -> Iterator[Said]:
    """`If A, do B`: the comma may be any of them."""
    found = re.match(rf"(?P<word>{_IF}|unless) ", text, re.IGNORECASE)
    if found is None:
        return
    word = "unless" if found["word"].lower() == "unless" else "when"
    for comma in re.finditer(r", (?:then )?| then |: ", text):
        yield Said(word, text[found.end() : comma.start()], text[comma.end() :], only=False, back=False)


def _last(text: str) -> Iterator[Said]:
    """`Do B if A`, `Do B unless A`, `Do B only if A`."""
    for found in _WORD.finditer(text):
        before, after = text[: found.start()].rstrip(" ,"), text[found.end() :].strip()
        only = re.search(r"\bonly$", before, re.IGNORECASE)
        if only:
            before = before[: only.start()].rstrip(" ,")
        word = found[0].lower()
        if not before or (_INDIRECT.search(before) and not only and word in ("if", "when")):
            continue
        if re.match(rf"(?:{_IF}|unless)\b", before, re.IGNORECASE):
            return
        if word == "if and only if":
            yield Said("when", after, before, only=True, rest=("if and only if: that it is done there",))
        elif word in ("unless", "except if", "except when", "until"):
            if not only and (word != "until" or _denies(before)):
                yield Said("unless", after, before, only=False)
        elif word != "after" or only or _does(after):
            yield Said("when", after, before, only=bool(only))
        return


def _denies(text: str) -> bool:
    return bool(re.search(r"\b(?:not|never|cannot)\b|n't\b", text, re.IGNORECASE))


def _does(words: str) -> bool:
    """Whether `words` say that somebody has done something: `after the user has agreed`."""
    return bool(re.match(r"(?:the|a|an) \w+ (?:has|have) \w+", words, re.IGNORECASE))


def _requests(text: str) -> Iterator[Said]:
    """`Deny requests that are against the policy`."""
    found = _REQUESTS.fullmatch(text)
    if found:
        thing, verb = found["thing"].lower(), (found["does"] or "").lower()
        singular = {"are": "is", "ask": "asks", "involve": "involves", "require": "requires", "violate": "violates"}
        does = singular.get(verb, verb) or f"is {found['about'].lower()}"
        yield Said(
            "when",
            f"the {thing} {does} {found['what']}",
            f"{found['who'] or ''}{found['verb']} the {thing}",
            only=False,
        )


def _sort_of(text: str) -> Iterator[Said]:
    """`Basic economy flights cannot be modified`: what holds for things of one sort."""
    found = re.fullmatch(
        r"(?P<sort>(?!(?:the|an?|all|any|each|every|other|some|no|most|both|these|those|this|that|only|your|their|its|you|"
        r"many|few|note|if|when|in|"
        r"at|for|on|to|once)\b)[a-z][a-z-]*(?: [a-z][a-z-]*)?) (?P<thing>[a-z]{3,})s (?P<rest>(?:can|may|must|should)(?:not| "
        r"not|n't| never)? be [a-z]+(?: [a-z' -]*)?)",
        text,
        re.IGNORECASE,
    )
    if found and not found["thing"].endswith("s"):
        thing = found["thing"].lower()
        yield Said(
            "when", f"the {thing} is {found['sort'].lower()}", f"the {thing} {found['rest']}", only=False, sort=True
        )


WAYS: tuple[Way, ...] = (
    Way(
        name="condition first",
        read=_first,
        good=(
            (
                "If the flight has been flown, transfer the user.",
                "when",
                "the flight has been flown",
                "transfer the user",
            ),
            ("Unless the user agrees, do not book the flight.", "unless", "the user agrees", "do not book the flight"),
        ),
        bad=("The flight, if any, is booked.", "If possible."),
    ),
    Way(
        name="condition last",
        read=_last,
        good=(
            (
                "Transfer the user if the flight has been flown.",
                "when",
                "the flight has been flown",
                "Transfer the user",
            ),
            ("Do not book the flight unless the user agrees.", "unless", "the user agrees", "Do not book the flight"),
            ("Never book the flight until the user agrees.", "unless", "the user agrees", "Never book the flight"),
        ),
        bad=("Check if the flight is late.", "Book after lunch.", "Wait until the user agrees."),
    ),
    Way(
        name="requests of a sort",
        read=_requests,
        good=(
            (
                "You should deny user requests that are against this policy.",
                "when",
                "the request is against this policy",
                "You should deny the request",
            ),
        ),
        bad=("Deny requests.", "Handle requests that are urgent."),
    ),
    Way(
        name="things of a sort",
        read=_sort_of,
        good=(
            (
                "Basic economy flights cannot be modified.",
                "when",
                "the flight is basic economy",
                "the flight cannot be modified",
            ),
        ),
        bad=("All flights cannot be modified.", "Flights cannot be modified.", "Basic economy flights are cheap."),
    ),
)
