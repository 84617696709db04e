"""A project as git keeps it, read with the real git."""

import os
from pathlib import Path

import pytest

from speclang.engine.compiling import open_home
from speclang.project import git, snapshot
from speclang.project.config import Home, NoProject
from speclang.project.disk import OnDisk
from speclang.source.hashing import digest
from tests.strategies.git import PROJECT, SPEC, Work


@pytest.fixture(autouse=True)
def own_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [one for one in os.environ if one.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)


@pytest.fixture
def work(tmp_path: Path) -> Work:
    return Work(tmp_path / "work").init()


def staged(folder: Path) -> Home:
    found = snapshot.staged(folder)
    assert not found.diagnostics
    return found.value


def texts(home: Home) -> dict[str, str]:
    read = home.tree.read(home.tree.below(home.config.specs, ".spec"))
    assert not read.diagnostics
    return {one.name: one.text for one in read.value}


def test_what_is_staged_is_read_and_not_what_the_work_tree_holds(work: Work) -> None:
    work.write(PROJECT)
    work.git("add", "--all")
    work.write({"specs/desk.spec": "# not staged\n", "specs/new.spec": "", "specc.toml": 'specs = "elsewhere"'})
    home = staged(work.top)
    assert texts(home) == {"specs/desk.spec": SPEC}
    assert dict(home.tree.hashes(["specs/desk.spec", "specs/new.spec"])) == {
        "specs/desk.spec": digest(SPEC),
        "specs/new.spec": "",
    }
    assert home.tree.text("specs/new.spec") is None
    assert [one.name for one in open_home(snapshot.staged(work.top)).compiled.program.features] == ["desk"]


def test_a_revision_is_read_as_it_was(work: Work) -> None:
    first = work.commit(PROJECT)
    work.git("tag", "v1")
    work.commit({"specs/desk.spec": SPEC.replace("7 days", "9 days"), "specs/b/other.spec": "# more\n"})
    assert texts(snapshot.at(work.top, "v1").value) == texts(snapshot.at(work.top, first[:9]).value)
    assert texts(snapshot.at(work.top, "HEAD~1").value) == {"specs/desk.spec": SPEC}
    assert sorted(texts(snapshot.at(work.top, "main").value)) == ["specs/b/other.spec", "specs/desk.spec"]


def test_before_the_first_commit_the_index_is_all_there_is(work: Work) -> None:
    work.write(PROJECT)
    with pytest.raises(NoProject, match="is staged"):
        snapshot.staged(work.top)
    work.git("add", "--all")
    assert texts(staged(work.top)) == {"specs/desk.spec": SPEC}
    with pytest.raises(git.GitFailed, match="knows no revision `HEAD`"):
        snapshot.at(work.top, "HEAD")


@pytest.mark.parametrize("folder", ["services/a b/ünï", "[a]*", "-x", "two\nlines"])
def test_a_project_may_lie_in_any_folder_of_the_work_tree(work: Work, folder: str) -> None:
    work.commit({f"{folder}/{name}": text for name, text in PROJECT.items()})
    work.write({f"{folder}/specs/not staged.spec": ""})
    for home in (staged(work.top / folder / "specs"), snapshot.at(work.top / folder, "main").value):
        assert home.root == (work.top / folder).resolve()
        assert texts(home) == {"specs/desk.spec": SPEC}


def test_settings_in_a_shared_file_are_found_and_others_are_passed_by(work: Work) -> None:
    work.commit(
        {"pyproject.toml": '[tool.specc]\nspecs = "s"\n', "s/a.spec": SPEC, "inner/pyproject.toml": "[project]\n"}
    )
    home = staged(work.top / "inner")
    assert (home.config.file, home.root) == ("pyproject.toml", work.top.resolve())
    assert list(texts(home)) == ["s/a.spec"]


def test_files_are_listed_as_those_of_a_checkout(work: Work) -> None:
    work.commit(
        {
            **PROJECT,
            "specs/deep/a b.spec": "",
            "specs/ünï.spec": "",
            "specs/.hidden.spec": "",
            "specs/.off/x.spec": "",
            "specs/other/specc.toml": "",
            "specs/other/theirs.spec": "",
            "specs/notes.md": "",
            "specs.spec": "",
        }
    )
    (work.top / "specs/link.spec").symlink_to("deep/a b.spec")
    (work.top / "specs/nowhere.spec").symlink_to("gone.spec")
    (work.top / "specs/folder").symlink_to("deep")
    work.git("add", "--all")
    kept, disk = staged(work.top).tree, OnDisk(work.top)
    for folder, suffix in (("specs", ".spec"), ("specs", ""), (".", ".spec"), ("nowhere", ""), ("specs/deep", "")):
        assert kept.below(folder, suffix) == disk.below(folder, suffix)


def test_links_lead_where_they_lead_in_the_index(work: Work) -> None:
    work.commit({**PROJECT, "shared/a.spec": "# shared\n", "../outside.spec": ""})
    for name, target in (
        ("in", "../shared/a.spec"),
        ("out", "../../outside.spec"),
        ("far", "/etc/passwd"),
        ("self", "self.spec"),
    ):
        (work.top / f"specs/{name}.spec").symlink_to(target)
    (work.top / "lead").symlink_to("specs")
    work.git("add", "--all")
    (work.top / "specs/in.spec").unlink()
    tree = staged(work.top).tree
    assert tree.text("specs/in.spec") == "# shared\n"
    assert tree.text("lead/in.spec") == "# shared\n"
    assert tree.below("lead", "desk.spec") == ("lead/desk.spec",)
    said = {
        one.primary.span.unit.file: one.code.id
        for one in tree.read([f"specs/{one}.spec" for one in ("out", "far", "self")]).diagnostics
    }
    assert said == {"specs/out.spec": "E0904", "specs/far.spec": "E0904", "specs/self.spec": "E0907"}


def test_what_is_only_announced_is_not_staged(work: Work) -> None:
    work.commit({**PROJECT, "specs/empty.spec": ""})
    work.write({"specs/later.spec": "# later\n"})
    work.git("add", "--intent-to-add", "specs/later.spec")
    assert sorted(texts(staged(work.top))) == ["specs/desk.spec", "specs/empty.spec"]


def test_bytes_that_are_no_text_are_reported(work: Work) -> None:
    work.commit(
        {**PROJECT, "specs/latin.spec": "# ä".encode("latin-1"), "generated/x": b"\xff\n", "generated/y": "\ufeffa\r\n"}
    )
    tree = staged(work.top).tree
    assert [one.code.id for one in tree.read(["specs/latin.spec", "specs/gone.spec"]).diagnostics] == ["E0905", "E0907"]
    assert tree.text("generated/x") == "\udcff\n"
    assert tree.text("generated/y") == "\ufeffa\r\n"


def test_a_file_that_is_not_merged_is_named(work: Work) -> None:
    work.commit(PROJECT)
    work.git("checkout", "--quiet", "-b", "other")
    work.commit({"specs/desk.spec": SPEC.replace("7 days", "8 days")})
    work.git("checkout", "--quiet", "main")
    work.commit({"specs/desk.spec": SPEC.replace("7 days", "9 days")})
    assert work.tried("merge", "other").returncode != 0
    with pytest.raises(git.GitFailed, match="not merged") as problem:
        texts(staged(work.top))
    assert problem.value.filename == "specs/desk.spec"


def test_a_hook_reads_the_index_that_git_names(work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    """`git commit FILE` commits another index than the one that lies in the repository."""
    work.commit(PROJECT)
    work.git("read-tree", "HEAD", GIT_INDEX_FILE=".git/next")
    work.commit({"specs/desk.spec": "# later\n"})
    monkeypatch.chdir(work.top)
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/next")
    assert texts(staged(Path())) == {"specs/desk.spec": SPEC}
    monkeypatch.chdir(work.top / "specs")
    assert texts(staged(Path())) == {"specs/desk.spec": SPEC}
    monkeypatch.setenv("GIT_DIR", str(work.top / ".git"))
    monkeypatch.chdir(work.top)
    assert texts(staged(Path("specs"))) == {"specs/desk.spec": SPEC}


def test_the_hook_of_another_repository_does_not_mislead(
    work: Work, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work.commit(PROJECT)
    other = Work(tmp_path / "other").init()
    other.commit({"readme": ""})
    monkeypatch.chdir(other.top)
    monkeypatch.setenv("GIT_INDEX_FILE", str(other.top / ".git/index"))
    assert texts(staged(work.top)) == {"specs/desk.spec": SPEC}
    monkeypatch.setenv("GIT_DIR", ".git")
    assert texts(staged(work.top)) == {"specs/desk.spec": SPEC}


def test_a_linked_work_tree_has_an_index_of_its_own(
    work: Work, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work.commit(PROJECT)
    linked = Work(tmp_path / "linked")
    work.git("worktree", "add", "--quiet", "-b", "side", str(linked.top))
    linked.write({"specs/desk.spec": "# side\n"})
    linked.git("add", "--all")
    assert texts(staged(linked.top)) == {"specs/desk.spec": "# side\n"}
    assert texts(staged(work.top)) == {"specs/desk.spec": SPEC}
    monkeypatch.chdir(linked.top)
    monkeypatch.setenv("GIT_DIR", linked.git("rev-parse", "--absolute-git-dir").strip())
    assert texts(staged(linked.top / "specs")) == {"specs/desk.spec": "# side\n"}


def test_what_git_can_not_tell_is_said_in_words(tmp_path: Path, work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(git.GitFailed, match="not lie in a git repository"):
        snapshot.staged(tmp_path)
    with pytest.raises(NotADirectoryError):
        snapshot.staged(tmp_path / "nowhere")
    work.commit({"readme": ""})
    for name in ("", "-x", "--all", "HEAD:readme", "nope", "HEAD\n", "a\0b"):
        with pytest.raises(git.GitFailed, match="revision"):
            snapshot.at(work.top, name)
    with pytest.raises(NoProject):
        snapshot.at(work.top, "HEAD")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(git.GitFailed, match="git is not installed"):
        snapshot.staged(work.top)


def test_a_clone_without_its_history_says_how_to_get_it(work: Work, tmp_path: Path) -> None:
    work.commit(PROJECT)
    work.commit({"more": ""})
    shallow = Work(tmp_path / "shallow")
    shallow.git("clone", "--quiet", "--depth=1", work.top.as_uri(), ".")
    assert texts(staged(shallow.top)) == {"specs/desk.spec": SPEC}
    with pytest.raises(git.GitFailed, match="git fetch --unshallow"):
        snapshot.at(shallow.top, "HEAD~1")


def test_git_is_asked_and_starts_nothing(work: Work, tmp_path: Path) -> None:
    """Neither a file system monitor nor a pager, filter or differ that the repository names is run."""
    work.commit(PROJECT)
    mark = tmp_path / "started"
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch '{mark}'\ncat\n", encoding="utf-8")
    program.chmod(0o755)
    for setting in (
        "core.fsmonitor",
        "core.pager",
        "diff.external",
        "filter.f.smudge",
        "filter.f.clean",
        "diff.d.textconv",
    ):
        work.git("config", setting, str(program))
    work.write({".gitattributes": "*.spec filter=f diff=d\n"})
    home = staged(work.top)
    assert texts(home) == texts(snapshot.at(work.top, "HEAD").value) == {"specs/desk.spec": SPEC}
    where = git.repository(work.top)
    assert git.changed(where, git.head(where), None) == ()
    assert not mark.exists()
