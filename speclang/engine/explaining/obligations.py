"""`trace --obligations`: what each case is for, and which obligations no case meets.

In: a compilation. Out: the same answer as lines for people and as data. What a requirement says is tried part by part; each such part is an
obligation, and equal inputs make one case that meets several.
Invariant: every obligation stands once, with its case or with the reason why there is none.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from ...plan.case import Case
from ...plan.draft import Unmet
from ...plan.obligation import Obligation
from ...plan.plan import FeaturePlan
from ...source.hashing import Json
from ...source.records import dataclass
from ...source.suggest import nearest
from ..ask import Answer, stated_at
from ..pipeline import Compiled

_FIRST = ("nominal", "boundary", "mcdc", "value", "over", "unless", "pair")
"""The obligations that a condition makes, in the order in which they are told; those of single kinds come after."""


@dataclass(frozen=True, slots=True)
class _Met:
    """An obligation with its case, or with what is in the way."""

    obligation: Obligation
    case: Case | None
    unmet: Unmet | None

    @property
    def technique(self) -> str:
        """How it was derived."""
        return self.obligation.technique


def obligations(compiled: Compiled, what: str = "", feature: str = "") -> Answer:
    """Every obligation of the requirement `what`, or how many each requirement has and what no case meets."""
    plans = [one for one in compiled.plan.features if feature in ("", one.feature)]
    titles = {
        (one.name, each.id): each.title.plain if each.title else ""
        for one in compiled.program.features
        for each in one.requirements
    }
    if not plans:
        return Answer(near=nearest(feature, [one.feature for one in compiled.plan.features]) or "")
    ids = {id for plan in plans for id, _ in plan.meanings}
    if what and what not in ids:
        return Answer(near=nearest(what, ids) or "")
    lines: list[str] = []
    data: list[Json] = []
    for plan in plans:
        rows = [(id, tuple(_of(plan, id))) for id, _ in plan.meanings if what in ("", id)]
        for id, every in rows:
            data.extend(_data(compiled, plan.feature, one) for one in every)
            if what:
                lines.extend(_whole(compiled, id, titles[plan.feature, id], every))
        if not what:
            lines.extend(
                _overview(compiled, plan.feature, [(id, titles[plan.feature, id], every) for id, every in rows])
            )
    return Answer(tuple(lines), data)


def _of(plan: FeaturePlan, id: str) -> Iterator[_Met]:
    """The obligations of one requirement, those that a condition makes first."""
    found = [
        *(
            _Met(one, case, None)
            for case in plan.cases
            if case.requirement == id
            for one in (_primary(case), *case.also)
            if one.requirement == id
        ),
        *(_Met(one.obligation, None, one) for one in plan.unmet if one.obligation.requirement == id),
    ]
    order = {name: place for place, name in enumerate(_FIRST)}
    yield from sorted(found, key=lambda one: (order.get(one.technique, len(order)), one.technique))


def _primary(case: Case) -> Obligation:
    """The obligation that gave a case its ID."""
    _, technique, *detail = case.id.split("/", 2)
    return Obligation(case.requirement, technique, detail[0] if detail else "")


def _overview(compiled: Compiled, feature: str, rows: Sequence[tuple[str, str, tuple[_Met, ...]]]) -> Iterator[str]:
    """One line for each requirement, and one for each obligation that no case meets."""
    every = [one for _, _, each in rows for one in each]
    met = sum(one.case is not None for one in every)
    cases = len({one.case.id for one in every if one.case is not None})
    yield f"{feature}  {_counted(len(every), 'obligation')}: {met} met by {_counted(cases, 'case')}, {len(every) - met} by none"
    widths = [max((len(row[at]) for row in rows), default=0) for at in (0, 1)]
    for id, title, each in rows:
        told = Counter(one.technique for one in each if one.case is not None)
        kinds = ", ".join(f"{count} {name}" for name, count in told.items()) or "none"
        yield f"  {id.ljust(widths[0])}  {title.ljust(widths[1])}  {kinds}"
        for one in each:
            if one.unmet is not None:
                yield f"    no case: {one.obligation.id}: {one.unmet.reason}  {stated_at(compiled, one.unmet.at)}"


def _whole(compiled: Compiled, id: str, title: str, every: Sequence[_Met]) -> Iterator[str]:
    """Every obligation of one requirement: what it tries, and by which case."""
    yield f"{id}  {title}".rstrip()
    width = max((len(one.obligation.id.removeprefix(f"{id}/")) for one in every), default=0)
    for one in every:
        name = one.obligation.id.removeprefix(f"{id}/").ljust(width)
        if one.unmet is not None:
            yield f"  {name}  no case: {one.unmet.reason}  {stated_at(compiled, one.unmet.at)}"
        elif one.case is not None:
            own = one.case.id == one.obligation.id
            yield f"  {name}  {one.case.why if own else f'the same input as {one.case.id}'}"
    if not every:
        yield "  nothing to try by itself: it has no condition"


def _data(compiled: Compiled, feature: str, one: _Met) -> Json:
    return {
        "feature": feature,
        "requirement": one.obligation.requirement,
        "obligation": one.obligation.id,
        "technique": one.technique,
        "detail": one.obligation.detail,
        "case": None if one.case is None else one.case.id,
        "why": one.case.why if one.case is not None else one.unmet.reason if one.unmet is not None else "",
        "at": None if one.unmet is None else stated_at(compiled, one.unmet.at),
    }


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
