"""Specs full of faults, over domains so small that all inputs can be listed: rules at odds, gaps, rules that change nothing."""

from collections.abc import Iterator
from dataclasses import dataclass

from hypothesis import strategies as st

from tests.strategies.specs import (
    FAULTS,
    STATE,
    Cond,
    Failing,
    GivenModel,
    Input,
    Is,
    Many,
    No,
    RuleModel,
    SpecModel,
    Sum,
    Versus,
    calculated,
    conditions,
    leaf,
    leaves,
)

_OUTCOMES = ("approve", "decline", "escalate")
_SIDES = ("<", "<=", ">", ">=")


@dataclass(frozen=True)
class Faulty:
    """A feature that may be declared total; the rules of `stated` are those of a policy that it includes."""

    spec: SpecModel
    total: bool
    stated: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The whole file."""
        plain = self.spec.text.replace('  ask "', '  total\n  ask "', 1) if self.total else self.spec.text
        return self._with_policy(plain) if self.stated else plain

    def _with_policy(self, plain: str) -> str:
        """The declarations and some of the rules in a policy."""
        head, role, *rest = plain.splitlines()
        at = next(number for number, line in enumerate(rest) if line.startswith(("  total", "  ask")))
        own = [one.write() for one in self.spec.rules if one.id not in self.stated]
        asked = [line for line in rest[at:] if line.startswith(("  total", "  ask"))]
        stated = [one.write() for one in self.spec.rules if one.id in self.stated]
        policy = ['policy house "House rules" {', *rest[:at], *stated, "}"]
        return "\n".join([*policy, head, "  include house", role, *asked, *own, "}", ""])

    def stands(self, id: str, other: str) -> bool:
        """Whether nobody is told that `id` is superfluous beside `other`: a policy states it, and the feature the other."""
        return id in self.stated and other not in self.stated

    @property
    def told(self) -> list[str]:
        """The givens that the tool tells."""
        return [one.name for one in self.spec.givens if one.source.startswith("look_up.")]

    def speaks(self, id: str = "") -> bool:
        """Whether a condition speaks of the tool's failure; of one rule, or of any."""
        return any(isinstance(one, Failing) for one in self._leaves(id))

    def calculates(self, id: str) -> bool:
        """Whether a condition of a rule calculates with givens."""
        return any(isinstance(one, Sum) for one in self._leaves(id))

    def _leaves(self, id: str) -> Iterator[Cond]:
        return (
            one
            for rule in self.spec.rules
            if id in ("", rule.id)
            for cond in (*(() if rule.when is None else (rule.when,)), *rule.unless)
            for one in leaves(cond)
        )

    def inputs(self) -> list[Input]:
        """Every input on which the tool works."""
        found: list[dict[str, bool | str | int | None]] = [{}]
        for given in self.spec.givens:
            values = given.values(range(given.low, given.high + 1)) if given.unit is not None else given.values()
            found = [{**one, given.name: value} for one in found for value in values]
        return list(found)

    def broken(self) -> list[Input]:
        """Every input on which it does not: nothing is known of what it would tell."""
        told = self.told
        if not told:
            return []
        rows = ({name: value for name, value in one.items() if name not in told} for one in self.inputs())
        rest = dict.fromkeys(tuple(row.items()) for row in rows)
        return [{**dict(one), STATE: state} for one in rest for state in (FAULTS if self.speaks() else FAULTS[:1])]


@st.composite
def _givens(draw: st.DrawFn, name: str) -> GivenModel:
    source = draw(st.sampled_from(("user", "user", "context", f"look_up.{name}")))
    optional = draw(st.sampled_from((False, False, False, True))) and not source.startswith("look_up.")
    match draw(st.sampled_from(("bool", "enum", "text", "number", "number", "days", "JPY", "date"))):
        case "bool":
            return GivenModel(name, source, optional=optional)
        case "enum":
            members = ("basic", "plus", "gold")[: draw(st.integers(2, 3))]
            return GivenModel(name, source, members=members, optional=optional)
        case "text":
            return GivenModel(name, source, members=("a", "b", "cd")[: draw(st.integers(1, 3))], text=True)
        case "number":
            low = draw(st.integers(-1, 1))
            return GivenModel(name, source, low=low, high=low + draw(st.integers(2, 5)), unit="", optional=optional)
        case unit:
            return GivenModel(name, source, low=0, high=draw(st.integers(2, 5)), unit=unit, optional=optional)


@st.composite
def _sums(draw: st.DrawFn, pairs: list[tuple[GivenModel, GivenModel]]) -> Cond:
    """A sum, difference or product of two givens compared with a number that it can be."""
    one, other = draw(st.sampled_from(pairs))
    word = draw(st.sampled_from("+-*")) if one.unit == "" else "+"
    ends = [calculated(word, a, b) for a in (one.low, one.high) for b in (other.low, other.high)]
    return Sum(one, word, other, draw(st.sampled_from((*_SIDES, "="))), draw(st.integers(min(ends), max(ends))))


def _special(known: tuple[GivenModel, ...]) -> list[st.SearchStrategy[Cond]]:
    """Conditions of a sort that few specs have: two givens, sums, a tool that fails."""
    found: list[st.SearchStrategy[Cond]] = []
    pairs = [(one, two) for one in known for two in known if one is not two and one.unit == two.unit is not None]
    if pairs:
        found.append(
            st.builds(lambda pair, op: Versus(pair[0], op, pair[1]), st.sampled_from(pairs), st.sampled_from(_SIDES))
        )
    plain = [pair for pair in pairs if pair[0].unit in ("", "days", "JPY")]
    if plain:
        found.append(_sums(plain))
    if any(one.source.startswith("look_up.") for one in known):
        found.append(st.builds(Failing, st.sampled_from(("", "timeout"))))
    return found


@st.composite
def _conditions(draw: st.DrawFn, known: tuple[GivenModel, ...]) -> Cond:
    """Most often a range, or ranges and values side by side, as rules have them; sometimes anything."""
    shape = draw(st.integers(0, 9))
    if shape < 2:
        return draw(conditions(known))
    special = _special(known)
    parts: list[Cond] = []
    if special and shape < 5:
        one = draw(st.one_of(special))
        parts.append(No(one) if draw(st.integers(0, 3)) == 0 else one)
    for given in draw(st.permutations(known))[: draw(st.integers(0 if parts else 1, 2))]:
        if given.unit is None:
            parts.append(draw(leaf((given,))))
        else:
            parts.append(Is(given, draw(st.sampled_from(_SIDES)), draw(st.integers(given.low, given.high))))
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
