"""One thing that may be written at a place, and what is said of it.

In: words of the language, declarations. Out: suggestions. Invariant: texts of the user's are fenced.
"""

from collections.abc import Iterable, Iterator, Mapping

from ...source.records import dataclass
from ...syntax import tree
from .names import Declared
from .wording import Word, fenced


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`label` is what is written, where `text` does not say more; `sort` says what it is; `about` is Markdown."""

    label: str
    sort: str
    detail: str = ""
    about: str = ""
    text: str = ""


def said_of(one: Declared) -> str:
    """The title or wording of a declaration, on one line."""
    item = one.unit.item
    parts: Iterable[tree.Value] = () if item is None else item.values
    for value in parts:
        for part in value.parts if isinstance(value, tree.Run) else (value,):
            if isinstance(part, tree.Text):
                return " ".join(part.plain.split())
    return f"{one.what} of `{one.of}`" if one.of else one.what


def words(table: Mapping[str, Word]) -> Iterator[Suggestion]:
    """The words of `table`, with what they mean."""
    return (Suggestion(one, "keyword", said.about, fenced(said.example)) for one, said in table.items())
