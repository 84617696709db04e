"""What holds for every text: nothing is lost, nothing is refused, and the parts say the same as the one grammar."""

import re
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from speclang.diagnostics.diagnostic import has_errors
from speclang.source.text import SourceText
from speclang.syntax import tree
from speclang.syntax.blocks import OPENERS, split
from speclang.syntax.build import build_item
from speclang.syntax.edit import places
from speclang.syntax.format import format_source
from speclang.syntax.parser import parse, parse_unit
from speclang.syntax.recipe import Failure, derive, grammar
from speclang.syntax.tokens import COMMENT, scan, tokenize
from speclang.syntax.walk import rebuild, walk
from tests.strategies.source import damaged, real_specs, sources

MANY = settings(max_examples=max(settings().max_examples, 150))
specs = st.sampled_from(real_specs())
anything = st.one_of(
    sources(),
    damaged(sources()),
    damaged(specs),
    st.text(max_size=60),
    st.text(alphabet='a{}()"/#;\n,=1-. ', max_size=60),
)


def source(text: str) -> SourceText:
    return SourceText("a.spec", text)


def items(text: str) -> list[tuple[str, str, tree.Item | None]]:
    units = parse(source(text)).value.units
    return [(unit.name.key, unit.parent, unit.item and rebuild(unit.item, merged)) for unit in units]


def merged(node: tree.Node) -> tree.Node:
    """A text as one piece: where its chunks are cut depends on how its lines end."""
    return tree.Text((tree.Chunk(node.plain, 0, 0),), node.block, 0, 0) if isinstance(node, tree.Text) else node


def comments(text: str) -> list[str]:
    return [text[token.start : token.end].rstrip() for token in tokenize(text) if token.kind == COMMENT]


@MANY
@given(anything)
def test_the_tokens_of_a_text_are_the_text(text: str) -> None:
    assert "".join(text[token.start : token.end] for token in tokenize(text)) == text


@given(sources())
def test_what_is_well_formed_has_no_findings(text: str) -> None:
    assert parse(source(text)).diagnostics == ()


@MANY
@given(anything)
def test_any_text_is_parsed_and_what_is_left_out_is_reported(text: str) -> None:
    result = parse(source(text))
    where = places([result.value])
    for finding in result.diagnostics:
        for label in (finding.primary, *finding.labels):
            at = where.locate(label.span)
            assert 0 <= at.start <= at.end <= len(text)
    for unit in result.value.units:
        assert text[unit.start : unit.start + len(unit.text)] == unit.text
        assert unit.item is not None or has_errors(result.diagnostics)
    assert len({unit.name for unit in result.value.units}) == len(result.value.units)


@MANY
@given(anything)
def test_a_text_is_refused_exactly_where_the_grammar_refuses_it(text: str) -> None:
    """The file rule of the grammar, which the parser never runs, sees the tokens of the whole file."""
    ours = {one.code.id for one in parse(source(text)).diagnostics}
    inside_texts = {"E0106", "E0111", "E0115"}
    if ours & inside_texts:
        return
    assert _grammar_accepts(text) == (not ours)


def _grammar_accepts(text: str) -> bool:
    from lark.exceptions import UnexpectedToken

    try:
        _whole_file().parse(scan(text.removeprefix("\ufeff")).kinds)
    except UnexpectedToken:
        return False
    return not any(
        item is not None and item.head.text in OPENERS and item.body is None and item.id is None and not parent
        for _, parent, item in items(text)
    )


class Shapes:
    """Callbacks that keep only how blocks hold blocks."""

    def item(self, children: list[object]) -> tuple[object, ...]:
        return tuple(children)

    def body(self, children: list[object]) -> tuple[object, ...]:
        return tuple(children)


@cache
def _whole_file():  # type: ignore[no-untyped-def]  # lark's own type is not worth an import at start
    return grammar("file")


@given(sources())
def test_a_unit_is_the_same_wherever_it_stands(text: str) -> None:
    """What a line above moves is where units start, and nothing else."""
    before = parse(source(text.removeprefix("\ufeff"))).value.units
    after = parse(source("# one more line\n" + text.removeprefix("\ufeff"))).value.units
    assert after == before
    assert [unit.start - 16 for unit in after] == [unit.start for unit in before]


@MANY
@given(anything)
def test_a_unit_is_parsed_from_its_own_text_alone(text: str) -> None:
    for unit in parse(source(text)).value.units:
        again, _ = parse_unit(unit.name, unit.text, unit.parent, 0)
        assert again == unit


@given(sources())
def test_nodes_stand_where_they_say(text: str) -> None:
    for unit in parse(source(text)).value.units:
        for node in walk(unit):
            written = unit.text[node.start : node.end]
            match node:
                case tree.Name(name) | tree.Id(name) | tree.Number(name):
                    assert written == name
                case tree.Member(path):
                    assert written == ".".join(path)
                case tree.Hole(path):
                    assert written == "{" + path + "}"
                case tree.Chunk(inner) if len(inner) == len(written):
                    assert written == inner or written.startswith("\\")
                case tree.Item(id_, head):
                    assert written.startswith(id_.text if id_ else head.text)
                    assert written == written.strip()
                case _:
                    assert written


@given(sources())
def test_a_tree_rebuilt_with_no_change_is_the_tree_and_walk_visits_it_in_order(text: str) -> None:
    for unit in parse(source(text)).value.units:
        assert unit.item is not None
        assert rebuild(unit.item, lambda node: node) == unit.item
        starts = [node.start for node in walk(unit.item)]
        assert starts == sorted(starts)


@MANY
@given(sources() | specs)
def test_formatting_keeps_the_tree_and_the_comments_and_has_nothing_to_do_twice(text: str) -> None:
    once = format_source(source(text))
    assert once.diagnostics == ()
    assert items(once.value) == items(text)
    assert sorted(comments(once.value)) == sorted(comments(text))
    assert format_source(source(once.value)).value == once.value
    assert not re.search(r"\r|\ufeff|\n\n\n|\A\n|[^\n]\Z", re.sub(r'"""[\s\S]*?(?<!\\)"""', "", once.value))


@MANY
@given(damaged(specs))
def test_a_text_with_errors_is_not_formatted(text: str) -> None:
    result = format_source(source(text))
    if has_errors(result.diagnostics):
        assert result.value == text
    else:
        assert items(result.value) == items(text)
        assert format_source(source(result.value)).value == result.value
