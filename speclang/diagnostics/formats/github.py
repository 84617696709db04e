"""`--format github`: workflow commands, which GitHub shows as annotations of a pull request."""

from collections.abc import Sequence

from ...source.span import Places
from ..code import Severity
from ..diagnostic import Diagnostic
from ..located import Locator

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def render(found: Sequence[Diagnostic], places: Places, lead: str = "") -> str:
    """A line for each finding; nothing where there is none; `lead` is the way to the files from the top of their repository."""
    where = Locator(places, lead)
    return "".join(_line(one, where) for one in found)


def _line(one: Diagnostic, where: Locator) -> str:
    place = where.place(one.primary.span)
    properties = {"file": place.file, "title": f"{one.code.id}: {one.title}"}
    if place.known:
        properties |= {"line": str(place.line), "col": str(place.column), "endLine": str(place.end_line)}
        if place.end_line == place.line:
            properties["endColumn"] = str(place.end_column)
    told = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{_COMMANDS[one.level]} {told}::{_data(_message(one))}\n"


def _message(one: Diagnostic) -> str:
    lines = [one.primary.text] if one.primary.text else []
    if one.witness:
        lines.append("input: " + ", ".join(f"{name} = {value}" for name, value in one.witness))
    lines.extend(one.told)
    if one.fix is not None:
        lines.append(f"fix: {one.fix.title}")
    return "\n".join(lines) or one.title


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
