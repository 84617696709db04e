"""Takes hand edits of generated files back into the specs: propose, build, compare; all of them or none.

In: a folder, and for each edit what to do with it, if somebody is asked. Out: a report. Specs and generated files are written
together, as one change. Invariant: nothing is written unless a build of the new specs makes exactly what was edited.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from ...diagnostics.diagnostic import Diagnostic, has_errors, ordered
from ...drift import absorb_errors
from ...drift.keeping import keeping
from ...drift.match import Segment
from ...drift.states import Finding
from ...drift.wording import Change, change, named
from ...lock import lockfile, summary
from ...project import disk
from ...source.hashing import digest
from ...source.records import dataclass, field, replace
from ...source.span import Places, whole_file
from ..build import copy_of, losses
from ..compiling import Opened, open_project, with_sources
from ..fresh import look
from ..heap import uncollected
from ..standing.differences import differences
from ..standing.stand import Standing, stand
from .asking import Choice, Choose, Rewritten, differ, offer
from .proposals import Speaking
from .taking import take
from .work import PROMPTS, HandEdit, Key, Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Absorbed:
    """`done` is False where nothing was written because of `diagnostics`, or because somebody `stopped`.

    `taken` are the requirements that say something else now, `discarded` and `skipped` what else was decided, in words; `saved` are copies
    of what was discarded. `unread` are requirements whose texts by hand are to be read again.
    """

    done: bool
    diagnostics: tuple[Diagnostic, ...]
    stopped: bool = False
    taken: tuple[str, ...] = ()
    discarded: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    saved: tuple[str, ...] = ()
    specs: tuple[Rewritten, ...] = ()
    written: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    places: Places = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What became of the edits: `work` with those that were taken in its specs, by the names of their requirements.

    `left` are the edits that stay in the files as they are, `gone` those that give way to what the spec says. `stated` are cases that were
    added and give way to those of the examples `cases`, which say the same. `refused` is why others can't be taken.
    """

    work: Work
    taken: tuple[str, ...] = ()
    left: frozenset[Key] = frozenset()
    gone: frozenset[Key] = frozenset()
    stated: frozenset[Key] = frozenset()
    cases: frozenset[str] = frozenset()
    discarded: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    refused: tuple[Diagnostic, ...] = ()
    stopped: bool = False


@uncollected()
def absorb(start: Path, *, dry_run: bool = False, wide: bool = False, choose: Choose | None = None) -> Absorbed:
    """Take the hand edits of the project that `start` lies in back into its specs, and build.

    With `wide`, a quantity that was edited in one clause is changed wherever its feature says it; without, no clause changes but
    those that were edited. `choose` decides on each edit; without it, all are taken or none.

    Raises `NoProject`, `Busy` and `OSError`, in each case before anything changed.
    """
    opened = open_project(start, look(start), afresh=True)
    if has_errors(opened.compiled.diagnostics):
        return Absorbed(done=False, diagnostics=opened.compiled.diagnostics, places=opened.compiled.places)
    before = Work.on(opened)
    decided = decide(before, _accepted(opened), wide=wide, choose=choose)
    now = replace(decided, work=decided.work.formatted(before))
    standing = stand(now.work.opened, now.work.held)
    where = with_sources(opened.compiled.places, standing.sources)
    if decided.stopped:
        return Absorbed(done=False, stopped=True, diagnostics=(), places=where)
    texts, lost = _texts(now, standing)
    refused = [*decided.refused, *(lost if not decided.refused else ())]
    if refused:
        return Absorbed(done=False, diagnostics=ordered(refused, where), places=where)
    return _write(before, now, standing, texts, where, dry_run=dry_run)


def decide(
    before: Work, accepted: Sequence[Finding] = (), *, wide: bool = False, choose: Choose | None = None
) -> Decided:
    """Decide on each edit but those that are `accepted`, in the order of the files. Writes nothing."""
    waiting = [one for one in before.edits() if one.finding not in accepted]
    now = Decided(work=before)
    for number, edit in enumerate(waiting, 1):
        if edit.key not in {one.key for one in now.work.edits()}:
            continue
        tried = take(now.work, edit, wide=wide, decided=choose is not None)
        helps = (
            tried.made is None
            and not wide
            and take(now.work, edit, wide=True, decided=choose is not None).made is not None
        )
        refusal = _refused(edit, tried.reason, helps=helps)
        choice = Choice.TAKE
        if choose is not None:
            choice = choose(offer(before, now.work, edit, tried, refusal.notes[0], number, len(waiting)))
        what = named(edit.finding.path, [edit.finding.part]) if edit.finding.part else "a line that was added"
        match choice:
            case Choice.QUIT:
                return replace(now, stopped=True)
            case Choice.SKIP:
                now = replace(now, left=now.left | {edit.key}, skipped=(*now.skipped, what))
            case Choice.DISCARD:
                now = replace(now, gone=now.gone | {edit.key}, discarded=(*now.discarded, what))
            case _ if tried.made is None:
                now = replace(now, refused=(*now.refused, refusal))
            case _:
                now = _with(now, edit, tried.made)
    return replace(now, taken=tuple(dict.fromkeys(now.taken)))


def _with(now: Decided, edit: HandEdit, made: Work) -> Decided:
    """`now` with an edit that was taken."""
    part = edit.finding.part
    fresh = sorted(Speaking(made.opened).ids() - Speaking(now.work.opened).ids())
    now = replace(now, work=made, taken=(*now.taken, *([part.owner] if part is not None else fresh)))
    if part is not None or edit.finding.path.endswith(PROMPTS):
        return now
    return replace(now, cases=now.cases | frozenset(fresh), stated=now.stated | {edit.key})


def _accepted(opened: Opened) -> list[Finding]:
    """The hand edits that stand as they are; nobody asked for them to be taken back."""
    standing = stand(opened) if opened.ledger.entries else None
    said = {one for one, _ in standing.accepted} if standing else set()
    return [found for one, found in standing.parts if one in said] if standing else []


def _texts(now: Decided, standing: Standing) -> tuple[Mapping[str, str], list[Diagnostic]]:
    """What the generated files are to hold, and what of them would be lost although nobody decided so."""
    lost = losses(standing)
    told = dict(standing.parts)
    accepted = [told[one] for one, _ in standing.accepted]
    texts = dict(standing.kept)
    for one in differences(now.work.opened, now.work.held) if now.left or now.gone or now.stated else ():
        edits = [HandEdit(finding, one) for finding in one.findings if not finding.cosmetic]
        left = [edit.finding for edit in edits if edit.key in now.left or edit.finding in accepted]
        gone = {edit.finding for edit in edits if edit.key in now.gone | now.stated or _of_new(edit, now.cases)}
        text = keeping(one.artifact, one.plain, left) if left else one.artifact.text
        if text is None:
            lost.extend(_refused(HandEdit(finding, one), _BESIDE, helps=False) for finding in left)
            continue
        texts[one.artifact.path] = text
        settled = {said for said, finding in standing.parts if finding in left or finding in gone}
        lost = [said for said in lost if said not in settled]
    return texts, lost


_BESIDE = "it can't be left as it is beside what was decided of the others"


def _of_new(edit: HandEdit, cases: frozenset[str]) -> bool:
    """Whether an edit is the case that somebody added, beside the one that a build makes of it."""
    return edit.finding.part is not None and edit.finding.part.owner in cases


def _refused(edit: HandEdit, reason: str, *, helps: bool) -> Diagnostic:
    """Why an edit is not taken; `helps` where it would be with the same change everywhere."""
    finding, part = edit.finding, edit.finding.part
    at = finding.theirs or Segment(0, 0)
    made = change(part.text, finding.text) if part and finding.theirs else Change("", 0, at.end - at.start)
    what = named(finding.path, [part]) if part else "a line that was added"
    return absorb_errors.not_taken(
        what,
        part.owner if part else finding.near,
        whole_file(finding.path, at.start + made.start, at.start + made.end),
        finding.state,
        part.kind if part else "",
        reason,
        helps=helps,
    )


def _write(
    before: Work, now: Decided, standing: Standing, texts: Mapping[str, str], where: Places, *, dry_run: bool
) -> Absorbed:
    """Write specs, generated files and lock as one change."""
    root, compiled = before.opened.root, now.work.opened.compiled
    specs = differ(before, now.work)
    changed = {one.path for one in specs}
    touched = {one.name for one in compiled.program.features if changed & set(one.files)}
    files: dict[str, bytes | None] = {}
    judged = {path: digest(_bytes(text)) for path, text in standing.held.items()}
    for source in (file.source for file in compiled.files if file.source.name in changed):
        raw = disk.read_text(root, source.name) or ""
        judged[source.name] = digest(_bytes(raw))
        files[source.name] = _bytes(_as_it_was(raw, source.text))
    saved: dict[str, bytes] = {}
    if changed or now.gone:
        files.update({one.path: _bytes(texts.get(one.path, one.text)) for one in compiled.artifacts})
        files[standing.lock_path] = _bytes(lockfile.write(compiled.lock))
        judged[standing.lock_path] = standing.lock_hash
        files.update(standing.record.files)
        judged[standing.record.path] = standing.record.hash
        for path in sorted({path for path, _, _ in now.gone}):
            data = _bytes(standing.held[path])
            saved[copy_of(path, data)] = data
    planned = tuple(path for path, data in sorted(files.items()) if data is None or digest(data) != judged.get(path))
    if not dry_run:
        disk.write_all(root, saved)
    written = planned if dry_run else disk.write_all(root, files, judged)
    return Absorbed(
        done=True,
        diagnostics=compiled.diagnostics,
        taken=now.taken,
        discarded=now.discarded,
        skipped=now.skipped,
        saved=tuple(saved),
        specs=specs,
        written=tuple(path for path in written if path not in changed),
        features=summary.features([one for one in compiled.lock.features if one.name in touched]),
        unread=tuple(dict.fromkeys(one.written.owner for one in standing.record.reviewed.suspects)),
        places=with_sources(compiled.places, standing.sources) if changed else where,
    )


def _as_it_was(raw: str, text: str) -> str:
    """`text` with the byte order mark and the line ends that the file has."""
    ends = text.replace("\n", "\r\n") if "\r\n" in raw else text
    return f"\ufeff{ends}" if raw.startswith("\ufeff") else ends


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
