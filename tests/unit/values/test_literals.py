"""Values as people and specs write them."""

from decimal import Decimal

import pytest

from speclang.values.domain import contains
from speclang.values.literals import Problem, from_json, read, show, slug, spell, to_json
from speclang.values.types import Bool, Date, Datum, Enum, ListOf, Numeric, Optional, Record, Text, Type
from speclang.values.units import Unit, decimal, find, integer, money, percent, quantity


def _unit(name: str) -> Unit:
    unit = find(name)
    assert unit is not None
    return unit


DAYS = quantity(_unit("days"), Decimal(0), Decimal(365 * 86400))
USD = quantity(_unit("USD"), Decimal(0), Decimal(10_000))
YEN = quantity(_unit("JPY"))
TIER = Enum(("standard", "gold", "platinum"), "Tier")


@pytest.mark.parametrize(
    ("value", "type", "shown"),
    [
        (Decimal(30 * 86400), DAYS, "30 days"),
        (Decimal(86400), DAYS, "1 day"),
        (Decimal(864_000), quantity(_unit("weeks")), "10 days"),
        (Decimal(90), quantity(_unit("minutes")), "1.5 minutes"),
        (Decimal("500.01"), USD, "500.01 USD"),
        (Decimal("500.5"), USD, "500.50 USD"),
        (Decimal("500.00"), USD, "500 USD"),
        (Decimal(10_000), USD, "10,000 USD"),
        (Decimal(9_999), USD, "9999 USD"),
        (Decimal(1200), YEN, "1200 JPY"),
        (Decimal(8192), quantity(_unit("KiB")), "8 KiB"),
        (Decimal("0.2"), percent(), "20%"),
        (Decimal("0.125"), percent(), "12.5%"),
        (Decimal("1E+6"), integer(), "1,000,000"),
        (Decimal("-12345.60"), decimal(), "-12,345.6"),
        (True, Bool(), "yes"),
        (None, Optional(Bool()), "missing"),
        ("missing", Optional(Text()), '"missing"'),
        (("a", "b, c"), ListOf(Text()), '["a", "b, c"]'),
        (
            (("total", Decimal(1000)), ("age", Decimal(86400))),
            Record((("total", USD), ("age", DAYS))),
            "{ total: 1000 USD, age: 1 day }",
        ),
    ],
)
def test_a_value_is_shown_as_people_write_it(value: Datum, type: Type, shown: str) -> None:
    assert show(value, type) == shown
    if contains(type, value):
        assert read(shown, type) == value


def test_a_spec_spells_thousands_with_underscores_and_texts_with_quotes() -> None:
    assert spell(Decimal(10_000), USD) == "10_000 USD"
    assert spell('say "hi" {x}', Text()) == r'"say \"hi\" \{x\}"'


@pytest.mark.parametrize(
    ("text", "type", "value"),
    [
        ("5 weeks", DAYS, Decimal(35 * 86400)),
        ("48 hours", DAYS, Decimal(2 * 86400)),
        ("1day", DAYS, Decimal(86400)),
        ("10_000 USD", USD, Decimal(10_000)),
        ("true", Bool(), True),
        (" gold ", TIER, "gold"),
    ],
)
def test_a_value_may_be_written_in_other_ways(text: str, type: Type, value: Datum) -> None:
    assert read(text, type) == value


@pytest.mark.parametrize(
    ("text", "type", "title", "fix"),
    [
        ("30", DAYS, "`30` has no unit", "write `30 days`"),
        ("20", percent(), "`20` has no unit", "write `20%`"),
        ("2 months", DAYS, "a month has no fixed length", "write the number of days, as `30 days`"),
        ("30 dais", DAYS, "unknown unit `dais`", "write `days`"),
        ("5 USD", DAYS, "`5 USD` is not a duration", "write `5 days`"),
        ("5 days", USD, "`5 days` is not an amount in USD", "write `5 USD`"),
        (
            "400 days",
            DAYS,
            "`400 days` is not within `0 days` to `365 days`",
            "write a value from `0 days` to `365 days`",
        ),
        ("1.5 days", DAYS, "`1.5 days` is finer than `1 day`", "write a multiple of `1 day`"),
        ("0.001 USD", USD, "`0.001 USD` is finer than `0.01 USD`", "write a multiple of `0.01 USD`"),
        ("1,5 days", DAYS, "`1,5` can't be read as a number", "write `5 days`"),
        ("many", integer(), "`many` is not a number", "write `1`"),
        ("3 days", integer(), "`3 days` has a unit where a plain number is wanted", "write `1`"),
        ("1" * 50, integer(), "`111111111111…` has more than 40 digits", "write a shorter number"),
        ("golt", TIER, "`golt` is not one of its values", "write `gold`"),
        ("maybe", Bool(), "`maybe` is neither yes nor no", "write `yes` or `no`"),
        ("2025-02-30", Date(), "`2025-02-30` is not a date", "write it as `2025-01-31`"),
        ("B1", Text("A[0-9]{6}"), "`B1` does not match `/A[0-9]{6}/`", "write `A000000`"),
        ("a, b", ListOf(Text()), "`a, b` is not a list", "write it as `[first, second]`"),
    ],
)
def test_a_wrong_value_is_answered_with_what_to_write(text: str, type: Type, title: str, fix: str) -> None:
    assert read(text, type) == Problem(title, fix)


@pytest.mark.parametrize(
    ("value", "type", "data"),
    [
        (Decimal("500.01"), USD, 500.01),
        (Decimal("500.00"), USD, 500),
        (Decimal(30 * 86400), DAYS, 30),
        (Decimal("0.2"), percent(), 20),
        (Decimal("0.12345678901234567890"), decimal(), "0.1234567890123456789"),
        (None, Optional(USD), None),
    ],
)
def test_a_tool_returns_numbers_in_the_declared_unit(value: Datum, type: Type, data: object) -> None:
    assert to_json(value, type) == data
    assert from_json(to_json(value, type), type) == value


def test_json_of_another_kind_is_a_problem() -> None:
    assert isinstance(from_json(True, integer()), Problem)
    assert isinstance(from_json("x", Bool()), Problem)
    assert isinstance(from_json(float("nan"), decimal()), Problem)
    assert isinstance(from_json({"b": 1}, Record((("a", integer()),))), Problem)
    assert isinstance(from_json([1, "x"], ListOf(integer())), Problem)


@pytest.mark.parametrize(
    ("value", "type", "text"),
    [
        (Decimal(30 * 86400), DAYS, "30"),
        (Decimal("500.01"), USD, "500.01"),
        (Decimal(10_000), USD, "10000"),
        (Decimal(864_000), quantity(_unit("weeks")), "10days"),
        (False, Bool(), "no"),
        ("gold", TIER, "gold"),
        (None, Optional(TIER), "missing"),
    ],
)
def test_a_slug_is_short_and_plain(value: Datum, type: Type, text: str) -> None:
    assert slug(value, type) == text


def test_deeply_nested_text_is_refused_and_not_followed() -> None:
    type: Type = integer()
    for _ in range(40):
        type = ListOf(type)
    assert isinstance(read("[" * 40 + "1" + "]" * 40, type), Problem)


def test_a_currency_without_decimals_has_the_step_one() -> None:
    assert money("JPY") == Numeric("money:JPY", "JPY", Decimal(1))
    assert money("USX") is None
