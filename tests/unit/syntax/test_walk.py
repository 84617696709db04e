"""Trees are visited in order and rebuilt from the leaves."""

from speclang.source.text import SourceText
from speclang.syntax import tree
from speclang.syntax.parser import parse
from speclang.syntax.walk import rebuild, walk

TEXT = 'feature x {\n  REF-1 rule "A {b}" {\n    when not f(a: 5 days) and (c in [d, "e"])\n    returns { g: h.i | /j/ }\n  }\n}\n'


def file() -> tree.File:
    return parse(SourceText("a.spec", TEXT)).value


def test_every_node_is_visited_in_the_order_in_which_it_is_written() -> None:
    names = [node.text for node in walk(file()) if isinstance(node, tree.Name | tree.Id | tree.Number | tree.Chunk)]
    assert names == ["feature", "x", "REF-1", "rule", "A ", "when", "f", "5", "days", "c", "d", "e", "returns"]
    assert [node.path for node in walk(file()) if isinstance(node, tree.Member | tree.Hole)] == ["b", ("h", "i")]


def test_a_change_reaches_every_leaf_and_then_what_holds_it() -> None:
    unit = file().units[1]
    assert unit.item is not None

    def shout(node: tree.Node) -> tree.Node:
        return tree.Name(node.text.upper(), node.start, node.end) if isinstance(node, tree.Name) else node

    names = [node.text for node in walk(rebuild(unit.item, shout)) if isinstance(node, tree.Name)]
    assert names == ["RULE", "WHEN", "F", "DAYS", "C", "D", "RETURNS"]


def test_a_tree_of_any_height_that_the_parser_builds_can_be_walked_and_rebuilt() -> None:
    deep = parse(SourceText("a.spec", "x a" + " or a" * 249)).value.units[0].item
    assert deep is not None
    assert rebuild(deep, lambda node: node) == deep
    assert sum(1 for _ in walk(deep)) == 501
