"""Specs full of faults, over domains so small that all inputs can be listed: rules at odds, gaps, rules that change nothing."""

from dataclasses import dataclass

from hypothesis import strategies as st

from tests.strategies.specs import Cond, GivenModel, Input, Is, Many, RuleModel, SpecModel, conditions, leaf

_OUTCOMES = ("approve", "decline", "escalate")


@dataclass(frozen=True)
class Faulty:
    """A feature that may be declared total."""

    spec: SpecModel
    total: bool

    @property
    def text(self) -> str:
        """The whole file."""
        return self.spec.text.replace('  ask "', '  total\n  ask "', 1) if self.total else self.spec.text

    def inputs(self) -> list[Input]:
        """Every input on which the tool works."""
        found: list[dict[str, bool | str | int | None]] = [{}]
        for given in self.spec.givens:
            values = given.values(range(given.low, given.high + 1)) if given.unit is not None else given.values()
            found = [{**one, given.name: value} for one in found for value in values]
        return list(found)

    def broken(self) -> list[Input]:
        """Every input on which it does not: nothing is known of what it would tell."""
        told = [one.name for one in self.spec.givens if one.source.startswith("look_up.")]
        if not told:
            return []
        rows = ({name: value for name, value in one.items() if name not in told} for one in self.inputs())
        return [dict(one) for one in dict.fromkeys(tuple(row.items()) for row in rows)]


@st.composite
def _givens(draw: st.DrawFn, name: str) -> GivenModel:
    source = draw(st.sampled_from(("user", "user", "context", f"look_up.{name}")))
    optional = draw(st.sampled_from((False, False, False, True))) and not source.startswith("look_up.")
    match draw(st.sampled_from(("bool", "enum", "number", "number", "days"))):
        case "bool":
            return GivenModel(name, source, optional=optional)
        case "enum":
            return GivenModel(
                name, source, members=("basic", "plus", "gold")[: draw(st.integers(2, 3))], optional=optional
            )
        case "days":
            return GivenModel(name, source, low=0, high=draw(st.integers(2, 5)), unit="days", optional=optional)
        case _:
            low = draw(st.integers(-1, 1))
            return GivenModel(name, source, low=low, high=low + draw(st.integers(2, 5)), unit="", optional=optional)


@st.composite
def _conditions(draw: st.DrawFn, known: tuple[GivenModel, ...]) -> Cond:
    """Most often a range, or ranges and values side by side, as rules have them; sometimes anything."""
    if draw(st.integers(0, 4)) == 0:
        return draw(conditions(known))
    parts: list[Cond] = []
    for given in draw(st.permutations(known))[: draw(st.integers(1, 2))]:
        if given.unit is None:
            parts.append(draw(leaf((given,))))
        else:
            parts.append(
                Is(given, draw(st.sampled_from(("<", "<=", ">", ">="))), draw(st.integers(given.low, given.high)))
            )
    return parts[0] if len(parts) == 1 else Many("and", tuple(parts))


@st.composite
def faulty(draw: st.DrawFn) -> Faulty:
    """A feature of few rules, some of which beat others without a circle."""
    names = ("age", "tier", "score")[: draw(st.integers(1, 3))]
    known = tuple(draw(_givens(name)) for name in names)
    outcomes = _OUTCOMES[: draw(st.integers(2, 3))]
    rules: list[RuleModel] = []
    ids = draw(st.permutations([f"R-{number}" for number in range(1, 6)]))
    for id in ids[: draw(st.integers(1, 5))]:
        earlier = [rule.id for rule in rules]
        over = draw(st.lists(st.sampled_from(earlier), unique=True, max_size=2)) if earlier else []
        default = draw(st.integers(0, 5)) == 0
        when = None if default and draw(st.booleans()) else draw(_conditions(known))
        again = [rule.when for rule in rules if rule.when is not None]
        if again and draw(st.integers(0, 7)) == 0:
            when = draw(st.sampled_from(again))
        unless = tuple(draw(st.lists(_conditions(known), max_size=1))) if draw(st.integers(0, 3)) == 0 else ()
        rules.append(RuleModel(id, draw(st.sampled_from(outcomes)), when, unless, tuple(over), default))
    return Faulty(SpecModel("made", known, outcomes, tuple(draw(st.permutations(rules)))), draw(st.booleans()))
