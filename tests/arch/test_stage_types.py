"""What steps hand to each other is frozen, slotted and made of immutable parts; a span never makes two values differ."""

import dataclasses
import importlib
import inspect
import typing
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from types import UnionType

from speclang.source.span import Span, Unit
from tests.arch.house import modules

STAGES = (
    "source/",
    "diagnostics/diagnostic.py",
    "diagnostics/code.py",
    "syntax/tree.py",
    "values/",
    "model/",
    "logic/",
    "plan/",
)

LIVES_FOR_ONE_CALL = {"Collector", "Places"}
"""Not stage types: a pass's own notebook, and the index of places that the border builds."""

MUTABLE = (list, dict, set, bytearray)


@cache
def stage_types() -> tuple[type, ...]:
    return tuple(found())


def found() -> Iterator[type]:
    for module in modules():
        if not module.name.startswith(STAGES) or module.name.endswith("__init__.py"):
            continue
        loaded = importlib.import_module("speclang." + module.name.removesuffix(".py").replace("/", "."))
        for name, one in inspect.getmembers(loaded, inspect.isclass):
            own = one.__module__ == loaded.__name__ and dataclasses.is_dataclass(one)
            if own and not name.startswith("_") and name not in LIVES_FOR_ONE_CALL:
                yield one


def parts(annotation: object) -> Iterator[object]:
    """The types that an annotation is made of."""
    yield typing.get_origin(annotation) or annotation
    for inner in typing.get_args(annotation):
        if isinstance(inner, type | UnionType) or typing.get_origin(inner):
            yield from parts(inner)


def frozen(one: type) -> bool:
    return bool(vars(one)["__dataclass_params__"].frozen)


@cache
def every_name() -> dict[str, object]:
    """The names of all stage modules: a recursive alias names types of the module that declares it."""
    names = {
        name: value for one in stage_types() for name, value in vars(importlib.import_module(one.__module__)).items()
    }
    return {**names, "Sequence": Sequence, "Mapping": Mapping}


@cache
def annotations(one: type) -> dict[str, object]:
    return typing.get_type_hints(one, every_name(), vars(importlib.import_module(one.__module__)))


def test_every_stage_type_is_frozen_and_slotted() -> None:
    loose = [one.__qualname__ for one in stage_types() if not (frozen(one) and "__slots__" in vars(one))]
    assert loose == []


def test_no_stage_type_holds_something_that_can_change() -> None:
    held = [
        f"{one.__qualname__}.{name}"
        for one in stage_types()
        for name, annotation in annotations(one).items()
        if any(isinstance(part, type) and issubclass(part, MUTABLE) for part in parts(annotation))
    ]
    assert held == []


def test_no_stage_type_is_typed_as_anything() -> None:
    assert [
        f"{one.__qualname__}.{name}"
        for one in stage_types()
        for name, kind in annotations(one).items()
        if kind is typing.Any
    ] == []


def test_spans_take_no_part_in_equality_and_hash() -> None:
    told_apart = [
        f"{one.__qualname__}.{field.name}"
        for one in stage_types()
        if not one.__module__.startswith(("speclang.diagnostics", "speclang.plan"))
        for field in dataclasses.fields(one)
        if annotations(one)[field.name] is Span and field.compare
    ]
    assert told_apart == []


def test_offsets_of_the_tree_take_no_part_in_equality() -> None:
    told_apart = [
        f"{one.__qualname__}.{field.name}"
        for one in stage_types()
        if one.__module__ == "speclang.syntax.tree"
        for field in dataclasses.fields(one)
        if field.name in {"start", "end"} and field.compare
    ]
    assert told_apart == []


def test_equal_meaning_is_equally_hashed_wherever_it_stands() -> None:
    from speclang.values.expression import Literal, Var
    from speclang.values.types import Bool

    here, there = Span(Unit("a.spec", "R-1"), 0, 4), Span(Unit("b.spec", "R-2"), 90, 94)
    assert Var("x", Bool(), here) == Var("x", Bool(), there)
    assert hash(Var("x", Bool(), here)) == hash(Var("x", Bool(), there))
    assert hash(Literal(True, Bool(), "yes", here)) == hash(Literal(True, Bool(), "true", there))
