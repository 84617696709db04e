"""What verdicts are bound to today: the prompts, the cases and the graders that the project has now.

In: a compiled project. Out: of each verdict in the store, whether it was measured on that.
Invariant: a verdict is today's only where prompt, case, grader and the version of its check are those of today.
"""

from collections.abc import Collection, Mapping
from enum import StrEnum

from ..engine.compiling import Opened
from ..kit import registry
from ..run.store.reading import Past
from ..source.records import dataclass, replace
from .course import Part, parts


class Place(StrEnum):
    """On what a verdict was measured: on what the project has today, on what it had before, or on a prompt that no spec made."""

    TODAY = "today"
    STALE = "stale"
    FOREIGN = "foreign"


@dataclass(frozen=True, slots=True)
class Today:
    """`parts` are the features by name; `prompts` the hashes of the prompts that the specs make, each with its feature.

    `versions` are those of the checks of each requirement's kind.
    """

    parts: Mapping[str, Part]
    prompts: frozenset[tuple[str, str]]
    versions: Mapping[tuple[str, str], int]

    def only(self, features: Collection[str]) -> "Today":
        """The same of some features, or of all where none is named."""
        chosen = {name: part for name, part in self.parts.items() if not features or name in features}
        return replace(self, parts=chosen)

    def place(self, one: Past, requirement: str) -> Place:
        """On what the verdict of `requirement` on the answer `one`, to a feature of the project, was measured."""
        part = self.parts[one.feature]
        same_prompt = (one.feature, one.prompt) in self.prompts
        version = self.versions.get((one.feature, requirement))
        same_graders = all(
            part.graders.get(said.grader) == said.grader_hash and said.version == version
            for said in one.said
            if said.requirement == requirement
        )
        if same_prompt and same_graders and part.hashes.get(one.case) == one.case_hash:
            return Place.TODAY
        return Place.STALE if same_prompt or one.built else Place.FOREIGN


def today(project: Opened) -> Today:
    """What the verdicts of `project` are bound to now."""
    variants = dict.fromkeys(["", *(name for name, _ in project.home.config.targets)])
    made = [part for variant in variants for part in parts(project, variant, lambda *_: True)]
    foreign = project.home.config.kinds
    first = {part.plan.feature: part for part in reversed(made)}
    return Today(
        parts={plan.feature: first[plan.feature] for plan in project.compiled.plan.features},
        prompts=frozenset((part.plan.feature, part.prompt_hash) for part in made if part.same),
        versions={
            (feature.name, one.id): registry.load(one.kind, foreign).version
            for feature in project.compiled.program.features
            for one in feature.requirements
        },
    )
