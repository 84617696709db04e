"""What came of searches for inputs, so that a question that is asked again need not be searched.

In: goals and variables. Out: a key that says exactly what the search hangs on, the conditions as they are written and the variables
that they name with their types, and nothing of where they stand. What came of it is a line of text, which somebody may keep.
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
from ..variables import Variable, known
from ..witness import Search, Wanted, flat

_FIELDS = 4


class Settled(NamedTuple):
    """`search`, and by which `solver` (its version; "" where the search alone knew) for how much `work`."""

    search: Search
    solver: str = ""
    work: int = 0


class Question(NamedTuple):
    """Whether an input over the variables `among` meets all of `wanted`; only the `named` ones of these have a say in it."""

    key: str
    wanted: Sequence[Wanted]
    among: Sequence[Variable]
    named: Sequence[Variable]


class Searches:
    """The searches of one rule set: `kept` are the lines of an earlier time, by key; `used` those of this time, `searched` of them anew."""

    def __init__(self, kept: Mapping[str, str] | None = None) -> None:
        """Begin with what was `kept`."""
        self.kept: Mapping[str, str] = kept or {}
        self.used: dict[str, str] = {}
        self.searched = 0
        self._said: dict[int, tuple[Expr, str, tuple[str, ...]]] = {}
        self._among: Sequence[Variable] = ()
        self._declared: Mapping[str, str] = {}

    def asked(self, wanted: Sequence[Wanted], among: Sequence[Variable]) -> Question:
        """The question whether an input meets all of `wanted`, with what stands for it."""
        if self._among is not among:
            self._among, self._declared = among, {one.name: _declared(one) for one in among}
        names: dict[str, None] = {}
        said = list(self._goals(wanted, names))
        states = {one.state for one in among if one.state and one.name in names}
        named = [one for one in among if one.name in names or one.name in states]
        key = digest("\n".join((*(self._declared[one.name] for one in named), "", *said)))
        return Question(key, wanted, among, named)

    def recall(self, question: Question) -> Settled | None:
        """What came of `question`; None if it was not asked, or can't be believed."""
        line = self.used.get(question.key) or self.kept.get(question.key)
        found = None if line is None else _read(line, question)
        if found is not None and line is not None:
            self.used[question.key] = line
        return found

    def note(self, question: Question, settled: Settled) -> None:
        """Keep what came of `question`, if it can be written."""
        self.searched += 1
        line = _written(settled, question)
        if line is not None:
            self.used[question.key] = line

    def _goals(self, wanted: Iterable[Wanted], names: dict[str, None]) -> Iterator[str]:
        """`wanted` in the order written, each goal before its parts; what they name is added to `names`."""
        stack: list[Goal] = [Holds(*one) if isinstance(one, tuple) else one for one in wanted]
        stack.reverse()
        while stack:
            one = stack.pop()
            match one:
                case Holds():
                    _, said, named = self._said.get(id(one.expr)) or self._saying(one.expr)
                    names.update(dict.fromkeys(named))
                    yield said if one.truth else f"not {said}"
                case Fails():
                    yield "fails"
                    stack.append(one.goal)
                case All() | Some():
                    yield f"{type(one).__name__} {len(one.goals)}"
                    stack.extend(reversed(one.goals))
                case _:
                    assert_never(one)

    def _saying(self, expr: Expr) -> tuple[Expr, str, tuple[str, ...]]:
        """What says `expr`, and the names in it."""
        parts = nodes(expr)
        said = " ".join(map(_label, parts))
        # Kept with the expression, so that no other one can come to have its identity.
        found = self._said[id(expr)] = expr, said, tuple([one.name for one in parts if isinstance(one, Var)])
        return found


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


def _written(settled: Settled, question: Question) -> str | None:
    """What came of a search as one line, without the variables that have no say in it; None where a value has no short form."""
    search = settled.search
    named = {one.name for one in question.named}
    values: list[list[str]] = []
    for name, value in search.found or ():
        said = _said(value) if name in named else ""
        if said is None:
            return None
        if said:
            values.append([name, said])
    mark = "found" if search.found is not None else "none" if search.decided else "open"
    return f"{mark} {settled.solver or '-'} {settled.work} {json.dumps(values)}"


def _read(line: str, question: Question) -> Settled | None:
    parts = line.split(" ", _FIELDS - 1)
    if len(parts) != _FIELDS or not parts[2].isdecimal():
        return None
    mark, solver, work, said = parts
    by = "" if solver == "-" else solver
    if mark != "found":
        decided = {"none": True, "open": False}.get(mark)
        return None if decided is None else Settled(Search(None, decided=decided), by, int(work))
    found = _values(said, question.named)
    if found is None:
        return None
    among = question.among
    values = known({one.name: one.base for one in among} | found, among)
    if not all(status(goal, {})(values, 0) for goal in flat(question.wanted)):
        return None
    whole = tuple((one.name, values[one.name]) for one in among if one.name in values)
    return Settled(Search(whole, decided=True), by, int(work))


def _values(said: str, among: Sequence[Variable]) -> dict[str, Datum] | None:
    """The input that a line says, if it is a whole one over these variables."""
    types = {one.name: one.type for one in among}
    found: dict[str, Datum] = {}
    try:
        for name, text in json.loads(said):
            value = _value(text)
            if value is not None and not contains(types[name], value):
                return None
            found[name] = value
    except (ValueError, TypeError, KeyError, IndexError, InvalidOperation, RecursionError):
        return None
    whole = [one.name for one in among if one.state == "" or found.get(one.state, WORKS) == WORKS]
    return found if list(found) == whole else None


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
