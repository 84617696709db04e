"""Spans stand in the order in which one caused the other, whatever the clocks say: random executions, and all orders of small ones."""

from itertools import permutations
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from speclang.grading.spans.order import Edge, ordered
from speclang.grading.spans.otlp import Span

SECOND = 1_000_000_000
CLOCKS = ("app", "gateway", "orders")


class Run(NamedTuple):
    """What truly happened: spans with their true times, in the order in which they began; which ended before which; the skews."""

    spans: tuple[Span, ...]
    before: tuple[Edge, ...]
    skews: dict[str, int]


def span(number: int, clock: str, start: int, end: int, parent: int | None) -> Span:
    above = "" if parent is None else f"{parent + 1:016x}"
    resource = (("service.name", clock),)
    return Span(trace="t", id=f"{number + 1:016x}", parent=above, name=clock, start=start, end=end, resource=resource)


@st.composite
def runs(draw: st.DrawFn) -> Run:
    """An agent that asks and calls in turn; each call is executed in the app and, as a child of that, in a server."""
    spans = [span(0, "app", 10**15, 10**15, None)]
    before: list[Edge] = []
    now = 10**15 + 1
    last: list[int] = []

    def took() -> int:
        return draw(st.integers(1, 3 * SECOND))

    for _ in range(draw(st.integers(1, 4))):
        now += took()
        chat = len(spans)
        spans.append(span(chat, "gateway", now, now + took(), 0))
        before.extend((one, chat) for one in last)
        now, last = spans[chat].end, []
        for _ in range(draw(st.integers(0, 2))):
            now += took()
            outer, inner = len(spans), len(spans) + 1
            begin, long = now + took(), took()
            spans.append(span(outer, "app", now, begin + long + took(), 0))
            spans.append(span(inner, "orders", begin, begin + long, outer))
            before += [(chat, outer), (chat, inner)]
            last += [outer, inner]
            now = spans[outer].end
    spans[0] = span(0, "app", spans[0].start, now + 1, None)
    skews = {clock: draw(st.integers(-3600 * SECOND, 3600 * SECOND)) for clock in CLOCKS}
    return Run(tuple(spans), tuple(before), skews)


def seen(run: Run, order: list[int]) -> tuple[list[Span], list[Edge]]:
    """The spans as their clocks wrote them down, listed in `order`, and what is known of them."""
    skewed = []
    for one in (run.spans[at] for at in order):
        off = run.skews[one.name]
        skewed.append(
            span(
                int(one.id, 16) - 1,
                one.name,
                one.start + off,
                one.end + off,
                int(one.parent, 16) - 1 if one.parent else None,
            )
        )
    place = {number: at for at, number in enumerate(order)}
    return skewed, [(place[one], place[other]) for one, other in run.before]


def causes(run: Run) -> set[tuple[str, str]]:
    """Every pair of which the first caused the second."""
    ids = [one.id for one in run.spans]
    return {(ids[one], ids[other]) for one, other in run.before} | {
        (one.parent, one.id) for one in run.spans if one.parent
    }


@given(run=runs(), data=st.data())
def test_whatever_the_clocks_say_causes_come_first_and_the_order_is_the_true_one(run: Run, data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(run.spans))))
    found = ordered(*seen(run, order))
    assert not found.torn
    assert [one.id for one in found.spans] == [one.id for one in run.spans], (
        "calls of one agent come one after the other"
    )
    places = {one.id: at for at, one in enumerate(found.spans)}
    assert all(places[one] < places[other] for one, other in causes(run))


@given(run=runs(), data=st.data())
def test_the_true_skew_lies_within_what_is_told(run: Run, data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(run.spans))))
    for skew in ordered(*seen(run, order)).skews:
        assert skew.least <= run.skews[skew.clock] - run.skews["app"] <= skew.most
        assert skew.told


@given(run=runs(), jumps=st.lists(st.integers(-(10**13), 10**13), min_size=30, max_size=30))
def test_a_clock_that_jumps_between_spans_breaks_no_cause(run: Run, jumps: list[int]) -> None:
    spans, before = seen(run, list(range(len(run.spans))))
    jumped = [
        span(at, one.name, one.start + jumps[at], one.end + jumps[at], int(one.parent, 16) - 1 if one.parent else None)
        for at, one in enumerate(spans)
    ]
    found = ordered(jumped, before)
    places = {one.id: at for at, one in enumerate(found.spans)}
    assert not found.torn
    assert all(places[one] < places[other] for one, other in causes(run))


def test_small_executions_are_put_in_order_from_every_listing_and_every_reading_of_their_clocks() -> None:
    run = Run(
        (
            span(0, "app", 0, 100, None),
            span(1, "gateway", 10, 20, 0),
            span(2, "app", 30, 60, 0),
            span(3, "orders", 40, 50, 2),
            span(4, "gateway", 70, 80, 0),
        ),
        ((1, 2), (1, 3), (2, 4), (3, 4)),
        {},
    )
    for gateway in (-500, -15, 0, 15, 500):
        for orders in (-500, -15, 0, 15, 500):
            skewed = run._replace(skews={"app": 0, "gateway": gateway, "orders": orders})
            for order in permutations(range(5)):
                assert [one.id for one in ordered(*seen(skewed, list(order))).spans] == [one.id for one in run.spans]


def test_spans_that_are_each_before_the_other_are_ordered_by_time_and_told() -> None:
    spans = [span(0, "app", 5, 6, None), span(1, "app", 3, 4, None)]
    found = ordered(spans, [(0, 1), (1, 0)])
    assert (found.torn, [one.start for one in found.spans]) == (True, [3, 5])


@given(
    starts=st.lists(st.integers(0, 50), min_size=1, max_size=7),
    edges=st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=8),
)
def test_the_order_is_one_of_all_those_that_break_no_cause(starts: list[int], edges: list[Edge]) -> None:
    spans = [span(at, CLOCKS[at % 3], start, start + 1, None) for at, start in enumerate(starts)]
    known = [(one, other) for one, other in edges if one != other and max(one, other) < len(spans)]
    found = ordered(spans, known)
    possible = [
        listed
        for listed in permutations(range(len(spans)))
        if all(listed.index(one) < listed.index(other) for one, other in known)
    ]
    assert found.torn == (not possible)
    if possible:
        assert tuple(int(one.id, 16) - 1 for one in found.spans) in possible
