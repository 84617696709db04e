"""The plan as files.

In: the plan, the places of the spec's units today, layouts. Out: prompts, cases and source map of each feature, in the order of the plan.
Invariant: the same plan gives the same bytes; nothing here reads or writes a file.
"""

from collections.abc import Callable, Mapping

from ..diagnostics.result import Collector, Result
from ..plan.artifact import Artifact
from ..plan.plan import FeaturePlan, Plan
from ..source.span import Places
from .arrangement import NONE, USUAL, Arrangement
from .cases import CASES, cases_parts
from .cost.costs import beyond
from .drilling.drills import DRILLS, drills_parts
from .page import CaseWriter
from .prompt import Layout, is_prompt, prompt_name, prompt_parts
from .tracemap import TRACE, trace_artifact, trace_text


def emit_feature(
    plan: FeaturePlan,
    places: Places,
    folder: str,
    layout: Layout = "markdown",
    writer: CaseWriter | None = None,
    targets: Mapping[str, Layout] = NONE,
) -> Result[tuple[Artifact, ...]]:
    """The files of one feature."""
    heard = Collector()
    prompts = {target: heard.take(prompt_parts(plan, one)) for target, one in {"": layout, **targets}.items()}
    if heard.found and not all(prompts.values()):
        return Result((), tuple(heard.found))
    path = f"{folder}/{plan.feature}" if folder else plan.feature
    trace = trace_text(plan, prompts, places)
    return heard.result(
        (
            *(Artifact(f"{path}/{prompt_name(target)}", plan.feature, parts) for target, parts in prompts.items()),
            Artifact(f"{path}/{CASES}", plan.feature, cases_parts(plan, writer)),
            *_stresses(plan, path, writer),
            trace_artifact(f"{path}/{TRACE}", plan.feature, plan.origin.owner, trace),
            *((Artifact(f"{path}/{DRILLS}", plan.feature, drills_parts(plan, writer)),) if plan.drills else ()),
        )
    )


def _stresses(plan: FeaturePlan, path: str, writer: CaseWriter | None) -> tuple[Artifact, ...]:
    """The file of a feature that is tried under stress."""
    if not plan.stresses:
        return ()
    from .stressing.stress import STRESS, stress_parts  # which few projects need

    return (Artifact(f"{path}/{STRESS}", plan.feature, stress_parts(plan, writer)),)


Emit = Callable[
    [FeaturePlan, Places, str, Layout, CaseWriter | None, Mapping[str, Layout]], Result[tuple[Artifact, ...]]
]
"""`emit_feature`, or the same with a memory."""


def emit(
    plan: Plan,
    places: Places,
    arrangement: Arrangement = USUAL,
    *,
    folder: str = "generated",
    one: Emit = emit_feature,
) -> Result[tuple[Artifact, ...]]:
    """The files of every feature, under `folder/<feature>/`; a feature whose layout can't be used has none."""
    found = Collector()
    artifacts: list[Artifact] = []
    writer = CaseWriter()
    for feature in plan.features:
        own = arrangement.layouts.get(feature.feature, arrangement.layout)
        made = found.take(one(feature, places, folder, own, writer, arrangement.targets))
        artifacts.extend(made)
        if arrangement.budget:
            prompts = [file for file in made if is_prompt(file.path)]
            found.found.extend(beyond(prompts, feature.origin.span, arrangement.budget, arrangement.tokenizer))
    return found.result(tuple(artifacts))
