"""Rates with Wilson's interval, compared with published and worked-out values."""

import pytest

from speclang.grading.tally import Rate


@pytest.mark.parametrize(
    ("passed", "n", "low", "high"),
    [(8, 10, 0.4902, 0.9433), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (1, 1, 0.2065, 1.0), (81, 263, 0.2553, 0.3662)],
)  # fmt: skip
def test_the_interval_is_wilsons(passed: int, n: int, low: float, high: float) -> None:
    assert Rate(passed, n).interval == pytest.approx((low, high), abs=0.0001)


def test_a_rate_of_nothing_says_nothing() -> None:
    assert Rate(0, 0).share is None
    assert Rate(0, 0).interval == (0.0, 1.0)
    assert str(Rate(0, 0)) == "-"


def test_only_all_is_all_and_only_none_is_none() -> None:
    assert str(Rate(9999, 10000)).startswith("99.9% (n = 10,000")
    assert str(Rate(1, 10000)).startswith("0.1% (n = 10,000")
    assert str(Rate(3, 4)) == "75% (n = 4, 30% to 95%)"
    assert Rate(3, 4).told == "75% pass (n = 4, 95% interval 30% to 95%)"
