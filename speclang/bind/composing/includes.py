"""Which policies a feature includes, with which arguments, each bound before what includes it.

In: the features and policies of all files, what each file shows, a way to bind one block. Out: bound homes.
A policy is bound once for each set of arguments that it is given.
Invariant: within one feature a policy has one set of arguments; circles and chains that are too deep are told and cut.
"""

from collections.abc import Callable, Mapping, Sequence

from ...diagnostics.result import Collector
from ...source.records import dataclass, field
from ...source.span import Span
from ...syntax import tree
from ..errors import composition as wrong
from ..errors import names as wrong_name
from ..errors import shapes
from ..names import Argument, Entry, Scope
from .files import Circle, Edge, TooDeep, ordered
from .parameters import Include, Parameter, arguments, parameters, shown
from .policies import Block, Home, Key, Pinned

DEPTH = 32
"""How many policies a chain of `include` may have."""

Instance = tuple[Key, tuple[str, ...]]

Bind = Callable[[Block, Scope, Sequence[tuple[Home, Span]], Mapping[str, Argument]], Home]
"""Binds the members of a block, given what its file shows, what it includes, and its arguments."""


@dataclass(frozen=True, slots=True)
class Visible:
    """What one file shows to its own blocks."""

    scope: Scope
    policies: Mapping[str, Entry[Block]]
    blocks: tuple[Block, ...]


@dataclass(slots=True)
class Includes:
    """The features and policies of one call of `bind`, bound as they are needed."""

    shown: Mapping[str, Visible]
    bind: Bind
    found: Collector
    edges: dict[Key, list[Edge[Key]]] = field(default_factory=dict[Key, "list[Edge[Key]]"])
    written: dict[tuple[Key, Key], Include] = field(default_factory=dict[tuple[Key, Key], Include])
    blocks: dict[Key, Block] = field(default_factory=dict[Key, Block])
    homes: dict[Instance, Home] = field(default_factory=dict[Instance, Home])
    declared: dict[Key, tuple[Parameter, ...]] = field(default_factory=dict[Key, tuple[Parameter, ...]])

    def bound(self) -> Mapping[Key, Home]:
        """Every feature and policy; of a policy with parameters, one of its bindings."""
        self.blocks.update((block.key, block) for names in self.shown.values() for block in names.blocks)
        self._read()
        order = self._ordered()
        made: dict[Key, Home] = {}
        for key in order:
            self.declared[key] = self._parameters(self.blocks[key])
        for last in (False, True):
            for key in order:
                if bool(self.declared[key]) is last and key not in made:
                    known = next((home for (one, _), home in self.homes.items() if one == key), None) if last else None
                    made[key] = known or self._home(key, None, Scope.nothing(), {})
        return made

    def _parameters(self, block: Block) -> tuple[Parameter, ...]:
        if block.head != "policy":
            return ()
        return parameters(block.opener, self._visible(block.key).scope, self.found)

    def _visible(self, key: Key) -> Visible:
        return self.shown[key[0]]

    def _home(self, key: Key, include: Include | None, around: Scope, chosen: dict[Key, Pinned]) -> Home:
        """The block `key` as `include` asks for it, which stands where `around` can be seen; `chosen` are the policies so far."""
        block = self.blocks[key]
        given = arguments(self.declared[key], block.name, include, around, block.opener, self.found)
        values = shown(given)
        first = chosen.get(key)
        if first is not None:
            if first.arguments != values and include is not None:
                self.found.add(wrong.two_arguments(block.name, include.unit.span(include.node), first.span))
            return first.home
        instance = key, tuple(argument.mark for argument in given.values())
        home = self.homes.get(instance)
        if home is None:
            visible = self._visible(key).scope
            inner: dict[Key, Pinned] = {}
            included = [
                (
                    self._home(edge.target, self.written[key, edge.target], visible.with_arguments(given), inner),
                    edge.span,
                )
                for edge in self.edges[key]
            ]
            home = self.homes[instance] = self.bind(block, visible, included, given)
            home.policies.update(inner)
        span = include.unit.span(include.node) if include is not None else block.name_span
        for inner_key, pinned in (*home.policies.items(), (key, Pinned(block.name, values, span, home))):
            known = chosen.setdefault(inner_key, pinned)
            if known.arguments != pinned.arguments:
                self.found.add(wrong.two_arguments(pinned.name, pinned.span, known.span))
        return home

    def _read(self) -> None:
        for names in self.shown.values():
            for block in names.blocks:
                edges: dict[Key, Edge[Key]] = {}
                for unit in block.members:
                    if unit.item is None or unit.item.id is not None or unit.item.head.text != "include":
                        continue
                    for edge, include in self._included(unit, unit.item, names):
                        if edge.target in edges:
                            first = edges[edge.target].span
                            self.found.add(wrong.used_twice("policy", edge.written, edge.span, first))
                        else:
                            edges[edge.target] = edge
                            self.written[block.key, edge.target] = include
                self.edges[block.key] = list(edges.values())
        self.edges = dict(sorted(self.edges.items()))

    def _included(self, unit: tree.Unit, item: tree.Item, names: Visible) -> list[tuple[Edge[Key], Include]]:
        read: list[tuple[Edge[Key], Include]] = []
        for value in item.values:
            match value:
                case tree.Name() as name:
                    include = Include(unit, name)
                case tree.Call(name=name):
                    include = Include(unit, value)
                case _:
                    span = unit.span(value)
                    self.found.add(shapes.wrong_shape("include", "the name of a policy", "include brand", span))
                    continue
            span = unit.span(name)
            entry = names.policies.get(name.text)
            if entry is not None and entry.value is not None:
                read.append((Edge(entry.value.key, name.text, span), include))
            elif "policy" not in names.scope.open:
                self.found.add(wrong_name.unknown_name("policy", name.text, span, tuple(names.policies)))
        if not item.values:
            self.found.add(shapes.wrong_shape("include", "the name of a policy", "include brand", unit.span(item)))
        if item.body is not None:
            self.found.add(
                wrong_name.out_of_place("A block", "after `include`", "into the feature itself", unit.span(item))
            )
        return read

    def _ordered(self) -> list[Key]:
        def tell(problem: Circle[Key] | TooDeep[Key]) -> None:
            if isinstance(problem, Circle):
                names = [self.blocks[key].name for key in problem.names]
                self.found.add(wrong.include_cycle(names, problem.spans[0], problem.spans[1:]))
            else:
                self.found.add(wrong.too_deep(problem.edge.written, problem.edge.span, DEPTH))

        return ordered(self.edges, DEPTH, tell)
