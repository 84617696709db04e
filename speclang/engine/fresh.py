"""Whether anything changed since everything was last in sync: the first line of every command that would do nothing.

In: a folder. Out: yes with what was said then, or no. Reads and hashes files, and stops.
Invariant: standard library and the lowest floors only; no parser, no schema, no template engine is imported.
"""

from pathlib import Path
from typing import NamedTuple

from ..diagnostics.result import Result
from ..lock import stamp
from ..project import config, disk, paths
from ..source.hashing import digest
from ..version import VERSION

STAMP = "stamp.json"
STAGED = "staged/"
"""Where it is remembered what was staged when that was last in sync, apart from what lies on the disk."""

KINDS = "kinds"
LOCK = "specc.lock"


class Seen(NamedTuple):
    """A project as it was looked at: its settings, the hashes of its files, and those of the last time all was in sync."""

    found: Result[config.Home]
    now: stamp.Stamp
    kept: stamp.Stamp | None

    @property
    def unchanged(self) -> bool:
        """Whether nothing has changed since everything was in sync, so that there is nothing to do."""
        root = self.found.value.root
        return (
            self.kept is not None
            and not self.found.diagnostics
            and (self.found.value.kept is not None or not disk.interrupted(root))
            and self.kept.matches(self.now)
        )

    @property
    def said(self) -> stamp.Stamp:
        """The stamp with what a check says as long as nothing changes."""
        return self.kept or self.now


def look(start: Path) -> Seen:
    """Look at the project that `start` lies in. Raises `NoProject` and `OSError`."""
    found = config.find(start)
    return Seen(found, current(found.value), remembered(found.value))


def look_at(found: Result[config.Home]) -> Seen:
    """Look at a project as git keeps it. Raises `GitFailed`.

    What was in sync, on the disk or staged, need not be looked at again wherever it lies now: of the two the likest is taken.
    """
    now = current(found.value)
    root = found.value.root
    kept = [stamp.read(disk.recall(root, name) or "") for name in (STAMP, f"{STAGED}{STAMP}")]
    files = set(now.files)
    likest = min((one for one in kept if one), key=lambda one: len(files.symmetric_difference(one.files)), default=None)
    return Seen(found, now, likest)


def remembered(home: config.Home) -> stamp.Stamp | None:
    """The stamp of the last time that everything was in sync."""
    return stamp.read(disk.recall(home.root, STAMP) or "")


def current(home: config.Home) -> stamp.Stamp:
    """The project as it stands on the disk: settings, specs, layout, generated files, lock."""
    return stamp.Stamp(_compiler(home), home.config.digest, tuple(home.tree.hashes(sorted(_files(home)))))


def _compiler(home: config.Home) -> str:
    """What judges: this version, the severities, what was accepted and, of the kinds of others, the state of their code."""
    said = [VERSION, *_accepted(home), *(f"{code} is {level}" for code, level in home.config.severities)]
    if home.config.kinds:
        said.extend(map(state, map(Path, (disk.recall(home.root, KINDS) or "").splitlines())))
    return digest("\n".join(said)) if len(said) > 1 else VERSION


def _accepted(home: config.Home) -> list[str]:
    """What was accepted and counts today: on the day after its last one, everything is looked at again."""
    text = home.tree.text(paths.accepted(home.config.specs))
    if text is None:
        return []
    from ..project import acceptances, clock

    return [acceptances.state(text, clock.today())]


def state(path: Path) -> str:
    """A file of code as it is: what is remembered is this machine's own, so its time and size say enough."""
    try:
        now = path.stat()
    except OSError:
        return f"{path} is gone"
    return f"{path} {now.st_size} {now.st_mtime_ns}"


def _files(home: config.Home) -> list[str]:
    settings = home.config
    names = [*home.tree.below(settings.specs, ".spec"), *home.tree.below(settings.generated)]
    names.extend((*settings.templates, paths.reviewed(settings.specs)))
    return names
