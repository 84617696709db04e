"""Which features a change of some files can reach, so that the others need not be compiled again.

In: the stamp of the last time that everything was in sync, and the files as they are. Out: the features to compile and the
files that they may need, or None where everything has to be compiled.
Invariant: a feature that is left out has the same inputs, the same outputs and the same compiler as when it was in sync.
"""

from collections.abc import Mapping

from ..bind.names import declared_name
from ..emit.entries import entries, made_from
from ..emit.moving import moved
from ..emit.tracemap import TRACE
from ..lock import lockfile
from ..plan.artifact import Artifact
from ..project import disk
from ..project.config import Home
from ..project.paths import accepted
from ..source.hashing import digest
from ..source.records import dataclass, replace
from ..source.span import Span
from ..source.text import SourceText
from ..syntax import divided as dividing
from ..syntax.divided import Blocks, Divided, divided
from . import fresh

BLOCKS = "blocks"


@dataclass(frozen=True, slots=True)
class Affected:
    """`features` are to be compiled, `files` are the specs that changed; `lock`, with its `text`, holds for the others.

    `divided` are those of `files` of which only some features changed; `moved` are the source maps of the other features of
    these, where they are no longer as they were, and `was` what these files hold; `blocks` is what was remembered of all files. Of
    the many lines of `lock` only those about what is compiled or moved are read.
    """

    features: frozenset[str]
    files: frozenset[str]
    lock: lockfile.Lock
    text: str
    divided: Mapping[str, Divided]
    moved: tuple[Artifact, ...]
    was: Mapping[str, str]
    blocks: Mapping[tuple[str, str], Blocks]

    @property
    def resting(self) -> frozenset[str]:
        """The features of `divided` that are not to be compiled."""
        return frozenset(name for one in self.divided.values() for name in one.unchanged) - self.features

    def stated(self, feature: str) -> Span | None:
        """Where one of the features that are not compiled is named."""
        for one in self.divided.values():
            unit = one.opener(feature)
            name = declared_name(unit.item) if unit is not None and unit.item is not None else None
            if unit is not None and name is not None:
                return unit.span(name)
        return None

    def needed(self) -> frozenset[str]:
        """The specs that the features were made of, those that changed, and those that no feature is made of.

        The last ones may use a file that changed, and no feature would be compiled that shows what that breaks.
        """
        made = {one.path for one in self.lock.sources}
        alone = {one.path for one in self.lock.inputs} - made
        return self.files | alone | {one.path for one in self.lock.sources if one.feature in self.features}


def affected(seen: fresh.Seen) -> Affected | None:
    """What has changed since the project was in sync, if only specs and what was built from them have, and all of them were there."""
    home, kept, now = seen.found.value, seen.kept, seen.now
    if kept is None or kept[:2] != now[:2]:
        return None
    before, after = dict(kept.files), dict(now.files)
    everything = {path for path in after if before.get(path) != after[path]}
    changed = {path for path in everything if _is_spec(home, path)}
    if before.keys() != after.keys() or not everything:
        return None
    lock_path = f"{home.config.generated}/{fresh.LOCK}"
    text = home.tree.text(lock_path) or ""
    if digest(text) != before.get(lock_path):
        return None
    lock, problems = lockfile.read(text, whole=False)
    edited = _edited(home, frozenset(everything - changed), lock)
    if problems or edited is None:
        return None
    blocks = {
        key: one
        for name in (BLOCKS, *((f"{fresh.STAGED}{BLOCKS}",) if home.kept else ()))
        for key, one in dividing.read(disk.recall(home.root, name) or "").items()
    }
    parts: dict[str, Divided] = {}
    for path in sorted(changed):
        part = _divided(home, path, after[path], blocks.get((path, before[path])))
        if part is not None:
            parts[path] = part
    features = {
        one.feature
        for one in lock.sources
        if one.path in changed and (one.path not in parts or one.feature not in parts[one.path].unchanged)
    }
    features.update(edited, (one.name for one in lock.features if one.findings))
    known = Affected(frozenset(features), frozenset(changed), lock, text, parts, (), {}, blocks)
    maps = _moved(home, known)
    if maps is None:
        return None
    reached = {one.path for one in lock.files if one.feature in features}
    lock = lockfile.looked_into(lock, features, reached | {one.path for one, _ in maps})
    return replace(known, lock=lock, moved=tuple(one for one, _ in maps), was={one.path: was for one, was in maps})


def _edited(home: Home, paths: frozenset[str], lock: lockfile.Lock) -> frozenset[str] | None:
    """The features whose generated files `paths` are; None where one is of no feature, or where edits may have been accepted."""
    built = {one.path: one.feature for one in lock.files}
    if not paths:
        return frozenset()
    if not built.keys() >= paths or home.tree.text(accepted(home.config.specs)) is not None:
        return None
    return frozenset(built[path] for path in paths)


def _divided(home: Home, path: str, hash: str, was: Blocks | None) -> Divided | None:
    """The file in pieces, if what was remembered of it helps."""
    if was is None:
        return None
    read = home.tree.read([path])
    if read.diagnostics or len(read.value) != 1:
        return None
    (source,) = read.value
    return divided(with_plain_lines(source), was) if hash in hashes_of(source) else None


def hashes_of(source: SourceText) -> tuple[str, str]:
    """The hash of the file that holds `source`: without the byte order mark that reading dropped, and with it."""
    return digest(source.text), digest(f"\ufeff{source.text}")


def with_plain_lines(source: SourceText) -> SourceText:
    """`source` with a bare newline for every line end: a checkout that writes CRLF builds the same bytes as one that does not."""
    return SourceText(source.name, source.text.replace("\r\n", "\n")) if "\r" in source.text else source


def _moved(home: Home, known: Affected) -> list[tuple[Artifact, str]] | None:
    """The source maps of features that stand elsewhere now, each with what its file holds; None where one is not as it was written."""
    starts = {unit: start for one in known.divided.values() for unit, start in one.starts()}
    written = {one.path: one.hash for one in known.lock.files}
    maps: list[tuple[Artifact, str]] = []
    for feature in sorted(known.resting):
        path = f"{home.config.generated}/{feature}/{TRACE}"
        text = home.tree.text(path)
        if text is None or digest(text) != written.get(path):
            return None
        made = moved(path, feature, text, starts)
        if made is None:
            return None
        if made.text != text:
            maps.append((made, text))
    return maps


def merged(known: Affected, fresh_lock: lockfile.Lock, inputs: Mapping[str, str]) -> lockfile.Lock:
    """The lock of the whole project: `fresh_lock` for what was compiled, what is known for the rest."""
    old, gone = known.lock, known.features
    maps = {one.path: digest(one.text) for one in known.moved}
    paths = {*maps, *(one.path for one in old.files if one.feature in gone)}
    everything = {**{one.path: one.hash for one in old.inputs}, **inputs}
    sources: dict[str, list[str]] = {feature: [] for feature in known.resting}
    for one in old.sources:
        if one.feature in sources:
            sources[one.feature].append(one.path)
    made = {feature: made_from(specs, everything, fresh_lock.config) for feature, specs in sources.items()}
    files = [
        one._replace(hash=maps.get(one.path, one.hash), inputs=made.get(one.feature, one.inputs))
        for one in old.files
        if one.feature not in gone
    ]
    return fresh_lock._replace(
        unread=old.unread,
        inputs=tuple(lockfile.Input(path, hash) for path, hash in sorted(everything.items())),
        features=_joined(fresh_lock.features, [one for one in old.features if one.name not in gone]),
        sources=_joined(fresh_lock.sources, [one for one in old.sources if one.feature not in gone]),
        files=_joined(fresh_lock.files, files),
        requirements=_joined(fresh_lock.requirements, [one for one in old.requirements if one.feature not in gone]),
        former=_joined(fresh_lock.former, [one for one in old.former if one.feature not in gone]),
        policies=_joined(fresh_lock.policies, [one for one in old.policies if one.feature not in gone]),
        parts=_joined((*fresh_lock.parts, *entries(known.moved)), [one for one in old.parts if one.path not in paths]),
    )


def _joined(some: tuple[lockfile.E, ...], others: list[lockfile.E]) -> tuple[lockfile.E, ...]:
    return tuple(sorted(some + tuple(others)))


def _is_spec(home: Home, path: str) -> bool:
    return path.startswith(f"{home.config.specs}/") and path.endswith(".spec")
