"""A spec full of faults and what becomes of it, edit by edit: rules go, change, swap, and the feature becomes total or ceases to be."""

from dataclasses import replace

from hypothesis import strategies as st

from tests.strategies.faulty import Faulty, faulty
from tests.strategies.specs import RuleModel


@st.composite
def _edited(draw: st.DrawFn, made: Faulty) -> Faulty:
    rules = made.spec.rules
    place = draw(st.integers(0, len(rules) - 1))
    one, other = rules[place], draw(st.sampled_from(rules))
    match draw(st.sampled_from(("outcome", "when", "unless", "over", "default", "order", "total", "gone", "turned"))):
        case "outcome":
            changed = replace(one, outcome=draw(st.sampled_from(made.spec.outcomes)))
        case "when":
            changed = replace(one, when=other.when)
        case "unless":
            changed = replace(one, unless=() if one.unless or other.when is None else (other.when,))
        case "over":
            changed = replace(one, over=())
        case "default":
            changed = replace(one, default=not one.default)
        case "order":
            return replace(made, spec=replace(made.spec, rules=tuple(draw(st.permutations(rules)))))
        case "gone" if len(rules) > 1:
            return replace(made, spec=replace(made.spec, rules=_without(rules, one.id)))
        case "turned":
            turned = tuple(
                replace(given, low=given.low - 1) if given.unit == "" else given for given in made.spec.givens
            )
            return replace(made, spec=replace(made.spec, givens=turned))
        case _:
            return replace(made, total=not made.total)
    if changed.when is None and not changed.default:
        changed = replace(changed, when=one.when, default=one.default)
    return replace(made, spec=made.spec.with_rule(one.id, changed))


def _without(rules: tuple[RuleModel, ...], id: str) -> tuple[RuleModel, ...]:
    return tuple(replace(one, over=tuple(each for each in one.over if each != id)) for one in rules if one.id != id)


@st.composite
def edited(draw: st.DrawFn, most: int = 4) -> list[Faulty]:
    """A feature as it is after each of a few edits, the first as it was written."""
    found = [draw(faulty())]
    for _ in range(draw(st.integers(1, most))):
        found.append(draw(_edited(found[-1])))
    return found
