"""What can reach a watch from outside: a touched file, a key, another size of the window, the wish that it pauses or ends."""

from queue import SimpleQueue
from typing import NamedTuple


class Touched(NamedTuple):
    """Something happened at these absolute paths."""

    paths: frozenset[str]


class Key(NamedTuple):
    """A key was pressed: a letter, or the name of one that is none (`up`, `page down`)."""

    name: str


class Resized(NamedTuple):
    """The window has another size."""


class Paused(NamedTuple):
    """The process is to stand still until it is told to go on (Ctrl-Z)."""


class Ended(NamedTuple):
    """The process is to end with this exit code."""

    code: int


Sign = Touched | Key | Resized | Paused | Ended
Signs = SimpleQueue[Sign]
