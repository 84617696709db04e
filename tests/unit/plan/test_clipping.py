"""A harness of the user's own that cuts results: what is shown says so, never takes more room than it may, and nothing is lost."""

import doctest
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import speclang
from speclang.plan.clipping import LEAST, Clipped, clip, clipped, joined, of_whole
from speclang.source.hashing import Json

ROWS: Json = [{"id": at, "note": f"row {at} é"} for at in range(200)]

rows = st.lists(st.dictionaries(st.text(max_size=5), st.text(max_size=30) | st.integers(), max_size=3), max_size=60)
results = rows | st.text(max_size=3000) | st.dictionaries(st.text(max_size=5), rows, max_size=3)


def fetched(result: Json, limit: int) -> list[Clipped]:
    """All parts of `result`, from cursor to cursor."""
    found: list[Clipped] = []
    start: int | None = 0
    while start is not None:
        text = clip(result, limit, start=start)
        assert len(text.encode("utf-8", "surrogatepass")) <= limit
        part = clipped(text)
        assert part is not None
        found.append(part)
        start = part.next
    return found


@given(results, st.integers(LEAST, 2000))
def test_parts_that_follow_each_other_are_the_whole_and_none_is_too_long(result: Json, limit: int) -> None:
    whole = result if isinstance(result, str) else json.dumps(result, ensure_ascii=False)
    if len(whole.encode()) <= limit:
        assert clip(result, limit) == whole
        return
    parts = fetched(result, limit)
    assert joined(parts) == (
        result if isinstance(parts[0].part, list) and isinstance(result, list) else joined_text(whole, parts)
    )
    assert {(part.hash, part.whole) for part in parts} == {(of_whole(result), len(whole.encode()))}
    assert all(part.shown == size(part.part) for part in parts)


def size(part: Json) -> int:
    return len((part if isinstance(part, str) else json.dumps(part, ensure_ascii=False)).encode())


def joined_text(whole: str, parts: list[Clipped]) -> Json:
    """What the parts of a text come to; a text that is a list is cut as one."""
    return json.loads(whole) if isinstance(parts[0].part, list) else whole


def test_a_list_is_cut_between_its_members() -> None:
    first = clipped(clip(ROWS, 1000))
    assert first is not None
    assert first.part == ROWS[: first.next]  # type: ignore[index]
    assert (first.start, first.of) == (0, 200)
    assert json.loads(clip(json.dumps(ROWS), 1000))["of"] == 200, "a text that is a list is cut as one"


def test_a_member_that_does_not_fit_by_itself_is_cut_as_text() -> None:
    result = [{"note": "x" * 5000}, {"note": "y"}]
    assert "".join(str(part.part) for part in fetched(result, 900)) == json.dumps(result)


def test_what_no_clip_has_made_says_nothing() -> None:
    for text in ("", "{}", '{"partial": true, ', '{"partial": true, "part": 3}', json.dumps(ROWS)):
        assert clipped(text) is None


@pytest.mark.parametrize(
    ("limit", "start", "said"),
    [(100, 0, "the least is 512"), (600, 201, "the result ends at 200"), (600, -1, "there is nothing at -1")],
)
def test_what_can_not_be_cut_so_is_told(limit: int, start: int, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        clip(ROWS, limit, start=start)


def test_a_harness_takes_it_from_the_package() -> None:
    assert speclang.clip({"a": 1}, 600) == '{"a": 1}'
    assert speclang.clipped(speclang.clip(ROWS, 600)) is not None


def test_the_page_shows_what_comes_out() -> None:
    page = Path(__file__).parents[3] / "docs" / "triage.md"
    tried = doctest.testfile(str(page), module_relative=False, encoding="utf-8")
    assert (tried.failed, tried.attempted > 5) == (0, True)
