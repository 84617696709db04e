"""What is staged of a project: whether a commit would change it, and what it would then hold.

In: a folder. Out: the project as the index of git has it, to be checked like any other. Reads no file of the work tree.
"""

from pathlib import Path
from typing import NamedTuple

from ...diagnostics.result import Result
from ...project import git, snapshot
from ...project.config import Home, NoProject
from ...project.snapshot import Changes


class Staged(NamedTuple):
    """A project as it is staged; `found` is None where the commit takes all of it away."""

    found: Result[Home] | None
    changes: Changes

    @property
    def untouched(self) -> bool:
        """Whether something is staged, and nothing of it is the project's.

        Where nothing is staged at all, nobody is about to commit: the whole index is meant, as in a run over all files.
        """
        return self.changes.any and not self.changes.names


def staged(start: Path) -> Staged:
    """The project that `start` lies in, as it is staged. Raises `NoProject` and `GitFailed`."""
    try:
        found = snapshot.staged(start)
    except NoProject:
        if not _goes(start):
            raise
        return Staged(None, Changes((), any=True))
    return Staged(found, snapshot.staged_changes(found.value))


def _goes(start: Path) -> bool:
    """Whether the last commit held a project of which nothing is left."""
    try:
        home = snapshot.at(start, "HEAD").value
    except (NoProject, git.GitFailed):
        return False
    was = snapshot.snapshot_of(home)
    now = snapshot.Snapshot(was.where, None, was.prefix)
    return not now.below(home.config.specs, ".spec") and not now.below(home.config.generated)
