"""Which folders have to be watched for a project, and which of the paths in them can matter.

In: a project's settings. Out: folders; yes or no for a path. Deep folders are watched with all that is below them, flat ones only for
what lies right in them, so that what else a repository holds (dependencies, build products) costs nothing.
"""

import os
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from ...project import paths
from ...project.config import SHARED, Home


class Folders(NamedTuple):
    """The folders of one project that are there."""

    deep: tuple[paths.Folder, ...]
    flat: tuple[paths.Folder, ...]


def folders(home: Home) -> Folders:
    """The folders to watch for `home`, as far as they are there."""
    config = home.config
    deep = (config.specs, config.generated)
    single = [paths.SETTINGS, SHARED, *config.templates, *deep]
    flat = dict.fromkeys(above.as_posix() for name in single for above in PurePosixPath(name).parents)
    return Folders(paths.folders_there(home.root, deep), paths.folders_there(home.root, flat))


def concerns(home: Home, path: str) -> bool:
    """Whether a change at `path`, which is absolute, can be one of the project: of a file of it, or of a folder on the way to one."""
    root = os.path.realpath(home.root)
    if path != root and not path.startswith(root.rstrip(os.sep) + os.sep):
        return True  # a link led there
    name = PurePosixPath(Path(path[len(root) :].lstrip(os.sep)).as_posix())
    if any(part.startswith(".") for part in name.parts):
        return False
    config = home.config
    inside = (PurePosixPath(config.specs), PurePosixPath(config.generated))
    single = (paths.SETTINGS, SHARED, paths.accepted(config.specs), *config.templates, config.specs, config.generated)
    return any(name.is_relative_to(one) for one in inside) or any(
        PurePosixPath(one).is_relative_to(name) for one in single
    )
