"""Builds a project: compiles its specs and writes what they say, unless that would lose a hand edit.

In: a folder. Out: a report. All files are written, or none; what `discard` replaces is kept in `.specc/discarded/`.
"""

import errno
from collections.abc import Mapping
from pathlib import Path

from ..diagnostics.diagnostic import Diagnostic, has_errors, has_more_than_notes, ordered
from ..drift import errors
from ..lock import summary
from ..project import disk
from ..project.paths import MEMORY, files_below, resolved
from ..source.hashing import digest
from ..source.records import dataclass, field
from ..source.span import Places
from .check import kept, report_of
from .compiling import Opened, open_project, with_sources
from .fresh import Seen, look
from .heap import uncollected
from .standing.stand import Standing, stand

_TRIES = 2
"""How often everything is looked at again because somebody changed a file meanwhile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """`done` is False where nothing was written because of `diagnostics`; `saved` are copies of edits that were discarded.

    `features` says of the features that were compiled what they hold; the others are as they were. `unread` are those whose texts by
    hand nobody has read since their meaning moved.
    """

    done: bool
    diagnostics: tuple[Diagnostic, ...]
    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    saved: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    places: Places = field(repr=False)


@uncollected()
def build(start: Path, *, discard: bool = False, dry_run: bool = False, seen: Seen | None = None) -> Built:
    """Build the project that `start` lies in; `seen`, if it was looked at.

    Where a file is changed between the look at it and the moment it is replaced, everything is looked at again. Raises
    `NoProject`, `Busy` and `OSError`, in each case before anything changed.
    """
    for _ in range(_TRIES):
        try:
            return _build(start, seen, discard=discard, dry_run=dry_run)
        except disk.Changed:
            seen = None
    return _build(start, None, discard=discard, dry_run=dry_run)


def _build(start: Path, seen: Seen | None, *, discard: bool, dry_run: bool) -> Built:
    opened = open_project(start, seen or look(start), afresh=discard)
    compiled = opened.compiled
    if has_errors(compiled.diagnostics):
        return Built(done=False, diagnostics=compiled.diagnostics, places=compiled.places)
    standing = stand(opened)
    places = with_sources(compiled.places, standing.sources)
    lost = losses(standing)
    if lost and not discard:
        return Built(done=False, diagnostics=ordered([*compiled.diagnostics, *lost], places), places=places)
    return write(opened, standing, places, dry_run=dry_run)


def losses(standing: Standing) -> list[Diagnostic]:
    """The findings about text that a build would overwrite and that no build wrote; white space is nobody's loss."""
    harmless = {
        errors.STALE,
        errors.COSMETIC,
        errors.OTHER_COMPILER,
        errors.UNBUILT,
        errors.MISSING,
        errors.LOCK_DIFFERS,
        errors.BAD_LOCK,
    }
    return [
        one
        for one in standing.diagnostics
        if one.code not in harmless and one.primary.span.unit.file in standing.edited
    ]


def write(opened: Opened, standing: Standing, places: Places, *, dry_run: bool = False) -> Built:
    """Write what `opened` says over what `standing` has found, whatever is lost by that. Raises `Busy`, `Changed` and `OSError`."""
    compiled = opened.compiled
    files: dict[str, bytes | None] = {
        one.path: _bytes(standing.kept.get(one.path, one.text)) for one in compiled.artifacts
    }
    files.update(dict.fromkeys(standing.leftovers))
    files[standing.lock_path] = _bytes(standing.lock_text)
    noted = standing.record.files
    files.update(noted)
    _refuse_links_to_the_spec(opened, files)
    lost = {one.primary.span.unit.file for one in losses(standing)}
    edited = {
        path: _bytes(standing.held[path]) for path in standing.edited if path in lost or path not in standing.kept
    }
    saved = {copy_of(path, data): data for path, data in edited.items()}
    judged = {path: digest(_bytes(standing.held[path])) if path in standing.held else "" for path in files}
    judged[standing.lock_path] = standing.lock_hash
    judged[standing.record.path] = standing.record.hash
    if dry_run:
        changed = tuple(path for path, data in sorted(files.items()) if data is None or digest(data) != judged[path])
    else:
        disk.write_all(opened.root, saved)
        changed = disk.write_all(opened.root, files, judged)
    report = report_of(opened, compiled.diagnostics, places, (*opened.accepted, *standing.accepted))
    built = {one.name for one in compiled.program.features}
    if not dry_run and not has_more_than_notes(compiled.diagnostics) and standing.record.settled:
        kept(opened, standing, report, {path: digest(data) if data else "" for path, data in noted.items()})
    return Built(
        done=True,
        diagnostics=compiled.diagnostics,
        written=tuple(path for path in changed if path not in standing.leftovers),
        removed=tuple(path for path in changed if path in standing.leftovers),
        saved=tuple(saved),
        unread=tuple(dict.fromkeys(one.written.owner for one in standing.record.reviewed.suspects)),
        features=summary.features([one for one in compiled.lock.features if one.name in built]),
        places=places,
    )


def _refuse_links_to_the_spec(opened: Opened, files: Mapping[str, bytes | None]) -> None:
    """Raise `OSError` where a generated file is a link to what it is made from: writing would go through the link."""
    home = opened.home
    inputs = [
        *files_below(opened.root, home.config.specs, ".spec"),
        *(one.name for one in opened.texts),
        home.config.file,
    ]
    made_from = {target: name for name, target in resolved(opened.root, inputs)}
    for path, target in resolved(opened.root, [path for path, data in files.items() if data is not None]):
        found = made_from.get(target)
        if found is not None:
            raise OSError(errno.EEXIST, f"it is a link to {found}, which is no generated file; remove the link", path)


def copy_of(path: str, data: bytes) -> str:
    """Where a copy of what `path` held is kept: another text gets another name."""
    return f"{MEMORY}/discarded/{path}.{digest(data)[:8]}"


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
