"""Where a rule set leaves inputs open, in words.

In: a rule set that decides too little. Out: the stretches of inputs that nothing decides, if they can be told.
Invariant: what is said holds of every input there; nothing is said where it would take too long to know.
"""

from math import prod

from ...logic.ruleset import RuleSet
from ..naming import conditions
from .boxes import Space, can_be_boxed, marks
from .inputs import every, tried
from .words import words

MOST = 3
"""So many stretches are told; who wants all of them has the table."""

LIMIT = 2_000
"""So many inputs are looked at: the finding has its witness, this makes it easier to read and must cost next to nothing."""


def left_open(rules: RuleSet) -> tuple[tuple[str, ...], ...]:
    """What each stretch of open inputs asks of the givens, the largest first; empty where that can't be told."""
    named = list(conditions(rules.norms))
    if not can_be_boxed(named):
        return ()
    space = tried(named, rules.among)
    if not space.whole or prod(len(values) for values in space.choices.values()) > LIMIT:
        return ()
    found = [one for one in every(space.choices, rules.among) if not rules.deciding(one) & rules.reaching]
    cover = Space(space.choices, rules.among, marks(named)).cover(found, MOST)
    said = tuple(words(box, rules.among, space.choices) for box in cover.boxes)
    return said if cover.whole and all(said) else ()
