"""The wording of E086x: recordings of tools that are out of date, and tools of another version than the specs speak of."""

import datetime

from ...diagnostics.code import Code
from ...diagnostics.diagnostic import Diagnostic, Fix, Label
from ...source.span import Span

AGED = Code("E0861", "Recording past its age")
OTHER_VERSION = Code("E0862", "Tool of another version than the specs speak of")


def aged(what: str, day: datetime.date, fresh: int, age: int, span: Span, *, blessed: bool = False) -> Diagnostic:
    """`what` was recorded on `day`, `age` days ago, and is good for `fresh` days."""
    again = (
        "run `specc probe --bless` once the probe is right"
        if blessed
        else "call the tool, and write what it gives and the day"
    )
    return Diagnostic(
        code=AGED,
        title=f"`{what}` was recorded {age:,} days ago",
        primary=Label(span, f"recorded on {day.isoformat()}, good for {fresh:,} {'day' if fresh == 1 else 'days'}"),
        notes=("what is simulated in cases may no longer be what the tool does",),
        fix=Fix(again),
    )


def other_version(what: str, found: str, stated: str, span: Span, *, blessed: bool = False) -> Diagnostic:
    """`what` comes from version `found` of the tool, and the specs speak of `stated`."""
    again = (
        "run `specc probe --bless` once the probe is right"
        if blessed
        else "probe the tool, and write the version that it has"
    )
    return Diagnostic(
        code=OTHER_VERSION,
        title=f"`{what}` is of version {found}, and the specs speak of {stated}",
        primary=Label(span, f'the specs say `version "{stated}"`'),
        fix=Fix(again),
    )
