"""`--format sarif`: SARIF 2.1.0 (OASIS, 2020), which code scanning services read."""

import json
from collections.abc import Sequence
from urllib.parse import quote

from ...source.hashing import Json, digest
from ...source.span import Places, Span
from ...version import VERSION
from ..code import Severity
from ..diagnostic import Diagnostic, Fix
from ..located import Locator

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}


def render(found: Sequence[Diagnostic], places: Places, lead: str = "") -> str:
    """One SARIF log with one run; `lead` is the way to the files from the top of their repository."""
    where = Locator(places, lead)
    rules = list(dict.fromkeys(one.code for one in found))
    places_of_rules = {code: number for number, code in enumerate(rules)}
    run: Json = {
        "tool": {
            "driver": {
                "name": "specc",
                "semanticVersion": VERSION,
                "rules": [
                    {
                        "id": code.id,
                        "shortDescription": {"text": code.title},
                        "defaultConfiguration": {"level": _LEVELS[code.severity]},
                        "help": {"text": f"`specc explain {code.id}` tells more"},
                    }
                    for code in rules
                ],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(one, places_of_rules[one.code], where) for one in found],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=True, indent=1) + "\n"


def _result(one: Diagnostic, rule: int, where: Locator) -> Json:
    place = where.place(one.primary.span)
    result: dict[str, Json] = {
        "ruleId": one.code.id,
        "ruleIndex": rule,
        "level": _LEVELS[one.level],
        "message": {"text": _message(one)},
        "locations": [_location(one.primary.span, where)],
        "partialFingerprints": {"specc/v1": digest(f"{one.code.id}\0{place.file}\0{one.requirement}\0{one.title}")},
    }
    if one.labels:
        result["relatedLocations"] = [
            {"id": number, **_location(label.span, where), "message": {"text": label.text or "see also"}}
            for number, label in enumerate(one.labels, 1)
        ]
    if one.requirement:
        result["properties"] = {"requirement": one.requirement}
    if one.fix is not None and one.fix.edits:
        result["fixes"] = [_fix(one.fix, where)]
    return result


def _message(one: Diagnostic) -> str:
    lines = [one.title, *([one.primary.text] if one.primary.text else [])]
    if one.witness:
        lines.append("input: " + ", ".join(f"{name} = {value}" for name, value in one.witness))
    lines.extend(one.told)
    if one.fix is not None:
        lines.append(f"fix: {one.fix.title}")
    return "\n".join(lines)


def _location(span: Span, where: Locator) -> dict[str, Json]:
    place = where.place(span)
    physical: dict[str, Json] = {"artifactLocation": {"uri": quote(place.file)}}
    if place.known:
        physical["region"] = _region(span, where)
    return {"physicalLocation": physical}


def _region(span: Span, where: Locator) -> Json:
    place = where.place(span)
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }


def _fix(fix: Fix, where: Locator) -> Json:
    files: dict[str, list[Json]] = {}
    for edit in fix.edits:
        replacement: Json = {"deletedRegion": _region(edit.span, where), "insertedContent": {"text": edit.text}}
        files.setdefault(where.place(edit.span).file, []).append(replacement)
    changes: list[Json] = [
        {"artifactLocation": {"uri": quote(file)}, "replacements": replacements} for file, replacements in files.items()
    ]
    return {"description": {"text": fix.title}, "artifactChanges": changes}
