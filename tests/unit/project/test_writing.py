"""Many files are written or none: also where the process is killed at any moment, and where something else is in the way.

The kills are real. A child process counts the events that the interpreter tells of (opening, renaming, removing a file …) and
kills itself with SIGKILL at the one it was told to; the parent then looks at what is left.
"""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from speclang.project.writing import Busy, Changed, interrupted, memory, recover, write_all
from speclang.source.hashing import digest

PACKAGE = Path(__file__).parents[3]

KILLED = """
import json, os, signal, sys
from pathlib import Path
from speclang.project.writing import recover, write_all

folder, at = Path(sys.argv[1]), 0

def child(limit, work):
    "Run `work` in a process that is killed at its event number `limit`; whether it was killed."
    seen = 0
    def count(event, args):
        nonlocal seen
        if event.startswith(("open", "os.", "fcntl.")):
            seen += 1
            if seen == limit:
                os.kill(os.getpid(), signal.SIGKILL)
    pid = os.fork()
    if pid == 0:
        sys.addaudithook(count)
        work()
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(pid, 0)[1])

OLD = {"out/a": b"old a", "out/b": b"old b", "out/same": b"same", "out/gone/x": b"old x", "out/specc.lock": b"old"}
NEW = {"out/a": b"new a", "out/b": b"new b", "out/same": b"same", "out/gone/x": None, "out/more/c": b"new c", "out/specc.lock": b"new"}

def laid(root):
    for name, data in OLD.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)

def held(root):
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file() and ".specc" not in p.parts}

wanted = {name: data for name, data in NEW.items() if data is not None}
outcomes, number, second = [], 0, 0
alive = True
while alive:
    number += 1
    inner = 1 - number % 3
    again = True
    while again:
        inner += 3
        root = folder / f"{number}-{inner}"
        laid(root)
        alive = child(number, lambda: write_all(root, NEW))
        again = child(inner, lambda: recover(root)) and inner < 60
        recover(root)
        now = held(root)
        outcome = "old" if now == OLD else "new" if now == wanted else "mixture"
        left = sorted(p.name for p in (root / ".specc").iterdir()) if (root / ".specc").exists() else []
        outcomes.append([number, inner, outcome, recover(root), left])
        write_all(root, NEW)
        assert held(root) == wanted
print(json.dumps(outcomes))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a child is made by fork")
def test_killed_at_any_moment_and_killed_again_while_recovering_all_is_old_or_all_is_new(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path)],
        env={"PYTHONPATH": str(PACKAGE)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    outcomes = json.loads(ran.stdout)
    assert {outcome for _, _, outcome, _, _ in outcomes} == {"old", "new"}
    assert not any(unfinished for *_, unfinished, _ in outcomes)
    assert len({number for number, *_ in outcomes}) > 40, "the kills fall between the steps"
    assert all(set(left) <= {".gitignore", "busy", "pending", "journal.json.new"} for *_, left in outcomes)


def laid(root: Path, **files: str) -> Path:
    for name, text in files.items():
        (root / name).write_text(text)
    return root


def test_only_what_changes_is_touched(tmp_path: Path) -> None:
    laid(tmp_path, a="1", b="2")
    before = (tmp_path / "a").stat()
    assert write_all(tmp_path, {"b": b"3", "a": b"1", "c/d": b"4", "e": None}) == ("b", "c/d")
    assert (tmp_path / "a").stat() == before
    assert write_all(tmp_path, {"a": b"1", "b": b"3"}) == ()


def test_where_nothing_changes_no_memory_is_made(tmp_path: Path) -> None:
    laid(tmp_path, a="1")
    assert write_all(tmp_path, {"a": b"1", "b": None}) == ()
    assert not (tmp_path / ".specc").exists()


def test_the_mode_of_a_file_stays(tmp_path: Path) -> None:
    laid(tmp_path, a="1")
    (tmp_path / "a").chmod(0o750)
    write_all(tmp_path, {"a": b"2"})
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o750


def test_a_link_to_a_file_of_the_project_stays_a_link(tmp_path: Path) -> None:
    laid(tmp_path, a="1")
    (tmp_path / "link").symlink_to("a")
    write_all(tmp_path, {"link": b"2"})
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "a").read_bytes() == b"2"


def test_a_link_that_is_to_go_goes_itself_and_what_it_leads_to_stays(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    laid(tmp_path, spec="precious")
    (tmp_path / "out" / "link").symlink_to("../spec")
    assert write_all(tmp_path, {"out/link": None}) == ("out/link",)
    assert (tmp_path / "spec").read_text() == "precious"
    assert not (tmp_path / "out" / "link").is_symlink()


def test_nothing_goes_that_lies_below_a_link_to_a_folder(tmp_path: Path) -> None:
    (tmp_path / "specs").mkdir()
    (tmp_path / "out").mkdir()
    laid(tmp_path / "specs", a="precious")
    (tmp_path / "out" / "link").symlink_to("../specs")
    with pytest.raises(OSError, match="leads out of the project"):
        write_all(tmp_path, {"out/link/a": None})
    assert (tmp_path / "specs" / "a").read_text() == "precious"


def test_a_journal_removes_no_link_s_target(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    laid(tmp_path, spec="precious")
    (tmp_path / "out" / "link").symlink_to("../spec")
    journal(tmp_path, [[None, "out/link", digest(b"precious")]])
    assert recover(tmp_path)
    assert (tmp_path / "spec").read_text() == "precious"


@pytest.mark.parametrize("held", ["2", None])
def test_a_file_that_is_not_as_it_was_judged_stops_everything(tmp_path: Path, held: str | None) -> None:
    laid(tmp_path, a="1", **({} if held is None else {"b": held}))
    judged = {"a": digest(b"1"), "b": digest(b"3") if held else digest(b"2")}
    with pytest.raises(Changed, match="run the command again"):
        write_all(tmp_path, {"a": b"new", "b": b"new"}, judged)
    assert (tmp_path / "a").read_text() == "1"
    assert not interrupted(tmp_path)
    judged["b"] = digest(held.encode()) if held else ""
    assert write_all(tmp_path, {"a": b"new", "b": b"new"}, judged) == ("a", "b")


def test_a_folder_that_is_emptied_goes_but_not_the_one_it_lies_in(tmp_path: Path) -> None:
    write_all(tmp_path, {"out/x/y/a": b"1", "out/b": b"2"})
    write_all(tmp_path, {"out/x/y/a": None})
    assert not (tmp_path / "out" / "x").exists()
    write_all(tmp_path, {"out/b": None})
    assert (tmp_path / "out").is_dir()


@pytest.mark.parametrize("blocked", ["../outside", "folder", "file/below"])
def test_what_can_not_be_written_stops_everything_before_anything_is(tmp_path: Path, blocked: str) -> None:
    root = tmp_path / "project"
    (root / "folder").mkdir(parents=True)
    laid(root, a="1", file="2")
    with pytest.raises(OSError, match=r"\S"):
        write_all(root, {"a": b"new", blocked: b"x", "z": b"new"})
    assert (root / "a").read_text() == "1"
    assert not (root / "z").exists()
    assert not interrupted(root)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_folder_without_permission_stops_everything_before_anything_is_written(tmp_path: Path) -> None:
    laid(tmp_path, a="1")
    (tmp_path / "closed").mkdir(mode=0o500)
    with pytest.raises(PermissionError):
        write_all(tmp_path, {"a": b"2", "closed/b": b"3"})
    assert (tmp_path / "a").read_text() == "1"


def test_a_file_in_the_place_of_the_memory_is_told_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / ".specc").write_text("mine")
    with pytest.raises(
        FileExistsError, match="a file stands where specc keeps what it remembers in a folder; move it away"
    ) as told:
        memory(tmp_path)
    assert told.value.filename == str(tmp_path / ".specc")
    assert (tmp_path / ".specc").read_text() == "mine"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_project_in_which_nothing_may_be_written_is_told_with_what_to_do(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(
        PermissionError, match=f"can't be made: permission denied; let who runs specc write in {tmp_path}"
    ):
        memory(tmp_path)
    tmp_path.chmod(0o700)


def test_two_commands_do_not_write_at_once(tmp_path: Path) -> None:
    script = "import sys; from pathlib import Path; from speclang.project.writing import _alone\n"
    script += "with _alone(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)],
        env={"PYTHONPATH": str(PACKAGE)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(Busy, match="try again when it is done"):
            write_all(tmp_path, {"a": b"1"})
        other.kill()
    assert write_all(tmp_path, {"a": b"1"}) == ("a",)


def journal(root: Path, moves: object, place: int | None = None) -> None:
    """A journal as a killed command would leave it, or somebody else would make it up."""
    memory = root / ".specc"
    (memory / "pending").mkdir(parents=True, exist_ok=True)
    (memory / "pending" / "0").write_text("new")
    said = {"place": memory.stat().st_ino if place is None else place, "moves": moves}
    (memory / "journal.json").write_text(json.dumps(said))


def test_a_journal_is_finished_before_others_are_written(tmp_path: Path) -> None:
    journal(tmp_path, [[0, "a", ""]])
    write_all(tmp_path, {"b": b"b"})
    assert (tmp_path / "a").read_text() == "new"


def test_a_file_that_was_edited_since_the_kill_is_left_alone(tmp_path: Path) -> None:
    laid(tmp_path, a="edited by hand")
    journal(tmp_path, [[0, "a", "0" * 32]])
    assert recover(tmp_path)
    assert (tmp_path / "a").read_text() == "edited by hand"
    assert not interrupted(tmp_path)


@pytest.mark.parametrize(
    "moves",
    [
        [["../../victim", "a", ""]],
        [[0, "../victim", ""]],
        [[0, "/etc/specc", ""]],
        [[None, "../victim", ""]],
        [[0]],
        [3],
        3,
        None,
        {"a": 1},
        [[[], "a", ""]],
    ],
)
def test_a_journal_that_no_command_wrote_moves_nothing(tmp_path: Path, moves: object) -> None:
    root = tmp_path / "project"
    root.mkdir()
    laid(tmp_path, victim="precious")
    journal(root, moves)
    assert not recover(root)
    assert (tmp_path / "victim").read_text() == "precious"
    assert sorted(path.name for path in root.iterdir()) == [".specc"]
    assert not interrupted(root)


def test_a_journal_that_came_with_a_checkout_moves_nothing(tmp_path: Path) -> None:
    journal(tmp_path, [[0, "a", ""]], place=1)
    assert not recover(tmp_path)
    assert not (tmp_path / "a").exists()


@pytest.mark.parametrize("text", ["", "garbage", "[]", "{}", "[" * 100_000, "\xff"])
def test_a_journal_of_garbage_is_dropped(tmp_path: Path, text: str) -> None:
    (tmp_path / ".specc").mkdir()
    (tmp_path / ".specc" / "journal.json").write_text(text, encoding="latin-1")
    assert not recover(tmp_path)
    assert not interrupted(tmp_path)
