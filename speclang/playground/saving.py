"""Where a page's text goes to the disk, when it is told to and at no other time.

In: a room and the name of a spec. Out: the file, as a whole or not at all.
Invariant: what somebody else has written since the page read the file is never overwritten without a word of its reader; line ends
and byte order mark are those that the file had.
"""

from http import HTTPStatus

from ..project.disk import Busy, Changed, write_all
from ..project.paths import Outside
from ..source.hashing import digest
from .asked import Refused
from .room import Room

_MARK = "\ufeff"


def opened(room: Room, name: str) -> None:
    """Remember what the disk has of a file whose text is handed to the page."""
    room.sources[name] = _hash(room, name)


def moved_on(room: Room, name: str) -> bool:
    """Whether the file holds something else than when its text was handed to the page."""
    return name in room.sources and _hash(room, name) != room.sources[name]


def save(room: Room, name: str) -> None:
    """Write the page's text of a spec. Raises `Refused` with the reason why it was not written."""
    if not room.saves:
        raise Refused(HTTPStatus.CONFLICT, "an example stays as it is; `Download` keeps your text")
    source = room.source(name)
    if source is None or name not in room.sources:
        raise Refused(HTTPStatus.NOT_FOUND, f"there is no spec `{name}` open")
    data = _as_it_was(room.session.saved(name) or "", source.text).encode()
    try:
        write_all(room.session.root, {name: data}, {name: room.sources[name]})
    except Changed:
        raise Refused(HTTPStatus.CONFLICT, f"`{name}` has changed on the disk since it was opened here") from None
    except Busy:
        raise Refused(HTTPStatus.CONFLICT, "another command is writing in this project; try again") from None
    except (Outside, OSError) as problem:
        why = getattr(problem, "strerror", None) or "it can't be written"
        raise Refused(HTTPStatus.CONFLICT, f"`{name}` was not saved: {why}") from None
    room.sources[name] = digest(data)
    room.doubt()


def _as_it_was(before: str, text: str) -> str:
    """`text` with the line ends and the byte order mark that the file has."""
    if "\r\n" in before and before.count("\r\n") == before.count("\n"):
        text = text.replace("\n", "\r\n")
    return _MARK + text if before.startswith(_MARK) else text


def _hash(room: Room, name: str) -> str:
    text = room.session.saved(name)
    return "" if text is None else digest(text.encode("utf-8", "surrogateescape"))
