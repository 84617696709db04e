"""`specc diff` on real git repositories: what it prints, and its exit code."""

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

import speclang
from tests.strategies.git import PROJECT, SPEC, Work, environment

PACKAGE = Path(speclang.__file__).parent
SCHEMA = json.loads((PACKAGE / "engine/comparing/schemas/difference.schema.json").read_text(encoding="utf-8"))


@pytest.fixture
def work(tmp_path: Path) -> Work:
    made = Work(tmp_path / "work").init()
    made.commit(PROJECT)
    made.git("tag", "v1")
    return made


def diff(work: Work, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "speclang", "diff", *arguments],
        cwd=work.top,
        env={**environment(), "PYTHONPATH": str(PACKAGE.parent)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def change(work: Work, *swaps: tuple[str, str]) -> None:
    text = SPEC
    for old, new in swaps:
        assert old in text
        text = text.replace(old, new)
    work.write({"specs/desk.spec": text})


def test_where_nothing_has_changed_it_says_so(work: Work) -> None:
    ran = diff(work, "HEAD")
    assert (ran.returncode, ran.stdout) == (0, "nothing has changed in meaning between `HEAD` and the work tree\n")
    change(work, ("feature desk", "# a comment\nfeature desk"))
    assert "nothing has changed" in diff(work, "HEAD").stdout


def test_a_moved_limit_is_told_with_the_inputs_whose_outcome_it_changes(work: Work) -> None:
    change(work, ("late <= 7", "late <= 9"), ("late > 7", "late > 9"))
    ran = diff(work, "HEAD")
    assert ran.returncode == 0
    said = ran.stdout.splitlines()
    assert said[:5] == [
        "desk",
        "  loosened   LOAN-2 No renewal",
        "             it applies on fewer inputs than it did",
        "             - If the time since the due date is more than 7 days, ask for the book to be returned.",
        "             + If the time since the due date is more than 9 days, ask for the book to be returned.",
    ]
    assert "             for example late = 8 days" in said
    assert said[-1] == "requirements: 1 loosened, 1 tightened; breaking: 1"
    assert "renew (LOAN-1) is decided, before it was decline (LOAN-2)" in ran.stdout
    assert "where late is more than 7 days and at most 9 days" in ran.stdout
    assert diff(work, "HEAD", "--breaking").returncode == 1


def test_two_revisions_and_two_folders_are_compared(work: Work, tmp_path: Path) -> None:
    change(work, ("words <= 60", "words <= 40"))
    work.commit()
    for arguments in (("v1..main",), ("v1...main",), ("v1", "main")):
        assert "tightened  FMT-1" in diff(work, *arguments).stdout
    assert "loosened   FMT-1" in diff(work, "main", "v1").stdout
    other = Work(tmp_path / "other")
    other.write({**PROJECT, "specs/desk.spec": SPEC.replace("words <= 60", "words <= 50")})
    assert "loosened   FMT-1" in diff(work, ".", str(other.top)).stdout


def test_the_data_are_of_the_published_form(work: Work) -> None:
    work.write(
        {
            "specs/more.spec": SPEC.replace("feature desk", "feature more")
            .replace("LOAN-", "MORE-")
            .replace("FMT-", "MF-")
        }
    )
    change(work, ("late <= 7", "late <= 9"), ("late > 7", "late > 9"), ("FMT-1 format", "FMT-2 format"))
    ran = diff(work, "HEAD", "--format", "json")
    data = json.loads(ran.stdout)
    jsonschema.validate(data, SCHEMA)
    assert {one["feature"]: one["change"] for one in data["features"]} == {"desk": "changed", "more": "added"}
    changes = {one["requirement"]: one["change"] for one in data["features"][0]["requirements"]}
    assert changes == {"LOAN-1": "tightened", "LOAN-2": "loosened", "FMT-1": "removed", "FMT-2": "added"}
    assert {one["requirement"] for one in data["breaking"]} == {"LOAN-2", "FMT-1"}


def test_the_comment_for_a_review_shows_hostile_titles_as_text(work: Work) -> None:
    change(work, ('"Short answers"', '"<b>|Short\\\\| [x](y)"'), ("words <= 60", "words <= 40"))
    ran = diff(work, "HEAD", "--format", "markdown")
    assert ran.returncode == 0
    assert "<b>" not in ran.stdout
    assert "- Answer in at most 60 words." in ran.stdout
    assert "+ Answer in at most 40 words." in ran.stdout


def test_wrong_input_is_told_in_words(work: Work, tmp_path: Path) -> None:
    assert "git knows no revision `nope`" in diff(work, "nope").stderr
    assert diff(work, "main..").returncode == 2
    assert diff(work, "").returncode == 2
    ran = diff(work, "../nowhere")
    assert (ran.returncode, ran.stderr) == (2, "specc: there is no folder `../nowhere`\n")
    change(work, ("late <= 7", "lat <= 7"))
    ran = diff(work, "HEAD")
    assert ran.returncode == 1
    assert "error[E0201]" in ran.stdout
    assert "the specs of the work tree have errors" in ran.stderr
    work.commit()
    change(work)
    ran = diff(work, "HEAD")
    assert ran.returncode == 1
    assert "error[E0201]" in ran.stdout
    assert "the specs of HEAD have errors" in ran.stderr
    bare = Work(tmp_path / "bare")
    bare.write(PROJECT)
    ran = diff(bare, "HEAD")
    assert ran.returncode == 2
    assert "git repository" in ran.stderr
    empty = Work(tmp_path / "empty").init()
    empty.commit({"README": ""})
    empty.write(PROJECT)
    assert "has no specc.toml" in diff(empty, "HEAD").stderr
