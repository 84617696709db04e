"""What stands in the store: runs, and the verdicts of their answers, one after the other.

In: an open store. Out: frozen rows. Invariant: answers are read in the order of their keys and never held all at once.
"""

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from .schema import tables

if TYPE_CHECKING:
    from sqlalchemy import Connection

_AT_ONCE = 1000


class PastRun(NamedTuple):
    """A run as it stands in the store."""

    id: int
    started: str
    target: str
    model: str
    stub: bool
    state: str


class Said(NamedTuple):
    """What one grader said of an answer."""

    grader: str
    grader_hash: str
    version: int
    requirement: str
    state: str
    gates: bool


class Past(NamedTuple):
    """An answer as it was graded, with what it was measured on. `built` says that the prompt was the one that the specs made then."""

    feature: str
    case: str
    case_hash: str
    prompt: str
    built: bool
    model: str
    stub: bool
    repetition: int
    said: tuple[Said, ...]

    @property
    def states(self) -> Mapping[str, str]:
        """For each requirement what its graders come to: by those that gate, if any does, the worst first."""
        found: dict[str, list[Said]] = {}
        for one in self.said:
            found.setdefault(one.requirement, []).append(one)
        return {name: _worst(graders) for name, graders in found.items()}


def runs(connection: "Connection") -> tuple[PastRun, ...]:
    """All runs, in order."""
    import sqlalchemy as sql

    table = tables()["runs"]
    asked = sql.select(*(table.c[name] for name in PastRun._fields)).order_by(table.c.id)
    with connection.begin():
        return tuple(PastRun(*row) for row in connection.execute(asked))


def answers(connection: "Connection", run: int | None = None) -> Iterator[Past]:
    """The answers of one run, or of all, each once, with their verdicts."""
    import sqlalchemy as sql

    held, verdicts = tables()["answers"], tables()["verdicts"]
    own = [held.c[name] for name in Past._fields if name != "said"]
    said = [verdicts.c[name] for name in Said._fields]
    asked = sql.select(held.c.key, *own, *said).join(verdicts, verdicts.c.answer == held.c.key).order_by(held.c.key)
    if run is not None:
        of = tables()["run_answers"]
        asked = asked.join(of, of.c.answer == held.c.key).where(of.c.run == run)
    with connection.begin():
        rows = connection.execution_options(yield_per=_AT_ONCE).execute(asked)
        for _, group in groupby(rows, key=lambda row: row[0]):
            listed = list(group)
            said_of = tuple(Said(*row[1 + len(own) :]) for row in listed)
            yield Past._make((*listed[0][1 : 1 + len(own)], said_of))


_ORDER = ("fail", "judge", "pass", "not_applicable")


def _worst(graders: list[Said]) -> str:
    deciding = [one for one in graders if one.gates] or graders
    return min((one.state for one in deciding), key=_ORDER.index)
