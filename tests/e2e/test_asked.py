"""`absorb --interactive` at a real terminal: each edit from its three sides, and nothing is written before the last answer."""

import os
import pty
import re
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from speclang.engine.build import build
from speclang.engine.check import check
from tests.strategies.git import PROJECT, Work, environment

PROMPT, CASES, SPEC = "generated/desk/prompt.md", "generated/desk/cases.yaml", "specs/desk.spec"
PATIENCE = 60


@pytest.fixture
def work(tmp_path: Path) -> Work:
    """A project that is built and committed."""
    made = Work(tmp_path / "work").init()
    made.write({**PROJECT, ".gitignore": ".specc/\n"})
    assert build(made.top).done
    made.commit()
    return made


def edit(work: Work, name: str, *swaps: tuple[str, str]) -> None:
    text = (work.top / name).read_text(encoding="utf-8")
    for old, new in swaps:
        assert text.count(old) >= 1, old
        text = text.replace(old, new, 1)
    (work.top / name).write_text(text, encoding="utf-8")


def held(work: Work) -> dict[str, bytes]:
    files = (path for path in work.top.rglob("*") if path.is_file() and not {".git", ".specc"} & set(path.parts))
    return {path.relative_to(work.top).as_posix(): path.read_bytes() for path in files}


def at_terminal(work: Work, answers: str, *options: str) -> tuple[int, str]:
    """The exit code, and all that stood on the terminal, without colours; each letter of `answers` answers one question, `.` is Ctrl-D."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "speclang", "absorb", "--interactive", *options],
        cwd=work.top,
        env={**environment(), "TERM": "xterm"},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    shown, waiting, until = "", list(answers), time.monotonic() + PATIENCE
    try:
        while time.monotonic() < until:
            if not select.select([ours], [], [], 1)[0]:
                continue
            try:
                data = os.read(ours, 65536)
            except OSError:  # how a terminal ends on Linux
                break
            if not data:
                break
            shown += data.decode()
            if shown.endswith("? ") and waiting:
                answer = waiting.pop(0)
                os.write(ours, b"\x04" if answer == "." else f"{answer}\n".encode())
        return process.wait(timeout=PATIENCE), re.sub(r"\x1b\[[0-9;]*m", "", shown).replace("\r\n", "\n")
    finally:
        process.kill()
        os.close(ours)


def three_edits(work: Work) -> None:
    edit(work, PROMPT, ("at most 60 words", "at most 40 words"), ("renew the loan", "renew the loan at once"))
    with (work.top / PROMPT).open("a", encoding="utf-8") as file:
        file.write("- Be kind.\n")


def test_each_edit_is_shown_from_its_sides_and_what_was_decided_is_written_at_the_end(work: Work) -> None:
    three_edits(work)
    code, shown = at_terminal(work, "stx" + "d")
    assert "[1/3] the clause of `LOAN-1`  generated/desk/prompt.md:" in shown
    assert "built | - If the time since the due date is at most 7 days, renew the loan.\n" in shown
    assert "file  | - If the time since the due date is at most 7 days, renew the loan at once.\n" in shown
    assert '-  FMT-1 format "Short answers" { must words <= 60 }\n' in shown
    assert '+  FMT-1 format "Short answers" { must words <= 40 }\n' in shown
    assert "it can't be taken: a build would put it in another place" in shown
    assert "answer with d, s or q" in shown
    assert "took back edits of FMT-1" in shown
    assert "put back a line that was added" in shown
    assert "left as it is: the clause of `LOAN-1`" in shown
    assert code == 1, "something is left"
    prompt = (work.top / PROMPT).read_text(encoding="utf-8")
    assert "at most 40 words" in prompt
    assert "renew the loan at once" in prompt
    assert "Be kind" not in prompt
    assert "words <= 40" in (work.top / SPEC).read_text(encoding="utf-8")
    assert "Be kind" in "".join(
        path.read_text(encoding="utf-8") for path in (work.top / ".specc/discarded").rglob("prompt.md*")
    )
    assert [(one.code.id, one.requirement) for one in check(work.top, afresh=True).diagnostics] == [("E0702", "LOAN-1")]


@pytest.mark.parametrize("answers", ["q", "tq", "t.", "ttq"])
def test_whoever_stops_has_changed_nothing(work: Work, answers: str) -> None:
    three_edits(work)
    before = held(work)
    code, shown = at_terminal(work, answers)
    assert code == 1
    assert "stopped; nothing was written" in shown
    assert held(work) == before


def test_a_conflict_is_shown_from_three_sides_and_can_be_taken_either_way(work: Work) -> None:
    edit(work, PROMPT, ("at most 60 words", "at most 40 words"))
    edit(work, SPEC, ("words <= 60", "words <= 90"))
    assert {one.code.id for one in check(work.top).diagnostics} >= {"E0703"}
    code, shown = at_terminal(work, "q")
    assert "built | - Answer in at most 60 words.\n" in shown, "as the last commit has it"
    assert "file  | - Answer in at most 40 words.\n" in shown
    assert "spec  | - Answer in at most 90 words.\n" in shown
    code, shown = at_terminal(work, "t")
    assert code == 0, shown
    assert "words <= 40" in (work.top / SPEC).read_text(encoding="utf-8")
    assert check(work.top, afresh=True).in_sync
    edit(work, PROMPT, ("at most 40 words", "at most 50 words"))
    edit(work, SPEC, ("words <= 40", "words <= 70"))
    code, shown = at_terminal(work, "d")
    assert code == 0, shown
    assert "built | nobody knows any more\n" in shown, "no commit holds it"
    assert "at most 70 words" in (work.top / PROMPT).read_text(encoding="utf-8")
    assert check(work.top, afresh=True).in_sync


def test_what_no_spec_can_say_is_not_offered_to_be_taken(work: Work) -> None:
    edit(work, PROMPT, ("## Rules", "## Rule"))
    code, shown = at_terminal(work, "t" + "d")
    assert "it can't be taken: no requirement says it" in shown
    assert "answer with d, s or q" in shown
    assert code == 0
    assert check(work.top, afresh=True).in_sync


def test_where_there_is_no_terminal_nothing_is_asked(work: Work) -> None:
    three_edits(work)
    before = held(work)
    ran = work.specc("absorb", "--interactive")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "asks at a terminal, and there is none" in ran.stderr
    assert held(work) == before
    code, shown = at_terminal(work, "", "--format", "json")
    assert code == 2
    assert "asks at a terminal" in shown


def test_what_is_shown_can_not_command_the_terminal(work: Work) -> None:
    edit(work, PROMPT, ("renew the loan", "renew\x1b[2J the loan"))
    _, shown = at_terminal(work, "q")
    assert "renew\\x1b[2J the loan" in shown
    assert "\x1b[2J" not in shown
