"""One feature with everything in its scope."""

from enum import StrEnum
from typing import TYPE_CHECKING

from ..source.records import dataclass, field
from ..source.span import Span
from .definition import Definition
from .fallback import Fallback
from .given import Given
from .outcome import Outcome
from .requirement import Requirement
from .text import Text, Word
from .tool import Tool

if TYPE_CHECKING:
    from .stress import Paraphrase, Stress


@dataclass(frozen=True, slots=True)
class Exclusive:
    """Outcomes of which at most one may happen."""

    outcomes: tuple[str, ...]
    span: Span = field(compare=False, repr=False)


class Style(StrEnum):
    """How a prompt shows a variable: `{{ name }}`, `{{name}}`, `{name}`."""

    JINJA = "jinja"
    HANDLEBARS = "handlebars"
    FSTRING = "fstring"


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy that a feature includes: its arguments as text, and the IDs of its requirements that the feature keeps."""

    name: str
    arguments: tuple[tuple[str, str], ...]
    requirements: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """All lists are in the order of the files (used and included ones first), which never changes meaning.

    `requirements` holds the draft and active ones; `retired` the IDs that may not be used again. `total` says that some
    requirement must decide every input. `asks` are opening messages of a user, with holes.
    """

    name: str
    title: Text
    owner: Word | None
    role: Text | None
    total: bool
    tools: tuple[Tool, ...]
    givens: tuple[Given, ...]
    outcomes: tuple[Outcome, ...]
    exclusives: tuple[Exclusive, ...]
    asks: tuple[Text, ...]
    requirements: tuple[Requirement, ...]
    retired: tuple[str, ...]
    files: tuple[str, ...]
    span: Span = field(compare=False, repr=False)
    policies: tuple[Policy, ...] = ()
    definitions: tuple[Definition, ...] = ()
    variables: Style = Style.JINJA
    fallbacks: tuple[Fallback, ...] = ()
    stresses: "tuple[Stress, ...]" = ()
    paraphrases: "tuple[Paraphrase, ...]" = ()
