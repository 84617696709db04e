"""What arrives of a simulated tool's result, byte for byte."""

from hypothesis import given
from hypothesis import strategies as st

from speclang.plan.case import Reply
from speclang.plan.delivery import cut, delivered, filling, whole


def test_a_result_that_is_not_cut_arrives_as_json() -> None:
    reply = Reply("look", "works", {"name": "Zoë", "age": 12, "open": True}, None, ())
    assert delivered(reply) == '{"name": "Zoë", "age": 12, "open": true}'


def test_a_filled_member_has_so_many_bytes() -> None:
    reply = Reply("look", "truncated", {"note": "…", "age": 12}, 20, (), (("note", 30),))
    assert whole(reply) == '{"note": "Handled as usual. Handled as u", "age": 12}'
    assert delivered(reply) == '{"note": "Handled as'


def test_a_cut_tears_no_character() -> None:
    assert [cut("aé€😀", size) for size in range(11)] == ["", "a", "a", "aé", "aé", "aé", *["aé€"] * 4, "aé€😀"]


@given(st.text(st.characters(exclude_categories=["Cs"])), st.integers(0, 40))
def test_a_cut_is_the_longest_start_that_fits(text: str, size: int) -> None:
    found = cut(text, size)
    assert text.startswith(found)
    assert len(found.encode()) <= size
    assert found == text or len(text[: len(found) + 1].encode()) > size


@given(st.integers(0, 5000))
def test_filler_has_its_size(size: int) -> None:
    assert len(filling(size).encode()) == size
