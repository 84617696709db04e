"""How the generated files of a project stand against its specs: the three-way comparison, as findings.

In: a compiled project, with what the disk and the lock hold. Out: findings in the words of E07xx.
Invariant: judged by what the spec builds now; the lock is a memory of what was built, never the authority.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from ..diagnostics.diagnostic import Diagnostic, has_errors
from ..drift import errors
from ..drift.layout import whole_alike
from ..drift.states import Finding, State, compare
from ..drift.wording import change, named
from ..lock import lockfile
from ..plan.artifact import Artifact, Part
from ..project import disk, paths
from ..source.hashing import digest
from ..source.records import dataclass, field, replace
from ..source.span import Span, whole_file
from ..source.text import LineIndex, SourceText
from ..version import VERSION
from .compiling import Opened
from .fresh import LOCK

_FEW = 3
"""So many parts of a file that differ in layout only are told one by one; more are told as one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The findings, the generated files that were looked at, and which of them differ from what a build would write.

    `edited` are the files that hold something which no build wrote; overwriting them would lose it. `lock_hash` is that of the
    lock as it lies on the disk, "" if there is none.
    """

    diagnostics: tuple[Diagnostic, ...]
    sources: tuple[SourceText, ...]
    held: Mapping[str, str] = field(repr=False)
    edited: tuple[str, ...]
    leftovers: tuple[str, ...]
    lock_path: str
    lock_hash: str
    lock_text: str = field(repr=False)


def stand(opened: Opened) -> Standing:
    """Compare every generated file with the lock and with what the specs build."""
    config, root = opened.home.config, opened.root
    lock_path = f"{config.generated}/{LOCK}"
    held = {path: text for path in _looked_at(opened) if (text := disk.read_text(root, path)) is not None}
    text, lock, problems = _lock(opened, lock_path)
    found = [errors.bad_lock(lock_path, *_line(_plain(text or ""), one.line), one.text) for one in problems]
    ours = {artifact.path: artifact for artifact in opened.compiled.artifacts}
    built = {one.path: one for one in lock.files}
    bases: dict[str, dict[tuple[str, str], str]] = defaultdict(dict)
    former = {(plan.feature, was): id for plan in opened.compiled.plan.features for id, was in plan.former}
    for part in lock.parts:
        if part.path in ours:
            bases[part.path][part.kind, _today(part.id, ours[part.path].feature, former)] = part.hash
    edited: list[str] = []
    other_ends: list[str] = []
    shown: dict[str, str] = {}
    for path, artifact in ours.items():
        theirs = held.get(path)
        base = built.get(path)
        if theirs is None:
            found.append(errors.missing(path) if base else errors.unbuilt(path))
            continue
        if theirs == artifact.text:
            continue
        plain = shown[path] = _as_built(theirs, artifact.text)
        if _plain(theirs) == _plain(artifact.text):
            other_ends.append(path)
            continue
        told = list(
            _told(opened, artifact, plain, compare(artifact, plain, _base(artifact, bases[path], base)), base, lock)
        )
        if _by_hand(base, (digest(theirs), digest(plain)), told):
            edited.append(path)
        found.extend(told)
    leftovers = tuple(path for path in held if path not in ours)
    found.extend(errors.leftover(path) for path in leftovers)
    edited.extend(path for path in leftovers if path not in built or digest(held[path]) != built[path].hash)
    wanted = lockfile.write(opened.compiled.lock)
    if text is not None and text != wanted and _plain(text) == wanted:
        other_ends.append(lock_path)
    elif not has_errors(found) and (ours or text is not None):
        found.extend(_of_lock(lock_path, text, wanted))
    if other_ends:
        found.append(errors.line_ends(other_ends))
    sources = [SourceText(path, shown[path] if path in shown else _plain(content)) for path, content in held.items()]
    if text is not None:
        sources.append(SourceText(lock_path, _plain(text)))
    return Standing(
        diagnostics=tuple(found),
        sources=tuple(sources),
        held=held,
        edited=tuple(edited),
        leftovers=leftovers,
        lock_path=lock_path,
        lock_hash="" if text is None else digest(text.encode("utf-8", "surrogateescape")),
        lock_text=wanted,
    )


def _today(id: str, feature: str, former: Mapping[tuple[str, str], str]) -> str:
    """The ID that a part has today: one of a requirement that was renamed has moved with it."""
    requirement, slash, rest = id.partition("/")
    return f"{former.get((feature, requirement), requirement)}{slash}{rest}"


def _by_hand(base: lockfile.File | None, hashes: tuple[str, ...], told: Sequence[Diagnostic]) -> bool:
    """Whether a file holds something that no build wrote, whatever the lock says of it."""
    return base is None or base.hash not in hashes or any(one.code == errors.TAMPERED for one in told)


def _of_lock(path: str, text: str | None, wanted: str) -> Iterator[Diagnostic]:
    """What is to be said of a lock where every file is as it should be."""
    if text is None:
        yield errors.no_lock(path)
    elif text != wanted:
        yield errors.lock_differs(path, *_difference(_plain(text), wanted))


def _plain(text: str) -> str:
    """`text` without the marks of another system: a byte order mark before it, carriage returns at the ends of lines."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n")


def _as_built(text: str, ours: str) -> str:
    """`text` with the line ends and the byte order mark that a build gives it, where another system may have changed them."""
    if "\r" not in ours and not ours.startswith("\ufeff"):
        return _plain(text)
    if "\r" in text or ours.count("\n") != ours.count("\r\n"):
        return text
    return text.replace("\n", "\r\n")


def _lock(opened: Opened, path: str) -> tuple[str | None, lockfile.Lock, tuple[lockfile.Problem, ...]]:
    """The text of the lock, what it says, and what can't be read of it."""
    if opened.known is not None:
        return opened.known.text, opened.known.lock, ()
    text = disk.read_text(opened.root, path)
    return text, *(lockfile.read(_plain(text)) if text is not None else (lockfile.Lock("", ""), ()))


def _looked_at(opened: Opened) -> list[str]:
    """The generated files that can differ: all but those of features that nothing has reached, and the lock."""
    config = opened.home.config
    names = paths.files_below(opened.root, config.generated)
    if opened.known is not None:
        spared = {one.path for one in opened.known.lock.files if one.feature not in opened.known.features}
        spared.difference_update(one.path for one in opened.known.moved)
        names = tuple(name for name in names if name not in spared)
    return [name for name in names if name != f"{config.generated}/{LOCK}"]


def _base(
    artifact: Artifact, parts: Mapping[tuple[str, str], str], file: lockfile.File | None
) -> Mapping[tuple[str, str], str]:
    """The locked hashes of the artifact's parts; a file of one part has only its own."""
    if len(artifact.parts) == 1 and file is not None:
        return {(artifact.parts[0].kind, artifact.parts[0].id): file.hash}
    return parts


def _told(
    opened: Opened,
    artifact: Artifact,
    theirs: str,
    findings: tuple[Finding, ...],
    file: lockfile.File | None,
    lock: lockfile.Lock,
) -> Iterator[Diagnostic]:
    """The findings of one file; where a formatter went over it, that is told once."""
    if any(one.state is State.EDITED for one in findings) and whole_alike(artifact.path, artifact.text, theirs):
        yield errors.laid_out(artifact.path)
        return
    cosmetic = [one for one in findings if one.cosmetic]
    if len(cosmetic) > _FEW:
        yield errors.laid_out(artifact.path)
        findings = tuple(one for one in findings if not one.cosmetic)
    if file is not None and file.hash == digest(theirs) and not _same_input(opened, lock):
        findings = tuple(_aged(artifact, one) for one in findings if not one.cosmetic)
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
) -> Iterator[Diagnostic]:
    """The findings of one file; what is out of date is told once for each requirement, not once for each of its parts."""
    if file is not None and file.version != VERSION and any(one.state is State.STALE for one in findings):
        yield errors.other_compiler(artifact.path, file.version, VERSION)
    same_input = _same_input(opened, lock)
    stale: dict[str, list[Finding]] = {}
    for one in findings:
        if one.state in (State.STALE, State.UNBUILT, State.CONVERGED) and one.part is not None:
            if one.state is not State.CONVERGED:
                stale.setdefault(one.part.owner, []).append(one)
            continue
        yield _one(opened, artifact, one)
    for owner, members in stale.items():
        at = [one.theirs for one in members if one.theirs]
        span = whole_file(artifact.path, at[0].start, at[0].end) if at else whole_file(artifact.path)
        what = named(artifact.path, [one.part for one in members if one.part])
        if same_input and file is not None and file.version == VERSION:
            yield errors.tampered(what, owner, span, _stated(opened, artifact.feature, owner))
        else:
            yield errors.stale(
                what,
                owner,
                span,
                _stated(opened, artifact.feature, owner),
                [one.part.id for one in members if one.part and one.part.kind == "case"],
            )


def _one(opened: Opened, artifact: Artifact, one: Finding) -> Diagnostic:
    at = whole_file(one.path, one.theirs.start, one.theirs.end) if one.theirs else whole_file(one.path)
    if one.part is None:
        return errors.cosmetic("an empty line", "", at) if one.cosmetic else errors.orphan(at, one.near)
    owner, what = one.part.owner, named(one.path, [one.part])
    if one.cosmetic:
        return errors.cosmetic(what, owner, at)
    said = _stated(opened, artifact.feature, owner)
    made = change(one.part.text, one.text)
    words = whole_file(one.path, at.start + made.start, at.start + made.end)
    match one.state:
        case State.DELETED:
            return errors.deleted(what, owner, at, said)
        case State.MOVED:
            return errors.moved(what, owner, at)
        case State.DUPLICATED:
            return errors.duplicated(what, owner, at)
        case State.CONFLICT:
            return errors.conflict(what, owner, words, made.text, said)
        case _:
            cases = [] if one.part.kind == "case" else _cases(opened, artifact.feature, one)
            return errors.edited(what, owner, words, made.text, said, cases, elsewhere=one.elsewhere)


def _cases(opened: Opened, feature: str, one: Finding) -> list[str]:
    """The cases that test what the edited part says: those of the same requirement."""
    owner = one.part.owner if one.part else ""
    artifacts = [artifact for artifact in opened.compiled.artifacts if artifact.feature == feature]
    return [part.id for artifact in artifacts for part in artifact.parts if part.kind == "case" and part.owner == owner]


def _stated(opened: Opened, feature: str, owner: str) -> Span | None:
    """Where the feature states the requirement or declaration."""
    plan = next((one for one in opened.compiled.plan.features if one.feature == feature), None)
    if plan is None:
        return opened.known.stated(feature) if opened.known is not None else None
    return next((span for name, span in plan.owners if name == owner), None)


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
