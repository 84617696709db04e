"""`--format json`: every finding as data. The shape is `speclang/diagnostics/schemas/findings.schema.json`."""

import json
from collections.abc import Sequence

from ...source.hashing import Json
from ...source.span import Places, Span
from ..diagnostic import Diagnostic, Fix
from ..located import Locator

VERSION = 1


def render(found: Sequence[Diagnostic], places: Places) -> str:
    """One JSON object with all findings."""
    where = Locator(places)
    data: Json = {"version": VERSION, "findings": [finding(one, where) for one in found]}
    return json.dumps(data, ensure_ascii=True, indent=1) + "\n"


def finding(one: Diagnostic, where: Locator) -> Json:
    """One finding as data."""
    return {
        "code": one.code.id,
        "severity": one.level.value,
        "title": one.title,
        "requirement": one.requirement or None,
        "place": _place(one.primary.span, where),
        "label": one.primary.text,
        "labels": [{"place": _place(label.span, where), "text": label.text} for label in one.labels],
        "input": dict(one.witness),
        "notes": list(one.told),
        "fix": _fix(one.fix, where) if one.fix else None,
    }


def _fix(fix: Fix, where: Locator) -> Json:
    edits: list[Json] = [{"place": _place(edit.span, where), "text": edit.text} for edit in fix.edits]
    return {"title": fix.title, "safe": fix.safe, "edits": edits}


def _place(span: Span, where: Locator) -> Json:
    place = where.place(span)
    return {
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
    }
