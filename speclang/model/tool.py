"""A tool that the model may call, as the spec declares it."""

from typing import TYPE_CHECKING

from ..source.records import dataclass, field
from ..source.span import Span
from ..values.types import Enum, Record, Type
from .text import Text

if TYPE_CHECKING:
    from .promise import Promises

WORKS = "works"
"""The state of a tool that does not fail; a member of every tool's state type, never written in a spec."""

FAULTS = ("late", "null", "nothing", "wrong_type")
"""Faults that any tool can have, declared or not: too slow, `null`, an empty result, a result of another type."""

TRUNCATED = "truncated"
"""The state of a tool whose result is cut at its `limit`."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One argument that the tool takes."""

    name: str
    type: Type
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Cap:
    """A result that is longer than `size` bytes is cut there `by` a layer between tool and model, "" for the harness."""

    size: int
    by: str
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Tool:
    """`fails` lists the failures declared; `limit` is the size in bytes at which a result is cut first, or None.

    `caps` are the sizes at which layers cut, where they are named; `needs` how many bytes of a result have to reach the model.
    A tool that is `silent` adds nothing to the prompt, which tells of it in words of its own, or not at all. What else is declared of
    its results, `promises`, is held against the real tool; None where nothing is.
    """

    name: str
    parameters: tuple[Parameter, ...]
    about: Text | None
    returns: Record | None
    fails: tuple[str, ...]
    limit: int | None
    writes: bool
    silent: bool
    span: Span = field(compare=False, repr=False)
    promises: "Promises | None" = None
    caps: tuple[Cap, ...] = ()
    needs: int | None = None

    @property
    def state(self) -> str:
        """The name of the variable that says whether the tool works: `lookup_order fails`."""
        return f"{self.name} fails"

    @property
    def states(self) -> Enum:
        """The type of the tool's state: it works, fails as declared, has a built-in fault, or is cut at its limit."""
        cut = (TRUNCATED,) if self.limit is not None else ()
        return Enum((WORKS, *self.fails, *FAULTS, *cut))
