"""A window of a terminal that is ours for a while: drawn without flicker, read key by key, and given back as it was.

Only the lines that differ are written, between the marks that tell a terminal to show them at once.
Invariant: whatever ends the block, the terminal has its own screen, cursor and line mode again.
"""

import os
import signal
import sys
from collections.abc import Iterator, Sequence
from threading import Thread
from types import TracebackType
from typing import Self

from ..console import Console
from .screen import Size
from .signs import Ended, Key, Paused, Resized, Signs

if sys.platform != "win32":
    import termios
    import tty

_ENTER = "\x1b[?1049h\x1b[?25l\x1b[?7l"
_LEAVE = "\x1b[?7h\x1b[?25h\x1b[?1049l"
_BEGIN, _SHOW, _CLEAR = "\x1b[?2026h", "\x1b[?2026l", "\x1b[2J"
_HUNG_UP = 129

_KEYS = {
    b"\x1b[A": "up",
    b"\x1bOA": "up",
    b"\x1b[B": "down",
    b"\x1bOB": "down",
    b"\x1b[5~": "page up",
    b"\x1b[6~": "page down",
    b"\x1b[H": "top",
    b"\x1b[1~": "top",
}


def keys(read: bytes) -> Iterator[str]:
    """The names of the keys that a terminal sends as `read`; those that have no use here have no name."""
    if read.startswith(b"\x1b"):
        yield from (_KEYS[read],) if read in _KEYS else ()
    else:
        yield from read.decode("utf-8", "replace")


class Terminal:
    """The window of this process; keys, changes of its size and Ctrl-Z go to `signs`."""

    def __init__(self, console: Console, signs: Signs) -> None:
        """The terminal is as it was until the block is entered."""
        self._console = console
        self._signs = signs
        self._input = sys.stdin.fileno()
        self._shown: tuple[str, ...] | None = None

    @property
    def size(self) -> Size:
        """The size of the window now."""
        found = os.get_terminal_size(self._console.out.fileno())
        return Size(found.columns, found.lines)

    def draw(self, lines: Sequence[str]) -> None:
        """Show `lines`, from the top; what stands there already is not written again."""
        shown = self._shown or ()
        changed = [
            f"\x1b[{row};1H{line}\x1b[0m\x1b[K"
            for row, line in enumerate(lines, 1)
            if row > len(shown) or shown[row - 1] != line
        ]
        clear = _CLEAR if self._shown is None else ""
        if len(lines) < len(shown):
            changed.append(f"\x1b[{len(lines) + 1};1H\x1b[J")
        if clear or changed:
            self._write(f"{_BEGIN}{clear}{''.join(changed)}{_SHOW}")
        self._shown = tuple(lines)

    def forget(self) -> None:
        """Take it that nothing of what was drawn is there any more."""
        self._shown = None

    def _write(self, text: str) -> None:
        self._console.raw(text)
        self._console.out.flush()

    if sys.platform != "win32":

        def __enter__(self) -> Self:
            """Take the window."""
            self._mode = termios.tcgetattr(self._input)
            self._take()
            signal.signal(signal.SIGWINCH, lambda *_: self._signs.put(Resized()))
            signal.signal(signal.SIGTSTP, lambda *_: self._signs.put(Paused()))
            Thread(target=self._read, daemon=True).start()
            return self

        def __exit__(
            self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
        ) -> None:
            """Give the window back."""
            signal.signal(signal.SIGWINCH, signal.SIG_DFL)
            signal.signal(signal.SIGTSTP, signal.SIG_DFL)
            self._give()

        def pause(self) -> None:
            """Give the window back and stand still, as any program does at Ctrl-Z; take it again when told to go on."""
            kept = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
            self._give()
            os.kill(os.getpid(), signal.SIGTSTP)
            signal.signal(signal.SIGTSTP, kept)
            self._take()

        def _take(self) -> None:
            tty.setcbreak(self._input)
            self._write(_ENTER)
            self.forget()

        def _give(self) -> None:
            self._write(_LEAVE)
            termios.tcsetattr(self._input, termios.TCSADRAIN, self._mode)

        def _read(self) -> None:
            while True:
                try:
                    read = os.read(self._input, 64)
                except OSError:
                    read = b""
                if not read:
                    self._signs.put(Ended(_HUNG_UP))
                    return
                for name in keys(read):
                    self._signs.put(Key(name))
