"""What is wished of a mutation run, and what comes of it, as data.

Invariant: plain data: what a report shows of mutants stands here.
"""

from enum import StrEnum

from ...grading.tally import Rate
from ...run.running import State
from ...source.records import dataclass
from ..outcome import Spending
from ..sending import Sending
from .verdict import Fate


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish(Sending):
    """Which mutants are to be run, on whom, and within what bounds.

    `names` are features and requirements; `every` has all cases run that a requirement's graders judge. With a `repeat` of 0 each case
    is run as often as the specs ask for. `steady` says that the target answers the same each time.
    """

    target: str = ""
    names: tuple[str, ...] = ()
    operators: tuple[str, ...] = ()
    every: bool = False
    repeat: int = 0
    steady: bool = False


class Reading(StrEnum):
    """What it means that a mutant is alive, as far as it can be told.

    `anyway`: graders of its cases have said no to other answers, so they would notice; the target does it without that clause.
    `unnoticed`: on none of its cases does the change make a difference. `open`: nothing has ever failed, so it may be either.
    """

    ANYWAY = "anyway"
    UNNOTICED = "unnoticed"
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """One case of a mutant: how many answers pass with the prompt as it is, and with the mutant; `noticed` are the requirements whose
    graders said no to the latter, `reason` what the first of them said.
    """

    case: str
    before: Rate
    after: Rate
    noticed: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What came of one mutant. `why` says in words why nothing could be told, where nothing could."""

    feature: str
    requirement: str
    operator: str
    name: str
    what: str
    before: str
    after: str
    fate: Fate
    chance: float | None = None
    times: int = 0
    why: str = ""
    reading: Reading | None = None
    tried: tuple[Tried, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """The mutants of one requirement, counted by what came of them."""

    feature: str
    requirement: str
    killed: int
    survived: int
    undecided: int
    untried: int
    not_run: int

    @property
    def rate(self) -> Rate:
        """The share that was killed, of those of which something is known: one that no case tries is alive."""
        return Rate(self.killed, self.killed + self.survived + self.untried)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutated:
    """A mutation run that has ended; `run` is its number in the store. `stub` says that no model answered.

    `failing` are the cases that do not pass with the prompt as it is: they can show nothing. `missed` are some without an answer, with why.
    `idle` are requirements that are not mutated since they require nothing.
    """

    run: int
    target: str
    model: str
    stub: bool
    steady: bool
    state: State
    why: str
    results: tuple[Result, ...]
    failing: tuple[tuple[str, str], ...]
    missed: tuple[tuple[str, str], ...]
    missing: int
    idle: tuple[str, ...]
    spending: Spending

    @property
    def rows(self) -> tuple[Row, ...]:
        """A row for each requirement, in their order."""
        found: dict[tuple[str, str], dict[Fate, int]] = {}
        for one in self.results:
            counts = found.setdefault((one.feature, one.requirement), dict.fromkeys(Fate, 0))
            counts[one.fate] += 1
        return tuple(
            Row(
                *key,
                counts[Fate.KILLED],
                counts[Fate.SURVIVED],
                counts[Fate.UNDECIDED],
                counts[Fate.UNTRIED],
                counts[Fate.NOT_RUN],
            )
            for key, counts in found.items()
        )

    @property
    def killed(self) -> int:
        """How many were killed."""
        return sum(one.fate is Fate.KILLED for one in self.results)

    @property
    def rate(self) -> Rate:
        """The share that was killed, of those of which something is known."""
        known = sum(one.fate in (Fate.KILLED, Fate.SURVIVED, Fate.UNTRIED) for one in self.results)
        return Rate(self.killed, known)

    def reaches(self, share: float) -> bool:
        """Whether at least `share` of all mutants are shown to be killed; one that is undecided or was not run is not."""
        return bool(self.results) and self.killed >= share * len(self.results)
