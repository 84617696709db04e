"""Applies edits to the text of a file.

In: a file's text and edits of it, as a diagnostic's fix or the road back from an artifact makes them. Out: the new text.
Invariant: no character outside of the edited ranges changes, and edits that get in each other's way change nothing.
"""

from collections.abc import Iterable

from ..diagnostics.diagnostic import Edit
from ..source.span import Places
from ..source.text import SourceText
from . import tree


def places(files: Iterable[tree.File]) -> Places:
    """Where the units of `files` stand."""
    known = tuple(files)
    return Places.of((file.source for file in known), {unit.name: unit.start for file in known for unit in file.units})


def apply_edits(source: SourceText, edits: Iterable[Edit], where: Places) -> SourceText | None:
    """`source` with those of `edits` that lie in it; None if two of them overlap or one ends outside of the text.

    Insertions at one place are made in the order in which they come; an edit that is there twice is made once.
    """
    ranges = [(where.locate(edit.span), edit.text) for edit in dict.fromkeys(edits)]
    mine = sorted(
        ((at.start, at.end, order, text) for order, (at, text) in enumerate(ranges) if at.file == source.name)
    )
    pieces: list[str] = []
    done = 0
    for start, end, _, text in mine:
        if not done <= start <= end <= len(source.text):
            return None
        pieces += (source.text[done:start], text)
        done = end
    pieces.append(source.text[done:])
    return SourceText(source.name, "".join(pieces))
