"""A new project: configuration and a first spec, built.

Invariant: writes nothing if any of its files is there already.
"""

from pathlib import Path

from ...project.disk import write_all
from ..build import build

CONFIG = """\
# The project's root. Paths are relative to this file.
specs     = "specs"
generated = "generated"
"""

FIRST = """\
# A feature in a few lines: what the system knows, what it may do, and when.
feature first "Library desk" {
  role "You are the help desk of a library. You answer members about their loans."

  given late days 0 .. 60 { name "the time since the due date"; from user; say "It was due {late} ago." }

  outcome renew   "tell the member that the loan is renewed" { mentions "renewed" }
  outcome decline "ask the member to return the book"        { mentions "return" }
  exclusive renew, decline

  ask "Can I keep my book a little longer?"

  LOAN-1 rule "Renewal"    { when late <= 7 days; must renew }
  LOAN-2 rule "No renewal" { when late > 7 days; must decline }
  FMT-1 format "Short answers" { must words <= 60 }
}
"""

IGNORED = "# what specc remembers between runs; safe to delete\n.specc/\n"


class AlreadyThere(Exception):
    """A file that `start` would write exists; `path` is its name."""

    def __init__(self, path: str) -> None:
        """Keep the name."""
        super().__init__(path)
        self.path = path


def start(folder: Path) -> tuple[str, ...]:
    """Write a project into `folder` and build it; returns the paths written, configuration first.

    Raises `AlreadyThere` before anything is written, and `OSError` where the folder can't be written.
    """
    files = {"specc.toml": CONFIG, "specs/first.spec": FIRST}
    if not (folder / ".gitignore").exists():
        files[".gitignore"] = IGNORED
    for name in files:
        if (folder / name).exists():
            raise AlreadyThere(name)
    folder.mkdir(parents=True, exist_ok=True)
    write_all(folder, {name: text.encode() for name, text in files.items()})
    report = build(folder)
    return (*files, *report.written)
