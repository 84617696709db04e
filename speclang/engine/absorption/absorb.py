"""Takes hand edits of prompts back into the specs: propose, build, compare; all of them or none.

In: a folder. Out: a report. Specs and generated files are written together, as one change.
Invariant: nothing is written unless a build of the new specs makes exactly what was edited.
"""

from collections.abc import Sequence
from difflib import unified_diff
from itertools import islice
from pathlib import Path

from ...diagnostics.code import Severity
from ...diagnostics.diagnostic import Diagnostic, Edit, has_errors, ordered
from ...drift import errors
from ...drift.match import Segment
from ...drift.states import Finding, State
from ...drift.wording import Change, change, named
from ...lock import lockfile, summary
from ...project import disk
from ...source.hashing import digest
from ...source.records import dataclass, field, replace
from ...source.span import Places, Unit, whole_file
from ...source.text import SourceText
from ...syntax.edit import apply_edits, places
from ...syntax.format import format_source
from ..build import losses
from ..compiling import Opened, open_project, with_sources
from ..fresh import look
from ..heap import uncollected
from ..pipeline import compile_texts
from ..standing.differences import Difference, Held, differences
from ..standing.stand import stand
from .proposals import Proposal, Speaking, everywhere, proposals

_MOST = 6
"""The most proposals for one edit that are built."""

_BY_HAND = (State.EDITED, State.CONFLICT, State.MOVED, State.DUPLICATED, State.ORPHAN, State.DELETED)

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A spec whose text has changed, and the change as a unified diff."""

    path: str
    diff: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Absorbed:
    """`done` is False where nothing was written because of `diagnostics`; `taken` are the requirements that say something else now."""

    done: bool
    diagnostics: tuple[Diagnostic, ...]
    taken: tuple[str, ...] = ()
    specs: tuple[Rewritten, ...] = ()
    written: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    places: Places = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Edit:
    """A hand edit: the finding, the file it is in, and what tells it apart."""

    finding: Finding
    difference: Difference

    @property
    def key(self) -> Key:
        part = self.finding.part
        return (self.finding.path, part.kind, part.id) if part else (self.finding.path, "", self.finding.text)


@uncollected()
def absorb(start: Path, *, dry_run: bool = False, wide: bool = False) -> Absorbed:
    """Take the hand edits of the project that `start` lies in back into its specs, and build.

    With `wide`, a quantity that was edited in one clause is changed wherever its feature says it; without, no clause changes but
    those that were edited.

    Raises `NoProject`, `Busy` and `OSError`, in each case before anything changed.
    """
    opened = open_project(start, look(start), afresh=True)
    if has_errors(opened.compiled.diagnostics):
        return Absorbed(done=False, diagnostics=opened.compiled.diagnostics, places=opened.compiled.places)
    now, refused = opened, list[Diagnostic]()
    accepted = _accepted(opened)
    waiting = [one for one in _edits(opened) if one.finding not in accepted]
    taken: list[str] = []
    for edit in waiting:
        if edit.key not in {one.key for one in _edits(now)}:
            continue
        made, reason = _taken(now, edit, wide=wide)
        if made is None:
            helps = not wide and _taken(now, edit, wide=True)[0] is not None
            refused.append(_refused(edit, reason, helps=helps))
        else:
            before, now = Speaking(now).ids(), made
            fresh = sorted(Speaking(made).ids() - before)
            taken.extend([edit.finding.part.owner] if edit.finding.part else fresh)
    now = _formatted(opened, now)
    standing = stand(now)
    where = with_sources(opened.compiled.places, standing.sources)
    if not refused:
        refused.extend(losses(standing))
    if refused:
        return Absorbed(done=False, diagnostics=ordered(refused, where), places=where)
    return _write(opened, now, tuple(dict.fromkeys(taken)), where, dry_run=dry_run)


def _accepted(opened: Opened) -> list[Finding]:
    """The hand edits that stand as they are; nobody asked for them to be taken back."""
    standing = stand(opened) if opened.ledger.entries else None
    said = {one for one, _ in standing.accepted} if standing else set()
    return [found for one, found in standing.parts if one in said] if standing else []


def _edits(opened: Opened, *, wide: bool = True) -> tuple[_Edit, ...]:
    """What somebody has edited, in the order of the files; white space is not worth a change of a spec.

    Not `wide`, also what is out of date in a prompt: what a change of the specs would change beside it.
    """
    states = _BY_HAND if wide else (*_BY_HAND, State.STALE)
    return tuple(
        _Edit(finding, one)
        for one in differences(opened, Held.of(opened))
        if one.file is None or one.file.hash not in (digest(one.theirs), digest(one.plain))
        for finding in one.findings
        if finding.state in (states if finding.path.endswith(".md") else _BY_HAND) and not finding.cosmetic
    )


def _taken(opened: Opened, edit: _Edit, *, wide: bool) -> tuple[Opened | None, str]:
    """The project with the edit in its specs; or why no proposal makes it."""
    reason = ""
    feature = edit.difference.artifact.feature
    for narrow in islice(proposals(opened, edit.finding, edit.difference.plain), _MOST):
        made = _rewritten(opened, everywhere(opened, feature, narrow) if wide else narrow)
        if made is None:
            continue
        wrong = _wrong(opened, made, edit, wide=wide)
        if not wrong:
            return made, ""
        reason = reason or wrong
    return None, reason


def _wrong(before: Opened, made: Opened, edit: _Edit, *, wide: bool) -> str:
    """What speaks against the specs of `made`: they do not hold, make something else, or change what was not edited."""
    errors_found = [one for one in made.compiled.diagnostics if one.code.severity is Severity.ERROR]
    if errors_found:
        return f"the spec would not hold: {errors_found[0].title[0].lower()}{errors_found[0].title[1:]}"
    known = {one.key for one in _edits(before, wide=wide)}
    left = {one.key: one for one in _edits(made, wide=wide)}
    if edit.finding.part is None and left.keys() - known:
        return "a build would put it in another place"
    for key, other in left.items():
        if key not in known:
            part = other.finding.part
            return f"it would change {named(other.finding.path, [part]) if part else 'other text'} too"
    made_of = left.get(edit.key)
    if made_of is None:
        return ""
    part = made_of.finding.part
    return f"a build would write it otherwise: {change(edit.finding.text, part.text).text}" if part else ""


def _rewritten(opened: Opened, proposal: Proposal) -> Opened | None:
    """The project with other specs, and what is safe to mend in them mended; None where the edits get in each other's way."""
    made = _edited(opened, proposal)
    if made is None:
        return None
    touched: set[Unit] = {edit.span.unit for edit in proposal}
    known = {(one.code, one.primary.span) for one in opened.compiled.diagnostics}
    fixes = [
        edit
        for one in made.compiled.diagnostics
        if one.primary.span.unit in touched and (one.code, one.primary.span) not in known and one.fix and one.fix.safe
        for edit in one.fix.edits
    ]
    return (_edited(made, tuple(fixes)) or made) if fixes else made


def _edited(opened: Opened, edits: tuple[Edit, ...]) -> Opened | None:
    files = opened.compiled.files
    where = places(files)
    texts = [apply_edits(file.source, edits, where) for file in files]
    sources = [text for text in texts if text is not None]
    if len(sources) < len(texts):
        return None
    return _compiled(opened, sources)


def _compiled(opened: Opened, sources: Sequence[SourceText]) -> Opened:
    names = {source.name for source in sources}
    templates = [one for one in opened.texts if one.name not in names]
    return replace(opened, compiled=compile_texts(sources, opened.home.config, templates), known=None)


def _formatted(before: Opened, now: Opened) -> Opened:
    """`now` with each spec that was formatted before formatted again."""
    was = {file.source.name: file for file in before.compiled.files}
    texts = [
        SourceText(file.source.name, format_source(file.source).value)
        if file.source.text != was[file.source.name].source.text == format_source(was[file.source.name].source).value
        else file.source
        for file in now.compiled.files
    ]
    return _compiled(now, texts)


def _refused(edit: _Edit, reason: str, *, helps: bool) -> Diagnostic:
    """Why an edit is not taken; `helps` where it would be with the same change everywhere."""
    finding, part = edit.finding, edit.finding.part
    at = finding.theirs or Segment(0, 0)
    made = change(part.text, finding.text) if part and finding.theirs else Change("", 0, at.end - at.start)
    what = named(finding.path, [part]) if part else "a line that was added"
    return errors.not_taken(
        what,
        part.owner if part else finding.near,
        whole_file(finding.path, at.start + made.start, at.start + made.end),
        finding.state,
        part.kind if part else "",
        reason,
        helps=helps,
    )


def _write(opened: Opened, now: Opened, taken: tuple[str, ...], where: Places, *, dry_run: bool) -> Absorbed:
    """Write specs, generated files and lock as one change."""
    before = {file.source.name: file.source for file in opened.compiled.files}
    changed = {
        file.source.name: file.source
        for file in now.compiled.files
        if file.source.text != before[file.source.name].text
    }
    standing = stand(now)
    touched = {one.name for one in now.compiled.program.features if changed.keys() & set(one.files)}
    files: dict[str, bytes | None] = {}
    judged = {path: digest(_bytes(text)) for path, text in standing.held.items()}
    for path, source in changed.items():
        raw = disk.read_text(opened.root, path) or ""
        judged[path] = digest(_bytes(raw))
        files[path] = _bytes(_as_it_was(raw, source.text))
    if changed:
        files.update({one.path: _bytes(standing.kept.get(one.path, one.text)) for one in now.compiled.artifacts})
        files[standing.lock_path] = _bytes(lockfile.write(now.compiled.lock))
        judged[standing.lock_path] = standing.lock_hash
        files.update(standing.record.files)
        judged[standing.record.path] = standing.record.hash
    planned = tuple(path for path, data in sorted(files.items()) if data is None or digest(data) != judged.get(path))
    written = planned if dry_run else disk.write_all(opened.root, files, judged)
    return Absorbed(
        done=True,
        diagnostics=now.compiled.diagnostics,
        taken=taken,
        specs=tuple(_diff(before[path], source) for path, source in changed.items()),
        written=tuple(path for path in written if path not in changed),
        features=summary.features([one for one in now.compiled.lock.features if one.name in touched]),
        places=with_sources(now.compiled.places, standing.sources) if changed else where,
    )


def _as_it_was(raw: str, text: str) -> str:
    """`text` with the byte order mark and the line ends that the file has."""
    ends = text.replace("\n", "\r\n") if "\r\n" in raw else text
    return f"\ufeff{ends}" if raw.startswith("\ufeff") else ends


def _diff(before: SourceText, after: SourceText) -> Rewritten:
    lines = unified_diff(before.text.splitlines(), after.text.splitlines(), before.name, after.name, lineterm="", n=1)
    return Rewritten(after.name, "\n".join(lines))


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
