"""What a page asks, read strictly: whatever is missing or of another type is refused, with its name.

In: JSON as it was sent. Out: values of the types that were asked for.
Invariant: nothing is guessed; a name of a file is only ever one that the project has listed.
"""

from collections.abc import Mapping
from http import HTTPStatus

from .columns import received


class Refused(Exception):
    """A question that is not answered: with what status, and why, in a sentence that the page shows."""

    def __init__(self, status: HTTPStatus, why: str) -> None:
        """Refuse with `status`, because `why`."""
        super().__init__(why)
        self.status = status


class Asked:
    """The parameters of one question."""

    def __init__(self, data: object) -> None:
        """Read `data`. Raises `Refused` where it is no object."""
        if not isinstance(data, Mapping):
            raise Refused(HTTPStatus.BAD_REQUEST, "a question is a JSON object")
        self._data: Mapping[object, object] = data

    def word(self, name: str, default: str | None = None) -> str:
        """The text `name`. Raises `Refused`."""
        value = self._data.get(name, default)
        if not isinstance(value, str):
            raise _unlike(name, "a text")
        return received(value)

    def number(self, name: str, default: int | None = None) -> int:
        """The whole number `name`, which is not negative. Raises `Refused`."""
        value = self._data.get(name, default)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise _unlike(name, "a whole number")
        return value

    def flag(self, name: str) -> bool:
        """Whether `name` is said."""
        return self._data.get(name) is True

    def words(self, name: str) -> tuple[str, ...]:
        """The texts of the list `name`. Raises `Refused`."""
        value = self._data.get(name, ())
        if not isinstance(value, list | tuple):
            raise _unlike(name, "a list of texts")
        found = tuple(one for one in value if isinstance(one, str))
        if len(found) != len(value):
            raise _unlike(name, "a list of texts")
        return found

    def changes(self, name: str) -> tuple[tuple[int, int, str], ...]:
        """Changes of one text, in order: from where, to where, and what stands there now. Raises `Refused`."""
        rows = self._data.get(name)
        if not isinstance(rows, list):
            raise _unlike(name, "a list of changes")
        found: list[tuple[int, int, str]] = []
        at = 0
        for row in rows:
            start, end, text = _change(row, name)
            if not at <= start <= end:
                raise _unlike(name, "in order")
            found.append((start, end, text))
            at = end
        return tuple(found)


def _change(row: object, name: str) -> tuple[int, int, str]:
    match row:
        case [int(start), int(end), str(text)]:
            return start, end, received(text)
        case _:
            raise _unlike(name, "a list of changes")


def _unlike(name: str, what: str) -> Refused:
    return Refused(HTTPStatus.BAD_REQUEST, f"`{name}` has to be {what}")
