"""The plan as files.

In: the plan, the places of the spec's units today, a layout. Out: three artifacts per feature, in the order of the plan.
Invariant: the same plan gives the same bytes; nothing here reads or writes a file.
"""

from collections.abc import Mapping
from types import MappingProxyType

from ..diagnostics.result import Collector, Result
from ..plan.artifact import Artifact
from ..plan.plan import FeaturePlan, Plan
from ..source.span import Places
from .cases import CaseWriter, cases_parts
from .prompt import Layout, prompt_parts
from .tracemap import TRACE, trace_artifact, trace_text

PROMPT = "prompt.md"
CASES = "cases.yaml"


def emit(
    plan: Plan,
    places: Places,
    *,
    folder: str = "generated",
    layout: Layout = "markdown",
    layouts: Mapping[str, Layout] = MappingProxyType({}),
) -> Result[tuple[Artifact, ...]]:
    """The files of every feature, under `folder/<feature>/`; a feature whose layout can't be used has none.

    `layouts` are those of features that have one of their own, `layout` is everybody else's.
    """
    found = Collector()
    artifacts: list[Artifact] = []
    writer = CaseWriter()
    for feature in plan.features:
        made = found.take(emit_feature(feature, places, folder, layouts.get(feature.feature, layout), writer))
        artifacts.extend(made)
    return found.result(tuple(artifacts))


def emit_feature(
    plan: FeaturePlan, places: Places, folder: str, layout: Layout = "markdown", writer: CaseWriter | None = None
) -> Result[tuple[Artifact, ...]]:
    """The files of one feature."""
    prompt = prompt_parts(plan, layout)
    if not prompt.value and prompt.diagnostics:
        return Result((), prompt.diagnostics)
    path = f"{folder}/{plan.feature}" if folder else plan.feature
    trace = trace_text(plan, prompt.value, places)
    return Result(
        (
            Artifact(f"{path}/{PROMPT}", plan.feature, prompt.value),
            Artifact(f"{path}/{CASES}", plan.feature, cases_parts(plan, writer)),
            trace_artifact(f"{path}/{TRACE}", plan.feature, plan.origin.owner, trace),
        ),
        prompt.diagnostics,
    )
