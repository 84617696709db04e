"""What breaks is found exactly, whatever was planted: single changes, changes that only together break, several of them."""

from collections.abc import Callable

from hypothesis import assume, given
from hypothesis import strategies as st

from speclang.assure.bisecting.minimal import Breaking, Verdict, causes, fewest, minimal

NAMES = tuple("abcdefghij")
GROUPS = (NAMES[:3], NAMES[3:4], NAMES[4:8], NAMES[8:])
sets = st.sets(st.sampled_from(NAMES), min_size=1, max_size=4).map(frozenset)


def planted(*wanted: frozenset[str]) -> tuple[Callable[[frozenset[str]], Verdict], list[frozenset[str]]]:
    """A test that any set breaks which holds one of `wanted`, and the list of what it was asked."""
    asked: list[frozenset[str]] = []

    def test(chosen: frozenset[str]) -> Verdict:
        asked.append(chosen)
        return Verdict.BAD if any(one <= chosen for one in wanted) else Verdict.GOOD

    return test, asked


@given(sets)
def test_a_planted_set_is_found_and_nothing_beside_it(wanted: frozenset[str]) -> None:
    test, _ = planted(wanted)
    found = minimal(NAMES, test)
    assert (frozenset(found.names), found.sure) == (wanted, True)


@given(st.lists(sets, min_size=1, max_size=3))
def test_of_several_planted_sets_the_one_that_is_found_breaks_and_lacks_nothing(wanted: list[frozenset[str]]) -> None:
    test, _ = planted(*wanted)
    found = frozenset(minimal(NAMES, test).names)
    assert test(found) is Verdict.BAD
    assert all(test(found - {one}) is Verdict.GOOD for one in found)


@given(st.lists(sets, min_size=1, max_size=3))
def test_sets_that_have_nothing_in_common_are_all_found(wanted: list[frozenset[str]]) -> None:
    assume(sum(map(len, wanted)) == len(frozenset().union(*wanted)))
    test, _ = planted(*wanted)
    found = causes(GROUPS, test, 5)
    assert {frozenset(one.names) for one in found} == set(wanted)


@given(sets)
def test_no_smaller_number_of_axes_breaks_than_the_one_that_is_told(wanted: frozenset[str]) -> None:
    test, asked = planted(wanted)
    places = fewest(GROUPS, test)
    needed = tuple(place for place, group in enumerate(GROUPS) if wanted & set(group))
    assert places == needed
    assert all(len([group for group in GROUPS if set(group) <= one]) <= len(needed) for one in asked)
    found = causes(GROUPS, test, 1)
    assert found == (Breaking(tuple(name for name in NAMES if name in wanted), sure=True),)


@given(sets, st.sets(st.sampled_from(NAMES)), st.data())
def test_what_nobody_can_tell_never_makes_a_set_that_did_not_break(
    wanted: frozenset[str], hidden: set[str], data: st.DataObject
) -> None:
    unsure = data.draw(st.sets(st.frozensets(st.sampled_from(NAMES)), max_size=20))

    def test(chosen: frozenset[str]) -> Verdict:
        if chosen in unsure or chosen == frozenset(hidden):
            return Verdict.OPEN
        return Verdict.BAD if wanted <= chosen else Verdict.GOOD

    found = minimal(NAMES, test)
    if test(frozenset(NAMES)) is Verdict.BAD:
        assert test(frozenset(found.names)) is Verdict.BAD
        assert wanted <= set(found.names)
        if found.sure:
            assert set(found.names) == wanted


@given(st.sampled_from(NAMES))
def test_a_single_change_takes_few_questions(wanted: str) -> None:
    test, asked = planted(frozenset(wanted))
    minimal(NAMES, test)
    assert len(asked) <= 2 * 4, "halves, and at most two questions for each"
