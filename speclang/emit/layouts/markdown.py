"""The prompt as Markdown: a heading per section, clauses as bullets or paragraphs.

In: sections. Out: runs, in order. Invariant: changing one clause changes no character outside of it.
"""

from collections.abc import Iterator, Sequence

from ...plan.clause import Section
from ..runs import Run, stacked


def lay_out(sections: Sequence[Section]) -> Iterator[Run]:
    """The characters of the prompt."""
    return stacked(sections, "## {}\n\n", bullet="- ")
