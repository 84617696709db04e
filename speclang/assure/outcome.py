"""What is wished of a run, and what comes of it, as data."""

from ..diagnostics.diagnostic import Diagnostic, has_errors
from ..engine.answers.summary import Summary
from ..grading.holding import Call, Decision
from ..grading.tally import Rate, Standing
from ..run.running import State
from ..source.records import dataclass, field
from ..source.span import Places
from .calibration import Trust
from .gates import MUST
from .sending import Sending


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish(Sending):
    """What is to be run: cases whose IDs match `case`, of one feature or of all, each `repeat` times, and within what bounds.

    With a `repeat` of 0, each is run as often as the specs ask for.
    """

    target: str = ""
    feature: str = ""
    case: str = ""
    repeat: int = 0
    affected: str = ""
    """A revision: only cases that a change since then reaches are run."""
    watched: bool = False
    """Whether only cases are run that a canary has asked on a schedule."""


@dataclass(frozen=True, slots=True)
class Row:
    """How one requirement stands on this run, and what can be said of it; `holds` is how often it says that it must hold.

    `doubt` says how far its judge is shown to agree with people, where the settings want more.
    """

    standing: Standing
    level: str
    wanted: float
    decision: Decision
    holds: str = ""
    doubt: str = ""

    @property
    def expected(self) -> bool:
        """Whether it is known to fail today, and does not hold."""
        return self.standing.known is not None and self.decision.call in (Call.FAILS, Call.UNDECIDED)

    @property
    def blocks(self) -> bool:
        """Whether it fails the run: a `must` of which the answers do not show that it holds, and of which nobody knew."""
        if self.level != MUST or self.expected:
            return False
        return self.decision.call in (Call.FAILS, Call.UNDECIDED) or bool(self.doubt)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spending:
    """What a run took: requests `sent`, sent `again` after a fault, and `recalled` from the store; tokens and money."""

    sent: int = 0
    again: int = 0
    recalled: int = 0
    tokens: int = 0
    cost: float = 0.0
    currency: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """What the judge of a run did: `verdicts` by `votes`, of which `split` were not of one mind and `undecided` came to none.

    `sent` are its requests, `recalled` the verdicts that were in the store; `trusts` says of each grader that it spoke for how far it
    is shown to agree with people. `stub` says that it is no model.
    """

    target: str
    model: str
    stub: bool
    verdicts: int
    votes: int
    split: int
    undecided: int
    sent: int
    recalled: int
    trusts: tuple[Trust, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluated:
    """A run that has ended. `of` is how many answers there were to be; `run` its number in the store.

    `every_time` is the rate of cases all of whose answers meet all that gates and that code can tell, where each was run several times
    (pass^k). `judge` is what the judge did, None where none was asked. `stub` says that no model answered, or that none judged.
    """

    run: int
    target: str
    model: str
    stub: bool
    state: State
    of: int
    summary: Summary
    rows: tuple[Row, ...]
    every_time: Rate | None
    spending: Spending
    diagnostics: tuple[Diagnostic, ...]
    places: Places = field(repr=False, compare=False)
    judge: Bench | None = None

    @property
    def passed(self) -> bool:
        """Whether the run came to its end, every case was answered, and all that must hold holds."""
        return not has_errors(self.diagnostics)


@dataclass(frozen=True, slots=True)
class Unfit:
    """A project whose specs have errors: nothing is run."""

    diagnostics: tuple[Diagnostic, ...]
    places: Places = field(repr=False, compare=False)

    @property
    def passed(self) -> bool:
        """Nothing was shown."""
        return False


@dataclass(frozen=True, slots=True)
class Progress:
    """A run under way."""

    done: int
    of: int
    passed: int
    told: int
    cost: float
    recalled: int
