"""A nominal input lies inside of its condition, at a round value."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speclang.kit.inputs.frame import Frame
from speclang.kit.inputs.inside import moved_inside
from speclang.logic.variables import variables
from speclang.values.showing import show
from speclang.values.types import Datum
from tests.strategies.reading import feature_of

SPEC = """
feature shop "Shop" {{
  given total money(USD) 0 .. 10_000 {{ name "the total"; from context; typical 80 USD }}
  given age days 0 .. 365 {{ name "the age"; from context; typical 12 days }}
  given open money(EUR) {{ name "the sum"; from context; typical 3 EUR }}
  given seats int 1 .. 9 {{ name "the seats"; from context; typical 2 }}
  given share percent 0% .. 100% {{ name "the share"; from context; typical 10% }}
  given score decimal {{ name "the score"; from context; typical 0 }}
  given day date {{ name "the day"; from context; typical 2025-03-01 }}
  given wait optional(minutes 0 .. 600) {{ name "the wait"; from context; typical 5 minutes }}
  outcome approve "approve"
  X-1 rule {{ when {when}; must approve }}
}}
"""


def moved(when: str, *names: str, **values: object) -> dict[str, str]:
    feature = feature_of(SPEC.format(when=when))
    among = variables(feature.givens, feature.tools)
    usual = {one.name: one.base for one in among} | values
    found = moved_inside(Frame(feature.requirements[0]), usual, {one.name: one for one in among}, lambda _: True)  # type: ignore[arg-type]
    return {
        one.name: show(found[one.name], one.type)
        for one in among
        if found[one.name] != usual[one.name] or one.name in names
    }


DAY = 86400


@pytest.mark.parametrize(
    ("when", "name", "value", "wanted"),
    [
        ("age <= 30 days", "age", 30 * DAY, "10 days"),
        ("age > 30 days", "age", 31 * DAY, "70 days"),
        ("total > 500 USD", "total", Decimal("500.01"), "1000 USD"),
        ("total >= 500 USD", "total", 500, "1000 USD"),
        ("open > 20 EUR", "open", Decimal("20.01"), "50 EUR"),
        ("open < 20 EUR", "open", Decimal("19.99"), "10 EUR"),
        ("open > -20 EUR", "open", Decimal("-19.99"), "10 EUR"),
        ("seats <= 5", "seats", 5, "3"),
        ("seats > 5", "seats", 6, "7"),
        ("share > 20%", "share", Decimal("0.21"), "50%"),
        ("score > 0.5", "score", Decimal("0.51"), "10"),
        ("wait > 60 minutes", "wait", 61 * 60, "150 minutes"),
        ("age in 5 days .. 10 days", "age", 5 * DAY, "7 days"),
        ("age != 30 days", "age", 31 * DAY, "70 days"),
    ],
)
def test_a_value_on_an_edge_moves_to_a_round_one_inside(when: str, name: str, value: Decimal, wanted: str) -> None:
    assert moved(when, name, **{name: Decimal(value)}) == {name: wanted}


def test_a_value_inside_stays() -> None:
    assert moved("age <= 30 days and total < 500 USD and seats < 5") == {}
    assert moved("seats <= 3") == {}


def test_a_value_without_room_stays() -> None:
    assert moved("seats > 7", seats=Decimal(8)) == {}
    assert moved("seats = 5", seats=Decimal(5)) == {}
    assert moved("age = 365 days", age=Decimal(365 * DAY)) == {}


def test_a_part_that_does_not_hold_is_not_made_to() -> None:
    assert moved("age > 30 days or seats > 2", age=Decimal(40 * DAY)) == {}


def test_a_day_moves_a_month_away_from_the_edge() -> None:
    import datetime

    assert moved("day >= 2025-03-01", day=datetime.date(2025, 3, 1)) == {"day": "2025-03-31"}
    assert moved("day < 2025-03-01", day=datetime.date(2025, 2, 28)) == {"day": "2025-01-30"}


@given(st.integers(-(10**30), 10**30), st.integers(0, 10**6), st.sampled_from(["<", "<=", ">", ">="]))
def test_a_moved_value_meets_its_condition_whatever_the_numbers(edge: int, room: int, op: str) -> None:
    low, high = (edge - room, edge) if "<" in op else (edge, edge + room)
    start = edge if "=" in op else edge - 1 if op == "<" else edge + 1
    feature = feature_of(f"""
feature shop "Shop" {{
  given seats int {low} .. {high} {{ name "the seats"; from context; typical {edge} }}
  outcome approve "approve"
  X-1 rule {{ when seats {op} {edge}; must approve }}
}}
""")
    among = variables(feature.givens, feature.tools)
    frame = Frame(feature.requirements[0])
    values: dict[str, Datum] = {"seats": Decimal(start)}
    found = moved_inside(frame, values, {one.name: one for one in among}, lambda _: True)["seats"]
    assert isinstance(found, Decimal)
    assert frame.applies({"seats": found}) is frame.applies(values)
    assert found == start or low < found < high
