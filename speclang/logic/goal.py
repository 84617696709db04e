"""What an input is wanted for: conditions that hold or do not, norms that apply, norms that decide.

A goal is true or false on every input, although conditions may be unknown: `Holds(c)` is true only where `c` is
definitely so, and `Fails` of it true where `c` is false *or unknown*.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias, assert_never

from ..source.records import dataclass
from ..values.evaluate import compiled, variables
from ..values.expression import Expr
from ..values.types import Datum
from .norm import Norm


@dataclass(frozen=True, slots=True)
class Holds:
    """`expr` is definitely true, or definitely false where `truth` is False."""

    expr: Expr
    truth: bool = True


@dataclass(frozen=True, slots=True)
class Fails:
    """`goal` is not true."""

    goal: "Goal"


@dataclass(frozen=True, slots=True)
class All:
    """Every one of `goals` is true."""

    goals: "tuple[Goal, ...]"


@dataclass(frozen=True, slots=True)
class Some:
    """At least one of `goals` is true."""

    goals: "tuple[Goal, ...]"


Goal: TypeAlias = Holds | Fails | All | Some

Status: TypeAlias = Callable[[Mapping[str, Datum], int], "bool | None"]
"""Whether a goal is true on values, where the variables whose bits are given may still take any; None: that depends."""


def applies(norm: Norm) -> Goal:
    """`norm` applies."""
    denied = tuple(Fails(Holds(one)) for one in norm.unless)
    if norm.when is None:
        return All(denied)
    return All((Holds(norm.when), *denied)) if denied else Holds(norm.when)


def stands(norm: Norm, beaters: Sequence[Norm]) -> Goal:
    """`norm` applies and none of `beaters` does."""
    return All((applies(norm), *(Fails(applies(one)) for one in beaters)))


def negated(goal: Goal) -> Goal:
    """`goal` is not true, with the denial moved inwards as far as it goes."""
    match goal:
        case Fails(inner):
            return inner
        case All(goals):
            return Some(tuple(negated(one) for one in goals))
        case Some(goals):
            return All(tuple(negated(one) for one in goals))
        case Holds():
            return Fails(goal)
    assert_never(goal)


def expressions(goal: Goal) -> Iterator[Expr]:
    """Every condition in `goal`, in the order written."""
    stack: list[Goal] = [goal]
    while stack:
        one = stack.pop()
        match one:
            case Holds(expr):
                yield expr
            case Fails(inner):
                stack.append(inner)
            case All(goals) | Some(goals):
                stack.extend(reversed(goals))
            case _:
                assert_never(one)


def status(goal: Goal, places: Mapping[str, int]) -> Status:
    """A function for the status of `goal`; `places` says which bit stands for which variable."""
    match goal:
        case Holds(expr, truth):
            return _holds(expr, places, truth=truth)
        case Fails(inner):
            return _fails(status(inner, places))
        case All(goals):
            return _joined(tuple(status(one, places) for one in goals), decisive=False)
        case Some(goals):
            return _joined(tuple(status(one, places) for one in goals), decisive=True)
    assert_never(goal)


def _holds(expr: Expr, places: Mapping[str, int], *, truth: bool) -> Status:
    test = compiled(expr)
    mask = 0
    for name in variables(expr):
        if name in places:
            mask |= 1 << places[name]

    def found(values: Mapping[str, Datum], unset: int) -> bool | None:
        value = test(values)
        if value is None:
            return None if unset & mask else False
        return value is truth

    return found


def _fails(inner: Status) -> Status:
    def found(values: Mapping[str, Datum], unset: int) -> bool | None:
        value = inner(values, unset)
        return None if value is None else not value

    return found


def _joined(parts: tuple[Status, ...], *, decisive: bool) -> Status:
    def found(values: Mapping[str, Datum], unset: int) -> bool | None:
        result: bool | None = not decisive
        for part in parts:
            value = part(values, unset)
            if value is decisive:
                return decisive
            if value is None:
                result = None
        return result

    return found
