"""A file to be written, as text, with the places in it that people ask about."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import overload

from ..source.records import dataclass
from .origin import Origin


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters `start` to `end` of a part come from `origin`; offsets count from the part's start.

    `path` names the field in structured artifacts (`turns/0`, `graders/1`), and is "" in a prompt.
    """

    start: int
    end: int
    origin: Origin
    path: str = ""


class Marks(Sequence[Mark]):
    """Marks that are made each time when somebody looks at them: of most parts of a build, nobody does."""

    __slots__ = ("_made",)

    def __init__(self, made: Callable[[], Iterable[Mark]]) -> None:
        """The marks that `made` gives, the same ones whenever it is called."""
        self._made = made

    def __iter__(self) -> Iterator[Mark]:
        return iter(self._made())

    def __len__(self) -> int:
        return sum(1 for _ in self._made())

    @overload
    def __getitem__(self, at: int) -> Mark: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Mark]: ...
    def __getitem__(self, at: int | slice) -> Mark | Sequence[Mark]:
        return tuple(self._made())[at]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self._made()) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self._made()))

    def __repr__(self) -> str:
        return repr(tuple(self._made()))


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of an artifact that is kept, compared and locked by itself.

    `kind` is `clause`, `case`, `grader` or `layout`; `id` is the owner's (`REF-1`, `REF-1/boundary/age=30`); `owner` the
    requirement or declaration it speaks for. Parts follow each other without gaps: an artifact is their texts, joined.
    """

    kind: str
    id: str
    owner: str
    text: str
    marks: Sequence[Mark]


@dataclass(frozen=True, slots=True)
class Artifact:
    """One generated file: `path` from the project root, with `/`."""

    path: str
    feature: str
    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        """What the file holds."""
        return "".join(part.text for part in self.parts)
