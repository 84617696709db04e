"""What a place of a spec becomes: the prompt of its feature in parts, and the cases, each with the statement that it comes from.

In: a place. Out: plain data. Invariant: the prompt's parts, joined, are the prompt that a build would write.
"""

from collections.abc import Mapping

from ...plan.artifact import Artifact, Part
from ...plan.case import Case
from ...plan.plan import FeaturePlan
from ...source.records import dataclass
from ...source.span import Range
from .lookup import Lookup
from .names import block_of


@dataclass(frozen=True, slots=True)
class Shown:
    """Characters of a prompt; whose they are, and where that is stated. `owner` is "" for what the layout supplies."""

    text: str
    owner: str
    stated: Range | None


@dataclass(frozen=True, slots=True)
class Tried:
    """A case: what is said in it, the outcomes that are expected, and where its requirement is stated."""

    id: str
    requirement: str
    why: str
    turns: tuple[str, ...]
    expected: tuple[str, ...]
    stated: Range | None


@dataclass(frozen=True, slots=True)
class Preview:
    """What a feature becomes."""

    feature: str
    title: str
    prompt: tuple[Shown, ...]
    cases: tuple[Tried, ...]


def preview(lookup: Lookup, name: str, offset: int) -> Preview | None:
    """What the feature at `offset` of a spec becomes, or the first one that the file is a part of; None if there is none."""
    unit = lookup.unit(name, offset)
    features = lookup.features(name, block_of(unit) if unit is not None else "")
    plan = lookup.plan(features[0].name) if features else None
    prompt = _prompt(lookup, plan.feature) if plan is not None else None
    if plan is None or prompt is None:
        return None
    places = _places(lookup, plan)
    return Preview(
        feature=plan.feature,
        title=plan.title,
        prompt=tuple(_shown(part, places) for part in prompt.parts),
        cases=tuple(_tried(case, places) for case in plan.cases),
    )


def _prompt(lookup: Lookup, feature: str) -> Artifact | None:
    """The feature's prompt: that of no target, where it has several."""
    view = lookup.session.view
    artifacts = view.opened.compiled.artifacts if view is not None else ()
    own = [one for one in artifacts if one.feature == feature and one.path.endswith(".md")]
    return min(own, key=lambda one: len(one.path), default=None)


def _places(lookup: Lookup, plan: FeaturePlan) -> Mapping[str, Range]:
    found = {owner: lookup.place(span) for owner, span in plan.owners}
    return {owner: at for owner, at in found.items() if at is not None}


def _shown(part: Part, places: Mapping[str, Range]) -> Shown:
    return Shown(part.text, part.owner, places.get(part.owner))


def _tried(case: Case, places: Mapping[str, Range]) -> Tried:
    return Tried(
        id=case.id,
        requirement=case.requirement,
        why=case.why,
        turns=tuple(turn.text for turn in case.turns),
        expected=tuple(one.outcome for one in case.expected),
        stated=places.get(case.requirement),
    )
