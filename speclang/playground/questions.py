"""What a page asks about a place: what stands there, what may, where it is declared, and where the spec says what the prompt says.

In: a room and a place, in the browser's units. Out: plain data, or None where there is nothing to say.
"""

from ..diagnostics import pages
from ..engine.queries import hover
from ..engine.queries.completion import completion
from ..engine.queries.definition import definition
from ..source.hashing import Json
from ..source.span import Range
from ..trace.links import at
from .asked import Asked
from .columns import Columns
from .room import Room
from .texts import spec


def about(room: Room, asked: Asked) -> Json:
    """What is to be known of the word at a place."""
    with room.at(asked.number("version")):
        name = asked.word("file")
        _, columns = spec(room, name)
        found = hover.hover(room.lookup, name, columns.points(asked.number("at")))
        if found is None:
            return None
        return {"text": found.text, "from": columns.units(found.range.start), "to": columns.units(found.range.end)}


def complete(room: Room, asked: Asked) -> Json:
    """What may be written at a place."""
    with room.at(asked.number("version")):
        name = asked.word("file")
        _, columns = spec(room, name)
        found = completion(room.lookup, name, columns.points(asked.number("at")))
        if found is None:
            return None
        rows = [[one.label, one.sort, one.detail, one.about] for one in found.suggestions]
        return {"from": columns.units(found.start), "rows": rows}


def declared(room: Room, asked: Asked) -> Json:
    """Where the word at a place is declared."""
    with room.at(asked.number("version")):
        name = asked.word("file")
        _, columns = spec(room, name)
        return _first(room, definition(room.lookup, name, columns.points(asked.number("at"))))


def origin(room: Room, asked: Asked) -> Json:
    """Where the spec says what stands at a place of the prompt: the part's number, and how far in it the place is."""
    version, number, inner = asked.number("version"), asked.number("part"), asked.number("at")
    with room.at(version):
        feature = asked.word("feature")
        view = room.session.view
        made = view.opened.compiled.artifacts if view is not None and room.showing.is_current() else ()
        own = [one for one in made if one.feature == feature and one.path.endswith(".md")]
        artifact = min(own, key=lambda one: len(one.path), default=None)
        if artifact is None or number >= len(artifact.parts):
            return None
        before = sum(len(one.text) for one in artifact.parts[:number])
        spot = at(artifact, before + Columns(artifact.parts[number].text).points(inner))
        origin = spot.origin if spot is not None else None
        place = room.lookup.place(origin.span) if origin is not None else None
        return _first(room, (place,) if place is not None else ())


def _first(room: Room, found: tuple[Range, ...]) -> Json:
    for one in found:
        columns = room.columns(one.file)
        if columns is not None:
            return {"file": one.file, "from": columns.units(one.start), "to": columns.units(one.end)}
    return None


def explain(room: Room, asked: Asked) -> Json:
    """The page of a code."""
    del room
    return {"text": pages.find(asked.word("code"))}
