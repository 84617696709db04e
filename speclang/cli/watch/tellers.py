"""Who tells what happens: as lines, as JSON Lines, or as a view in a window that a person looks at.

In: events, one after the other, and keys. Out: text on the console; what a key asks for.
"""

from enum import Enum, auto
from typing import Protocol

from ...engine.watching.events import Event
from ...source.records import replace
from ..console import Console
from . import clock
from .jsonl import line
from .lines import lines
from .screen import furthest, screen
from .terminal import Terminal
from .view import View


class Choice(Enum):
    """What a key asks for."""

    ABSORB = auto()
    DISCARD = auto()
    QUIT = auto()


class Teller(Protocol):
    """Tells events; some also listen."""

    def tell(self, event: Event) -> None:
        """Tell what has happened."""
        ...

    def rest(self, took: float, *, told: bool) -> None:
        """A round is over that took so many seconds; `told` says whether anything happened in it."""
        ...

    def press(self, key: str) -> Choice | None:
        """A key was pressed."""
        ...

    def resized(self) -> None:
        """The window has another size."""
        ...

    def pause(self) -> None:
        """Stand still until told to go on."""
        ...


class Printed:
    """Each event as it comes, as lines or as JSON Lines; nobody presses keys."""

    def __init__(self, console: Console, *, json: bool) -> None:
        """Tell `console`."""
        self._console = console
        self._json = json

    def tell(self, event: Event) -> None:
        """Print it, at once."""
        for said in (line(event),) if self._json else lines(event):
            self._console.say(said)
        self._console.out.flush()

    def rest(self, took: float, *, told: bool) -> None:
        """Nothing is printed at the end of a round."""

    def press(self, key: str) -> Choice | None:
        """No key asks for anything."""
        del key
        return None

    def resized(self) -> None:
        """Lines that were printed stay as they are."""

    def pause(self) -> None:
        """The system does that by itself."""


class Shown:
    """A view in a window, which is drawn anew whenever something happens."""

    def __init__(self, console: Console, terminal: Terminal, name: str) -> None:
        """Show the project called `name` on `terminal`."""
        self.view = View(name=name)
        self._console = console
        self._terminal = terminal
        self._scroll = 0
        self._help = False
        self.redraw()

    def tell(self, event: Event) -> None:
        """Show it."""
        self.view = self.view.after(event)
        self._scroll = 0
        self.redraw()

    def rest(self, took: float, *, told: bool) -> None:
        """Show when the round ended and how long it took."""
        if told:
            self.view = replace(self.view, at=clock.now(), took=clock.shown(took))
            self.redraw()

    def press(self, key: str) -> Choice | None:
        """Scroll, help, leave; or what is not for us to do."""
        size = self._terminal.size
        page = max(size.rows - 6, 1)
        moves = {"up": -1, "k": -1, "down": 1, "j": 1, "page up": -page, "b": -page, "page down": page, " ": page}
        match key:
            case "q" | "Q":
                return Choice.QUIT
            case "a" if self.view.awaits:
                return Choice.ABSORB
            case "d" if self.view.awaits:
                return Choice.DISCARD
            case "l" if self.view.awaits:
                self.view = replace(self.view, left=True)
            case "?":
                self._help = not self._help
            case "top" | "g":
                self._scroll = 0
            case _:
                most = furthest(self.view, size, self._console)
                self._scroll = max(0, min(self._scroll + moves.get(key, 0), most))
        self.redraw()
        return None

    def redraw(self) -> None:
        """Draw what is there."""
        size = self._terminal.size
        self._terminal.draw(screen(self.view, size, self._console, scroll=self._scroll, help=self._help))

    def resized(self) -> None:
        """Draw everything: the window has another size."""
        self._terminal.forget()
        self.redraw()

    def pause(self) -> None:
        """Give the window back meanwhile."""
        self._terminal.pause()
        self.redraw()
