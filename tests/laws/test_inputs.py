"""Every generated input is valid under the declared types, by a reader of values that shares nothing with the compiler's.

It reads what stands in `cases.yaml`: the givens as people read them, what tools return as JSON, what a state may be.
"""

import datetime
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import assert_never, cast

import pytest
import yaml
from hypothesis import HealthCheck, given, settings

from speclang.engine.compiling import open_project
from speclang.engine.fresh import look
from speclang.model.feature import Feature
from speclang.values.types import Bool, Date, Enum, ListOf, Numeric, Optional, Record, Text, Type
from tests.strategies.lowering import lowered
from tests.strategies.specs import SpecModel, specs

ROOT = Path(__file__).parents[2]
Tree = Mapping[str, object]

SECONDS: Mapping[str, Decimal | int] = {
    "second": 1,
    "minute": 60,
    "hour": 3_600,
    "day": 86_400,
    "week": 604_800,
    "s": 1,
    "ms": Decimal("0.001"),
}
BYTES = {"B": 1, "byte": 1, "KiB": 1024, "MiB": 1024**2, "GiB": 1024**3}
BUILT_IN = {"works", "null", "nothing", "wrong_type", "late", "truncated"}


def is_valid(shown: object, type: Type) -> bool:
    """Whether `shown`, as people read it, is a value of `type`."""
    if isinstance(type, Optional):
        return shown in ("missing", "nothing", None) or is_valid(shown, type.of)
    if not isinstance(shown, str):
        return False
    match type:
        case Bool():
            return shown in ("yes", "no")
        case Enum(members):
            return shown in members
        case Numeric():
            number = number_of(shown, type)
            return number is not None and within(number, type)
        case Date():
            return is_date(shown, type)
        case Text(pattern):
            return not pattern or re.fullmatch(pattern, shown) is not None
        case ListOf() | Record():
            return True
        case _:
            assert_never(type)


def number_of(shown: str, type: Numeric) -> Decimal | None:
    """The number that stands in `shown`, in the base unit of `type`."""
    digits, _, unit = shown.partition(" ")
    try:
        number = Decimal(digits.replace(",", "").removesuffix("%"))
    except InvalidOperation:
        return None
    if type.dimension == "duration":
        return number * SECONDS[unit if unit in SECONDS else unit.removesuffix("s")]
    if type.dimension == "bytes":
        return number * BYTES[unit if unit in BYTES else unit.removesuffix("s")]
    if type.dimension == "percent":
        return number / 100 if digits.endswith("%") else None
    return number if f"money:{unit}" == type.dimension or (not unit and not type.dimension) else None


def within(number: Decimal, type: Numeric) -> bool:
    """Whether a number in the base unit lies on a step of `type` and in its range."""
    above = type.low is None or number >= type.low
    return above and (type.high is None or number <= type.high) and number % type.step == 0


def is_date(shown: str, type: Date) -> bool:
    try:
        day = datetime.date.fromisoformat(shown)
    except ValueError:
        return False
    return (type.low is None or day >= type.low) and (type.high is None or day <= type.high)


def is_valid_json(value: object, type: Type) -> bool:
    """Whether `value`, as a tool returns it, is a value of `type`."""
    match type:
        case Optional(of):
            return value is None or is_valid_json(value, of)
        case Record(fields):
            held = cast("Tree", value) if isinstance(value, Mapping) else {}
            return all(name in held and is_valid_json(held[name], of) for name, of in fields)
        case ListOf(of):
            return isinstance(value, list) and all(is_valid_json(one, of) for one in cast("list[object]", value))
        case Bool():
            return isinstance(value, bool)
        case Numeric(unit=unit):
            return isinstance(value, int | float) and is_valid(
                f"{Decimal(str(value))} {unit}".strip().replace(" %", "%"), type
            )
        case Date() | Enum() | Text():
            return is_valid(value, type)
        case _:
            assert_never(type)


def faults(feature: Feature, text: str) -> Iterator[str]:
    """Each value of the cases in `text` that its type does not allow."""
    data = cast("Tree", yaml.safe_load(text))
    givens = {one.name: one.type for one in feature.givens}
    tools = {one.name: one for one in feature.tools}
    for case in (data, *cast("list[Tree]", data.get("cases", []))):
        for field in ("typical", "given", "context"):
            for name, shown in cast("Tree", case.get(field) or {}).items():
                if name in givens and not is_valid(shown, givens[name]):
                    yield f"{case.get('case')}: {name} = {shown!r}"
        for name, reply in cast("Mapping[str, Tree]", case.get("tools") or {}).items():
            tool = tools[name]
            state = str(reply.get("state", "works"))
            if state not in BUILT_IN | set(tool.fails):
                yield f"{case.get('case')}: {name} {state!r}"
            returns = tool.returns if state in ("works", "late", "truncated") else None
            if returns is not None and not is_valid_json(reply.get("returns"), returns):
                yield f"{case.get('case')}: {name} returns {reply.get('returns')!r}"


def shipped() -> list[Feature]:
    return list(open_project(ROOT, look(ROOT), afresh=True).compiled.program.features)


@pytest.mark.parametrize("feature", [pytest.param(one, id=one.name) for one in shipped()])
def test_every_input_of_the_shipped_specs_is_valid(feature: Feature) -> None:
    text = (ROOT / "generated" / feature.name / "cases.yaml").read_text(encoding="utf-8")
    assert list(faults(feature, text)) == []


@given(specs())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_input_of_a_generated_spec_is_valid(spec: SpecModel) -> None:
    made = lowered(spec.text)
    text = next(one.text for one in made.artifacts if one.path.endswith("cases.yaml"))
    assert list(faults(made.feature, text)) == []
