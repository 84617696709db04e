"""The store: replies by what was asked, answers by what they are, verdicts by what gave them.

In: replies, answers, verdicts. Out: the same, later, on any machine that shares the store.
Invariant: a reply that `keep` or `settle` has taken is there after the process is killed; a text is held once, compressed; nothing
held is executed.
"""

import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ...grading.judging.ballot import Outcome
from ...source.hashing import canonical, digest
from ..asking import Reply, Unusable
from ..clock import now
from . import judgements
from .judgements import Asked
from .moving import move
from .reading import Past, PastRun, Waiting, answers, runs, waiting
from .rows import Kept, Row, Run, Verdict, dumped, packed
from .schema import tables

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine, Executable, Table

FILE = "answers.db"
"""The name of the store in the project's own memory."""

_AT_ONCE = 200
"""How many answers wait to be written together; they can be made again from their replies, which do not wait."""

_REMEMBERED = 10_000
"""Of how many texts it is remembered that they are there."""


def open_store(url: str, folder: Path | None = None) -> "Store":
    """The store at `url`, or the one in `folder`; made where there is none. Raises `Unusable`."""
    try:
        import sqlalchemy as sql
    except ModuleNotFoundError:
        raise Unusable("`sqlalchemy` is not installed; `pip install 'specc[eval]'` brings it") from None
    if not url and folder is not None:
        url = f"sqlite:///{folder / FILE}"
    try:
        engine = sql.create_engine(url)
        _settle(engine)
        connection = engine.connect()
        with connection.begin():
            move(connection)
    except ModuleNotFoundError as missing:
        raise Unusable(f"`{missing.name}` is not installed; `pip install 'specc[postgres]'` brings it") from None
    except sql.exc.ArgumentError:
        raise Unusable(
            'the address of the store can\'t be read; write it as "postgresql+psycopg://host/name"'
        ) from None
    except sql.exc.DBAPIError as problem:
        raise Unusable(f"the store can't be opened: {type(problem.orig).__name__}") from None
    return Store(engine, connection)


def _settle(engine: "Engine") -> None:
    """Have SQLite write ahead, so that a commit is one append, and wait for others who write."""
    if engine.dialect.name != "sqlite":
        return
    from sqlalchemy import event

    def settle(raw: object, _: object) -> None:
        cursor = raw.cursor()  # type: ignore[attr-defined]
        for said in ("journal_mode = WAL", "synchronous = NORMAL", "busy_timeout = 20000"):
            cursor.execute(f"PRAGMA {said}")
        cursor.close()

    event.listen(engine, "connect", settle)


class Store:
    """An open store; `close` it."""

    __slots__ = (
        "_connection", "_engine", "_held", "_held_texts", "_identity", "_insertions", "_known", "_noted", "_rows", "_run_of", "_sql",
        "_tables",
    )  # fmt: skip

    def __init__(self, engine: "Engine", connection: "Connection") -> None:
        """Take an open connection to a store of today's form."""
        import sqlalchemy as sql

        self._sql = sql
        self._engine = engine
        self._insertions = _insertions(engine.dialect.name)
        self._connection = connection
        self._tables: dict[str, Table] = tables()
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
        row = {
            "started": now(), "target": run.target, "model": run.model, "stub": run.stub, "identity": identity,
            "state": "running", "judge": run.judge or None,
        }  # fmt: skip
        with self._connection.begin():
            found = self._connection.execute(self._tables["runs"].insert().values(row))
        return int(found.inserted_primary_key[0]) if found.inserted_primary_key else 0

    def end(self, run: int, state: str) -> None:
        """Write what waits, and note how the run ended."""
        self.flush()
        table = self._tables["runs"]
        with self._connection.begin():
            self._connection.execute(table.update().where(table.c.id == run).values(ended=now(), state=state))

    def recall(self, key: str) -> Reply | None:
        """The reply to the request that is called `key`."""
        replies, texts = self._tables["replies"], self._tables["texts"]
        asked = (
            self._sql.select(replies, texts.c.data)
            .join(texts, texts.c.hash == replies.c.body)
            .where(replies.c.key == key)
        )
        with self._connection.begin():
            row = self._connection.execute(asked).mappings().one_or_none()
        if row is None:
            return None
        messages = json.loads(zlib.decompress(row["data"]))
        further = json.loads(row["further"] or "{}")
        return Reply(tuple(messages), row["input_tokens"], row["output_tokens"], row["cost"], row["latency"], further)

    def keep(self, key: str, reply: Reply, *, model: str, repetition: int, system: str) -> None:
        """Keep `reply` for good, in place of an earlier one to the same request."""
        self.hold(key, reply, model=model, repetition=repetition, system=system)
        self.settle()

    def hold(self, key: str, reply: Reply, *, model: str, repetition: int, system: str) -> None:
        """Have `reply` wait for `settle`, which writes all that wait in one go; until then it is not kept."""
        row = {
            "key": key, "model": model, "repetition": repetition, "system": self._held_text(system.encode()),
            "body": self._held_text(dumped(reply.messages)), "input_tokens": reply.input_tokens,
            "output_tokens": reply.output_tokens, "cost": reply.cost, "latency": reply.latency,
            "further": json.dumps(dict(reply.further)) if reply.further else "", "made": now(),
        }  # fmt: skip
        self._held.append(row)

    def settle(self) -> None:
        """Keep for good all replies that wait."""
        if not self._held:
            return
        with self._connection.begin():
            if self._held_texts:
                self._connection.execute(self._insertions["texts"], list(self._held_texts.values()))
            self._connection.execute(self._insertions["replies"], self._held)
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
        with self._connection.begin():
            return judgements.recall(self._connection, key)

    def judge(self, asked: Asked, subject: str, outcome: Outcome) -> None:
        """Keep what a judge said of `subject` for good, in place of what it said before."""
        with self._connection.begin():
            self._write(subject.encode())
            votes = self._write(judgements.dumped(outcome).encode())
            row = judgements.row(asked, outcome, votes, now())
            self._connection.execute(self._insertions["judgements"], row)

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
        self._note(
            "answers",
            {
                "key": key, "feature": kept.feature, "case": kept.case, "case_hash": kept.case_hash,
                "prompt": kept.prompt, "built": kept.built,
                "system": system, "model": run_of.model, "identity": identity, "stub": run_of.stub,
                "repetition": kept.repetition, "record": record, "stopped": kept.stopped, "made": now(),
            },
        )  # fmt: skip
        self._note("run_answers", {"run": run, "answer": key})
        for one in verdicts:
            self._note(
                "verdicts",
                {
                    "answer": key, "grader": one.grader, "grader_hash": one.grader_hash, "version": one.version,
                    "requirement": one.requirement, "state": one.state, "gates": one.gates, "reason": one.reason,
                },
            )  # fmt: skip
            if one.judgement:
                self._note(
                    "judged",
                    {"answer": key, "grader": one.grader, "grader_hash": one.grader_hash, "judgement": one.judgement},
                )
        if len(self._rows["answers"]) >= _AT_ONCE:
            self.flush()

    def miss(self, run: int, feature: str, case: str, repetition: int, why: str) -> None:
        """Note that a case of `run` got no answer."""
        self._note("misses", {"run": run, "feature": feature, "case": case, "repetition": repetition, "why": why})

    def runs(self) -> tuple[PastRun, ...]:
        """All runs, in order."""
        return runs(self._connection)

    def answers(self, run: int | None = None, judge: str | None = None) -> Iterator[Past]:
        """The answers of one run, or of all, with their verdicts; where only a judge can tell, with those of `judge`."""
        return answers(self._connection, run, judge)

    def waiting(self) -> Iterator[Waiting]:
        """Every answer of a model, for each grader that waits for a judge."""
        return waiting(self._connection)

    def flush(self) -> None:
        """Write what waits."""
        with self._connection.begin():
            for name in ("texts", "answers", "run_answers", "misses", "verdicts", "judged"):
                rows = self._rows.pop(name, [])
                if rows:
                    self._connection.execute(self._insertions[name], rows)
        self._remember(self._noted)
        self._noted.clear()

    def close(self) -> None:
        """Write what waits, and let go."""
        self.settle()
        self.flush()
        self._connection.close()
        self._engine.dispose()

    def _note(self, table: str, row: Row) -> None:
        self._rows.setdefault(table, []).append(row)

    def text(self, text: str) -> str:
        """Keep `text`; its hash."""
        with self._connection.begin():
            return self._write(text.encode())

    def _write(self, data: bytes) -> str:
        """Have `data` among the texts; its hash."""
        name = digest(data)
        if name not in self._known:
            self._connection.execute(self._insertions["texts"], [packed(name, data)])
            self._remember((name,))
        return name

    def _remember(self, names: Iterable[str]) -> None:
        """Note that texts are kept for good, so that none is packed again; not too many of them."""
        if len(self._known) > _REMEMBERED:
            self._known.clear()
        self._known.update(names)


def _insertions(dialect: str) -> "dict[str, Executable]":
    """For each table an insertion that leaves alone what is there; a reply and a judgement take the place of an earlier one."""
    if dialect == "postgresql":
        from sqlalchemy.dialects.postgresql import insert
    else:
        from sqlalchemy.dialects.sqlite import insert  # type: ignore[assignment]
    found: dict[str, Executable] = {name: insert(table).on_conflict_do_nothing() for name, table in tables().items()}
    for name in ("replies", "judgements"):
        fresh = insert(tables()[name])
        later = {column.name: column for column in fresh.excluded if column.name != "key"}
        found[name] = fresh.on_conflict_do_update(index_elements=["key"], set_=later)
    return found
