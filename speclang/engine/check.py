"""Checks a project: the specs themselves, then every generated file against them.

In: a folder. Out: a report. Writes nothing but specc's own memory of having found everything in sync.
"""

from pathlib import Path

from ..diagnostics.diagnostic import Diagnostic, has_errors, ordered
from ..lock import stamp, summary
from ..project import disk
from ..source.hashing import digest
from ..source.records import dataclass, field
from ..source.span import Places
from ..source.text import SourceText
from . import fresh
from .compiling import Opened, open_project, with_sources
from .heap import uncollected
from .standing import Standing, stand


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """`diagnostics` in order; `features` says per feature what it holds and how much of it is typed."""

    diagnostics: tuple[Diagnostic, ...]
    features: tuple[str, ...]
    summary: str
    places: Places = field(repr=False)

    @property
    def in_sync(self) -> bool:
        """Whether nothing that fails a check was found."""
        return not has_errors(self.diagnostics)


@uncollected()
def check(start: Path, *, afresh: bool = False, seen: fresh.Seen | None = None) -> Report:
    """Check the project that `start` lies in; `afresh`, without what is remembered; `seen`, if it was looked at.

    Raises `NoProject` and `OSError`.

    Where the specs themselves are wrong, the generated files are not compared: nobody knows what they should say.
    """
    opened = open_project(start, seen or fresh.look(start), afresh=afresh)
    own = opened.compiled.diagnostics
    if has_errors(own):
        return _report(opened, own, opened.compiled.places)
    standing = stand(opened)
    places = with_sources(opened.compiled.places, standing.sources)
    found = ordered([*own, *standing.diagnostics], places)
    report = _report(opened, found, places)
    if not found:
        kept(opened, standing, report)
    return report


def kept(opened: Opened, standing: Standing, report: Report) -> None:
    """Remember that everything was found in sync, so that the next command need not look again.

    What is remembered is what was compiled and compared, not what the disk holds by now.
    """
    if opened.seen is None:
        return
    was = dict(opened.seen.now.files)
    if not all(was.get(one.name) == digest(one.text) or _with_mark(one) == was.get(one.name) for one in opened.texts):
        return
    home, lock = opened.home, opened.compiled.lock
    files = {path: hash for path, hash in was.items() if not path.startswith(f"{home.config.generated}/")}
    files.update({one.path: one.hash for one in lock.files})
    files[standing.lock_path] = digest(standing.lock_text)
    now = opened.seen.now._replace(files=tuple(sorted(files.items())), features=report.features, summary=report.summary)
    disk.remember(opened.root, fresh.STAMP, stamp.write(now).encode())


def _with_mark(source: SourceText) -> str:
    """The hash of `source` with the byte order mark that reading dropped."""
    return digest(f"\ufeff{source.text}")


def _report(opened: Opened, found: tuple[Diagnostic, ...], places: Places) -> Report:
    return Report(
        diagnostics=found,
        features=summary.features(opened.compiled.lock.features),
        summary=summary.whole(opened.compiled.lock.features),
        places=places,
    )
