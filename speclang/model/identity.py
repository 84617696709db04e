"""IDs and names: their shapes, the keys of declarations, and the order in which people list IDs."""

import re

_NAME = re.compile(r"[A-Za-z_]\w*", re.ASCII)
_ID = re.compile(r"[A-Za-z_]\w*(?:-\w+)+", re.ASCII)
_NUMBERED = re.compile(r"(.*)#([0-9]{1,9})", re.DOTALL)
_DIGITS = re.compile(r"([0-9]{1,18})")

LONGEST = 64
"""The most characters that an ID or a name may have."""


def is_name(text: str) -> bool:
    """Whether `text` can name a given, a tool, an outcome, a type, a feature."""
    return len(text) <= LONGEST and _NAME.fullmatch(text) is not None


def is_id(text: str) -> bool:
    """Whether `text` can be the ID of a requirement: words joined by hyphens, `REF-1`."""
    return len(text) <= LONGEST and _ID.fullmatch(text) is not None


def key(head: str, name: str = "", nth: int = 1) -> str:
    """The key of a declaration in its file: `given age`, `ask`, and from the second of the same on `ask#2`."""
    first = f"{head} {name}" if name else head
    return first if nth == 1 else f"{first}#{nth}"


def parts(owner: str) -> tuple[str, str, int]:
    """The head, the name ("" if none) and the number of a declaration's key; an ID has no head."""
    found = _NUMBERED.fullmatch(owner)
    first, nth = (found[1], int(found[2])) if found else (owner, 1)
    if is_id(first):
        return "", first, nth
    head, _, name = first.partition(" ")
    return head, name, nth


def place(id: str) -> tuple[tuple[int, int, str], ...]:
    """Sorts IDs as people do: `REF-2` before `REF-10`."""
    return tuple((0, int(part), part) if part.isdigit() else (1, 0, part) for part in _DIGITS.split(id) if part)
