"""Which features a change of some specs can reach, so that the others need not be compiled again.

In: the stamp of the last time that everything was in sync, and the files as they are. Out: the features to compile and the
files that they may need, or None where everything has to be compiled.
Invariant: a feature that is left out has the same inputs, the same outputs and the same compiler as when it was in sync.
"""

from collections.abc import Mapping

from ..lock import lockfile
from ..project import disk
from ..project.config import Home
from ..source.records import dataclass
from . import fresh


@dataclass(frozen=True, slots=True)
class Affected:
    """`features` are to be compiled, `files` are the specs that changed; `lock`, with its `text`, holds for the others."""

    features: frozenset[str]
    files: frozenset[str]
    lock: lockfile.Lock
    text: str

    def needed(self) -> frozenset[str]:
        """The specs that the features were made of, those that changed, and those that no feature is made of.

        The last ones may use a file that changed, and no feature would be compiled that shows what that breaks.
        """
        made = {one.path for one in self.lock.sources}
        alone = {one.path for one in self.lock.inputs} - made
        return self.files | alone | {one.path for one in self.lock.sources if one.feature in self.features}


def affected(seen: fresh.Seen) -> Affected | None:
    """What has changed since the project was in sync, if only specs have and all of them were there before."""
    home, kept, now = seen.found.value, seen.kept, seen.now
    if kept is None or kept[:2] != now[:2]:
        return None
    before, after = dict(kept.files), dict(now.files)
    changed = {path for path in after if before.get(path) != after[path]}
    if before.keys() != after.keys() or not changed or not all(_is_spec(home, path) for path in changed):
        return None
    text = disk.read_text(home.root, f"{home.config.generated}/{fresh.LOCK}") or ""
    lock, problems = lockfile.read(text)
    if problems:
        return None
    features = {one.feature for one in lock.sources if one.path in changed}
    features.update(one.name for one in lock.features if one.findings)
    return Affected(frozenset(features), frozenset(changed), lock, text)


def merged(known: Affected, fresh_lock: lockfile.Lock, inputs: Mapping[str, str]) -> lockfile.Lock:
    """The lock of the whole project: `fresh_lock` for what was compiled, what is known for the rest."""
    old, gone = known.lock, known.features
    paths = {one.path for one in old.files if one.feature in gone}
    everything = {**{one.path: one.hash for one in old.inputs}, **inputs}
    return fresh_lock._replace(
        inputs=tuple(lockfile.Input(path, hash) for path, hash in sorted(everything.items())),
        features=_joined(fresh_lock.features, [one for one in old.features if one.name not in gone]),
        sources=_joined(fresh_lock.sources, [one for one in old.sources if one.feature not in gone]),
        files=_joined(fresh_lock.files, [one for one in old.files if one.feature not in gone]),
        requirements=_joined(fresh_lock.requirements, [one for one in old.requirements if one.feature not in gone]),
        parts=_joined(fresh_lock.parts, [one for one in old.parts if one.path not in paths]),
    )


def _joined(some: tuple[lockfile.E, ...], others: list[lockfile.E]) -> tuple[lockfile.E, ...]:
    return tuple(sorted(some + tuple(others)))


def _is_spec(home: Home, path: str) -> bool:
    return path.startswith(f"{home.config.specs}/") and path.endswith(".spec")
