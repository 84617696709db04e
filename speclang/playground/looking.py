"""What a page is told once everything was looked at: the panes, and what has changed in meaning.

In: a room and a version. Out: plain data, of which only what has changed is told again.
Invariant: while a spec can't be read, prompt and cases stay those of the last one that could, and the answer says so.
"""

from ..diagnostics.diagnostic import has_errors
from ..engine.comparing.compare import between
from ..engine.comparing.shown import data
from ..engine.queries.preview import Preview, preview
from ..source.hashing import Json
from . import panes
from .asked import Asked
from .room import Room, sound
from .saving import moved_on
from .splice import Rows
from .texts import spec


def look(room: Room, asked: Asked) -> Json:
    """Everything was looked at: what has changed in the panes since this page was told last."""
    name, version = asked.word("file"), asked.number("version")
    view = room.look(version)
    with room.at(version):
        _, columns = spec(room, name)
        found = room.found()
        rows: dict[str, Rows] = {
            "findings": panes.findings(room.lookup, found, room.columns, view.report.places),
            "shape": panes.shape(room.lookup, name, columns),
        }
        is_sound = sound(view)
        shown = preview(room.lookup, name, columns.points(asked.number("at", 0)))
        if shown is not None and (is_sound or room.kept.last is None):
            rows.update(_made(room, shown, graph=asked.flag("graph")))
        return {
            "version": version,
            "sound": is_sound,
            "refused": has_errors(view.opened.compiled.diagnostics),
            "feature": shown.feature if shown is not None else "",
            "title": shown.title if shown is not None else "",
            "counts": {**panes.counts(found), "shown": len(rows["findings"])},
            "elsewhere": _elsewhere(room, shown, name),
            "disk": [one for one in room.sources if moved_on(room, one)] if room.saves else [],
            "specs": list(room.session.specs()),
            **room.told.telling(asked.number("has", 0), rows),
        }


def _made(room: Room, shown: Preview, *, graph: bool) -> dict[str, Rows]:
    rows: dict[str, Rows] = {"prompt": panes.prompt(shown)}
    plan = room.lookup.plan(shown.feature)
    if plan is not None:
        rows["cases"] = panes.cases(plan, panes.titles(room.lookup, shown.feature))
    if graph:
        rows["nodes"], rows["edges"] = panes.graph(room.lookup, shown.feature)
    return rows


def _elsewhere(room: Room, shown: Preview | None, name: str) -> Json:
    """The files of what is stated in another file than the one that is shown, by owner."""
    plan = room.lookup.plan(shown.feature) if shown is not None else None
    owners = plan.owners if plan is not None else ()
    return {owner: span.unit.file for owner, span in owners if span.unit.file != name}


def changes(room: Room, asked: Asked) -> Json:
    """What has changed in meaning since the page was opened, or by the last run of edits."""
    version = asked.number("version")
    with room.at(version):
        since, last = room.kept.before if asked.flag("last") else room.kept.first, room.kept.last
    if since is None or last is None:
        return None
    found = data(between(since, last, ("the text before", "the text now")))  # which may take long: nobody waits for it
    with room.at(version):
        return found
