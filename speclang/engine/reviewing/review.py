"""`review`: texts by hand whose meaning moved, and that somebody read them.

In: a folder, and what was read. Out: what is still to be read; the record with what was.
Invariant: writes the record and no other file; a text is noted as read only where it was in doubt and somebody named it.
"""

from collections.abc import Collection
from pathlib import Path

from ...diagnostics.diagnostic import Diagnostic, has_errors, ordered
from ...drift import review_errors
from ...drift.reviewed import Suspect, as_read
from ...lock import reviews
from ...project import disk
from ...source.hashing import Json
from ...source.records import dataclass, field
from ...source.span import Places
from ..compiling import open_project, with_sources
from ..fresh import look
from .record import Record, with_ends


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """`noted` are the texts that count as read now, `waiting` those that are still in doubt, `path` the record.

    `diagnostics` are why nobody can tell: the specs, or the record, can't be read.
    """

    noted: tuple[Suspect, ...] = ()
    waiting: tuple[Suspect, ...] = ()
    path: str = ""
    diagnostics: tuple[Diagnostic, ...] = ()
    places: Places = field(repr=False)


def review(start: Path, names: Collection[str] = (), *, because: str = "", dry_run: bool = False) -> Read:
    """Note that the texts of `names` were read as they stand: IDs of requirements, or defined words; none of them, none is noted.

    Raises `NoProject` and `OSError`.
    """
    opened = open_project(start, look(start), afresh=True)
    places = opened.compiled.places
    if has_errors(opened.compiled.diagnostics):
        return Read(diagnostics=opened.compiled.diagnostics, places=places)
    record = Record.of(opened)
    places = with_sources(places, [record.source])
    if record.wanted is None:
        bad = [one for one in record.diagnostics if one.code == review_errors.BAD_RECORD]
        return Read(diagnostics=ordered(bad, places), path=record.path, places=places)
    every = record.reviewed.suspects
    noted = tuple(one for one in every if one.written.owner in names or called(one) in names)
    if noted and not dry_run:
        done = {(one.feature, one.written.owner, one.written.name) for one in noted}
        kept = [one for one in record.reviewed.kept if (one.feature, one.about, one.name) not in done]
        kept.extend(as_read(one.feature, one.written, because) for one in noted)
        text = with_ends(record.text, reviews.write(kept)).encode("utf-8", "surrogateescape")
        disk.write_all(opened.root, {record.path: text}, {record.path: record.hash})
    waiting = tuple(one for one in every if one not in noted)
    return Read(noted=noted, waiting=waiting, path=record.path, places=places)


def called(one: Suspect) -> str:
    """What its owner is called without saying what it is: a requirement's ID, a defined word, a tool."""
    return one.written.owner.removeprefix("term ").removeprefix("tool ")


def as_data(one: Suspect) -> Json:
    """A text in doubt, for programs: whose, what it is, what it was read against and what it stands beside."""
    before, now = one.changed
    return {
        "feature": one.feature,
        "about": one.written.owner,
        "what": one.written.name,
        "then": list(before),
        "now": list(now),
    }
