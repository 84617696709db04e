"""What a user says about a given for which the spec has no words."""

import re

from .negation import denied
from .persons import ONE, plain_form

_PERSON = re.compile(rf"{ONE}('s)? ", re.IGNORECASE)
_FIRST = {"has": "have", "is": "am", "does": "do", "wants": "want", "needs": "need", "asks": "ask", "says": "say"}
_OWN = re.compile(r"\b(?:their|his or her|his|her)\b")
_ALIKE = frozenset(("was", "can", "cannot", "may", "will", "did", "had"))


def statement(label: str, *, holds: bool, negated: str = "") -> str:
    """A whole clause (`the customer has the receipt`) in the user's own person, affirmed or denied."""
    clause = label if holds else negated or "".join(text for text, _ in denied(label))
    person = _PERSON.match(clause)
    if person is None:
        return _sentence(clause)
    rest = clause[person.end() :]
    if person[1]:
        return _sentence(f"my {rest}")
    verb, _, after = rest.partition(" ")
    said = verb if verb in _ALIKE else _FIRST.get(verb) or plain_form(verb)
    if said:
        return _sentence(f"I {said} {_OWN.sub('my', after)}".rstrip())
    return _sentence(clause)


def value(label: str, shown: str) -> str:
    """A given and its value: `The order total is 30 USD.`, `My tier is gold.`"""
    person = _PERSON.match(label)
    whose = f"my {label[person.end() :]}" if person is not None and person[1] else label
    return _sentence(f"{whose} is {shown}")


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."
