"""Generators of givens, conditions, norms and inputs as model values, over domains so small that all inputs can be listed."""

from decimal import Decimal
from functools import cache

from hypothesis import strategies as st

from speclang.logic.norm import Norm
from speclang.logic.variables import Variable
from speclang.model.outcome import Reach
from speclang.model.requirement import Level
from speclang.model.tool import WORKS
from speclang.source.span import Span, Unit, whole_file
from speclang.values.expression import Absent, Among, And, Arithmetic, Between, Compare, Expr, Literal, Not, Or, Var
from speclang.values.types import Bool, Datum, Enum, Numeric, Optional, Type
from speclang.values.units import integer

HERE = whole_file("rules.spec")
SMALL = integer(Decimal(0), Decimal(2))
WIDE = integer(Decimal(-1), Decimal(1))
TIER = Enum(("standard", "gold", "platinum"), "Tier")
STATE = Enum((WORKS, "timeout", "null"))

VARIABLES = (
    Variable("age", SMALL, Decimal(1)),
    Variable("score", WIDE, Decimal(0)),
    Variable("tier", TIER, "gold"),
    Variable("receipt", Bool(), base=True),
    Variable("coupon", Optional(SMALL), None),
    Variable("total", SMALL, Decimal(2), "lookup fails"),
    Variable("lookup fails", STATE, WORKS, is_state=True),
)
OUTCOMES = ("approve", "decline", "escalate")
EXCLUSIVES = (OUTCOMES,)

_NUMBERS = tuple(one for one in VARIABLES if isinstance(one.type, Numeric | Optional))
_ORDERS = ("<", "<=", ">", ">=", "=", "!=")


_SPANS = (HERE, Span(Unit("x.spec", "REF-1"), 3, 9), Span(Unit("y.spec", "given age"), 40, 41))


def spans() -> st.SearchStrategy[Span]:
    """Places that mean nothing."""
    return st.sampled_from(_SPANS)


def literal(value: Datum, type: Type, span: Span = HERE) -> Literal:
    """A constant."""
    return Literal(value, type, str(value), span)


def name(variable: Variable, span: Span = HERE) -> Var:
    """A variable as an expression."""
    return Var(variable.name, variable.type, span)


@st.composite
def atoms(draw: st.DrawFn, *, single: bool = False) -> Expr:
    """One comparison; with `single`, of one given with constants only."""
    span = draw(spans())
    number = draw(st.sampled_from(_NUMBERS))
    constants = st.integers(-2, 3).map(lambda value: literal(Decimal(value), SMALL, span))
    shape = draw(
        st.sampled_from(("order", "order", "enum", "bool", "state", "among", "between", "absent", "two", "sum"))
    )
    match shape:
        case "enum":
            member = literal(draw(st.sampled_from(TIER.members)), TIER, span)
            return Compare(draw(st.sampled_from(("=", "!="))), name(VARIABLES[2], span), member, span)
        case "bool":
            return name(VARIABLES[3], span)
        case "state":
            member = literal(draw(st.sampled_from(STATE.members)), STATE, span)
            return Compare(draw(st.sampled_from(("=", "!="))), name(VARIABLES[6], span), member, span)
        case "among":
            return Among(name(number, span), tuple(draw(st.lists(constants, min_size=1, max_size=3))), span)
        case "between":
            return Between(name(number, span), draw(constants), draw(constants), span)
        case "absent":
            return Absent(name(VARIABLES[4], span), span)
        case "two" if not single:
            return Compare(
                draw(st.sampled_from(_ORDERS)), name(number, span), name(draw(st.sampled_from(_NUMBERS)), span), span
            )
        case "sum" if not single:
            added = Arithmetic(draw(st.sampled_from("+-*")), name(number, span), draw(constants), SMALL, span)
            return Compare(draw(st.sampled_from(_ORDERS)), added, draw(constants), span)
    left, right = name(number, span), draw(constants)
    op = draw(st.sampled_from(_ORDERS))
    return Compare(op, left, right, span) if draw(st.booleans()) else Compare(op, right, left, span)


@cache
def conditions(*, single: bool = False) -> st.SearchStrategy[Expr]:
    """Conditions of a few comparisons."""

    def more(inner: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
        parts = st.lists(inner, min_size=2, max_size=3).map(tuple)
        return st.one_of(st.builds(Not, inner, spans()), st.builds(And, parts, spans()), st.builds(Or, parts, spans()))

    return st.recursive(atoms(single=single), more, max_leaves=5)


_LEVELS = (Level.MUST, Level.MUST, Level.MUST, Level.MUST_NOT, Level.SHOULD, Level.MAY)
_IDS = st.sampled_from([f"REF-{nth}" for nth in range(1, 8)])


@cache
def _norm(*, single: bool) -> st.SearchStrategy[Norm]:
    effects = st.lists(st.sampled_from(OUTCOMES), min_size=1, max_size=2, unique=True)
    return st.builds(
        Norm,
        requirement=_IDS,
        level=st.sampled_from(_LEVELS),
        effects=effects.map(lambda outcomes: tuple(Reach(one, HERE) for one in outcomes)),
        when=st.none() | conditions(single=single),
        unless=st.lists(conditions(single=single), max_size=1).map(tuple),
        over=st.lists(_IDS, max_size=2, unique=True).map(tuple),
        default=st.sampled_from((False, False, False, True)),
        span=st.just(HERE),
    )


def norms(*, single: bool = False, most: int = 6) -> st.SearchStrategy[tuple[Norm, ...]]:
    """A rule set in any order; some norms share a requirement, some beat others, some are defaults."""
    return st.lists(_norm(single=single), min_size=1, max_size=most).map(tuple)


def values(type: Type) -> st.SearchStrategy[Datum]:
    """Values of a type of `VARIABLES`."""
    if isinstance(type, Bool):
        return st.booleans()
    if isinstance(type, Enum):
        return st.sampled_from(type.members)
    if isinstance(type, Optional):
        return st.none() | values(type.of)
    assert isinstance(type, Numeric)
    assert type.low is not None
    assert type.high is not None
    return st.integers(int(type.low), int(type.high)).map(Decimal)


@st.composite
def inputs(draw: st.DrawFn) -> dict[str, Datum]:
    """An input in which some givens have no value."""
    return {one.name: draw(values(one.type)) for one in VARIABLES if draw(st.integers(0, 4))}
