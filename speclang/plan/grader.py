"""A grader as data: which check, with which parameters, for which requirement."""

from ..model.reliability import Holds, KnownFailure
from ..model.requirement import Level
from ..source.hashing import Json
from ..source.records import dataclass
from .origin import Origin

JUDGE = "judge"
"""The check that no code decides: somebody reads the answer by a `rubric`, with `good` and `bad` answers as anchors."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One parameter of a check, JSON-like and hashable only if its value is; with the place it came from."""

    name: str
    value: Json
    origin: Origin


@dataclass(frozen=True, slots=True)
class Grader:
    """`id` is the requirement's ID and a slug: `FMT-1/words`. `check` names a pure function of `kit.checks` or of a kind.

    `settings` are its parameters in order. `level` says whether a failure gates. `always` graders apply to every case of
    the feature; the others to the cases that list them. `gates` is false for a draft's: it is reported and fails nothing.
    `holds` says how often the requirement must hold, `known` that it is known to fail.
    """

    id: str
    requirement: str
    level: Level
    check: str
    settings: tuple[Setting, ...]
    always: bool
    origin: Origin
    gates: bool = True
    holds: Holds | None = None
    known: KnownFailure | None = None

    @property
    def deterministic(self) -> bool:
        """Whether code gives the verdict: the same for the same answer, and proved by samples."""
        return self.check != JUDGE
