"""What is remembered of the blocks of a file, and when it is of use."""

import pytest

from speclang.source.hashing import digest
from speclang.source.text import SourceText
from speclang.syntax import divided as blocks
from speclang.syntax.parser import parse

SHARED = "given odd bool\n"
FIRST = 'feature a "A" {\n  role "You are A."\n  A-1 rule "One" { must x }\n}\n'
SECOND = 'feature b "B" {\n  role "You are B."\n  B-1 rule "One" { must x }\n}\n'


def source(text: str) -> SourceText:
    return SourceText("specs/all.spec", text)


def held(text: str) -> blocks.Blocks:
    return blocks.blocks_of(parse(source(text)).value)


def test_a_change_in_a_feature_leaves_the_others_as_they_were() -> None:
    now = blocks.divided(source(SHARED + FIRST + SECOND.replace("One", "Two")), held(SHARED + FIRST + SECOND))
    assert now is not None
    assert now.unchanged == {"a"}
    assert [piece.key for piece in now.wanted(frozenset({"b"}))] == ["given odd", "feature b", "role#2", "B-1"]


def test_comments_between_blocks_change_no_feature() -> None:
    now = blocks.divided(source(f"{SHARED}# one\n{FIRST}\n\n# two\n{SECOND}"), held(SHARED + FIRST + SECOND))
    assert now is not None
    assert now.unchanged == {"a", "b"}


def test_the_unit_that_opens_a_feature_is_read_alone() -> None:
    now = blocks.divided(source(SHARED + FIRST + SECOND), held(SHARED + FIRST + SECOND))
    assert now is not None
    whole = {unit.name.key: unit for unit in parse(now.source).value.units}
    assert now.opener("b") == whole["feature b"]
    assert now.opener("c") is None


@pytest.mark.parametrize(
    "text",
    [
        "given even bool\n" + FIRST + SECOND,
        SHARED + SECOND + FIRST,
        SHARED + FIRST,
        SHARED + FIRST + SECOND.replace("feature b", "feature c"),
        SHARED + FIRST + "}\n" + SECOND,
        SHARED + FIRST + SECOND.removesuffix("}\n"),
        SHARED + FIRST + "# a\u202eb\n" + SECOND,
        SHARED + FIRST + SECOND + 'policy p "P" { }\n',
        SHARED + FIRST + SECOND + FIRST,
    ],
    ids=["shared", "order", "gone", "renamed", "brace too many", "brace missing", "hidden", "policy", "twice"],
)
def test_what_concerns_all_features_makes_the_whole_file_be_read(text: str) -> None:
    assert blocks.divided(source(text), held(SHARED + FIRST + SECOND)) is None


def test_a_declaration_that_renames_later_units_changes_the_features_they_stand_in() -> None:
    more = FIRST.replace("  A-1", '  ask "What?"\n  A-1')
    both = SECOND.replace("  B-1", '  ask "What?"\n  B-1')
    now = blocks.divided(source(SHARED + more + both), held(SHARED + FIRST + both))
    assert now is not None
    assert now.unchanged == frozenset()


def test_without_a_memory_nothing_is_left_out() -> None:
    assert blocks.divided(source(SHARED + FIRST + SECOND), None) is None


def test_what_is_remembered_comes_back() -> None:
    known = {("specs/all.spec", digest(FIRST)): held(SHARED + FIRST + SECOND)}
    assert blocks.read(blocks.write(known)) == known


def test_a_memory_that_is_not_as_it_was_written_says_nothing() -> None:
    written = blocks.write({("specs/all.spec", digest(FIRST)): held(SHARED + FIRST + SECOND)})
    for at in range(len(written)):
        assert blocks.read(written[:at] + chr(ord(written[at]) ^ 1) + written[at + 1 :]) == {}
    for said in ("", "5", "[[1]]", "{}"):
        assert blocks.read(f"{digest(said)}\n{said}") == {}
        assert blocks.read(said) == {}
