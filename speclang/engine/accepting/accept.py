"""`accept`: findings that somebody looked at, and that stand as they are until a day.

In: a folder, what the findings are about, a reason, a last day. Out: the file of acceptances, with an entry for each.
Invariant: writes that one file and no other; what could hide that a project was never built, or was tampered with, is not taken.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from ...diagnostics.code import Severity
from ...diagnostics.diagnostic import Diagnostic, ordered
from ...diagnostics.fingerprint import fingerprint
from ...project import acceptances, disk
from ...project.acceptances import Acceptance
from ...source.hashing import digest
from ...source.records import dataclass, field
from ...source.span import Places
from ..compiling import Opened, open_project, with_sources
from ..fresh import look
from ..judging.ledger import judged
from ..standing.stand import stand


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """`entries` are the new ones, `dropped` those that were taken out, `path` the file they stand in.

    `diagnostics` are why nothing could be looked at, or else the findings that were not asked for; `others` what they are about.
    """

    entries: tuple[Acceptance, ...] = ()
    dropped: tuple[Acceptance, ...] = ()
    path: str = ""
    diagnostics: tuple[Diagnostic, ...] = ()
    others: tuple[str, ...] = ()
    places: Places = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Found:
    """All that can be accepted in a project, whatever entries say of it today, and the entries that were `used` for some of it."""

    opened: Opened
    findings: tuple[Diagnostic, ...]
    used: tuple[Acceptance, ...]
    places: Places


def accept(start: Path, name: str, *, because: str, until: date, dry_run: bool = False) -> Accepted:
    """Accept what is found about `name`: the ID of a requirement or case, a feature, or a code.

    Notes are meant where nothing graver is about it. An entry that was made for the same finding earlier is replaced. Raises
    `NoProject` and `OSError`.
    """
    found = _look(start)
    if isinstance(found, Accepted):
        return found
    about = [one for one in found.findings if _about(one, name)]
    wanted = [one for one in about if one.level is not Severity.NOTE] or about
    entries = tuple(
        Acceptance(
            one.code.id,
            one.requirement,
            one.primary.span.unit.file,
            fingerprint(one, found.places),
            one.title + (f": {one.primary.text}" if one.primary.text else ""),
            because,
            until,
        )
        for one in wanted
    )
    same = {(one.code, one.finding) for one in entries}
    dropped = tuple(one for one in found.opened.ledger.entries if (one.code, one.finding) in same)
    telling = [one for one in found.findings if one not in about and one.level is not Severity.NOTE]
    others = [name for one in telling for name in (one.requirement, one.code.id) if name]
    return _write(found, entries, dropped, others, dry_run=dry_run)


def withdraw(start: Path, name: str, *, dry_run: bool = False) -> Accepted:
    """Take out the entries about `name`, so that what they were made for is told again."""
    found = _look(start)
    if isinstance(found, Accepted):
        return found
    entries = found.opened.ledger.entries
    dropped = tuple(one for one in entries if name in (one.about, one.code) or f"`{name}`" in one.said)
    others = [name for one in entries if one not in dropped for name in (one.about, one.code) if name]
    return _write(found, (), dropped, others, dry_run=dry_run)


def tidy(start: Path, *, dry_run: bool = False) -> Accepted:
    """Take out the entries that do nothing: what they were made for is no longer found."""
    found = _look(start)
    if isinstance(found, Accepted):
        return found
    dropped = tuple(one for one in found.opened.ledger.entries if one not in found.used)
    return _write(found, (), dropped, [], dry_run=dry_run)


def _look(start: Path) -> _Found | Accepted:
    """Everything that is found, and what of it was accepted; or why that can't be told."""
    opened = open_project(start, look(start), afresh=True)
    own = [*opened.compiled.diagnostics, *(one for one, _ in opened.accepted)]
    places = opened.compiled.places
    broken = [one for one in opened.compiled.diagnostics if one.level is Severity.ERROR and not judged(one)]
    if broken:
        return Accepted(diagnostics=ordered(broken, places), places=places)
    standing = stand(opened)
    places = with_sources(places, standing.sources)
    findings = ordered([*(one for one in own if judged(one)), *standing.acceptable], places)
    still = {(one.code.id, fingerprint(one, places)) for one in findings}
    used = tuple(one for one in opened.ledger.entries if (one.code, one.finding) in still)
    return _Found(opened, findings, used, places)


def _about(one: Diagnostic, name: str) -> bool:
    """Whether a finding is about what a user calls `name`."""
    file = one.primary.span.unit.file
    if name in (one.requirement, one.code.id) or f"`{name}`" in one.title:
        return True
    return not one.requirement and (f"/{name}/" in f"/{file}" or one.primary.span.unit.key == f"feature {name}")


def _write(
    found: _Found,
    entries: tuple[Acceptance, ...],
    dropped: tuple[Acceptance, ...],
    others: Iterable[str],
    *,
    dry_run: bool,
) -> Accepted:
    home, source = found.opened.home, found.opened.ledger.source
    made = Accepted(
        entries=entries,
        dropped=tuple(one for one in dropped if not _replaced(one, entries)),
        path=source.name,
        others=tuple(dict.fromkeys(others)),
        places=found.places,
    )
    if dry_run or not (entries or dropped):
        return made
    text = acceptances.with_entries(source.text, entries, dropped)
    held = disk.read_text(home.root, source.name)
    was = "" if held is None else digest(held.encode("utf-8", "surrogateescape"))
    disk.write_all(home.root, {source.name: text.encode("utf-8")}, {source.name: was})
    return made


def _replaced(one: Acceptance, entries: Sequence[Acceptance]) -> bool:
    return any((one.code, one.finding) == (other.code, other.finding) for other in entries)
