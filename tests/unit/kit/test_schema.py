"""Which schemas of kinds have something to say of the values that are read for them."""

from decimal import Decimal
from typing import Annotated

import pytest
from annotated_types import Gt
from pydantic import BaseModel, Field, field_validator, model_validator

from speclang.kit import registry
from speclang.kit.schema import Condition, Count, Reads, RequirementFields, has_validators


class Plain(RequirementFields):
    """Markers and descriptions only."""

    most: Count = Field(default=Decimal(3), description="the most there may be")
    when_full: Condition | None = None


class Bounded(RequirementFields):
    """A bound on a field."""

    most: Count = Field(gt=0)


class BoundedInside(RequirementFields):
    """A bound inside the annotation of a field."""

    most: Annotated[Decimal, Reads("count"), Gt(0)] | None = None


class Looked(RequirementFields):
    """A validator of one field."""

    most: Count

    @field_validator("most")
    @classmethod
    def _even(cls, value: Decimal) -> Decimal:
        return value


class LookedAtWhole(RequirementFields):
    """A validator of the whole."""

    most: Count

    @model_validator(mode="after")
    def _sound(self) -> "LookedAtWhole":
        return self


class LookedAtLast(RequirementFields):
    """Something that runs after all."""

    most: Count

    def model_post_init(self, context: object, /) -> None:
        """Look."""


def test_a_schema_of_markers_has_no_validators() -> None:
    assert not has_validators(Plain)


@pytest.mark.parametrize("schema", [Bounded, BoundedInside, Looked, LookedAtWhole, LookedAtLast])
def test_a_schema_that_says_more_has(schema: type[RequirementFields]) -> None:
    assert has_validators(schema)


@pytest.mark.parametrize("kind", registry.names())
def test_a_schema_without_validators_makes_the_same_with_and_without_them(kind: str) -> None:
    schema = registry.load(kind).Fields
    if has_validators(schema):
        return
    values = {name: () for name, info in schema.model_fields.items() if info.is_required()}
    filled: BaseModel = schema.model_construct(None, **values)
    assert filled == schema(**values)
    assert hash(filled) == hash(schema(**values))
