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
from ..clock import now
from . import judgements
from .judgements import Asked
from .link import Cursor, Link, to_address, to_file
from .mutations import Mutations
from .reading import Past, PastRun, Waiting, answers, runs, waiting
from .rows import Kept, Row, Run, Verdict, dumped, packed, reply_of
from .statements import statements

FILE = "answers.db"
"""The name of the store in the project's own memory."""

_AT_ONCE = 200
"""How many answers wait to be written together; they can be made again from their replies, which do not wait."""

_REMEMBERED = 10_000
"""Of how many texts it is remembered that they are there."""


def open_store(url: str, folder: Path | None = None) -> "Store":
    """The store at `url`, or the one in `folder`; made where there is none. Raises `Unusable`."""
    return Store(to_file(folder / FILE) if folder is not None and not url else to_address(url))


class Store:
    """An open store; `close` it."""

    __slots__ = ("_held", "_held_texts", "_identity", "_known", "_link", "_noted", "_rows", "_run_of", "_said")

    def __init__(self, link: Link) -> None:
        """Take an open connection to a store of today's form."""
        self._link = link
        self._said = statements(link.place)
        self._rows: dict[str, list[Row]] = {}
        self._known: set[str] = set()
        """Texts that are there for good."""
        self._noted: set[str] = set()
        """Texts that are written with the answers that wait."""
        self._held: list[Row] = []
        self._held_texts: dict[str, Row] = {}
        self._run_of: Run | None = None
        self._identity = ""

    def begin(self, run: Run) -> int:
        """Note that a run has begun; its number."""
        identity = self.text(canonical(run.identity))
        with self._link.transaction() as cursor:
            row = (now(), run.target, run.model, run.stub, identity, "running", run.judge or None)
            cursor.execute(self._said.begin, row)
            told = cursor.fetchone() if self._said.returns else (cursor.lastrowid,)
        return int(str(told[0])) if told else 0

    def end(self, run: int, state: str) -> None:
        """Write what waits, and note how the run ended."""
        self.flush()
        with self._link.transaction() as cursor:
            cursor.execute(self._said.end, (now(), state, run))

    def recall(self, key: str) -> Reply | None:
        """The reply to the request that is called `key`."""
        with self._link.transaction() as cursor:
            cursor.execute(self._said.reply, (key,))
            row = cursor.fetchone()
        return None if row is None else reply_of(row)

    def keep(self, key: str, reply: Reply, *, model: str, repetition: int, system: str) -> None:
        """Keep `reply` for good, in place of an earlier one to the same request."""
        self.hold(key, reply, model=model, repetition=repetition, system=system)
        self.settle()

    def hold(self, key: str, reply: Reply, *, model: str, repetition: int, system: str) -> None:
        """Have `reply` wait for `settle`, which writes all that wait in one go; until then it is not kept."""
        further = json.dumps(dict(reply.further)) if reply.further else ""
        self._held.append((
            key, model, repetition, self._held_text(system.encode()), self._held_text(dumped(reply.messages)),
            reply.input_tokens, reply.output_tokens, reply.cost, reply.latency, further, now(),
        ))  # fmt: skip

    def settle(self) -> None:
        """Keep for good all replies that wait."""
        if not self._held:
            return
        with self._link.transaction() as cursor:
            if self._held_texts:
                cursor.executemany(self._said.insert["texts"], list(self._held_texts.values()))
            cursor.executemany(self._said.insert["replies"], self._held)
        self._remember(self._held_texts)
        self._held, self._held_texts = [], {}

    def _held_text(self, data: bytes) -> str:
        """Have `data` among the texts that `settle` writes, if it is not kept already; its hash."""
        name = digest(data)
        if name not in self._known and name not in self._held_texts:
            self._held_texts[name] = packed(name, data)
        return name

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
        identity, record, system = self._identity, digest(kept.record), digest(kept.system)
        key = digest(
            "\n".join((identity, kept.feature, kept.case, kept.case_hash, kept.prompt, str(kept.repetition), record))
        )
        self._note("texts", packed(record, kept.record))
        if system not in self._known and system not in self._noted:
            self._noted.add(system)
            self._note("texts", packed(system, kept.system.encode()))
        answer = (
            key, kept.feature, kept.case, kept.case_hash, kept.prompt, kept.built, system, run_of.model, identity, run_of.stub,
            kept.repetition, record, kept.stopped, now(),
        )  # fmt: skip
        self._note("answers", answer)
        self._note("run_answers", (run, key))
        for one in verdicts:
            row = (key, one.grader, one.grader_hash, one.version, one.requirement, one.state, one.gates, one.reason)
            self._note("verdicts", row)
            if one.judgement:
                self._note("judged", (key, one.grader, one.grader_hash, one.judgement))
        if len(self._rows["answers"]) >= _AT_ONCE:
            self.flush()

    def miss(self, run: int, feature: str, case: str, repetition: int, why: str) -> None:
        """Note that a case of `run` got no answer."""
        self._note("misses", (run, feature, case, repetition, why))

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

    def flush(self) -> None:
        """Write what waits."""
        with self._link.transaction() as cursor:
            for name in ("texts", "answers", "run_answers", "misses", "verdicts", "judged"):
                rows = self._rows.pop(name, [])
                if rows:
                    cursor.executemany(self._said.insert[name], rows)
        self._remember(self._noted)
        self._noted.clear()

    def close(self) -> None:
        """Write what waits, and let go."""
        self.settle()
        self.flush()
        self._link.close()

    def _note(self, table: str, row: Row) -> None:
        self._rows.setdefault(table, []).append(row)

    def text(self, text: str) -> str:
        """Keep `text`; its hash."""
        with self._link.transaction() as cursor:
            return self._write(cursor, text.encode())

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
