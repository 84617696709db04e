"""What stands at the start of a clause about one person, and the verb that follows it.

Invariant: says nothing about a clause that it is not sure of; who asks has another way then.
"""

import re

ONE = r"(?:the|a|an) (?:applicant|caller|client|customer|employee|guest|member|owner|passenger|patient|person|student|user)"
"""The words that name one person, as a pattern."""

_DOES = re.compile(rf"{ONE} ([a-z]+)(?= |$)", re.IGNORECASE)
_NO_ACTS = frozenset("accounts always besides claims news perhaps relations rights sales services sometimes".split())
"""Words in -s that may follow a person and are not what the person does."""

_HISSING = ("ch", "sh", "ss", "zz", "x", "o")


def does(clause: str) -> tuple[int, int, str] | None:
    """Where the verb of `clause` stands that directly follows a person, and its plain form: `report` for `the customer reports fraud`."""
    found = _DOES.match(clause)
    plain = plain_form(found[1]) if found is not None else ""
    return (found.start(1), found.end(1), plain) if found is not None and plain else None


def plain_form(verb: str) -> str:
    """`report` for `reports`, `carry` for `carries`, `pass` for `passes`; empty for what does not look like such a verb."""
    if len(verb) < 4 or verb in _NO_ACTS or not verb.endswith("s") or verb.endswith(("ss", "us", "is")):
        return ""
    if verb.endswith("ies") and len(verb) > 4:
        return f"{verb[:-3]}y"
    if verb.endswith("es") and verb[:-2].endswith(_HISSING):
        return verb[:-2]
    return verb[:-1]
