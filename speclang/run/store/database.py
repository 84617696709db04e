"""The store: replies by what was asked, answers by what they are, verdicts by what gave them.

In: replies, answers, verdicts. Out: the same, later, on any machine that shares the store.
Invariant: a reply that `keep` or `settle` has taken is there after the process is killed; a text is held once, packed; nothing
held is executed.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from ...grading.judging.ballot import Outcome
from ...source.hashing import canonical, digest
from ..asking import Reply
from ..clock import now, ticks
from . import judgements
from .canaries import Canaries
from .details import Details
from .drills import Drills
from .judgements import Asked
from .link import Cursor, Link, to_address, to_file
from .mutations import Mutations
from .reading import Heard, Past, PastRun, Waiting, answers, heard, runs, waiting
from .rows import Kept, Row, Run, Verdict, dumped, packed, reply_of
from .statements import statements
from .timed import Timed, timed

FILE = "answers.db"
"""The name of the store in the project's own memory."""

_AT_ONCE, _AT_LATEST = 1000, 5.0
"""How many answers wait to be written together, and how many seconds; they can be made again from their replies, which do not wait."""

_WITH_ANSWERS = ("texts", "answers", "run_answers", "misses", "verdicts", "judged")
"""The tables whose rows are written with answers, in this order."""

_REMEMBERED = 10_000
"""Of how many texts it is remembered that they are there."""


def open_store(url: str, folder: Path | None = None) -> "Store":
    """The store at `url`, or the one in `folder`; made where there is none. Raises `Unusable`."""
    return Store(to_file(folder / FILE) if folder is not None and not url else to_address(url))


class Store:
    """An open store; `close` it."""

    __slots__ = (
        "_batch",
        "_held",
        "_held_texts",
        "_identity",
        "_known",
        "_link",
        "_noted",
        "_rows",
        "_run_of",
        "_said",
        "_since",
        "_system",
        "_system_hash",
    )

    def __init__(self, link: Link) -> None:
        """Take an open connection to a store of today's form."""
        self._link = link
        self._said = statements(link.place)
        self._rows: dict[str, list[Row]] = {name: [] for name in _WITH_ANSWERS}
        self._known: set[str] = set()
        """Texts that are there for good."""
        self._noted: set[str] = set()
        """Texts that are written with the answers that wait."""
        self._batch = 0
        self._held: list[Row] = []
        self._held_texts: dict[str, Row] = {}
        self._run_of: Run | None = None
        self._identity = ""
        self._since = 0.0
        self._system, self._system_hash = "", digest("")

    def begin(self, run: Run) -> int:
        """Note that a run has begun; its number."""
        identity = self.text(canonical(run.identity))
        envelope = None if run.envelope is None else self.text(canonical(run.envelope))
        with self._link.transaction() as cursor:
            row = (now(), run.target, run.model, run.stub, identity, "running", run.judge or None, envelope)
            cursor.execute(self._said.begin, row)
            told = cursor.fetchone() if self._said.returns else (cursor.lastrowid,)
        return int(str(told[0])) if told else 0

    def end(self, run: int, state: str, snapshots: Iterable[str] = ()) -> None:
        """Write what waits, and note how the run ended, and of which models its replies are."""
        self.flush()
        told = json.dumps(sorted(set(snapshots)))
        with self._link.transaction() as cursor:
            cursor.execute(self._said.end, (now(), state, told, run))

    def recall(self, key: str) -> Reply | None:
        """The reply to the request that is called `key`."""
        with self._link.transaction() as cursor:
            self._sweep(cursor)
            cursor.execute(self._said.reply, (key,))
            row = cursor.fetchone()
        return None if row is None else reply_of(row)

    def keep(self, key: str, reply: Reply, *, model: str, repetition: int, system: str) -> None:
        """Keep `reply` for good, in place of an earlier one to the same request."""
        self.hold(key, reply, model=model, repetition=repetition, system=system)
        self.settle()

    def hold(self, key: str, reply: Reply, *, model: str, repetition: int, system: str) -> int:
        """Have `reply` wait for `settle`, which writes all that wait in one go; until then it is not kept. The number of its batch."""
        further = json.dumps(dict(reply.further)) if reply.further else ""
        sent, body = self._hash_of(system), dumped(reply.messages)
        said = digest(body)
        self._hold_text(sent, system)
        self._hold_text(said, body)
        self._held.append((
            key, model, repetition, sent, said, reply.input_tokens, reply.output_tokens, reply.cost, reply.latency, further,
            reply.snapshot or None,
        ))  # fmt: skip
        return self._batch

    def settle(self, batch: int | None = None) -> None:
        """Keep for good all replies that wait, unless those of `batch` are kept already."""
        if not self._held or batch not in (None, self._batch):
            return
        with self._link.transaction() as cursor:
            if self._held_texts:
                cursor.executemany(self._said.insert["texts"], list(self._held_texts.values()))
            made = now()
            cursor.executemany(self._said.arrive, [(*row[:-1], made, row[-1]) for row in self._held])
        self._remember(self._held_texts)
        self._held, self._held_texts = [], {}
        self._batch += 1

    def _sweep(self, cursor: Cursor) -> None:
        """Put in their places all replies that have come, to this process or another, be it one that was killed."""
        if self._said.sweep:
            cursor.execute(self._said.left)
            if cursor.fetchone() is not None:
                for said in self._said.sweep:
                    cursor.execute(said)

    def _hold_text(self, name: str, data: bytes | str) -> None:
        """Have `data`, called `name`, among the texts that `settle` writes, if it is not kept already."""
        if name not in self._known and name not in self._held_texts:
            self._held_texts[name] = packed(name, data)

    def _hash_of(self, system: str) -> str:
        """The hash of a prompt, which most requests share with the one before."""
        if system != self._system:
            self._system, self._system_hash = system, digest(system)
        return self._system_hash

    def judgement(self, key: str) -> Outcome | None:
        """What a judge said when it was asked what is called `key`."""
        with self._link.transaction() as cursor:
            cursor.execute(self._said.votes, (key,))
            row = cursor.fetchone()
        return None if row is None else judgements.outcome(row)

    def judge(self, asked: Asked, subject: str, outcome: Outcome) -> None:
        """Keep what a judge said of `subject` for good, in place of what it said before."""
        with self._link.transaction() as cursor:
            self._write(cursor, subject.encode())
            votes = self._write(cursor, judgements.dumped(outcome).encode())
            cursor.execute(self._said.insert["judgements"], judgements.row(asked, outcome, votes, now()))

    def add(self, run: int, run_of: Run, kept: Kept, verdicts: Sequence[Verdict]) -> None:
        """Note an answer of `run` with what its graders said; it is written with others."""
        if self._run_of is not run_of:
            self._run_of, self._identity = run_of, digest(canonical(run_of.identity))
        identity, record, system = self._identity, digest(kept.record), self._hash_of(kept.system)
        key = digest(
            "\n".join((identity, kept.feature, kept.case, kept.case_hash, kept.prompt, str(kept.repetition), record))
        )
        rows = self._rows
        rows["texts"].append(packed(record, kept.record))
        if system not in self._known and system not in self._noted:
            self._noted.add(system)
            rows["texts"].append(packed(system, kept.system))
        answer = (
            key, kept.feature, kept.case, kept.case_hash, kept.prompt, kept.built, system, run_of.model, identity, run_of.stub,
            kept.repetition, record, kept.stopped, now(),
        )  # fmt: skip
        rows["answers"].append(answer)
        rows["run_answers"].append((run, key))
        for one in verdicts:
            *said, judgement = one
            rows["verdicts"].append((key, *said))
            if judgement:
                rows["judged"].append((key, one.grader, one.grader_hash, judgement))
        if len(rows["answers"]) == 1:
            self._since = ticks()
        elif len(rows["answers"]) >= _AT_ONCE or ticks() - self._since > _AT_LATEST:
            self.flush()

    def miss(self, run: int, feature: str, case: str, repetition: int, why: str) -> None:
        """Note that a case of `run` got no answer."""
        self._rows["misses"].append((run, feature, case, repetition, why))

    def runs(self) -> tuple[PastRun, ...]:
        """All runs, in order."""
        return runs(self._link.reader)

    def answers(self, run: int | None = None, judge: str | None = None) -> Iterator[Past]:
        """The answers of one run, or of all, with their verdicts; where only a judge can tell, with those of `judge`."""
        return answers(self._link.reader, run, judge)

    def waiting(self) -> Iterator[Waiting]:
        """Every answer of a model, for each grader that waits for a judge."""
        return waiting(self._link.reader)

    @property
    def mutations(self) -> Mutations:
        """Where runs of mutants are kept."""
        return Mutations(self._link, self._said)

    @property
    def canaries(self) -> Canaries:
        """Where runs of canaries are kept."""
        return Canaries(self._link, self._said)

    def timed(self, feature: str = "") -> Iterator[Timed]:
        """When the answers to cases of `feature`, or of all, were given."""
        return timed(self._link.reader, feature)

    @property
    def drills(self) -> Drills:
        """Where drills are kept."""
        return Drills(self._link, self._said)

    @property
    def details(self) -> Details:
        """What stands beside verdicts."""
        return Details(self._link.reader)

    def heard(self, feature: str, cases: Sequence[str]) -> Iterator[Heard]:
        """What models said to a case of `feature` that is called by one of the names `cases`, the last run first."""
        return heard(self._link.reader, feature, cases)

    def flush(self) -> None:
        """Write what waits."""
        with self._link.transaction() as cursor:
            self._sweep(cursor)
            for name, rows in self._rows.items():
                if rows:
                    cursor.executemany(self._said.insert[name], rows)
        for rows in self._rows.values():
            rows.clear()
        self._remember(self._noted)
        self._noted.clear()

    def close(self) -> None:
        """Write what waits, and let go."""
        self.settle()
        self.flush()
        self._link.close()

    def text(self, text: str) -> str:
        """Keep `text`; its hash."""
        with self._link.transaction() as cursor:
            return self._write(cursor, text.encode())

    def texts(self, texts: Sequence[str]) -> None:
        """Keep `texts`; those that are there are not packed again."""
        named = {digest(one): one for one in texts}
        with self._link.transaction() as cursor:
            new = [packed(name, text) for name, text in named.items() if not self._holds(cursor, name)]
            if new:
                cursor.executemany(self._said.insert["texts"], new)
        self._remember(named)

    def _holds(self, cursor: Cursor, name: str) -> bool:
        """Whether there is a text called `name`."""
        cursor.execute(self._said.held, (name,))
        return cursor.fetchone() is not None

    def _write(self, cursor: Cursor, data: bytes) -> str:
        """Have `data` among the texts; its hash."""
        name = digest(data)
        if name not in self._known:
            cursor.execute(self._said.insert["texts"], packed(name, data))
            self._remember((name,))
        return name

    def _remember(self, names: Iterable[str]) -> None:
        """Note that texts are kept for good, so that none is packed again; not too many of them."""
        if len(self._known) > _REMEMBERED:
            self._known.clear()
        self._known.update(names)
