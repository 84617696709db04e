"""Claims that no outcome of a run can show: `holds 95% of 40` where even 40 answers that all pass bear less than 95%.

In: requirements with what they claim, and the cases of the feature. Out: a finding for each claim that its answers can't bear.
Invariant: counts as the decision at run time does: all answers of one run on which the requirement's graders speak.
"""

from collections.abc import Iterator, Sequence

from ...diagnostics.diagnostic import Diagnostic
from ...model.certainty import interval, needed
from ...model.feature import Feature
from ...model.reliability import MOST_TIMES
from ...plan.case import Case
from ...plan.grader import Grader
from .. import errors


def unbearable(feature: Feature, graders: Sequence[Grader], cases: Sequence[Case]) -> Iterator[Diagnostic]:
    """A finding for each share that `feature` claims and that its cases, run as often as the specs say, can't show."""
    for one in feature.requirements:
        claim = one.holds
        if claim is None or not claim.share or claim.wanted >= 1:
            continue
        own = {grader.id for grader in graders if grader.requirement == one.id}
        always = any(grader.always for grader in graders if grader.requirement == one.id)
        heard = [case for case in cases if always or any(use.grader in own for use in case.uses)]
        mine = sum(case.requirement == one.id and case.holds is not None for case in heard)
        answers = sum(case.times for case in heard)
        wanted = float(claim.wanted)
        if not answers or interval(answers, answers)[0] >= wanted:
            continue
        lack = needed(wanted) - (answers - mine * claim.times)
        times = -(-lack // mine) if mine else 0
        sample = errors.Sample(
            answers, mine, interval(answers, answers)[0], needed(wanted), times if times <= MOST_TIMES else 0
        )
        yield errors.unbearable(one.id, claim, sample)
