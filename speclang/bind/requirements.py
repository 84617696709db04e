"""One requirement, resolved and typed.

In: its unit and what is in scope. Out: the requirement, with the IDs in `over` still unchecked, or None once reported.
Invariant: a pure function of the unit and the scope; other requirements play no part, so the result can be kept.
"""

from collections.abc import Mapping
from typing import cast

from ..diagnostics.result import Collector, Result
from ..model.reliability import Holds, KnownFailure
from ..model.requirement import Fields, Ref, Requirement, Status
from ..model.text import Text, Word
from ..source.records import replace
from ..source.span import Span
from ..syntax import tree
from ..values.bounds import bounds
from ..values.expression import Expr
from .errors import names as wrong_name
from .errors import shapes
from .fields import Kinds, head_span, read_fields
from .names import Scope, Site
from .parts import text
from .phrases import disagreements

OWN_TEXT = "text"
"""The field that a block text after the kind stands for: `prose \"\"\"…\"\"\"`."""


def bind_requirement(unit: tree.Unit, scope: Scope, kinds: Kinds) -> Result[Requirement | None]:
    """The requirement that `unit` states in `scope`; equal units in equal scopes give equal results."""
    found = Collector()
    site = Site(unit, scope, found)
    item = unit.item
    if item is None or item.id is None or is_retired(item):
        return found.result(None)
    return found.result(_requirement(site, item, item.id, kinds))


def is_retired(item: tree.Item) -> bool:
    """Whether the requirement only keeps its ID."""
    return any(
        one.head.text == "status" and len(one.values) == 1 and one.values[0] == _RETIRED for one in item.body or ()
    )


_RETIRED = tree.Name("retired", 0, 0)


def _requirement(site: Site, item: tree.Item, id: tree.Id, kinds: Kinds) -> Requirement | None:
    kind = kinds.shape(item.head.text)
    if kind is None:
        if (
            item.head.text not in kinds.names
        ):  # a kind that is named and can't be loaded is reported once, where it is named
            site.add(wrong_name.unknown_kind(item.head.text, site.span(item.head), kinds.names))
        return None
    titled = _title(site, item, kind.name)
    if titled is None:
        return None
    title, item = titled
    read = read_fields(site, item, kind)
    if read is None:
        return None
    fields, common = read
    status = common.get("status", ("active",))[0]
    made = Requirement(
        id=id.text,
        kind=kind.name,
        title=title,
        fields=cast("Fields", fields),
        when=cast("Expr | None", common.get("when", (None,))[0]),
        unless=cast("tuple[Expr, ...]", common.get("unless", ())),
        over=_refs(common, "over"),
        default="default" in common,
        phrase=cast("Text | None", common.get("phrase", (None,))[0]),
        because=cast("Text | None", common.get("because", (None,))[0]),
        owner=cast("Word | None", common.get("owner", (None,))[0]),
        tags=cast("tuple[Word, ...]", common.get("tags", ())),
        since=cast("Text | None", common.get("since", (None,))[0]),
        status=Status(cast("str", status)),
        origin=site.scope.home,
        span=site.span(item),
        head=head_span(site, item),
        replaces=_refs(common, "replaces"),
        was=_refs(common, "was"),
        holds=cast("Holds | None", common.get("holds", (None,))[0]),
        known=cast("tuple[KnownFailure, ...]", common.get("known_to_fail", ())),
    )
    _once_each(site, made)
    if made.phrase is not None:
        conditions = [("when", made.when)] if made.when is not None else []
        limits = bounds([*conditions, *(("unless", one) for one in made.unless)])
        for finding in disagreements(made, limits, site.scope):
            site.add(finding)
    return made


def _refs(common: Mapping[str, tuple[object, ...]], field: str) -> tuple[Ref, ...]:
    return tuple(Ref(one.text, one.span) for one in cast("tuple[Word, ...]", common.get(field, ())))


def _once_each(site: Site, made: Requirement) -> None:
    """Report what is said twice to be known to fail."""
    first: dict[str, Span] = {}
    for one in made.known:
        if one.case in first:
            site.add(shapes.field_twice("known_to_fail", one.span, first[one.case]))
        first.setdefault(one.case, one.span)


def _title(site: Site, item: tree.Item, kind: str) -> tuple[Text | None, tree.Item] | None:
    """The title, and the item with a block text after it as the field `text`."""
    values: list[tree.Value] = []
    for value in item.values:
        values.extend(value.parts if isinstance(value, tree.Run) else (value,))
    title: tree.Text | None = None
    match values:
        case [tree.Text(block=False) as title, *rest]:
            values = rest
        case _:
            pass
    match values:
        case [tree.Text(block=True) as own, *rest]:
            values = rest
            name = tree.Name(OWN_TEXT, own.start, own.start)
            field = tree.Item(None, name, (own,), None, own.start, own.end)
            item = replace(item, body=(field, *(item.body or ())))
        case _:
            pass
    if values:
        example = f'{item.id.text if item.id else "REF-1"} {kind} "Title" {{ … }}'
        site.add(shapes.wrong_shape(kind, "a title in quotes, then its fields", example, site.span(values[0])))
        return None
    if title is None:
        return None, item
    read = text(site, title)
    return None if read is None else (read, item)
