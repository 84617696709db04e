"""How the generated files of a project stand against its specs: the three-way comparison, as findings.

In: a compiled project, with what the disk and the lock hold. Out: findings in the words of E07xx.
Invariant: judged by what the spec builds now; the lock is a memory of what was built, never the authority.
"""

from collections.abc import Iterator, Mapping, Sequence

from ...diagnostics.diagnostic import Diagnostic, has_errors
from ...drift import errors
from ...drift.keeping import keeping
from ...drift.layout import whole_alike
from ...drift.states import Finding, State
from ...drift.wording import APART, JOINED, both_ways, change, lost, named, odd
from ...drift.wording import untrue as at_odds
from ...emit.tracemap import TRACE
from ...lock import lockfile
from ...plan.artifact import Artifact, Part
from ...project.acceptances import Acceptance
from ...source.hashing import digest
from ...source.records import dataclass, field, replace
from ...source.span import Places, whole_file
from ...source.text import LineIndex, SourceText
from ...version import VERSION
from ..compiling import Opened
from ..judging.ledger import Weighed
from ..reviewing.record import Record
from .consequences import untrue
from .differences import Difference, Held, differences, plain
from .links import broken_links, stated

_FEW = 3
"""So many parts of a file that differ in layout only are told one by one; more are told as one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The findings, the generated files that were looked at, and which of them differ from what a build would write.

    `edited` are the files that hold something which no build wrote; overwriting them would lose it. `accepted` are the findings
    that stand as they are, which are not among the diagnostics, and `kept` the files with them, as a build leaves them. `parts`
    pairs each finding about a part of a file with how that part stands, whether it was accepted or not. `lock_hash` is that of the
    lock as it lies on the disk, "" if there is none. `record` says which texts by hand were read against what they mean today.
    """

    diagnostics: tuple[Diagnostic, ...]
    sources: tuple[SourceText, ...]
    held: Mapping[str, str] = field(repr=False)
    edited: tuple[str, ...]
    accepted: tuple[tuple[Diagnostic, Acceptance], ...]
    kept: Mapping[str, str] = field(repr=False)
    parts: tuple[tuple[Diagnostic, Finding], ...] = field(repr=False)
    leftovers: tuple[str, ...]
    lock_path: str
    lock_hash: str
    lock_text: str = field(repr=False)
    record: Record

    @property
    def acceptable(self) -> tuple[Diagnostic, ...]:
        """The findings that can be accepted, or were."""
        return tuple(said for said, found in self.parts if _can_stand(said, found))


def stand(opened: Opened, held: Held | None = None) -> Standing:
    """Compare every generated file with the lock and with what the specs build; `held` are the files, if somebody read them."""
    held = held or Held.of(opened)
    ours = {artifact.path: artifact for artifact in opened.compiled.artifacts}
    built = {one.path: one for one in held.lock.files}
    text, lock_path = held.lock_text, held.lock_path
    found = [errors.bad_lock(lock_path, *_line(plain(text or ""), one.line), one.text) for one in held.problems]
    found.extend(
        errors.missing(path) if path in built else errors.unbuilt(path) for path in ours if path not in held.files
    )
    edited: list[str] = []
    other_ends = _other_ends(ours, held.files)
    shown = {path: plain(text) for path, text in held.files.items()}
    accepted: list[tuple[Diagnostic, Acceptance]] = []
    kept: dict[str, str] = {}
    parts: list[tuple[Diagnostic, Finding]] = []
    for one in differences(opened, held):
        path = one.artifact.path
        shown[path] = one.plain
        told = list(_told(opened, one, held.lock))
        weighed, text_kept = _weighed(opened, one, told)
        parts.extend((said, finding) for said, finding in told if finding is not None)
        accepted.extend(weighed.accepted)
        if text_kept is not None:
            kept[path] = text_kept
        if _by_hand(one, weighed.told):
            edited.append(path)
        found.extend(weighed.told)
    leftovers = tuple(path for path in held.files if path not in ours)
    found.extend(errors.leftover(path) for path in leftovers)
    edited.extend(path for path in leftovers if path not in built or digest(held.files[path]) != built[path].hash)
    wanted = lockfile.write(opened.compiled.lock)
    if text is not None and text != wanted and plain(text) == wanted:
        other_ends.append(lock_path)
    elif not has_errors(found) and (ours or text is not None):
        found.extend(_of_lock(held, opened.compiled.lock, wanted))
    if other_ends:
        found.append(errors.line_ends(other_ends))
    record = Record.of(opened)
    found.extend(record.diagnostics)
    shown.update({} if text is None else {lock_path: plain(text)})
    return Standing(
        diagnostics=tuple(found),
        sources=(record.source, *(SourceText(path, content) for path, content in shown.items())),
        held=held.files,
        edited=tuple(edited),
        accepted=tuple(accepted),
        kept=kept,
        parts=tuple(parts),
        leftovers=leftovers,
        lock_path=lock_path,
        lock_hash="" if text is None else digest(text.encode("utf-8", "surrogateescape")),
        lock_text=wanted,
        record=record,
    )


def _other_ends(ours: Mapping[str, Artifact], held: Mapping[str, str]) -> list[str]:
    """The files that differ from what a build makes in byte order mark and line ends alone."""
    return [
        path
        for path, artifact in ours.items()
        if (theirs := held.get(path)) is not None and theirs != artifact.text and plain(theirs) == plain(artifact.text)
    ]


Told = tuple[Diagnostic, Finding | None]
"""A finding as it is told and, where it is about one part, as it was found."""


def _weighed(opened: Opened, one: Difference, told: Sequence[Told]) -> tuple[Weighed, str | None]:
    """What is told of a file and what was accepted, with the text that leaves that as it is; all is told where none does."""
    found = {said: finding for said, finding in told if finding is not None and _can_stand(said, finding)}
    places = Places({one.artifact.path: SourceText(one.artifact.path, one.plain)})
    weighed = opened.ledger.weigh(found, places)
    standing = {said: found[said] for said, _ in weighed.accepted}
    text = keeping(one.artifact, one.plain, list(standing.values())) if standing else None
    if text is None:
        past = {said.primary: said for said in weighed.told}
        return Weighed(tuple(past.get(said.primary, said) for said, _ in told), ()), None
    late = {said.primary: said for said in weighed.told}
    rest = tuple(late.get(said.primary, said) for said, _ in told if said not in standing)
    return Weighed(rest, weighed.accepted), text


def _can_stand(said: Diagnostic, found: Finding) -> bool:
    """Whether a hand edit can be left as it is: one of a prompt or its cases, whose requirement has not changed with it."""
    return said.code in _ACCEPTABLE and not found.path.endswith(TRACE)


_ACCEPTABLE = (errors.EDITED, errors.DELETED, errors.ORPHAN, errors.MOVED, errors.DUPLICATED)


def _by_hand(one: Difference, told: Sequence[Diagnostic]) -> bool:
    """Whether a file holds something that no build wrote, whatever the lock says of it."""
    built = one.file is not None and (one.file.hash == one.hash or one.file.hash == digest(one.theirs))
    return not built or any(said.code == errors.TAMPERED for said in told)


def _of_lock(held: Held, ours: lockfile.Lock, wanted: str) -> Iterator[Diagnostic]:
    """What is to be said of a lock where every file is as it should be."""
    path, text = held.lock_path, held.lock_text
    if text is None:
        yield errors.no_lock(path)
        return
    if text == wanted:
        return
    at = _difference(plain(text), wanted)
    changed = [one.path for one in held.lock.inputs if one not in ours.inputs]
    if changed and lockfile.built(held.lock) == lockfile.built(ours):
        yield errors.lock_of_earlier(path, *at, changed[0])
    else:
        yield errors.lock_differs(path, *at)


def _told(opened: Opened, one: Difference, lock: lockfile.Lock) -> Iterator[Told]:
    """The findings of one file; where a formatter went over it, that is told once."""
    artifact, findings, file = one.artifact, one.findings, one.file
    if any(found.state is State.EDITED for found in findings) and whole_alike(artifact.path, artifact.text, one.plain):
        yield errors.laid_out(artifact.path), None
        return
    cosmetic = [found for found in findings if found.cosmetic]
    if len(cosmetic) > _FEW:
        yield errors.laid_out(artifact.path), None
        findings = tuple(found for found in findings if not found.cosmetic)
    if file is not None and file.hash == one.hash and not _same_input(opened, lock):
        findings = tuple(_aged(artifact, found) for found in findings if not found.cosmetic)
    yield from _found(opened, artifact, findings, file, lock)


def _aged(artifact: Artifact, one: Finding) -> Finding:
    """A difference in a file that is as it was built: only the spec has moved on."""
    if one.state in (State.CONVERGED, State.UNBUILT, State.STALE):
        return one
    owner = one.near or f"feature {artifact.feature}"
    return replace(one, state=State.STALE, part=one.part or Part("layout", "", owner, one.text, ()))


def _same_input(opened: Opened, lock: lockfile.Lock) -> bool:
    """Whether specs and settings are what the lock was written for."""
    ours = opened.compiled.lock
    return dict(lock.inputs) == dict(ours.inputs) and lock.config == ours.config


def _found(
    opened: Opened, artifact: Artifact, findings: tuple[Finding, ...], file: lockfile.File | None, lock: lockfile.Lock
) -> Iterator[Told]:
    """The findings of one file; what is out of date is told once for each requirement, not once for each of its parts."""
    if file is not None and file.version != VERSION and any(one.state is State.STALE for one in findings):
        yield errors.other_compiler(artifact.path, file.version, VERSION), None
    same_input = _same_input(opened, lock)
    stale: dict[str, list[Finding]] = {}
    for one in findings:
        if one.state in (State.STALE, State.UNBUILT, State.CONVERGED) and one.part is not None:
            if one.state is not State.CONVERGED:
                stale.setdefault(one.part.owner, []).append(one)
            continue
        only_lock = one.state is State.CONFLICT and same_input  # nothing else says that the spec has changed
        one = replace(one, state=State.EDITED) if only_lock else one  # noqa: PLW2901
        for said in broken_links(opened, artifact, one) or (_one(opened, artifact, one),):
            yield said, one
    for owner, members in stale.items():
        at = [one.theirs for one in members if one.theirs]
        span = whole_file(artifact.path, at[0].start, at[0].end) if at else whole_file(artifact.path)
        what = named(artifact.path, [one.part for one in members if one.part])
        if same_input and file is not None and file.version == VERSION:
            yield errors.tampered(what, owner, span, stated(opened, artifact.feature, owner)), members[0]
        else:
            cases = [one.part.id for one in members if one.part and one.part.kind == "case"]
            yield errors.stale(what, owner, span, stated(opened, artifact.feature, owner), cases), members[0]


def _one(opened: Opened, artifact: Artifact, one: Finding) -> Diagnostic:
    at = whole_file(one.path, *((one.theirs.start, one.theirs.end) if one.theirs else (one.at, one.at)))
    if one.part is None:
        near = stated(opened, artifact.feature, one.near) if one.near else None
        return (
            errors.cosmetic("an empty line", "", at)
            if one.cosmetic
            else errors.orphan(at, one.near, odd("", one.text), near)
        )
    owner, what = one.part.owner, named(one.path, [one.part])
    if one.cosmetic:
        return errors.cosmetic(what, owner, at)
    said = stated(opened, artifact.feature, owner)
    made = change(one.part.text, one.text)
    words = whole_file(one.path, at.start + made.start, at.start + made.end)
    match one.state:
        case State.DELETED:
            return errors.deleted(what, owner, at, said, lost(one.part))
        case State.MOVED:
            return errors.moved(what, owner, at, said, _cases(opened, artifact.feature, one))
        case State.DUPLICATED:
            return errors.duplicated(what, owner, at, said)
        case State.CONFLICT:
            return errors.conflict(what, owner, words, made.text, said)
        case _:
            cases = _cases(opened, artifact.feature, one)
            odds = untrue(opened, artifact.feature, one)
            told = at_odds(*odds) if odds else ""
            ways = both_ways(odds.then, odds.now) if odds and odds.saying else APART if made.text == JOINED else None
            return errors.edited(
                what, owner, words, made.text, said, cases, elsewhere=one.elsewhere, untrue=told, ways=ways
            )


def _cases(opened: Opened, feature: str, one: Finding) -> list[str]:
    """The cases that test what the part says, if it is no case itself: those of the same requirement."""
    owner = one.part.owner if one.part and one.part.kind != "case" else None
    artifacts = [artifact for artifact in opened.compiled.artifacts if artifact.feature == feature]
    return [part.id for artifact in artifacts for part in artifact.parts if part.kind == "case" and part.owner == owner]


def _line(text: str, number: int) -> tuple[int, int]:
    index = LineIndex(text)
    start = index.offset(min(number, index.count))
    return start, start + len(index.line(min(number, index.count)))


def _difference(text: str, wanted: str) -> tuple[int, int]:
    """The first line of `text` that is not as in `wanted`."""
    number = next(
        (
            at
            for at, (one, other) in enumerate(zip(text.split("\n"), wanted.split("\n"), strict=False), 1)
            if one != other
        ),
        1,
    )
    return _line(text, number)
