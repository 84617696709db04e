"""Schemas that say only which fields there are: pydantic's models in all that is asked of them, and without pydantic.

In: the body of a class below `schema.RequirementFields`. Out: a plain class, whose fields are filled as `bind` read them; or,
where the class says anything that pydantic would act on, pydantic's model of it.
Invariant: no way to tell the difference but time; what is not certainly plain is pydantic's.
"""

from collections.abc import Iterable, Iterator, Mapping
from types import new_class
from typing import Annotated, ClassVar, get_args, get_origin

from ..source.records import dataclass

REQUIRED = object()
"""The default of a field that has none."""
_HARMLESS = ("__module__", "__qualname__", "__doc__", "__annotations__", "__classcell__", "__firstlineno__")
_SPACE = "__plain_space__"


@dataclass(frozen=True, slots=True)
class PlainField:
    """What is known of a field, by the names that pydantic gives it."""

    annotation: object
    default: object
    description: str | None = None
    metadata: tuple[object, ...] = ()

    def is_required(self) -> bool:
        """Whether the field has no default."""
        return self.default is REQUIRED


class Schema(type):
    """Makes a plain class, or pydantic's model, of each class that is based on one of its classes."""

    def __new__(cls, name: str, bases: tuple[type, ...], space: dict[str, object]) -> type:
        """The class `name`."""
        if not bases:
            return type.__new__(cls, name, bases, space)
        if not _says_fields_only(bases, space):
            return _model(name, bases, space)
        known: dict[str, PlainField] = {}
        for base in reversed(bases):
            known.update(getattr(base, "model_fields", {}))
        own = space.get("__annotations__", {})
        if isinstance(own, dict):
            known.update({one: PlainField(kind, space.get(one, REQUIRED)) for one, kind in own.items()})
        made = type.__new__(cls, name, bases, {key: value for key, value in space.items() if key not in known})
        type.__setattr__(made, "model_fields", known)
        type.__setattr__(made, _SPACE, space)
        return made


class Plain(metaclass=Schema):
    """What the instances of plain schemas have in common with pydantic's."""

    model_fields: ClassVar[Mapping[str, PlainField]]

    def __init__(self, **values: object) -> None:
        """Take `values` as they are; each must be of a field, and each field without a default must have one."""
        known = type(self).model_fields
        for name in values:
            if name not in known:
                raise ValueError(f"{type(self).__qualname__} has no field `{name}`")
        self.__dict__.update({name: values.get(name, field.default) for name, field in known.items()})
        missing = [name for name, value in self.__dict__.items() if value is REQUIRED]
        if missing:
            raise ValueError(f"{type(self).__qualname__} needs a value for `{missing[0]}`")

    @classmethod
    def model_construct(cls, _fields_set: object = None, **values: object) -> "Plain":
        """An instance; there is nothing to leave out."""
        return cls(**values)

    def __eq__(self, other: object) -> bool:
        """Whether both are of one schema and hold the same."""
        return self.__dict__ == other.__dict__ if type(self) is type(other) else NotImplemented

    def __hash__(self) -> int:
        """By what it holds."""
        return hash((type(self), *self.__dict__.values()))

    def __repr__(self) -> str:
        """`Fields(must=(…), may=())`."""
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self.__dict__.items())})"

    def __setattr__(self, name: str, value: object) -> None:
        """Refuse: a schema's instances do not change."""
        raise AttributeError(f"cannot change field {name!r}")

    def __delattr__(self, name: str) -> None:
        """Refuse: a schema's instances do not change."""
        raise AttributeError(f"cannot delete field {name!r}")


def is_plain(schema: type) -> bool:
    """Whether `schema` was made without pydantic."""
    return type(schema) is Schema


def marks(annotation: object) -> Iterator[object]:
    """What `annotation` says besides its types, however deep."""
    inner = get_args(annotation)
    if get_origin(annotation) is Annotated:
        yield from inner[1:]
        inner = inner[:1]
    for part in inner:
        yield from marks(part)


def _says_fields_only(bases: Iterable[type], space: Mapping[str, object]) -> bool:
    """Whether `space` says nothing but fields of types that readers make, and methods of its own."""
    fields = space.get("__annotations__", {})
    if not isinstance(fields, dict) or not all(type(base) is Schema for base in bases):
        return False
    for name, kind in fields.items():
        readers = [hasattr(one, "reader") for one in marks(kind)]
        if not readers or not all(readers) or name.startswith(("_", "model_")):
            return False
        if name in space and not isinstance(space[name], tuple | bool | None):
            return False
    methods = [name for name in space if name not in fields and name not in _HARMLESS]
    return all(type(space[name]).__name__ == "function" and not name.startswith(("__", "model_")) for name in methods)


def _model(name: str, bases: Iterable[type], space: Mapping[str, object]) -> type:
    """The model that pydantic makes of the class `name`, whose plain bases become models too."""
    from pydantic import BaseModel, ConfigDict

    class Modelled(BaseModel):
        """A schema is built when a requirement first needs it: a command loads more kinds than it uses."""

        model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, defer_build=True)

    def model_of(base: type) -> type:
        if type(base) is not Schema:
            return base
        held = vars(base).get(_SPACE)
        return _model(base.__name__, base.__bases__, _without_cell(held)) if isinstance(held, dict) else Modelled

    return new_class(name, tuple(map(model_of, bases)), {}, lambda own: own.update(space))


def _without_cell(space: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in space.items() if key != "__classcell__"}
