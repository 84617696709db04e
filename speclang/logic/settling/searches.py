"""What came of searches for inputs, so that a question that is asked again need not be searched.

In: goals and variables. Out: a key that says exactly what the search hangs on, the conditions as they are written and all variables
with their types, and nothing of where they stand. What came of it is a line of text, which somebody may keep.
Invariant: pure; a line that can't be read, or whose input does not meet the goals, is none. What is not asked for is forgotten.
"""

import datetime
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import NamedTuple, assert_never

from ...model.tool import WORKS
from ...source.hashing import digest
from ...values.canonical import canonical_type
from ...values.domain import contains
from ...values.evaluate import nodes
from ...values.expression import Absent, Among, And, Arithmetic, Between, Compare, Expr, Literal, Not, Or, Var
from ...values.types import Datum, Numeric
from ..goal import All, Fails, Goal, Holds, Some, status
from ..variables import Variable
from ..witness import Search, Wanted, flat

_FIELDS = 4


class Settled(NamedTuple):
    """`search`, and by which `solver` (its version; "" where the search alone knew) for how much `work`."""

    search: Search
    solver: str = ""
    work: int = 0


class Searches:
    """The searches of one rule set: `kept` are the lines of an earlier time, by key; `used` those of this time, `searched` of them anew."""

    def __init__(self, kept: Mapping[str, str] | None = None) -> None:
        """Begin with what was `kept`."""
        self.kept: Mapping[str, str] = kept or {}
        self.used: dict[str, str] = {}
        self.searched = 0
        self._said: dict[int, tuple[Expr, str]] = {}
        self._among: tuple[Sequence[Variable], str] = ((), "")

    def key(self, wanted: Sequence[Wanted], among: Sequence[Variable]) -> str:
        """What stands for the question whether an input meets all of `wanted`."""
        if self._among[0] is not among:
            self._among = among, digest("\n".join(map(_declared, among)))
        return digest("\n".join((self._among[1], *self._goals(wanted))))

    def recall(self, key: str, wanted: Sequence[Wanted], among: Sequence[Variable]) -> Settled | None:
        """What came of the question of `key`; None if it was not asked, or can't be believed."""
        line = self.used.get(key) or self.kept.get(key)
        found = None if line is None else _read(line, wanted, among)
        if found is not None and line is not None:
            self.used[key] = line
        return found

    def note(self, key: str, settled: Settled) -> None:
        """Keep what came of the question of `key`, if it can be written."""
        self.searched += 1
        line = _written(settled)
        if line is not None:
            self.used[key] = line

    def _goals(self, wanted: Iterable[Wanted]) -> Iterator[str]:
        """`wanted` in the order written, each goal before its parts."""
        stack: list[Goal] = [Holds(*one) if isinstance(one, tuple) else one for one in wanted]
        stack.reverse()
        while stack:
            one = stack.pop()
            match one:
                case Holds(expr, truth):
                    yield f"{truth} {self._text(expr)}"
                case Fails(inner):
                    yield "fails"
                    stack.append(inner)
                case All(goals) | Some(goals):
                    yield f"{type(one).__name__} {len(goals)}"
                    stack.extend(reversed(goals))
                case _:
                    assert_never(one)

    def _text(self, expr: Expr) -> str:
        known = self._said.get(id(expr))
        if known is None:
            # Kept with the expression, so that no other one can come to have its identity.
            known = self._said[id(expr)] = expr, " ".join(map(_label, nodes(expr)))
        return known[1]


def write(known: Searches, state: str) -> str:
    """The lines that were of use, under the `state` of the code that searched and a digest of both."""
    body = "\n".join((state, *(f"{key} {line}" for key, line in sorted(known.used.items()))))
    return f"{digest(body)}\n{body}"


def read(text: str, state: str) -> Searches:
    """What `write` wrote in the same `state`; nothing, where a byte of it is another one."""
    sum_, _, body = text.partition("\n")
    head, *lines = body.split("\n")
    if head != state or sum_ != digest(body):
        return Searches()
    return Searches({key: line for key, _, line in (one.partition(" ") for one in lines)})


def _declared(one: Variable) -> str:
    return f"{one.name}\t{canonical_type(one.type)}\t{one.base!r}\t{one.state}\t{one.is_state}"


def _label(node: Expr) -> str:
    """A node by all that tells it from another one but its parts, which follow, and its place."""
    match node:
        case Var(name):
            return f"?{name}"
        case Literal(value, type):
            return f"{value!r}:{type.dimension},{type.step}" if isinstance(type, Numeric) else repr(value)
        case Compare(op) | Arithmetic(op):
            return op
        case And(parts) | Or(parts):
            return f"{type_of(node)}{len(parts)}"
        case Among(_, members):
            return f"in{len(members)}"
        case Not() | Between() | Absent():
            return type_of(node)
    assert_never(node)


def type_of(node: Expr) -> str:
    """The name of a node's class."""
    return type(node).__name__


def _written(settled: Settled) -> str | None:
    """What came of a search as one line; None where a value has no short form."""
    search = settled.search
    values: list[list[str]] = []
    for name, value in search.found or ():
        said = _said(value)
        if said is None:
            return None
        values.append([name, said])
    mark = "found" if search.found is not None else "none" if search.decided else "open"
    return f"{mark} {settled.solver or '-'} {settled.work} {json.dumps(values)}"


def _read(line: str, wanted: Sequence[Wanted], among: Sequence[Variable]) -> Settled | None:
    parts = line.split(" ", _FIELDS - 1)
    if len(parts) != _FIELDS or not parts[2].isdecimal():
        return None
    mark, solver, work, said = parts
    by = "" if solver == "-" else solver
    if mark != "found":
        known = {"none": True, "open": False}.get(mark)
        return None if known is None else Settled(Search(None, decided=known), by, int(work))
    found = _values(said, among)
    if found is None or not all(status(goal, {})(dict(found), 0) for goal in flat(wanted)):
        return None
    return Settled(Search(found, decided=True), by, int(work))


def _values(said: str, among: Sequence[Variable]) -> tuple[tuple[str, Datum], ...] | None:
    """The input that a line says, if it is a whole one over these variables."""
    known = {one.name: one for one in among}
    found: list[tuple[str, Datum]] = []
    try:
        for name, text in json.loads(said):
            value = _value(text)
            if value is not None and not contains(known[name].type, value):
                return None
            found.append((name, value))
    except (ValueError, TypeError, KeyError, IndexError, InvalidOperation, RecursionError):
        return None
    values = dict(found)
    whole = [one.name for one in among if one.state == "" or values.get(one.state, WORKS) == WORKS]
    return tuple(found) if [name for name, _ in found] == whole else None


def _said(value: Datum) -> str | None:
    """A value by a letter for its sort and its text."""
    match value:
        case None:
            return "-"
        case bool():
            return f"b{value:d}"
        case Decimal():
            return f"n{value}"
        case str():
            return f"t{value}"
        case datetime.date():
            return f"d{value.isoformat()}"
        case _:
            return None


def _value(text: str) -> Datum:
    """The value that `_said` said. Raises `ValueError` and its like."""
    sort, rest = text[0], text[1:]
    if sort == "b":
        return bool(int(rest))
    if sort == "n":
        return Decimal(rest)
    if sort == "t":
        return rest
    if sort == "d":
        return datetime.date.fromisoformat(rest)
    if text == "-":
        return None
    raise ValueError(text)
