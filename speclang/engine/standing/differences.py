"""Where the generated files of a project differ from what a build would write, part by part.

In: a compiled project. Out: what the disk and the lock hold, and the findings of each file that differs.
Invariant: judged by what the spec builds now; the lock is a memory of what was built, never the authority.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from ...drift.states import Finding, compare
from ...lock import lockfile
from ...plan.artifact import Artifact
from ...source.hashing import digest
from ...source.records import dataclass, field
from ..compiling import Opened
from ..fresh import LOCK


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What lies on the disk: generated files by their paths, as they are, and the lock, with what can't be read of it."""

    files: Mapping[str, str] = field(repr=False)
    lock_path: str
    lock_text: str | None = field(repr=False)
    lock: lockfile.Lock = field(repr=False)
    problems: tuple[lockfile.Problem, ...]

    @staticmethod
    def of(opened: Opened, known: tuple[str, lockfile.Lock] | None = None) -> "Held":
        """Read the generated files of a project; `known` is a lock by its text, which is not read again. Raises `OSError`."""
        path = f"{opened.home.config.generated}/{LOCK}"
        seen = opened.known.was if opened.known is not None else {}
        read = {name: seen[name] if name in seen else opened.home.tree.text(name) for name in _looked_at(opened)}
        text, lock, problems = _lock(opened, path, known)
        files = {name: held for name, held in read.items() if held is not None}
        return Held(files=files, lock_path=path, lock_text=text, lock=lock, problems=problems)


@dataclass(frozen=True, slots=True)
class Difference:
    """A generated file that is not as a build makes it.

    `theirs` is what it holds, `plain` the same with the line ends that a build gives it, with the `hash` of that, and `file` what the
    lock says of it.
    """

    artifact: Artifact
    theirs: str
    plain: str
    hash: str
    findings: tuple[Finding, ...]
    file: lockfile.File | None


def differences(opened: Opened, held: Held) -> Iterator[Difference]:
    """The files that differ in more than byte order mark and line ends, in the order of the artifacts."""
    found = [
        (artifact, theirs)
        for artifact in opened.compiled.artifacts
        if (theirs := held.files.get(artifact.path)) is not None and not _alike(theirs, artifact.text)
    ]
    if not found:
        return
    ours = {artifact.path: artifact.feature for artifact, _ in found}
    built = {one.path: one for one in held.lock.files}
    bases: dict[str, dict[tuple[str, str], str]] = defaultdict(dict)
    former = {(plan.feature, was): id for plan in opened.compiled.plan.features for id, was in plan.former}
    for part in held.lock.parts:
        if part.path in ours:
            bases[part.path][part.kind, _today(part.id, ours[part.path], former)] = part.hash
    for artifact, theirs in found:
        base = built.get(artifact.path)
        text = _as_built(theirs, artifact.text)
        findings = compare(artifact, text, _base(artifact, bases[artifact.path], base))
        yield Difference(artifact, theirs, text, digest(text), findings, base)


def _alike(theirs: str, ours: str) -> bool:
    """Whether two texts differ in nothing but byte order mark and line ends."""
    return theirs == ours or plain(theirs) == plain(ours)


def _today(id: str, feature: str, former: Mapping[tuple[str, str], str]) -> str:
    """The ID that a part has today: one of a requirement that was renamed has moved with it."""
    if not former:
        return id
    requirement, slash, rest = id.partition("/")
    return f"{former.get((feature, requirement), requirement)}{slash}{rest}"


def plain(text: str) -> str:
    """`text` without the marks of another system: a byte order mark before it, carriage returns at the ends of lines."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n")


def _as_built(text: str, ours: str) -> str:
    """`text` with the line ends and the byte order mark that a build gives it, where another system may have changed them."""
    if "\r" not in ours and not ours.startswith("\ufeff"):
        return plain(text)
    if "\r" in text or ours.count("\n") != ours.count("\r\n"):
        return text
    return text.replace("\n", "\r\n")


def _lock(
    opened: Opened, path: str, known: tuple[str, lockfile.Lock] | None
) -> tuple[str | None, lockfile.Lock, tuple[lockfile.Problem, ...]]:
    """The text of the lock, what it says, and what can't be read of it."""
    if opened.known is not None:
        return opened.known.text, opened.known.lock, ()
    text = opened.home.tree.text(path)
    if known is not None and known[0] == text:
        return text, known[1], ()
    return text, *(lockfile.read(plain(text)) if text is not None else (lockfile.Lock("", ""), ()))


def _looked_at(opened: Opened) -> list[str]:
    """The generated files that can differ: all but those of features that nothing has reached, and the lock."""
    config = opened.home.config
    names = opened.home.tree.below(config.generated)
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
