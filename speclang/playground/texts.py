"""The texts of a page: read, changed, coloured, formatted, saved.

In: a room and what the page says. Out: plain data. Invariant: a text is changed in memory only; `save` is the one that writes.
"""

from http import HTTPStatus

from ..engine.queries.colours import Colours
from ..source.differing import differing
from ..source.hashing import Json
from ..syntax.format import format_source
from . import panes
from .asked import Asked, Refused
from .columns import Columns
from .room import Room, of_files
from .saving import moved_on, opened, save


def spec(room: Room, name: str) -> tuple[str, Columns]:
    """The text of a spec and its characters. Raises `Refused` where there is no such spec."""
    source, columns = room.source(name), room.columns(name)
    if source is None or columns is None:
        raise Refused(HTTPStatus.NOT_FOUND, f"there is no spec `{name}`")
    return source.text, columns


def file(room: Room, asked: Asked) -> Json:
    """The text of a spec; with `afresh`, as the disk has it, whatever the page has made of it."""
    name = asked.word("file")
    with room.alone():
        if asked.flag("afresh"):
            room.session.release(name)
            room.doubt()
            room.moved()
        source, _ = spec(room, name)
        if asked.flag("afresh") or name not in room.sources:
            opened(room, name)
        return {"text": source, "version": room.version}


def edit(room: Room, asked: Asked) -> Json:
    """A text has changed: what it tells at once."""
    name = asked.word("file")
    with room.at(asked.number("version")):
        text, columns = spec(room, name)
        for start, end, said in reversed(asked.changes("changes")):
            text = text[: columns.points(start)] + said + text[columns.points(end) :]
        return _held(room, name, text, asked)


def hold(room: Room, asked: Asked) -> Json:
    """A text is told as a whole, whatever was told before."""
    name = asked.word("file")
    with room.alone():
        spec(room, name)
        return _held(room, name, asked.word("text"), asked)


def _held(room: Room, name: str, text: str, asked: Asked) -> Json:
    room.hold(name, text, fresh=asked.flag("fresh"))
    found = [one for one in room.showing.read(name) if not of_files(one)]
    return {
        "version": room.version,
        "findings": panes.findings(room.lookup, found, room.columns, None),
        "words": _coloured(room, name, asked),
    }


def words(room: Room, asked: Asked) -> Json:
    """The colours of what is to be seen of a text."""
    with room.at(asked.number("version")):
        return {"words": _coloured(room, asked.word("file"), asked)}


def _coloured(room: Room, name: str, asked: Asked) -> Json:
    _, columns = spec(room, name)
    first, last = columns.points(asked.number("from", 0)), columns.points(asked.number("to", 0))
    rows: list[Json] = []
    for start, end, sort in Colours(room.lookup).words(name, first, last):
        rows += [columns.units(start), columns.units(end), sort]
    return rows


def formatted(room: Room, asked: Asked) -> Json:
    """The changes that bring a text into style."""
    with room.at(asked.number("version")):
        name = asked.word("file")
        _, columns = spec(room, name)
        source = room.source(name)
        made = format_source(source).value if source is not None else ""
        edits = differing(source.text, made) if source is not None else ()
        return {"changes": [[columns.units(start), columns.units(end), text] for start, end, text in edits]}


def saved(room: Room, asked: Asked) -> Json:
    """A text is written to its file."""
    with room.at(asked.number("version")):
        save(room, asked.word("file"))
        return {"saved": asked.word("file")}


def keep(room: Room, asked: Asked) -> Json:
    """The page's text is to stand, whatever the disk has by now."""
    with room.alone():
        spec(room, asked.word("file"))
        opened(room, asked.word("file"))
        return {}


def refresh(room: Room, asked: Asked) -> Json:
    """Somebody comes back to the page: something may have changed on the disk meanwhile."""
    del asked
    with room.alone():
        room.doubt()
        return {"disk": [one for one in room.sources if moved_on(room, one)] if room.saves else []}
