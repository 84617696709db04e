"""What every name of a project stands for, where: declarations, and what can be seen from a unit.

In: the trees of all specs. Out: declarations by name, and the one that a use means.
Invariant: read from the trees alone, so that it answers while a spec is wrong; scopes are those of `bind`.
"""

import posixpath
from collections.abc import Iterator, Mapping, Sequence

from ...bind.composing.files import candidates, use_graph
from ...bind.composing.parameters import signature
from ...bind.names import NAMED, declared_name, key_name
from ...source import span as spans
from ...source.records import dataclass, field
from ...source.span import Span
from ...syntax import tree
from ...syntax.walk import walk
from .uses import HOLE, OPERAND, Use

Table = Mapping[tuple[str, str], "Declared"]
"""Declarations by what they declare and their name; members of a tool or policy are `tool.member`."""


@dataclass(frozen=True, slots=True)
class Declared:
    """`name` is declared by `unit` as `what`: given, tool, outcome, type, value, argument, result, parameter, requirement …

    `span` is that of the name. `of` is whose it is: the tool of an argument, the type or given of a value.
    """

    what: str
    name: str
    span: Span
    unit: tree.Unit = field(repr=False)
    of: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """By what it is looked up."""
        return self.what, f"{self.of}.{self.name}" if self.what in MEMBERS else self.name


MEMBERS = ("argument", "result", "parameter")
"""What is declared inside of a tool or a policy, and named with it."""

CANDIDATES = {OPERAND: ("given", "tool", "value"), HOLE: ("given", "called", "tool"), "type": ("type", "value")}
"""As what a word is looked up that may stand for several things, in this order."""


def declared(unit: tree.Unit) -> Iterator[Declared]:
    """What `unit` declares."""
    item = unit.item
    if item is None:
        return
    if item.id is not None:
        yield Declared("requirement", item.id.text, unit.span(item.id), unit)
        return
    name = declared_name(item)
    head = item.head.text
    if name is None or head not in (*NAMED, "feature", "policy"):
        return
    yield Declared(head, name.text, unit.span(name), unit)
    if head == "tool":
        yield from _of_tool(unit, item, name.text)
    elif head == "policy":
        call = signature(unit)
        for argument in call.arguments if call else ():
            yield Declared("parameter", argument.name, _lead(unit, argument), unit, name.text)
    elif head in ("given", "type"):
        yield from _values(unit, item.values, name)


def _lead(unit: tree.Unit, argument: tree.Argument) -> Span:
    return unit.span(argument)._replace(end=argument.start + len(argument.name))


def _of_tool(unit: tree.Unit, item: tree.Item, tool: str) -> Iterator[Declared]:
    for value in item.values:
        for argument in value.arguments if isinstance(value, tree.Call) else ():
            yield Declared("argument", argument.name, _lead(unit, argument), unit, tool)
            yield Declared("called", argument.name, _lead(unit, argument), unit, tool)
            yield from _values(unit, [argument.value], None)
    for one in item.body or ():
        for value in one.values if one.head.text == "returns" else ():
            for entry in value.entries if isinstance(value, tree.Record) else ():
                yield Declared("result", entry.name, _lead(unit, entry), unit, tool)
                yield from _values(unit, [entry.value], None)


def _values(unit: tree.Unit, values: Sequence[tree.Value], name: tree.Name | None) -> Iterator[Declared]:
    """The members of enumerations among `values`."""
    for node in (one for value in values for one in walk(value)):
        for side in (node.left, node.right) if isinstance(node, tree.Binary) and node.op == "|" else ():
            last = side.parts[-1] if isinstance(side, tree.Run) else side
            if isinstance(last, tree.Name):
                yield Declared("value", last.text, unit.span(last), unit, name.text if name else "")


@dataclass(frozen=True, slots=True, eq=False)
class Visible:
    """All that can be named from one place, what is nearest first where there are two of a name."""

    table: Table

    def find(self, use: Use) -> Declared | None:
        """The declaration that `use` means; None where there is none to be seen."""
        if use.what in MEMBERS:
            return self.table.get((use.what, f"{use.of}.{use.name}"))
        if use.what in (OPERAND, HOLE) and ("own", use.name) in self.table:
            return self.table["own", use.name]
        for what in CANDIDATES.get(use.what, (use.what,)):
            found = self.table.get((what, use.name))
            if found is not None:
                return found
        return None

    def of(self, *whats: str) -> Iterator[Declared]:
        """Everything of these sorts, in the order of the files."""
        return (one for (what, _), one in self.table.items() if what in whats)


class Names:
    """The names of one moment: the trees are those of all specs."""

    def __init__(self, files: Sequence[tree.File], known: "Names | None" = None) -> None:
        """What `known` has of a tree that is still the same is kept."""
        self.files = {file.source.name: file for file in files}
        self._declared: dict[str, tuple[Declared, ...]] = {}
        for name, file in self.files.items():
            same = known is not None and known.files.get(name) is file
            found = known.in_file(name) if known is not None and same else None
            self._declared[name] = found or tuple(one for unit in file.units for one in declared(unit))
        self._uses = {file.source.name: used for file, used in use_graph(tuple(files)).value.order}
        self._by_unit: dict[str, dict[spans.Unit, tuple[Declared, ...]]] = {}
        self._visible: dict[tuple[str, str], Visible] = {}

    def everything(self) -> Iterator[Declared]:
        """Every declaration of the project, file by file."""
        return (one for some in self._declared.values() for one in some)

    def in_file(self, name: str) -> tuple[Declared, ...]:
        """What a file declares."""
        return self._declared.get(name, ())

    def of_unit(self, unit: spans.Unit) -> tuple[Declared, ...]:
        """What a unit declares."""
        if unit.file not in self._by_unit:
            rows: dict[spans.Unit, list[Declared]] = {}
            for one in self.in_file(unit.file):
                rows.setdefault(one.unit.name, []).append(one)
            self._by_unit[unit.file] = {name: tuple(some) for name, some in rows.items()}
        return self._by_unit[unit.file].get(unit, ())

    def used(self, name: str) -> tuple[str, ...]:
        """The file and those that it uses, directly or not."""
        found: dict[str, None] = {}
        waiting = [name]
        while waiting:
            one = waiting.pop()
            if one not in found:
                found[one] = None
                waiting.extend(reversed(self._uses.get(one, ())))
        return tuple(found)

    def visible(self, file: str, block: str) -> Visible:
        """What can be named in the block of `file` that the unit `block` opens; "" is the top of the file."""
        key = file, block
        if key not in self._visible:
            self._visible[key] = Visible(self._table(file, block))
        return self._visible[key]

    def target(self, file: str, path: str) -> str | None:
        """The file that `use "path"` names, written in `file`."""
        return next((one for one in candidates(path, posixpath.dirname(file)) if one in self.files), None)

    def _table(self, file: str, block: str) -> Table:
        table: dict[tuple[str, str], Declared] = {}
        reach = self.used(file)
        for one in self._of_block(file, block, reach, {}) if block else ():
            table.setdefault(one.key, one)
            if one.what == "parameter" and one.unit.name.key == block:
                table.setdefault(("own", one.name), one)
        for name in reach:
            for one in self.in_file(name):
                if not one.unit.parent and (one.what != "feature" or name == file):
                    table.setdefault(one.key, one)
        return table

    def _of_block(
        self, file: str, block: str, reach: Sequence[str], seen: dict[tuple[str, str], None]
    ) -> Iterator[Declared]:
        """What a feature or policy and the policies that it includes declare."""
        if (file, block) in seen:
            return
        seen[file, block] = None
        included: list[str] = []
        for one in self.in_file(file):
            if block in (one.unit.parent, one.unit.name.key):
                yield one
        for unit in self.files[file].units if file in self.files else ():
            if unit.parent == block and unit.item is not None and unit.item.head.text == "include":
                included.extend(name.text for name in _included(unit.item))
        for policy in included:
            for name in reach:
                for one in self.in_file(name):
                    if one.what == "policy" and one.name == policy:
                        yield from self._of_block(name, one.unit.name.key, self.used(name), seen)


def block_of(unit: tree.Unit) -> str:
    """The key of the feature or policy in which a unit stands or which it opens; "" at the top of a file."""
    return unit.parent or (unit.name.key if key_name(unit.name.key)[0] in ("feature", "policy") else "")


def _included(item: tree.Item) -> Iterator[tree.Name]:
    for value in item.values:
        if isinstance(value, tree.Name):
            yield value
        elif isinstance(value, tree.Call):
            yield value.name
