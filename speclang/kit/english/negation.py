"""Denies an English clause: "the customer has the receipt" becomes "the customer does not have the receipt".

Works on the verb right after a person, else on the first auxiliary or common verb; a clause without one, and one about every,
some or no thing, is denied as a whole.
Whoever wants better words gives them in the spec (`negated "…"`).
"""

import re
from collections.abc import Iterator

from .persons import does

_VERBS = {
    "has": "does not have",
    "have": "do not have",
    "is": "is not",
    "are": "are not",
    "was": "was not",
    "were": "were not",
    "can": "cannot",
    "may": "may not",
    "will": "will not",
    "does": "does not",
    "did": "did not",
    "had": "had not",
    "wants": "does not want",
    "needs": "does not need",
    "asks": "does not ask",
    "says": "does not say",
    "knows": "does not know",
    "owns": "does not own",
    "pays": "does not pay",
    "gives": "does not give",
    "goes": "does not go",
    "comes": "does not come",
    "speaks": "does not speak",
    "sends": "does not send",
    "gets": "does not get",
    "keeps": "does not keep",
    "buys": "does not buy",
    "belongs": "does not belong",
    "contains": "does not contain",
    "exceeds": "does not exceed",
    "applies": "does not apply",
    "includes": "does not include",
    "requires": "does not require",
    "allows": "does not allow",
    "expects": "does not expect",
    "agrees": "does not agree",
    "accepts": "does not accept",
    "remains": "does not remain",
    "writes": "does not write",
    "becomes": "does not become",
    "happens": "does not happen",
    "exists": "does not exist",
    "prefers": "does not prefer",
    "refuses": "does not refuse",
    "complains": "does not complain",
    "lies": "does not lie",
}
_BEFORE_PARTICIPLE = re.compile(
    r"\s+(?:already\s+)?(?:been|[a-z]+(?:ed|wn|en|ught|one|lost|paid|sent|kept|left|made))\b"
)
_AT_LARGE = frozenset(
    """
    all always any anybody anyone anything both each every everybody everyone everything least most never no nobody none nothing only
    some somebody someone something sometimes
    """.split()
)
"""Before the verb, these make its denial say something else: "every item is new" is not denied by "every item is not new"."""

_RELATIVE = frozenset({"that", "which", "who"})
_WORD = re.compile(r"[A-Za-z]+")
_DOUBTED = "it is not the case that "


def has_verb(words: str) -> bool:
    """Whether a verb that can be denied stands in `words`, which then hold a subject and what it does."""
    return any(found[0].lower() in _VERBS for found in _WORD.finditer(words))


def denied(clause: str) -> Iterator[tuple[str, bool]]:
    """`clause` denied, in parts: the text, and whether it is the clause's own (else it is what denies it)."""
    act = does(clause)
    if act is not None and clause[act[0] : act[1]] not in _VERBS:
        start, end, plain = act
        yield clause[:start], True
        yield f"does not {plain}", False
        yield clause[end:], True
        return
    before = ""
    for found in _WORD.finditer(clause):
        verb = found[0].lower()
        if verb in _AT_LARGE:
            break
        if verb not in _VERBS or found.start() == 0 or before in _RELATIVE:
            before = verb
            continue
        word = _VERBS[verb]
        if verb in ("has", "have") and _BEFORE_PARTICIPLE.match(clause, found.end()):
            word = f"{verb} not"
        yield clause[: found.start()], True
        yield word, False
        yield clause[found.end() :], True
        return
    yield _DOUBTED, False
    yield clause, True
