"""Finds the parts of an artifact in a file that somebody may have edited.

In: the texts of the parts as a build makes them, and the text of the file. Out: which characters of the file are each part,
and which belong to none. Parts are found by content, never by position: a first line that occurs once on both sides is an
anchor (the patience idea of Bram Cohen), what lies between two anchors is compared as it stands, and the rest by likeness.

Invariant: the segments of a match do not overlap, and with the strays they cover the whole file.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from ..source.records import dataclass

LIKE = 0.5
"""From this ratio on (difflib's, 0 to 1) two texts are taken for one text that was edited."""

_REACH = 16
"""How many lines ahead an edited part is looked for: bounds the work where a whole region was rewritten."""

_TELLING = re.compile(r"\w[\w-]{2,}")
"""Words that may tell what a text is about: not the shortest ones."""

_LIKENESS_LIMIT = 40_000
"""Longest text, in characters, that is compared for likeness; longer ones are compared by their first and last part."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Characters `start` to `end` of the file."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Match:
    """`segments[i]` is where part `i` stands in the file, None if it is gone; `strays` belong to no part."""

    segments: tuple[Segment | None, ...]
    strays: tuple[Segment, ...]


def match(parts: Sequence[str], text: str) -> Match:
    """Find `parts`, which a build would join without gaps, in `text`.

    Takes time linear in the length of both, but for regions in which many neighbouring parts were edited.
    """
    found: list[Segment | None] = [None] * len(parts)
    strays: list[Segment] = []
    anchors = _anchors(parts, text)
    borders = [(0, 0), *[(part, at) for part, at in anchors if (part, at) != (0, 0)], (len(parts), len(text))]
    anchored = {part for part, _ in anchors}
    firsts = Counter(_first(part) for part in parts)
    for (first, start), (after, end) in pairwise(borders):
        _between(parts, text, range(first, after), Segment(start, end), anchored, firsts, found, strays)
    _part_joined(parts, text, found)
    return Match(tuple(found), tuple(strays))


def _part_joined(parts: Sequence[str], text: str, found: list[Segment | None]) -> None:
    """Give a part that is gone the end of the one before or the start of the one after, where somebody has joined the two."""
    for index, part in enumerate(parts):
        wanted = part.strip()
        if found[index] is not None or not wanted:
            continue
        before, after = found[index - 1] if index else None, found[index + 1] if index + 1 < len(parts) else None
        forms = [one for one in (wanted, wanted.lstrip("-*+> ")) if one and before and one not in parts[index - 1]]
        places = [text.find(one, before.start + 1, before.end) for one in forms if before]
        at = next((one for one in places if one > 0), 0)
        if before and at:
            found[index - 1], found[index] = Segment(before.start, at), Segment(at, before.end)
        elif after and text.startswith(wanted, after.start) and not parts[index + 1].startswith(wanted):
            rest = text[after.start + len(wanted) : after.end].lstrip()
            if rest:
                at = after.end - len(rest)
                found[index], found[index + 1] = Segment(after.start, at), Segment(at, after.end)


def _anchors(parts: Sequence[str], text: str) -> list[tuple[int, int]]:
    """Pairs of part and offset whose first line occurs once on both sides, rising in both."""
    firsts = [part.split("\n", 1)[0] for part in parts]
    ours = Counter(firsts)
    theirs: dict[str, int] = {}
    repeated: set[str] = set()
    at = 0
    for line in text.split("\n"):
        if line in theirs:
            repeated.add(line)
        theirs[line] = at
        at += len(line) + 1
    pairs = [
        (index, theirs[first])
        for index, first in enumerate(firsts)
        if first and ours[first] == 1 and first in theirs and first not in repeated
    ]
    return _rising(pairs)


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of `pairs` whose second members rise (Fredman 1975); the first members rise already."""
    tails: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for index, (_, at) in enumerate(pairs):
        place = bisect_left(tails, at)
        before.append(last[place - 1] if place else -1)
        if place == len(tails):
            tails.append(at)
            last.append(index)
        else:
            tails[place] = at
            last[place] = index
    chain: list[tuple[int, int]] = []
    index = last[-1] if last else -1
    while index != -1:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]


def _between(
    parts: Sequence[str],
    text: str,
    region: range,
    block: Segment,
    anchored: set[int],
    firsts: Mapping[str, int],
    found: list[Segment | None],
    strays: list[Segment],
) -> None:
    """Give the characters of `block` to the parts of `region`; what is left over is stray."""
    low, high = region.start, region.stop
    start, end = block.start, block.end
    while low < high and text.startswith(parts[low], start, end) and not _goes_on(parts, text, low, start, end):
        found[low] = Segment(start, start + len(parts[low]))
        start += len(parts[low])
        low += 1
    while (
        low < high
        and end - len(parts[high - 1]) >= start
        and (
            _within_line(parts, high - 1) or end == len(parts[high - 1]) or text[end - len(parts[high - 1]) - 1] == "\n"
        )
        and text.startswith(parts[high - 1], end - len(parts[high - 1]), end)
    ):
        end -= len(parts[high - 1])
        high -= 1
        found[high] = Segment(end, end + len(parts[high]))
    if start == end and low == high:
        return
    if high - low == 1 and low in anchored:
        until = _another(parts[low], text, start, end, firsts)
        found[low] = Segment(start, until)
        strays.extend(_chunks(text, Segment(until, end), firsts) if until < end else ())
        return
    _by_likeness(parts, text, range(low, high), Segment(start, end), firsts, found, strays)


def _another(part: str, text: str, start: int, end: int, firsts: Mapping[str, int]) -> int:
    """Where in the block, which begins with `part`, something else begins; `end` if nothing does.

    That is a line with which another part begins, or any line that is not indented after a part of a single line: what was added
    below a heading is told as that, whatever became of the part that follows.
    """
    own = {line.strip() for line in part.split("\n")}
    single = len(own - {""}) == 1
    at = start
    for line in _kept_lines(text[start:end]):
        said = line.strip()
        if at > start and said not in own and (firsts.get(said) == 1 or (single and line[0] not in " \t")):
            return at
        at += len(line)
    return end


def _within_line(parts: Sequence[str], index: int) -> bool:
    """Whether a build puts part `index` on the line on which the one before it ends."""
    return index > 0 and not parts[index - 1].endswith("\n")


def _goes_on(parts: Sequence[str], text: str, index: int, start: int, end: int) -> bool:
    """Whether part `index`, which stands whole at `start`, is followed by indented lines that are no part of a build."""
    after = start + len(parts[index])
    if after >= end or text[after] not in " \t":
        return False
    if index + 1 < len(parts) and _first(parts[index + 1]) == _first(text[after:end].lstrip("\n")):
        return False
    return index + 1 == len(parts) or not parts[index + 1].startswith(text[after])


def _by_likeness(
    parts: Sequence[str],
    text: str,
    region: range,
    block: Segment,
    firsts: Mapping[str, int],
    found: list[Segment | None],
    strays: list[Segment],
) -> None:
    """Pair edited parts with the lines that are most like them, in order; blank lines follow what stands before them."""
    chunks = _chunks(text, block, firsts)
    heads = [_first(text[one.start : one.end]) for one in chunks]
    taken = 0
    for index in region:
        wanted = parts[index]
        lines = len(_chunks(wanted, Segment(0, len(wanted))))
        like, place, until = 0.0, taken, taken
        for first in range(taken, min(taken + _REACH, len(chunks))):
            if heads[first] != _first(wanted) and firsts.get(heads[first]) == 1:
                continue  # it begins as another part does
            for after in range(first + max(1, lines - 1), min(first + lines + 1, len(chunks)) + 1):
                ratio = likeness(wanted, text[chunks[first].start : chunks[after - 1].end])
                if ratio > like:
                    like, place, until = ratio, first, after
        if like < LIKE:
            continue
        strays.extend(chunks[taken:place])
        found[index] = Segment(chunks[place].start, chunks[until - 1].end)
        taken = until
    strays.extend(chunks[taken:])


def _first(part: str) -> str:
    """The first line of a part, wherever it is indented to."""
    return part.split("\n", 1)[0].strip()


def _chunks(text: str, block: Segment, firsts: Collection[str] = ()) -> list[Segment]:
    """The lines of `block`, each with the blank or indented lines that follow it, unless one of `firsts` begins there."""
    chunks: list[Segment] = []
    at = block.start
    for line in _kept_lines(text[block.start : block.end]):
        follows = not line.strip() or (line[0] in " \t" and line.strip() not in firsts)
        if chunks and follows:
            chunks[-1] = Segment(chunks[-1].start, at + len(line))
        else:
            chunks.append(Segment(at, at + len(line)))
        at += len(line)
    return chunks


def _kept_lines(text: str) -> list[str]:
    """The lines of `text` with their ends; only a newline ends a line, as everywhere else."""
    lines = [f"{line}\n" for line in text.split("\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]


def likeness(a: str, b: str) -> float:
    """How like two texts are, 0 to 1, by their words (difflib's ratio over words and the marks between them)."""
    if a == b:
        return 1.0
    return SequenceMatcher(None, _words(a), _words(b), autojunk=False).ratio()


class Vocabulary:
    """What each of many keys says in words, to find out which of them a text is about."""

    __slots__ = ("_known", "_said")

    def __init__(self, candidates: Iterable[tuple[str, str]]) -> None:
        """Gather the words of all candidates (key, text)."""
        self._said: dict[str, set[str]] = {}
        for key, text in candidates:
            self._said.setdefault(key, {key.casefold()}).update(_meaning(text))
        self._known = Counter(word for words in self._said.values() for word in words)

    def nearest(self, text: str) -> str:
        """The key that shares the rarest words with `text`; "" if none shares more than what most of them say."""
        few = max(len(self._said), 2) / 2
        weights = {word: 1 / self._known[word] for word in set(_meaning(text)) if 0 < self._known[word] <= few}
        best, most = "", 0.0
        for key, words in self._said.items():
            shared = sum(sorted(weight for word, weight in weights.items() if word in words))
            if shared > most:
                best, most = key, shared
        return best


def _meaning(text: str) -> list[str]:
    return [word.casefold() for word in _TELLING.findall(text)]


def _words(text: str) -> list[str]:
    if len(text) > _LIKENESS_LIMIT:
        text = text[: _LIKENESS_LIMIT // 2] + text[-_LIKENESS_LIMIT // 2 :]
    return text.split()
