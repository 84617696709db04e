"""What became of a program between two versions of it, as data."""

from collections.abc import Mapping
from enum import StrEnum

from ..kit.kind import Kind
from ..kit.schema import RequirementFields
from ..model.feature import Feature
from ..plan.artifact import Artifact
from ..plan.plan import FeaturePlan
from ..source.records import dataclass, field
from .outcomes import Changed

Kinds = Mapping[str, Kind[RequirementFields]]


class Change(StrEnum):
    """What became of a requirement, a feature or a declaration."""

    ADDED = "added"
    REMOVED = "removed"
    RETIRED = "retired"
    TIGHTENED = "tightened"
    LOOSENED = "loosened"
    CHANGED = "changed"
    REWORDED = "reworded"
    MOVED = "moved"
    RENAMED = "renamed"


@dataclass(frozen=True, slots=True)
class Version:
    """A feature with its plan and its generated files."""

    feature: Feature
    plan: FeaturePlan
    artifacts: tuple[Artifact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cases:
    """The IDs of cases that came, went, or say something else."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RequirementChange:
    """What became of one requirement. `id` is today's, `was` the one before where that is another.

    `why` says in words what makes it so; `clause` is its text in the prompt before and after. `breaking` says that it weakens what must
    hold, and `reason` what the requirement itself says about that, in `because` or `since`.
    """

    id: str
    change: Change
    title: str
    was: str = ""
    why: tuple[str, ...] = ()
    clause: tuple[str, str] = ("", "")
    cases: Cases = field(default=Cases())
    breaking: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What became of one feature; `declarations` are those that differ, with what became of each."""

    feature: str
    change: Change
    requirements: tuple[RequirementChange, ...] = ()
    declarations: tuple[tuple[str, Change], ...] = ()
    outcomes: Changed = field(default=Changed((), whole=True))
