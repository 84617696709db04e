"""Texts of specs, lowered."""

from dataclasses import dataclass

from speclang.bind import bind
from speclang.diagnostics.diagnostic import Diagnostic
from speclang.emit.emit import emit
from speclang.lowering.lower import lower
from speclang.model.feature import Feature
from speclang.plan.artifact import Artifact
from speclang.plan.case import Case
from speclang.plan.plan import FeaturePlan, Plan
from speclang.source.span import Places
from speclang.source.text import SourceText
from speclang.syntax.parser import parse


@dataclass(frozen=True)
class Lowered:
    """The first feature of a spec, its plan and its files; `found` are the findings of lowering."""

    feature: Feature
    plan: FeaturePlan
    artifacts: tuple[Artifact, ...]
    places: Places
    found: tuple[Diagnostic, ...]

    @property
    def prompt(self) -> str:
        """The text of the prompt."""
        return self.artifacts[0].text

    def case(self, id: str) -> Case:
        """The case called `id`."""
        return next(case for case in self.plan.cases if case.id == id)

    def clause(self, owner: str) -> str:
        """The clause of `owner`, as the plan has it."""
        return next(one.text for section in self.plan.sections for one in section.clauses if one.owner == owner)


def lowered(*texts: str) -> Lowered:
    """`texts`, as files that bind without findings, lowered and emitted."""
    sources = [SourceText(f"specs/{number or 'made'}.spec", text) for number, text in enumerate(texts)]
    parsed = [parse(source) for source in sources]
    bound = bind([one.value for one in parsed])
    found = [*(one for some in parsed for one in some.diagnostics), *bound.diagnostics]
    assert [(one.code.id, one.title) for one in found if one.code.id.startswith("E0")] == []
    starts = {unit.name: unit.start for one in parsed for unit in one.value.units}
    places = Places.of(sources, starts)
    plan = lower(bound.value)
    files = emit(Plan(plan.value.features[:1]), places)
    assert files.diagnostics == ()
    return Lowered(bound.value.features[0], plan.value.features[0], files.value, places, plan.diagnostics)
