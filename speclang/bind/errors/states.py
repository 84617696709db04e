"""The wording of E03, as far as it is about what a given or a tool can be: missing, failing, late, cut."""

from collections.abc import Sequence

from ...diagnostics.code import Code
from ...diagnostics.diagnostic import Diagnostic, Fix, Label
from ...diagnostics.diagnostic import written as rename
from ...source.span import Span
from ...source.suggest import certain, nearest
from .names import listed
from .types import NOT_A_CONDITION, UNKNOWN_MEMBER

NEVER_MISSING = Code("E0319", "Value that is never missing")
CUTS_NEEDED = Code("E0320", "Result that is cut before what is needed of it")


def never_missing(name: str, span: Span, declared: Span) -> Diagnostic:
    """`is missing` asks about a given that always has a value."""
    return Diagnostic(
        code=NEVER_MISSING,
        title=f"`{name}` is never missing",
        primary=Label(span, f"`{name}` always has a value"),
        labels=(Label(declared, "declared without `optional`"),),
        fix=Fix("declare its type as `optional(…)`, or remove this condition"),
    )


def never_cut(tool: str, span: Span, declared: Span) -> Diagnostic:
    """`is truncated` asks about a tool that has no limit."""
    return Diagnostic(
        code=UNKNOWN_MEMBER,
        title=f"The result of `{tool}` is never truncated",
        primary=Label(span, "never happens"),
        labels=(Label(declared, "has no `limit`"),),
        fix=Fix(f"give `{tool}` a limit, such as `limit 8 KiB`"),
    )


def cuts_needed(tool: str, layer: str, needs: int, size: int, span: Span, cap: Span) -> Diagnostic:
    """A layer cuts the results of `tool` at fewer bytes than have to reach the model."""
    return Diagnostic(
        code=CUTS_NEEDED,
        title=f"The {layer} cuts the results of `{tool}` before what is needed of them",
        primary=Label(span, f"{needs:,} bytes have to reach the model"),
        labels=(Label(cap, f"the {layer} cuts at {size:,} bytes"),),
        fix=Fix("raise the limit of that layer, have the tool return less, or need less"),
    )


def unknown_failure(tool: str, failure: str, known: Sequence[str], span: Span, declared: Span) -> Diagnostic:
    """A condition names a failure that the tool does not declare."""
    near = nearest(failure, known)
    return Diagnostic(
        code=UNKNOWN_MEMBER,
        title=f"`{tool}` does not declare the failure `{failure}`",
        primary=Label(span, f"`{near}` has a similar name" if near else "not declared"),
        labels=(Label(declared, f"fails with {listed(known, 'or')}" if known else "has no `fails`"),),
        fix=rename(span, near, safe=certain(failure, known)) or Fix(f"add `fails {failure}` to `{tool}`"),
    )


def unknown_state(tool: str, word: str, verb: str, known: Sequence[str], span: Span) -> Diagnostic:
    """A condition says of a tool what no tool can be or return."""
    near = nearest(word, known)
    return Diagnostic(
        code=UNKNOWN_MEMBER,
        title=f"`{tool}` can't {verb} `{word}`",
        primary=Label(span, f"`{near}` has a similar name" if near else f"a tool can {verb} {listed(known, 'or')}"),
        notes=(f"a tool can {verb} {listed(known, 'or')}",) if near else (),
        fix=rename(span, near, safe=certain(word, known)),
    )


def tool_as_value(tool: str, span: Span) -> Diagnostic:
    """A tool stands where a given is needed."""
    return Diagnostic(
        code=NOT_A_CONDITION,
        title=f"`{tool}` is a tool, not a given",
        primary=Label(span, "a given is expected here"),
        fix=Fix(f"say what it does, as in `{tool} fails` or `{tool} is late`"),
    )
