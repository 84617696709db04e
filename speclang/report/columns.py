"""Rows laid out for a terminal.

In: rows of cells. Out: a line for each.
Invariant: no line ends in a space.
"""

from collections.abc import Collection, Iterator, Sequence


def columns(rows: Sequence[Sequence[str]], right: Collection[int] = ()) -> Iterator[str]:
    """Rows with their columns one below the other; those of `right` end there."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]) if rows else 0)]
    for row in rows:
        cells = (
            cell.rjust(width) if column in right else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield "  ".join(cells).rstrip()
