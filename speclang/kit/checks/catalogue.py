"""Where each shared check lives: its name in a grader, and the file of this folder with the function of that name.

Invariant: looking a name up imports only the file that holds it.
"""

from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .judging import TextCheck

_FILES = {
    "counts": (
        "words",
        "sentences",
        "paragraphs",
        "characters",
        "bullets",
        "sections",
        "placeholders",
        "highlights",
        "letter",
        "keyword",
        "commas",
    ),
    "text": (
        "starts",
        "ends",
        "forbidden",
        "one_of",
        "postscript",
        "title",
        "quoted",
        "lowercase",
        "uppercase",
        "two_answers",
        "repeats",
        "repeats_request",
        "paragraph_start",
        "mentions",
        "omits",
    ),
    "regex": ("matches",),
    "json": ("is_json",),
    "language": ("language", "language_of_user"),
    "trajectory": ("called", "not_called", "called_once", "called_before", "confirmed"),
    "refusal": ("refused", "answered"),
}

CHECKS = MappingProxyType({name: file for file, names in _FILES.items() for name in names})
"""Every shared check by name, and the file that holds it."""


def find(name: str) -> "TextCheck | None":
    """The shared check called `name`, or None if there is none."""
    file = CHECKS.get(name)
    if file is None:
        return None
    found: TextCheck = getattr(import_module(f"{__package__}.{file}"), name)
    return found
