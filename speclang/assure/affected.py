"""The cases that a change of the specs reaches, since a revision.

In: the project as it is and as it was. Out: the cases that are played or judged otherwise now, or whose requirements read otherwise.
Invariant: exact by digests; that the prompt as a whole is another one reaches every case, and is told and not counted here.
"""

from collections.abc import Iterator
from pathlib import Path

from ..engine.compiling import Opened, open_home
from ..plan.case import Case
from ..project import config, snapshot
from ..source.records import dataclass
from .course import Part, parts


@dataclass(frozen=True, slots=True)
class Affected:
    """`cases` are the reached ones by feature and ID; `others` the number of those whose prompt alone has changed."""

    cases: frozenset[tuple[str, str]]
    others: int


def affected(project: Opened, start: Path, revision: str) -> Affected:
    """What has changed since `revision`. Raises `GitFailed`, `NoProject` and `OSError`."""
    before = open_home(snapshot.at(config.find(start).value.root, revision), afresh=True)
    old = {one.plan.feature: one for one in parts(before, "", lambda *_: True)}
    was, now = _clauses(before), _clauses(project)
    reached: set[tuple[str, str]] = set()
    others = 0
    for part in parts(project, "", lambda *_: True):
        name, earlier = part.plan.feature, old.get(part.plan.feature)
        for case in part.cases:
            said = any(was.get((name, one)) != now.get((name, one)) for one in case.covers)
            if said or earlier is None or _otherwise(part, earlier, case):
                reached.add((name, case.id))
            elif part.prompt_hash != earlier.prompt_hash:
                others += 1
    return Affected(frozenset(reached), others)


def _otherwise(part: Part, earlier: Part, case: Case) -> bool:
    """Whether `case` is played otherwise than before, or judged by other graders."""
    if part.hashes[case.id] != earlier.hashes.get(case.id):
        return True
    return {part.graders[id] for id in _judging(part, case)} != {
        earlier.graders.get(id) for id in _judging(earlier, case)
    }


def _judging(part: Part, case: Case) -> Iterator[str]:
    """The graders that judge `case`."""
    used = {use.grader for use in case.uses}
    return (one.id for one in part.plan.graders if one.always or one.id in used)


def _clauses(project: Opened) -> dict[tuple[str, str], str]:
    """What each requirement says in its feature's prompt."""
    found: dict[tuple[str, str], str] = {}
    for artifact in project.compiled.artifacts:
        for part in artifact.parts if artifact.path.endswith("/prompt.md") else ():
            if part.kind == "clause":
                key = (artifact.feature, part.owner)
                found[key] = found.get(key, "") + part.text
    return found
