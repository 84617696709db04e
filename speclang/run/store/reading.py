"""What stands in the store: runs, and the verdicts of their answers, one after the other.

In: an open store. Out: frozen rows. Invariant: answers are read in the order of their keys and never held all at once.
"""

import zlib
from collections.abc import Iterator, Mapping, Sequence
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
    judge: str | None


class Said(NamedTuple):
    """What one grader said of an answer. `judged` says that a judge did, and that its word stands; `elsewhere` are the verdicts of
    other judges.
    """

    grader: str
    grader_hash: str
    version: int
    requirement: str
    state: str
    gates: bool
    judged: bool = False
    elsewhere: tuple[str, ...] = ()


class Past(NamedTuple):
    """An answer as it was graded, with what it was measured on; `key` is its name in the store.

    `built` says that the prompt was the one that the specs made then, `made` when the answer was given.
    """

    key: str
    feature: str
    case: str
    case_hash: str
    prompt: str
    built: bool
    model: str
    stub: bool
    repetition: int
    made: str
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


def answers(connection: "Connection", run: int | None = None, judge: str | None = None) -> Iterator[Past]:
    """The answers of one run, or of all, each once, with their verdicts; where only a judge can tell, the word of `judge` stands."""
    import sqlalchemy as sql

    held, verdicts = tables()["answers"], tables()["verdicts"]
    judged, judgements = tables()["judged"], tables()["judgements"]
    own = [held.c[name] for name in Past._fields if name != "said"]
    said = [verdicts.c[name] for name in _OF_CODE]
    asked = (
        sql.select(*own, *said, judgements.c.judge, judgements.c.say)
        .join(verdicts, verdicts.c.answer == held.c.key)
        .outerjoin(
            judged,
            sql.and_(
                judged.c.answer == held.c.key,
                judged.c.grader == verdicts.c.grader,
                judged.c.grader_hash == verdicts.c.grader_hash,
            ),
        )
        .outerjoin(judgements, judgements.c.key == judged.c.judgement)
        .order_by(held.c.key, verdicts.c.grader, verdicts.c.grader_hash, verdicts.c.version, judgements.c.key)
    )
    if run is not None:
        of = tables()["run_answers"]
        asked = asked.join(of, of.c.answer == held.c.key).where(of.c.run == run)
    with connection.begin():
        rows = connection.execution_options(yield_per=_AT_ONCE).execute(asked)
        for _, group in groupby(rows, key=lambda row: row[0]):
            listed = list(group)
            spoken = (tuple(row[len(own) :]) for row in listed)
            said_of = tuple(_said(list(one), judge) for _, one in groupby(spoken, key=lambda row: row[: len(said)]))
            yield Past._make((*listed[0][: len(own)], said_of))


class Waiting(NamedTuple):
    """An answer on which a grader waits for a judge, as the record that was graded."""

    feature: str
    case: str
    grader: str
    grader_hash: str
    record: bytes


def waiting(connection: "Connection") -> Iterator[Waiting]:
    """Every answer of a model, for each grader that waits for a judge, whether one has spoken or not."""
    import sqlalchemy as sql

    held, verdicts, texts = tables()["answers"], tables()["verdicts"], tables()["texts"]
    asked = (
        sql.select(held.c.feature, held.c.case, verdicts.c.grader, verdicts.c.grader_hash, texts.c.data)
        .join(verdicts, verdicts.c.answer == held.c.key)
        .join(texts, texts.c.hash == held.c.record)
        .where(verdicts.c.state == "judge", held.c.stub.is_(False))
        .order_by(held.c.key, verdicts.c.grader)
    )
    with connection.begin():
        for *names, data in connection.execution_options(yield_per=_AT_ONCE).execute(asked):
            yield Waiting._make((*names, zlib.decompress(data)))


class Heard(NamedTuple):
    """What a model said to a case in a run, as the record that was graded, and to what; `failed` says that a grader that gates did."""

    run: int
    target: str
    case_hash: str
    prompt: str
    record: bytes
    failed: bool


def heard(connection: "Connection", feature: str, cases: Sequence[str]) -> Iterator[Heard]:
    """What models said to a case of `feature` that is called by one of the names `cases`, the last run first."""
    import sqlalchemy as sql

    held, verdicts, of = tables()["answers"], tables()["verdicts"], tables()["run_answers"]
    ran, texts = tables()["runs"], tables()["texts"]
    failed = (
        sql.exists()
        .where(verdicts.c.answer == held.c.key, verdicts.c.state == "fail", verdicts.c.gates.is_(True))
        .correlate(held)
    )
    asked = (
        sql.select(ran.c.id, ran.c.target, held.c.case_hash, held.c.prompt, texts.c.data, failed)
        .join(of, of.c.answer == held.c.key)
        .join(ran, ran.c.id == of.c.run)
        .join(texts, texts.c.hash == held.c.record)
        .where(held.c.feature == feature, held.c.case.in_(cases), held.c.stub.is_(False))
        .order_by(ran.c.id.desc(), held.c.repetition, held.c.key)
    )
    with connection.begin():
        for run, target, case_hash, prompt, data, fails in connection.execute(asked):
            yield Heard(run, target, case_hash, prompt, zlib.decompress(data), bool(fails))


_OF_CODE = ("grader", "grader_hash", "version", "requirement", "state", "gates")


def _said(rows: Sequence[tuple[object, ...]], judge: str | None) -> Said:
    """One grader's verdict out of rows of which each holds what another judge said, if any did."""
    one = Said._make((*rows[0][: len(_OF_CODE)], False, ()))
    told = {str(row[-2]): str(row[-1]) for row in rows if row[-2] is not None}
    own = told.pop(judge or "", None)
    others = tuple(say for _, say in sorted(told.items()) if say in ("pass", "fail"))
    if own in ("pass", "fail"):
        return one._replace(state=own, judged=True, elsewhere=others)
    return one._replace(judged=own is not None, elsewhere=others)


_ORDER = ("fail", "judge", "pass", "not_applicable")


def judged(past: Past, requirement: str) -> bool:
    """Whether a judge had a part in what the graders of `requirement` come to."""
    return any(one.judged for one in past.said if one.requirement == requirement)


def _worst(graders: list[Said]) -> str:
    deciding = [one for one in graders if one.gates] or graders
    return min((one.state for one in deciding), key=_ORDER.index)
