"""Specs full of faults by number: `numbered(4711)` is always the same one, and costs a hundredth of what hypothesis takes to draw one.

Givens of every sort whose values can be listed, sums and products of them, tools that fail, defaults, rules over others, and a policy that
states some of the rules.
"""

from collections.abc import Sequence
from math import prod
from random import Random

from tests.strategies.faulty import Faulty
from tests.strategies.specs import (
    Cond,
    Failing,
    GivenModel,
    In,
    Is,
    Many,
    Missing,
    No,
    RuleModel,
    SpecModel,
    Sum,
    Versus,
    calculated,
)

MOST = 150
"""The most inputs that a spec has."""

_SIDES = ("<", "<=", ">", ">=")
_OUTCOMES = ("approve", "decline", "escalate")


def numbered(number: int) -> Faulty:
    """The spec of this number."""
    dice = Random(number)  # noqa: S311 - the same on every machine
    known = _givens(dice)
    while prod(len(every(one)) for one in known) > MOST:
        known = known[:-1] if len(known) > 1 else _givens(dice)
    outcomes = _OUTCOMES[: dice.randint(2, 3)]
    rules: list[RuleModel] = []
    ids = dice.sample([f"R-{at}" for at in range(1, 7)], dice.randint(1, 6))
    for id in ids:
        earlier = [rule.id for rule in rules]
        over = dice.sample(earlier, dice.randint(0, min(2, len(earlier))))
        default = dice.random() < 1 / 6
        when = None if default and dice.random() < 1 / 2 else _condition(dice, known)
        again = [rule.when for rule in rules if rule.when is not None]
        if again and dice.random() < 1 / 8:
            when = dice.choice(again)
        unless = (_condition(dice, known),) if dice.random() < 1 / 5 else ()
        rules.append(RuleModel(id, dice.choice(outcomes), when, unless, tuple(over), default))
    stated = _stated(dice, rules) if dice.random() < 1 / 4 else ()
    dice.shuffle(rules)
    return Faulty(SpecModel("made", known, outcomes, tuple(rules)), dice.random() < 1 / 2, stated)


def every(given: GivenModel) -> tuple[object, ...]:
    """All values of a given."""
    return given.values(range(given.low, given.high + 1)) if given.unit is not None else given.values()


def _givens(dice: Random) -> tuple[GivenModel, ...]:
    return tuple(_given(dice, name) for name in ("age", "tier", "score")[: dice.randint(1, 3)])


def _given(dice: Random, name: str) -> GivenModel:
    source = dice.choice(("user", "user", "context", f"look_up.{name}"))
    optional = dice.random() < 1 / 4 and not source.startswith("look_up.")
    match dice.choice(("bool", "enum", "text", "number", "number", "days", "JPY", "date")):
        case "bool":
            return GivenModel(name, source, optional=optional)
        case "enum":
            members = ("basic", "plus", "gold")[: dice.randint(2, 3)]
            return GivenModel(name, source, members=members, optional=optional)
        case "text":
            return GivenModel(name, source, members=("a", "b", "cd")[: dice.randint(1, 3)], text=True)
        case "number":
            low = dice.randint(-1, 1)
            return GivenModel(name, source, low=low, high=low + dice.randint(2, 5), unit="", optional=optional)
        case unit:
            return GivenModel(name, source, low=0, high=dice.randint(2, 5), unit=unit, optional=optional)


def _stated(dice: Random, rules: Sequence[RuleModel]) -> tuple[str, ...]:
    """Some of the rules, none of which is over one that is not among them."""
    found: list[str] = []
    for one in rules:
        if set(one.over) <= set(found) and dice.random() < 1 / 2:
            found.append(one.id)
    return tuple(found)


def _condition(dice: Random, known: Sequence[GivenModel]) -> Cond:
    """Most often a range, or ranges and values side by side, as rules have them; sometimes anything."""
    if dice.random() < 1 / 5:
        return _anything(dice, known, 3)
    parts: list[Cond] = []
    special = _special(dice, known) if dice.random() < 1 / 3 else None
    if special is not None:
        parts.append(No(special) if dice.random() < 1 / 4 else special)
    for given in dice.sample(known, min(len(known), dice.randint(0 if parts else 1, 2))):
        if given.unit is None:
            parts.append(_leaf(dice, given))
        else:
            parts.append(Is(given, dice.choice(_SIDES), dice.randint(given.low, given.high)))
    return parts[0] if len(parts) == 1 else Many("and", tuple(parts))


def _anything(dice: Random, known: Sequence[GivenModel], depth: int) -> Cond:
    if depth == 0 or dice.random() < 1 / 3:
        return _leaf(dice, dice.choice(known))
    if dice.random() < 1 / 4:
        return No(_anything(dice, known, depth - 1))
    parts = tuple(_anything(dice, known, depth - 1) for _ in range(dice.randint(2, 3)))
    return Many(dice.choice(("and", "or")), parts)


def _special(dice: Random, known: Sequence[GivenModel]) -> Cond | None:
    """Two givens compared, a sum or product of two, or a tool that fails; None where there is nothing of the sort."""
    pairs = [(one, two) for one in known for two in known if one is not two and one.unit == two.unit is not None]
    sorts = [*(["versus"] if pairs else []), *(["sum"] if any(one.unit != "date" for one, _ in pairs) else [])]
    if any(one.source.startswith("look_up.") for one in known):
        sorts.append("fails")
    if not sorts:
        return None
    match dice.choice(sorts):
        case "versus":
            one, other = dice.choice(pairs)
            return Versus(one, dice.choice(_SIDES), other)
        case "sum":
            one, other = dice.choice([pair for pair in pairs if pair[0].unit != "date"])
            word = dice.choice("+-*") if one.unit == "" else "+"
            ends = [calculated(word, a, b) for a in (one.low, one.high) for b in (other.low, other.high)]
            return Sum(one, word, other, dice.choice((*_SIDES, "=")), dice.randint(min(ends), max(ends)))
        case _:
            return Failing(dice.choice(("", "timeout")))


def _leaf(dice: Random, given: GivenModel) -> Cond:
    """One comparison of a given."""
    if given.optional and dice.random() < 1 / 2:
        return Missing(given)
    if given.members:
        if len(given.members) > 2 and not given.text and dice.random() < 1 / 2:
            return In(given, tuple(dice.sample(given.members, 2)))
        return Is(given, dice.choice(("=", "!=")), dice.choice(given.members))
    if given.unit is None:
        return Is(given, "=", dice.random() < 1 / 2)
    return Is(given, dice.choice((*_SIDES, "=", "!=")), dice.randint(given.low, given.high))
