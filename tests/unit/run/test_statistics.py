"""What a sample can bear, against brute force: every outcome counted, every number tried."""

from collections import Counter
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speclang.grading.holding import Call, decide, more
from speclang.grading.tally import Rate
from speclang.run.statistics import fisher, holm, mcnemar, pass_hat


@pytest.mark.parametrize(("one", "other"), [(a, b) for a in range(7) for b in range(7)])
def test_mcnemar_is_the_share_of_fair_coins_that_are_as_uneven(one: int, other: int) -> None:
    n = one + other
    uneven = [abs(2 * sum(coins) - n) >= abs(one - other) for coins in product((0, 1), repeat=n)]
    assert mcnemar(one, other) == pytest.approx(sum(uneven) / len(uneven))


def test_mcnemar_says_nothing_where_the_runs_never_differ() -> None:
    assert mcnemar(0, 0) == 1.0
    assert mcnemar(0, 10) == pytest.approx(2 / 1024)


@given(st.lists(st.floats(0, 1), max_size=8))
def test_holm_rejects_what_its_procedure_rejects(values: list[float]) -> None:
    corrected = holm(values)
    for level in (0.01, 0.05, 0.2):
        rejected = set()
        for rank, index in enumerate(sorted(range(len(values)), key=lambda one: values[one])):
            if values[index] * (len(values) - rank) > level:
                break
            rejected.add(index)
        assert {index for index, value in enumerate(corrected) if value <= level} == rejected


@given(st.integers(1, 12).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n), st.integers(1, n))))
def test_pass_hat_is_the_share_of_draws_that_all_pass(numbers: tuple[int, int, int]) -> None:
    from itertools import combinations

    passed, n, k = numbers
    draws = [all(one < passed for one in draw) for draw in combinations(range(n), k)]
    assert pass_hat(passed, n, k) == pytest.approx(sum(draws) / len(draws))
    assert pass_hat(passed, n, n + 1) is None


def test_where_all_have_to_pass_one_that_fails_decides() -> None:
    assert decide(Rate(3, 3), 1.0).call is Call.HOLDS
    assert decide(Rate(2, 3), 1.0).call is Call.FAILS
    assert decide(Rate(0, 0), 1.0).call is Call.NOTHING


@given(
    st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), st.sampled_from([0.5, 0.8, 0.95])
)
def test_a_verdict_is_given_only_where_the_interval_carries_it(counts: tuple[int, int], wanted: float) -> None:
    rate = Rate(*counts)
    low, high = rate.interval
    found = decide(rate, wanted)
    match found.call:
        case Call.HOLDS:
            assert low >= wanted
        case Call.FAILS:
            assert high < wanted
        case _:
            assert low < wanted <= high


def test_the_number_of_further_runs_settles_it_and_one_less_does_not() -> None:
    rate = Rate(5, 5)
    needed = more(rate, 0.95)
    assert Rate(5 + needed, 5 + needed).interval[0] >= 0.95
    assert Rate(4 + needed, 4 + needed).interval[0] < 0.95
    assert decide(rate, 0.95) == decide(rate, 0.95)
    assert (decide(rate, 0.95).call, decide(rate, 0.95).more) == (Call.UNDECIDED, needed)
    assert more(Rate(1, 2), 0.5) == 0


@pytest.mark.parametrize(
    ("passed", "n", "then", "m"), [(1, 4, 3, 4), (0, 5, 4, 4), (2, 3, 2, 3), (0, 2, 0, 6), (5, 6, 1, 3)]
)
def test_fisher_is_the_share_of_all_ways_to_deal_the_passes_that_are_as_unlikely(
    passed: int, n: int, then: int, m: int
) -> None:
    dealt = [sum(one < n for one in hands) for hands in combinations(range(n + m), passed + then)]
    often = Counter(dealt)
    unlikely = sum(count for count in often.values() if count <= often[passed])
    assert fisher(passed, n, then, m) == pytest.approx(unlikely / len(dealt))


def test_fisher_knows_the_lady_who_tastes_tea_and_says_nothing_of_no_cup() -> None:
    assert fisher(4, 4, 0, 4) == pytest.approx(2 / 70)  # Fisher 1935: all eight cups told apart
    assert fisher(3, 4, 1, 4) == pytest.approx(34 / 70)
    assert fisher(0, 0, 3, 5) == 1.0
