"""Denies an English clause: "the customer has the receipt" becomes "the customer does not have the receipt".

Works on the first auxiliary or common verb; a clause without one is denied as a whole. Whoever wants better words gives
them in the spec (`negated "…"`).
"""

import re
from collections.abc import Iterator

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
}
_BEFORE_PARTICIPLE = re.compile(
    r"\s+(?:already\s+)?(?:been|[a-z]+(?:ed|wn|en|ught|one|lost|paid|sent|kept|left|made))\b"
)
_WORD = re.compile(r"[A-Za-z]+")
_DOUBTED = "it is not the case that "


def denied(clause: str) -> Iterator[tuple[str, bool]]:
    """`clause` denied, in parts: the text, and whether it is the clause's own (else it is what denies it)."""
    for found in _WORD.finditer(clause):
        verb = found[0].lower()
        if verb not in _VERBS or found.start() == 0:
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
