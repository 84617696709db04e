"""Why a case is red: a labelled set with one seeded cause each, and the arithmetic of chance."""

import json
import shutil
from collections.abc import Callable, Iterator
from itertools import product
from math import comb
from pathlib import Path

import pytest

from speclang.engine.explaining.causes import Cause, Tries, by_chance, worse_by_chance
from speclang.engine.explaining.explain import Explained, Recorded, explain
from speclang.project.lines import lines_of
from tests.fixtures.shop import built_shop

CASE = "REF-2/boundary/age=31"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built_shop(tmp_path_factory.mktemp("causes") / "project")


@pytest.fixture
def project(built: Path, tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "project"
    shutil.copytree(built, folder)
    yield folder
    shutil.rmtree(folder)


def swap(path: str, old: str, new: str) -> Callable[[Path], None]:
    def seed(folder: Path) -> None:
        file = folder / path
        text = file.read_text(encoding="utf-8")
        assert old in text, old
        file.write_text(text.replace(old, new, 1), encoding="utf-8")

    return seed


def within(path: str, start: str, old: str, new: str) -> Callable[[Path], None]:
    """Replace the first `old` after `start`."""

    def seed(folder: Path) -> None:
        file = folder / path
        before, found, after = file.read_text(encoding="utf-8").partition(start)
        assert found
        assert old in after
        file.write_text(before + found + after.replace(old, new, 1), encoding="utf-8")

    return seed


def without_line(path: str, words: str) -> Callable[[Path], None]:
    """Take out the lines that hold `words`."""

    def seed(folder: Path) -> None:
        lines = (folder / path).read_text(encoding="utf-8").splitlines(keepends=True)
        (folder / path).write_text("".join(line for line in lines if words not in line), encoding="utf-8")

    return seed


def both(*seeds: Callable[[Path], None]) -> Callable[[Path], None]:
    def seed(folder: Path) -> None:
        for one in seeds:
            one(folder)

    return seed


def nothing(folder: Path) -> None:
    assert folder.is_dir()


PROMPT, CASES, SPEC = "generated/refunds/prompt.md", "generated/refunds/cases.yaml", "specs/refunds/refunds.spec"

SEEDED: dict[str, tuple[Callable[[Path], None], Cause | None]] = {
    "nothing": (nothing, None),
    "the expectation of the case is flipped": (
        within(CASES, f"- case: {CASE}", "decline: [REF-2]", "approve: [REF-2]"),
        Cause.CASE,
    ),
    "an input of the case is changed": (within(CASES, f"- case: {CASE}", "31", "29"), Cause.CASE),
    "a grader of the case is loosened": (within(CASES, "- grader: REF-2/", "30 days", "days"), Cause.CASE),
    "a grader of all cases is loosened": (within(CASES, "- grader: FMT-1/words", "120", "900"), Cause.CASE),
    "another case is edited": (
        within(CASES, "- case: REF-1/nominal", "approve: [REF-1]", "decline: [REF-1]"),
        None,
    ),
    "the clause says another number": (swap(PROMPT, "more than 30 days", "more than 45 days"), Cause.CLAUSE),
    "the clause is gone": (
        without_line(PROMPT, "more than 30 days"),
        Cause.CLAUSE,
    ),
    "the clause of another requirement is edited": (
        swap(PROMPT, "legal advice", "tax advice"),
        None,
    ),
    "the requirement has changed since": (
        swap(SPEC, 'mentions "30 days"', 'mentions "the 30 days"'),
        Cause.REQUIREMENT,
    ),
    "another requirement is at odds with it": (swap(SPEC, "    over    REF-3 ", "    tags    x # "), Cause.REQUIREMENT),
    "case and clause are edited": (
        both(within(CASES, f"- case: {CASE}", "31", "29"), swap(PROMPT, "more than 30 days", "more than 45 days")),
        Cause.CASE,
    ),
}


@pytest.mark.parametrize("seed", SEEDED)
def test_the_cause_is_the_one_that_was_seeded(project: Path, seed: str) -> None:
    plant, cause = SEEDED[seed]
    plant(project)
    said = explain(project, CASE)
    assert said.case == CASE
    assert said.cause is cause, said.evidence
    assert bool(said.findings) == (cause is not None)


def answered(folder: Path, name: str, texts: list[str], model: str = "small-1") -> Recorded:
    rows = [{"case": CASE, "model": model, "sample": at, "text": text} for at, text in enumerate(texts)]
    path = folder / name
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return Recorded(name, lines_of(path))


GOOD = "I'm sorry, returns close after 30 days. Anything else?"
BAD = "Sure, the refund is on its way. Anything else?"


@pytest.mark.parametrize(
    ("now", "before", "model", "cause"),
    [
        ([BAD], None, "small-1", Cause.MODEL),
        ([BAD] * 5, [GOOD] * 5, "small-1", Cause.MODEL),
        ([BAD] * 5, [GOOD] * 5, "small-2", Cause.RUN),
        ([BAD, GOOD, GOOD], None, "small-1", Cause.NOISE),
        ([BAD, *[GOOD] * 9], [GOOD] * 10, "small-1", Cause.NOISE),
        ([BAD] * 3, [BAD] * 3, "small-1", Cause.MODEL),
        ([GOOD] * 3, [GOOD] * 3, "small-1", None),
        ([GOOD], None, "small-1", None),
        ([], None, "small-1", None),
    ],
)
def test_answers_tell_model_run_and_chance_apart(
    project: Path, now: list[str], before: list[str] | None, model: str, cause: Cause | None
) -> None:
    said: Explained = explain(
        project,
        CASE,
        answers=answered(project, "now.jsonl", now),
        before=None if before is None else answered(project, "before.jsonl", before, model),
    )
    assert said.cause is cause
    assert said.now is not None
    assert said.now.n == len(now)


def test_an_edited_clause_is_told_before_any_answer_is_looked_at(project: Path) -> None:
    swap(PROMPT, "more than 30 days", "more than 45 days")(project)
    assert explain(project, CASE, answers=answered(project, "now.jsonl", [BAD])).cause is Cause.CLAUSE


def test_a_name_that_is_no_case_gets_the_nearest(project: Path) -> None:
    said = explain(project, "REF-2/bundary/age=31")
    assert (said.case, said.near) == ("", CASE)


def tries(passed: int, n: int) -> Tries:
    return Tries(passed, n, (), ())


@pytest.mark.parametrize(("a", "b"), list(product((1, 2, 3, 5), (1, 2, 4))))
def test_the_probability_is_that_of_all_ways_to_deal_the_passes(a: int, b: int) -> None:
    for now, before in product(range(a + 1), range(b + 1)):
        passes = now + before
        dealt = [0] * (a + 1)
        for which in range(2 ** (a + b)):
            if which.bit_count() == passes:
                dealt[(which & (2**a - 1)).bit_count()] += 1
        expected = sum(dealt[: now + 1]) / comb(a + b, passes)
        assert worse_by_chance(tries(now, a), tries(before, b)) == pytest.approx(expected)


def test_what_never_passed_is_no_matter_of_chance() -> None:
    assert not by_chance(tries(0, 5), tries(0, 5))
    assert not by_chance(tries(0, 1), None)
