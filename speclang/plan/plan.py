"""All that a build will write, before it is text."""

from dataclasses import dataclass

from .case import Case
from .clause import Section
from .grader import Grader


@dataclass(frozen=True, slots=True)
class FeaturePlan:
    """One feature's prompt and cases. `graders` in the order of their requirements; `cases` grouped by requirement.

    `meanings` pairs each requirement's ID with its semantic hash, `files` are the spec files that the feature is made of.
    """

    feature: str
    title: str
    sections: tuple[Section, ...]
    graders: tuple[Grader, ...]
    cases: tuple[Case, ...]
    meanings: tuple[tuple[str, str], ...]
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The plans of all features, sorted by name."""

    features: tuple[FeaturePlan, ...]
