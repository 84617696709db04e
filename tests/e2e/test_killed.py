"""`specc build` killed at any moment leaves all files old or all new for the next command, and what was discarded is kept."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from speclang.engine.starting.start import start

EVERY = os.environ.get("SPECC_KILLS") == "all"
"""Whether a process is killed at every single event, not at every fifth."""

PACKAGE = Path(__file__).parents[2]

KILLED = """
import os, signal, sys
from speclang.cli.main import main

limit, seen = int(sys.argv[1]), 0

def count(event, args):
    "Counts what touches the project on the disk, from the first lock on, and ends this process at the event asked for."
    global seen
    if seen or event == "fcntl.flock":
        seen += event.startswith(("open", "os.", "fcntl."))
        if seen == limit:
            os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(count)
sys.exit(main(sys.argv[2:]))
"""


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={"PYTHONPATH": str(PACKAGE), "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )


def held(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in (folder / "generated").rglob("*")
        if path.is_file()
    }


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="a process is killed by a signal")
def test_a_build_that_is_killed_leaves_all_old_or_all_new_and_keeps_the_edit(tmp_path: Path) -> None:
    first = tmp_path / "first"
    start(first)
    spec = first / "specs" / "first.spec"
    spec.write_text(spec.read_text(encoding="utf-8").replace("7 days", "9 days"), encoding="utf-8")
    prompt = "generated/first/prompt.md"
    edited = (first / prompt).read_bytes() + b"- Promise a gift.\n"
    (first / prompt).write_bytes(edited)
    old = held(first)
    whole = tmp_path / "whole"
    shutil.copytree(first, whole)
    assert run(whole, "-m", "speclang", "build", "--discard").returncode == 0
    new = held(whole)
    outcomes: set[str] = set()
    for limit in range(1, 400, 1 if EVERY else 5):
        folder = tmp_path / str(limit)
        shutil.copytree(first, folder)
        ended = run(folder, "-c", KILLED, str(limit), "build", "--discard").returncode
        run(folder, "-m", "speclang", "check")
        now = held(folder)
        assert now in (old, new), limit
        outcomes.add("old" if now == old else "new")
        if now == new:
            kept = [path.read_bytes() for path in (folder / ".specc" / "discarded").rglob("*") if path.is_file()]
            assert edited in kept
        assert run(folder, "-m", "speclang", "build", "--discard").returncode == 0
        assert held(folder) == new
        if ended == 0:
            break
    assert outcomes == {"old", "new"}
    assert limit > 50, "the kills fall between the steps"


def files(folder: Path) -> dict[str, bytes]:
    """Every file that a user has."""
    paths = (path for path in folder.rglob("*") if path.is_file() and ".specc" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="a process is killed by a signal")
def test_an_absorb_that_is_killed_has_taken_the_edit_or_left_everything(tmp_path: Path) -> None:
    first = tmp_path / "first"
    start(first)
    prompt = first / "generated/first/prompt.md"
    prompt.write_text(prompt.read_text(encoding="utf-8").replace("60 words", "40 words"), encoding="utf-8")
    old = files(first)
    whole = tmp_path / "whole"
    shutil.copytree(first, whole)
    assert run(whole, "-m", "speclang", "absorb").returncode == 0
    new = files(whole)
    outcomes: set[str] = set()
    for limit in range(1, 400, 1 if EVERY else 6):
        folder = tmp_path / str(limit)
        shutil.copytree(first, folder)
        ended = run(folder, "-c", KILLED, str(limit), "absorb").returncode
        checked = run(folder, "-m", "speclang", "check").returncode
        now = files(folder)
        assert now in (old, new), limit
        assert (checked == 0) == (now == new), limit
        outcomes.add("old" if now == old else "new")
        assert run(folder, "-m", "speclang", "absorb").returncode == 0
        assert files(folder) == new
        if ended == 0:
            break
    assert outcomes == {"old", "new"}
    assert limit > 30, "the kills fall between the steps"
