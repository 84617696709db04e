"""Checks a project: the specs themselves, then every generated file against them.

In: a folder. Out: a report. Writes nothing but specc's own memory of having found everything in sync.
"""

from collections.abc import Mapping
from pathlib import Path

from ..analysis.lacking.coverage import uncovered
from ..diagnostics.diagnostic import Diagnostic, has_errors, has_more_than_notes, ordered
from ..lock import stamp, summary
from ..project import disk
from ..project.acceptances import Acceptance
from ..source.hashing import digest
from ..source.records import dataclass, field, replace
from ..source.span import Places
from ..syntax import divided
from ..syntax.divided import Blocks, blocks_of
from . import fresh
from .affected import BLOCKS, hashes_of
from .compiling import Opened, open_project, with_sources
from .heap import uncollected
from .standing.stand import Standing, stand


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """`diagnostics` in order; `features` says per feature what it holds and how much of it is typed.

    `accepted` are findings that stand as they are until a day, and are not among the diagnostics.
    """

    diagnostics: tuple[Diagnostic, ...]
    accepted: tuple[tuple[Diagnostic, Acceptance], ...] = ()
    features: tuple[str, ...]
    summary: str
    places: Places = field(repr=False)

    @property
    def in_sync(self) -> bool:
        """Whether nothing that fails a check was found."""
        return not has_errors(self.diagnostics)


@uncollected()
def check(start: Path, *, afresh: bool = False, coverage: bool = False, seen: fresh.Seen | None = None) -> Report:
    """Check the project that `start` lies in; `afresh`, without what is remembered; `seen`, if it was looked at.

    Raises `NoProject` and `OSError`.

    Where the specs themselves are wrong, the generated files are not compared: nobody knows what they should say.
    """
    opened = open_project(start, seen or fresh.look(start), afresh=afresh or coverage, remembering=not afresh)
    return judged(with_coverage(opened) if coverage else opened)


def with_coverage(opened: Opened) -> Opened:
    """A project with what is found about its requirements that nothing tries, or nothing can fail."""
    made, kinds = opened.compiled, opened.home.config.kinds
    lacking = uncovered(made.program, made.plan, made.diagnostics, kinds)
    found = ordered([*made.diagnostics, *lacking], made.places)
    return replace(opened, compiled=replace(made, diagnostics=found))


def judged(opened: Opened, *, remembering: bool = True) -> Report:
    """Compare what a project compiles to with what it holds; that all is in sync is remembered if `remembering`."""
    own = opened.compiled.diagnostics
    if has_errors(own):
        return report_of(opened, own, opened.compiled.places)
    standing = stand(opened)
    places = with_sources(opened.compiled.places, standing.sources)
    accepted = (*opened.accepted, *standing.accepted)
    idle = opened.ledger.idle(entry for _, entry in accepted) if opened.known is None else ()
    report = report_of(opened, ordered([*own, *standing.diagnostics, *idle], places), places, accepted)
    if remembering and not has_more_than_notes(own) and not standing.diagnostics and not idle:
        kept(opened, standing, report)
    return report


def kept(opened: Opened, standing: Standing, report: Report, written: Mapping[str, str] | None = None) -> None:
    """Remember that everything was found in sync, so that the next command need not look again.

    `written` are the hashes of what was written beside the generated files. What is remembered is what was compiled and compared, not
    what the disk holds by now.
    """
    if opened.seen is None:
        return
    was = dict(opened.seen.now.files)
    if not all(was.get(one.name) in hashes_of(one) for one in opened.texts):
        return
    home, lock = opened.home, opened.compiled.lock
    files = {path: hash for path, hash in was.items() if not path.startswith(f"{home.config.generated}/")}
    files.update({one.path: one.hash for one in lock.files})
    files.update({path: digest(text) for path, text in standing.kept.items()})
    files[standing.lock_path] = digest(standing.lock_text)
    files.update(written or {})
    now = opened.seen.now._replace(files=tuple(sorted(files.items())), features=report.features, summary=report.summary)
    place = fresh.STAGED if home.kept else ""
    disk.remember(opened.root, f"{place}{BLOCKS}", divided.write(_blocks(opened, was)).encode())
    disk.remember(opened.root, f"{place}{fresh.STAMP}", stamp.write(now).encode())


def _blocks(opened: Opened, hashes: Mapping[str, str]) -> dict[tuple[str, str], Blocks]:
    """The blocks of every file that holds several features: of those that were read, as they are; of others, as remembered."""
    known = opened.known
    read = {one.source.name: blocks_of(one) for one in opened.compiled.files}
    if known is not None:
        read.update((path, one.blocks) for path, one in known.divided.items())
    found = {key: one for key, one in (known.blocks.items() if known else ()) if hashes.get(key[0]) == key[1]}
    found.update(((path, hashes[path]), one) for path, one in read.items() if len(one.features) > 1)
    return found


def report_of(
    opened: Opened,
    found: tuple[Diagnostic, ...],
    places: Places,
    accepted: tuple[tuple[Diagnostic, Acceptance], ...] = (),
) -> Report:
    """What is said of a project: its findings, those that were accepted, and what it amounts to."""
    return Report(
        diagnostics=found,
        accepted=accepted,
        features=summary.features(opened.compiled.lock.features),
        summary=summary.whole(
            opened.compiled.lock.features, len(accepted), min((one.until for _, one in accepted), default=None)
        ),
        places=places,
    )
