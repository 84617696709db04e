"""Conditions: every form, what it means, and what is said about a wrong one."""

from decimal import Decimal

import pytest

from speclang.model.requirement import Requirement
from speclang.values.expression import Absent, Among, And, Arithmetic, Between, Compare, Expr, Literal, Not, Or, Var
from tests.unit.bind.binding import bound, feature

SCOPE = """feature refunds "Refunds" {
  type Tier = standard | gold | platinum
  tool look(id: text /A[0-9]{6}/) {
    returns { total: money(USD), age: days }
    fails timeout, not_found
    limit 8 KiB
  }
  tool pay(amount: money(USD)) { writes }
  given total money(USD) 0 .. 10_000 { from look.total }
  given age days 0 .. 365 { from look.age }
  given tier Tier { from context }
  given receipt bool
  given gold bool
  given count int 0 .. 10
  given rate percent 0 .. 100
  given note optional(text)
  given day date 2025-01-01 .. 2025-12-31
  outcome approve "approve"
  REF-1 rule "One" {
    when %s
    must approve
  }
}
"""


def condition(written: str) -> Expr:
    (requirement,) = feature(SCOPE % written).requirements
    assert isinstance(requirement, Requirement)
    assert requirement.when is not None
    return requirement.when


def said(written: str) -> list[tuple[str, str, str]]:
    """Code, title and fix of each finding."""
    _, found, _ = bound(("a.spec", SCOPE % written))
    return [(one.code.id, one.title, one.fix.title if one.fix else "") for one in found]


def test_units_are_converted_to_base_units() -> None:
    match condition("age <= 5 weeks"):
        case Compare("<=", Var("age"), Literal(value, written="5 weeks")):
            assert value == Decimal(5 * 7 * 24 * 3600)
        case other:
            raise AssertionError(other)
    assert condition("age <= 5 weeks") == condition("age <= 35 days")


def test_constants_of_one_dimension_compare() -> None:
    assert isinstance(condition("30 days < 5 weeks"), Compare)


def test_a_literal_on_the_left_is_turned_to_the_right() -> None:
    assert condition("30 days >= age") == condition("age <= 30 days")


def test_a_bool_compared_with_yes_or_no_is_the_bool_or_its_denial() -> None:
    assert condition("receipt is yes") == condition("receipt")
    assert condition("receipt = no") == condition("not receipt") == condition("receipt is not yes")
    assert isinstance(condition("receipt"), Var)
    assert isinstance(condition("not receipt"), Not)


def test_nested_ands_and_ors_are_flat() -> None:
    match condition("receipt and (gold and age < 3 days) and (receipt or (gold or receipt))"):
        case And((Var(), Var(), Compare(), Or(parts))):
            assert len(parts) == 3
        case other:
            raise AssertionError(other)


def test_a_value_of_the_left_side_wins_over_a_given_of_the_same_name() -> None:
    match condition("tier is gold and gold"):
        case And((Compare("=", Var("tier"), Literal("gold")), Var("gold"))):
            pass
        case other:
            raise AssertionError(other)


def test_membership_is_written_three_ways() -> None:
    assert condition("tier in gold | platinum") == condition("tier in (gold, platinum)")
    assert isinstance(condition("tier in gold | platinum"), Among)
    assert isinstance(condition("tier not in gold | platinum"), Not)
    assert isinstance(condition("age in 5 days .. 10 days"), Between)
    assert condition("age in 5 .. 10 days") == condition("age in 5 days .. 10 days")


def test_a_missing_value_can_be_asked_for() -> None:
    assert isinstance(condition("note is missing"), Absent)
    assert condition("note is not missing") == condition("not note is missing")


def test_states_of_tools_are_comparisons_with_a_variable_of_the_tool() -> None:
    written = {
        "look fails timeout": ("=", "timeout"),
        "look fails": ("!=", "works"),
        "look returns null": ("=", "null"),
        "look is late": ("=", "late"),
        "look is truncated": ("=", "truncated"),
    }
    for text, (op, state) in written.items():
        match condition(text):
            case Compare(found, Var("look fails"), Literal(value)):
                assert (found, value) == (op, state), text
            case other:
                raise AssertionError(other)
    assert isinstance(condition("look fails timeout | not_found"), Among)


def test_arithmetic_has_a_type_and_bounds() -> None:
    match condition("total + 5 USD * 2 > 100 USD"):
        case Compare(">", Arithmetic("+", Var("total"), Arithmetic("*")) as sum):
            assert sum.type.dimension == "money:USD"  # type: ignore[union-attr]
        case other:
            raise AssertionError(other)
    match condition("total * 20% > 100 USD"):
        case Compare(">", Arithmetic("*", type=type)):
            assert type.dimension == "money:USD"  # type: ignore[union-attr]
        case other:
            raise AssertionError(other)


@pytest.mark.parametrize(
    ("written", "code", "title", "fix"),
    [
        ("age <= 30", "E0302", "`30` has no unit", "write `30 days`"),
        ("total > 500", "E0302", "`500` has no unit", "write `500 USD`"),
        ("rate > 20", "E0302", "`20` has no unit", "write `20%`"),
        ("age <= 1", "E0302", "`1` has no unit", "write `1 day`"),
        ("30 days < 5 USD", "E0301", "`30 days` can't be compared with `5 USD`", "compare `30 days` with a duration in days"),
        ("age < 5 USD", "E0301", "`age` can't be compared with `5 USD`", "compare `age` with a duration in days"),
        ("total > 5 EUR", "E0301", "`total` can't be compared with `5 EUR`", "compare `total` with an amount in USD"),
        ("age > total", "E0301", "`age` can't be compared with `total`", "compare `age` with a duration in days"),
        ("age <= 400 days", "E0304", "`400 days` is outside the range of `age`", "write a value from `0 days` to `365 days`"),
        ("age <= 36 hours", "E0316", "`age` is never exactly `36 hours`", "write a whole number of `1 day`"),
        ("total > 0.001 USD", "E0316", "`total` is never exactly `0.001 USD`", "write a whole number of `0.01 USD`"),
        ("teir is gold", "E0201", "No given is named `teir`", "write `tier`"),
        ("tier is glod", "E0305", "`glod` is not a value of `tier`", "write `gold`"),
        ('tier is "gold"', "E0305", "The value `gold` of `tier` is written without quotes", "write `gold`"),
        ("tier > gold", "E0307", "`>` needs values that have an order", "name the values, as in `tier in standard | gold`"),
        ("receipt > 3", "E0307", "`>` needs values that have an order", "write `receipt` or `not receipt`"),
        ("receipt = 5", "E0301", "`receipt` can't be compared with `5`", "compare `receipt` with yes or no"),
        ("age", "E0306", "`age` is not a condition", "compare it, as in `age <= 10 days`"),
        ("look", "E0306", "`look` is a tool, not a given", "say what it does, as in `look fails` or `look is late`"),
        ("look.total > 5 USD", "E0201", "No given is named `look.total`", "write `total`"),
        ("look fails timeuot", "E0305", "`look` does not declare the failure `timeuot`", "write `timeout`"),
        ("pay fails timeout", "E0305", "`pay` does not declare the failure `timeout`", "add `fails timeout` to `pay`"),
        ("pay is truncated", "E0305", "The result of `pay` is never truncated", "give `pay` a limit, such as `limit 8 KiB`"),
        ("look returns nul", "E0305", "`look` can't return `nul`", "write `null`"),
        ("age is missing", "E0319", "`age` is never missing", "declare its type as `optional(…)`, or remove this condition"),
        ("age > 3 months", "E0318", "A month has no fixed length", "write the limit in `days` or `weeks`"),
        ("age > 3 dyas", "E0303", "No unit is named `dyas`", "write `days`"),
        ("day > 2025-02-30", "E0309", "`2025-02-30` is not a date", "write it like `2025-01-31`"),
        ("total * total > 1 USD", "E0308", "`*` can't be used on an amount in USD and an amount in USD",
         "calculate with numbers of one unit"),
        ("total + age > 1 USD", "E0308", "`+` can't be used on an amount in USD and a duration in days",
         "calculate with numbers of one unit"),
        ("age in 10 days .. 5 days", "E0314", "No value is from `10 days` to `5 days`", "write `5 days .. 10 days`"),
        ("tier in gold | gold", "E0202", "The value `gold` is written twice", "remove one of them"),
        ("age <= 3 days, receipt", "E0309", "`when` needs one condition", "write it like `when age <= 30 days and receipt`"),
    ],
)  # fmt: skip
def test_a_wrong_condition_is_one_finding_in_the_users_words(written: str, code: str, title: str, fix: str) -> None:
    assert said(written) == [(code, title, fix)]


def test_both_sides_of_a_mismatch_are_labelled_with_their_types() -> None:
    _, (found,), places = bound(("a.spec", SCOPE % "30 days < 5 USD"))
    text = places.sources["a.spec"].text
    marked = [
        (text[places.locate(label.span).start : places.locate(label.span).end], label.text)
        for label in (*found.labels, found.primary)
    ]
    assert marked == [("30 days", "this is a duration in days"), ("5 USD", "this is an amount in USD")]


def test_all_wrong_parts_of_a_condition_are_reported() -> None:
    assert [code for code, _, _ in said("age <= 30 and tier is glod and recipt")] == ["E0302", "E0305", "E0201"]


def test_a_condition_of_any_length_is_read_or_refused_with_a_finding() -> None:
    for length in (10, 60, 100, 1000):
        for text in (" and ".join(["receipt"] * length), "count" + " + 1" * length + " > 5"):
            program, found, _ = bound(("a.spec", SCOPE % text))
            assert len(found) == (length == 1000)
            assert len(program.features) == 1
