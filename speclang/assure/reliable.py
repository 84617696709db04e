"""What the requirements of a project say of how often they hold and of known failures, held against what a run has shown.

In: a project and what a run has shown, case by case. Out: which requirements hold by their own words, and which are known to fail.
Invariant: judged by the same rules as a run.
"""

from collections.abc import Collection, Mapping
from datetime import date

from ..engine.answers.marks import excused
from ..engine.compiling import Opened
from ..grading.holding import Call, Reliability, held, reliabilities
from ..grading.tally import Key, Rate
from ..source.records import dataclass
from .baseline import Baseline, Shown


@dataclass(frozen=True, slots=True)
class Said:
    """`held` are the requirements that hold as often as they say, `known` those that are known to fail; `cases`, as `feature/ID`, too."""

    held: frozenset[Key]
    known: frozenset[Key]
    cases: frozenset[str]

    def without(self, baseline: Baseline) -> Baseline:
        """`baseline` without the cases that are known to fail."""
        return {
            key: {case: shown for case, shown in cases.items() if f"{key[0]}/{case}" not in self.cases}
            for key, cases in baseline.items()
        }


def said(project: Opened, now: Baseline, today: date) -> Said:
    """What the requirements say of themselves `today`, by what `now` shows."""
    says = {
        (plan.feature, id): one for plan in project.compiled.plan.features for id, one in reliabilities(plan).items()
    }
    cases = frozenset(excused(says, today))
    kept = {key: one for key, one in says.items() if one.holds is not None and key in now}
    return Said(
        held=frozenset(key for key, one in kept.items() if _holds(one, now[key], key[0], cases)),
        known=frozenset(key for key, one in says.items() if one.known is not None and today <= one.known.until),
        cases=cases,
    )


def _holds(one: Reliability, shown: Mapping[str, Shown], feature: str, left: Collection[str]) -> bool:
    rates: dict[str, Rate] = {}
    for case, count in shown.items():
        if f"{feature}/{case}" not in left:
            name = one.own.get(case, "")
            before = rates.get(name, Rate(0, 0))
            rates[name] = Rate(before.passed + count.passed, before.n + count.n)
    whole = Rate(sum(rate.passed for rate in rates.values()), sum(rate.n for rate in rates.values()))
    return one.holds is not None and held(one.holds, whole, rates.items()).call is Call.HOLDS
