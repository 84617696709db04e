"""The syntax tree: what was written, in the order in which it was written.

A `File` is a sequence of `Unit`s; each unit holds one parsed `Item` or none where the text could not be read. All offsets
in nodes count from the start of their unit. The tree is lossless because it points into the text: comments, blank lines
and layout are what lies between the nodes, and `tokens.tokenize` names every character of it.

Invariant: nodes carry no meaning; a name is a name, resolved by `bind`. Offsets take no part in equality.
"""

from typing import TypeAlias

from ..source import span as spans
from ..source.records import dataclass, field
from ..source.text import SourceText


@dataclass(frozen=True, slots=True)
class Name:
    """A bare word: `age`, `standard`, `refunds`."""

    text: str
    start: int = field(compare=False, repr=False)
    end: int = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Id:
    """A word with a hyphen: `REF-1`."""

    text: str
    start: int = field(compare=False, repr=False)
    end: int = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written: `10_000`, `0.5`, `20%` (the sign of percent belongs to it)."""

    text: str
    start: int = field(compare=False, repr=False)
    end: int = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number and its unit: `30 days`, `500 USD`, `8 KiB`."""

    number: Number
    unit: Name
    start: int = field(compare=False, repr=False)
    end: int = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Hole:
    """`{path}` inside a text; `start` and `end` include the braces."""

    path: str
    start: int = field(compare=False, repr=False)
    end: int = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Chunk:
    """Characters of a text after escapes and indentation are resolved; where they stand in the unit.

    One chunk never spans an escape or a line of a block text, so its characters map one to one onto the source where
    `end - start == len(text)`.
    """

    text: str
    start: int = field(compare=False, repr=False)
    end: int = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Text:
    """A quoted text, `"…"` or `\"\"\"…\"\"\"`: its pieces in order; offsets include the quotes."""

    pieces: "tuple[Chunk | Hole, ...]"
    block: bool
    start: int = field(compare=False, repr=False)
    end: int = field(compare=False, repr=False)

    @property
    def plain(self) -> str:
        """The text with its holes as written."""
        return "".join(piece.text if isinstance(piece, Chunk) else "{" + piece.path + "}" for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Pattern:
    r"""`/regex/`: the expression between the slashes, with `\/` resolved."""

    text: str
    start: int = field(compare=False, repr=False)
    end: int = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Member:
    """`owner.name`: a dotted path, as `lookup_order.total`."""

    path: tuple[str, ...]
    start: int = field(compare=False, repr=False)
    end: int = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument or parameter: `amount: total`, or `USD` with the name ""."""

    name: str
    value: "Value"
    start: int = field(compare=False, repr=False)
    end: int = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Call:
    """`name(arguments)`: a call, a tool's signature or a type with a parameter (`money(USD)`)."""

    name: Name
    arguments: tuple[Argument, ...]
    start: int = field(compare=False, repr=False)
    end: int = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Record:
    """`{ total: money(USD), age: days }`."""

    entries: tuple[Argument, ...]
    start: int = field(compare=False, repr=False)
    end: int = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Listed:
    """`[a, b]`."""

    items: "tuple[Value, ...]"
    start: int = field(compare=False, repr=False)
    end: int = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Run:
    """Values side by side, two or more: `money(USD) 0 .. 10`, `language of user`, `lookup_order fails timeout`."""

    parts: "tuple[Value, ...]"
    start: int = field(compare=False, repr=False)
    end: int = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Binary:
    """`left op right`; `op` is one of `or and < <= > >= = != is is_not in not_in + - * .. |`.

    From loose to tight: `or`, `and`, `not`, comparisons (which do not chain), `+ -`, `*`, side by side (`Run`), `..`, `|`.
    All lean left.
    """

    op: str
    left: "Value"
    right: "Value"
    start: int = field(compare=False, repr=False)
    end: int = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Not:
    """`not operand`."""

    operand: "Value"
    start: int = field(compare=False, repr=False)
    end: int = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Group:
    """`( value )`: kept so that a formatter prints what was written."""

    value: "Value"
    start: int = field(compare=False, repr=False)
    end: int = field(compare=False, repr=False)


Value: TypeAlias = (
    Name | Id | Number | Quantity | Text | Pattern | Member | Call | Record | Listed | Run | Binary | Not | Group
)


@dataclass(frozen=True, slots=True)
class Item:
    """One statement: `[ID] head values [{ items }]`.

    With a body it is a block (`REF-1 rule "Inside" { … }`), without one a field (`must approve`) or a short declaration
    (`type Tier = standard | gold`). `values` are what stands after the head, split at top-level commas. A title is just
    the text among the values of a block. `start` is the ID's or the head's; `end` is after the body or the last value.
    """

    id: Id | None
    head: Name
    values: tuple[Value, ...]
    body: "tuple[Item, ...] | None"
    start: int = field(compare=False, repr=False)
    end: int = field(compare=False, repr=False)


Node: TypeAlias = Value | Argument | Chunk | Hole | Item


@dataclass(frozen=True, slots=True)
class Unit:
    """One piece of a file that is read, kept and remembered by itself.

    `name` tells it apart; `text` is its own text, and `start` (not part of equality) where it stands in the file today.
    `item` is None where the unit could not be read (a diagnostic says why). `parent` is the key of the unit that opens
    the block in which it stands (`feature refunds`), or "" at the top of the file. A unit that opens a feature or policy
    has an item whose `body` is empty: its members are the units that name it as parent.
    """

    name: spans.Unit
    text: str
    item: Item | None
    parent: str
    start: int = field(compare=False, repr=False)

    def span(self, node: Node) -> spans.Span:
        """Where `node` of this unit stands."""
        return spans.Span(self.name, node.start, node.end)


@dataclass(frozen=True, slots=True)
class File:
    """One parsed file: its text and its units in order of their starts."""

    source: SourceText
    units: tuple[Unit, ...]
