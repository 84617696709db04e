"""A word of the feature, with what it means and the words that are not to be used for it."""

from ..source.records import dataclass, field
from ..source.span import Span
from .text import Text


@dataclass(frozen=True, slots=True)
class Definition:
    """`term "order" means "…" { avoid "purchase" }`: the glossary of the prompt says so, and texts that say `purchase` are told."""

    word: Text
    means: Text
    avoid: tuple[Text, ...]
    span: Span = field(compare=False, repr=False)

    @property
    def owner(self) -> str:
        """What origins call it."""
        return f"term {self.word.plain}"
