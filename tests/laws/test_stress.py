"""Axes never touch what an answer hangs on, and rows of levels hold every pair that may stand together."""

from itertools import combinations

from hypothesis import example, given
from hypothesis import strategies as st

from speclang.kit.inputs.covering import levels as covering
from speclang.kit.varying.chance import Chance
from speclang.kit.varying.finding import axes, axis
from speclang.kit.varying.message import Message, cut, holds, joined, kept

POINTS = [
    (name, level)
    for name in axes()
    for level in (*axis(name).levels, *{"%": ("5%", "50%"), "words": ("7", "300")}.get(axis(name).numbers, ()))
]
WORDS = (
    "please",
    "I'd like",
    "order A123456",
    "30 days",
    "Acme",
    "not",
    "never",
    "“the blue one”",
    "a@b.org",
    "{name}",
    "don't",
    "हिन्दी",
    "Straße",
    "\n",
    ". ",
    "| x |",
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join))
KEEP = st.lists(st.sampled_from(("order", "like", "x", "हिन्दी", "die", "30")), max_size=3)


@given(text=TEXTS, keep=KEEP)
@example(text="It's Bob's. 'Quoted' A-1!", keep=[])
def test_the_bits_of_a_message_are_the_message(text: str, keep: list[str]) -> None:
    message = cut(text, keep)
    assert joined(message) == text
    assert holds(text, kept(message))


@given(text=TEXTS, keep=KEEP, points=st.lists(st.sampled_from(POINTS), min_size=1, max_size=4), seed=st.integers(1, 99))
def test_what_is_kept_stands_in_every_variant_in_its_order(
    text: str, keep: list[str], points: list[tuple[str, str]], seed: int
) -> None:
    message = cut(text, keep)
    said: Message = message
    for name, level in sorted(points, key=lambda one: axis(one[0]).place):
        way = axis(name)
        made = way.vary(said, level, Chance(f"{seed} {name}"))
        assert made == way.vary(said, level, Chance(f"{seed} {name}"))
        said = said if made is None else made
        assert kept(said) == kept(message)
    assert holds(joined(said), kept(message))


@given(number=st.integers(20, 400), seed=st.integers(1, 99))
@example(number=385, seed=1)
def test_a_length_is_just_so_many_words(number: int, seed: int) -> None:
    made = axis("length").vary(cut("Where is my order A123456?"), str(number), Chance(str(seed)))
    assert made is not None
    assert len(joined(made).split()) == number


@given(text=TEXTS, seed=st.integers(1, 99))
def test_more_typos_are_the_same_ones_and_more(text: str, seed: int) -> None:
    message = cut(text)
    few, many = (axis("typos").vary(message, level, Chance(str(seed))) for level in ("10%", "40%"))
    assert (few is None) == (many is None)
    if few is not None and many is not None:
        words = joined(message).split(), joined(few).split(), joined(many).split()
        assert len({len(one) for one in words}) == 1
        assert {at for at, (was, now, _) in enumerate(zip(*words, strict=True)) if was != now} <= {
            at for at, (was, _, then) in enumerate(zip(*words, strict=True)) if was != then
        }


@st.composite
def shapes(draw: st.DrawFn) -> tuple[list[int], frozenset[frozenset[tuple[int, int]]]]:
    counts = draw(st.lists(st.integers(1, 5), min_size=1, max_size=5))
    pairs = every_pair(counts)
    barred = draw(st.sets(st.sampled_from(pairs), max_size=6)) if pairs else set[frozenset[tuple[int, int]]]()
    return counts, frozenset(barred)


def every_pair(counts: list[int]) -> list[frozenset[tuple[int, int]]]:
    return [
        frozenset(((one, x), (other, y)))
        for one, other in combinations(range(len(counts)), 2)
        for x in range(1, counts[one])
        for y in range(1, counts[other])
    ]


@given(shape=shapes())
def test_rows_hold_every_pair_that_may_stand_together_and_no_other(
    shape: tuple[list[int], frozenset[frozenset[tuple[int, int]]]],
) -> None:
    counts, barred = shape
    rows = list(covering(counts, barred))
    held = {frozenset(pair) for row in rows for pair in combinations(enumerate(row), 2)}
    assert set(every_pair(counts)) - barred <= held
    assert not held & barred
    assert len(rows) <= len(every_pair(counts))


def test_rows_are_few() -> None:
    assert len(list(covering([5, 5, 4, 3, 3], frozenset()))) <= 24
