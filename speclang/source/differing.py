"""The edits that make one text of another, line by line, so that what stays is not touched.

In: two texts. Out: ranges of the first, in order, with what stands there in the second.
Invariant: making the edits in the first text gives the second.
"""

from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import accumulate

_MOST = 2_000
"""So many lines are compared one by one; of more, what differs is one edit."""


def differing(before: str, after: str) -> Iterator[tuple[int, int, str]]:
    """The edits from `before` to `after`: start, end, and the new text."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    starts = [0, *accumulate(len(line) for line in old)]
    middle, wanted = old[head : len(old) - tail], new[head : len(new) - tail]
    if not middle and not wanted:
        return
    if len(middle) + len(wanted) > _MOST:
        yield starts[head], starts[head + len(middle)], "".join(wanted)
        return
    for tag, first, last, start, end in SequenceMatcher(None, middle, wanted, autojunk=False).get_opcodes():
        if tag != "equal":
            yield starts[head + first], starts[head + last], "".join(wanted[start:end])
