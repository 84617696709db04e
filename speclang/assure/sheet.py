"""A sheet of answers for people to label: what `specc judge label` writes and `specc judge calibrate` reads.

In: a project and the answers in its store. Out: lines of JSON, each a recorded answer with an empty `label`.
Invariant: the same store gives the same sheet; neither what a judge has said of an answer nor which model gave it stands there, so that
nobody is led by it.
"""

import json
from collections.abc import Iterator

from ..engine.compiling import Opened
from ..grading.judging.question import Question, subject
from ..grading.record import Refusal, read
from ..run.digests import grader_hash
from ..source.hashing import Json, canonical, digest
from .evidence import opened
from .judging import questions


def sheet(project: Opened, named: str, most: int) -> Iterator[str]:
    """At most `most` answers for each grader that asks a judge, or for the one `named`. Raises `Unusable` and `LookupError`."""
    asked = wished(project, named)
    hashes = {
        (plan.feature, one.id): grader_hash(one)
        for plan in project.compiled.plan.features
        for one in plan.graders
        if (plan.feature, one.id) in asked
    }
    pools: dict[tuple[str, str], dict[str, str]] = {key: {} for key in asked}
    store = opened(project)
    try:
        for one in store.waiting():
            key = (one.feature, one.grader)
            if hashes.get(key) != one.grader_hash:
                continue
            found = read(one.record, 1)
            if isinstance(found, Refusal):
                continue
            pool = pools[key]
            pool.setdefault(digest(canonical([one.grader, subject(found.answer).told])), _line(one.grader, one.record))
            if len(pool) > most:  # the order of hashes is as good as chance, and the same for everybody
                del pool[max(pool)]
    finally:
        store.close()
    for pool in pools.values():
        yield from (pool[name] for name in sorted(pool))


def wished(project: Opened, named: str) -> dict[tuple[str, str], Question]:
    """The questions of `project`, or the one of the grader or requirement `named`. Raises `LookupError` where there is none."""
    asked = questions(project)
    found = {key: one for key, one in asked.items() if named in ("", one.grader, one.requirement)}
    if not found:
        raise LookupError(named)
    return found


def _line(grader: str, record: bytes) -> str:
    held: dict[str, Json] = json.loads(record)
    kept = {name: held[name] for name in ("feature", "case", "messages") if name in held}
    return json.dumps({"label": "", "grader": grader, **kept}, ensure_ascii=True)
