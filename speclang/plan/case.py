"""One eval case as data."""

from enum import Enum

from ..model.reliability import Holds, KnownFailure
from ..source.hashing import Json
from ..source.records import dataclass, field
from ..values.types import Datum
from .obligation import Obligation
from .origin import Origin


@dataclass(frozen=True, slots=True)
class Input:
    """The value that a given has in this case; `shown` as people read it (`30 days`)."""

    given: str
    value: Datum
    shown: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Turn:
    """One message: `role` is `user` or `assistant`; `pieces` are its text with the origin of each part.

    The role `pause` is no message: its text is how long nobody says anything (`899 seconds`).
    """

    role: str
    pieces: tuple[tuple[str, Origin], ...]

    @property
    def text(self) -> str:
        """The message."""
        return "".join(text for text, _ in self.pieces)


class Cut(Enum):
    """Where what decides stands in a result that is cut: just before the cut, torn by it, or just after it."""

    BEFORE = "before"
    WITHIN = "within"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Reply:
    """How a simulated tool answers in this case.

    `state` is `works`, a declared failure, or a built-in fault (`model.tool.FAULTS`). `returns` is the whole result, where
    there is one; `cut_at` is the size in bytes at which the harness cuts it, or None. `pad` says how many bytes of filler stand
    in a member of the result in place of its text; `plan.delivery` makes the text that arrives.
    """

    tool: str
    state: str
    returns: Json
    cut_at: int | None
    origins: tuple[tuple[str, Origin], ...]
    pad: tuple[tuple[str, int], ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Use:
    """A grader that this case uses, by ID, with the parameters that only this case can fix (`amount: 499.00`)."""

    grader: str
    settings: tuple[tuple[str, Json], ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Expected:
    """An outcome that the whole rule set asks for on this input, and the requirements that ask for it."""

    outcome: str
    requirements: tuple[str, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Watch:
    """That the requirement `canary` has a case asked on a schedule, and where it says so."""

    canary: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Case:
    """`id` is that of the first obligation; `also` are the further ones that the same input meets.

    `requirement` is the primary one (in `id`), `covers` all that speak on this input, primary first. `why` is one sentence.
    `inputs` are the values that this case is about; every other given has its value in `plan.FeaturePlan.typical`.
    `context` holds the prompt's variables, all of them; `replies` the tools that differ from `FeaturePlan.replies` or matter.
    `origin` stands for the fields that the compiler supplies (id, why, layout). `base` is the ID of the case with whose answer this
    one's is compared, or "". `holds` says how often it is run and has to pass for its requirement, `known` that it is known to fail.
    `canaries` are those that have it asked on a schedule.
    """

    id: str
    requirement: str
    covers: tuple[str, ...]
    also: tuple[Obligation, ...]
    why: str
    inputs: tuple[Input, ...]
    turns: tuple[Turn, ...]
    context: tuple[Input, ...]
    replies: tuple[Reply, ...]
    expected: tuple[Expected, ...]
    uses: tuple[Use, ...]
    origin: Origin
    base: str = ""
    holds: Holds | None = None
    known: KnownFailure | None = None
    canaries: tuple[Watch, ...] = ()

    @property
    def times(self) -> int:
        """How often it is run."""
        return self.holds.times if self.holds is not None else 1
