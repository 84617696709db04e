"""A text of the spec as sentences of words, with what is not the author's own speech blanked out.

In: plain text. Out: its sentences, and phrases found in them. Code, quotations, tags and links keep their length and lose their
letters, so that each word keeps its place. Invariant: linear time, whatever the text is.
"""

import re
from collections.abc import Iterator, Mapping

from ...source.records import dataclass

_FOREIGN = re.compile(
    r"```.*?(?:```|\Z)|~~~.*?(?:~~~|\Z)"
    r"|`[^`\n]*`|\"[^\"\n]*\"|“[^”\n]*”|«[^»\n]*»"
    r"|\{\{[^{}\n]*\}\}|\{%[^{}\n]*%\}|<[^<>\n]*>"
    r"|https?://\S+"
    r"|(?<![^\s(])[\w.~-]*/[\w./~-]*\.\w+"
    r"|\b\w+_\w+\b",
    re.DOTALL,
)
"""Fenced and inline code, quotations, what a template fills in, tags, links, paths and names of code."""
_BLANK = "\ufffc"
_KEPT = re.compile(r"[^\n]")
_END = re.compile(
    r"(?<!\be\.g)(?<!\bi\.e)(?<!\bvs)(?<!\bcf)(?<!\betc)(?<![.!?])[.!?]++(?=[\s\"'”’)\]*_]|\Z)"
    r"|\betc\.(?=\s+[A-Z]|\s*\Z)"
    r"|\n[ \t]*\n\s*"
    r"|\n(?=[ \t]*(?:[-*•+]|\d{1,3}[.)]|\#{1,6}|\|)[ \t])"
)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d[\d.,:]*")
_SIGN = re.compile(rf"[^\s'’\"“”*_`{_BLANK}-]")
"""What parts two clauses: a comma, a colon, a bracket, a dash with spaces around it."""
_LONGEST = 200
"""A sentence of more words is read in pieces: it is data."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a text stands: `whole` unless it goes on from words of the compiler's, `measured` if code judges what it asks for.

    `known` are the acronyms that its feature explains somewhere.
    """

    whole: bool = True
    measured: bool = False
    known: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Sentence:
    """`words` in small letters with a straight apostrophe, and the range of `text` that each stands at.

    `end` is where its last sign ends. `first` says that it is the first of a text that reads by itself.
    """

    text: str
    words: tuple[str, ...]
    ranges: tuple[tuple[int, int], ...]
    end: int
    first: bool
    setting: "Setting"

    def word(self, at: int) -> str:
        """The word at `at`; nothing beyond the ends."""
        return self.words[at] if 0 <= at < len(self.words) else ""

    def written(self, first: int, last: int) -> str:
        """What stands from the word `first` to the word `last`."""
        return self.text[self.ranges[first][0] : self.ranges[last][1]]

    def gap(self, at: int) -> str:
        """What stands between the word `at` and the next, or the end of the sentence."""
        after = self.ranges[at + 1][0] if at + 1 < len(self.ranges) else self.end
        return self.text[self.ranges[at][1] : after]

    def joined(self, first: int, last: int) -> bool:
        """Whether no sign parts the words from `first` to `last`."""
        return not any(_SIGN.search(self.gap(at)) for at in range(first, last))

    def clause(self, at: int) -> tuple[int, int]:
        """The first and the last word of the clause that the word at `at` stands in."""
        first = last = at
        while first and self.joined(first - 1, first):
            first -= 1
        while last + 1 < len(self.words) and self.joined(last, last + 1):
            last += 1
        return first, last


class Phrases:
    """Words and phrases to look for, told apart by commas: `if possible, as far as possible`."""

    def __init__(self, *listed: str) -> None:
        """Index the phrases of all lists by their first words."""
        found: dict[str, list[tuple[str, ...]]] = {}
        for phrase in ",".join(listed).split(","):
            lead, *rest = phrase.split()
            found.setdefault(lead, []).append(tuple(rest))
        self._rests: Mapping[str, tuple[tuple[str, ...], ...]] = {
            lead: tuple(sorted(rests, key=len, reverse=True)) for lead, rests in found.items()
        }
        self.leads = frozenset(found)

    def at(self, sentence: Sentence, at: int) -> int:
        """How many words the longest phrase has that begins with the word at `at`; 0 if none does."""
        for rest in self._rests.get(sentence.word(at), ()):
            last = at + len(rest)
            if sentence.words[at + 1 : last + 1] == rest and sentence.joined(at, last):
                return len(rest) + 1
        return 0

    def within(self, sentence: Sentence, first: int, last: int) -> bool:
        """Whether one of the phrases begins between the words `first` and `last`."""
        return any(sentence.words[at] in self.leads and self.at(sentence, at) for at in range(first, last + 1))


def sentences(text: str, setting: Setting) -> Iterator[Sentence]:
    """The sentences of `text` that hold a word."""
    speech = _FOREIGN.sub(lambda found: _KEPT.sub(_BLANK, found[0]), text)
    start, first = 0, setting.whole
    for end in (*(found.end() for found in _END.finditer(speech)), len(speech)):
        found = [one.span() for one in _WORD.finditer(speech, start, end)]
        for at in range(0, len(found), _LONGEST):
            ranges = tuple(found[at : at + _LONGEST])
            words = tuple(speech[a:b].lower().replace("’", "'") for a, b in ranges)
            stop = end if at + _LONGEST >= len(found) else ranges[-1][1]
            yield Sentence(speech, words, ranges, stop, first, setting)
            first = False
        start = end
