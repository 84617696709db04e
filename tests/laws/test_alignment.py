"""Two conversations laid side by side: no alignment is better, nothing is lost, and what clocks and chance make makes no difference."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations, permutations

from hypothesis import given
from hypothesis import strategies as st

from speclang.assure.comparing.alignment import How, Item, Row, aligned
from speclang.assure.comparing.steps import Told, steps
from speclang.grading.record import Record, read

items = st.lists(st.tuples(st.integers(0, 1), st.integers(0, 2)).map(lambda one: Item(one[0], one)), max_size=5)


def unlike(before: Sequence[Item], after: Sequence[Item], i: int, j: int) -> int:
    one, other = str(before[i].content), str(after[j].content)
    return 100 * abs(int(one[4]) - int(other[4]))


def chains(n: int, m: int) -> Iterator[tuple[tuple[int, int], ...]]:
    """Every way to have some items of one side stand beside some of the other, in order."""
    for size in range(min(n, m) + 1):
        for one in combinations(range(n), size):
            for other in combinations(range(m), size):
                yield tuple(zip(one, other, strict=True))


def measure(
    before: Sequence[Item], after: Sequence[Item], chain: Sequence[tuple[int, int]]
) -> tuple[int, int, int] | None:
    """What a chain is worth; None where it pairs what can't stand for each other."""
    counts = Counter(one.content for one in before), Counter(one.content for one in after)
    same = changed = cost = 0
    for i, j in chain:
        one, other = before[i], after[j]
        if one.content == other.content:
            same += 1
            continue
        if one.family != other.family:
            return None
        if counts[0][one.content] <= counts[1][one.content] or counts[1][other.content] <= counts[0][other.content]:
            return None
        changed += 1
        cost += unlike(before, after, i, j)
    return same, changed, -cost


def pairs(rows: Sequence[Row]) -> list[tuple[int, int]]:
    return [
        (one.before, one.after)
        for one in rows
        if one.how in (How.SAME, How.CHANGED) and one.before is not None and one.after is not None
    ]


@given(items, items)
def test_no_alignment_is_better_than_the_one_that_is_found(before: list[Item], after: list[Item]) -> None:
    rows = aligned(before, after, lambda i, j: unlike(before, after, i, j))
    every = (measure(before, after, chain) for chain in chains(len(before), len(after)))
    assert measure(before, after, pairs(rows)) == max(one for one in every if one is not None)


@given(items, items)
def test_every_step_stands_in_one_row_and_what_has_an_equal_left_is_moved(
    before: list[Item], after: list[Item]
) -> None:
    rows = aligned(before, after, lambda i, j: unlike(before, after, i, j))
    assert sorted(one.before for one in rows if one.before is not None) == list(range(len(before)))
    assert [one.after for one in rows if one.after is not None] == list(range(len(after)))
    for one in rows:
        if one.before is not None and one.after is not None:
            assert (before[one.before].content == after[one.after].content) == (one.how is not How.CHANGED)
    left = Counter(before[one.before].content for one in rows if one.how is How.BEFORE and one.before is not None)
    right = Counter(after[one.after].content for one in rows if one.how is How.AFTER and one.after is not None)
    assert not left & right


@given(st.permutations(range(5)))
def test_steps_in_another_order_are_the_same_or_moved_and_as_few_as_can_be_are_moved(order: list[int]) -> None:
    before = [Item("call", number) for number in range(5)]
    after = [before[number] for number in order]
    rows = aligned(before, after, lambda *_: 0)
    assert {one.how for one in rows} <= {How.SAME, How.MOVED}
    longest = max(size for size in range(1, 6) for some in combinations(order, size) if list(some) == sorted(some))
    assert sum(one.how is How.SAME for one in rows) == longest


def recorded(messages: list[dict[str, object]]) -> Told:
    found = read(json.dumps({"case": "c", "messages": messages}).encode(), 1)
    assert isinstance(found, Record), found
    return Told(found.answer, "2026-11-30T12:00:00+00:00")


def conversation(ticket: str, time: str, key: str, *, turned: bool, amount: int = 90, day: str = "2026-12-24") -> Told:
    handed: dict[str, object] = {"ticket_id": ticket, "at": time, "for": day}
    if turned:
        handed = dict(reversed(handed.items()))
    arguments = {"amount": amount, "key": key, "ticket": ticket}
    if turned:
        arguments = dict(reversed(arguments.items()))
    open_it = {"function": {"name": "open", "arguments": "{}"}, "id": f"call_{key[:8]}"}
    pay = {"function": {"name": "pay", "arguments": json.dumps(arguments)}, "id": f"call_{key[-8:]}"}
    return recorded([
        {"role": "user", "content": f"I want my money back until {day}."},
        {"role": "assistant", "content": None, "tool_calls": [open_it]},
        {"role": "tool", "tool_call_id": open_it["id"], "content": json.dumps(handed)},
        {"role": "assistant", "content": None, "tool_calls": [pay]},
        {"role": "tool", "tool_call_id": pay["id"], "content": json.dumps({"done": True})},
        {"role": "assistant", "content": f"Ticket {ticket} was opened at {time}."},
    ])  # fmt: skip


tickets = st.one_of(
    st.uuids(version=4).map(str),
    st.integers(10_000, 10**9).map(str),
    st.from_regex("tk_[a-f]{3}[0-9]{6}", fullmatch=True),
)
times = st.one_of(
    st.datetimes().map(lambda one: one.replace(2026, 11, 30).isoformat(timespec="seconds") + "Z"),
    st.integers(-80_000, 80_000).map(lambda seconds: str(1_796_040_000 + seconds)),
)


@given(tickets, tickets, times, times, st.uuids(version=4), st.uuids(version=4))
def test_times_of_the_answer_made_ids_and_the_order_of_keys_make_no_difference(
    ticket: str, other: str, time: str, later: str, key: object, second: object
) -> None:
    before = conversation(ticket, time, str(key), turned=False)
    one, two = steps(before, conversation(other, later, str(second), turned=True))
    assert [step.content for step in one] == [step.content for step in two]
    one, two = steps(before, conversation(other, later, str(second), turned=True, amount=91))
    assert [a.content == b.content for a, b in zip(one, two, strict=True)] == [True, True, False, True]
    one, two = steps(before, conversation(other, later, str(second), turned=True, day="2026-12-25"))
    assert [a.content == b.content for a, b in zip(one, two, strict=True)] == [False, False, True, True]


@given(st.permutations(["tk_a1b2c3d4e5", "tk_f1b2c3d4e5"]))
def test_an_id_that_is_used_for_another_than_before_is_a_difference(order: list[str]) -> None:
    def call(name: str, arguments: dict[str, str], result: object) -> dict[str, object]:
        return {"role": "assistant", "tool_calls": [{"name": name, "arguments": arguments, "result": result}]}

    def talk(made: list[str], closed: str) -> Told:
        opened = [call("open", {}, {"ticket_id": one}) for one in made]
        return recorded([*opened, call("close", {"ticket": closed}, "done")])

    usual = ["tk_11aa22bb33", "tk_44aa22bb33"]
    one, two = steps(talk(usual, usual[0]), talk(order, order[0]))
    assert [a.content == b.content for a, b in zip(one, two, strict=True)] == [True, True, True]
    one, two = steps(talk(usual, usual[0]), talk(order, order[1]))
    assert [a.content == b.content for a, b in zip(one, two, strict=True)] == [True, True, False]


def test_every_order_of_three_calls_moves_as_few_as_can_be() -> None:
    for order in permutations("abc"):
        rows = aligned([Item("x", one) for one in "abc"], [Item("x", one) for one in order], lambda *_: 0)
        assert sum(one.how is How.MOVED for one in rows) == {"abc": 0, "cba": 2}.get("".join(order), 1)
