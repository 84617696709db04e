"""What a user says about a given for which the spec has no words."""

import re

from .negation import denied

_PERSON = re.compile(
    r"^(?:the|a|an) (?:customer|user|caller|client|guest|member|patient|passenger|person)('s)? ", re.IGNORECASE
)
_FIRST = {"has": "have", "is": "am", "does": "do", "wants": "want", "needs": "need", "asks": "ask", "says": "say"}
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
    if verb in _FIRST or verb in _ALIKE:
        return _sentence(f"I {_FIRST.get(verb, verb)} {after}".rstrip())
    return _sentence(clause)


def value(label: str, shown: str) -> str:
    """A given and its value: `The order total is 30 USD.`, `My tier is gold.`"""
    person = _PERSON.match(label)
    whose = f"my {label[person.end() :]}" if person is not None and person[1] else label
    return _sentence(f"{whose} is {shown}")


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."
