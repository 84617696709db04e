"""How often a requirement holds, against brute force: every small outcome of every small claim."""

from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest

from speclang.grading.holding import Call, Decision, decide, held
from speclang.grading.tally import Rate
from speclang.model.reliability import Holds
from speclang.source.span import whole_file

NOWHERE = whole_file("a.spec")


def claim(least: str, times: int, *, share: bool = False) -> Holds:
    return Holds(least=Decimal(least), times=times, share=share, least_span=NOWHERE, times_span=NOWHERE)


def whole(cases: dict[str, Rate]) -> Rate:
    return Rate(sum(one.passed for one in cases.values()), sum(one.n for one in cases.values()))


def said(holds: Holds, cases: dict[str, Rate]) -> Decision:
    return held(holds, whole(cases), cases.items())


def test_so_many_of_so_many_is_counted_case_by_case_as_the_words_say() -> None:
    for times, passed, other in product(range(1, 5), range(5), range(5)):
        if max(passed, other) > times:
            continue
        for least in range(1, times + 1):
            holds = claim(str(least), times)
            found = said(holds, {"A": Rate(passed, times), "B": Rate(other, times)})
            assert (found.call is Call.HOLDS) is (min(passed, other) >= least)
            assert (found.call is Call.FAILS) is (min(passed, other) < least)


def test_too_few_answers_decide_only_what_further_ones_could_not_change() -> None:
    for times, n in product(range(1, 6), range(1, 6)):
        for least, passed in product(range(1, times + 1), range(n + 1)):
            if n >= times:
                continue
            rest = times - n
            best, worst = passed + rest, passed
            found = said(claim(str(least), times), {"A": Rate(passed, n)})
            if best < least:
                assert found.call is Call.FAILS
            else:
                assert found == Decision(Call.UNDECIDED, rest), (worst, least)


def test_more_answers_than_asked_for_may_fail_in_the_same_proportion() -> None:
    holds = claim("4", 5)
    for n in range(5, 30):
        allowed = int(Fraction(1, 5) * n)
        assert said(holds, {"A": Rate(n - allowed, n)}).call is Call.HOLDS
        assert said(holds, {"A": Rate(n - allowed - 1, n)}).call is Call.FAILS


def test_answers_to_cases_of_others_are_counted_together() -> None:
    holds = claim("4", 5)
    assert said(holds, {"A": Rate(5, 5), "": Rate(9, 11)}).call is Call.HOLDS
    assert said(holds, {"A": Rate(5, 5), "": Rate(8, 11)}).call is Call.FAILS
    assert said(holds, {"A": Rate(5, 5), "": Rate(3, 4)}).call is Call.FAILS
    assert said(claim("5", 5), {"A": Rate(5, 5), "": Rate(10, 11)}).call is Call.FAILS


def test_a_share_is_decided_by_the_interval_over_all_answers() -> None:
    for passed in range(41):
        cases = {"A": Rate(passed, 40), "": Rate(3, 3)}
        assert said(claim("95", 40, share=True), cases) == decide(Rate(passed + 3, 43), 0.95)
    assert said(claim("99.5", 40, share=True), {"A": Rate(40, 40)}).call is Call.UNDECIDED
    assert said(claim("100", 40, share=True), {"A": Rate(39, 40)}).call is Call.FAILS


@pytest.mark.parametrize("holds", [claim("5", 5), claim("95", 40, share=True)])
def test_where_nothing_tells_nothing_is_said(holds: Holds) -> None:
    assert said(holds, {}).call is Call.NOTHING


def test_a_claim_reads_as_it_is_written() -> None:
    assert claim("5", 5).shown == "5 of 5"
    assert claim("99.5", 40, share=True).shown == "99.5% of 40"
    assert claim("4", 5).wanted == Decimal("0.8") == claim("80", 5, share=True).wanted
