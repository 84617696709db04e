"""A text that people wrote where the compiler could not know what to say, and what they had to have in view."""

from ..source.records import dataclass, field
from ..source.span import Span


@dataclass(frozen=True, slots=True)
class Statement:
    """What the spec means beside a text that was written by hand: as a sentence, and whose it is."""

    owner: str
    text: str


@dataclass(frozen=True, slots=True)
class Written:
    """A text by hand that has to agree with what the spec means elsewhere.

    `owner` is the requirement or declaration that holds it, `name` is what the text is there (`phrase`, `example`, `means`). `text` is
    the digest of its words, `meaning` that of what they were written about; `said` says the same to people. `former` are IDs that its
    owner had before. `relying` are the requirements that are about it, where it is a declaration that no words of the prompt render.
    """

    owner: str
    name: str
    text: str
    meaning: str
    said: tuple[Statement, ...]
    former: tuple[str, ...]
    span: Span = field(compare=False, repr=False)
    relying: tuple[str, ...] = field(default=(), compare=False)
