"""A source map after units have moved: what it says of the prompt and the cases is true still, only where units stand is not.

In: the text of a `trace.json`, and where units stand now. Out: the text that would be written now.
Invariant: letter for letter what a build from nothing writes, as long as no unit of the feature has changed.
"""

import json
from collections.abc import Mapping

from ..plan.artifact import Artifact
from ..source.span import Unit
from .tracemap import trace_artifact, units_table

_BEFORE, _AFTER = '\n"units":', ',\n"fields":'


def moved(path: str, feature: str, text: str, starts: Mapping[Unit, int]) -> Artifact | None:
    """The map of `feature` with the units of `starts` where they stand now; None if it is not as we write it."""
    start = text.find(_BEFORE) + len(_BEFORE)
    end = text.find(_AFTER, start)
    if start < len(_BEFORE) or end < 0:
        return None
    files: dict[str, dict[str, list[int]]] = json.loads(text[start:end])
    placed = {
        file: [_placed(Unit(file, key), first, last, starts) for key, (first, last) in units.items()]
        for file, units in files.items()
    }
    return trace_artifact(path, feature, f"feature {feature}", text[:start] + units_table(placed) + text[end:])


def _placed(unit: Unit, first: int, last: int, starts: Mapping[Unit, int]) -> tuple[int, str, int]:
    start = starts.get(unit, first)
    return start, unit.key, start + last - first
