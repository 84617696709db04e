"""What a configuration of promptfoo asserts of an answer, with variables filled in.

In: a test, or what holds for every test. Out: its assertions, those of sets and those that it names included.
"""

import re
from collections.abc import Iterator

from ...source.hashing import canonical
from ...source.records import dataclass
from .document import Node
from .draft import is_code, names_in, substituted

_TYPE = re.compile(r"[a-z][a-z-]{1,40}")


@dataclass(frozen=True, slots=True)
class Assertion:
    """One assertion: what says it, where it stands in its test, its type, its values with variables filled in."""

    node: Node
    stands: Node
    type: str
    values: tuple[str, ...]

    @property
    def same(self) -> str:
        """Equal for assertions that check the same."""
        return canonical([self.type, *self.values, self.node.word("threshold")])

    @property
    def open(self) -> bool:
        """Whether a template engine would still do something with what it demands."""
        return any(names_in(value) or is_code(value) for value in self.values)


def asserted(config: Node, test: Node | None, values: tuple[tuple[str, str], ...]) -> Iterator[Assertion]:
    """The assertions of a test, those of its sets and those that it names included."""
    waiting = list(test.each("assert")) if test is not None else []
    for name, cell in test.items if test is not None else ():
        if name.startswith("__expected") and cell.text.strip():
            type, colon, value = cell.text.partition(":")
            known = bool(colon) and _TYPE.fullmatch(type) is not None
            said = substituted(value.strip() if known else cell.text, values)
            yield Assertion(cell, cell, type if known else "equals", (said,) if said else ())
    while waiting:
        node = waiting.pop(0)
        named = node.word("$ref")
        if named.startswith("#/"):
            shared = config.get(*named.removeprefix("#/").split("/"))
            if shared is not None and shared.is_map:
                yield _assertion(shared, node, values)
            continue
        if node.word("type") == "assert-set":
            waiting = [*node.each("assert"), *waiting]
            continue
        if node.is_map and node.word("type"):
            yield _assertion(node, node, values)


def _assertion(node: Node, stands: Node, values: tuple[tuple[str, str], ...]) -> Assertion:
    value = node.get("value")
    texts = (
        [one.text for one in value.each()]
        if value and value.is_list
        else [value.text]
        if value and not value.items
        else []
    )
    filled = tuple(substituted(one, values) for one in texts)
    return Assertion(node, stands, node.word("type"), filled if value is None or not value.is_map else ())


def said_by(one: Assertion, *, whole: bool) -> list[Node]:
    """What an assertion says that a spec says, too."""
    if not one.node.is_map:
        return [one.stands]
    ref = one.stands.get("$ref")
    keys = ("type", "value", "threshold") if one.values or whole else ("type",)
    said = [part for key in keys if (part := one.node.get(key)) is not None]
    return said if ref is None else [ref, *said]


def variables(test: Node | None) -> tuple[tuple[str, Node], ...]:
    """The variables of a test that are one text each."""
    held = (test.get("vars") or (test if test.get("assert") is None else None)) if test is not None else None
    items = held.items if held is not None and held.is_map else ()
    plain = [(name, node) for name, node in items if not node.items and not name.startswith("__")]
    return tuple((name, node) for name, node in plain if not node.text.startswith("file://"))


def values_of(test: Node, usual: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """The variables of a test, and those of all tests where it has none of its own."""
    return tuple((dict(usual) | {name: node.text for name, node in variables(test)}).items())
