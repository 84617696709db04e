"""What a requirement or a declaration says, as one hash: the same however it is laid out, ordered or commented.

Two requirements with one meaning hold on the same inputs and ask for the same. Not part of it: ID, title, owner,
because, tags, since, that it is known to fail, and where it stands. A kind's own fields are read generically: any field that is
empty (None, no items, False) says nothing, so that a kind may gain a field without changing what older specs mean.
Invariant: no spans, no `hash()`, no `repr()`; the same on every Python version.
"""

import datetime
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum as Members
from typing import NamedTuple, TypeAlias

from ..source.hashing import digest
from ..source.records import compared, replace
from ..source.span import Span
from ..values.canonical import canonical, canonical_type, canonical_value, quoted
from ..values.expression import Absent, Among, And, Arithmetic, Between, Compare, Expr, Literal, Not, Or, Var
from ..values.types import Bool, Date, Enum, ListOf, Numeric, Optional, Record
from ..values.types import Text as TextType
from ..values.within import with_constants
from .fallback import Fallback
from .feature import Exclusive
from .given import Given
from .outcome import Avoids, Calls, Mentions, Omits, Outcome, Reach
from .requirement import Ref, Requirement, Status
from .text import Chunk, Text, Word
from .tool import Tool

Declaration: TypeAlias = Given | Tool | Outcome | Exclusive | Fallback | Text

_EXPRESSIONS = (Compare, And, Or, Not, Var, Among, Between, Absent, Literal, Arithmetic)
_TYPES = (Bool, Enum, Date, TextType, Optional, ListOf, Record)
_EFFECTS = (Reach, Calls, Avoids, Mentions, Omits)


_OPEN = "…"
"""Stands for a constant that is left open."""


class _Way(NamedTuple):
    """How a value is said: whether a number's type has its `bounds`; constants that stand at `open` are left open."""

    bounds: bool
    open: frozenset[Span] = frozenset()


_PLAIN, _BOUNDED = _Way(bounds=False), _Way(bounds=True)


def meaning(requirement: Requirement) -> str:
    """The semantic hash of `requirement`."""
    return digest(canonical_requirement(requirement))


def meaning_of(declaration: Declaration) -> str:
    """The semantic hash of a declaration, its name included: names are what requirements and models refer to."""
    return digest(_of_type(declaration, _BOUNDED))


def behind(requirement: Requirement) -> str:
    """The hash of what `requirement` means beside its `phrase`: what somebody who wrote the phrase had to have in view.

    A constant that the phrase shows through a hole is not part of it, for the phrase follows it. Nor are the status and how often it
    must hold: a draft asks for the same.
    """
    shown = _shown(requirement.phrase) if requirement.phrase is not None else frozenset()
    return digest(canonical_requirement(replace(requirement, phrase=None, status=Status.ACTIVE, holds=None), shown))


def contents(requirement: Requirement) -> str:
    """The text of what stands in the fields of the kind of `requirement`, whatever its title, level and reasons."""
    return _fields(requirement.fields, _PLAIN)


def canonical_requirement(requirement: Requirement, shown: frozenset[Span] = frozenset()) -> str:
    """The text whose hash is the meaning of `requirement`, but for constants that stand at `shown`; for a difference in words."""
    way = _Way(bounds=False, open=shown) if shown else _PLAIN
    said = [requirement.kind, _fields(requirement.fields, way)]
    if requirement.when is not None:
        said.append("when " + _condition(requirement.when, way))
    if requirement.unless:
        said.append("unless " + " or ".join(sorted({_condition(one, way) for one in requirement.unless})))
    if requirement.over:
        said.append("over " + ",".join(sorted({one.id for one in requirement.over})))
    if requirement.default:
        said.append("default")
    if requirement.phrase is not None:
        said.append("phrase " + _text(requirement.phrase, way))
    if requirement.holds is not None:
        said.append(f"holds {requirement.holds.shown}")
    said.append(requirement.status)
    return "\n".join(said)


def canonical_text(text: Text) -> str:
    """A text's own words, with each hole that shows a constant left open; where the parser cut it into pieces says nothing."""
    return _text(text, _Way(bounds=False, open=_shown(text)))


def _shown(text: Text) -> frozenset[Span]:
    """Where the constants stand that the holes of `text` show."""
    return frozenset(piece.span for piece in text.pieces if isinstance(piece, Chunk) and piece.of)


def _condition(expr: Expr, way: _Way) -> str:
    def becomes(one: Literal) -> Literal:
        return Literal(_OPEN, TextType(), one.written, one.span) if one.span in way.open else one

    return canonical(with_constants(expr, becomes) if way.open else expr)


def _text(text: Text, way: _Way) -> str:
    """A text's words; where the parser cut it into pieces says nothing."""
    said = [
        "{}"
        if isinstance(piece, Chunk) and piece.of and piece.span in way.open
        else piece.text.replace("\\", "\\\\").replace('"', '\\"').replace("{", "\\{")
        if isinstance(piece, Chunk)
        else "{" + piece.name + "}"
        for piece in text.pieces
    ]
    return '"' + "".join(said) + '"'


def _say(value: object, way: _Way) -> str:
    """Any value that can stand in a field."""
    if isinstance(value, str) and not isinstance(value, Members):
        return quoted(value)
    if isinstance(value, Text):
        return _text(value, way)
    if isinstance(value, tuple | list):
        said = [_say(item, way) for item in value]
        if value and all(isinstance(item, _EFFECTS) for item in value):
            said = sorted(set(said))
        return "[" + ",".join(said) + "]"
    if isinstance(value, _EXPRESSIONS):
        return _condition(value, way)
    if value is None or isinstance(value, bool | Decimal | datetime.date):
        return canonical_value(value)
    return _of_type(value, way)


def _of_type(value: object, way: _Way) -> str:
    """Values of classes; without bounds, a number's type counts by its dimension only, not by range and unit."""
    if isinstance(value, Word):
        return value.text
    if isinstance(value, Ref):
        return value.id
    if isinstance(value, Text):
        return _text(value, way)
    if isinstance(value, Calls):
        given = sorted(f"{name}:{_condition(expr, way)}" for name, expr in value.arguments)
        return f"calls {value.tool}({','.join(given)})"
    if isinstance(value, Numeric) and not way.bounds:
        return f"number({value.dimension})"
    if isinstance(value, (Numeric, *_TYPES)):
        return canonical_type(value)
    if isinstance(value, Members):
        return str(value.value)
    if isinstance(value, Exclusive):
        return f"exclusive({','.join(sorted(value.outcomes))})"
    if isinstance(value, int | float):
        return str(value)
    return _fields(value, way)


def _fields(value: object, way: _Way) -> str:
    """A dataclass or a model by the fields that say something, sorted by name."""
    cls = type(value)
    said: list[str] = []
    for name in _names(value):
        held = getattr(value, name)
        if held is not None and held is not False and held != ():
            said.append(f"{name}={_say(held, way)}")
    said.sort()
    return f"{cls.__name__}({','.join(said)})"


def _names(value: object) -> list[str]:
    """The fields that take part in equality, of a dataclass or of a model that lists its fields as pydantic's do."""
    cls = type(value)
    own = compared(cls)
    if own is not None:
        return own
    known = getattr(cls, "model_fields", None)
    if isinstance(known, Mapping):
        return list(known)
    raise TypeError(f"a field holds a {cls.__name__}, which has no canonical form")
