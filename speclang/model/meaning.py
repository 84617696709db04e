"""What a requirement or a declaration says, as one hash: the same however it is laid out, ordered or commented.

Two requirements with one meaning hold on the same inputs and ask for the same. Not part of it: ID, title, owner,
because, tags, since, and where it stands. A kind's own fields are read generically: any field that is empty (None, no
items, False) says nothing, so that a kind may gain a field without changing what older specs mean.
Invariant: no spans, no `hash()`, no `repr()`; the same on every Python version.
"""

import datetime
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum as Members
from typing import TypeAlias

from ..source.hashing import digest
from ..source.records import compared
from ..values.canonical import canonical, canonical_type, canonical_value, quoted
from ..values.expression import Absent, Among, And, Arithmetic, Between, Compare, Literal, Not, Or, Var
from ..values.types import Bool, Date, Enum, ListOf, Numeric, Optional, Record
from ..values.types import Text as TextType
from .feature import Exclusive
from .given import Given
from .outcome import Avoids, Calls, Mentions, Omits, Outcome, Reach
from .requirement import Ref, Requirement
from .text import Chunk, Text, Word
from .tool import Tool

Declaration: TypeAlias = Given | Tool | Outcome | Exclusive | Text

_EXPRESSIONS = (Compare, And, Or, Not, Var, Among, Between, Absent, Literal, Arithmetic)
_TYPES = (Bool, Enum, Date, TextType, Optional, ListOf, Record)
_EFFECTS = (Reach, Calls, Avoids, Mentions, Omits)


def meaning(requirement: Requirement) -> str:
    """The semantic hash of `requirement`."""
    return digest(canonical_requirement(requirement))


def meaning_of(declaration: Declaration) -> str:
    """The semantic hash of a declaration, its name included: names are what requirements and models refer to."""
    return digest(_of_type(declaration, bounds=True))


def canonical_requirement(requirement: Requirement) -> str:
    """The text whose hash is the meaning of `requirement`; for a difference in words."""
    said = [requirement.kind, _fields(requirement.fields, bounds=False)]
    if requirement.when is not None:
        said.append("when " + canonical(requirement.when))
    if requirement.unless:
        said.append("unless " + " or ".join(sorted({canonical(one) for one in requirement.unless})))
    if requirement.over:
        said.append("over " + ",".join(sorted({one.id for one in requirement.over})))
    if requirement.default:
        said.append("default")
    if requirement.phrase is not None:
        said.append("phrase " + _text(requirement.phrase))
    said.append(requirement.status)
    return "\n".join(said)


def _text(text: Text) -> str:
    """A text's words; where the parser cut it into pieces says nothing."""
    said = [
        piece.text.replace("\\", "\\\\").replace('"', '\\"').replace("{", "\\{")
        if isinstance(piece, Chunk)
        else "{" + piece.name + "}"
        for piece in text.pieces
    ]
    return '"' + "".join(said) + '"'


def _say(value: object, *, bounds: bool) -> str:
    """Any value that can stand in a field."""
    if isinstance(value, str) and not isinstance(value, Members):
        return quoted(value)
    if isinstance(value, Text):
        return _text(value)
    if isinstance(value, tuple | list):
        said = [_say(item, bounds=bounds) for item in value]
        if value and all(isinstance(item, _EFFECTS) for item in value):
            said = sorted(set(said))
        return "[" + ",".join(said) + "]"
    if isinstance(value, _EXPRESSIONS):
        return canonical(value)
    if value is None or isinstance(value, bool | Decimal | datetime.date):
        return canonical_value(value)
    return _of_type(value, bounds=bounds)


def _of_type(value: object, *, bounds: bool) -> str:
    """Values of classes; without `bounds`, a number's type counts by its dimension only, not by range and unit."""
    if isinstance(value, Word):
        return value.text
    if isinstance(value, Ref):
        return value.id
    if isinstance(value, Text):
        return _text(value)
    if isinstance(value, Calls):
        given = sorted(f"{name}:{canonical(expr)}" for name, expr in value.arguments)
        return f"calls {value.tool}({','.join(given)})"
    if isinstance(value, Numeric) and not bounds:
        return f"number({value.dimension})"
    if isinstance(value, (Numeric, *_TYPES)):
        return canonical_type(value)
    if isinstance(value, Members):
        return str(value.value)
    if isinstance(value, Exclusive):
        return f"exclusive({','.join(sorted(value.outcomes))})"
    if isinstance(value, int | float):
        return str(value)
    return _fields(value, bounds=bounds)


def _fields(value: object, *, bounds: bool) -> str:
    """A dataclass or a model by the fields that say something, sorted by name."""
    cls = type(value)
    said: list[str] = []
    for name in _names(value):
        held = getattr(value, name)
        if held is not None and held is not False and held != ():
            said.append(f"{name}={_say(held, bounds=bounds)}")
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
