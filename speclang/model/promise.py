"""What the results of a tool promise beyond their types, as the spec declares it.

A promise is named by the words in which it is written. Fields of a result are named by their paths: `total`, `order.total`, and
`lines.price` for the field of every item of the list `lines`; what was sent is `sent.order_id`.
Invariant: data only; paths and names are of the tool's own types.
"""

import datetime
from decimal import Decimal
from typing import TypeAlias

from ..source.records import dataclass, field
from ..source.span import Span
from ..values.expression import Expr, Literal

SENT = "sent."
"""What the name of an argument begins with, where a result is compared with what was asked."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition on the result, or, where it names a field of the list `each`, on every item of that list."""

    holds: Expr
    each: str


@dataclass(frozen=True, slots=True)
class Sorted:
    """The items of the list `items` stand in the order of their field `by`, or of themselves if that is ""."""

    items: str
    by: str
    descending: bool


@dataclass(frozen=True, slots=True)
class Unique:
    """No two items of the list `items` have the same `by`, or are the same if that is ""."""

    items: str
    by: str


@dataclass(frozen=True, slots=True)
class Rounded:
    """The field is a whole number of `to`, in base units."""

    field: str
    to: Decimal


@dataclass(frozen=True, slots=True)
class Repeatable:
    """The same call has the same result a second time."""


@dataclass(frozen=True, slots=True)
class Narrows:
    """With `argument`, the list `items` has only items that it has without it; `by` is what tells items apart."""

    items: str
    by: str
    argument: str


@dataclass(frozen=True, slots=True)
class Unordered:
    """In what order the items of the list `argument` are sent does not change the result."""

    argument: str


Property: TypeAlias = Condition | Sorted | Unique | Rounded | Repeatable | Narrows | Unordered

SEVERAL = (Repeatable, Narrows, Unordered)
"""Properties that a second call shows."""


@dataclass(frozen=True, slots=True)
class Ensures:
    """A property of every result. `text` is how the spec says it, and what it is called by."""

    says: Property
    text: str = field(compare=False)
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Pin:
    """What a field of an example's result is: from `low` to `high`, which are the same where no range is written."""

    name: str
    low: Literal
    high: Literal


@dataclass(frozen=True, slots=True)
class Called:
    """An example of a call, and what is pinned of its result.

    `recorded` is the day on which somebody took it down from the real tool, `version` the tool's at that time; None and "" where
    nothing is said of it.
    """

    arguments: tuple[tuple[str, Literal], ...]
    pins: tuple[Pin, ...]
    recorded: datetime.date | None
    version: str
    text: str = field(compare=False)
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class ClassRate:
    """On the calls in `file`, a path from the folder of the spec, `holds` is so for at most (or at least) this `share` of them."""

    holds: Expr
    most: bool
    share: Decimal
    file: str
    text: str = field(compare=False)
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Promises:
    """All that a tool promises. `version` is the one that the spec speaks of, `fresh` how many days a recording is good for."""

    ensures: tuple[Ensures, ...] = ()
    examples: tuple[Called, ...] = ()
    rates: tuple[ClassRate, ...] = ()
    version: str = ""
    fresh: int | None = None
