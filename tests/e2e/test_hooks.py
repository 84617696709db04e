"""A commit is judged by what is staged: as a plain git hook, and by the real `pre-commit`."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.strategies.git import PROJECT, ROOT, SPEC, Work, environment

HOOK = "#!/bin/sh\nexec specc check --staged\n"
LATER = SPEC.replace("7 days", "9 days")
PROMPT = "generated/desk/prompt.md"


@pytest.fixture
def work(tmp_path: Path) -> Work:
    """A repository with a project that is built and committed, and a hook."""
    return hooked(Work(tmp_path / "work").init(), ".")


def hooked(work: Work, folder: str, hook: str = HOOK) -> Work:
    work.write({f"{folder}/{name}": text for name, text in PROJECT.items()} | {"readme.txt": "one\n"})
    assert work.specc("build", folder=folder).returncode == 0
    work.commit()
    path = work.top / ".git/hooks/pre-commit"
    path.parent.mkdir(exist_ok=True)
    path.write_text(hook, encoding="utf-8")
    path.chmod(0o755)
    return work


def edit(work: Work, name: str, old: str, new: str) -> None:
    text = (work.top / name).read_text(encoding="utf-8")
    assert old in text
    (work.top / name).write_text(text.replace(old, new), encoding="utf-8")


def blocked(work: Work, *options: str) -> str:
    """What is said of a commit that is stopped."""
    before = work.tried("rev-parse", "HEAD").stdout
    ran = work.tried("commit", "--message", "try", *options)
    assert ran.returncode != 0, ran.stdout + ran.stderr
    assert work.tried("rev-parse", "HEAD").stdout == before
    assert "Traceback" not in ran.stdout + ran.stderr
    return ran.stdout + ran.stderr


def passed(work: Work, *options: str) -> str:
    """What is said of a commit that is made."""
    ran = work.tried("commit", "--message", "try", *options)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout + ran.stderr


def test_a_consistent_commit_passes(work: Work) -> None:
    work.write({"specs/desk.spec": LATER})
    assert work.specc("build").returncode == 0
    work.git("add", "--all")
    assert "in sync: 1 feature" in passed(work)


def test_a_commit_of_something_else_passes_at_once_whatever_the_project_holds(work: Work) -> None:
    edit(work, PROMPT, "7 days", "8 days")
    work.commit()
    work.write({"readme.txt": "two\n"})
    work.git("add", "readme.txt")
    assert "nothing that is staged touches the project" in passed(work)


@pytest.mark.parametrize(
    ("name", "old", "new", "code"),
    [
        ("specs/desk.spec", "7 days", "9 days", "E0701"),
        (PROMPT, "at most 7 days", "at most 9 days", "E0702"),
        ("generated/desk/cases.yaml", "case: LOAN-1/boundary/late=7", "case: LOAN-1/boundary/late=6", "E07"),
        ("generated/desk/trace.json", '"LOAN-1"', '"LOAN-9"', "E07"),
        ("generated/specc.lock", "LOAN-1", "LOAN-9", "E0714"),
    ],
)
def test_a_commit_that_moves_one_of_them_alone_is_blocked(work: Work, name: str, old: str, new: str, code: str) -> None:
    edit(work, name, old, new)
    work.git("add", "--all")
    said = blocked(work)
    assert code in said
    assert "LOAN-1" in said or name in said
    assert "this is about what is staged" in said


def test_a_file_that_is_deleted_is_missed(work: Work) -> None:
    work.git("rm", "--quiet", "--cached", PROMPT)
    said = blocked(work)
    assert PROMPT in said
    assert f"not staged as they lie here; `git add` what belongs to the commit:\n  {PROMPT}" in said
    work.git("reset", "--quiet")
    work.git("rm", "--quiet", "specs/desk.spec")
    assert "E0909" in blocked(work)


def test_a_renamed_spec_has_to_be_built(work: Work) -> None:
    work.git("mv", "specs/desk.spec", "specs/library.spec")
    assert "specs/library.spec" in blocked(work)
    assert work.specc("build").returncode == 0
    work.git("add", "--all")
    passed(work)


def test_a_partly_staged_file_is_judged_by_the_part_that_is_staged(work: Work) -> None:
    work.write({"specs/desk.spec": LATER})
    work.git("add", "--all")
    assert work.specc("build").returncode == 0
    said = blocked(work)
    assert "E0701" in said
    assert f"  {PROMPT}\n" in said
    assert "specs/desk.spec\n" not in said.partition("git add")[2]
    work.git("add", "--all")
    edit(work, "specs/desk.spec", "9 days", "30 days")
    edit(work, PROMPT, "9 days", "31 days")
    passed(work)


def test_the_work_tree_is_not_looked_at(work: Work) -> None:
    work.write({"specs/desk.spec": LATER})
    assert work.specc("build").returncode == 0
    work.git("add", "--all")
    shutil.rmtree(work.top / "specs")
    shutil.rmtree(work.top / "generated")
    (work.top / "specc.toml").write_text("this is no TOML", encoding="utf-8")
    passed(work)


def test_a_commit_of_named_files_and_of_all_files_is_judged_by_the_index_that_it_makes(work: Work) -> None:
    work.write({"specs/desk.spec": LATER, "readme.txt": "two\n"})
    assert work.specc("build").returncode == 0
    assert "nothing that is staged" in passed(work, "readme.txt")
    assert "E0701" in blocked(work, "specs/desk.spec")
    passed(work, "--all")


@pytest.mark.parametrize("folder", ["services/desk", "a b/ünï"])
def test_a_project_in_a_folder_of_the_repository_is_named(tmp_path: Path, folder: str) -> None:
    hook = f'#!/bin/sh\nexec specc check --staged --project "{folder}"\n'
    work = hooked(Work(tmp_path / "work").init(), folder, hook)
    edit(work, f"{folder}/{PROMPT}", "7 days", "8 days")
    work.write({"specs/other.spec": "# not of the project\n", f"{folder}/notes.txt": ""})
    work.git("add", "specs", f"{folder}/notes.txt")
    assert "nothing that is staged" in passed(work)
    work.git("add", "--all")
    assert "LOAN-1" in blocked(work)


def test_a_linked_work_tree_is_judged_by_its_own_index(work: Work, tmp_path: Path) -> None:
    linked = Work(tmp_path / "linked")
    work.git("worktree", "add", "--quiet", "-b", "side", str(linked.top))
    edit(work, PROMPT, "7 days", "8 days")
    work.git("add", "--all")
    linked.write({"specs/desk.spec": LATER})
    linked.git("add", "--all")
    said = blocked(linked)
    assert "E0701" in said
    assert "E0702" not in said
    assert linked.specc("build").returncode == 0
    linked.git("add", "--all")
    passed(linked)
    blocked(work)


def test_the_first_commit_is_judged(tmp_path: Path) -> None:
    work = Work(tmp_path / "work").init()
    work.write(PROJECT)
    work.git("add", "--all")
    ran = work.specc("check", "--staged")
    assert (ran.returncode, "E0708" in ran.stdout or "E07" in ran.stdout) == (1, True)
    assert work.specc("build").returncode == 0
    assert work.specc("check", "--staged").returncode == 1
    work.git("add", "--all")
    assert work.specc("check", "--staged").returncode == 0


def test_a_project_that_is_taken_away_is_let_go_and_half_of_it_is_not(work: Work) -> None:
    work.git("rm", "--quiet", "specc.toml")
    assert "no specc.toml is staged" in blocked(work)
    work.git("rm", "--quiet", "-r", "specs", "generated")
    assert "the project is taken away" in passed(work)


def test_a_merge_of_two_clean_branches_that_do_not_fit_is_stopped(work: Work) -> None:
    shutil.copy(work.top / ".git/hooks/pre-commit", work.top / ".git/hooks/pre-merge-commit")
    work.git("checkout", "--quiet", "-b", "other")
    work.write({"specs/second.spec": SPEC.replace("desk", "shop").replace("LOAN", "SHOP").replace("FMT-1", "SHOP-9")})
    assert work.specc("build").returncode == 0
    work.commit()
    work.git("checkout", "--quiet", "main")
    work.write({"specs/desk.spec": LATER})
    assert work.specc("build").returncode == 0
    work.commit()
    merged = work.tried("merge", "--no-edit", "-X", "theirs", "other")
    assert merged.returncode != 0
    assert "error[E07" in merged.stdout + merged.stderr
    assert work.specc("build").returncode == 0
    work.git("add", "--all")
    passed(work)


def test_line_ends_of_a_windows_checkout_do_not_matter(work: Work) -> None:
    work.git("config", "core.autocrlf", "true")
    for name in ("specs/desk.spec", PROMPT):
        path = work.top / name
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    edit(work, "specs/desk.spec", "Renewal", "Longer")
    assert work.specc("build").returncode == 0
    work.git("add", "--all")
    passed(work)
    ran = work.specc("check", "--staged")
    assert (ran.returncode, "line ends" in ran.stdout) == (0, False)


def test_names_with_every_sign_are_judged(work: Work) -> None:
    odd = 'specs/a "b"\n*[x]é.spec'
    work.write({odd: "# nothing\n"})
    assert work.specc("build").returncode == 0
    work.git("add", "--all")
    passed(work)
    work.write({odd: "fature\n"})
    work.git("add", "--all")
    assert "`fature` is not a declaration" in blocked(work)


def test_what_is_wrong_with_git_is_said_in_words(tmp_path: Path) -> None:
    work = Work(tmp_path / "work")
    work.write(PROJECT)
    for arguments in (("--staged",), ("--since", "main")):
        ran = work.specc("check", *arguments)
        assert (ran.returncode, ran.stdout) == (2, "")
        assert "it does not lie in a git repository" in ran.stderr
        ran = work.specc("check", *arguments, PATH=str(tmp_path))
        assert (ran.returncode, ran.stdout) == (2, "")
        assert "git is not installed, or not on the PATH" in ran.stderr
    work.init()
    ran = work.specc("check", "--since", "main")
    assert (ran.returncode, ran.stderr) == (2, "specc: git knows no revision `main`\n")


def test_a_conflict_that_is_not_resolved_is_named(work: Work) -> None:
    work.git("checkout", "--quiet", "-b", "other")
    work.commit({"specs/desk.spec": SPEC.replace("7 days", "8 days")})
    work.git("checkout", "--quiet", "main")
    work.commit({"specs/desk.spec": LATER})
    assert work.tried("merge", "other").returncode != 0
    ran = work.specc("check", "--staged")
    assert ran.returncode == 2
    assert ran.stderr == "specc: specs/desk.spec: git has not merged it; resolve the conflict and `git add` it\n"


@pytest.mark.parametrize("how", ["json", "sarif", "github", "junit"])
def test_a_machine_gets_a_whole_document_also_where_nothing_is_staged(work: Work, how: str) -> None:
    work.write({"readme.txt": "two\n"})
    work.git("add", "--all")
    ran = work.specc("check", "--staged", "--format", how)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout == work.specc("check", "--format", how).stdout


def test_only_what_a_branch_has_to_answer_for_is_told(work: Work) -> None:
    edit(work, PROMPT, "60 words", "70 words")
    work.commit(message="an old edit")
    work.git("checkout", "--quiet", "-b", "branch")
    ran = work.specc("check", "--since", "main")
    assert (ran.returncode, ran.stdout) == (0, "")
    assert "1 finding is left out that this branch has not touched since it left `main`" in ran.stderr
    edit(work, PROMPT, "at most 7 days", "at most 8 days")
    for options in ((), ("--staged",)):
        ran = work.specc("check", "--since", "main", *options)
        assert (ran.returncode, "LOAN-1" in ran.stdout, "FMT-1" in ran.stdout) == (1, True, False)
        work.git("add", "--all")
    work.git("checkout", "--quiet", "--", ".")
    work.commit()
    assert work.specc("check", "--since", "main").returncode == 1
    assert work.specc("check", "--since", "HEAD").returncode == 0
    work.git("reset", "--quiet", "--hard", "main")
    edit(work, "specs/desk.spec", 'FMT-1 format "Short answers"', 'FMT-1 format "Few words"')
    said = work.specc("check", "--since", "main")
    assert said.returncode == 1
    assert "FMT-1" in said.stdout
    assert work.specc("check", "--since", "nope").returncode == 2


def test_a_branch_that_brings_the_project_answers_for_all_of_it(tmp_path: Path) -> None:
    work = Work(tmp_path / "work").init()
    work.commit({"readme.txt": ""})
    work.git("checkout", "--quiet", "-b", "branch")
    work.write(PROJECT)
    assert work.specc("check", "--since", "main").returncode == 1
    assert work.specc("build").returncode == 0
    assert work.specc("check", "--since", "main").returncode == 0


def test_what_is_staged_is_formatted_and_what_is_partly_staged_is_left(work: Work) -> None:
    ragged = SPEC.replace("  ask", "      ask")
    ran = work.specc("fmt", "--staged")
    assert (ran.returncode, ran.stdout) == (0, "")
    work.write({"specs/desk.spec": ragged, "specs/beside.spec": ragged})
    work.git("add", "specs/desk.spec")
    ran = work.specc("fmt", "--staged", "--check")
    assert (ran.returncode, ran.stdout) == (1, "specs/desk.spec is not formatted\n")
    ran = work.specc("fmt", "--staged")
    assert (ran.returncode, ran.stdout) == (1, "formatted specs/desk.spec\n")
    formatted = (work.top / "specs/desk.spec").read_text(encoding="utf-8")
    assert formatted != ragged
    assert (work.top / "specs/beside.spec").read_text(encoding="utf-8") == ragged
    ran = work.specc("fmt", "--staged")  # it lies here as it should, and is staged as it should not
    assert (ran.returncode, ran.stdout) == (1, "specs/desk.spec is not formatted\n")
    assert "`git add`" in ran.stderr
    work.git("add", "specs/desk.spec")
    assert work.specc("fmt", "--staged").returncode == 0
    assert work.specc("fmt", "--staged", "specs").returncode == 2


@pytest.mark.slow
class TestPreCommit:
    """The real tool, with the hooks that this repository offers; only how they are installed is left out."""

    @pytest.fixture
    def work(self, tmp_path: Path) -> Work:
        hooks = Work(tmp_path / "hooks").init()
        hooks.commit({".pre-commit-hooks.yaml": (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")})
        config = f"repos:\n- repo: {hooks.top.as_uri()}\n  rev: {hooks.git('rev-parse', 'HEAD').strip()}\n  hooks:\n"
        config += "".join(f"  - id: specc-{one}\n    language: system\n" for one in ("fmt", "build", "check"))
        work = Work(tmp_path / "work").init()
        work.write({**PROJECT, ".pre-commit-config.yaml": config})
        assert work.specc("fmt").returncode == 0
        assert work.specc("build").returncode == 0
        work.commit()
        self.run(work, "install")
        return work

    def run(self, work: Work, *arguments: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "pre_commit", *arguments],
            cwd=work.top,
            env={**environment(), "PRE_COMMIT_HOME": str(work.top.parent / "cache")},
            capture_output=True,
            text=True,
            check=False,
        )

    @pytest.fixture(autouse=True)
    def own_cache(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("PRE_COMMIT_HOME", str(tmp_path / "cache"))

    def test_the_manifest_is_one(self) -> None:
        ran = self.run(Work(ROOT), "validate-manifest", ".pre-commit-hooks.yaml")
        assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")

    def test_a_spec_is_formatted_built_and_then_let_through(self, work: Work) -> None:
        work.write({"specs/desk.spec": LATER.replace("  ask", "      ask")})
        work.git("add", "--all")
        said = blocked(work)
        assert [line.endswith("Failed") for line in said.splitlines() if line.startswith("specc ")] == [
            True,
            True,
            True,
        ]
        work.git("add", "--all")
        said = passed(work)
        assert [line.endswith("Passed") for line in said.splitlines() if line.startswith("specc ")] == [
            True,
            True,
            True,
        ]

    def test_a_prompt_alone_a_case_alone_and_a_file_that_is_gone_are_stopped(self, work: Work) -> None:
        for name, old in ((PROMPT, "at most 7 days"), ("generated/desk/cases.yaml", "LOAN-1/nominal")):
            edit(work, name, old, f"{old}!")
            work.git("add", "--all")
            assert "LOAN-1" in blocked(work)
            work.git("reset", "--quiet", "--hard")
        work.git("rm", "--quiet", PROMPT)
        assert PROMPT in blocked(work)

    def test_what_is_not_staged_is_put_aside_and_comes_back(self, work: Work) -> None:
        work.write({"readme.txt": "one\n", "specs/desk.spec": LATER})
        work.git("add", "readme.txt")
        passed(work)
        assert (work.top / "specs/desk.spec").read_text(encoding="utf-8") == LATER

    def test_a_run_over_all_files_judges_the_whole_project(self, work: Work) -> None:
        assert self.run(work, "run", "--all-files").returncode == 0
        edit(work, PROMPT, "at most 7 days", "at most 8 days")
        work.commit()
        ran = self.run(work, "run", "specc-check", "--all-files")
        assert ran.returncode == 1
        assert "E0702" in ran.stdout


PHRASE = SPEC.replace("words <= 60 }", 'words <= 60; phrase "Answer so that it fits on one screen." }')


def test_a_commit_that_moves_the_meaning_of_a_text_by_hand_waits_until_somebody_says_that_it_was_read(
    work: Work,
) -> None:
    work.write({"specs/desk.spec": PHRASE})
    assert work.specc("build").returncode == 0
    work.git("add", "specs/desk.spec", "generated")
    assert "E0719" in blocked(work), "the record is not staged"
    work.git("add", "--all")
    passed(work)
    work.write({"specs/desk.spec": PHRASE.replace("<= 60", "<= 200")})
    assert work.specc("build").returncode == 0
    work.git("add", "--all")
    assert "E0718" in blocked(work)
    assert "E0718" in work.specc("check", "--since", "HEAD").stdout
    assert work.specc("review", "FMT-1").returncode == 0
    assert "E0718" in blocked(work), "what counts is what is staged"
    work.git("add", "specs/reviewed.txt")
    passed(work)
