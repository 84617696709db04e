"""Checks of what a run took: tokens, money, time. They look at no word of the answer."""

from math import isfinite

from ..answer import Answer, Verdict
from .evidence import quote


def within_budget(
    answer: Answer, *, measure: str, at_most: float, unit: str = "", percentile: int = 100, during: str = ""
) -> Verdict:
    """The run took at most `at_most` of `measure`.

    `during` names the hours of which that is asked; a single answer knows none, so whoever has the times of many looks at them.
    With a `percentile`, that many of 100 runs have to: whoever gathers verdicts gates by their share. A run of which the measure
    is not known, or that said and did nothing, meets no budget.
    """
    found = answer.measured.get(measure)
    if found is None or not isfinite(found):
        known = ", ".join(sorted(answer.measured)) or "nothing"
        return Verdict(False, f"{quote(measure)} was not measured; {known} was")
    if not answer.text.strip() and not answer.calls:
        return Verdict(False, "the answer is empty")
    of = f" in {percentile} of 100 runs" if percentile < 100 else ""
    of += f" during {during}" if during else ""
    shown = f" {unit}" if unit else ""
    return Verdict(found <= at_most, f"{measure} {found:g}{shown}; at most {at_most:g}{shown} wanted{of}")
