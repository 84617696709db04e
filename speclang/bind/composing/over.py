"""Which requirement is over which: IDs that exist, in this feature, and no circle among them.

In: the requirements of one feature or policy with `over` as written, and all its IDs. Out: the same with sound references.
Invariant: each circle is reported once, from its first ID on.
"""

from collections.abc import Callable, Mapping, Sequence

from ...diagnostics.result import Collector
from ...model.requirement import Ref, Requirement
from ...source.records import dataclass, replace
from ...source.span import Span
from ...syntax import tree
from ..errors import composition as wrong
from ..errors import names as wrong_name
from .changes import Change


@dataclass(frozen=True, slots=True)
class Known:
    """An ID: where it is used, by what, and whether its requirement is retired, broken or changed by an including feature."""

    id: str
    span: Span
    home: str
    retired: bool
    broken: bool
    changed: Change | None = None


def resolved(
    own: Sequence[Requirement],
    ids: Mapping[str, Known],
    elsewhere: Callable[[str], Known | None],
    found: Collector,
    *,
    is_open: bool,
) -> list[Requirement]:
    """`own` with the sound references in `over` only, and no circle among them."""
    kept: dict[str, list[Ref]] = {}
    for requirement in own:
        if requirement.over:
            refs = [
                ref
                for ref in requirement.over
                if _is_sound(ref, requirement.id, ids, elsewhere, found, is_open=is_open)
            ]
            kept[requirement.id] = list(dict.fromkeys(refs))
    _break_circles(kept, found)
    return [
        replace(requirement, over=tuple(kept[requirement.id]))
        if requirement.over and tuple(kept[requirement.id]) != requirement.over
        else requirement
        for requirement in own
    ]


def check_written(
    broken: Sequence[tree.Unit],
    ids: Mapping[str, Known],
    elsewhere: Callable[[str], Known | None],
    found: Collector,
    *,
    is_open: bool,
) -> None:
    """Report what is wrong with the `over` of requirements that were reported for something else already."""
    for unit in broken:
        for field in unit.item.body or () if unit.item is not None and unit.item.id is not None else ():
            for node in field.values if field.id is None and field.head.text == "over" else ():
                if isinstance(node, tree.Id) and unit.item is not None and unit.item.id is not None:
                    _is_sound(
                        Ref(node.text, unit.span(node)), unit.item.id.text, ids, elsewhere, found, is_open=is_open
                    )


def _is_sound(
    ref: Ref,
    by: str,
    ids: Mapping[str, Known],
    elsewhere: Callable[[str], Known | None],
    found: Collector,
    *,
    is_open: bool,
) -> bool:
    known = ids.get(ref.id)
    if ref.id == by:
        found.add(replace(wrong.over_itself(ref.id, ref.span), requirement=by))
    elif known is None:
        other = elsewhere(ref.id)
        if other is not None and not is_open:
            found.add(replace(wrong_name.over_elsewhere(ref.id, ref.span, other.span, other.home), requirement=by))
        elif not is_open:
            unknown = wrong_name.unknown_name("requirement", ref.id, ref.span, tuple(ids))
            found.add(replace(unknown, requirement=by))
    elif known.changed is not None:
        change = known.changed
        found.add(replace(wrong.over_changed(ref.id, change.by, ref.span, change.span), requirement=by))
    elif known.retired:
        found.add(replace(wrong.over_retired(ref.id, ref.span, known.span), requirement=by))
    elif not known.broken:
        return True
    return False


def _break_circles(over: dict[str, list[Ref]], found: Collector) -> None:
    """Report each circle of `over` once and drop the reference that closes it."""
    done: set[str] = set()
    for root in over:
        if root in done:
            continue
        path, at = [root], {root: 0}
        while path:
            name = path[-1]
            refs = over.get(name, [])
            step = at[name]
            if step >= len(refs):
                path.pop()
                done.add(name)
                del at[name]
                continue
            at[name] = step + 1
            target = refs[step].id
            if target in at:
                circle = path[path.index(target) :]
                places = [over[one][at[one] - 1].span for one in circle]
                start = circle.index(min(circle))
                circle, places = circle[start:] + circle[:start], places[start:] + places[:start]
                found.add(replace(wrong.over_cycle(circle, places[0], places[1:]), requirement=circle[0]))
                del refs[step]
                at[name] = step
            elif target not in done:
                path.append(target)
                at[target] = 0
