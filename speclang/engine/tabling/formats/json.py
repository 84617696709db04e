"""Sheets as data: one JSON object; its shape is `speclang/engine/tabling/schemas/table.schema.json`."""

import json

from ....source.hashing import Json
from ..sheets import Line, Sheet, Sheets

VERSION = 1


def render(found: Sheets) -> str:
    """The object, with a line for each value."""
    data: Json = {
        "version": VERSION,
        "feature": found.name,
        "title": found.title,
        "tables": [_sheet(one) for one in found.sheets],
        "notes": [
            {"mark": one.mark, "sort": one.sort, "text": one.text, "input": dict(one.input)} for one in found.notes
        ],
        "summary": found.sums,
    }
    return json.dumps(data, ensure_ascii=True, indent=1) + "\n"


def _sheet(sheet: Sheet) -> Json:
    return {
        "title": sheet.title,
        "givens": [{"name": head.name, "label": head.label} for head in sheet.heads],
        "rows": [_line(line, sheet) for line in sheet.lines],
    }


def _line(line: Line, sheet: Sheet) -> Json:
    return {
        "requirement": line.id or None,
        "title": line.title,
        "cells": {head.name: cell for head, cell in zip(sheet.heads, line.cells, strict=True)},
        "also": line.more,
        "then": None if line.gap else line.asks,
        "exceptions": line.exceptions,
        "marks": list(line.marks),
    }
