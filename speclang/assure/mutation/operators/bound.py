"""`bound`: a constant is doubled, or halved; a date is a month later, or earlier.

Far enough for somebody who follows the clause to act otherwise on an input that lies just beyond the bound, as the cases do.
"""

import datetime
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from ....kit.kind import Kind
from ....kit.schema import RequirementFields, Term, TermValue
from ....model.requirement import Requirement
from ....model.text import Chunk, Text
from ....source.records import replace
from ....values.evaluate import nodes
from ....values.expression import Expr, Literal
from ....values.showing import show, spoken
from ....values.types import Datum, Numeric, Type
from ....values.within import with_constants
from ..change import Change, names, with_fields

SUMMARY = "a constant is doubled or halved, a date is a month later or earlier"

_MONTH = datetime.timedelta(days=30)
_TWO = Decimal(2)


def changes(requirement: Requirement, _kind: Kind[RequirementFields]) -> Iterator[Change]:
    """Each constant of the conditions and of the fields by itself, both ways."""
    conditions = (*(() if requirement.when is None else (requirement.when,)), *requirement.unless)
    for literal in _literals(conditions):
        for value in _moved(literal.value, literal.type):
            other = replace(literal, value=value)
            yield Change(_with_constant(requirement, literal, other), f"{spoken(literal)} -> {spoken(other)}")
    for name in names(requirement):
        held = getattr(requirement.fields, name)
        if isinstance(held, Decimal):
            for number in _numbers(held, Decimal(1)):
                made = with_fields(requirement, {name: number})
                if made is not None:
                    yield Change(made, f"`{name}` {held} -> {number}")
        elif isinstance(held, tuple):
            yield from _terms(requirement, name, held)


def _literals(conditions: tuple[Expr, ...]) -> Iterator[Literal]:
    """The constants that have an order, each once by where it stands."""
    found = [one for expr in conditions for one in nodes(expr) if isinstance(one, Literal)]
    yield from {one.span: one for one in found if _moved(one.value, one.type)}.values()


def _moved(value: Datum, type: Type) -> tuple[Datum, ...]:
    match value:
        case Decimal():
            return _numbers(value, type.step if isinstance(type, Numeric) else Decimal(1))
        case datetime.date():
            return (value + _MONTH, value - _MONTH)
        case _:
            return ()


def _numbers(value: Decimal, step: Decimal) -> tuple[Decimal, ...]:
    """Twice and half of `value`, on a step; of nothing, ten steps."""
    if not value:
        return (step * 10,)
    half = (value / _TWO / step).to_integral_value(ROUND_HALF_UP) * step
    return tuple(one for one in (value * _TWO, half) if one not in (value, 0))


def _with_constant(requirement: Requirement, literal: Literal, other: Literal) -> Requirement:
    """`requirement` with `other` in the place of `literal`, also where its phrase shows it."""

    def becomes(one: Literal) -> Literal:
        return other if one.span == literal.span else one

    when = None if requirement.when is None else with_constants(requirement.when, becomes)
    unless = tuple(with_constants(one, becomes) for one in requirement.unless)
    phrase = requirement.phrase
    if phrase is not None:
        pieces = tuple(
            replace(one, text=spoken(other)) if isinstance(one, Chunk) and one.of and one.span == literal.span else one
            for one in phrase.pieces
        )
        phrase = Text(pieces, phrase.span)
    return replace(requirement, when=when, unless=unless, phrase=phrase)


def _terms(requirement: Requirement, name: str, held: tuple[object, ...]) -> Iterator[Change]:
    """Each number of the terms in the field `name`."""
    for place, term in enumerate(held):
        for index, value in enumerate(term.values if isinstance(term, Term) else ()):
            if not isinstance(term, Term) or not isinstance(value.value, Decimal) or value.type is None:
                continue
            for number in _numbers(value.value, _step(value)):
                values = (*term.values[:index], replace(value, value=number), *term.values[index + 1 :])
                items = (*held[:place], replace(term, values=values), *held[place + 1 :])
                made = with_fields(requirement, {name: items})
                if made is not None:
                    shown = f"{show(value.value, value.type)} -> {show(number, value.type)}"
                    yield Change(made, f"`{term.name}` {shown}")


def _step(value: TermValue) -> Decimal:
    """The step of a number in a term: a whole one where it is whole."""
    held = value.value
    whole = isinstance(held, Decimal) and held == held.to_integral_value()
    return Decimal(1) if whole or not isinstance(value.type, Numeric) else value.type.step
