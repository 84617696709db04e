"""A file to be written, as text, with the places in it that people ask about."""

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
    marks: tuple[Mark, ...]


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
