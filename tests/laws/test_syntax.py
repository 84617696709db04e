"""What holds for every text: nothing is lost, nothing is refused, and the parts say the same as the one grammar."""

import re
from dataclasses import replace
from functools import cache
from hashlib import blake2b
from itertools import count
from os import environ
from typing import Any, cast

from hypothesis import given, settings
from hypothesis import strategies as st

from speclang.diagnostics.diagnostic import has_errors
from speclang.source.text import SourceText
from speclang.syntax import tree
from speclang.syntax.build import Builder, Recipe, build_item
from speclang.syntax.edit import places
from speclang.syntax.format import format_source
from speclang.syntax.parser import parse, parse_unit
from speclang.syntax.recipe import grammar
from speclang.syntax.tokens import COMMENT, Scan, scan, tokenize
from speclang.syntax.walk import rebuild, walk
from tests.strategies.source import PIECES, damaged, real_specs, sources

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


class WholeFile(Builder):
    """Builds the items of a whole file in one derivation, as the parser never does."""

    scan = Scan("", [], [], [])

    def line(self, children: Any) -> Any:
        return children[0].start_pos, super().line(children)

    def item(self, children: Any) -> tree.Item:
        first, line = children[0]
        body = children[1] if len(children) > 1 else None
        # The callbacks of values count tokens from the start of the file here, so only the head needs the place of the line.
        head: tree.Item = build_item(Recipe(line.recipe.id, (), 1), self.scan, first, [], body, 0)
        return replace(head, values=tuple(make(self.scan, 0, []) for make in line.recipe.values))

    def body(self, children: Any) -> tuple[tree.Item, ...]:
        return tuple(child for child in children if isinstance(child, tree.Item))

    file = body


@cache
def whole_file() -> tuple[WholeFile, Any]:
    builder = WholeFile()
    return builder, grammar("file", builder)


def by_the_whole_grammar(text: str) -> tuple[tree.Item, ...] | None:
    """The items of a file by the rule `file`, or None where it refuses."""
    from lark.exceptions import UnexpectedToken

    builder, parser = whole_file()
    builder.scan = scan(text.removeprefix("\ufeff"))
    try:
        return cast("tuple[tree.Item, ...]", parser.parse(builder.scan.kinds))
    except UnexpectedToken:
        return None


def assembled(text: str) -> tuple[tree.Item, ...]:
    """The items of a file by the parser, with the members of features and policies put into their bodies."""
    found: list[tree.Item] = []
    for unit in parse(source(text)).value.units:
        assert unit.item is not None
        if unit.parent:
            found[-1] = replace(found[-1], body=(*(found[-1].body or ()), unit.item))
        else:
            found.append(unit.item)
    return tuple(found)


OPENER = re.compile(r"(feature|policy)\b[^\n{]*(\n|\Z|\{\s*(#[^\n]*\n\s*)*\w+[ \t]*:)")
"""A feature or policy without a body, or with what seems a record: the grammar knows no features and minds neither."""


@MANY
@given(sources())
def test_the_parts_say_the_same_as_the_grammar_does_of_the_whole_file(text: str) -> None:
    assert assembled(text) == by_the_whole_grammar(text)


@MANY
@given(anything)
def test_a_text_is_refused_exactly_where_the_grammar_refuses_it(text: str) -> None:
    ours = {one.code.id for one in parse(source(text)).diagnostics}
    what_the_grammar_cannot_see = {"E0106", "E0111", "E0115"}
    if not ours & what_the_grammar_cannot_see and not OPENER.search(text):
        assert (by_the_whole_grammar(text) is not None) == (not ours)


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


def mutations(how_many: int) -> list[str]:
    """Real specs with pieces cut out, put in or moved, or with their end cut off, the same ones on every machine."""
    numbers = (int.from_bytes(blake2b(b"%d" % turn, digest_size=4).digest(), "big") for turn in count())
    specs = sorted(real_specs(), key=len)[:6]
    found = []
    for _ in range(how_many):
        text = specs[next(numbers) % len(specs)]
        for _ in range(1 + next(numbers) % 3):
            at, size = next(numbers) % (len(text) + 1), next(numbers) % 40
            piece = PIECES[next(numbers) % len(PIECES)] if next(numbers) % 2 else text[at : at + size]
            to = next(numbers) % (len(text) + 1)
            match next(numbers) % 5:
                case 0 | 1:
                    text = text[:at] + piece + text[at + size :]
                case 2 | 3:
                    text = text[:to] + piece + text[to:]
                case _:
                    text = text[:at]
        found.append(text)
    return found


def test_no_mutation_of_a_real_spec_makes_the_parser_fail() -> None:
    """`SPECC_MUTATIONS=100000` tries more of them."""
    for text in mutations(int(environ.get("SPECC_MUTATIONS", "1500"))):
        result = parse(source(text))
        assert all(unit.item is not None for unit in result.value.units) or has_errors(result.diagnostics)
