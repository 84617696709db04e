"""The links between requirements and artifacts, in both directions.

In: the artifacts of a build, whose marks say where each character comes from. Out: plain data.
Invariant: a link is read off the marks and never guessed from text.
"""

from collections.abc import Iterable

from ..plan.artifact import Artifact, Part
from ..plan.origin import Origin
from ..source.records import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """`part` of the file `path`, at characters `start` to `end`, says or tests something that `owner` states.

    `own` is true for the owner's clause, graders and cases, false where the part only draws on it (a case that another
    requirement's grader judges, a clause that shows the name of a given).
    """

    owner: str
    path: str
    feature: str
    part: Part
    start: int
    end: int
    own: bool


@dataclass(frozen=True, slots=True)
class Spot:
    """What stands at one offset of an artifact: the part, and the origin of that character (None for pure layout)."""

    path: str
    feature: str
    part: Part
    origin: Origin | None
    field: str


def links(artifacts: Iterable[Artifact]) -> tuple[Link, ...]:
    """Every link of every owner, in the order of the artifacts."""
    found: list[Link] = []
    for artifact in artifacts:
        at = 0
        for part in artifact.parts:
            end = at + len(part.text)
            owners = dict.fromkeys([part.owner, *(mark.origin.owner for mark in part.marks)])
            for owner in owners:
                own = owner == part.owner and part.kind != "layout"
                found.append(Link(owner, artifact.path, artifact.feature, part, at, end, own))
            at = end
    return tuple(found)


def of(owner: str, among: Iterable[Link]) -> tuple[Link, ...]:
    """The links of one requirement or declaration, layout left out."""
    return tuple(link for link in among if link.owner == owner and link.part.kind != "layout")


def at(artifact: Artifact, offset: int) -> Spot | None:
    """What stands at `offset` of an artifact; None past its end."""
    start = 0
    for part in artifact.parts:
        end = start + len(part.text)
        if start <= offset < end:
            inner = offset - start
            fitting = [mark for mark in part.marks if mark.start <= inner < mark.end]
            mark = min(fitting, key=lambda one: one.end - one.start, default=None)
            return Spot(
                artifact.path,
                artifact.feature,
                part,
                mark.origin if mark else None,
                mark.path if mark else "",
            )
        start = end
    return None
