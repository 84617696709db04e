"""`diff`: what a change of the specs means.

In: a project, and a revision, two revisions, or another folder. Out: what became of each feature, or why a version can't be read.
Invariant: both versions are compiled by this compiler, so that no difference is the compiler's own; nothing is written.
"""

from pathlib import Path

from ...analysis.change import Difference, RequirementChange, Version
from ...analysis.difference import difference
from ...diagnostics.diagnostic import Diagnostic, has_errors
from ...diagnostics.result import Result
from ...emit.tracemap import TRACE
from ...kit import registry
from ...project import config, snapshot
from ...project.config import Home
from ...source.records import dataclass, field
from ...source.span import Places
from ..compiling import Opened, open_home, open_project
from ..judging.ledger import judged


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """`before` and `after` name the versions. `diagnostics` are those of a version that can't be read, with its name in `broken`."""

    before: str
    after: str
    features: tuple[Difference, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    broken: str = ""
    places: Places = field(repr=False)

    @property
    def breaking(self) -> tuple[tuple[str, RequirementChange], ...]:
        """What weakens a requirement that must hold, and is not accounted for by the requirement itself."""
        return tuple(
            (feature.feature, one)
            for feature in self.features
            for one in feature.requirements
            if one.breaking and not one.reason
        )


def compare(start: Path, before: str, after: str = "") -> Compared:
    """Compare the project that `start` lies in as it was at `before` with `after` ("" is what lies on the disk).

    Each is a revision that git knows, or a folder. Raises `NoProject`, `GitFailed` and `OSError`.
    """
    return between(_opened(start, before), _opened(start, after), (before, after or "the work tree"))


def between(before: Opened, after: Opened, names: tuple[str, str]) -> Compared:
    """Compare two versions of a project that were compiled; `names` are what they are called."""
    opened = (before, after)
    for name, one in zip(names, opened, strict=True):
        wrong = [each for each in one.compiled.diagnostics if not judged(each)]
        if has_errors(wrong):
            return Compared(
                before=names[0], after=names[1], diagnostics=tuple(wrong), broken=name, places=one.compiled.places
            )
    old, new = (_versions(one) for one in opened)
    foreign = tuple(dict.fromkeys(name for one in opened for name in one.home.config.kinds))
    kinds = {
        requirement.kind: registry.load(requirement.kind, foreign)
        for one in opened
        for feature in one.compiled.program.features
        for requirement in feature.requirements
    }
    names_of = (name for name in sorted({*old, *new}) if not _untouched(old.get(name), new.get(name)))
    found = (difference(old.get(name), new.get(name), kinds) for name in names_of)
    return Compared(
        before=names[0],
        after=names[1],
        features=tuple(one for one in found if one is not None),
        places=after.compiled.places,
    )


def _untouched(one: Version | None, other: Version | None) -> bool:
    """Whether both have the very same plan, as where a process that goes on has answered from memory: of the same texts."""
    return (
        one is not None
        and other is not None
        and one.plan is other.plan
        and len(one.artifacts) == len(other.artifacts)
        and all(a is b or a.path.endswith(f"/{TRACE}") for a, b in zip(one.artifacts, other.artifacts, strict=True))
    )


def _opened(start: Path, what: str) -> Opened:
    if not what:
        return open_project(start)
    if Path(what).is_dir():
        return open_project(Path(what))
    return open_home(_at(start, what), afresh=True)


def _at(start: Path, revision: str) -> Result[Home]:
    """The project as it was at `revision`; the folder in which it lies has to be there today."""
    return snapshot.at(config.find(start).value.root, revision)


def _versions(opened: Opened) -> dict[str, Version]:
    compiled = opened.compiled
    plans = {one.feature: one for one in compiled.plan.features}
    return {
        one.name: Version(one, plans[one.name], tuple(each for each in compiled.artifacts if each.feature == one.name))
        for one in compiled.program.features
        if one.name in plans
    }
