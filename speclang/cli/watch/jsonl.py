"""What happens, as JSON Lines: one object a line, for other programs. The shape is told in `docs/watching.md`.

In: an event. Out: one line. Findings look as in `--format json`.
"""

import json
from collections.abc import Iterable
from typing import assert_never

from ...diagnostics.formats.json import finding
from ...diagnostics.located import Locator
from ...engine.watching.effects import Effects, Parts
from ...engine.watching.events import Changed, Event, Failed, Found, Stands, Took, Wrote
from ...source.hashing import Json


def line(event: Event) -> str:
    """`event` as one line, without its end."""
    name, held = _data(event)
    return json.dumps({"event": name, **held}, ensure_ascii=True)


def _data(event: Event) -> tuple[str, dict[str, Json]]:
    match event:
        case Changed():
            return "changed", {"files": list(event.files)}
        case Found():
            where = Locator(event.places)
            found: list[Json] = [finding(one, where) for one in event.diagnostics]
            return "findings", {"about": event.about.value, "waits": event.awaits, "findings": found}
        case Wrote():
            paths: dict[str, Json] = {
                "written": list(event.written),
                "removed": list(event.removed),
                "saved": list(event.saved),
            }
            return "wrote", {**paths, "features": _effects(event.effects)}
        case Took():
            specs: list[Json] = [{"path": one.path, "diff": one.diff} for one in event.specs]
            return "took", {
                "requirements": list(event.requirements),
                "specs": specs,
                "features": _effects(event.effects),
            }
        case Failed():
            return "failed", {"text": event.text}
        case Stands():
            counts: list[Json] = [
                {"name": one.name, "requirements": one.requirements, "typed": one.typed, "cases": one.cases}
                for one in event.features
            ]
            return "stands", {"in_sync": event.in_sync, "features": counts}
        case _:
            assert_never(event)


def _effects(effects: Iterable[Effects]) -> list[Json]:
    return [
        {
            "feature": one.feature,
            "prompts": [{"path": path, "diff": diff} for path, diff in one.prompts],
            "cases": _parts(one.cases),
            "graders": _parts(one.graders),
        }
        for one in effects
    ]


def _parts(parts: Parts) -> Json:
    return {verb: list(ids) for verb, ids in parts._asdict().items()}
