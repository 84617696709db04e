"""`--format junit`: a test suite in which each finding is a case; errors fail, other findings are told in the output."""

import re
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from ...source.span import Places
from ..code import Severity
from ..diagnostic import Diagnostic
from ..draw import draw
from ..located import Locator

_ILLEGAL = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 has no place for; named by what it allows, it took a twentieth of the start of a run to compile."""


def render(found: Sequence[Diagnostic], places: Places) -> str:
    """One XML document; without findings, a suite with one case that passes."""
    where = Locator(places)
    failures = sum(one.level is Severity.ERROR for one in found)
    cases = (
        "".join(_case(one, places, where) for one in found) or '  <testcase classname="specc" name="no findings"/>\n'
    )
    count = max(1, len(found))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<testsuite name="specc" tests="{count}" failures="{failures}" errors="0" skipped="0">\n{cases}</testsuite>\n'
    )


def _case(one: Diagnostic, places: Places, where: Locator) -> str:
    place = where.place(one.primary.span)
    name = _attribute(f"{one.code.id}: {one.title}")
    head = f'  <testcase classname={_attribute(place.file)} name={name} file={_attribute(place.file)} line="{place.line}">\n'
    text = escape(_legal(draw(one, places)))
    if one.level is Severity.ERROR:
        body = f"    <failure type={_attribute(one.code.id)} message={_attribute(one.title)}>{text}</failure>\n"
    else:
        body = f"    <system-out>{text}</system-out>\n"
    return f"{head}{body}  </testcase>\n"


def _attribute(text: str) -> str:
    return quoteattr(_legal(text))


def _legal(text: str) -> str:
    return _ILLEGAL.sub("\ufffd", text)
