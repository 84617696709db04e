"""Promises of tools, held against the plainest program that says the same, on results of every sort.

A result is generated as JSON, as a tool would send it; the promise is read from a spec, so that the whole road is walked.
"""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speclang.assure.probing.reading import Misfit, read
from speclang.logic.promising.promises import added, broken, differing, so
from speclang.logic.promising.results import Facts, Shape, facts, shape
from speclang.model.promise import Narrows
from speclang.model.tool import Tool
from tests.suite.examples import compiled

PROMISES: Mapping[str, Callable[[Mapping[str, Any], Sequence[Mapping[str, Any]]], bool]] = {
    "sorted(items, by: n)": lambda _, items: [one["n"] for one in items] == sorted(one["n"] for one in items),
    "sorted(items, by: n, descending)": lambda _, items: (
        [one["n"] for one in items] == sorted((one["n"] for one in items), reverse=True)
    ),
    "unique(items, by: id)": lambda _, items: len({one["id"] for one in items}) == len(items),
    "count = size(items)": lambda whole, items: whole["count"] == len(items),
    "total = sum(items.price)": lambda whole, items: money(whole["total"]) == sum(money(one["price"]) for one in items),
    "items.price <= total": lambda whole, items: all(money(one["price"]) <= money(whole["total"]) for one in items),
    'items.id in "a" | "b"': lambda _, items: all(one["id"] in "ab" for one in items),
    "rounded(total, to: 0.05 USD)": lambda whole, _: not money(whole["total"]) % Decimal("0.05"),
    "rounded(items.price, to: 0.05 USD)": lambda _, items: (
        not any(money(one["price"]) % Decimal("0.05") for one in items)
    ),
    "note is missing or count > 1": lambda whole, _: whole.get("note") is None or whole["count"] > 1,
    "sent.most >= size(items)": lambda _, items: len(items) <= 2,
}
"""How a spec says it, and how Python does; the call asks for at most 2."""

FEW = settings(max_examples=max(settings().max_examples // 3, 30))
CENTS = st.integers(0, 40).map(lambda cents: cents / 20 if cents % 2 else cents / 100)
ITEM = st.fixed_dictionaries({"id": st.sampled_from("abc"), "n": st.integers(-3, 3), "price": CENTS})
RESULT = st.fixed_dictionaries(
    {"items": st.lists(ITEM, max_size=4), "count": st.integers(0, 4), "total": CENTS},
    optional={"note": st.none() | st.text("xy", max_size=2), "more": st.integers()},
)


def money(value: float) -> Decimal:
    return Decimal(repr(value))


@cache
def tool() -> Tool:
    lines = "".join(f"    ensures {one}\n" for one in PROMISES)
    spec = f"""feature desk "Desk" {{
  role "You are a desk."
  tool find(most: int, kind: optional(text)) {{
    about   "Finds."
    returns {{ items: list({{ id: text, n: int, price: money(USD) }}), count: int, total: money(USD), note: optional(text) }}
{lines}    ensures narrows(items, by: id, with: kind)
    rate    (count > 2) <= 5% on "calls.jsonl"
  }}
}}
"""
    return compiled({"specs/desk.spec": spec}).program.features[0].tools[0]


def known(result: Mapping[str, Any]) -> tuple[Facts, Shape]:
    declared = tool().returns
    assert declared is not None
    value = read(result, declared)
    assert not isinstance(value, Misfit), value
    return facts(tool(), value, {"most": Decimal(2)}), shape(tool())


@pytest.mark.parametrize("text", PROMISES)
@FEW
@given(result=RESULT)
def test_a_promise_is_broken_exactly_where_the_plain_program_says_so(text: str, result: Mapping[str, Any]) -> None:
    promises = tool().promises
    assert promises is not None
    (one,) = (each for each in promises.ensures if each.text == text)
    why = broken(one.says, *known(result))
    assert bool(why) is not PROMISES[text](result, result["items"]), why


@FEW
@given(result=RESULT)
def test_the_order_of_fields_and_fields_that_nobody_knows_make_no_difference(result: Mapping[str, Any]) -> None:
    turned = {"unknown": [1], **dict(reversed(list(result.items())))}
    assert known(turned)[0] == known(result)[0]
    assert differing(known(turned)[0], *known(result)) == ""


@FEW
@given(one=RESULT, other=RESULT)
def test_two_results_differ_exactly_where_they_are_not_the_same(
    one: Mapping[str, Any], other: Mapping[str, Any]
) -> None:
    fields = ("items", "count", "total", "note")
    same = all(one.get(name) == other.get(name) for name in fields)
    assert (differing(known(one)[0], *known(other)) == "") is same


@FEW
@given(narrow=RESULT, wide=RESULT)
def test_a_narrower_call_adds_an_item_exactly_where_the_wider_one_lacks_it(
    narrow: Mapping[str, Any], wide: Mapping[str, Any]
) -> None:
    promises = tool().promises
    assert promises is not None
    (says,) = (each.says for each in promises.ensures if isinstance(each.says, Narrows))
    lacking = {one["id"] for one in narrow["items"]} - {one["id"] for one in wide["items"]}
    assert bool(added(says, known(narrow)[0], *known(wide))) is bool(lacking)


@FEW
@given(result=RESULT)
def test_the_condition_of_a_rate_holds_where_it_does(result: Mapping[str, Any]) -> None:
    promises = tool().promises
    assert promises is not None
    assert so(promises.rates[0], known(result)[0]) is (result["count"] > 2)


@FEW
@given(result=RESULT, field=st.sampled_from(("items", "count", "total")), value=st.sampled_from((None, "x", {}, True)))
def test_what_is_not_of_its_type_is_told_with_its_path(result: Mapping[str, Any], field: str, value: Any) -> None:
    declared = tool().returns
    assert declared is not None
    found = read({**result, field: value}, declared)
    assert isinstance(found, Misfit)
    assert found.path == field
