"""All that a build will write, before it is text."""

from typing import TYPE_CHECKING

from ..source.records import dataclass
from ..source.span import Span
from .case import Case, Input, Reply
from .clause import Section
from .draft import Unmet
from .drill import Drill
from .grader import Grader
from .origin import Origin
from .written import Written

if TYPE_CHECKING:
    from .stressed import Stressed


@dataclass(frozen=True, slots=True)
class FeaturePlan:
    """One feature's prompt and cases. `graders` in the order of their requirements; `cases` grouped by requirement.

    `meanings` pairs each requirement's ID with its semantic hash, `files` are the spec files that the feature is made of.
    `origin` stands for the feature as a whole. `typical` are the values that a given has in every case that does not state
    another, `replies` how each tool answers in every case that does not say otherwise. `owners` pairs each requirement and
    declaration, as `Origin.owner` names it, with the span of all its text. `policies` pairs each included policy with the hash
    of what it says here: its arguments and its requirements. `former` pairs requirements
    with the IDs that they had before. `unmet` are the obligations that no case meets. `written` are the texts by hand that have to
    agree with what the spec means elsewhere. `drills` are those of its fallbacks, `stresses` its cases as other users would write them.
    """

    feature: str
    title: str
    sections: tuple[Section, ...]
    graders: tuple[Grader, ...]
    cases: tuple[Case, ...]
    meanings: tuple[tuple[str, str], ...]
    files: tuple[str, ...]
    origin: Origin
    typical: tuple[Input, ...] = ()
    replies: tuple[Reply, ...] = ()
    owners: tuple[tuple[str, Span], ...] = ()
    policies: tuple[tuple[str, str], ...] = ()
    former: tuple[tuple[str, str], ...] = ()
    unmet: tuple[Unmet, ...] = ()
    written: tuple[Written, ...] = ()
    drills: tuple[Drill, ...] = ()
    stresses: "tuple[Stressed, ...]" = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """The plans of all features, sorted by name."""

    features: tuple[FeaturePlan, ...]
