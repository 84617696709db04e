"""Who grades the answers to a project's features, and which requirements somebody grades.

In: a project. Out: an examiner for each feature; names.
"""

from collections.abc import Container

from ...grading.verdicts import Examiner
from ...kit import registry
from ..compiling import Opened


def examiners(project: Opened, *, loose: bool = False) -> dict[str, Examiner]:
    """One examiner for each feature, by name."""
    foreign = project.home.config.kinds
    features = {one.name: one for one in project.compiled.program.features}
    found: dict[str, Examiner] = {}
    for plan in project.compiled.plan.features:
        feature = features[plan.feature]
        kinds = {one.id: registry.load(one.kind, foreign) for one in feature.requirements}
        writes = tuple(tool.name for tool in feature.tools if tool.writes)
        found[plan.feature] = Examiner(plan, kinds, writes, loose=loose)
    return found


def graded(project: Opened) -> dict[str, tuple[str, ...]]:
    """The requirements of each feature that have graders, in order."""
    return {
        plan.feature: tuple(dict.fromkeys(grader.requirement for grader in plan.graders))
        for plan in project.compiled.plan.features
    }


def ungraded(project: Opened, answered: Container[str]) -> tuple[str, ...]:
    """The requirements of the features that were `answered` for which no grader speaks."""
    speaking = graded(project)
    features = [one for one in project.compiled.program.features if one.name in answered]
    names = [
        (feature.name, one.id)
        for feature in features
        for one in feature.requirements
        if one.id not in speaking.get(feature.name, ())
    ]
    return tuple(f"{feature}/{id}" if len(features) > 1 else id for feature, id in names)
