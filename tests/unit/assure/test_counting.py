"""Percentiles with intervals, and hours held against hours: published values, enumeration, and what a rhythm of the day must not show."""

import random
from itertools import combinations
from math import comb, erfc, isclose, sqrt

import pytest

from speclang.assure.hours.counting import compared, percentile


def test_the_interval_of_the_median_of_a_hundred_is_that_of_the_tables() -> None:
    # ranks 40 and 61 (Conover, Practical Nonparametric Statistics, 1999, ch. 3.2)
    found = percentile([float(one) for one in range(1, 101)], 50)
    assert (found.value, found.low, found.high) == (50, 40, 61)


@pytest.mark.parametrize(("n", "of"), [(10, 50), (60, 95), (200, 95)])
def test_the_interval_holds_the_true_percentile_as_often_as_it_says(n: int, of: int) -> None:
    found = percentile([float(one) for one in range(1, n + 1)], of)
    low = int(found.low) if found.low is not None else 0
    high = int(found.high) if found.high is not None else n + 1
    share = of / 100
    covered = sum(comb(n, k) * share**k * (1 - share) ** (n - k) for k in range(low, high))
    assert covered >= 0.95


def test_what_too_few_can_tell_has_no_end() -> None:
    found = percentile([1.0, 2.0, 3.0], 95)
    assert (found.value, found.high) == (3.0, None)
    assert percentile([1.0], 50).low is None


def test_the_middle_of_many_is_counted_as_that_of_few() -> None:
    many = percentile([float(one) for one in range(1, 1201)], 50)
    assert many.low is not None
    assert many.high is not None
    assert abs(many.low - 566) <= 1  # 600 - 1.96 * sqrt(300)
    assert abs(many.high - 635) <= 1


def test_one_hour_is_wilcoxons_rank_sum() -> None:
    found = compared({9: [1, 2, 3, 4, 5]}, {9: [6, 7, 8, 9, 10]})
    assert found is not None
    assert isclose(found.chance, erfc(12.5 / sqrt(25 * 11 / 12) / sqrt(2)))
    assert found.slower == 5


def test_the_spread_of_the_ranks_is_that_of_all_orders_also_with_ties() -> None:
    values = [1, 2, 2, 3, 3, 3, 4]
    sums = []
    for places in combinations(range(7), 3):
        ranks = [1, 2.5, 2.5, 5, 5, 5, 7]
        sums.append(sum(ranks[place] for place in places))
    mean = sum(sums) / len(sums)
    spread = sum((one - mean) ** 2 for one in sums) / len(sums)
    found = compared({0: values[:4]}, {0: values[4:]})
    assert found is not None
    assert isclose(found.chance, erfc(abs(17 - mean) / sqrt(2 * spread)))


def rhythm(rng: random.Random, hours: range, per_hour: int, slower: float = 0.0) -> dict[int, list[float]]:
    """Latencies with a peak at noon."""
    return {
        hour: [0.5 + (2.0 if 9 <= hour < 16 else 0) + slower + rng.expovariate(4) for _ in range(per_hour)]
        for hour in hours
    }


def test_a_rhythm_of_the_day_that_both_share_shows_nothing_and_one_that_has_shifted_does() -> None:
    rng = random.Random(11)  # noqa: S311 - no secret
    night = {**rhythm(rng, range(24), 4), **rhythm(rng, range(6), 20)}
    day = {**rhythm(rng, range(24), 4), **rhythm(rng, range(9, 16), 20)}
    quiet = compared(night, day)
    assert quiet is not None
    assert quiet.chance > 0.05
    means = [sum(map(sum, one.values())) / sum(map(len, one.values())) for one in (night, day)]
    assert means[1] > 1.4 * means[0], "without looking at hours, the second looks much slower"
    shifted = compared(night, rhythm(rng, range(24), 8, slower=0.3))
    assert shifted is not None
    assert shifted.chance < 0.001
    assert 0.1 < shifted.slower < 0.5


def test_without_a_common_hour_nothing_is_compared() -> None:
    assert compared({1: [1.0]}, {2: [1.0]}) is None
    assert compared({}, {}) is None
