"""Field types for the schemas of kinds.

A kind's schema is a pydantic model (`plain` says when none need be made) whose annotations are the types below;
`bind.fields` reads each annotation's `Reads` marker to know how the source of that field is read. A field typed as a tuple
may be written several times and holds all values in order; any other may be written once. A field without a default is
required.

Readers and what a user writes for them:
`condition` a typed condition · `text` one quoted text · `texts` quoted texts, separated by commas · `word` one name ·
`words` names · `flag` the bare field name · `count` a whole number · `size` a number of bytes ·
`duration` an amount of time, in seconds · `effects` outcomes and
observables (`approve`, `calls t(a: x)`, `avoids t`, `mentions "…"`, `omits "…"`) · `terms` words with an operator and values
(`words <= 120`, `ends "…"`) · `topics` quoted texts each with `like "…"` probes · `tools` names of tools ·
`refs` IDs of requirements · `results` what a tool tells (`look returns { age: 12 days }`, `look fails timeout`) ·
`inputs` a given and its value (`receipt yes`) · `status` draft, active or retired.
"""

from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, TypeAlias

from ..model.outcome import Effect
from ..model.text import Text, Word
from ..source.records import dataclass, field
from ..source.span import Span
from ..values.expression import Expr, Literal
from ..values.types import Datum, Type
from .plain import Plain, is_plain, marks

if TYPE_CHECKING:
    from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler


@dataclass(frozen=True, slots=True)
class Reads:
    """Names the reader of `bind.fields` that turns source into this type."""

    reader: str

    def __get_pydantic_core_schema__(self, source: object, handler: "GetCoreSchemaHandler") -> object:
        """Take what the reader made as it is: it is of the right type, and copying it would be slow and lose spans."""
        return handler.generate_schema(object)


@dataclass(frozen=True, slots=True)
class TermValue:
    """One value of a term, told apart in this order: `shape` is set for a type, `text` for a quoted text, `type` for a number.

    A text has its plain text as `value` and `types.Text` as `type`; a number is a `Decimal` in base units with its `Numeric`;
    a pattern `/…/` has the expression as `value`, `types.Text` with that pattern as `type`, and no `text`; a type written as
    a value (`{ total: money(USD), note: text }`) has None as `value` and stands in `shape`; a bare word has no `type`.
    """

    value: Datum
    type: Type | None
    text: Text | None
    span: Span = field(compare=False, repr=False)
    shape: Type | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """`words <= 120`: the word that leads, its operator ("" if none) and the values, in the order written.

    Values may stand on both sides of the operator and side by side: `keyword "refund" >= 2` is `keyword`, `>=`, ("refund",
    2); `language of user` is `language`, "", (of, user). `words in 50 .. 100` has the operator `in` and the two ends as
    values. After a comma, a value that no word leads belongs to the term before: `forbidden "x", "y", words <= 9` is two
    terms, and `"x" | "y"` or `["x", "y"]` are the same values as `"x", "y"`. `span` covers all of it, `name_span` the word.
    """

    name: str
    op: str
    values: tuple[TermValue, ...]
    span: Span = field(compare=False, repr=False)
    name_span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Topic:
    """`"legal advice" like "Can I sue you over this?"`: what it is about, and messages that bring it up."""

    text: Text
    likes: tuple[Text, ...]
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Reported:
    """What a tool tells in a conversation written by hand: `tool look(id: "A1") returns { age: 12 days }`, `tool look fails timeout`.

    `state` is the tool's, `works` where it returns something; `fields` are those of the result that are written, and
    `arguments` those of the call.
    """

    tool: str
    state: str
    arguments: tuple[tuple[str, Literal], ...]
    fields: tuple[tuple[str, Literal], ...]
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Fixed:
    """The value of a given in a conversation written by hand: `given receipt yes`."""

    given: str
    value: Literal
    span: Span = field(compare=False, repr=False)


Condition: TypeAlias = Annotated[Expr, Reads("condition")]
OneText: TypeAlias = Annotated[Text, Reads("text")]
Texts: TypeAlias = Annotated[tuple[Text, ...], Reads("texts")]
OneWord: TypeAlias = Annotated[Word, Reads("word")]
Words: TypeAlias = Annotated[tuple[Word, ...], Reads("words")]
Flag: TypeAlias = Annotated[bool, Reads("flag")]
Count: TypeAlias = Annotated[Decimal, Reads("count")]
Duration: TypeAlias = Annotated[Decimal, Reads("duration")]
Size: TypeAlias = Annotated[Decimal, Reads("size")]
Effects: TypeAlias = Annotated[tuple[Effect, ...], Reads("effects")]
Terms: TypeAlias = Annotated[tuple[Term, ...], Reads("terms")]
Topics: TypeAlias = Annotated[tuple[Topic, ...], Reads("topics")]
Tools: TypeAlias = Annotated[tuple[Word, ...], Reads("tools")]
Refs: TypeAlias = Annotated[tuple[Word, ...], Reads("refs")]
Results: TypeAlias = Annotated[tuple[Reported, ...], Reads("results")]
Inputs: TypeAlias = Annotated[tuple[Fixed, ...], Reads("inputs")]


if TYPE_CHECKING:

    class RequirementFields(BaseModel):
        """The base of every kind's schema. Fields that every requirement has (`when`, `over`, `owner`, …) are not repeated here:

        they are read by `bind` for all kinds and stand on `model.requirement.Requirement`.
        """

        model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

else:

    class RequirementFields(Plain):
        """The base of every kind's schema; one that looks at values in a way of its own becomes pydantic's model."""


def has_validators(schema: type[RequirementFields]) -> bool:
    """Whether `schema` looks at values in a way of its own; if not, what the readers make is right as it is."""
    if is_plain(schema):
        return False
    decorators = schema.__pydantic_decorators__
    listed = (
        decorators.validators,
        decorators.field_validators,
        decorators.root_validators,
        decorators.model_validators,
    )
    if any(listed) or schema.__pydantic_post_init__ is not None:
        return True
    fields = schema.model_fields.values()
    return any(not isinstance(one, Reads) for info in fields for one in (*info.metadata, *marks(info.annotation)))
