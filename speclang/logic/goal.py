"""What an input is wanted for: conditions that hold or do not, norms that apply, norms that decide.

A goal is true or false on every input, although conditions may be unknown: `Holds(c)` is true only where `c` is
definitely so, and `Fails` of it true where `c` is false *or unknown*.

`Conditions` look into each condition once, for searches that ask about the same ones again and again.
Invariant: they save time, and change no answer: what they say is what `compiled`, `variables`, `region` and `grid` say.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias, assert_never

from ..source.records import dataclass
from ..values.evaluate import atoms, compiled, variables
from ..values.expression import Absent, Among, Between, Compare, Expr, Literal, Var
from ..values.types import Datum
from .grid import Grid, choice, grid
from .norm import Norm
from .region import Region, region
from .variables import Variable

_REMEMBERED = 20_000
"""How many choices of values, by variable, base and constants, are remembered."""

Constants = Mapping[str, tuple[Datum, ...]]


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


class Condition:
    """One condition: `truth` evaluates it, `names` are its variables, `atoms` what it puts together.

    `constants` are what it compares each variable with, or None where it compares anything but variables with constants.
    """

    __slots__ = ("_boxes", "atoms", "constants", "expr", "names", "truth")

    def __init__(self, expr: Expr) -> None:
        """Look into `expr`."""
        self.expr = expr
        self.truth = compiled(expr)
        self.names = variables(expr)
        self.atoms = atoms(expr)
        self.constants = _constants(self.atoms)
        self._boxes: dict[bool, Region] = {}

    def box(self, *, wanted: bool) -> Region:
        """The box around the inputs on which it is definitely true, or false where that is `wanted`."""
        found = self._boxes.get(wanted)
        if found is None:
            found = self._boxes[wanted] = region(self.expr, wanted=wanted)
        return found


class Conditions:
    """The conditions over the variables of one feature that anybody has asked about.

    `states` are the variables that are the states of the feature's tools, `base` are the base values of all.
    """

    __slots__ = ("_among", "_choices", "_known", "base", "states")

    def __init__(self, among: Sequence[Variable]) -> None:
        """Know none of those over `among` yet."""
        self._among = among
        self.states = tuple([one for one in among if one.is_state])
        self.base = {one.name: one.base for one in among}
        # By identity: hashing a condition costs more than looking into it. What is kept can't give its identity to another.
        self._known: dict[int, Condition] = {}
        self._choices: dict[tuple[str, Datum, tuple[Datum, ...]], tuple[tuple[Datum, ...], bool]] = {}

    def of(self, expr: Expr) -> Condition:
        """What there is to know of `expr`."""
        found = self._known.get(id(expr))
        if found is None:
            found = self._known[id(expr)] = Condition(expr)
        return found

    def grid(self, conditions: Sequence[Condition], base: Mapping[str, Datum]) -> Grid:
        """As `grid`, over the variables of the feature with the values of `base` for their own base values."""
        constants: dict[str, list[Datum]] = {}
        for one in conditions:
            if one.constants is None:
                return grid([each.expr for each in conditions], [_based(each, base) for each in self._among])
            for name, values in one.constants.items():
                constants.setdefault(name, []).extend(values)
        found: dict[str, tuple[Datum, ...]] = {}
        unlisted: list[str] = []
        for variable in self._among:
            name = variable.name
            if name in constants:
                found[name], whole = self._choice(
                    variable, base.get(name, variable.base), tuple(dict.fromkeys(constants[name]))
                )
                if not whole:
                    unlisted.append(name)
        return Grid(found, not unlisted, frozenset(unlisted))

    def _choice(self, variable: Variable, base: Datum, constants: tuple[Datum, ...]) -> tuple[tuple[Datum, ...], bool]:
        key = variable.name, base, constants
        found = self._choices.get(key)
        if found is None:
            found = choice(_based(variable, {variable.name: base}), constants)
            if len(self._choices) < _REMEMBERED:
                self._choices[key] = found
        return found


def status(goal: Goal, places: Mapping[str, int], conditions: Conditions | None = None) -> Status:
    """A function for the status of `goal`; `places` says which bit stands for which variable, `conditions` are those known."""
    return _status(goal, places, Conditions(()) if conditions is None else conditions)


def _status(goal: Goal, places: Mapping[str, int], conditions: Conditions) -> Status:
    match goal:
        case Holds():
            return _holds(conditions.of(goal.expr), places, truth=goal.truth)
        case Fails():
            return _fails(_status(goal.goal, places, conditions))
        case All():
            return _joined(tuple([_status(one, places, conditions) for one in goal.goals]), decisive=False)
        case Some():
            return _joined(tuple([_status(one, places, conditions) for one in goal.goals]), decisive=True)
    assert_never(goal)


def meets(goal: Goal, values: Mapping[str, Datum], conditions: Conditions) -> bool:
    """Whether `goal` is true on `values`, which are all that there is."""
    match goal:
        case Holds():
            return conditions.of(goal.expr).truth(values) is goal.truth
        case Fails():
            return not meets(goal.goal, values, conditions)
        case All():
            return all(meets(one, values, conditions) for one in goal.goals)
        case Some():
            return any(meets(one, values, conditions) for one in goal.goals)
    assert_never(goal)


def _holds(condition: Condition, places: Mapping[str, int], *, truth: bool) -> Status:
    test = condition.truth
    mask = 0
    for name in condition.names:
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


def _constants(atoms: Sequence[Expr]) -> Constants | None:
    """The constants with which `atoms` compare each variable, in the order written; None where they compare anything else."""
    found: dict[str, list[Datum]] = {}
    for atom in atoms:
        match atom:
            case Compare(_, Var(name), Literal(value)) | Compare(_, Literal(value), Var(name)):
                found.setdefault(name, []).append(value)
            case Among(Var(name), members):
                found.setdefault(name, []).extend(one.value for one in members)
            case Between(Var(name), low, high):
                found.setdefault(name, []).extend((low.value, high.value))
            case Var(name) | Absent(Var(name)):
                found.setdefault(name, [])
            case Literal():
                pass
            case _:
                return None
    return {name: tuple(dict.fromkeys(values)) for name, values in found.items()}


def _based(variable: Variable, base: Mapping[str, Datum]) -> Variable:
    if variable.name not in base:
        return variable
    return Variable(variable.name, variable.type, base[variable.name], variable.state, variable.is_state)
