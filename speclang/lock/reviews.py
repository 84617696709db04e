"""What people have read: texts written by hand, and the meaning against which each was last read, one sorted line for each.

In: the text of the record, or its entries. Out: entries, or its text. A line stands by itself, so that two branches are merged by
keeping the lines of both.
Invariant: `read(write(entries)) == entries`; reading never raises, and names the line of everything it does not know.
"""

from collections.abc import Iterable
from typing import NamedTuple

from .lockfile import Problem, complaint, quoted, words_of

FORMAT = 1
HEADER = f"""\
# specc.reviewed {FORMAT}: what was written by hand, and the meaning against which somebody last read it. `specc build` notes what is new,
# `specc review` what was read again; commit it. Where git can't join two versions, keep the lines of both.
"""


class Review(NamedTuple):
    """A text by hand (whose, what it is there, the digest of its words) and the meaning that whoever wrote or read it had in view.

    `said` is that meaning in sentences, a line for each, and `because` why the text stands, if somebody said so.
    """

    feature: str
    about: str
    name: str
    text: str
    meaning: str
    said: str
    because: str = ""


def write(entries: Iterable[Review]) -> str:
    """The text of the record; "" where there is nothing to record."""
    lines = sorted({_line(one) for one in entries})
    return HEADER + "".join(f"{line}\n" for line in lines) if lines else ""


def read(text: str) -> tuple[tuple[Review, ...], tuple[Problem, ...]]:
    """The entries that `text` says, and the lines that say none. Lines that are empty or start with `#` say nothing."""
    found: list[Review] = []
    problems: list[Problem] = []
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        if not line.strip() or line.startswith("# "):
            continue
        words = words_of(line)
        if len(words) in (6, 7):
            found.append(Review(*words))
        else:
            problems.append(Problem(number, complaint(line)))
    return tuple(found), tuple(problems)


def _line(one: Review) -> str:
    return " ".join(map(quoted, one if one.because else one[:6]))
