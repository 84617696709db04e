"""`specc watch` as a real process over real files, told by what it prints; nothing here waits for a time to pass."""

import contextlib
import fcntl
import json
import os
import pty
import re
import select
import shutil
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pytest

from speclang.engine.starting.start import start
from tests.e2e.test_killed import KILLED
from tests.strategies.git import Work

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and terminals as POSIX has them")

PACKAGE = Path(__file__).parents[2]
PATIENCE = 60
"""So many seconds may pass before what must come is missed; nothing waits for their end."""

Event = dict[str, Any]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    project = tmp_path / "desk"
    start(project)
    return project


def environment(**more: str) -> dict[str, str]:
    return {"PYTHONPATH": str(PACKAGE), "PATH": os.environ["PATH"], "TERM": "xterm", "PYTHONHASHSEED": "random", **more}


def specc(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "speclang", *arguments],
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )


def save(path: Path, text: str) -> None:
    """Put `text` at `path` in one go, as many editors do; nobody can read half of it."""
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {path}"
    save(path, text.replace(old, new))


def held(folder: Path) -> dict[str, bytes]:
    paths = (path for path in (folder / "generated").rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


class Watch:
    """A watch that prints to a pipe; it is ended with the block."""

    def __init__(self, folder: Path, how: str = "json", *options: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "speclang", "watch", "--format", how, *options],
            cwd=folder,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            bufsize=0,
        )
        assert self.process.stdout is not None
        self._out = self.process.stdout
        self._held = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.process.kill()
        self.process.wait()
        self._out.close()

    def line(self) -> str:
        """The next line that it prints."""
        until = time.monotonic() + PATIENCE
        while b"\n" not in self._held:
            ready, _, _ = select.select([self._out], [], [], max(0, until - time.monotonic()))
            read = os.read(self._out.fileno(), 65536) if ready else b""
            assert read, f"nothing more was printed after {self._held!r}"
            self._held += read
        line, _, self._held = self._held.partition(b"\n")
        return line.decode()

    def round(self) -> list[Event]:
        """All that happens until it is told how the project stands."""
        events: list[Event] = []
        while not events or events[-1]["event"] != "stands":
            events.append(json.loads(self.line()))
        return events

    def lines(self) -> list[str]:
        """The lines up to the one that tells how the project stands."""
        said = [self.line()]
        while not said[-1].startswith(("in sync: ", "not in sync: ")):
            said.append(self.line())
        return said

    def end(self, number: signal.Signals = signal.SIGINT) -> int:
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)


def first(events: list[Event], name: str) -> Event:
    return next(one for one in events if one["event"] == name)


def names(events: list[Event]) -> list[str]:
    return [one["event"] for one in events]


def test_prompt_and_cases_follow_the_spec_and_their_own_change_starts_nothing(folder: Path) -> None:
    with Watch(folder) as watch:
        assert names(watch.round()) == ["changed", "findings", "stands"]
        edit(folder / "specs/first.spec", "7 days", "9 days")
        events = watch.round()
        assert names(events) == ["changed", "findings", "wrote", "stands"]
        assert events[0]["files"] == ["specs/first.spec"]
        (effects,) = first(events, "wrote")["features"]
        assert "+- If the time since the due date is at most 9 days" in effects["prompts"][0]["diff"]
        assert "LOAN-1/boundary/late=10" in effects["cases"]["came"]
        assert "LOAN-1/boundary/late=8" in effects["cases"]["went"]
        assert events[-1]["in_sync"]
        assert specc(folder, "check").returncode == 0
        edit(folder / "specs/first.spec", "60", "50")
        assert watch.round()[0]["files"] == ["specs/first.spec"], "its own files are no change that is told"
        assert watch.end() == 130
    assert specc(folder, "build").stdout.startswith("nothing to do"), "the next command knows that all is in sync"


def test_a_burst_of_saves_is_built_once(folder: Path) -> None:
    with Watch(folder) as watch:
        watch.round()
        watch.process.send_signal(signal.SIGSTOP)
        for limit in range(10, 40):
            edit(folder / "specs/first.spec", f"words <= {limit - 1 if limit > 10 else 60}", f"words <= {limit}")
            (folder / f"specs/note-{limit}.txt").write_text("not a spec", encoding="utf-8")
        watch.process.send_signal(signal.SIGCONT)
        (effects,) = first(watch.round(), "wrote")["features"]
        assert "at most 39 words" in effects["prompts"][0]["diff"]
        edit(folder / "specs/first.spec", "words <= 39", "words <= 38")
        assert "-- Answer in at most 39 words." in first(watch.round(), "wrote")["features"][0]["prompts"][0]["diff"]


def test_editors_that_save_by_rename_and_files_that_come_and_go_are_followed(folder: Path) -> None:
    spec = folder / "specs/first.spec"
    with Watch(folder) as watch:
        watch.round()
        for limit in (50, 40):
            spec.rename(folder / "specs/first.spec~")
            save(spec, re.sub(r"words <= \d+", f"words <= {limit}", (folder / "specs/first.spec~").read_text("utf-8")))
            assert first(watch.round(), "wrote")["written"]
        text = spec.read_text(encoding="utf-8")
        spec.unlink()
        events = watch.round()
        assert [one["code"] for one in events[1]["findings"]] == ["E0909"]
        assert not (events[-1]["in_sync"])
        save(spec, text)
        assert watch.round()[-1]["in_sync"]
        (folder / "specs").rename(folder / "elsewhere")
        assert not watch.round()[-1]["in_sync"]
        (folder / "elsewhere").rename(folder / "specs")
        assert watch.round()[-1]["in_sync"]
        (folder / "specs/more").mkdir()
        spec.rename(folder / "specs/more/first.spec")
        events = watch.round()
        assert events[0]["files"] == ["specs/first.spec", "specs/more/first.spec"]
        assert events[-1]["in_sync"]
        edit(folder / "specs/more/first.spec", "words <= 40", "words <= 30")
        assert watch.round()[0]["files"] == ["specs/more/first.spec"]
        shutil.rmtree(folder / "generated")
        events = watch.round()
        assert first(events, "wrote")["written"]
        assert events[-1]["in_sync"]


def test_broken_specs_are_told_and_the_last_good_files_stay(folder: Path) -> None:
    with Watch(folder) as watch:
        watch.round()
        good = held(folder)
        edit(folder / "specs/first.spec", "must renew", "must renew }")
        events = watch.round()
        assert events[1]["findings"][0]["code"] == "E0209"
        assert not events[-1]["in_sync"]
        assert events[-1]["features"][0]["cases"] == 8, "the counts are those of the last specs that held"
        assert held(folder) == good
        edit(folder / "specs/first.spec", "must renew }", "must renwe")
        assert watch.round()[1]["findings"][0]["code"] == "E0201"
        assert held(folder) == good
        edit(folder / "specs/first.spec", "must renwe", "must renew")
        assert watch.round()[-1]["in_sync"]
        assert held(folder) == good


def test_an_edited_prompt_is_told_with_its_requirement_and_watching_goes_on(folder: Path) -> None:
    prompt = folder / "generated/first/prompt.md"
    with Watch(folder) as watch:
        watch.round()
        edit(prompt, "60 words", "40 words")
        events = watch.round()
        findings = [one for one in events if one["event"] == "findings"][-1]
        assert (findings["about"], findings["waits"]) == ("files", True)
        assert [one["requirement"] for one in findings["findings"]] == ["FMT-1"]
        edited = prompt.read_bytes()
        edit(folder / "specs/first.spec", "7 days", "9 days")
        events = watch.round()
        assert "wrote" not in names(events)
        assert not events[-1]["in_sync"]
        assert prompt.read_bytes() == edited, "an edit is never overwritten"
        assert specc(folder, "build", "--discard").returncode == 0
        while not (events := watch.round())[-1]["in_sync"]:
            continue
        assert "at most 9 days" in prompt.read_text(encoding="utf-8")


def test_settings_layouts_and_the_checkout_of_another_branch_are_followed(folder: Path) -> None:
    work = Work(folder).init()
    work.commit(message="first")
    work.git("checkout", "--quiet", "-b", "other")
    edit(folder / "specs/first.spec", "7 days", "5 days")
    assert specc(folder, "build").returncode == 0
    work.commit(message="second")
    with Watch(folder) as watch:
        watch.round()
        work.git("checkout", "--quiet", "-")
        events = watch.round()
        assert "generated/specc.lock" in events[0]["files"]
        assert events[-1]["in_sync"]
        assert work.git("status", "--porcelain") == ""
        save(folder / "specc.toml", 'layout = "xml"\n')
        events = watch.round()
        assert "specc.toml" in events[0]["files"]
        assert "generated/first/prompt.md" in first(events, "wrote")["written"]
        save(folder / "ours.j2", "{{ title }}\n")
        save(folder / "specc.toml", 'layout = "ours.j2"\n')
        events = watch.round()
        assert not events[-1]["in_sync"], "this layout leaves requirements out"
        save(folder / "specc.toml", 'generated = "out"\n')
        events = watch.round()
        assert "out/first/prompt.md" in first(events, "wrote")["written"]
        edit(folder / "out/first/prompt.md", "60", "61")
        assert not watch.round()[-1]["in_sync"]


def test_lines_tell_one_thing_each_for_logs_and_pipes(folder: Path) -> None:
    with Watch(folder, "lines") as watch:
        assert watch.lines() == ["in sync: 1 feature, 3 requirements, 3 typed (100%), 8 cases"]
        edit(folder / "specs/first.spec", "words <= 60", "words <= 50")
        said = watch.lines()
        assert said[0] == "changed specs/first.spec"
        assert "generated/first/prompt.md: - - Answer in at most 60 words." in said
        assert "grader FMT-1/words of first changed" in said
        assert said[-1] == "in sync: 1 feature, 3 requirements, 3 typed (100%), 8 cases"
        edit(folder / "generated/first/prompt.md", "50 words", "40 words")
        said = watch.lines()
        assert said[1] == (
            "generated/first/prompt.md:10:21: error[E0702]: The clause of `FMT-1` was edited by hand "
            '("50" became "40" (number))'
        )
        assert said[2].startswith("waits: `specc absorb`")
        assert watch.end(signal.SIGTERM) == 143


def test_a_watch_needs_a_project(tmp_path: Path) -> None:
    ran = specc(tmp_path, "watch")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "specc init" in ran.stderr


def test_a_watch_that_is_killed_while_it_writes_leaves_all_old_or_all_new(folder: Path, tmp_path: Path) -> None:
    old = held(folder)
    edit(folder / "specs/first.spec", "7 days", "9 days")
    whole = tmp_path / "whole"
    shutil.copytree(folder, whole)
    assert specc(whole, "build").returncode == 0
    new = held(whole)
    outcomes: set[str] = set()
    for limit in range(1, 200, 17):
        copy = tmp_path / str(limit)
        shutil.copytree(folder, copy)
        with subprocess.Popen(
            [sys.executable, "-c", KILLED, str(limit), "watch", "--format", "lines"],
            cwd=copy,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stdout is not None
            over = any(line.startswith("in sync") for line in process.stdout)
            process.kill()
        specc(copy, "check")
        now = held(copy)
        assert now in (old, new), limit
        outcomes.add("old" if now == old else "new")
        if over:
            break
    assert outcomes == {"old", "new"}


class Window:
    """A watch in a terminal of its own."""

    def __init__(self, folder: Path, **more: str) -> None:
        self._ours, theirs = pty.openpty()
        self.resize(24, 90)
        self.mode = termios.tcgetattr(theirs)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "speclang", "watch"],
            cwd=folder,
            env=environment(**more),
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        )
        self._theirs = theirs
        self.shown = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self._ours)
        os.close(self._theirs)

    def resize(self, rows: int, columns: int) -> None:
        fcntl.ioctl(self._ours, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def press(self, keys: str) -> None:
        os.write(self._ours, keys.encode())

    def until(self, text: str) -> str:
        """All that is written until `text` is."""
        for read in self._read():
            self.shown += read
            before, found, after = self.shown.partition(text)
            if found:
                self.shown = after
                return before + found
        raise AssertionError(f"{text!r} was not shown; this was: {self.shown!r}")

    def end(self) -> int:
        """The exit code, once all is read that was written."""
        code = self.process.wait(PATIENCE)
        while select.select([self._ours], [], [], 0)[0]:
            self.shown += os.read(self._ours, 65536).decode("utf-8", "replace")
        return code

    def is_restored(self) -> bool:
        return termios.tcgetattr(self._theirs) == self.mode

    def _read(self) -> Iterator[str]:
        until = time.monotonic() + PATIENCE
        yield ""
        while time.monotonic() < until:
            if select.select([self._ours], [], [], 1)[0]:
                with contextlib.suppress(OSError):
                    yield os.read(self._ours, 65536).decode("utf-8", "replace")


def test_edits_are_absorbed_discarded_or_left_by_a_key(folder: Path) -> None:
    prompt, spec = folder / "generated/first/prompt.md", folder / "specs/first.spec"
    with Window(folder) as window:
        window.until("● in sync")
        edit(prompt, "60 words", "40 words")
        assert "The clause of `FMT-1` was edited by hand" in window.until("leave")
        window.press("l")
        window.until("● left as it is")
        window.until("nothing is built until this is absorbed, discarded or undone")
        window.press("a")
        window.until("took back edits of FMT-1")
        window.until("FMT-1/words")
        assert "words <= 40" in spec.read_text(encoding="utf-8")
        edit(prompt, "40 words", "20 words")
        window.until("edited by hand")
        window.press("d")
        window.until("kept what was replaced as .specc/discarded/")
        assert "40 words" in prompt.read_text(encoding="utf-8")
        window.press("?")
        window.until("make the specs say what was edited in a prompt by hand")
        window.press("?")
        edit(spec, "words <= 40", "words <= 4O")
        window.until("the specs do not hold")
        window.press("q")
        assert window.end() == 1, "what does not hold is no success"
        assert window.is_restored()


def test_ctrl_c_gives_the_terminal_back(folder: Path) -> None:
    with Window(folder) as window:
        begun = window.until("● in sync")
        assert "\x1b[?1049h" in begun
        window.resize(10, 50)
        window.process.send_signal(signal.SIGWINCH)
        window.until("\x1b[2J")
        assert "\x1b[10;1H" in window.until("quit")
        window.process.send_signal(signal.SIGINT)
        assert window.end() == 130
        assert window.is_restored()
        assert window.shown.index("\x1b[?25h") < window.shown.index("\x1b[?1049l")


def test_no_color_is_heeded(folder: Path) -> None:
    with Window(folder, NO_COLOR="1") as window:
        edit(folder / "specs/first.spec", "7 days", "9 days")
        written = window.until("late=10").replace("\x1b[0m\x1b[K", "")
        assert re.search(r"\x1b\[[0-9;]*m", written) is None
        window.press("q")
        assert window.end() == 0
