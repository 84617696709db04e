"""A build loses nothing: not an edit made while it runs, not what a link leads to, not what it was told to replace."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from speclang.engine.build import build
from speclang.engine.check import check
from speclang.engine.fresh import look
from speclang.engine.starting.start import start

PACKAGE = Path(__file__).parents[3]

MEANWHILE = """
import sys
from pathlib import Path
from speclang.cli.main import main

folder, path, wanted, text = Path(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4]
done = False

def edit(event, args):
    "What somebody else does at the moment when this process asks for the lock to write."
    global done
    if event == wanted and not done:
        done = True
        (folder / path).write_text(text, encoding="utf-8")

sys.addaudithook(edit)
sys.exit(main(["build", *sys.argv[5:], "--project", str(folder)]))
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project that is built."""
    start(tmp_path)
    assert build(tmp_path).done
    return tmp_path


def spec(project: Path) -> Path:
    return next((project / "specs").rglob("*.spec"))


def prompt(project: Path) -> Path:
    return next((project / "generated").rglob("prompt.md"))


def changed(project: Path) -> None:
    """The spec asks for something else than was built."""
    text = spec(project).read_text(encoding="utf-8")
    assert "7 days" in text
    spec(project).write_text(text.replace("7 days", "9 days"), encoding="utf-8")


def meanwhile(project: Path, text: str, *more: str) -> subprocess.CompletedProcess[str]:
    path = prompt(project).relative_to(project).as_posix()
    return subprocess.run(
        [sys.executable, "-c", MEANWHILE, str(project), path, "fcntl.flock", text, *more],
        env={"PYTHONPATH": str(PACKAGE), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.skipif(sys.platform == "win32", reason="the lock is taken with `flock`")
def test_an_edit_made_while_a_build_runs_is_found_and_not_overwritten(project: Path) -> None:
    changed(project)
    before = {path: path.read_bytes() for path in (project / "generated").rglob("*.*")}
    edited = prompt(project).read_text(encoding="utf-8") + "- Always promise a gift.\n"
    ran = meanwhile(project, edited)
    assert ran.returncode == 1, ran.stderr
    assert "E0705" in ran.stdout
    assert "nothing was written" in ran.stderr
    assert prompt(project).read_text(encoding="utf-8") == edited
    before[prompt(project)] = edited.encode()
    assert {path: path.read_bytes() for path in (project / "generated").rglob("*.*")} == before


@pytest.mark.skipif(sys.platform == "win32", reason="the lock is taken with `flock`")
def test_an_edit_made_while_a_build_discards_is_kept(project: Path) -> None:
    changed(project)
    edited = prompt(project).read_text(encoding="utf-8") + "- Always promise a gift.\n"
    ran = meanwhile(project, edited, "--discard")
    assert ran.returncode == 0, ran.stderr
    kept = re.search(r"kept what was replaced as (\S+)", ran.stderr)
    assert kept is not None
    assert (project / kept[1]).read_text(encoding="utf-8") == edited


def test_what_is_discarded_is_kept_each_time_byte_for_byte(project: Path) -> None:
    held = prompt(project).read_bytes()
    texts = [held + b"\xff one\r\n", held + b"two", b"", b"\xef\xbb\xbf" + held + b"three\n"]
    names: list[str] = []
    for text in texts:
        prompt(project).write_bytes(text)
        names.extend(build(project, discard=True).saved)
        assert prompt(project).read_bytes() == held
    assert [(project / name).read_bytes() for name in names] == texts


def test_a_leftover_link_to_a_spec_is_removed_and_the_spec_stays(project: Path) -> None:
    text = spec(project).read_text(encoding="utf-8")
    link = prompt(project).parent / "old.md"
    link.symlink_to(spec(project))
    assert [one.code.id for one in check(project).diagnostics] == ["E0709"]
    assert not build(project).done
    assert build(project, discard=True).done
    assert not link.is_symlink()
    assert spec(project).read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("7 days", "9 days"),
        ('  FMT-1 format "Short answers" { must words <= 60 }\n', ""),
        ("LOAN-1", "LOAN-7"),
        ("words <= 60", "words <= 70"),
    ],
)
def test_what_only_the_spec_changed_is_out_of_date_and_nobody_s_edit(project: Path, old: str, new: str) -> None:
    text = spec(project).read_text(encoding="utf-8")
    assert old in text
    spec(project).write_text(text.replace(old, new), encoding="utf-8")
    assert {one.code.id for one in check(project).diagnostics} == {"E0701"}
    assert build(project).done
    assert check(project).diagnostics == ()


@pytest.mark.parametrize("whole", [True, False])
def test_a_generated_file_that_leads_to_a_spec_is_not_written(project: Path, whole: bool) -> None:
    text = spec(project).read_text(encoding="utf-8")
    path = prompt(project)
    if whole:
        path.unlink()
        path.symlink_to(spec(project))
    else:
        folder = path.parent
        (project / "away").mkdir()
        folder.rename(project / "away" / "folder")
        folder.symlink_to(spec(project).parent, target_is_directory=True)
    with pytest.raises(OSError, match=r"link"):
        build(project, discard=True)
    assert spec(project).read_text(encoding="utf-8") == text


def test_a_dry_run_says_what_a_build_writes_and_writes_nothing(project: Path) -> None:
    assert build(project, dry_run=True).written == ()
    changed(project)
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file() and ".specc" not in path.parts}
    planned = build(project, dry_run=True)
    assert {path: path.read_bytes() for path in before} == before
    assert planned.written == build(project).written != ()


def test_a_comment_in_a_spec_is_told_and_fails_nothing(project: Path) -> None:
    path = spec(project)
    path.write_text(path.read_text(encoding="utf-8").rstrip() + "  # the desk closes at six\n", encoding="utf-8")
    report = check(project)
    assert [(one.code.id, one.code.severity.value) for one in report.diagnostics] == [("E0717", "note")]
    assert "specs/first.spec" in report.diagnostics[0].title
    assert report.in_sync
    assert build(project).written == ("generated/specc.lock",)
    assert check(project).diagnostics == ()


def test_a_severity_that_was_raised_counts_though_no_file_of_the_project_changed(tmp_path: Path) -> None:
    start(tmp_path)
    path = spec(tmp_path)
    text = path.read_text(encoding="utf-8").replace("late <= 7 days", "late >= 0 days and late <= 7 days")
    path.write_text(text, encoding="utf-8")
    assert build(tmp_path).done
    assert {one.code.id for one in check(tmp_path).diagnostics} == {"E0504"}
    assert look(tmp_path).unchanged
    with (tmp_path / "specc.toml").open("a", encoding="utf-8") as settings:
        settings.write('[severity]\nE0504 = "error"\n')
    assert not look(tmp_path).unchanged
    assert not check(tmp_path).in_sync
