"""The prompt as data: sections of clauses, clauses of pieces."""

from ..source.records import dataclass
from .origin import Origin


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of the prompt that have one origin.

    `hole` is true where `text` is the spec's own text at the origin's span, read by the field's type: an edit of it can be
    taken back into the spec. It is false for wording that the compiler supplies.
    """

    text: str
    origin: Origin
    hole: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """What one requirement or declaration adds to the prompt: one bullet or paragraph of `section`."""

    owner: str
    section: str
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The clause as the model will read it, before layout."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Section:
    """One section of the prompt, in its place: `name` is its key (`rules`), `title` what stands above it ("" for none).

    `listed` sections show their clauses as a list, others as paragraphs. `origin` stands for the title and the layout.
    """

    name: str
    title: str
    listed: bool
    clauses: tuple[Clause, ...]
    origin: Origin
