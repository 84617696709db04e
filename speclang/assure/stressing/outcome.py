"""What is wished of a run under stress, and what comes of it, as data.

Invariant: plain data: what a report shows of curves stands here.
"""

from ...diagnostics.diagnostic import Diagnostic
from ...grading.holding import Call, Decision
from ...grading.tally import Rate
from ...plan.stressed import At, Lack
from ...run.running import State
from ...source.records import dataclass, field
from ...source.span import Places
from ..compare import Difference
from ..mutation.verdict import Fate
from ..outcome import Spending
from ..sending import Sending


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish(Sending):
    """What is to be run: of the feature and the stress that are named, or of all, the variants whose seeds' IDs match `case`.

    With a `repeat` of 0, each case is run as often as the specs ask for. `steady` says that the target answers the same each time.
    `against` is a run of the store whose curves are held beside these.
    """

    target: str = ""
    feature: str = ""
    case: str = ""
    repeat: int = 0
    steady: bool = False
    against: str = ""


@dataclass(frozen=True, slots=True)
class Fallen:
    """A variant whose answer fails where its seed's passes, and what the user said in it last."""

    variant: str
    seed: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """How a requirement fares at one level: the rate of its answers, and whether it is worse than on the seeds as they are.

    `fate` is `killed` where it is, beyond chance; `chance` the p-value, where one is asked for; `times` how often each case would have to
    be run to tell, 0 for nobody knows. `fallen` are the variants that show it.
    """

    level: str
    rate: Rate
    fate: Fate
    chance: float | None
    times: int
    fallen: tuple[Fallen, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """One requirement along one axis; `base` is its rate on the seeds as they are, `must` whether a failure of it blocks."""

    feature: str
    stress: str
    axis: str
    requirement: str
    must: bool
    base: Rate
    points: tuple[Point, ...]

    @property
    def cliff(self) -> Point | None:
        """The first level at which an answer fails whose seed passes."""
        return next((one for one in self.points if one.fallen), None)

    @property
    def broken(self) -> Point | None:
        """The first level at which it is worse beyond chance."""
        return next((one for one in self.points if one.fate is Fate.KILLED), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """Of all answers at one level, the rate of those that meet all that gates; `least` is the share that is wanted, if one is."""

    feature: str
    stress: str
    at: At
    rate: Rate
    least: float | None
    decision: Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """The variants at several levels at once; `fallen` are those that fail where the seed, and each of the levels alone, passes."""

    feature: str
    stress: str
    rate: Rate
    fallen: tuple[Fallen, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """A run under stress that has ended; `run` is its number in the store. `stub` says that no model answered or judged.

    `lacks` are levels without variants, by feature and stress. `failing` are seeds that fail as they are: they show nothing.
    `missing` counts the cases without an answer, `diagnostics` say why. `against` is the number of the other run, 0 for none, with what
    differs at each level.
    """

    run: int
    target: str
    model: str
    stub: bool
    steady: bool
    state: State
    variants: int
    seeds: tuple[tuple[str, str, int], ...]
    curves: tuple[Curve, ...]
    gates: tuple[Gate, ...]
    together: tuple[Together, ...]
    lacks: tuple[tuple[str, str, Lack], ...]
    failing: tuple[tuple[str, str], ...]
    missing: int
    spending: Spending
    against: int
    differences: tuple[Difference, ...]
    diagnostics: tuple[Diagnostic, ...]
    places: Places = field(repr=False, compare=False)

    @property
    def unmet(self) -> tuple[Gate, ...]:
        """The levels of which the answers do not show that as many pass as is wanted."""
        return tuple(one for one in self.gates if one.least is not None and one.decision.call is not Call.HOLDS)
