"""The page of each code: what it means, an example that fails with its message, the example repaired.

In: a code. Out: the page. Invariant: standard library only, and one small file read: `specc explain` answers at once.
"""

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

_FOLDER = Path(__file__).parent / "pages"
_FRONT = re.compile(r"# (\S+): (.+)")
_BLOCK = re.compile(r"^(`{3,})(?P<language>\w*)\n(?P<body>.*?)^\1$|^## (?P<heading>[^\n]+)\n", re.MULTILINE | re.DOTALL)
"""A fenced block or a heading: what looks like a heading inside a block is none."""


class Page(NamedTuple):
    """A page in its sections; `sections` pairs each heading with the text below it."""

    code: str
    title: str
    sections: tuple[tuple[str, str], ...]

    def block(self, section: str, language: str) -> str | None:
        """The first fenced block of `language` in `section`, without its fences."""
        text = dict(self.sections).get(section, "")
        return next((block["body"] for block in _BLOCK.finditer(text) if block["language"] == language), None)


def find(code: str) -> str | None:
    """The text of the page of `code`, or None."""
    found = path(code)
    return found.read_text(encoding="utf-8") if found is not None else None


@cache
def path(code: str) -> Path | None:
    """The file of the page of `code`, or None."""
    if not re.fullmatch(r"[A-Za-z0-9_/-]+", code):
        return None
    wanted = code.replace("/", "-") if "/" in code else f"{code.upper()}-"
    for one in sorted(_FOLDER.glob("*.md")):
        if one.stem == wanted or ("/" not in code and one.stem.startswith(wanted)):
            return one
    return None


def codes() -> frozenset[str]:
    """Every numbered code that has a page."""
    return frozenset(path.name[:5] for path in _FOLDER.glob("E[0-9]*.md"))


def listing() -> tuple[tuple[str, str], ...]:
    """Every code that has a page, with its title, sorted."""
    found: list[tuple[str, str]] = []
    for path in sorted(_FOLDER.glob("*.md")):
        with path.open(encoding="utf-8") as file:
            front = _FRONT.match(file.readline())
        if front is not None:
            found.append((front[1], front[2]))
    return tuple(found)


def parse(text: str) -> Page | None:
    """The page that `text` is; None if its front line is not that of a page."""
    front = _FRONT.match(text)
    if front is None:
        return None
    headings = [found for found in _BLOCK.finditer(text) if found["heading"]]
    ends = [*(found.start() for found in headings[1:]), len(text)]
    sections = tuple(
        (found["heading"], text[found.end() : end].strip("\n")) for found, end in zip(headings, ends, strict=True)
    )
    return Page(front[1], front[2], sections)
