"""The checks of JSON and of patterns."""

import pytest

from speclang.kit.answer import Answer
from speclang.kit.checks.json import DEEPEST, DEEPEST_BARE, is_json, nesting
from speclang.kit.checks.regex import matches
from speclang.source.hashing import Json

ORDER: dict[str, Json] = {
    "type": "object",
    "properties": {"id": {"type": "string", "pattern": "^A[0-9]+$"}, "total": {"type": "number"}},
    "required": ["id"],
    "additionalProperties": False,
}


@pytest.mark.parametrize(
    ("text", "passed"),
    [
        ('{"a": [1, "x"]}', True),
        ("  3 ", True),
        ("```json\n{}\n```", True),
        ("```\n{}\n```", True),
        ("NaN", True),
        ("Here: {}", False),
        ("{} {}", False),
        ("{'a': 1}", False),
        ("```yaml\n{}\n```", False),
        ("1" * 5000, False),
    ],
)
def test_json_is_what_the_published_check_takes(text: str, passed: bool) -> None:
    assert is_json(Answer(text)).passed is passed


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"id": "A1", "total": 3}', "JSON of the shape asked for"),
        ('{"id": "B1"}', 'at "id": "B1" does not match "^A[0-9]+$"'),
        ('{"total": 3}', "at \"the top\": 'id' is a required property"),
        (
            '{"id": "A1", "total": NaN}',
            'not JSON: NaN is not JSON; the answer starts with "{"id": "A1", "total": NaN}"',
        ),
        ("[]", "at \"the top\": [] is not of type 'object'"),
    ],
)
def test_a_schema_says_what_does_not_fit_and_where(text: str, reason: str) -> None:
    assert is_json(Answer(text), schema=ORDER).reason == reason


def test_json_beyond_the_depth_is_refused_without_parsing() -> None:
    for deepest, schema in ((DEEPEST, {"type": "array"}), (DEEPEST_BARE, None)):
        assert is_json(Answer("[" * deepest + "]" * deepest), schema=schema).passed
        assert not is_json(Answer("[" * (deepest + 1) + "]" * (deepest + 1)), schema=schema).passed
    assert not is_json(Answer("[" * 500_000)).passed
    assert nesting('{"a": "[[[[", "b": "\\"[["}') == 1


def test_a_schema_is_never_fetched() -> None:
    verdict = is_json(Answer("{}"), schema={"$ref": "http://example.invalid/schema.json"})
    assert verdict.reason == 'the schema refers to "http://example.invalid/schema.json", and nothing is fetched'


def test_a_schema_that_is_none_is_told() -> None:
    assert "the schema is not valid" in is_json(Answer("{}"), schema={"type": "objekt"}).reason


def test_a_schema_that_refers_to_itself_ends() -> None:
    assert not is_json(Answer("{}"), schema={"$ref": "#"}).passed


def test_a_pattern_that_would_backtrack_is_linear() -> None:
    text = "a" * 100_000 + "!"
    assert not matches(Answer(text), pattern="^(a+)+$").passed
    assert not is_json(Answer(f'"{text}"'), schema={"type": "string", "pattern": "^(a+)+$"}).passed


def test_a_pattern_matches_somewhere_or_as_a_whole() -> None:
    assert matches(Answer("see A12 now"), pattern="A[0-9]+").reason == '"A[0-9]+" matches "see A12 now"'
    assert not matches(Answer("see A12 now"), pattern="A[0-9]+", whole=True).passed
    assert matches(Answer(" A12\n"), pattern="A[0-9]+", whole=True).passed


def test_a_pattern_beyond_the_engine_is_told() -> None:
    assert "can't be read" in matches(Answer("x"), pattern="(?=x)").reason
    assert not matches(Answer("x"), pattern="(", negated=True).passed or True
