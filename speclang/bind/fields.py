"""The fields of a requirement, read by its kind's schema.

In: the body of a requirement and the schema. Out: an instance of the schema, and the fields that all kinds have.
Invariant: what a schema refuses becomes a finding, never an exception; a field that is broken is reported once.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import cast, get_args, get_origin

from ..kit import registry
from ..kit.kind import Kind
from ..kit.schema import Reads, RequirementFields, has_validators
from ..model.requirement import Level
from ..source.records import dataclass, replace
from ..source.span import Span
from ..syntax import tree
from ..values.bounds import Bound, bounds
from ..values.expression import Expr
from .errors import shapes
from .names import Site
from .parts import gathered
from .readers import READERS

LEVELS = tuple(level.value for level in Level)

COMMON: Mapping[str, tuple[str, bool]] = {
    "when": ("condition", False),
    "unless": ("condition", True),
    "over": ("refs", True),
    "replaces": ("refs", True),
    "was": ("refs", True),
    "default": ("flag", False),
    "phrase": ("text", False),
    "because": ("text", False),
    "owner": ("word", False),
    "tags": ("words", True),
    "since": ("note", False),
    "status": ("status", False),
    "holds": ("holds", False),
    "known_to_fail": ("known", True),
}
"""The fields of every requirement: their reader, and whether they may be written several times."""


@dataclass(frozen=True, slots=True)
class FieldShape:
    """One field of a schema: how it is read, whether it holds several values, and what it is for."""

    name: str
    reader: str
    many: bool
    required: bool
    about: str


@dataclass(frozen=True, slots=True)
class KindShape:
    """What `bind` needs to know of a kind; `single` and `many` are the fields that may be written once, and often.

    `validated` says whether the schema has something to say of the values that are read.
    """

    name: str
    kind: Kind[RequirementFields]
    levels: tuple[str, ...]
    fields: Mapping[str, FieldShape]
    single: tuple[str, ...]
    many: tuple[str, ...]
    schema: type[RequirementFields]
    validated: bool = True


@dataclass(slots=True)
class Kinds:
    """The kinds that one call of `bind` meets, each loaded when first named; lives as long as the call."""

    names: tuple[str, ...]
    foreign: tuple[str, ...]
    loaded: dict[str, KindShape]

    def shape(self, name: str) -> KindShape | None:
        """The kind called `name`, or None, also where one of `foreign` can't be loaded."""
        if name not in self.names:
            return None
        if name not in self.loaded:
            try:
                self.loaded[name] = shape_of(registry.load(name, self.foreign))
            except registry.UnknownKind:
                return None
        return self.loaded[name]


def shape_of(kind: Kind[RequirementFields]) -> KindShape:
    """What `kind` allows. Raises `UnknownKind` where its schema can't be read."""
    fields = {}
    for field, info in kind.Fields.model_fields.items():
        reads, many = _marker((info.annotation, *info.metadata))
        if reads is None or reads.reader not in READERS or field in COMMON:
            why = "every requirement has it already" if field in COMMON else "its type is none of `speclang.kit.schema`"
            raise registry.UnknownKind(kind.name, f"its field `{field}` can't be used: {why}")
        about = info.description or ""
        fields[field] = FieldShape(field, reads.reader, many, info.is_required(), about)
    single = [field for field, (_, many) in COMMON.items() if not many]
    often = [field for field, (_, many) in COMMON.items() if many]
    for shape in fields.values():
        (often if shape.many else single).append(shape.name)
    levels = tuple(level.value for level in kind.levels)
    schema = kind.Fields
    return KindShape(kind.name, kind, levels, fields, tuple(single), tuple(often), schema, has_validators(schema))


def unusable(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The foreign kinds of `names` that can't be used, and why."""
    for name in names:
        try:
            shape_of(registry.load(name, names))
        except registry.UnknownKind as missing:
            yield name, missing.why


_CONDITIONS = ("when", "unless")
"""Read before all others, whose texts may show their bounds."""


def _bounds(
    common: Mapping[str, tuple[object, ...]], written: Mapping[str, Sequence[tree.Item]]
) -> tuple[Bound, ...] | None:
    """The bounds of the conditions that are read; None where one is broken."""
    if any(len(common.get(name, ())) < len(written.get(name, ())) for name in _CONDITIONS):
        return None
    return bounds([(name, cast("Expr", one)) for name in _CONDITIONS for one in common.get(name, ())])


def _marker(parts: Sequence[object]) -> tuple[Reads | None, bool]:
    """The `Reads` marker in an annotation, however deep, and whether the annotation is a tuple."""
    found: Reads | None = None
    many = False
    waiting = list(parts)
    while waiting:
        part = waiting.pop(0)
        if isinstance(part, Reads):
            found = found or part
        elif found is None or get_origin(part) is tuple:
            many = many or get_origin(part) is tuple
            waiting.extend(get_args(part))
    return found, many


def read_fields(
    site: Site, item: tree.Item, kind: KindShape
) -> "tuple[RequirementFields, Mapping[str, tuple[object, ...]]] | None":
    """The kind's own fields and the common ones (by name, absent where not written); None once reported."""
    written, whole = _written(site, item, kind)
    sound = whole
    common: dict[str, tuple[object, ...]] = {}
    own: dict[str, object] = {}
    places: dict[str, tree.Item] = {}
    for name, items in sorted(written.items(), key=lambda one: one[0] not in _CONDITIONS):
        if name not in _CONDITIONS and site.bounds == ():
            site = replace(site, bounds=_bounds(common, written) if whole else None)
        shape = kind.fields.get(name)
        reader = READERS[shape.reader if shape is not None else COMMON[name][0]]
        values: list[object] = []
        for one in items:
            read = reader.read(site, one)
            if read is None:
                sound = False
            else:
                values.extend(read)
        places[name] = items[0]
        if shape is None:
            common[name] = tuple(values)
        elif shape.many or reader.plural:
            own[name] = tuple(values)
        elif values:
            own[name] = values[0]
    if not whole or not _complete(site, item, kind, places) or not sound:
        return None
    fields = _validated(site, item, kind, own, places)
    return None if fields is None else (fields, common)


def _written(site: Site, item: tree.Item, kind: KindShape) -> tuple[Mapping[str, Sequence[tree.Item]], bool]:
    """The body by field, with a block text after the kind as the field `text`, and whether that is all that is written."""
    refused = [one for one in item.body or () if one.head.text in LEVELS and one.head.text not in kind.levels]
    for one in refused:
        site.add(shapes.level_refused(one.head.text, kind.name, kind.levels, site.span(one.head)))
    if refused:
        kept = tuple(one for one in item.body or () if one not in refused)
        item = tree.Item(item.id, item.head, item.values, kept, item.start, item.end)
    found, whole = gathered(site, item, kind.name, kind.single, kind.many, COMMON)
    return found, whole and not refused


def _complete(site: Site, item: tree.Item, kind: KindShape, places: Mapping[str, tree.Item]) -> bool:
    """Whether every required field is written; the body may name it even where it is broken."""
    named = {one.head.text for one in item.body or ()} | set(places)
    sound = True
    for shape in kind.fields.values():
        if shape.required and shape.name not in named:
            example = READERS[shape.reader].example.format(shape.name)
            owner = item.id.text if item.id is not None else kind.name
            site.add(shapes.field_missing(shape.name, f"`{owner}`", shape.about, example, head_span(site, item)))
            sound = False
    return sound


def head_span(site: Site, item: tree.Item) -> Span:
    """The ID and the kind."""
    return site.span(item)._replace(end=item.head.end)


def _validated(
    site: Site, item: tree.Item, kind: KindShape, values: Mapping[str, object], places: Mapping[str, tree.Item]
) -> RequirementFields | None:
    if (
        not kind.validated
    ):  # to build a validator that lets everything pass takes pydantic longer than a feature takes us
        return kind.schema.model_construct(None, **values)
    try:
        return kind.schema(**values)
    except ValueError as refused:
        errors = getattr(refused, "errors", None)
        if errors is None:
            raise
        for error in cast("Sequence[Mapping[str, object]]", errors(include_url=False)):
            why = str(error["msg"]).removeprefix("Value error, ").removeprefix("Assertion failed, ")
            where = cast("tuple[object, ...]", error["loc"])
            name = str(where[0]) if where else ""
            if name in places:
                site.add(shapes.wrong_value(name, kind.name, why, site.span(places[name])))
            else:
                site.add(shapes.refused_by_schema(kind.name, why, head_span(site, item)))
        return None
