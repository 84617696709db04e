"""What a page can open: the project that the server was started for, and the examples that ship.

In: a folder of our own for the examples. Out: rooms.
Invariant: an example is laid out in that folder, once, and is never changed there; a page has a room of its own, and the pages that
have gone longest without a question make room for new ones.
"""

import json
from collections import OrderedDict
from functools import cache
from pathlib import Path
from secrets import token_urlsafe
from threading import Lock

from ..project.disk import write_all
from ..project.paths import SETTINGS
from ..source.hashing import Json
from ..source.records import dataclass
from .room import Room

MOST = 8
"""So many pages are kept open."""

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Example:
    """A project that ships: its specs by their paths, the first of which is shown first."""

    name: str
    title: str
    about: str
    files: tuple[tuple[str, str], ...]


@cache
def examples() -> tuple[Example, ...]:
    """The examples that ship, in the order in which they are offered."""
    held = json.loads((_HERE / "examples.json").read_text(encoding="utf-8"))
    return tuple(
        Example(one["name"], one["title"], one["about"], tuple((name, text) for name, text in one["files"]))
        for one in held
    )


@dataclass(frozen=True, slots=True)
class Own:
    """The project that the server was started for, and the spec that is shown first ("": whichever is the first)."""

    root: Path
    spec: str = ""


class Shelf:
    """Opens rooms, and finds them again."""

    def __init__(self, own: Own | None, folder: Path) -> None:
        """Offer `own` and the examples; `folder` is there and empty."""
        self.own = own
        self._folder = folder
        self._rooms: OrderedDict[str, Room] = OrderedDict()
        self._lock = Lock()

    def open(self, example: str) -> tuple[str, Room, str] | None:
        """A new room with the own project (or, where there is none, the first example), or with the example of that name.

        Its name, the room, and the spec that is shown first. None if there is no such example. Raises `OSError`.
        """
        if not example and self.own is not None:
            room = Room(self.own.root, name=self.own.root.name, saves=True)
            first = self.own.spec
        else:
            chosen = next((one for one in examples() if example in ("", one.name)), None)
            if chosen is None:
                return None
            room = Room(self._laid_out(chosen), name=chosen.title, saves=False)
            first = chosen.files[0][0]
        specs = room.session.specs()
        page = token_urlsafe(9)
        with self._lock:
            self._rooms[page] = room
            while len(self._rooms) > MOST:
                self._rooms.popitem(last=False)
        return page, room, first if first in specs else next(iter(specs), "")

    def room(self, page: str) -> Room | None:
        """The room that was opened as `page`, if it is still open."""
        with self._lock:
            found = self._rooms.get(page)
            if found is not None:
                self._rooms.move_to_end(page)
            return found

    def offered(self) -> dict[str, Json]:
        """What can be opened, for a page to choose from."""
        own: Json = {"name": self.own.root.name} if self.own is not None else None
        return {
            "own": own,
            "examples": [{"name": one.name, "title": one.title, "about": one.about} for one in examples()],
        }

    def _laid_out(self, example: Example) -> Path:
        root = self._folder / example.name
        with self._lock:
            root.mkdir(exist_ok=True)
            files = {name: text.encode() for name, text in example.files}
            write_all(root, {SETTINGS: b'specs = "specs"\ngenerated = "generated"\n', **files})
        return root
