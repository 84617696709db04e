"""The terminal: colour where a person looks, plain text where a program reads; the only print.

Results go to standard output, and talk about the work (progress, what to do next) to standard error, so that a machine
format is never mixed with prose.
"""

import os
import sys
from collections.abc import Sequence
from typing import TextIO

from ..source.records import dataclass

_STYLES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "blue": "34", "cyan": "36"}
_NARROWEST, _UNKNOWN, _WIDEST = 40, 100, 120
"""Columns: fewer or more are not used; where nobody knows how many there are, so many."""
_MOST = 12
"""A list of more lines than this is cut."""


@dataclass(frozen=True, slots=True)
class Console:
    """Where output goes and how it may look; `width` is in columns."""

    out: TextIO
    err: TextIO
    colour: bool
    width: int

    @staticmethod
    def of_process() -> "Console":
        """The console of this process: colour on a terminal, unless `NO_COLOR` or a dumb terminal says otherwise."""
        out = sys.stdout
        wanted = os.environ.get("FORCE_COLOR", "") not in ("", "0")
        terminal = out.isatty() and os.environ.get("TERM") != "dumb"
        colour = (wanted or terminal) and not os.environ.get("NO_COLOR")
        width = _wished() or (os.get_terminal_size(out.fileno()).columns if out.isatty() else 0) or _UNKNOWN
        return Console(out, sys.stderr, colour, max(_NARROWEST, min(width, _WIDEST)))

    @property
    def is_screen(self) -> bool:
        """Whether somebody looks at a terminal and has a keyboard, so that a view can be drawn and keys be read."""
        dumb = os.environ.get("TERM", "") in ("", "dumb")
        return sys.platform != "win32" and self.out.isatty() and sys.stdin.isatty() and not dumb

    def say(self, text: str = "") -> None:
        """Print a result, as a line."""
        self.out.write(text + "\n")

    def some(self, lines: Sequence[str]) -> None:
        """Print results, a line each; of a long list the first, and how many more there are."""
        for line in lines[:_MOST]:
            self.say(line)
        if len(lines) > _MOST:
            self.say(f"… and {len(lines) - _MOST:,} more")

    def diff(self, text: str, indent: str = "") -> None:
        """Print a unified diff: what goes in red, what comes in green."""
        from ..diagnostics.width import safe

        for line in text.split("\n"):
            style = {"-": "red", "+": "green", "@": "cyan"}.get(line[:1])
            self.say(indent + (self.paint(safe(line), style) if style else safe(line)))

    def raw(self, text: str) -> None:
        """Print a result exactly as it is; into a file or a pipe as UTF-8, which specs and formats are in, whatever the terminal speaks."""
        buffer = None if self.out.isatty() else getattr(self.out, "buffer", None)
        if buffer is None:
            self.out.write(text)
            return
        self.out.flush()
        buffer.write(text.encode("utf-8", "backslashreplace"))

    def data(self, value: object) -> None:
        """Print a result as JSON."""
        import json

        self.raw(json.dumps(value, ensure_ascii=False, indent=1) + "\n")

    @property
    def asks(self) -> bool:
        """Whether somebody sits at a terminal, to be asked."""
        return self.out.isatty() and sys.stdin.isatty()

    def ask(self, question: str) -> str | None:
        """The line that somebody answers; None where there will be none."""
        self.out.write(question)
        self.out.flush()
        answer = sys.stdin.readline()
        if not answer:
            self.say()
            return None
        return answer

    def tell(self, text: str) -> None:
        """Print a remark about the work, as a line on standard error."""
        self.err.write(text + "\n")

    def paint(self, text: str, *styles: str) -> str:
        """`text` in `styles` (`bold`, `dim`, `red`, …) where there is colour."""
        if not self.colour or not styles:
            return text
        return f"\x1b[{';'.join(_STYLES[style] for style in styles)}m{text}\x1b[0m"


def _wished() -> int:
    """The width that `COLUMNS` asks for; 0 where it says nothing."""
    said = os.environ.get("COLUMNS", "")
    return int(said) if said.isascii() and said.isdigit() else 0
