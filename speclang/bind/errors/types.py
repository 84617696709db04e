"""The wording of E03, as far as it is about types, units and values."""

from collections.abc import Sequence

from ...diagnostics.code import Code
from ...diagnostics.diagnostic import Diagnostic, Edit, Fix, Label
from ...diagnostics.diagnostic import written as rename
from ...source.span import Span
from ...source.suggest import certain, nearest
from .names import listed

MISMATCH = Code("E0301", "Values of different types")
UNIT_MISSING = Code("E0302", "Unit missing")
UNKNOWN_UNIT = Code("E0303", "Unknown unit")
OUT_OF_RANGE = Code("E0304", "Value out of range")
UNKNOWN_MEMBER = Code("E0305", "Unknown value of an enumeration")
NOT_A_CONDITION = Code("E0306", "Not a condition")
NO_ORDER = Code("E0307", "Values without an order")
NO_ARITHMETIC = Code("E0308", "Values that can't be calculated with")
NOT_A_TYPE = Code("E0313", "Not a type")
BAD_RANGE = Code("E0314", "Range that holds no value")
TOO_FINE = Code("E0316", "Value between two steps of its type")
CALENDAR_UNIT = Code("E0318", "Unit without a fixed length")


def mismatch(left: tuple[Span, str, str], right: tuple[Span, str, str]) -> Diagnostic:
    """Two sides, each with its place, text and type in words, can't be compared."""
    return Diagnostic(
        code=MISMATCH,
        title=f"`{left[1]}` can't be compared with `{right[1]}`",
        primary=Label(right[0], f"this is {right[2]}"),
        labels=(Label(left[0], f"this is {left[2]}"),),
        fix=Fix(f"compare `{left[1]}` with {left[2]}"),
    )


def unit_missing(written: str, better: str, span: Span, of: str) -> Diagnostic:
    """A bare number stands where `of` needs a unit; `better` has it."""
    return Diagnostic(
        code=UNIT_MISSING,
        title=f"`{written}` has no unit",
        primary=Label(span, f"{of} needs a unit"),
        fix=Fix(f"write `{better}`", (Edit(span, better),)),
    )


def unknown_unit(unit: str, span: Span, units: Sequence[str]) -> Diagnostic:
    """No unit is called `unit`."""
    near = nearest(unit, units)
    common = ("minutes", "hours", "days", "weeks", "KiB", "MiB", "USD")
    return Diagnostic(
        code=UNKNOWN_UNIT,
        title=f"No unit is named `{unit}`",
        primary=Label(span, f"`{near}` has a similar name" if near else "not a unit"),
        notes=() if near else (f"units are {listed(common)}, among others",),
        fix=rename(span, near, safe=certain(unit, units)),
    )


def calendar_unit(unit: str, span: Span) -> Diagnostic:
    """Months and years have no fixed length."""
    one = unit.removesuffix("s")
    return Diagnostic(
        code=CALENDAR_UNIT,
        title=f"A {one} has no fixed length",
        primary=Label(span, "some are longer than others"),
        notes=(f"a limit in {one}s would not be the same number of days each time",),
        fix=Fix("write the limit in `days` or `weeks`"),
    )


def out_of_range(written: str, low: str, high: str, span: Span, owner: str, declared: Span | None) -> Diagnostic:
    """A literal lies outside the range of what it is compared with."""
    fits = f"from `{low}` to `{high}`" if low and high else f"at least `{low}`" if low else f"at most `{high}`"
    return Diagnostic(
        code=OUT_OF_RANGE,
        title=f"`{written}` is outside the range of {owner}",
        primary=Label(span, "never reached"),
        labels=(Label(declared, f"{owner} is {fits}"),) if declared else (),
        notes=() if declared else (f"{owner} is {fits}",),
        fix=Fix(f"write a value {fits}" if low and high else f"write a value of {fits}"),
    )


def unknown_member(name: str, span: Span, members: Sequence[str], owner: str) -> Diagnostic:
    """`name` is none of the values of an enumeration."""
    near = nearest(name, members)
    return Diagnostic(
        code=UNKNOWN_MEMBER,
        title=f"`{name}` is not a value of {owner}",
        primary=Label(span, f"`{near}` has a similar name" if near else f"{owner} is {listed(members, 'or')}"),
        notes=(f"{owner} is {listed(members, 'or')}",) if near else (),
        fix=rename(span, near, safe=certain(name, members)),
    )


def quoted_member(name: str, span: Span, owner: str) -> Diagnostic:
    """A value of an enumeration stands in quotes."""
    return Diagnostic(
        code=UNKNOWN_MEMBER,
        title=f"The value `{name}` of {owner} is written without quotes",
        primary=Label(span, "a text"),
        fix=rename(span, name, safe=True),
    )


def no_match(written: str, pattern: str, span: Span, owner: str, example: str) -> Diagnostic:
    """A text does not have the form that its type asks for."""
    return Diagnostic(
        code=OUT_OF_RANGE,
        title=f"`{written}` does not match `/{pattern}/`",
        primary=Label(span, f"{owner} has this pattern"),
        fix=Fix(f"write a text such as `{example}`" if example else "write a text that matches"),
    )


def not_a_condition(written: str, type: str, span: Span, better: str) -> Diagnostic:
    """A value that is neither yes nor no stands where a condition is needed."""
    return Diagnostic(
        code=NOT_A_CONDITION,
        title=f"`{written}` is not a condition",
        primary=Label(span, f"this is {type}"),
        fix=Fix(f"compare it, as in `{better}`" if better else "write something that is either true or false"),
    )


def no_order(type: str, op: str, span: Span, better: str) -> Diagnostic:
    """`op` orders values that have no order."""
    return Diagnostic(
        code=NO_ORDER,
        title=f"`{op}` needs values that have an order",
        primary=Label(span, f"this is {type}"),
        fix=Fix(better),
    )


def no_arithmetic(op: str, left: tuple[Span, str], right: tuple[Span, str], why: str) -> Diagnostic:
    """`op` stands between values that it can't take; each side has its place and type in words."""
    return Diagnostic(
        code=NO_ARITHMETIC,
        title=f"`{op}` can't be used on {left[1]} and {right[1]}",
        primary=Label(right[0], f"this is {right[1]}"),
        labels=(Label(left[0], f"this is {left[1]}"),),
        notes=(why,),
        fix=Fix("calculate with numbers of one unit"),
    )


def not_a_type(written: str, span: Span) -> Diagnostic:
    """`written` does not have the shape of a type; "" is none at all."""
    return Diagnostic(
        code=NOT_A_TYPE,
        title=f"`{written}` is not a type" if written else "A type is missing",
        primary=Label(span, "a type is expected here"),
        fix=Fix("write a type, such as `bool`, `days 0 .. 365`, `money(USD)`, `text` or `small | large`"),
    )


def bare_range(written: str, of: str, span: Span) -> Diagnostic:
    """`written` says from where to where, and not of what: of the type `of`, if that can be told."""
    return Diagnostic(
        code=NOT_A_TYPE,
        title=f"`{written}` does not say of what it is a range",
        primary=Label(span, "a type goes before it"),
        notes=("a range follows a type, as in `int 0 .. 10`, `days 0 .. 365` or `money(USD) 0 .. 500`",),
        fix=Fix(f"write `{of} {written}`", (Edit(span, f"{of} {written}"),)) if of else Fix("write a type before it"),
    )


def unknown_type(name: str, span: Span, known: Sequence[str]) -> Diagnostic:
    """No type is called `name`."""
    near = nearest(name, known)
    return Diagnostic(
        code=NOT_A_TYPE,
        title=f"No type is named `{name}`",
        primary=Label(span, f"`{near}` has a similar name" if near else "not a type"),
        notes=() if near else (f"types are {listed(known)}",),
        fix=rename(span, near, safe=certain(name, known)),
    )


def money_type(code: str, span: Span) -> Diagnostic:
    """A currency stands where a type is needed."""
    return Diagnostic(
        code=NOT_A_TYPE,
        title=f"`{code}` is a unit, not a type",
        primary=Label(span, "a type is expected here"),
        fix=Fix(f"write `money({code})`", (Edit(span, f"money({code})"),), safe=True),
    )


def unknown_currency(code: str, span: Span, known: Sequence[str]) -> Diagnostic:
    """`money(…)` names no currency."""
    near = nearest(code, known)
    return Diagnostic(
        code=UNKNOWN_UNIT,
        title=f"No currency has the code `{code}`",
        primary=Label(span, f"`{near}` has a similar name" if near else "not a currency"),
        notes=("currencies are written by their codes of ISO 4217, such as `USD` or `EUR`",),
        fix=rename(span, near, safe=certain(code, known)),
    )


def type_circle(name: str, span: Span) -> Diagnostic:
    """A named type is made of itself."""
    return Diagnostic(
        code=NOT_A_TYPE,
        title=f"The type `{name}` is made of itself",
        primary=Label(span, "leads back to its own declaration"),
        fix=Fix("write out what its values are"),
    )


def range_refused(type: str, span: Span) -> Diagnostic:
    """A range stands behind a type that has none."""
    return Diagnostic(
        code=BAD_RANGE,
        title="Only numbers and dates have a range",
        primary=Label(span, f"this limits {type}"),
        fix=Fix("remove the range"),
    )


def empty_range(low: str, high: str, span: Span) -> Diagnostic:
    """`low` is above `high`."""
    return Diagnostic(
        code=BAD_RANGE,
        title=f"No value is from `{low}` to `{high}`",
        primary=Label(span, "the first end is above the second"),
        fix=Fix(f"write `{high} .. {low}`", (Edit(span, f"{high} .. {low}"),)),
    )


def too_fine(written: str, step: str, span: Span, owner: str) -> Diagnostic:
    """A literal falls between two values that its type has."""
    return Diagnostic(
        code=TOO_FINE,
        title=f"{owner[:1].upper()}{owner[1:]} is never exactly `{written}`"
        if not owner.startswith("`")
        else f"{owner} is never exactly `{written}`",
        primary=Label(span, f"{owner} goes in steps of `{step}`"),
        fix=Fix(f"write a whole number of `{step}`"),
    )


def source_mismatch(given: str, wants: str, got: str, path: str, span: Span, declared: Span) -> Diagnostic:
    """A given is read from a result of another type."""
    return Diagnostic(
        code=MISMATCH,
        title=f"`{given}` is {wants}, but `{path}` is {got}",
        primary=Label(span, f"this is {got}"),
        labels=(Label(declared, f"`{given}` is declared as {wants}"),),
        fix=Fix("give both the same type"),
    )
