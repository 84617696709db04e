"""A term of a format requirement, understood: what is checked, how it reads, what it bounds, what tempts to break it.

Invariant: everything here is a value; nothing is computed from where a term stands.
"""

from enum import Enum
from typing import TypeAlias

from ...source.hashing import Json
from ...source.records import dataclass, field
from ...source.span import Span


class Form(Enum):
    """How a phrase joins a sentence: a MANNER follows "answer", a DEED is an imperative of its own."""

    MANNER = "manner"
    DEED = "deed"


@dataclass(frozen=True, slots=True)
class Hole:
    """The spec's own text at `span`, shown as `text`."""

    text: str
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Amount:
    """Where the bounds stand in a phrase, followed by the noun in the right number; `zero` reads for "exactly 0"."""

    one: str
    many: str
    zero: str = ""


Word: TypeAlias = "str | Hole | Amount"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words of a sentence in order."""

    form: Form
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Bound:
    """How many of `of` there may be, both ends included; `op` and `numbers` are as written, for the sentence."""

    of: str
    at_least: int
    at_most: int | None
    op: str
    numbers: tuple[Hole, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """What a term fixes about a property of the answer: `case` is `lower`, `wrapping` is `XML`.

    Two terms that give the same property other values can't both be met; for `start` and `end` where neither text
    begins (ends) with the other.
    """

    property: str
    value: str


@dataclass(frozen=True, slots=True)
class Bait:
    """Words of a user that tempt a model to break the term; `detail` names them in the case's ID.

    They follow one of the feature's own `ask`s, unless they are a message of their own, as one in another language.
    """

    detail: str
    message: str
    alone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraint:
    """One term as the kind uses it. `slug` names its grader, `check` and `settings` are what the grader calls.

    `negative` is what follows "do not", or None where the instruction can't be denied.
    """

    slug: str
    check: str
    settings: tuple[tuple[str, Json, Span], ...] = field(compare=False)
    phrase: Phrase
    negative: Phrase | None
    bound: Bound | None = None
    facts: tuple[Fact, ...] = ()
    baits: tuple[Bait, ...] = ()
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Misread:
    """Why a term can't be understood: `reason` about the words at `span`, and how to write it."""

    reason: str
    span: Span


@dataclass(frozen=True, slots=True)
class Try:
    """An answer to `must TERMS` and whether it passes: `terms` as written in a spec, `user` what the user said."""

    terms: str
    text: str
    passes: bool
    why: str
    user: str = ""
    level: str = "must"
    slug: str = ""
