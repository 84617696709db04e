"""A lock says again what it was told, and names the line of everything that it was not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speclang.lock import lockfile
from speclang.lock.lockfile import Feature, File, Input, Lock, Part, Problem, Requirement, Source, read, write

words = st.text(max_size=12) | st.sampled_from(
    (
        "",
        " ",
        '"',
        "\\",
        '\\"',
        "a b",
        "a  b",
        "\n",
        "\r\n",
        "\t",
        "\u2028",
        "\x1c",
        "\x00",
        "é",
        "\\n",
        "part",
        "<<<<<<<",
    )
)
counts = st.integers(0, 10**9)


@st.composite
def locks(draw: st.DrawFn) -> Lock:
    """Any lock: its words are arbitrary, its lists as the compiler makes them, sorted and without duplicates."""

    def several(entry: st.SearchStrategy[lockfile.E]) -> tuple[lockfile.E, ...]:
        return tuple(sorted(set(draw(st.lists(entry, max_size=4)))))

    return Lock(
        version=draw(words),
        config=draw(words),
        inputs=several(st.builds(Input, words, words)),
        features=several(st.builds(Feature, words, counts, counts, counts, counts)),
        sources=several(st.builds(Source, words, words)),
        files=several(st.builds(File, words, words, words, words, words)),
        requirements=several(st.builds(Requirement, words, words, words)),
        parts=several(st.builds(Part, words, words, words, words, words)),
    )


@given(locks())
def test_what_is_written_is_read_again(lock: Lock) -> None:
    assert read(write(lock)) == (lock, ())


@given(locks())
def test_an_entry_is_one_line_and_lines_are_sorted_within_their_group(lock: Lock) -> None:
    lines = write(lock).split("\n")
    count = sum(map(len, (lock.inputs, lock.features, lock.sources, lock.files, lock.requirements, lock.parts)))
    assert len(lines) == 3 + count + 1
    names = [line.split(" ", 1)[0] for line in lines[3:-1]]
    order = ["input", "feature", "source", "file", "requirement", "part"]
    assert names == sorted(names, key=order.index)


@given(locks())
def test_line_ends_of_another_system_change_nothing(lock: Lock) -> None:
    assert read(write(lock).replace("\n", "\r\n")) == (lock, ())


@given(st.text() | st.binary().map(lambda data: data.decode("utf-8", "surrogateescape")))
def test_garbage_is_never_an_exception(text: str) -> None:
    lock, problems = read(text)
    assert all(1 <= problem.line <= text.count("\n") + 1 for problem in problems)
    assert read(write(lock))[0] == lock


@given(locks(), st.data())
def test_a_damaged_lock_is_never_an_exception_and_the_rest_of_it_is_read(lock: Lock, data: st.DataObject) -> None:
    lines = write(lock).split("\n")[:-1]
    at = data.draw(st.integers(1, len(lines)))
    junk = data.draw(st.sampled_from(("", "part", "part a b", "junk", 'part "a', "feature x 1 2 3 -4", "\x00", " ")))
    found, problems = read("\n".join([*lines[:at], junk, *lines[at:]]) + "\n")
    assert found == lock
    assert [problem.line for problem in problems] == ([at + 1] if junk else [])


LOCK = Lock("0.1.0", "abc", inputs=(Input("specs/a.spec", "1"), Input("specs/b.spec", "2")))


def test_what_a_merge_left_is_named_by_its_lines_and_both_sides_are_read() -> None:
    lines = write(LOCK).splitlines()
    text = "\n".join([*lines[:3], "<<<<<<< ours", lines[3], "||||||| base", "=======", lines[4], ">>>>>>> theirs"])
    lock, problems = read(text)
    assert lock == LOCK
    assert problems == tuple(Problem(number, "a conflict of a merge was left in it") for number in (4, 6, 7, 9))


@pytest.mark.parametrize(
    "first", ["", "# specc.lock 2: newer", "# specc.lock 10: newer", "input a b", "\ufeff# specc.lock 1:"]
)
def test_another_first_line_is_named(first: str) -> None:
    _, problems = read(f"{first}\nspecc 0.1.0\nconfig abc\n")
    assert problems == (Problem(1, "the first line is not that of a lock of this format"),)


@pytest.mark.parametrize("count", ["9" * 5000, "-1", "1.0", "٣", "", "x"])
def test_a_count_that_is_none_is_named(count: str) -> None:
    lock, problems = read(f"{lockfile.HEADER}feature first {count} 1 1 1\n")
    assert lock.features == ()
    assert [problem.line for problem in problems] == [2]


@given(locks(), st.frozensets(words, max_size=3), st.frozensets(words, max_size=3))
def test_a_lock_of_which_some_lines_are_unread_says_the_same(
    lock: Lock, features: frozenset[str], paths: frozenset[str]
) -> None:
    features |= {one.feature for one in lock.requirements[::2]}
    paths |= {one.path for one in lock.parts[::2]}
    text = write(lock)
    some, problems = read(text, whole=False)
    assert not problems
    assert (some.requirements, some.parts) == ((), ())
    assert some[:6] == lock[:6]
    assert write(some) == text
    more = lockfile.looked_into(some, features, paths)
    assert more.requirements == tuple(one for one in lock.requirements if one.feature in features)
    assert more.parts == tuple(one for one in lock.parts if one.path in paths)
    assert write(more) == text
