"""What a name means in one place: scopes, how they join, and how a name is looked up in them.

In: the scopes of used files and included policies, and the declarations of one file, policy or feature. Out: a `Scope`.
A name is declared once per namespace (types, tools, givens, outcomes); nothing shadows anything.
Invariant: a declaration that could not be read keeps its name here, without a value, so that its uses are no errors.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Generic, TypeVar

from ..diagnostics.diagnostic import Diagnostic
from ..diagnostics.result import Collector
from ..model.definition import Definition
from ..model.feature import Exclusive
from ..model.given import Given
from ..model.outcome import Outcome
from ..model.text import Text
from ..model.tool import Tool
from ..source import span as spans
from ..source.hashing import digest
from ..source.records import dataclass, field, replace
from ..source.span import Span
from ..syntax import tree
from ..values.bounds import Bound
from ..values.expression import Literal
from ..values.types import Type
from .errors import names as wrong

if TYPE_CHECKING:
    from ..model.stress import Paraphrase, Stress

T = TypeVar("T")

NAMED = ("type", "tool", "given", "outcome")
"""Declarations that give a name, in the order in which they may build on each other."""

RESERVED = frozenset({"yes", "no", "true", "false", "missing"})
"""Words with a fixed meaning in conditions."""


@dataclass(frozen=True, slots=True)
class Entry(Generic[T]):
    """One declaration: its value, or None where it is broken; `unit` tells it apart from all others."""

    name: str
    value: T | None
    span: Span
    mark: str

    @property
    def unit(self) -> spans.Unit:
        """The unit that declares it."""
        return self.span.unit


@dataclass(frozen=True, slots=True)
class Argument:
    """What a parameter of a policy stands for: `node`, as written in `unit`; `value` is None where that is broken.

    `declared` is where the policy names the parameter.
    """

    name: str
    type: Type
    declared: Span
    unit: tree.Unit | None = None
    node: tree.Value | None = None
    value: Literal | None = None

    @property
    def mark(self) -> str:
        """What tells it from any other value and place."""
        at = "" if self.unit is None or self.node is None else f"{mark(self.unit)}\x00{self.node.start}"
        return f"{self.name}\x00{at}"


@dataclass(frozen=True, slots=True, eq=False)
class Scope:
    """All that a requirement of `home` (a feature or policy, by name) may refer to, except other requirements.

    `open` names the kinds of declaration of which some could not be read at all: an unknown name may be one of those.
    `arguments` are the values of the policy's parameters.
    Two scopes with one `digest` mean the same, which is all that equality looks at.
    """

    home: str
    digest: str
    types: Mapping[str, Entry[Type]]
    tools: Mapping[str, Entry[Tool]]
    givens: Mapping[str, Entry[Given]]
    outcomes: Mapping[str, Entry[Outcome]]
    asks: Mapping[spans.Unit, Entry[Text]]
    exclusives: Mapping[spans.Unit, Entry[Exclusive]]
    parameters: Mapping[str, str]
    open: frozenset[str]
    arguments: Mapping[str, Argument] = field(default_factory=dict[str, Argument])
    definitions: Mapping[spans.Unit, Entry[Definition]] = field(default_factory=dict[spans.Unit, Entry[Definition]])
    stresses: "Mapping[spans.Unit, Entry[Stress]]" = field(default_factory=dict)
    paraphrases: "Mapping[spans.Unit, Entry[Paraphrase]]" = field(default_factory=dict)

    @staticmethod
    def nothing() -> "Scope":
        """A scope in which nothing is declared."""
        return Names("").live()

    def with_arguments(self, given: Mapping[str, Argument]) -> "Scope":
        """The scope inside of a policy whose parameters are `given`."""
        return replace(self, arguments=given) if given else self

    def without_arguments(self) -> "Scope":
        """The scope outside of any policy."""
        return replace(self, arguments={}) if self.arguments else self

    def __eq__(self, other: object) -> bool:
        """Whether `other` is a scope in which everything means the same."""
        return isinstance(other, Scope) and other.digest == self.digest

    def __hash__(self) -> int:
        """As equality."""
        return hash(self.digest)


@dataclass(slots=True)
class Names:
    """A scope while it is put together; lives as long as its `scope()` is made."""

    home: str
    types: dict[str, Entry[Type]] = field(default_factory=dict[str, Entry[Type]])
    tools: dict[str, Entry[Tool]] = field(default_factory=dict[str, Entry[Tool]])
    givens: dict[str, Entry[Given]] = field(default_factory=dict[str, Entry[Given]])
    outcomes: dict[str, Entry[Outcome]] = field(default_factory=dict[str, Entry[Outcome]])
    asks: dict[spans.Unit, Entry[Text]] = field(default_factory=dict[spans.Unit, Entry[Text]])
    exclusives: dict[spans.Unit, Entry[Exclusive]] = field(default_factory=dict[spans.Unit, Entry[Exclusive]])
    open: set[str] = field(default_factory=set[str])
    arguments: Mapping[str, Argument] = field(default_factory=dict[str, Argument])
    definitions: dict[spans.Unit, Entry[Definition]] = field(default_factory=dict[spans.Unit, Entry[Definition]])
    stresses: "dict[spans.Unit, Entry[Stress]]" = field(default_factory=dict)
    paraphrases: "dict[spans.Unit, Entry[Paraphrase]]" = field(default_factory=dict)

    def live(self) -> Scope:
        """The scope as it grows: what is added later is seen through it. It has no digest yet."""
        parameters = {
            parameter.name: tool.name
            for tool in self.tools.values()
            if tool.value is not None
            for parameter in tool.value.parameters
        }
        return Scope(
            self.home,
            "",
            self.types,
            self.tools,
            self.givens,
            self.outcomes,
            self.asks,
            self.exclusives,
            parameters,
            frozenset(self.open),
            self.arguments,
            self.definitions,
            self.stresses,
            self.paraphrases,
        )

    def scope(self, salt: str = "") -> Scope:
        """The finished scope; `salt` is what else its meaning depends on."""
        named = (self.types, self.tools, self.givens, self.outcomes)
        tables = (*named, self.asks, self.exclusives, self.definitions, self.stresses, self.paraphrases)
        marks = sorted(entry.mark for table in tables for entry in table.values())
        marks += [argument.mark for argument in self.arguments.values()]
        return replace(self.live(), digest=digest("\n".join((self.home, salt, *sorted(self.open), *marks))))

    def keep(self, head: str, name: str, span: Span, mark: str) -> None:
        """Know the name of a declaration that is broken, unless it is known already."""
        match head:
            case "type":
                self.types.setdefault(name, Entry(name, None, span, mark))
            case "tool":
                self.tools.setdefault(name, Entry(name, None, span, mark))
            case "given":
                self.givens.setdefault(name, Entry(name, None, span, mark))
            case _:
                self.outcomes.setdefault(name, Entry(name, None, span, mark))

    def join(self, scope: Scope, at: Span | None, found: Collector) -> None:
        """Add what `scope` holds; what two scopes declare differently is reported at `at`, if given."""
        _merge("type", self.types, scope.types, at, found)
        _merge("tool", self.tools, scope.tools, at, found)
        _merge("given", self.givens, scope.givens, at, found)
        _merge("outcome", self.outcomes, scope.outcomes, at, found)
        self.asks.update(scope.asks)
        self.exclusives.update(scope.exclusives)
        self.definitions.update(scope.definitions)
        self.stresses.update(scope.stresses)
        self.paraphrases.update(scope.paraphrases)
        self.open.update(scope.open)


def _merge(
    what: str, into: dict[str, Entry[T]], added: Mapping[str, Entry[T]], at: Span | None, found: Collector
) -> None:
    for name, entry in added.items():
        known = into.setdefault(name, entry)
        if known is not entry and known.unit != entry.unit and at is not None:
            found.add(wrong.name_taken(what, name, entry.span, known.span, "both are visible in one file or feature"))


def place(scope: Scope, head: str, name: str) -> Span | None:
    """Where the declaration of `name` that starts with `head` stands, if there is one."""
    tables: Mapping[str, Mapping[str, Entry[Type]] | Mapping[str, Entry[Tool]] | Mapping[str, Entry[Given]]]
    tables = {"type": scope.types, "tool": scope.tools, "given": scope.givens}
    entry = tables[head].get(name) if head in tables else scope.outcomes.get(name)
    return None if entry is None else entry.span


def mark(unit: tree.Unit) -> str:
    """What tells this declaration from any other and from its former self."""
    return f"{unit.name.file}\x00{unit.name.key}\x00{digest(unit.text)}"


def declared_name(item: tree.Item) -> tree.Name | None:
    """The name that a declaration gives, wherever its first value has it."""
    value: tree.Value | None = item.values[0] if item.values else None
    while True:
        match value:
            case tree.Name():
                return value
            case tree.Call(name=name):
                return name
            case tree.Run(parts=parts):
                value = parts[0]
            case tree.Binary(left=left):
                value = left
            case _:
                return None


def key_name(key: str) -> tuple[str, str]:
    """The head and the name in a unit's key: `given age#2` gives `given` and `age`."""
    head, _, rest = key.partition("#")[0].partition(" ")
    return head, rest


@dataclass(frozen=True, slots=True)
class Site:
    """Where something is read: the unit, what is visible there, and who collects what is wrong.

    `bounds` are those of the requirement's own condition, or None where that could not be read.
    """

    unit: tree.Unit
    scope: Scope
    found: Collector
    bounds: tuple[Bound, ...] | None = ()

    def span(self, node: tree.Node) -> Span:
        """Where `node` stands."""
        return Span(self.unit.name, node.start, node.end)

    def add(self, diagnostic: Diagnostic) -> None:
        """Keep a finding, under the ID of the requirement that it is in."""
        item = self.unit.item
        if item is not None and item.id is not None and not diagnostic.requirement:
            diagnostic = replace(diagnostic, requirement=item.id.text)
        self.found.add(diagnostic)

    def argument(self, node: tree.Node) -> Argument | None:
        """What `node` stands for, if it names a parameter of the policy."""
        return self.scope.arguments.get(node.text) if isinstance(node, tree.Name) else None

    def at(self, argument: Argument) -> "Site":
        """The place where the value of `argument` is written; it names no parameters of its own."""
        if argument.unit is None:
            return self
        return Site(argument.unit, self.scope.without_arguments(), self.found)

    def source(self, node: tree.Node) -> str:
        """`node` as it is written, on one line."""
        return " ".join(self.unit.text[node.start : node.end].split())

    def look_up(self, what: str, name: str, span: Span, entries: Mapping[str, Entry[T]]) -> T | None:
        """The value of `name` among `entries`; None, once reported, where it is unknown or broken."""
        entry = entries.get(name)
        if entry is None:
            if what not in self.scope.open:
                self.add(wrong.unknown_name(what, name, span, tuple(entries)))
            return None
        return entry.value

    def tool(self, name: tree.Name) -> Tool | None:
        """The tool called `name`."""
        return self.look_up("tool", name.text, self.span(name), self.scope.tools)

    def outcome(self, name: tree.Name) -> Outcome | None:
        """The outcome called `name`."""
        return self.look_up("outcome", name.text, self.span(name), self.scope.outcomes)

    def given(self, name: tree.Name) -> Given | None:
        """The given called `name`."""
        return self.look_up("given", name.text, self.span(name), self.scope.givens)
