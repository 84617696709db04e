"""What a feature changes in the policies that it includes: requirements replaced by its own, and dropped ones.

In: the members of a feature or policy, its own requirements and the included ones. Out: the included requirements that are
left. `REF-9 rule "…" { replaces BRAND-2; because "…" }` puts one requirement in the place of another, with an ID of its own,
so that results of `BRAND-2` speak of the policy's words only; `drop BRAND-3 { because "…" }` leaves one out.
Invariant: no change without a reason; what was `over` a replaced requirement is over its replacement.
"""

from collections.abc import Iterator, Mapping, Sequence

from ...diagnostics.result import Collector
from ...model.requirement import Ref, Requirement
from ...source.records import dataclass, replace
from ...source.span import Span
from ...syntax import tree
from ..errors import composition as wrong
from ..errors import shapes
from ..names import Scope, Site
from ..parts import gathered, text


@dataclass(frozen=True, slots=True)
class Change:
    """The requirement `id` of a policy is replaced by `by`, or dropped where that is ""; said at `span`."""

    id: str
    by: str
    span: Span


def changes(
    members: Sequence[tree.Unit],
    own: Sequence[Requirement],
    included: Sequence[Requirement],
    scope: Scope,
    found: Collector,
    *,
    is_open: bool,
) -> Mapping[str, Change]:
    """The sound changes by the ID of what they change; `is_open` says that some requirement could not be read."""
    known = tuple(one.id for one in included)
    stated = {one.id: one.head for one in own}
    sound: dict[str, Change] = {}
    for word, change in (*_replaced(own, found), *_dropped(members, scope, found)):
        if change.id not in known:
            if not is_open:
                found.add(wrong.not_included(word, change.id, change.span, stated.get(change.id), known))
        elif change.id in sound:
            found.add(wrong.changed_twice(change.id, change.span, sound[change.id].span))
        else:
            sound[change.id] = change
    return sound


def _replaced(own: Sequence[Requirement], found: Collector) -> Iterator[tuple[str, Change]]:
    for requirement in own:
        for ref in requirement.replaces:
            if requirement.because is None or not requirement.because.plain.strip():
                example = 'because "…"'
                reason = wrong.no_reason("replaces", ref.id, ref.span, example)
                found.add(replace(reason, requirement=requirement.id))
            yield "replaces", Change(ref.id, requirement.id, ref.span)


def _dropped(members: Sequence[tree.Unit], scope: Scope, found: Collector) -> Iterator[tuple[str, Change]]:
    for unit in members:
        item = unit.item
        if item is None or item.id is not None or item.head.text != "drop":
            continue
        site = Site(unit, scope, found)
        fields, whole = gathered(site, item, "drop", ("because",), ())
        if not item.values or not all(isinstance(value, tree.Id) for value in item.values):
            example = 'drop BRAND-3 { because "…" }'
            site.add(shapes.wrong_shape("drop", "the ID of a policy's requirement", example, site.span(item)))
            continue
        reason = fields.get("because", [])
        for value in item.values:
            if not isinstance(value, tree.Id):
                continue
            if whole and not (reason and _is_said(site, reason[0])):
                example = f'drop {value.text} {{ because "…" }}'
                site.add(wrong.no_reason("drop", value.text, site.span(value), example))
            yield "drop", Change(value.text, "", site.span(value))


def _is_said(site: Site, field: tree.Item) -> bool:
    match field.values:
        case (tree.Text() as words,):
            said = text(site, words)
            return said is None or bool(said.plain.strip())
        case _:
            site.add(shapes.wrong_shape("because", "one text in quotes", 'because "…"', site.span(field)))
            return True


def left(included: Sequence[Requirement], changed: Mapping[str, Change]) -> list[Requirement]:
    """What stays of `included`: without what is changed, and over replacements in place of what they replace."""
    kept: list[Requirement] = []
    for requirement in included:
        if requirement.id in changed:
            continue
        if any(ref.id in changed for ref in requirement.over):
            refs = [_moved(ref, changed) for ref in requirement.over]
            kept.append(replace(requirement, over=tuple(dict.fromkeys(ref for ref in refs if ref is not None))))
        else:
            kept.append(requirement)
    return kept


def _moved(ref: Ref, changed: Mapping[str, Change]) -> Ref | None:
    change = changed.get(ref.id)
    if change is None:
        return ref
    return Ref(change.by, ref.span) if change.by else None
