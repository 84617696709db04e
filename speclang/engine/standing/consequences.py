"""What else a hand edit of a clause makes untrue: the cases and graders that still expect what the spec says, and clauses that say it.

In: a compiled project and an edited clause. Out: what the clause says now, what it said, and who still expects or says that.
Invariant: decided by evaluating the requirement with the edited bound on the input of each case; nothing is compiled again.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ...diagnostics.diagnostic import Edit
from ...drift.lift import everywhere, lift
from ...drift.states import Finding
from ...logic.variables import known, variables
from ...model.identity import is_id
from ...model.requirement import Requirement
from ...plan.plan import FeaturePlan
from ...source.span import Places, Span
from ...values.errors import Problem
from ...values.evaluate import evaluate
from ...values.expression import Expr, Literal
from ...values.reading import read
from ...values.types import Datum
from ...values.within import with_constants
from ..compiling import Opened


class Untrue(NamedTuple):
    """The clause says `now` what it `then` did not; cases and graders are `expecting` the latter, and requirements `saying` it, still."""

    then: str
    now: str
    expecting: tuple[str, ...]
    saying: tuple[str, ...]


def untrue(opened: Opened, feature: str, found: Finding) -> Untrue | None:
    """What the edit of a clause makes untrue; None where it is not the edit of one value, or nothing else shows that value."""
    part = found.part
    plan = next((one for one in opened.compiled.plan.features if one.feature == feature), None)
    if part is None or part.kind != "clause" or plan is None:
        return None
    lifted = next(lift(part, found.text, lambda span: _said(opened.compiled.places, span)), None)
    if lifted is None or len(lifted.edits) != 1:
        return None
    (edit,) = lifted.edits
    expecting = (*_cases(opened, plan, part.owner, edit), *_graders(plan, edit.span))
    then = _said(opened.compiled.places, edit.span)
    saying = tuple(_saying(opened, found, then, edit.text))
    return Untrue(then, edit.text, expecting, saying) if expecting or saying else None


def _saying(opened: Opened, found: Finding, then: str, now: str) -> Iterator[str]:
    """The requirements whose clauses in the same file say the quantity `then`, which was edited in another one."""
    artifact = next((one for one in opened.compiled.artifacts if one.path == found.path), None)
    for part in artifact.parts if artifact is not None else ():
        if part.kind == "clause" and part != found.part and is_id(part.owner) and any(everywhere(then, now, part.text)):
            yield part.owner


def _said(places: Places, span: Span) -> str:
    """What the spec says at `span`."""
    place = places.locate(span)
    source = places.sources.get(place.file)
    return source.text[place.start : place.end] if source is not None else ""


def _cases(opened: Opened, plan: FeaturePlan, owner: str, edit: Edit) -> Iterator[str]:
    """The cases on whose input the edited requirement would apply where it does not, or the other way round."""
    feature = next((one for one in opened.compiled.program.features if one.name == plan.feature), None)
    requirement = next((one for one in feature.requirements if one.id == owner), None) if feature else None
    other = _with(requirement, edit) if requirement is not None else None
    if feature is None or requirement is None or other is None:
        return
    own = () if requirement.when is None else (requirement.when,), requirement.unless
    among = variables(feature.givens, feature.tools)
    typical = {one.given: one.value for one in plan.typical}
    for case in plan.cases:
        values = known({**typical, **{one.given: one.value for one in case.inputs}}, among)
        if _applies(*own, values) is not _applies(*other, values):
            yield case.id


def _with(requirement: Requirement, edit: Edit) -> tuple[tuple[Expr, ...], tuple[Expr, ...]] | None:
    """The conditions of `requirement` with the edited constant; None where the edit is of no constant in them."""
    changed: list[Literal] = []

    def becomes(one: Literal) -> Literal:
        value = read(edit.text, one.type) if one.span == edit.span else None
        if value is None or isinstance(value, Problem):
            return one
        changed.append(one)
        return Literal(value, one.type, edit.text, one.span)

    when = () if requirement.when is None else (with_constants(requirement.when, becomes),)
    unless = tuple(with_constants(one, becomes) for one in requirement.unless)
    return (when, unless) if changed else None


def _applies(when: Sequence[Expr], unless: Sequence[Expr], values: Mapping[str, Datum]) -> bool:
    return all(evaluate(one, values) is True for one in when) and not any(evaluate(one, values) for one in unless)


def _graders(plan: FeaturePlan, span: Span) -> Iterator[str]:
    """The graders that have a setting from the edited place."""
    for one in plan.graders:
        places = (setting.origin.span for setting in one.settings)
        if any(at.unit == span.unit and at.start <= span.start and span.end <= at.end for at in places):
            yield one.id
