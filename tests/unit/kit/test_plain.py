"""A schema that pydantic is not needed for does what pydantic's model of it does."""

import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import pytest
from pydantic import BaseModel, ConfigDict, Field, field_validator

from speclang.engine.starting.start import start
from speclang.kit import registry
from speclang.kit.plain import is_plain
from speclang.kit.schema import Condition, Count, Flag, OneText, Reads, RequirementFields, Texts


class Small(RequirementFields):
    """Markers and defaults."""

    most: Count
    first: OneText | None = None
    others: Texts = ()
    loose: Flag = False

    def many(self) -> int:
        return len(self.others)


class Larger(Small):
    """One field more, one default changed."""

    when_full: Condition | None = None
    loose: Flag = True


class Twin(BaseModel):
    """What `Small` says, said to pydantic."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)
    most: Count
    first: OneText | None = None
    others: Texts = ()
    loose: Flag = False


@pytest.mark.parametrize("kind", registry.names())
def test_the_schemas_of_our_kinds_need_no_pydantic(kind: str) -> None:
    assert is_plain(registry.load(kind).Fields)


def test_a_build_after_a_change_loads_no_library_for_schemas_and_records(tmp_path: Path) -> None:
    start(tmp_path)
    spec = tmp_path / "specs" / "first.spec"
    spec.write_text(spec.read_text(encoding="utf-8").replace("7 days", "8 days"), encoding="utf-8")
    code = (
        "import sys; from pathlib import Path; from speclang.engine.build import build; print(build(Path('.')).done);"
        "slow = {'annotated_types', 'ast', 'dataclasses', 'inspect', 'jinja2', 'lark', 'pydantic', 'pydantic_core', 'yaml'};"
        "print([name for name in sys.modules if name in slow])"
    )
    shown = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert shown.stdout.split("\n")[:2] == ["True", "[]"]


def test_fields_are_described_as_pydantic_describes_them() -> None:
    assert list(Small.model_fields) == list(Twin.model_fields)
    for name, field in Small.model_fields.items():
        assert field.is_required() == Twin.model_fields[name].is_required()
    assert [name for name, field in Larger.model_fields.items() if field.is_required()] == ["most"]
    assert Larger(most=Decimal(1)).loose
    assert not Small(most=Decimal(1)).loose


VALUES: tuple[dict[str, Any], ...] = (
    {"most": Decimal(3)},
    {"most": Decimal(3), "loose": True},
    {"most": Decimal(4), "others": ()},
)


@pytest.mark.parametrize("values", VALUES)
def test_instances_compare_hash_and_print_as_pydantics_do(values: dict[str, Any]) -> None:
    one, twin = Small(**values), Twin(**values)
    assert repr(one) == repr(twin).replace("Twin", "Small")
    for other in VALUES:
        assert (one == Small(**other)) == (twin == Twin(**other))
        assert (hash(one) == hash(Small(**other))) or one != Small(**other)
    assert one.__eq__(twin) is NotImplemented
    assert Small.model_construct(None, **values) == one
    assert one.many() == 0


def test_what_pydantic_refuses_is_refused() -> None:
    wrongs: tuple[dict[str, Any], ...] = ({}, {"most": Decimal(1), "least": Decimal(1)})
    for wrong in wrongs:
        for schema in (Small, Twin):
            with pytest.raises(ValueError, match=r"most|least"):
                schema(**wrong)
    one: Any = Small(most=Decimal(1))
    with pytest.raises(AttributeError):
        one.most = Decimal(2)
    with pytest.raises(AttributeError):
        del one.most


def test_a_schema_that_pydantic_acts_on_is_its_model_with_the_fields_of_its_bases() -> None:
    class Checked(Small):
        @field_validator("most")
        @classmethod
        def _at_least_one(cls, value: Decimal) -> Decimal:
            if value < 1:
                raise ValueError("must be at least 1")
            return value

    assert not is_plain(Checked)
    assert issubclass(Checked, BaseModel)
    assert list(Checked.model_fields) == list(Small.model_fields)
    assert Checked(most=Decimal(1)).many() == 0
    with pytest.raises(ValueError, match="at least 1"):
        Checked(most=Decimal(0))


def test_what_is_not_certainly_plain_is_pydantics() -> None:
    class Described(RequirementFields):
        most: Count = Field(default=Decimal(3), description="the most there may be")

    class Bounded(RequirementFields):
        most: Annotated[Count, Field(gt=0)] | None = None

    class Later(RequirementFields):
        most: "Count"

    class Unmarked(RequirementFields):
        most: int = 3

    class Configured(RequirementFields):
        model_config = ConfigDict(frozen=False)
        most: Count

    class Counted(RequirementFields):
        most: Count

        @property
        def more(self) -> Decimal:
            return self.most + 1

    for schema in (Described, Bounded, Later, Unmarked, Configured, Counted):
        assert not is_plain(schema)
        assert issubclass(schema, BaseModel)


def test_a_reader_is_told_by_its_marker() -> None:
    class Odd(RequirementFields):
        most: Annotated[Decimal, Reads("count"), 5] | None = None

    assert not is_plain(Odd)
