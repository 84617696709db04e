"""Norms that change nothing: always beaten, or implied by another one; and why a condition never holds.

Where a norm depends on what a tool returns, inputs on which that tool does not work are considered too: there the norm can't
apply, and what it beats or implies elsewhere stands by itself.
Invariant: a verdict is given only where the search for an input against it was complete.
"""

from collections.abc import Iterable, Iterator, Sequence

from ..model.tool import WORKS
from ..source.span import whole_file
from ..values.evaluate import variables
from ..values.expression import And, Compare, Expr, Literal, Var
from .conflict import decides, unbeaten
from .goal import All, Fails, Goal, Holds, Some, applies, expressions, stands
from .ruleset import RuleSet, bits, indices
from .variables import Variable
from .witness import Finder, Search, find

_NOWHERE = whole_file("")


def against(rules: RuleSet, goals: Iterable[Goal], *, search: Finder = find) -> Search:
    """An input that meets `goals`, also among those on which a tool that matters to them does not work."""
    wanted = tuple(goals)
    return search((*wanted, *_any_state(rules, wanted)), rules.among)


def shadow(rules: RuleSet, place: int) -> int:
    """The norms, as bits, that may keep norm `place` from deciding: those that beat it, and what a default gives way to."""
    norm = rules.norms[place]
    found = rules.beaters(place)
    if norm.default:
        found |= rules.reaching & ~rules.defaults
    return found & rules.overlapping(place)


def left(rules: RuleSet, place: int, shadowing: int, *, search: Finder = find) -> Search:
    """An input on which norm `place` applies and none of the `shadowing` norms keeps it from deciding."""
    beaters = rules.beaters(place)
    goals: list[Goal] = [applies(rules.norms[place])]
    for other in indices(shadowing):
        norm = rules.norms[other]
        beating = beaters >> other & 1
        goals.append(Fails(applies(norm) if beating else unbeaten(rules, other)))
    return against(rules, goals, search=search)


def shadowing(rules: RuleSet, place: int, groups: Iterable[int], *, search: Finder = find) -> tuple[int, ...]:
    """Those of `groups` of norms that together leave norm `place` nothing to decide; one alone if one is enough.

    None of them can be left out. Give all that could shadow it; empty where these leave an input, or nobody knows.
    """
    found = [group for group in groups if group]
    for group in found:
        if _covered(left(rules, place, group, search=search)):
            return (group,)
    if not found or not _covered(left(rules, place, _all(found), search=search)):
        return ()
    kept = list(found)
    for group in found:
        fewer = [one for one in kept if one is not group]
        if fewer and _covered(left(rules, place, _all(fewer), search=search)):
            kept = fewer
    return tuple(kept)


def implied(rules: RuleSet, place: int, other: int, *, search: Finder = find) -> bool:
    """Whether norm `other` decides wherever norm `place` does."""
    return _covered(against(rules, (decides(rules, place), Fails(decides(rules, other))), search=search))


def needed(rules: RuleSet, place: int, own: int, *, search: Finder = find) -> bool:
    """Whether norm `place` may beat a norm that nothing but its requirement (the norms `own`) beats there."""
    near = rules.overlapping(place)
    for beaten in indices(rules.beats(place) & near):
        others = rules.beaters(beaten) & near & ~own
        goal = All((applies(rules.norms[place]), stands(rules.norms[beaten], rules.pick(others))))
        if not _covered(against(rules, (goal,), search=search)):
            return True
    return False


def excluding(
    when: Expr | None, unless: Sequence[Expr], among: Sequence[Variable], *, search: Finder = find
) -> tuple[tuple[Expr, bool], ...]:
    """Parts of a condition and its exceptions that no input meets together, each with whether it is to hold; exceptions are not to.

    Without any one of the parts, some input meets the rest, or nobody knows that none does; no parts where some input meets all.
    """
    joined = () if when is None else when.parts if isinstance(when, And) else (when,)
    parts: list[tuple[Goal, Expr, bool]] = [(Holds(one), one, True) for one in joined]
    parts += [(Fails(Holds(one)), one, False) for one in unless]

    def none_meets(some: Sequence[tuple[Goal, Expr, bool]]) -> bool:
        return _covered(search([goal for goal, _, _ in some], among))

    if not none_meets(parts):
        return ()
    kept = parts
    for one in parts:
        fewer = [other for other in kept if other is not one]
        if fewer and none_meets(fewer):
            kept = fewer
    return tuple((expr, wanted) for _, expr, wanted in kept)


def _covered(search: Search) -> bool:
    return search.found is None and search.decided


def _all(groups: Iterable[int]) -> int:
    return bits(place for group in groups for place in indices(group))


def _any_state(rules: RuleSet, goals: Iterable[Goal]) -> Iterator[Goal]:
    """Goals that every input meets, each of which speaks of the state of a tool that matters to `goals`."""
    if not rules.stated:
        return
    names = {name for goal in goals for expr in expressions(goal) for name in variables(expr)}
    states = {one.state for one in rules.among if one.name in names and one.state}
    for one in rules.among:
        if one.name in states:
            works = Literal(WORKS, one.type, WORKS, _NOWHERE)
            expr = Compare("=", Var(one.name, one.type, _NOWHERE), works, _NOWHERE)
            yield Some((Holds(expr), Fails(Holds(expr))))
