"""Units are found by their braces, and by the layout where the braces don't fit."""

import pytest

from speclang.source.text import SourceText
from speclang.syntax.blocks import Split, split

WELL_FORMED = '''use "policies/brand.spec"

feature refunds "Refund assistant" {
  owner payments
  ask "one"; ask "two"
  given age days {
    name "the age"
  }
  given total int { name "the total" }
  REF-1 rule "A" { when age <= 30 }
  tool f(a: text,
         b: text) { writes }
  role """
    feature is a word } {
  """
}
policy brand { B-1 prose "x" { text "y" } }
type Tier = a
          | b
'''


def found(text: str) -> Split:
    return split(SourceText("a.spec", text))


def keys(text: str) -> list[str]:
    return [f"{piece.parent}/{piece.key}" if piece.parent else piece.key for piece in found(text).pieces]


def test_each_declaration_and_requirement_is_a_unit() -> None:
    assert keys(WELL_FORMED) == [
        "use",
        "feature refunds",
        "feature refunds/owner payments",
        "feature refunds/ask",
        "feature refunds/ask#2",
        "feature refunds/given age",
        "feature refunds/given total",
        "feature refunds/REF-1",
        "feature refunds/tool f",
        "feature refunds/role",
        "policy brand",
        "policy brand/B-1",
        "type Tier",
    ]
    assert found(WELL_FORMED).misfits == ()


def test_a_unit_is_its_own_text_and_an_opener_ends_with_its_brace() -> None:
    texts = {piece.key: WELL_FORMED[piece.start : piece.end] for piece in found(WELL_FORMED).pieces}
    assert texts["feature refunds"] == 'feature refunds "Refund assistant" {'
    assert texts["ask"] == 'ask "one"'
    assert texts["given age"] == 'given age days {\n    name "the age"\n  }'
    assert texts["tool f"].endswith("{ writes }")
    assert texts["type Tier"] == "type Tier = a\n          | b"


def members(*broken: str) -> str:
    """A feature whose members are `broken`, followed by two good ones."""
    lines = [
        "feature x {",
        *broken,
        "  REF-8 rule {",
        "    must a",
        "  }",
        "  type T = a",
        "  REF-9 rule {",
        "    must b",
        "  }",
        "}",
        "feature y {",
        "  owner z",
        "}",
    ]
    return "\n".join(lines) + "\n"


GOOD = ["feature x/REF-8", "feature x/type T", "feature x/REF-9", "feature y", "feature y/owner z"]


@pytest.mark.parametrize(
    "broken",
    [
        ("  REF-1 rule {", "    must a"),
        ("  REF-1 rule {", "    inner {", "      must a", "  }"),
        ("  REF-1 rule {", '    because "never ends }', "  }"),
        ('  given a int { name "never ends }',),
        ("  REF-1 rule {", '    text """', "      never ends", "  }"),
        ("  REF-1 rule {", "    must a", "  # about the next one"),
        ("  REF-1 rule {", "    when (a and", "         b", "    must c"),
        ("  tool f(a: text, b: {",),
        ("  exclusive (a, b",),
        ("  REF-1 rule { when /never ends }",),
        ("  REF-1 rule {",),
    ],
)
def test_a_unit_that_is_not_closed_ends_before_the_next_one(broken: tuple[str, ...]) -> None:
    text = members(*broken)
    assert keys(text)[-5:] == GOOD
    assert len(keys(text)) == 7


def test_a_block_text_that_never_ends_does_not_swallow_what_another_one_closes() -> None:
    text = members('  role """', "    You are helpful.") + 'feature z {\n  role """\n    You are\n  """\n}\n'
    assert keys(text) == ["feature x", "feature x/role", *GOOD, "feature z", "feature z/role#2"]


def test_a_closing_brace_too_many_closes_no_feature() -> None:
    text = members("  REF-1 rule { must a }", "  }")
    assert keys(text) == ["feature x", "feature x/REF-1", *GOOD]
    (misfit,) = found(text).misfits
    assert (text[misfit.at], text[: misfit.at].count("\n"), misfit.opener) == ("}", 2, None)


def test_a_feature_without_an_end_ends_before_the_next_one() -> None:
    text = "feature x {\n  owner a\n\n# about y\nfeature y {\n  owner b\n}\n"
    assert keys(text) == ["feature x", "feature x/owner a", "feature y", "feature y/owner b"]
    (misfit,) = found(text).misfits
    assert misfit.opener is not None
    assert (misfit.opener.key, text[: misfit.at]) == ("feature x", "feature x {\n  owner a")


def test_a_feature_without_a_brace_still_has_its_members() -> None:
    assert keys('feature x "X"\n  owner a\n}\n') == ["feature x", "feature x/owner a"]


def test_a_brace_on_the_next_line_belongs_to_the_line_before() -> None:
    assert keys("feature x\n{\n  REF-1 rule\n  {\n    must a\n  }\n}\n") == ["feature x", "feature x/REF-1"]


def test_a_member_that_lacks_a_value_does_not_take_the_next_member() -> None:
    assert keys('feature x {\n  exclusive a,\n  ask "b"\n}\n') == [
        "feature x",
        "feature x/exclusive a",
        "feature x/ask",
    ]
    assert keys('feature x {\n  exclusive a,\n            b\n  ask "b"\n}\n') == [
        "feature x",
        "feature x/exclusive a",
        "feature x/ask",
    ]


def test_names_that_come_again_are_counted() -> None:
    assert keys("A-1 rule\nA-1 rule\n12 x\n:\n") == ["A-1", "A-1#2", "?", "?#2"]
