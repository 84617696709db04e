"""From the terms of a requirement to constraints, with what is wrong about them.

Invariant: the same terms give the same constraints wherever the requirement stands; what can't be read is left out and
reported once.
"""

from decimal import Decimal
from typing import Final

from ...diagnostics.diagnostic import Diagnostic
from ...kit.schema import Term, TermValue
from ...model.requirement import Level
from ...source.records import dataclass, replace
from ...values.units import integer
from . import catalogue, errors
from .constraint import Bound, Constraint, Fact, Misread
from .instruction import word

DENIED = (Level.MUST_NOT, Level.SHOULD_NOT)
"""Levels that deny what they name."""

_APART: Final = ({"json", "xml"}, {"quotation marks", "xml"})
"""Wrappings of which no answer has both; a text in quotation marks is JSON, and may be a line of a table."""
_TABLE = "a table of "
_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A constraint, the level it stands under, and whether its check is to be turned round."""

    level: Level
    constraint: Constraint
    negated: bool


def understood(
    requirement: str, terms: tuple[tuple[Level, Term], ...]
) -> tuple[tuple[Asked, ...], tuple[Diagnostic, ...]]:
    """Every term that can be read, with a slug of its own, and findings about the others."""
    asked: list[Asked] = []
    found: list[Diagnostic] = []
    used: dict[str, int] = {}
    for level, term in terms:
        one = _read(requirement, level, _plain(term))
        if isinstance(one, Diagnostic):
            found.append(one)
            continue
        slug = one.constraint.slug
        used[slug] = used.get(slug, 0) + 1
        if used[slug] > 1:
            one = replace(one, constraint=replace(one.constraint, slug=f"{slug}-{used[slug]}"))
        asked.append(one)
    return tuple(asked), tuple(found)


def _plain(term: Term) -> Term:
    """`no commas` as `commas = 0`; any other term as it is."""
    name = word(term.values[0]) if term.name == "no" and not term.op and len(term.values) == 1 else ""
    if not name:
        return term
    value = term.values[0]
    zero = TermValue(Decimal(0), integer(), None, value.span)
    return Term(name, "=", (zero,), term.span, value.span)


def _read(requirement: str, level: Level, term: Term) -> Asked | Diagnostic:
    if term.name not in catalogue.NAMES:
        return errors.unknown_term(requirement, term, catalogue.NAMES, catalogue.EVERYDAY)
    instruction = catalogue.load(term.name)
    denied = level in DENIED
    if denied and term.op in ("=", "!=", "in"):
        return errors.no_negative(requirement, term, level.value)
    constraint = instruction.read(replace(term, op=_OPPOSITE.get(term.op, term.op)) if denied else term)
    if isinstance(constraint, Misread):
        if denied and not isinstance(instruction.read(term), Misread):
            # It can be read, and its opposite can't.
            return errors.no_negative(requirement, term, level.value)
        return errors.bad_term(requirement, term, constraint, instruction.spelling)
    if not denied or constraint.bound is not None:
        # A denied bound was read as its opposite, so nothing is left to deny.
        return Asked(level, constraint, False)
    if constraint.negative is None:
        return errors.no_negative(requirement, term, level.value)
    return Asked(level, replace(constraint, slug=f"not-{constraint.slug}"), True)


def impossible(requirement: str, asked: tuple[Asked, ...]) -> tuple[Diagnostic, ...]:
    """Pairs of constraints of one requirement that no answer can meet."""
    return (*_bounds(requirement, asked), *_facts(requirement, asked))


def _bounds(requirement: str, asked: tuple[Asked, ...]) -> list[Diagnostic]:
    bounds: dict[str, list[tuple[Bound, Constraint]]] = {}
    for one in asked:
        if one.constraint.bound is not None:
            bounds.setdefault(one.constraint.bound.of, []).append((one.constraint.bound, one.constraint))
    found: list[Diagnostic] = []
    for of, several in bounds.items():
        low = max(several, key=lambda pair: pair[0].at_least)
        tops = [(bound.at_most, constraint) for bound, constraint in several if bound.at_most is not None]
        high = min(tops, key=lambda pair: pair[0], default=None)
        if high is not None and high[0] < low[0].at_least:
            at_least, at_most = (low[0].at_least, low[1].span), (high[0], high[1].span)
            found.append(errors.impossible_bounds(requirement, of, at_least, at_most))
        elif high is not None and high[0] < 0:
            found.append(errors.impossible_bounds(requirement, of, (0, high[1].span), (high[0], high[1].span)))
    return found


def _facts(requirement: str, asked: tuple[Asked, ...]) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    facts = [(fact, one.constraint) for one in asked if not one.negated for fact in one.constraint.facts]
    for at, (fact, constraint) in enumerate(facts):
        for other, second in facts[at + 1 :]:
            if second is not constraint and _clash(fact, other):
                sides = (fact.value, constraint.span), (other.value, second.span)
                found.append(errors.impossible_facts(requirement, fact.property, *sides))
    return found


def _clash(one: Fact, other: Fact) -> bool:
    """Whether no text has both; sound, not complete: what terms ask of a text is compared by the analysis, too."""
    a, b = one.value.strip().lower(), other.value.strip().lower()
    if one.property != other.property:
        return False
    match one.property:
        case "start":
            return not (a.startswith(b) or b.startswith(a))
        case "end":
            return not (a.endswith(b) or b.endswith(a))
        case "wrapping":
            return {a, b} in _APART or (a != b and a.startswith(_TABLE) and b.startswith(_TABLE))
        case _:
            return a != b
