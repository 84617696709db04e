"""Dataclasses as the standard library makes them, at a tenth of the price.

In: `@dataclass(frozen=True, slots=True)` on a class, as ever; type checkers see the standard library's own. Out: the same class,
always slotted, whose methods are compiled when they are first called: a command uses a third of some two hundred classes, and
compiling six methods for each of them took longer than all other imports of ours together. What `dataclasses` can tell of a class
(`fields`, `is_dataclass`, `replace`) it tells of these too, and is itself imported only then.
Invariant: no way to tell the difference but time; a law compares both.
"""

from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import TYPE_CHECKING, ClassVar, TypeVar

if TYPE_CHECKING:
    from dataclasses import Field

__all__ = ["compared", "dataclass", "field", "replace"]

T = TypeVar("T")

_MISSING = object()
_FIELDS = "__record__"


class _Field:
    """What a class says of one field."""

    __slots__ = ("compare", "default", "default_factory", "kw_only", "repr")

    def __init__(
        self,
        *,
        default: object = _MISSING,
        default_factory: Callable[[], object] | None = None,
        compare: bool = True,
        repr: bool = True,
    ) -> None:
        self.default = default
        self.default_factory = default_factory
        self.compare = compare
        self.repr = repr
        self.kw_only = False

    @property
    def optional(self) -> bool:
        """Whether a call may leave it out."""
        return self.default is not _MISSING or self.default_factory is not None


def _dataclass(
    *, eq: bool = True, frozen: bool = False, slots: bool = True, kw_only: bool = False
) -> Callable[[type[T]], type[T]]:
    """A decorator that makes a class a dataclass."""
    if not slots:
        raise TypeError("a record has slots")
    return lambda cls: _made(cls, eq=eq, frozen=frozen, kw_only=kw_only)


def _made(cls: type[T], *, eq: bool, frozen: bool, kw_only: bool) -> type[T]:
    space = dict(vars(cls))
    known: dict[str, _Field] = {}
    for base in reversed(cls.__mro__[1:]):
        known.update(vars(base).get(_FIELDS, {}))
    own: dict[str, _Field] = {}
    for name in _annotated(cls):
        said = space.pop(name, _MISSING)
        if said.__class__.__hash__ is None or said.__class__.__module__ == "dataclasses":
            raise TypeError(f"{cls.__qualname__}.{name}: a default that may change, or a field of another make")
        field = own[name] = said if isinstance(said, _Field) else _Field(default=said)
        field.kw_only = kw_only
    fields = {**known, **own}
    space.pop("__dict__", None)
    space.pop("__weakref__", None)
    space["__slots__"] = tuple(name for name in own if name not in known)
    space["__match_args__"] = tuple(name for name, field in fields.items() if not field.kw_only)
    space[_FIELDS] = fields
    space["__dataclass_params__"] = SimpleNamespace(init=True, repr=True, eq=eq, order=False, frozen=frozen, slots=True)
    made: type[T] = type(cls)(cls.__name__, cls.__bases__, space)  # type: ignore[misc] # whatever makes classes of its kind
    made.__qualname__ = cls.__qualname__
    _give(made, "__dataclass_fields__", _Described(made), over=True)
    _give(made, "__init__", _first(made, "__init__", lambda: _init(made, fields, frozen=frozen)), over=True)
    _give(made, "__repr__", _shown, over=False)
    if eq:
        compared = [name for name, field in fields.items() if field.compare]
        _give(made, "__eq__", _first(made, "__eq__", lambda: _eq(compared)), over=False)
        if "__hash__" not in vars(cls):
            _give(made, "__hash__", _first(made, "__hash__", lambda: _hash(compared)) if frozen else None, over=True)
    if frozen:
        _give(made, "__setattr__", _refuse, over=True)
        _give(made, "__delattr__", _refuse, over=True)
        _give(made, "__getstate__", _state, over=False)
        _give(made, "__setstate__", _restore, over=False)
    return made


def _annotated(cls: type) -> list[str]:
    """The fields that `cls` itself declares."""
    return [name for name, kind in cls.__annotations__.items() if getattr(kind, "__origin__", None) is not ClassVar]


def _give(cls: type, name: str, value: object, *, over: bool) -> None:
    if over or name not in vars(cls):
        type.__setattr__(cls, name, value)


def _first(cls: type, name: str, compiled: Callable[[], Callable[..., object]]) -> Callable[..., object]:
    """A method that puts the real one in its place when it is first called."""

    def method(*args: object, **kwargs: object) -> object:
        real = compiled()
        real.__qualname__ = f"{cls.__qualname__}.{name}"
        real.__module__ = cls.__module__
        type.__setattr__(cls, name, real)
        return real(*args, **kwargs)

    method.__name__ = name
    return method


def _compiled(name: str, parameters: str, body: list[str], scope: dict[str, object]) -> Callable[..., object]:
    lines = "".join(f"\n  {line}" for line in body)
    made: dict[str, Callable[..., object]] = {}
    exec(f"def {name}({parameters}):{lines}", scope, made)  # noqa: S102 - as the standard library does: names of fields only
    return made[name]


def _init(cls: type, fields: Mapping[str, _Field], *, frozen: bool) -> Callable[..., object]:
    scope: dict[str, object] = {"_missing": _MISSING}
    ordered = sorted(fields.items(), key=lambda item: item[1].kw_only)
    parameters = ["self"]
    body: list[str] = []
    for at, (name, field) in enumerate(ordered):
        if field.kw_only and (at == 0 or not ordered[at - 1][1].kw_only):
            parameters.append("*")
        value = name
        if field.default_factory is not None:
            scope[f"_new_{name}"] = field.default_factory
            value = f"_new_{name}() if {name} is _missing else {name}"
        scope[f"_default_{name}"] = field.default
        parameters.append(f"{name}=_default_{name}" if field.optional else name)
        scope[f"_set_{name}"] = getattr(cls, name).__set__
        body.append(f"_set_{name}(self, {value})" if frozen else f"self.{name} = {value}")
    if hasattr(cls, "__post_init__"):
        body.append("self.__post_init__()")
    return _compiled("__init__", ", ".join(parameters), body or ["pass"], scope)


def _eq(compared: list[str]) -> Callable[..., object]:
    one, other = (_tuple(of, compared) for of in ("self", "other"))
    return _compiled(
        "__eq__",
        "self, other",
        [f"return {one} == {other} if other.__class__ is self.__class__ else NotImplemented"],
        {},
    )


def _hash(compared: list[str]) -> Callable[..., object]:
    return _compiled("__hash__", "self", [f"return hash({_tuple('self', compared)})"], {})


def _tuple(of: str, names: list[str]) -> str:
    return "(" + "".join(f"{of}.{name}," for name in names) + ")"


def _shown(self: object) -> str:
    fields: Mapping[str, _Field] = getattr(type(self), _FIELDS)
    return f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name, field in fields.items() if field.repr)})"


def _refuse(_: object, name: str, *__: object) -> None:
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"cannot change field {name!r}")


def _state(self: object) -> list[object]:
    return [getattr(self, name) for name in getattr(type(self), _FIELDS)]


def _restore(self: object, state: list[object]) -> None:
    for name, value in zip(getattr(type(self), _FIELDS), state, strict=True):
        object.__setattr__(self, name, value)


class _Described:
    """`__dataclass_fields__`, made when it is asked for: what the standard library would have noted."""

    __slots__ = ("cls",)

    def __init__(self, cls: type) -> None:
        self.cls = cls

    def __get__(self, instance: object, owner: type | None = None) -> "dict[str, Field[object]]":
        from dataclasses import MISSING, field, fields, make_dataclass

        kinds = {
            name: kind
            for base in reversed(self.cls.__mro__)
            for name, kind in getattr(base, "__annotations__", {}).items()
        }
        rows = [
            (
                name,
                kinds.get(name, object),
                field(
                    default=MISSING if one.default is _MISSING else one.default,
                    default_factory=one.default_factory or MISSING,
                    compare=one.compare,
                    repr=one.repr,
                    kw_only=one.kw_only,
                ),
            )
            for name, one in getattr(self.cls, _FIELDS).items()
        ]
        described = {one.name: one for one in fields(make_dataclass(self.cls.__name__, rows))}
        type.__setattr__(self.cls, "__dataclass_fields__", described)
        return described


def compared(cls: type) -> list[str] | None:
    """The fields of a record, or of a dataclass of the standard library, that take part in equality; None if it is neither."""
    known: Mapping[str, _Field] | None = getattr(cls, _FIELDS, None)
    if known is not None:
        return [name for name, one in known.items() if one.compare]
    if not hasattr(cls, "__dataclass_fields__"):
        return None
    from dataclasses import fields

    return [one.name for one in fields(cls) if one.compare]


def _replaced(one: T, /, **changes: object) -> T:
    """`one` with other values in some fields."""
    held = {name: getattr(one, name) for name in getattr(type(one), _FIELDS)}
    return type(one)(**{**held, **changes})


if TYPE_CHECKING:
    from dataclasses import dataclass, field, replace
else:
    dataclass, field, replace = _dataclass, _Field, _replaced
