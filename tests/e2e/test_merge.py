"""Merges and rebases with the real git: generated files are what the merged specs build, or git reports a conflict."""

import sys
from pathlib import Path

import pytest

from speclang.engine.build import build
from speclang.engine.check import check
from speclang.engine.merging.merge import install
from speclang.engine.reviewing.review import review
from tests.strategies.git import PROJECT, SPEC, Work

PACKAGE = Path(__file__).parents[2]
DRIVER = f'env PYTHONPATH="{PACKAGE}" "{sys.executable}" -m speclang merge'
PROMPT, CASES, LOCK = "generated/desk/prompt.md", "generated/desk/cases.yaml", "generated/specc.lock"
SHORTER = ("words <= 60", "words <= 40")
LATER = (("late <= 7", "late <= 9"), ("late > 7", "late > 9"))


@pytest.fixture
def work(tmp_path: Path) -> Work:
    """A project that is committed, with the driver installed."""
    made = Work(tmp_path / "work").init()
    made.write({**PROJECT, ".gitignore": ".specc/\n"})
    assert build(made.top).done
    install(made.top, DRIVER)
    made.commit()
    return made


def change(work: Work, *swaps: tuple[str, str], built: bool = True) -> str:
    """Commit a change of the spec, with what is built of it."""
    spec = work.top / "specs/desk.spec"
    text = spec.read_text(encoding="utf-8")
    for old, new in swaps:
        assert old in text
        text = text.replace(old, new)
    spec.write_text(text, encoding="utf-8")
    if built:
        assert build(work.top).done
    return work.commit(message="/".join(new for _, new in swaps))


def branch(work: Work, name: str) -> None:
    work.git("checkout", "--quiet", "-b", name)


def two_sides(work: Work) -> None:
    """On `main` the answers are shorter, on `side` the limit is later; both in the files of one feature."""
    branch(work, "side")
    change(work, *LATER)
    work.git("checkout", "--quiet", "main")
    change(work, SHORTER)


def told(work: Work) -> set[str]:
    return {one.code.id for one in check(work.top, afresh=True).diagnostics}


def test_two_branches_that_changed_one_feature_merge_into_what_their_specs_build(work: Work) -> None:
    two_sides(work)
    work.git("merge", "--quiet", "--no-edit", "side")
    assert work.git("status", "--porcelain") == ""
    prompt = (work.top / PROMPT).read_text(encoding="utf-8")
    assert "at most 40 words" in prompt
    assert "at most 9 days" in prompt
    assert told(work) == set()
    assert not build(work.top).written


def test_without_the_driver_the_same_merge_is_found_out_of_sync(work: Work) -> None:
    two_sides(work)
    work.git("config", "merge.specc.driver", "false")
    ran = work.tried("merge", "--no-edit", "side")
    assert ran.returncode != 0
    assert told(work)


def test_a_rebase_builds_each_step(work: Work) -> None:
    branch(work, "side")
    change(work, *LATER)
    change(work, ("renewed", "renew"))
    work.git("checkout", "--quiet", "main")
    change(work, SHORTER)
    work.git("checkout", "--quiet", "side")
    work.git("rebase", "--quiet", "main")
    assert told(work) == set()
    for step in ("HEAD~1", "HEAD~2", "HEAD"):
        work.git("checkout", "--quiet", step)
        assert told(work) == set(), step


def test_where_the_specs_are_in_conflict_ours_stands_and_git_says_so(work: Work) -> None:
    branch(work, "side")
    change(work, ("words <= 60", "words <= 50"))
    work.git("checkout", "--quiet", "main")
    change(work, SHORTER)
    ours = (work.top / PROMPT).read_bytes()
    ran = work.tried("merge", "--no-edit", "side")
    assert ran.returncode == 1
    assert "specs/desk.spec: both sides changed it at one place" in ran.stderr
    assert (work.top / PROMPT).read_bytes() == ours
    unmerged = set(work.git("diff", "--name-only", "--diff-filter=U").split())
    assert {"specs/desk.spec", PROMPT, LOCK} <= unmerged
    (work.top / "specs/desk.spec").write_text(SPEC.replace("words <= 60", "words <= 45"), encoding="utf-8")
    assert build(work.top, discard=True).done
    work.git("add", "--all")
    work.git("commit", "--quiet", "--no-edit")
    assert told(work) == set()


def test_a_hand_edit_of_one_side_is_no_line_to_be_joined(work: Work) -> None:
    branch(work, "side")
    change(work, *LATER)
    work.git("checkout", "--quiet", "main")
    prompt = (work.top / PROMPT).read_text(encoding="utf-8")
    (work.top / PROMPT).write_text(prompt.replace("at most 60 words", "at most 20 words"), encoding="utf-8")
    work.commit()
    ran = work.tried("merge", "--no-edit", "side")
    assert ran.returncode == 1
    assert f"{PROMPT} is not merged: it was edited by hand on one side" in ran.stderr
    assert "at most 20 words" in (work.top / PROMPT).read_text(encoding="utf-8")


def test_specs_that_merge_into_a_contradiction_are_no_clean_merge(work: Work) -> None:
    branch(work, "side")
    change(work, ("late > 7", "late > 5"), ("late > 5 days", "late > 5 days\n    over LOAN-1"))
    work.git("checkout", "--quiet", "main")
    change(work, ("LOAN-1 rule", "LOAN-7 rule"))
    ran = work.tried("merge", "--no-edit", "side")
    assert ran.returncode == 1
    assert "the merged specs have errors" in ran.stderr


def test_a_side_that_adds_a_feature_and_one_that_changes_another_merge(work: Work) -> None:
    branch(work, "side")
    other = SPEC.replace("feature desk", "feature bench").replace("LOAN-", "BENCH-").replace("FMT-", "BFMT-")
    work.write({"specs/bench.spec": other})
    assert build(work.top).done
    work.commit()
    work.git("checkout", "--quiet", "main")
    change(work, SHORTER)
    work.git("merge", "--quiet", "--no-edit", "side")
    assert told(work) == set()


def test_a_project_in_a_folder_of_the_repository_merges(tmp_path: Path) -> None:
    made = Work(tmp_path / "work").init()
    top = made.top
    made.top = top / "apps" / "desk"
    made.write({**PROJECT, ".gitignore": ".specc/\n"})
    assert build(made.top).done
    install(made.top, DRIVER)
    made.commit()
    two_sides(made)
    made.git("merge", "--quiet", "--no-edit", "side")
    assert told(made) == set()
    assert (made.top / ".gitattributes").read_text(
        encoding="utf-8"
    ) == "generated/** merge=specc\nspecs/reviewed.txt merge=union\n"


def test_installing_twice_changes_nothing(work: Work) -> None:
    before = (work.top / ".gitattributes").read_bytes()
    assert len(install(work.top, DRIVER)) == 1
    assert (work.top / ".gitattributes").read_bytes() == before
    (work.top / ".gitattributes").write_text("*.png binary", encoding="utf-8")
    install(work.top, DRIVER)
    assert (work.top / ".gitattributes").read_text(
        encoding="utf-8"
    ) == "*.png binary\ngenerated/** merge=specc\nspecs/reviewed.txt merge=union\n"


def test_called_by_hand_it_says_what_it_wants(work: Work) -> None:
    for name in ("a", "b", "c"):
        (work.top / name).write_text("", encoding="utf-8")
    ran = work.tried("-c", f"alias.by=!{DRIVER} a b c {PROMPT}", "by")
    assert ran.returncode == 1
    assert "git does not tell what is being merged" in ran.stderr


PHRASED = 'FMT-1 format "Short answers" { must words <= 60; phrase "Answer so that it fits on one screen." }'


def test_a_text_that_one_side_wrote_anew_beside_a_meaning_that_the_other_side_changed_is_read_again(work: Work) -> None:
    spec = "specs/desk.spec"
    change(work, ('FMT-1 format "Short answers" { must words <= 60 }', PHRASED))
    branch(work, "side")
    change(work, ("words <= 60", "words <= 200"))
    assert told(work) == {"E0718"}
    review(work.top, ["FMT-1"])
    work.commit()
    assert told(work) == set()
    work.git("checkout", "--quiet", "main")
    change(work, ("one screen", "the first screen"))
    assert told(work) == set()
    ran = work.tried("merge", "--no-edit", "side")
    assert "conflict in specs/reviewed.txt" not in ran.stdout, "both lines are kept"
    text = (work.top / spec).read_text(encoding="utf-8")
    assert "<<<<<<<" in text, "git asks for one line of the spec"
    work.write({spec: merged(text)})
    assert build(work.top, discard=True).done
    assert told(work) == {"E0718"}, "the new words were never read beside 200 words"
    review(work.top, ["FMT-1"])
    assert told(work) == set()


def merged(text: str) -> str:
    """The spec with the words of one side and the number of the other."""
    lines = [line for line in text.splitlines(keepends=True) if line[:7] not in ("<<<<<<<", "=======", ">>>>>>>")]
    both = [line for line in lines if "FMT-1" in line]
    assert len(both) == 2
    return "".join(line for line in lines if line != both[1]).replace("words <= 60", "words <= 200")
