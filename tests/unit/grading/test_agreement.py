"""Cohen's kappa and its interval, against the definition written out a second time; and how votes compare with one another."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speclang.grading.judging.agreement import Agreement, agreement, consistency
from speclang.grading.judging.ballot import Outcome, Say, Vote
from speclang.grading.tally import Rate

COUNTS = st.integers(0, 40)


def spelled(both: int, neither: int, judge: int, people: int) -> Fraction | None:
    """Kappa by its definition: over every pair of an answer that the judge says something of and one that people do."""
    said = [(True, True)] * both + [(False, False)] * neither + [(True, False)] * judge + [(False, True)] * people
    if not said:
        return None
    same = Fraction(sum(one == other for one, other in said), len(said))
    chance = Fraction(sum(one[0] == other[1] for one, other in product(said, said)), len(said) ** 2)
    return None if chance == 1 else (same - chance) / (1 - chance)


@given(COUNTS, COUNTS, COUNTS, COUNTS)
def test_kappa_is_what_its_definition_says(both: int, neither: int, judge: int, people: int) -> None:
    found, wanted = Agreement(both, neither, judge, people).kappa, spelled(both, neither, judge, people)
    if wanted is None:
        assert found is None
    else:
        assert found == pytest.approx(float(wanted))


def test_kappa_of_a_published_table() -> None:
    """Cohen's measure on the table that Fleiss, Levin and Paik (2003) and many others calculate through: 20, 15, 5, 10."""
    assert Agreement(20, 15, 5, 10).kappa == pytest.approx(0.4)


@given(COUNTS, COUNTS, COUNTS, COUNTS)
def test_the_interval_holds_kappa_and_shrinks_with_more_labels(
    both: int, neither: int, judge: int, people: int
) -> None:
    few, many = Agreement(both, neither, judge, people), Agreement(4 * both, 4 * neither, 4 * judge, 4 * people)
    low, high = few.interval
    assert -1 <= low <= high <= 1
    if few.kappa is not None and many.kappa is not None:
        assert low - 1e-9 <= few.kappa <= high + 1e-9
        assert many.kappa == pytest.approx(few.kappa)
        assert many.interval[1] - many.interval[0] <= high - low


def test_five_of_five_show_little() -> None:
    low, high = Agreement(3, 2).interval
    assert (round(low, 2), high) == (0.09, 1.0)


def test_where_one_of_both_always_says_the_same_kappa_says_nothing() -> None:
    assert Agreement(30).kappa is None
    assert Agreement().kappa is None
    assert Agreement(30, 0, 5, 0).kappa == 0


def outcome(said: str, of: int = 3) -> Outcome:
    by = {"p": Say.PASS, "f": Say.FAIL, "u": Say.UNSURE, "v": Say.VOID}
    return Outcome(tuple(Vote(number, by[one], "", "", 1) for number, one in enumerate(said, 1)), of)


def test_what_the_judge_did_not_decide_is_no_agreement() -> None:
    pairs = [(True, "ppp"), (True, "ff"), (False, "pp"), (False, "fff"), (True, "pfv"), (False, "vvv")]
    found = agreement((people, outcome(said)) for people, said in pairs)
    assert found == Agreement(both=1, neither=1, only_judge=1, only_people=1, undecided=2)
    assert (found.lenient, found.strict) == (Rate(1, 2), Rate(1, 2))


def test_votes_are_compared_by_whether_they_saw_the_anchors_in_one_order() -> None:
    found = consistency([outcome("pfp"), outcome("ppp"), outcome("pvf")])
    assert found.same_order == Rate(2, 3), "the first and the third vote of each"
    assert found.swapped == Rate(2, 4)
    assert found.flips == Rate(2, 4)
    assert (found.void, found.votes) == (1, 9)
