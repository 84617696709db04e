"""The instructions by name: each is the file of that name in `instructions/`, loaded when a spec first uses it.

Invariant: a name is looked up here before anything is imported.
"""

from functools import cache
from importlib import import_module

from .instruction import Instruction

NAMES = (
    "bullets",
    "characters",
    "commas",
    "ends",
    "forbidden",
    "highlights",
    "json",
    "keyword",
    "language",
    "letter",
    "lowercase",
    "matches",
    "one_of",
    "opens",
    "paragraphs",
    "placeholders",
    "postscript",
    "quoted",
    "repeats",
    "sections",
    "sentences",
    "starts",
    "title",
    "two_answers",
    "uppercase",
    "words",
)
"""The leading words of terms, sorted."""


@cache
def load(name: str) -> Instruction:
    """The instruction called `name`, which is one of `NAMES`."""
    found: Instruction = import_module(f"{__package__}.instructions.{name}").INSTRUCTION
    return found
