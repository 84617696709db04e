"""The wording of E03, as far as it is about the shape of fields, patterns and arguments."""

from collections.abc import Sequence

from ...diagnostics.code import Code
from ...diagnostics.diagnostic import Diagnostic, Edit, Fix, Label
from ...diagnostics.diagnostic import written as rename
from ...source.span import Span
from ...source.suggest import certain, nearest
from .names import listed

WRONG_SHAPE = Code("E0309", "Value of the wrong shape")
FIELD_MISSING = Code("E0310", "Required field missing")
FIELD_TWICE = Code("E0311", "Field written twice")
LEVEL_REFUSED = Code("E0312", "Level that the kind does not allow")
BAD_PATTERN = Code("E0315", "Pattern that can't be read")
BAD_ARGUMENT = Code("E0317", "Wrong argument")


def wrong_shape(what: str, expected: str, example: str, span: Span) -> Diagnostic:
    """`what` (a field, a declaration) has values of another shape than `expected`."""
    return Diagnostic(
        code=WRONG_SHAPE,
        title=f"`{what}` needs {expected}",
        primary=Label(span, f"{expected} is expected here" if singular(expected) else f"expected here: {expected}"),
        fix=Fix(f"write it like `{example}`"),
    )


def singular(expected: str) -> bool:
    """Whether `is expected here` can follow."""
    return expected.startswith(("a ", "an ", "one "))


def not_a(written: str, expected: str, example: str, span: Span) -> Diagnostic:
    """`written` is not the one thing that is `expected` where it stands."""
    return Diagnostic(
        code=WRONG_SHAPE,
        title=f"`{written}` is not {expected}",
        primary=Label(span, f"{expected} is expected here"),
        fix=Fix(f"write it like `{example}`"),
    )


def out_of_reach(what: str, written: str, why: str, span: Span) -> Diagnostic:
    """The number `written` in `what` is none that it can take."""
    return Diagnostic(
        code=WRONG_SHAPE,
        title=f"`{what}` can't take `{written}`",
        primary=Label(span, why),
        fix=Fix("write another number"),
    )


def wrong_value(what: str, kind: str, why: str, span: Span) -> Diagnostic:
    """The schema of `kind` refuses the value of field `what`."""
    return Diagnostic(
        code=WRONG_SHAPE,
        title=f"`{kind}` can't take this `{what}`",
        primary=Label(span, why),
        fix=Fix(f"change `{what}`, or see `specc explain {kind}`"),
    )


def field_missing(name: str, owner: str, what: str, example: str, span: Span) -> Diagnostic:
    """`owner` needs a field `name`."""
    return Diagnostic(
        code=FIELD_MISSING,
        title=f"{owner} needs `{name}`",
        primary=Label(span, f"has no `{name}`"),
        notes=(what,) if what else (),
        fix=Fix(f"add a line such as `{example}`"),
    )


def refused_by_schema(kind: str, why: str, span: Span) -> Diagnostic:
    """The schema of `kind` refuses the fields as a whole."""
    return Diagnostic(
        code=WRONG_SHAPE,
        title=f"These fields do not make a `{kind}` requirement",
        primary=Label(span, why),
        fix=Fix(f"see `specc explain {kind}`"),
    )


def field_twice(name: str, span: Span, first: Span) -> Diagnostic:
    """A field that holds one value is written twice."""
    return Diagnostic(
        code=FIELD_TWICE,
        title=f"`{name}` is written twice",
        primary=Label(span, "written again here"),
        labels=(Label(first, "first written here"),),
        fix=Fix("remove one of them"),
    )


def level_refused(level: str, kind: str, allowed: Sequence[str], span: Span) -> Diagnostic:
    """`kind` does not allow the level `level`."""
    can = f"`{kind}` allows {listed(allowed)}" if allowed else f"`{kind}` has no levels"
    return Diagnostic(
        code=LEVEL_REFUSED,
        title=f"`{level}` can't be used in `{kind}`",
        primary=Label(span, can),
        fix=rename(span, allowed[0])
        if len(allowed) == 1
        else Fix(f"use {listed(allowed, 'or')}" if allowed else f"remove `{level}`"),
    )


def only_for_bool(field: str, given: str, type: str, span: Span, declared: Span) -> Diagnostic:
    """A field of yes-or-no givens stands in another one."""
    return Diagnostic(
        code=WRONG_SHAPE,
        title=f"`{field}` is for givens that are yes or no",
        primary=Label(span, "not used here"),
        labels=(Label(declared, f"`{given}` is {type}"),),
        fix=Fix(f"remove `{field}`" if field == "negated" else 'write `say` with a value, as in `say gold "…"`'),
    )


def not_for_bool(field: str, given: str, span: Span, declared: Span) -> Diagnostic:
    """A field that says something of each value stands in a yes-or-no given, whose name says it already."""
    return Diagnostic(
        code=WRONG_SHAPE,
        title=f"`{field}` is not for givens that are yes or no",
        primary=Label(span, "not used here"),
        labels=(Label(declared, f"`{given}` is yes or no"),),
        fix=Fix('write `name` and `negated`, as in `negated "the customer has no receipt"`'),
    )


def typical_needed(given: str, span: Span) -> Diagnostic:
    """No value of a given's type can be made up."""
    return Diagnostic(
        code=FIELD_MISSING,
        title=f"`{given}` needs `typical`",
        primary=Label(span, "no value of its type can be made up"),
        notes=("cases need a value that stands for the given where nothing else asks for another",),
        fix=Fix("add a line `typical` with a value that is allowed"),
    )


def flag_with_value(name: str, span: Span) -> Diagnostic:
    """A field that stands for itself has a value."""
    return Diagnostic(
        code=WRONG_SHAPE,
        title=f"`{name}` takes no value",
        primary=Label(span, "says more than its name"),
        fix=Fix(f"write `{name}` alone", (Edit(span, name),)),
    )


def unknown_argument(name: str, owner: str, span: Span, known: Sequence[str]) -> Diagnostic:
    """`owner` takes no argument `name`."""
    near = nearest(name, known)
    takes = f"`{owner}` takes {listed(known)}" if known else f"`{owner}` takes no arguments"
    return Diagnostic(
        code=BAD_ARGUMENT,
        title=f"`{owner}` takes no argument `{name}`",
        primary=Label(span, f"`{near}` has a similar name" if near else takes),
        notes=(takes,) if near else (),
        fix=rename(span, near, safe=certain(name, known)),
    )


def unnamed_argument(owner: str, span: Span, known: Sequence[str]) -> Diagnostic:
    """An argument of a call has no name."""
    example = f"`{owner}({known[0]}: …)`" if known else f"`{owner}`"
    return Diagnostic(
        code=BAD_ARGUMENT,
        title=f"An argument of `{owner}` has no name",
        primary=Label(span, "which argument this is has to be said"),
        fix=Fix(f"write {example}"),
    )


def argument_mismatch(name: str, wants: str, got: str, span: Span, declared: Span) -> Diagnostic:
    """The value of argument `name` has another type than the tool declares."""
    return Diagnostic(
        code=BAD_ARGUMENT,
        title=f"The argument `{name}` takes {wants}",
        primary=Label(span, f"this is {got}"),
        labels=(Label(declared, f"`{name}` is declared here"),),
        fix=Fix(f"give it {wants}"),
    )


def bad_pattern(written: str, why: str, span: Span) -> Diagnostic:
    """A pattern is no regular expression."""
    return Diagnostic(
        code=BAD_PATTERN,
        title=f"`/{written}/` can't be read as a pattern",
        primary=Label(span, why),
        fix=Fix("write a regular expression of the RE2 syntax, such as `/A[0-9]{6}/`"),
    )
