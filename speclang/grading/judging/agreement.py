"""How far a judge agrees with people, and with itself.

In: what people and a judge said of the same answers, and the judge's votes. Out: counts, Cohen's kappa with its interval, rates.
Invariant: pure; nothing that the judge did not decide counts as agreement.
"""

from collections.abc import Iterable, Iterator
from itertools import combinations

from ...source.records import dataclass
from ..tally import Rate
from .ballot import Outcome, Say, Vote
from .question import swapped

_DECIDED = (Say.PASS, Say.FAIL)


@dataclass(frozen=True, slots=True)
class Agreement:
    """Answers by who lets them pass: both, neither, the judge alone, people alone; and those on which the judge came to no verdict."""

    both: int = 0
    neither: int = 0
    only_judge: int = 0
    only_people: int = 0
    undecided: int = 0

    @property
    def rate(self) -> Rate:
        """How often both say the same, of the answers that the judge has decided."""
        same = self.both + self.neither
        return Rate(same, same + self.only_judge + self.only_people)

    @property
    def n(self) -> int:
        """How many answers the judge has decided."""
        return self.rate.n

    @property
    def kappa(self) -> float | None:
        """Cohen's kappa (Cohen 1960): agreement beyond what chance gives; None where one of both always says the same, or nothing."""
        return None if self._chance is None else self._beyond(self.rate.share or 0.0, self._chance)

    @property
    def interval(self) -> tuple[float, float]:
        """Kappa's interval at 95%: Wilson's of the agreement (Wilson 1927), with that by chance taken as fixed, as Cohen (1960) does."""
        if self._chance is None:
            return -1.0, 1.0
        low, high = (self._beyond(end, self._chance) for end in self.rate.interval)
        return max(-1.0, low), min(1.0, high)

    @property
    def lenient(self) -> Rate:
        """How many of the answers that people refuse the judge lets pass."""
        return Rate(self.only_judge, self.only_judge + self.neither)

    @property
    def strict(self) -> Rate:
        """How many of the answers that people let pass the judge refuses."""
        return Rate(self.only_people, self.only_people + self.both)

    @property
    def _chance(self) -> float | None:
        """How often both would say the same by chance; None where nothing is beyond it."""
        judge, people, n = self.both + self.only_judge, self.both + self.only_people, self.n
        expected = judge * people + (n - judge) * (n - people)
        return expected / (n * n) if n and expected < n * n else None

    def _beyond(self, share: float, chance: float) -> float:
        return (share - chance) / (1 - chance)


@dataclass(frozen=True, slots=True)
class Consistency:
    """How a judge's votes about one answer compare: pairs of votes that saw the anchors in the same order, and in another one.

    Each is the rate of pairs that say the same. `void` is how many of all `votes` gave no verdict.
    """

    same_order: Rate
    swapped: Rate
    void: int
    votes: int

    @property
    def flips(self) -> Rate:
        """The rate of pairs that differ where the anchors were swapped."""
        return Rate(self.swapped.n - self.swapped.passed, self.swapped.n)


def agreement(pairs: Iterable[tuple[bool, Outcome]]) -> Agreement:
    """How people (True: it passes) and the judge compare on the same answers."""
    counts = {(people, say): 0 for people in (True, False) for say in Say}
    for people, outcome in pairs:
        counts[people, outcome.say] += 1
    return Agreement(
        both=counts[True, Say.PASS],
        neither=counts[False, Say.FAIL],
        only_judge=counts[False, Say.PASS],
        only_people=counts[True, Say.FAIL],
        undecided=counts[True, Say.UNSURE] + counts[False, Say.UNSURE],
    )


def consistency(outcomes: Iterable[Outcome]) -> Consistency:
    """How the votes of each outcome compare with one another."""
    counts = {False: [0, 0], True: [0, 0]}
    void = votes = 0
    for outcome in outcomes:
        votes += len(outcome.votes)
        void += outcome.count(Say.VOID)
        for one, other in _pairs(outcome):
            seen = counts[swapped(one.number) is not swapped(other.number)]
            seen[0] += one.say is other.say
            seen[1] += 1
    return Consistency(Rate(*counts[False]), Rate(*counts[True]), void, votes)


def _pairs(outcome: Outcome) -> Iterator[tuple[Vote, Vote]]:
    return combinations((one for one in outcome.votes if one.say in _DECIDED), 2)
