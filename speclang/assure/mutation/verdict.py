"""Whether the answers to a mutant's cases are worse than those to the prompt as it is: what a sample can bear.

In: for each case how many answers passed, with the prompt as it is and with the mutant. Out: a `Call`, and how likely chance does as much.
Invariant: pure; of a target that may answer otherwise each time, nothing is said that the numbers do not carry.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from ...run.statistics import Stratum, lost
from ...source.records import dataclass

SURE = 0.05
"""How likely chance may be where a mutant is called killed."""

_MOST = 50
"""How many times as many answers are proposed at most."""


class Fate(StrEnum):
    """What came of a mutant.

    `untried`: no case tries its requirement, or nothing can tell what comes of one. `undecided`: the answers do not bear a verdict.
    """

    KILLED = "killed"
    SURVIVED = "survived"
    UNDECIDED = "undecided"
    UNTRIED = "untried"
    NOT_RUN = "not_run"


@dataclass(frozen=True, slots=True)
class Call:
    """`chance` is the p-value, None where none is asked for; `times` how often each case would have to be run to tell, 0 for nobody knows.

    `blind` says that no case passes with the prompt as it is, so that none can notice anything.
    """

    fate: Fate
    chance: float | None = None
    times: int = 0
    blind: bool = False


def call(strata: Mapping[str, Stratum], *, steady: bool) -> Call:
    """The fate of a mutant by its cases. A `steady` target answers the same each time: then one answer that is lost decides."""
    telling = [one for one in strata.values() if one[0] and one[3]]
    if not telling:
        return Call(Fate.UNDECIDED, blind=True)
    fell = any(_fell(one) for one in telling)
    if steady:
        return Call(Fate.KILLED if fell else Fate.SURVIVED)
    chance = lost(telling)
    if fell and chance <= SURE:
        return Call(Fate.KILLED, chance)
    if lost(_all_lost(telling)) > SURE:
        return Call(Fate.UNDECIDED, chance, _times(_all_lost(telling)))
    return Call(Fate.UNDECIDED, chance, _times(telling)) if fell else Call(Fate.SURVIVED, chance)


def notices(one: Stratum) -> bool:
    """Whether a case with these answers is one of those that show a mutant."""
    return bool(one[0] and one[3]) and _fell(one)


def _fell(one: Stratum) -> bool:
    """Whether fewer answers pass than before, in proportion."""
    passed, n, then, m = one
    return then * n < passed * m


def _all_lost(strata: Sequence[Stratum]) -> list[Stratum]:
    """The same if nothing had passed with the mutant."""
    return [(passed, n, 0, m) for passed, n, _, m in strata]


def _times(strata: Sequence[Stratum]) -> int:
    """How often each case has to be run for the same rates to bear a verdict."""
    now = max(n for _, n, _, _ in strata)
    for factor in range(2, _MOST + 1):
        if lost([(passed * factor, n * factor, then * factor, m * factor) for passed, n, then, m in strata]) <= SURE:
            return now * factor
    return 0
