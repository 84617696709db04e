"""Values survive being shown and read; conditions mean what their parts mean."""

import datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from speclang.source.span import Span
from speclang.values.canonical import canonical
from speclang.values.domain import contains, neighbours, sample, smallest
from speclang.values.evaluate import atoms, compiled, evaluate, variables
from speclang.values.expression import Absent, Among, And, Arithmetic, Between, Compare, Expr, Literal, Not, Or, Var
from speclang.values.literals import Problem, from_json, read, show, slug, spell, to_json
from speclang.values.pattern import matches, samples
from speclang.values.types import Bool, Date, Datum, Enum, ListOf, Numeric, Optional, Record, Text, Type
from speclang.values.units import EXACT, UNIT_NAMES, Unit, decimal, find, integer, money, percent, quantity
from tests.strategies import rules

_CURRENCIES = ("USD", "JPY", "KWD", "EUR")


def scalars() -> st.SearchStrategy[Type]:
    currencies = st.sampled_from(_CURRENCIES).map(lambda code: money(code) or integer())
    units = st.sampled_from(UNIT_NAMES).map(lambda name: quantity(_found(name)))
    return st.one_of(
        st.just(Bool()),
        st.just(Date()),
        st.just(Text()),
        st.just(integer()),
        st.just(decimal()),
        st.just(percent()),
        st.just(Enum(("standard", "gold", "missing"))),
        currencies,
        units,
    )


def types() -> st.SearchStrategy[Type]:
    def more(inner: st.SearchStrategy[Type]) -> st.SearchStrategy[Type]:
        fields = st.lists(inner, min_size=1, max_size=3).map(
            lambda of: tuple((f"f{nth}", one) for nth, one in enumerate(of))
        )
        return inner.map(ListOf) | fields.map(Record)

    return st.recursive(scalars() | scalars().map(Optional), more, max_leaves=3)


def values(type: Type) -> st.SearchStrategy[Datum]:
    match type:
        case Bool():
            return st.booleans()
        case Enum(members):
            return st.sampled_from(members)
        case Numeric(step=step):
            return st.integers(-(10**7), 10**7).map(lambda many: EXACT.multiply(Decimal(many), step))
        case Date():
            return st.dates()
        case Text():
            return st.text(max_size=12) | st.sampled_from(("missing", ' "x" ', "a, b]", "{x}"))
        case Optional(of):
            return st.none() | values(of)
        case ListOf(of):
            return st.lists(values(of), max_size=3).map(tuple)
        case Record(fields):
            return st.tuples(*(st.tuples(st.just(name), values(of)) for name, of in fields))


def typed() -> st.SearchStrategy[tuple[Type, Datum]]:
    return types().flatmap(lambda of: st.tuples(st.just(of), values(of)))


@given(typed())
def test_what_is_shown_reads_back(pair: tuple[Type, Datum]) -> None:
    type, value = pair
    assert read(show(value, type), type) == value


@given(scalars().filter(lambda of: of != Text()).flatmap(lambda of: st.tuples(st.just(of), values(of))))
def test_what_is_spelled_reads_back(pair: tuple[Type, Datum]) -> None:
    type, value = pair
    assert read(spell(value, type), type) == value


@given(typed())
def test_what_a_tool_returns_reads_back(pair: tuple[Type, Datum]) -> None:
    type, value = pair
    assert from_json(to_json(value, type), type) == value


@given(typed())
def test_nothing_is_shown_in_scientific_notation_or_rounded(pair: tuple[Type, Datum]) -> None:
    type, value = pair
    if isinstance(type, Numeric):
        assert "E" not in show(value, type).split()[0]


@given(typed())
def test_a_slug_has_no_space_and_no_slash(pair: tuple[Type, Datum]) -> None:
    text = slug(pair[1], pair[0])
    assert text
    assert not set(text) & set(" /\\\t\n,")


@given(scalars().flatmap(lambda of: st.tuples(st.just(of), values(of), values(of))))
def test_two_values_have_two_slugs(both: tuple[Type, Datum, Datum]) -> None:
    type, one, other = both
    assert (slug(one, type) == slug(other, type)) == (one == other)


@given(types(), st.text(max_size=20))
def test_reading_is_total(type: Type, text: str) -> None:
    found = read(text, type)
    assert isinstance(found, Problem) or contains(type, found)


@given(types())
def test_a_type_has_its_own_sample_and_smallest_value(type: Type) -> None:
    assert contains(type, sample(type))
    assert contains(type, smallest(type))


@given(
    st.integers(-50, 50),
    st.integers(0, 60),
    st.integers(-60, 120),
    st.sampled_from(("days", "KiB", "%", "USD", "weeks")),
)
def test_nothing_lies_between_a_value_and_its_neighbour(low: int, size: int, at: int, unit: str) -> None:
    bare = quantity(_found(unit))
    type = Numeric(bare.dimension, bare.unit, bare.step, bare.step * low, bare.step * (low + size))
    value = bare.step * at
    inside = [bare.step * one for one in range(low, low + size + 1)]
    below, above = neighbours(value, type)
    assert below == max((one for one in inside if one < value), default=None)
    assert above == min((one for one in inside if one > value), default=None)


@given(st.dates(min_value=datetime.date(2000, 1, 1), max_value=datetime.date(2030, 1, 1)))
def test_neighbours_of_a_date_are_a_day_away(day: datetime.date) -> None:
    below, above = neighbours(day, Date(datetime.date(2000, 1, 1), datetime.date(2030, 1, 1)))
    assert all(
        contains(Date(), one) and isinstance(one, datetime.date) and abs((one - day).days) == 1
        for one in (below, above)
        if one
    )


@given(
    st.sampled_from((r"A[0-9]{6}", r"(a|bc)*d?", r"[^a-z]{2,}", r"\w+@\w+\.com", r".{1,3}|x", r"[A-C]-?\d")),
    st.integers(1, 9),
)
def test_samples_match_their_pattern_and_differ(pattern: str, count: int) -> None:
    made = list(samples(pattern, count))
    assert len(made) == len(set(made)) == count
    assert all(matches(pattern, text) for text in made)


def truth(expr: Expr, given: dict[str, Datum]) -> float:
    """Kleene's tables as numbers: true 1, unknown one half, false 0."""
    match expr:
        case And(parts):
            return min(truth(part, given) for part in parts)
        case Or(parts):
            return max(truth(part, given) for part in parts)
        case Not(operand):
            return 1 - truth(operand, given)
        case Absent(left):
            return 0.5 if left.name not in given else float(given[left.name] is None)
        case Var(name):
            return 0.5 if given.get(name) is None else float(bool(given[name]))
        case Among(left, members):
            return max(_compared("=", number(left, given), number(one, given)) for one in members)
        case Between(left, low, high):
            at = number(left, given)
            return min(_compared(">=", at, number(low, given)), _compared("<=", at, number(high, given)))
        case Compare(op, left, right):
            return _compared(op, number(left, given), number(right, given))
        case _:
            raise AssertionError


def number(expr: Expr, given: dict[str, Datum]) -> Datum:
    """The value of a side of a comparison; None where there is none."""
    match expr:
        case Literal(value):
            return value
        case Var(name):
            return given.get(name)
        case Arithmetic(op, left, right):
            a, b = number(left, given), number(right, given)
            if not isinstance(a, Decimal) or not isinstance(b, Decimal):
                return None
            return {"+": a + b, "-": a - b, "*": a * b}[op]
        case _:
            raise AssertionError


def _compared(op: str, a: Datum, b: Datum) -> float:
    if a is None or b is None:
        return 0.5
    if op in ("=", "!="):
        return float((a == b) is (op == "="))
    assert isinstance(a, Decimal)
    assert isinstance(b, Decimal)
    return float({"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[op])


@given(rules.conditions(), rules.inputs())
def test_a_condition_has_the_truth_of_kleenes_tables(condition: Expr, values: dict[str, Datum]) -> None:
    wanted = {1.0: True, 0.5: None, 0.0: False}[truth(condition, values)]
    assert evaluate(condition, values) is wanted
    assert compiled(condition)(values) is wanted


@given(rules.conditions(), rules.inputs())
def test_what_a_condition_does_not_name_does_not_matter(condition: Expr, values: dict[str, Datum]) -> None:
    named = {name: values[name] for name in variables(condition) if name in values}
    assert evaluate(condition, named) is evaluate(condition, values)


@given(rules.conditions(), rules.conditions(), rules.inputs())
def test_equal_canonical_texts_mean_equal_conditions(one: Expr, other: Expr, values: dict[str, Datum]) -> None:
    if canonical(one) == canonical(other):
        assert evaluate(one, values) is evaluate(other, values)


@given(rules.conditions(), rules.conditions(), rules.spans())
def test_the_order_of_parts_and_double_denial_say_nothing(one: Expr, other: Expr, span: Span) -> None:
    assert canonical(And((one, other), span)) == canonical(And((other, one), rules.HERE))
    assert canonical(Or((one, other), span)) == canonical(Or((other, one, one), rules.HERE))
    assert canonical(Not(Not(one, span), span)) == canonical(one)
    assert canonical(Not(And((one, other), span), span)) == canonical(Or((Not(one, span), Not(other, span)), span))


@given(rules.conditions(), rules.inputs())
def test_the_atoms_of_a_condition_decide_it(condition: Expr, values: dict[str, Datum]) -> None:
    if all(evaluate(atom, values) is not None for atom in atoms(condition)):
        assert evaluate(condition, values) is not None


def _found(name: str) -> Unit:
    unit = find(name)
    assert unit is not None
    return unit
