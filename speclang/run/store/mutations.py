"""Runs of mutants as they stand in the store: what was changed in a prompt, what came of it, what graders said.

In: an open store's connection. Out: frozen rows. Invariant: a trial is bound to the hashes of its case and its grader, a mutant to that of
the clause that it changes; so what they show can be told from what they showed once.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ...source.hashing import canonical, digest
from ..clock import now
from .link import Link
from .rows import Run, packed, unpacked
from .schema import tables
from .statements import Statements

_AT_ONCE = 1000

AS_IT_IS = 0
"""The number under which the prompt as it is stands among mutants."""


class PastMutation(NamedTuple):
    """A run of mutants; `ended` is when it did, or None."""

    id: int
    started: str
    ended: str | None
    target: str
    model: str
    stub: bool
    state: str
    steady: bool


class PastMutant(NamedTuple):
    """A mutant; `clause` is the hash of the clause that it changes, `chance` how likely chance does as much as its answers show."""

    mutation: int
    number: int
    feature: str
    requirement: str
    operator: str
    name: str
    what: str
    clause: str
    before: str
    after: str
    prompt: str
    fate: str
    chance: float | None


class Trial(NamedTuple):
    """What one grader said of one answer to a mutant; `record` is the hash of the answer as it was graded."""

    mutation: int
    number: int
    feature: str
    case: str
    repetition: int
    grader: str
    case_hash: str
    grader_hash: str
    version: int
    requirement: str
    state: str
    record: str


class Mutations:
    """The runs of mutants in an open store."""

    __slots__ = ("_link", "_said")

    def __init__(self, link: Link, said: Statements) -> None:
        """Take a connection, and what is said on it."""
        self._link = link
        self._said = said

    def begin(self, run: Run, *, steady: bool) -> int:
        """Note that a run of mutants has begun; its number."""
        identity = canonical(run.identity).encode()
        with self._link.transaction() as cursor:
            cursor.execute(self._said.insert["texts"], packed(digest(identity), identity))
            row = (now(), run.target, run.model, run.stub, digest(identity), "running", run.judge or None, steady)
            cursor.execute(self._said.mutation, row)
            told = cursor.fetchone() if self._said.returns else (cursor.lastrowid,)
        return int(str(told[0])) if told else 0

    def keep(self, trials: Sequence[Trial], texts: Iterable[bytes]) -> None:
        """Keep what graders said, and the answers of which they said it, for good."""
        rows = [packed(digest(one), one) for one in texts]
        with self._link.transaction() as cursor:
            if rows:
                cursor.executemany(self._said.insert["texts"], rows)
            if trials:
                cursor.executemany(self._said.insert["trials"], trials)

    def end(self, mutation: int, state: str, mutants: Sequence[PastMutant], texts: Iterable[str]) -> None:
        """Note how a run ended, and what came of its mutants; `texts` are their clauses."""
        rows = [packed(digest(one), one.encode()) for one in sorted(set(texts))]
        with self._link.transaction() as cursor:
            if rows:
                cursor.executemany(self._said.insert["texts"], rows)
            if mutants:
                cursor.executemany(self._said.insert["mutants"], mutants)
            cursor.execute(self._said.mutated, (now(), state, mutation))

    def runs(self) -> tuple[PastMutation, ...]:
        """All runs of mutants, in order."""
        return tuple(PastMutation._make(row) for row in self._rows("mutations", PastMutation._fields, ("id",)))

    def mutants(self) -> tuple[PastMutant, ...]:
        """All mutants, run by run."""
        return tuple(PastMutant._make(row) for row in self._rows("mutants", PastMutant._fields, ("mutation", "number")))

    def trials(self) -> Iterator[Trial]:
        """All that graders said, run by run and mutant by mutant; what they said of the prompt as it is comes first in its run."""
        order = ("mutation", "number", "feature", "case", "repetition", "grader")
        return (Trial._make(row) for row in self._rows("trials", Trial._fields, order))

    def record(self, name: str) -> bytes:
        """The answer that is kept under the hash `name`, as it was graded."""
        import sqlalchemy as sql

        table = tables()["texts"]
        with self._link.reader.begin():
            return unpacked(
                self._link.reader.execute(sql.select(table.c.data).where(table.c.hash == name)).scalar_one()
            )

    def _rows(self, name: str, columns: Sequence[str], order: Sequence[str]) -> Iterator[Sequence[object]]:
        """The rows of a table, in order."""
        import sqlalchemy as sql

        table = tables()[name]
        asked = sql.select(*(table.c[one] for one in columns)).order_by(*(table.c[one] for one in order))
        with self._link.reader.begin():
            yield from self._link.reader.execution_options(yield_per=_AT_ONCE).execute(asked)
