"""Whole valid specs with the model that they state, written down apart from the compiler.

`specs()` gives a `SpecModel`: its `text` compiles without findings of E01 to E04, and `rules`, `givens` say what it means in plain
Python, with an evaluator of their own (`Cond.holds`), so that a test can compare what the compiler decides with brute force.
"""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import TypeAlias

from hypothesis import strategies as st

Value: TypeAlias = bool | str | int | None
"""A value of a given: yes or no, a member, a number in the given's own unit, or None where it is missing."""

Input: TypeAlias = Mapping[str, Value]

UNITS = {"days": ("day", "days"), "USD": ("USD", "USD"), "JPY": ("JPY", "JPY"), "%": ("%", "%"), "": ("", "")}

FIRST = datetime.date(2025, 2, 26)
"""The date that stands for 0: a month ends nearby."""

STATE = "look_up fails"
"""The name of the state of the tool in an input; it works where nothing is said."""

FAULTS = ("timeout", "late", "null", "nothing", "wrong_type")
"""The ways in which the tool fails."""


@dataclass(frozen=True)
class GivenModel:
    """One given. `members` for an enum, `low`, `high` and `unit` for a number, neither for a bool.

    The unit `date` counts days from `FIRST`; `members` of a `text` are all texts of its pattern.
    """

    name: str
    source: str
    members: tuple[str, ...] = ()
    low: int = 0
    high: int = 0
    unit: str | None = None
    optional: bool = False
    text: bool = False

    @property
    def type(self) -> str:
        """The type as a spec writes it."""
        if self.members:
            plain = f"text /{'|'.join(self.members)}/" if self.text else " | ".join(self.members)
        elif self.unit is None:
            plain = "bool"
        else:
            head = {"days": "days", "USD": "money(USD)", "JPY": "money(JPY)", "%": "percent", "": "int", "date": "date"}
            low, high = (self.write(end) if self.unit == "date" else str(end) for end in (self.low, self.high))
            plain = f"{head[self.unit]} {low} .. {high}"
        return f"optional({plain})" if self.optional else plain

    def write(self, value: Value) -> str:
        """`value` as a condition writes it."""
        if isinstance(value, bool):
            return "yes" if value else "no"
        if self.unit is None or not isinstance(value, int):
            return f'"{value}"' if self.text else str(value)
        if self.unit == "date":
            return (FIRST + datetime.timedelta(days=value)).isoformat()
        one, many = UNITS[self.unit]
        return f"{value}%" if self.unit == "%" else f"{value} {one if value == 1 else many}".rstrip()

    def values(self, around: Sequence[int] = ()) -> tuple[Value, ...]:
        """Every value, or for a number its ends and those next to `around`; None last where it may be missing."""
        plain: list[Value]
        if self.members:
            plain = list(self.members)
        elif self.unit is None:
            plain = [True, False]
        else:
            near = {self.low, self.high, *(one + step for one in around for step in (-1, 0, 1))}
            plain = [one for one in sorted(near) if self.low <= one <= self.high]
        return (*plain, None) if self.optional else tuple(plain)


@dataclass(frozen=True)
class Is:
    """`given op value`; a bool given with `=` is written as a bare name or as `not name`."""

    given: GivenModel
    op: str
    value: Value

    def write(self) -> str:
        """The condition as a spec writes it."""
        if isinstance(self.value, bool) and not self.given.optional:
            return self.given.name if self.value == (self.op == "=") else f"not {self.given.name}"
        return f"{self.given.name} {self.op} {self.given.write(self.value)}"

    def holds(self, values: Input) -> bool | None:
        """Whether it holds; None where that can't be told."""
        have = values.get(self.given.name)
        if have is None:
            return None
        if self.op in ("=", "!="):
            return (have == self.value) is (self.op == "=")
        assert isinstance(have, int)
        assert isinstance(self.value, int)
        return {
            "<": have < self.value,
            "<=": have <= self.value,
            ">": have > self.value,
            ">=": have >= self.value,
        }[self.op]


@dataclass(frozen=True)
class In:
    """`given in a | b`."""

    given: GivenModel
    members: tuple[str, ...]

    def write(self) -> str:
        """The condition as a spec writes it."""
        return f"{self.given.name} in {' | '.join(self.members)}"

    def holds(self, values: Input) -> bool | None:
        """Whether it holds; None where that can't be told."""
        have = values.get(self.given.name)
        return None if have is None else have in self.members


@dataclass(frozen=True)
class Missing:
    """`given is missing`."""

    given: GivenModel

    def write(self) -> str:
        """The condition as a spec writes it."""
        return f"{self.given.name} is missing"

    def holds(self, values: Input) -> bool | None:
        """Whether the given has no value."""
        return values.get(self.given.name) is None


@dataclass(frozen=True)
class Versus:
    """`given op other`, two givens of one unit."""

    given: GivenModel
    op: str
    other: GivenModel

    def write(self) -> str:
        """The condition as a spec writes it."""
        return f"{self.given.name} {self.op} {self.other.name}"

    def holds(self, values: Input) -> bool | None:
        """Whether it holds; None where that can't be told."""
        return compared(values.get(self.given.name), self.op, values.get(self.other.name))


@dataclass(frozen=True)
class Sum:
    """`given word other op value`: two numbers of one unit added, subtracted or multiplied."""

    given: GivenModel
    word: str
    other: GivenModel
    op: str
    value: int

    def write(self) -> str:
        """The condition as a spec writes it."""
        return f"{self.given.name} {self.word} {self.other.name} {self.op} {self.given.write(self.value)}"

    def holds(self, values: Input) -> bool | None:
        """Whether it holds; None where that can't be told."""
        one, other = values.get(self.given.name), values.get(self.other.name)
        if not isinstance(one, int) or not isinstance(other, int):
            return None
        return compared(calculated(self.word, one, other), self.op, self.value)


@dataclass(frozen=True)
class Failing:
    """`look_up fails`, or fails in one way."""

    way: str = ""

    def write(self) -> str:
        """The condition as a spec writes it."""
        return f"look_up fails {self.way}".rstrip()

    def holds(self, values: Input) -> bool | None:
        """Whether the tool fails so."""
        state = values.get(STATE, "works")
        return state == self.way if self.way else state != "works"


@dataclass(frozen=True)
class No:
    """`not (part)`."""

    part: "Cond"

    def write(self) -> str:
        """The condition as a spec writes it."""
        return f"not ({self.part.write()})"

    def holds(self, values: Input) -> bool | None:
        """The opposite of its part."""
        found = self.part.holds(values)
        return None if found is None else not found


@dataclass(frozen=True)
class Many:
    """`(a) and (b)`, or with `or`."""

    word: str
    parts: "tuple[Cond, ...]"

    def write(self) -> str:
        """The condition as a spec writes it."""
        return f" {self.word} ".join(
            f"({part.write()})" if isinstance(part, Many) else part.write() for part in self.parts
        )

    def holds(self, values: Input) -> bool | None:
        """All or any of its parts, in three truth values."""
        found = [part.holds(values) for part in self.parts]
        decisive = self.word == "or"
        if decisive in found:
            return decisive
        return None if None in found else not decisive


Cond: TypeAlias = Is | In | Missing | Versus | Sum | Failing | No | Many


def calculated(word: str, one: int, other: int) -> int:
    """`one word other`."""
    return one + other if word == "+" else one - other if word == "-" else one * other


def compared(one: Value, op: str, other: Value) -> bool | None:
    """`one op other` of two numbers; None where one of them is not there."""
    if not isinstance(one, int) or not isinstance(other, int):
        return None
    found = {"<": one < other, "<=": one <= other, ">": one > other, ">=": one >= other, "=": one == other}
    return found.get(op, one != other)


@dataclass(frozen=True)
class RuleModel:
    """One requirement of the kind `rule`."""

    id: str
    outcome: str
    when: Cond | None
    unless: tuple[Cond, ...] = ()
    over: tuple[str, ...] = ()
    default: bool = False

    def write(self) -> str:
        """The requirement as a spec writes it."""
        lines = [f'  {self.id} rule "Rule {self.id}" {{']
        if self.when is not None:
            lines.append(f"    when {self.when.write()}")
        lines += [f"    unless {one.write()}" for one in self.unless]
        lines.append(f"    must {self.outcome}")
        if self.over:
            lines.append(f"    over {', '.join(self.over)}")
        if self.default:
            lines.append("    default")
        return "\n".join([*lines, "  }"])

    def applies(self, values: Input) -> bool:
        """Whether it speaks on this input: `when` is certain and no `unless` is."""
        if self.when is not None and self.when.holds(values) is not True:
            return False
        return not any(one.holds(values) is True for one in self.unless)


@dataclass(frozen=True)
class SpecModel:
    """One feature; `text` is the spec that states it."""

    name: str
    givens: tuple[GivenModel, ...]
    outcomes: tuple[str, ...]
    rules: tuple[RuleModel, ...]
    file: str = "specs/made.spec"

    @property
    def text(self) -> str:
        """The whole file."""
        fields = [given for given in self.givens if given.source.startswith("look_up.")]
        returns = ", ".join(f"{given.source.partition('.')[2]}: {given.type}" for given in fields)
        tool = (
            f'  tool look_up(order_id: text) {{ about "Looks up one order."; returns {{ {returns} }}; fails timeout }}'
        )
        parts = [
            f'feature {self.name} "Feature {self.name}" {{',
            '  role "You help customers."',
            *([tool] if fields else []),
            '  tool act(note: text) { about "Does it."; writes }',
            *(
                f'  given {one.name} {one.type} {{ name "the {one.name}"; from {one.source} }}'
                if one.unit is not None or one.members
                else f'  given {one.name} {one.type} {{ name "{one.name} holds"; from {one.source} }}'
                for one in self.givens
            ),
            *(f'  outcome {one} "do {one}" {{ mentions "{one}" }}' for one in self.outcomes),
            *([f"  exclusive {', '.join(self.outcomes)}"] if len(self.outcomes) > 1 else []),
            '  ask "Hello, I need help."',
            *(rule.write() for rule in self.rules),
            "}",
        ]
        return "\n".join(parts) + "\n"

    def numbers(self, given: GivenModel) -> list[int]:
        """The numbers that some condition compares `given` with."""
        return sorted(
            {
                leaf.value
                for rule in self.rules
                for cond in (*([rule.when] if rule.when is not None else []), *rule.unless)
                for leaf in leaves(cond)
                if isinstance(leaf, Is) and leaf.given == given and isinstance(leaf.value, int)
            }
        )

    def inputs(self, limit: int = 2000) -> Iterator[dict[str, Value]]:
        """Inputs that tell all conditions apart, at most `limit`."""
        columns = [given.values(self.numbers(given)) for given in self.givens]
        for count, row in enumerate(product(*columns)):
            if count >= limit:
                return
            yield {given.name: value for given, value in zip(self.givens, row, strict=True)}

    def decided(self, values: Input) -> tuple[str, ...]:
        """The outcomes that the rules ask for on `values`, sorted: beaten ones left out, defaults only where nothing else is."""
        applying = [rule for rule in self.rules if rule.applies(values)]
        beaten = {id for rule in applying for id in rule.over}
        standing = [rule for rule in applying if rule.id not in beaten]
        firm = [rule for rule in standing if not rule.default]
        return tuple(sorted({rule.outcome for rule in (firm or standing)}))

    def with_rule(self, id: str, changed: RuleModel) -> "SpecModel":
        """The same spec with one rule replaced."""
        return replace(self, rules=tuple(changed if rule.id == id else rule for rule in self.rules))


def leaves(cond: Cond) -> Iterator[Cond]:
    """The conditions without parts inside `cond`."""
    match cond:
        case No(part=part):
            yield from leaves(part)
        case Many(parts=parts):
            for one in parts:
                yield from leaves(one)
        case _:
            yield cond


_WORDS = ("age", "total", "tier", "receipt", "region", "score", "rate", "visits")
_MEMBERS = ("basic", "plus", "gold", "extra")
_OUTCOMES = ("approve", "decline", "escalate")


@st.composite
def givens(draw: st.DrawFn, name: str) -> GivenModel:
    """One given called `name`."""
    kind = draw(st.sampled_from(("bool", "enum", "days", "USD", "%", "")))
    optional = draw(st.sampled_from((False, False, False, True)))
    source = draw(st.sampled_from(("user", "context", f"look_up.{name}")))
    if kind == "bool":
        return GivenModel(name, source, optional=optional)
    if kind == "enum":
        return GivenModel(name, source, members=_MEMBERS[: draw(st.integers(2, 4))], optional=optional)
    low = draw(st.integers(0, 5))
    high = low + draw(st.integers(1, 60))
    return GivenModel(name, source, low=low, high=high, unit=kind, optional=optional)


@st.composite
def leaf(draw: st.DrawFn, known: Sequence[GivenModel]) -> Cond:
    """One comparison on one of `known`."""
    given = draw(st.sampled_from(list(known)))
    if given.optional and draw(st.booleans()):
        return Missing(given)
    if given.members:
        if len(given.members) > 2 and not given.text and draw(st.booleans()):
            count = draw(st.integers(2, len(given.members) - 1))
            return In(given, tuple(draw(st.permutations(given.members))[:count]))
        return Is(given, draw(st.sampled_from(("=", "!="))), draw(st.sampled_from(given.members)))
    if given.unit is None:
        return Is(given, "=", draw(st.booleans()))
    op = draw(st.sampled_from(("<", "<=", ">", ">=", "=", "!=")))
    return Is(given, op, draw(st.integers(given.low, given.high)))


def conditions(known: Sequence[GivenModel]) -> st.SearchStrategy[Cond]:
    """Conditions over `known`, a few levels deep."""
    return st.recursive(
        leaf(known),
        lambda inner: st.one_of(
            st.builds(No, inner),
            st.builds(
                lambda word, parts: Many(word, tuple(parts)),
                st.sampled_from(("and", "or")),
                st.lists(inner, min_size=2, max_size=3),
            ),
        ),
        max_leaves=4,
    )


@st.composite
def specs(draw: st.DrawFn, max_givens: int = 4, max_rules: int = 6) -> SpecModel:
    """A feature with rules; the order of rules in the file is random, `over` has no circle."""
    names = draw(st.permutations(_WORDS))[: draw(st.integers(1, max_givens))]
    known = tuple(draw(givens(name)) for name in names)
    outcomes = _OUTCOMES[: draw(st.integers(1, len(_OUTCOMES)))]
    rules: list[RuleModel] = []
    for number in range(1, draw(st.integers(1, max_rules)) + 1):
        earlier = [rule.id for rule in rules]
        over = draw(st.lists(st.sampled_from(earlier), unique=True, max_size=2)) if earlier else []
        default = draw(st.sampled_from((False, False, False, True)))
        when = None if default and draw(st.booleans()) else draw(conditions(known))
        unless = tuple(draw(st.lists(conditions(known), max_size=1)))
        outcome = draw(st.sampled_from(outcomes))
        rules.append(RuleModel(f"R-{number}", outcome, when, unless, tuple(over), default))
    return SpecModel("made", known, outcomes, tuple(draw(st.permutations(rules))))
