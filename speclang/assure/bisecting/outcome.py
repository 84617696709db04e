"""What is wished of a search for what broke, and what comes of it, as data."""

from ...run.running import State
from ...run.store.reading import PastRun
from ...source.records import dataclass
from ..comparing.varied import Axis, Varied
from ..outcome import Spending
from ..sending import Sending
from .minimal import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish(Sending):
    """Which of the cases that were lost are asked, on whom, how often each, and within what bounds.

    `names` are requirements and features; `most` is how many cases are asked. With a `repeat` of 0 each is asked as often as it takes.
    `steady` says that the target answers the same each time. With a `target` that one is asked, and model and parameters are not swapped.
    """

    names: tuple[str, ...] = ()
    case: str = ""
    most: int = 3
    target: str = ""
    repeat: int = 0
    steady: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip:
    """One choice of changes that was asked: of `n` answers `passed` did; `chance` is how likely chance does as much, where asked."""

    axes: tuple[Axis, ...]
    changes: tuple[Varied, ...]
    passed: int
    n: int
    verdict: Verdict
    chance: float | None
    times: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """Changes that break together what is watched; `sure` says that each is shown to be needed."""

    axes: tuple[Axis, ...]
    changes: tuple[Varied, ...]
    sure: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Bisected:
    """A search that has ended. `watched` are the cases with their requirements, `left` how many that were lost were not asked.

    `whole` is what all changes do together: where they break nothing, the loss is not seen again. `flips` are each axis by itself,
    `asked` is how many choices of changes were asked in all. `fixed` differs and can't be swapped. `snapshots` are the models of
    the replies, as their servers call them. `stub` says that no model answered.
    """

    before: PastRun
    after: PastRun
    target: str
    model: str
    stub: bool
    steady: bool
    repeat: int
    watched: tuple[tuple[str, str, tuple[str, ...]], ...]
    left: int
    changes: tuple[Varied, ...]
    fixed: tuple[Varied, ...]
    nothing: Flip | None
    whole: Flip | None
    flips: tuple[Flip, ...]
    causes: tuple[Cause, ...]
    asked: int
    snapshots: tuple[str, ...]
    state: State
    why: str
    missed: tuple[tuple[str, str], ...]
    spending: Spending
