"""Typed expressions: what a condition or an argument means after names are resolved and units converted.

Literals are in base units, so that evaluation compares numbers and never converts. Spans take no part in equality: two
conditions that say the same are equal wherever they stand.
"""

from typing import TypeAlias

from ..source.records import dataclass, field
from ..source.span import Span
from .types import Datum, Type


@dataclass(frozen=True, slots=True)
class Literal:
    """A constant of `type`; `written` is how the spec says it (`5 weeks`) and takes no part in equality."""

    value: Datum
    type: Type
    written: str = field(compare=False)
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Var:
    """A given, or the state of a tool (`lookup_order fails`), by `name`."""

    name: str
    type: Type
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Compare:
    """`left op right`, `op` one of `< <= > >= = !=`; both sides have one dimension."""

    op: str
    left: "Expr"
    right: "Expr"
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Among:
    """`left in (a, b)`: `left` equals one of `members`."""

    left: "Expr"
    members: tuple[Literal, ...]
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Between:
    """`left in low .. high`, both ends included."""

    left: "Expr"
    low: Literal
    high: Literal
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Absent:
    """`left is missing`: an optional given has no value."""

    left: "Var"
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """`left op right`, `op` one of `+ - *`; `type` is the result's."""

    op: str
    left: "Expr"
    right: "Expr"
    type: Type
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Not:
    """`not operand`."""

    operand: "Expr"
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class And:
    """All of `parts`, two or more; nested `and`s are flat."""

    parts: "tuple[Expr, ...]"
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Or:
    """One of `parts`, two or more; nested `or`s are flat."""

    parts: "tuple[Expr, ...]"
    span: Span = field(compare=False, repr=False)


Expr: TypeAlias = Literal | Var | Compare | Among | Between | Absent | Arithmetic | Not | And | Or
