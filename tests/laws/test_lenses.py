"""The four laws of absorb over generated specs and generated edits: GetPut, PutGet, locality, nothing lost (Foster and others, 2007).

All of it in memory, so that there can be thousands of edits; `SPECC_LENSES=100000` tries so many, others each time. What fails is
shrunk to a small spec and a small edit.
"""

import os
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from speclang.diagnostics.diagnostic import has_errors
from speclang.drift.states import State
from speclang.engine.absorption.absorb import Decided, decide
from speclang.engine.absorption.work import Compiler, Work
from speclang.engine.compiling import Opened
from speclang.engine.standing.differences import differences
from speclang.plan.artifact import Artifact, Part
from speclang.source.hashing import digest
from tests.strategies.handwork import CASES, EDITS, PROMPT, Desk, Hand, desks, edited
from tests.strategies.opened import as_built, in_memory

EXAMPLES = int(os.environ.get("SPECC_LENSES", "2000"))
SEED = int.from_bytes(os.urandom(4)) if "SPECC_LENSES" in os.environ else 20_261_130
EACH = 2
"""More than so many edits are tried of a spec, on average: it is compiled once for all of them."""

BATCHES = 10


@dataclass(frozen=True)
class Made:
    """A spec as it was built."""

    opened: Opened
    compiler: Compiler


@lru_cache(maxsize=4)
def made(text: str) -> Made:
    opened = in_memory({"specs/made.spec": text})
    assert not has_errors(opened.compiled.diagnostics), [one.title for one in opened.compiled.diagnostics]
    return Made(opened, Compiler())


@pytest.mark.parametrize("batch", range(BATCHES))
def test_absorbing_obeys_the_laws(batch: int) -> None:
    tally: Counter[str] = Counter()

    @seed(SEED + batch)
    @settings(max_examples=EXAMPLES // BATCHES // EACH, derandomize=False, database=None)
    @given(desk=desks(), tries=st.lists(EDITS, min_size=1, max_size=20))
    def obeyed(desk: Desk, tries: list[tuple[Hand, ...]]) -> None:
        one = made(desk.text)
        nothing_edited(one)
        built = {artifact.path: artifact.text for artifact in one.opened.compiled.artifacts}
        for hands in tries:
            tally[obeys(one, edited(built, hands), f"{desk}{hands}")] += 1

    obeyed()
    assert sum(tally.values()) >= EXAMPLES // BATCHES, tally
    assert min(tally["taken"], tally["refused"]) > EXAMPLES // BATCHES // 8, tally


def nothing_edited(one: Made) -> None:
    """GetPut: what nobody edited changes no byte of a spec."""
    work = Work(one.opened, as_built(one.opened))
    decided = decide(work)
    assert decided.work is work
    assert decided.work.formatted(work) is work


def obeys(one: Made, files: Mapping[str, str], context: str) -> str:
    """Absorb edited `files`, and look at what came of it; says what that was."""
    before = Work(one.opened, as_built(one.opened, files), one.compiler)
    waiting = before.edits()
    decided = decide(before)
    if decided.refused:
        assert all(found.notes and found.fix for found in decided.refused), context
        return "refused"
    if not waiting:
        assert decided.work is before, context
        return "layout"
    put_get(decided, context)
    local(one, decided, context)
    return "taken"


def put_get(decided: Decided, context: str) -> None:
    """PutGet, and nothing lost: a build makes the edited text, and all of it; an added case is said by its example's."""
    now = decided.work
    assert not has_errors(now.opened.compiled.diagnostics), context
    for one in differences(now.opened, now.held):
        if one.file is not None and one.file.hash == digest(one.theirs):
            continue  # nobody edited it: it follows
        for found in one.findings:
            owner = found.part.owner if found.part is not None else ""
            follows = found.state is State.STALE and owner in decided.taken
            computed = found.part is not None and not found.path.endswith(".md")
            stated = (found.path, "", found.text) in decided.stated or owner in decided.cases
            same = found.cosmetic or found.state is State.CONVERGED
            assert same or follows or computed or stated, (context, found.state, found.text)


def local(one: Made, decided: Decided, context: str) -> None:
    """Locality: no clause, grader or meaning of a requirement that was not edited is otherwise; nor anything of the other feature."""
    was, now = one.opened.compiled, decided.work.opened.compiled
    taken = set(decided.taken)
    assert [other.text for other in was.artifacts if other.feature == "other" and not other.path.endswith(".json")] == [
        other.text for other in now.artifacts if other.feature == "other" and not other.path.endswith(".json")
    ], context
    meanings = {line.id: line.meaning for line in was.lock.requirements}
    changed = {line.id for line in now.lock.requirements if meanings.get(line.id) != line.meaning}
    assert changed | (meanings.keys() - {line.id for line in now.lock.requirements}) <= taken, (context, changed, taken)
    for kind in ("clause", "grader"):
        mine, theirs = parts(was.artifacts, kind), parts(now.artifacts, kind)
        others = {
            key for key in mine.keys() | theirs.keys() if mine.get(key) != theirs.get(key) and key[1] not in taken
        }
        declared = any(not re.fullmatch(r"[A-Z]+-\d+", name) for name in taken)
        assert declared or not others or (kind == "grader" and shares_outcome(one, decided)), (
            context,
            kind,
            others,
            taken,
        )


def shares_outcome(one: Made, decided: Decided) -> bool:
    """Whether the declarations say something else: then whatever is graded by them is, too."""
    outcomes = [[feature.outcomes, feature.givens] for feature in one.opened.compiled.program.features]
    return outcomes != [[feature.outcomes, feature.givens] for feature in decided.work.opened.compiled.program.features]


def parts(artifacts: Sequence[Artifact], kind: str) -> dict[tuple[str, str], str]:
    found: list[Part] = [part for one in artifacts for part in one.parts if part.kind == kind]
    return {(part.id, part.owner): part.text.rstrip("\n") for part in found}


SMALL = Desk("refund", ("approve", "decline"), 30, 60, ())


def reasons(desk: Desk, *hands: Hand) -> list[str]:
    """Why edits of the files of `desk` are refused."""
    one = made(desk.text)
    built = {artifact.path: artifact.text for artifact in one.opened.compiled.artifacts}
    decided = decide(Work(one.opened, as_built(one.opened, edited(built, hands))))
    return [found.notes[0] for found in decided.refused]


def test_a_line_is_not_taken_where_a_build_would_write_a_heading_above_it() -> None:
    assert reasons(SMALL, Hand(PROMPT, "add line", 1)) == ["a build would write the heading `## Rules` too"]


def test_a_grader_and_a_clause_that_ask_for_different_numbers_are_not_both_taken() -> None:
    said = reasons(SMALL, Hand(PROMPT, "change number", 0, 1), Hand(CASES, "change number", 1, 3))
    assert said == ["the clause of `FMT-1` was edited to say something else"]
    assert not reasons(SMALL, Hand(PROMPT, "change number", 0, 1), Hand(CASES, "change number", 1, 1))
