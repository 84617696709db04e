"""The prompt as plain text: no mark but the names of the sections, for models and channels that show or say what they read.

In: sections. Out: runs, in order. Invariant: changing one clause changes no character outside of it.
"""

from collections.abc import Iterator, Sequence

from ...plan.clause import Section
from ..runs import Run, stacked


def lay_out(sections: Sequence[Section]) -> Iterator[Run]:
    """The characters of the prompt: a title and a colon, and each clause on lines of its own."""
    return stacked(sections, "{}:\n")
