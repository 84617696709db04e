"""What has changed in a list since it was told: the stretch from the first difference to the last.

In: two lists of data. Out: the edit that makes the second of the first.
Invariant: nothing that both lists begin or end with is told again.
"""

from collections.abc import Sequence

from ..source.hashing import Json
from ..source.records import dataclass, field

Rows = Sequence[Json]


def splice(before: Rows, after: Rows) -> Json:
    """None where nothing has changed; else where to cut, how many rows go, and those that come in their place."""
    least = min(len(before), len(after))
    head = 0
    while head < least and before[head] == after[head]:
        head += 1
    if head == len(before) == len(after):
        return None
    tail = 0
    while tail < least - head and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    return [head, len(before) - tail - head, list(after[head : len(after) - tail])]


@dataclass(slots=True, eq=False)
class Told:
    """What a page has been told of each of its panes. `number` counts the tellings, so that one that was lost is noticed."""

    number: int = 0
    panes: dict[str, Rows] = field(default_factory=dict[str, Rows])

    def telling(self, has: int, panes: dict[str, Rows]) -> dict[str, Json]:
        """The edits for `panes`, for a page that `has` the telling of this number; one that has another is told everything."""
        if has != self.number:
            self.panes = {}
        edits: dict[str, Json] = {}
        for name, rows in panes.items():
            edit = splice(self.panes.get(name, ()), rows)
            if edit is not None or name not in self.panes:
                edits[name] = edit or [0, 0, []]
            self.panes[name] = rows
        self.number += 1
        return {"number": self.number, "afresh": has != self.number - 1, "edits": edits}
