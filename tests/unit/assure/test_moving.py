"""The sequential test of canaries: chance by enumeration and published values, false alarms by simulation, moments by sight."""

import random
from collections.abc import Sequence
from itertools import combinations, product
from math import isclose, prod

import pytest

from speclang.assure.canaries.moving import BOUND, WINDOWS, Counts, described, moved, odds, patience, rarity
from speclang.run.statistics import lost

CASES = 12


def drawn(rng: random.Random, rates: Sequence[float]) -> Counts:
    return {f"case-{place}": (int(rng.random() < rate), 1) for place, rate in enumerate(rates)}


def series(
    seed: int, days: int, before: Sequence[float], after: Sequence[float] = (), since: int = 10**9
) -> list[Counts]:
    rng = random.Random(seed)  # noqa: S311 - no secret
    return [drawn(rng, after if day >= since else before) for day in range(days)]


def alarm(runs: Sequence[Counts]) -> int | None:
    """The first run after which it is told that something has moved."""
    return next((day for day in range(2, len(runs) + 1) if moved(runs[:day]) is not None), None)


def test_chance_is_fishers_for_the_lady_who_tastes_tea() -> None:
    # Fisher (1935): 3 of 4 cups right has the one-sided chance 17/70
    assert isclose(lost([(3, 4, 1, 4)]), 17 / 70)


def test_chance_within_cases_is_what_all_orders_of_the_answers_come_to() -> None:
    days = [
        {"a": (0, 1), "b": (1, 1)},
        {"a": (0, 1), "b": (0, 1)},
        {"a": (1, 1), "b": (0, 1)},
        {"a": (1, 1), "b": (1, 1)},
    ]
    ways = [  # which two of the four answers to each case fail
        sum(day >= 2 for day in (*one, *other)) for one, other in product(combinations(range(4), 2), repeat=2)
    ]
    seen = sum(day[case][0] for day in days[2:] for case in "ab")
    chance = sum(one >= seen for one in ways) / len(ways)
    assert isclose(lost([(2, 2, 0, 2), (1, 2, 1, 2)]), chance)
    assert isclose(chance, 9 / 36)  # 1 with four later failures, 8 with three


def test_no_fixed_rate_makes_the_odds_more_than_a_fair_game() -> None:
    # all series of two cases over three runs: the mean of the odds is at most 1, whatever the rates
    for rates in product((0.05, 0.3, 0.5, 0.9), repeat=2):
        mean = 0.0
        for outcome in product((0, 1), repeat=6):
            runs: list[Counts] = [{"a": (outcome[2 * day], 1), "b": (outcome[2 * day + 1], 1)} for day in range(3)]
            likely = prod(rate if one else 1 - rate for one, rate in zip(outcome, rates * 3, strict=True))
            mean += likely * odds(runs)
        assert mean <= 1


def test_the_odds_of_one_case_are_those_of_krichevsky_and_trofimov() -> None:
    # one moment, of weight 1/2; KT gives 1/2 to each first answer; the best one rate gives 1/4
    assert isclose(odds([{"a": (0, 1)}, {"a": (1, 1)}]), 0.5 * (0.5 * 0.5) / 0.25)


def test_what_may_be_spent_on_all_runs_is_no_more_than_the_bound() -> None:
    assert sum(1 / (run * (run - 1)) for run in range(2, 100_000)) < 1
    assert BOUND <= 0.05 / 2


@pytest.mark.parametrize("rates", [[0.02] * CASES, [0.3] * CASES, [0.01] * 8 + [0.5] * 4])
def test_ordinary_noise_over_thirty_days_gives_no_alarm(rates: list[float]) -> None:
    alarms = [alarm(series(seed, 30, rates)) for seed in range(10)]
    assert sum(one is not None for one in alarms) <= 1  # the bound is 2.5% of series


def test_two_messages_that_turn_are_told_within_ten_days_with_the_day_and_their_names() -> None:
    before = [0.02] * 8 + [0.2] * 4
    after = [0.98, 0.98, *before[2:]]
    for seed in range(5):
        runs = series(seed, 22, before, after, since=12)
        told = alarm(runs)
        assert told is not None
        assert 12 < told <= 22
        found = moved(runs[:told])
        assert found is not None
        assert found.within[0] <= 12 <= found.within[1]
        assert abs(found.since - 12) <= 1
        assert {"case-0", "case-1"} <= {one.case for one in found.shifts}


def test_all_messages_that_turn_a_little_are_told() -> None:
    runs = series(3, 40, [0.02] * CASES, [0.35] * CASES, since=12)
    told = alarm(runs)
    assert told is not None
    assert told > 12


def test_what_fails_less_often_is_no_alarm() -> None:
    assert alarm(series(1, 30, [0.5] * CASES, [0.0] * CASES, since=12)) is None


def test_a_run_in_which_some_cases_have_no_answer_still_counts() -> None:
    whole: Counts = {"a": (0, 3), "b": (0, 3)}
    runs = [*[whole] * 10, {"a": (3, 3)}, {"a": (3, 3), "b": (0, 3)}]
    found = moved(runs)
    assert found is not None
    assert found.since == 10
    assert [(one.case, one.before, one.after) for one in found.shifts] == [("a", (0, 30), (6, 6))]


def test_patience_is_when_the_test_itself_tells() -> None:
    steady: Counts = {str(case): (0, 1) for case in range(6)}
    turned: Counts = {**steady, "0": (1, 1), "1": (1, 1)}
    more = patience(10, 6, 2)
    assert more is not None
    assert rarity([steady] * 10 + [turned] * more) >= 1
    assert rarity([steady] * 10 + [turned] * (more - 1)) < 1
    assert patience(1, 6, 1) is None


def test_little_is_said_of_little() -> None:
    assert moved([]) is None
    assert moved([{"a": (1, 1)}]) is None
    assert described([{"a": (1, 1)}, {"a": (0, 1)}]) is None
    assert rarity([{}, {}]) < 1
    assert tuple(sorted(WINDOWS)) == WINDOWS
