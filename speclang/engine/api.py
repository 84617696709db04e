"""What Python programs call: the engine behind the commands, with a folder's name as they have it.

In: the folder of a project, or one inside it. Out: values; nothing is printed.
Invariant: raises `NoProject` where there is no project and `OSError` where a file can't be read or written; a fault of a
spec is never raised, it stands in `diagnostics`.
"""

import os
from pathlib import Path

from . import build as building
from . import check as checking
from .build import Built
from .check import Report
from .compiling import open_project
from .pipeline import Compiled

Folder = str | os.PathLike[str]


def compile(folder: Folder = ".") -> Compiled:
    """Every stage of the project's compilation; nothing is written."""
    return open_project(Path(folder)).compiled


def check(folder: Folder = ".") -> Report:
    """Whether specs and generated files say the same; nothing is written but what `check` remembers in `.specc/`."""
    return checking.check(Path(folder))


def build(folder: Folder = ".", *, discard: bool = False, dry_run: bool = False) -> Built:
    """Write what the specs say; `discard` also over hand edits, of which a copy is kept in `.specc/discarded/`."""
    return building.build(Path(folder), discard=discard, dry_run=dry_run)
