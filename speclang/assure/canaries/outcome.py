"""What is wished of a run of canaries, and what it and its series show, as data."""

from collections.abc import Sequence

from ...diagnostics.diagnostic import Diagnostic
from ...grading.tally import Rate
from ...plan.sides import Side
from ...run.running import State
from ...source.records import dataclass, field
from ...source.span import Places
from ..outcome import Spending
from .moving import Moved


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Whose canaries are to be run, each case `repeat` times, and within what bounds; `anew` begins new series."""

    target: str = ""
    feature: str = ""
    repeat: int = 1
    anew: bool = False
    max_cost: float | None = None
    max_tokens: int | None = None
    concurrency: int = 0


@dataclass(frozen=True, slots=True)
class Cause:
    """What else changed when a rate moved: `axes` of the envelope, by the words that people are told.

    `before` and `after` are the models that the provider said it ran, where it said so.
    """

    axes: tuple[str, ...]
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()

    @property
    def provider(self) -> bool:
        """Whether nothing of ours changed: prompt, messages, parameters, tools, graders and compiler were the same."""
        return not self.axes


@dataclass(frozen=True, slots=True)
class Alarm:
    """The rate of `side` has gone up between the runs of two days, `last` before and `since`; it may have been as early as `earliest`
    and as late as `latest`. `told` is the day on which that was told first.
    """

    side: Side
    moved: Moved
    last: str
    since: str
    earliest: str
    latest: str
    told: str
    cause: Cause


@dataclass(frozen=True, slots=True)
class Step:
    """What the rate of `side` did where a new series began; `chance` is how likely chance alone does as much, looked at once."""

    side: Side
    before: Rate
    after: Rate
    chance: float


@dataclass(frozen=True, slots=True)
class Point:
    """One run of a series: the day, and of each side how many answers failed to keep to it, of how many."""

    run: int
    day: str
    rates: tuple[tuple[Side, Rate], ...]
    alarm: tuple[Side, ...]
    snapshots: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """One canary after a run: `points` are those of its series, the last of them this run.

    `new` says why a series begins with this run, "" where it goes on; `steps` are what changed against the one before. `alarms` are what
    was told of the series, now or before: it stays told until the series begins anew.
    `eased` are the sides that fail less often than they did. `patience` tells after how many more runs it is told that so many cases have
    turned.
    """

    feature: str
    canary: str
    points: tuple[Point, ...]
    new: str = ""
    steps: tuple[Step, ...] = ()
    alarms: tuple[Alarm, ...] = ()
    eased: tuple[Alarm, ...] = ()
    patience: tuple[tuple[int, int], ...] = ()

    @property
    def alarmed(self) -> bool:
        """Whether the series has moved, and nobody has said that it is known."""
        return bool(self.alarms)


@dataclass(frozen=True, slots=True, kw_only=True)
class Watching:
    """A run of canaries that has ended. `of` is how many answers there were to be, `answers` how many came."""

    run: int
    target: str
    model: str
    stub: bool
    state: State
    of: int
    answers: int
    seen: tuple[Watched, ...]
    spending: Spending
    diagnostics: tuple[Diagnostic, ...]
    places: Places = field(repr=False, compare=False)

    @property
    def alarmed(self) -> bool:
        """Whether any canary is."""
        return any(one.alarmed for one in self.seen)


@dataclass(frozen=True, slots=True)
class Series:
    """The runs of one canary on one target that are held against one another; `began` says why the series did."""

    feature: str
    canary: str
    target: str
    model: str
    stub: bool
    began: str
    points: tuple[Point, ...]


def summed(points: Sequence[Point], side: Side) -> Rate:
    """The failures on `side` in all of `points`."""
    rates = [dict(one.rates).get(side, Rate(0, 0)) for one in points]
    return Rate(sum(one.passed for one in rates), sum(one.n for one in rates))
