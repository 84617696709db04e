"""The page of each code: what it means, an example that fails with its message, the example repaired.

In: a code. Out: the page. Invariant: standard library only, and one small file read: `specc explain` answers at once.
"""

import re
from pathlib import Path
from typing import NamedTuple

_FOLDER = Path(__file__).parent / "pages"
_FRONT = re.compile(r"# (\S+): (.+)")
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Page(NamedTuple):
    """A page in its sections; `sections` pairs each heading with the text below it."""

    code: str
    title: str
    sections: tuple[tuple[str, str], ...]

    def block(self, section: str, language: str) -> str | None:
        """The first fenced block of `language` in `section`, without its fences."""
        text = dict(self.sections).get(section, "")
        return next((body for kind, body in _BLOCK.findall(text) if kind == language), None)


def find(code: str) -> str | None:
    """The text of the page of `code`, or None."""
    if not re.fullmatch(r"[A-Za-z0-9_/-]+", code):
        return None
    wanted = code.replace("/", "-") if "/" in code else f"{code.upper()}-"
    for path in sorted(_FOLDER.glob("*.md")):
        if path.stem == wanted or ("/" not in code and path.stem.startswith(wanted)):
            return path.read_text(encoding="utf-8")
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
    pieces = re.split(r"(?m)^## (.+)\n", text)
    sections = tuple((heading, body.strip("\n")) for heading, body in zip(pieces[1::2], pieces[2::2], strict=True))
    return Page(front[1], front[2], sections)
