"""What a page can do and ask, by name.

In: a method and its parameters. Out: plain data. Every question names the version of the texts that it is about, and every place in a
text is counted in the browser's units.
"""

from collections.abc import Callable, Mapping
from http import HTTPStatus

from ..source.hashing import Json
from . import looking, questions, texts
from .asked import Asked, Refused
from .room import Room
from .shelf import Shelf


def answer(shelf: Shelf, method: str, asked: Asked) -> Json:
    """The answer to one question. Raises `Refused` and `Stale`."""
    if method == "open":
        return _open(shelf, asked)
    known = _METHODS.get(method)
    if known is None:
        raise Refused(HTTPStatus.NOT_FOUND, f"nothing is called `{method}`")
    room = shelf.room(asked.word("page"))
    if room is None:
        raise Refused(HTTPStatus.GONE, "this page was closed: too many others were opened since")
    return known(room, asked)


def _open(shelf: Shelf, asked: Asked) -> Json:
    try:
        found = shelf.open(asked.word("example", ""))
    except OSError as problem:
        raise Refused(HTTPStatus.CONFLICT, f"the project can't be opened: {problem.strerror or problem}") from None
    if found is None:
        raise Refused(HTTPStatus.NOT_FOUND, "there is no such example")
    page, room, first = found
    return {
        "page": page,
        "name": room.name,
        "saves": room.saves,
        "version": room.version,
        "specs": list(room.session.specs()),
        "first": first,
        **shelf.offered(),
    }


_METHODS: Mapping[str, Callable[[Room, Asked], Json]] = {
    "file": texts.file,
    "edit": texts.edit,
    "hold": texts.hold,
    "words": texts.words,
    "format": texts.formatted,
    "save": texts.saved,
    "keep": texts.keep,
    "refresh": texts.refresh,
    "look": looking.look,
    "changes": looking.changes,
    "hover": questions.about,
    "complete": questions.complete,
    "declared": questions.declared,
    "origin": questions.origin,
    "explain": questions.explain,
}
"""Whatever is asked of a page that is open."""
