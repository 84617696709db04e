"""Whether anything changed since everything was last in sync: the first line of every command that would do nothing.

In: a folder. Out: yes with what was said then, or no. Reads and hashes files, and stops.
Invariant: standard library and the lowest floors only; no parser, no schema, no template engine is imported.
"""

from pathlib import Path

from ..lock import stamp
from ..project import config, disk, paths
from ..version import VERSION

STAMP = "stamp.json"
LOCK = "specc.lock"


def unchanged(start: Path) -> stamp.Stamp | None:
    """What the last check said, if the project in `start` is as it was then; None if not, or if that is not known.

    Raises `NoProject` and `OSError`.
    """
    found = config.find(start)
    if found.diagnostics or disk.interrupted(found.value.root):
        return None
    kept = remembered(found.value)
    return kept if kept is not None and kept.matches(current(found.value)) else None


def remembered(home: config.Home) -> stamp.Stamp | None:
    """The stamp of the last time that everything was in sync."""
    return stamp.read(disk.recall(home.root, STAMP) or "")


def current(home: config.Home) -> stamp.Stamp:
    """The project as it stands on the disk: settings, specs, layout, generated files, lock."""
    return stamp.Stamp(VERSION, home.config.digest, tuple(disk.hashes(home.root, sorted(_files(home)))))


def _files(home: config.Home) -> list[str]:
    settings = home.config
    names = [*paths.files_below(home.root, settings.specs, ".spec"), *paths.files_below(home.root, settings.generated)]
    if settings.has_template:
        names.append(settings.layout)
    return names
