"""Splits a text again after an edit of it: what stands before and after the edit is known.

In: a text, and earlier passes over what it was. Out: what `blocks.split` says of it, and the passes to remember.
Invariant: says what a splitting from nothing says (a law compares). A pass begins two units before the first difference, and ends at the
first unit after the last one that was met in the same block before: from there on it would find what it found then.
"""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from ...source.text import SourceText
from ...syntax.blocks import MAX_UNITS, MOST_MISFITS, Misfit, Piece, Split, Splitter

_ATTEMPTS = 4


class Pass(NamedTuple):
    """One pass that came to its end: over `text`, by these rules, and what it found."""

    text: str
    by_layout: bool
    open_text: bool
    found: Split


def split_again(source: SourceText, before: Sequence[Pass]) -> tuple[Split, tuple[Pass, ...]]:
    """The units of `source`, and what to hand over as `before` the next time."""
    text = source.text
    first = Splitter(text, by_layout=False, open_text=False)
    found = _run(first, before)
    if not first.trouble:
        return found, (Pass(text, by_layout=False, open_text=False, found=found),)
    second = Splitter(text, by_layout=True, open_text=first.open_text)
    found = _run(second, before)
    sound = tuple(one for one in before if not one.by_layout)
    return found, (*sound, Pass(text, by_layout=True, open_text=first.open_text, found=found))


def _run(splitter: Splitter, before: Sequence[Pass]) -> Split:
    """What `splitter` finds, with the help of an earlier pass by the same rules, if there is one."""
    rules = splitter.by_layout, splitter.open_text
    known = next((one for one in before if (one.by_layout, one.open_text) == rules), None)
    if known is None or known.found.cut or len(known.found.misfits) >= MOST_MISFITS or not known.found.pieces:
        return splitter.run()
    return _Resumption(splitter, known).run()


class _Resumption:
    """A pass over a text that was another one before."""

    def __init__(self, splitter: Splitter, known: Pass) -> None:
        """Find where the text differs from that of `known`."""
        old, new = known.text, splitter.text
        head = _same(old, new)
        tail = _same(old[head:][::-1], new[head:][::-1])
        self.splitter = splitter
        self.pieces = known.found.pieces
        self.misfits = known.found.misfits
        self.shift = len(new) - len(old)
        self.tail = len(new) - tail
        self.first = max(sum(one.start < head for one in self.pieces) - 3, 0)
        self.at = {
            one.start + self.shift: number for number, one in enumerate(self.pieces) if one.start >= len(old) - tail
        }
        self.attempts = 0

    def run(self) -> Split:
        """Begin where the texts part, and end where they meet."""
        splitter, first = self.splitter, self.first
        if first:
            start = self.pieces[first].start
            splitter.pieces = list(self.pieces[:first])
            splitter.misfits = [one for one in self.misfits if one.at < start]
            splitter.times = Counter(_base(one.key) for one in splitter.pieces)
            parent = self.pieces[first].parent
            splitter.opener = (
                next((one for one in reversed(splitter.pieces) if one.key == parent), None) if parent else None
            )
            found = splitter.run(start, self.meets)
        else:
            found = splitter.run(None, self.meets)
        if splitter.met is None:
            return found
        rest = self.at[splitter.met]
        pieces = (*found.pieces, *(self._moved(one) for one in self.pieces[rest:]))
        begin = self.pieces[rest].start
        misfits = (*found.misfits, *(self._misfit(one) for one in self.misfits if one.at >= begin))
        if len(pieces) >= MAX_UNITS or len(misfits) >= MOST_MISFITS:
            fresh = Splitter(splitter.text, by_layout=splitter.by_layout, open_text=splitter.open_text)
            return fresh.run()
        return Split(pieces, misfits, 0)

    def meets(self, start: int) -> bool:
        """Whether the unit that starts at `start` was met in the same block before, with the same text from its line on."""
        number = self.at.get(start)
        if number is None or self.attempts >= _ATTEMPTS or self.splitter.text.find("\n", self.tail, start) < 0:
            return False
        opener, parent = self.splitter.opener, self.pieces[number].parent
        by_layout = self.splitter.by_layout and opener is not None  # its indentation counts
        if (opener.key if opener else "") != parent or (by_layout and opener not in self.pieces[: self.first]):
            return False
        self.attempts += 1
        now = Counter(_base(one.key) for one in self.splitter.pieces[self.first :])
        then = Counter(_base(one.key) for one in self.pieces[self.first : number])
        changed = (now - then).keys() | (then - now).keys()
        return not changed or changed.isdisjoint(_base(one.key) for one in self.pieces[number:])

    def _moved(self, one: Piece) -> Piece:
        return Piece(one.key, one.start + self.shift, one.end + self.shift, one.parent) if self.shift else one

    def _misfit(self, one: Misfit) -> Misfit:
        opener = one.opener
        if opener is not None and opener not in self.pieces[: self.first]:
            opener = self._moved(opener)
        return Misfit(one.at + self.shift, opener)


def _base(key: str) -> str:
    """A key without what tells it from others of its name."""
    return key.partition("#")[0]


def _same(one: str, other: str) -> int:
    """With how many characters both texts begin."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
