"""Runs the scripts of this folder: what a user types, what they see, and the files before and after, in one text.

A script starts with its sentence (`# …`). Then:

    $ specc build          a command; its standard output follows as it is
    ! text                 a line of its standard error
    ? 1                    its exit code, where it is not 0
    = path                 stands for `cat path`: what the file holds follows
    $ echo text >> path    the file gets the text as a further line
    $ write path           the file gets the content of the section `-- path --` whose turn it is
    $ git …                git, with the settings of the repository only, and hooks that find `specc`
    $ edit path old new    the one `old` in the file becomes `new`; `rm path` removes a file or folder, `ls` lists the files
    $ encode path latin-1  the file is written in another encoding; `$ link path target`, `$ folder path` make what they say
    $ NAME=value specc …   with this in the environment

Sections `-- path --` at the end hold files; those never named by a `write` are there from the start. `…` stands for any
text within a line, a line `…` for any lines. `--accept` rewrites outputs, and keeps lines that still match.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path

import pytest

from tests.strategies.git import Work

SCRIPTS = sorted((Path(__file__).parent / "scripts").glob("*.txt"))
PACKAGE = Path(__file__).parents[2]


@dataclass
class Step:
    """One command with what is expected of it."""

    command: str
    expected: list[str] = field(default_factory=list)


@dataclass
class Script:
    """A parsed script: `head` are the lines above the first command."""

    head: list[str]
    steps: list[Step]
    files: list[tuple[str, str]]


def parse(text: str) -> Script:
    body, *sections = re.split(r"(?m)^-- (\S+) --\n", text)
    files = list(zip(sections[::2], sections[1::2], strict=True))
    script = Script([], [], files)
    for line in body.splitlines():
        if line.startswith(("$ ", "= ")):
            script.steps.append(Step(line))
        elif script.steps:
            script.steps[-1].expected.append(line)
        else:
            script.head.append(line)
    return script


def run(command: str, folder: Path) -> list[str]:
    """The lines that `command` shows in `folder`."""
    if command.startswith("= "):
        return (folder / command[2:]).read_text(encoding="utf-8").splitlines()
    words = shlex.split(command[2:])
    variables = list(takewhile(lambda word: re.fullmatch(r"[A-Z_]+=.*", word), words))
    match words[len(variables) :]:
        case ["specc", *arguments]:
            environment = {
                "PYTHONPATH": str(PACKAGE),
                "PATH": os.defpath if (folder / ".git").exists() else "",
                "HOME": str(folder / "no-home"),
                "PYTHONHASHSEED": "random",
                **dict(one.split("=", 1) for one in variables),
            }
            ran = subprocess.run(
                [sys.executable, "-m", "speclang", *arguments],
                cwd=folder,
                capture_output=True,
                encoding="utf-8",
                check=False,
                env=environment,
            )
            shown = ran.stdout.splitlines() + [f"! {line}".rstrip() for line in ran.stderr.splitlines()]
            return shown + ([f"? {ran.returncode}"] if ran.returncode else [])
        case ["git", *arguments]:
            ran = Work(folder).tried(*arguments)
            return [
                *ran.stdout.splitlines(),
                *ran.stderr.splitlines(),
                *([f"? {ran.returncode}"] if ran.returncode else []),
            ]
        case ["chmod", "+x", path]:
            (folder / path).chmod(0o755)
        case ["rm", path]:
            shutil.rmtree(folder / path) if (folder / path).is_dir() else (folder / path).unlink()
        case ["folder", path]:
            (folder / path).mkdir(parents=True)
        case ["link", path, target]:
            (folder / path).symlink_to(target)
        case ["encode", path, encoding]:
            (folder / path).write_bytes((folder / path).read_text(encoding="utf-8").encode(encoding))
        case ["edit", path, old, new]:
            text = (folder / path).read_text(encoding="utf-8")
            assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
            (folder / path).write_text(text.replace(old, new), encoding="utf-8")
        case ["echo", text, ">>", path]:
            with (folder / path).open("a", encoding="utf-8") as file:
                file.write(f"{text}\n")
        case ["ls"]:
            return sorted(
                path.relative_to(folder).as_posix()
                for path in folder.rglob("*")
                if path.is_file() and ".specc" not in path.parts
            )
        case _:
            raise AssertionError(f"a script can't do `{command}`")
    return []


def matches(expected: list[str], shown: list[str]) -> bool:
    """Whether `shown` is what `expected` allows."""
    pattern = "".join(
        r"(?:.*\n)*?" if line == "…" else ".*?".join(map(re.escape, line.split("…"))) + r"\n" for line in expected
    )
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in shown)) is not None


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_a_user_who_types_this_sees_that(path: Path, tmp_path: Path, expect: Callable[[Path, str], None]) -> None:
    script = parse(path.read_text(encoding="utf-8"))
    assert script.head, "a script starts with its sentence"
    assert script.head[0].startswith("# "), "a script starts with its sentence"
    written = [step.command[8:] for step in script.steps if step.command.startswith("$ write ")]
    queued = [(name, text) for name, text in script.files if name in written]
    for name, text in script.files:
        if name not in written:
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text, encoding="utf-8")
    lines = list(script.head)
    for step in script.steps:
        if step.command.startswith("$ write "):
            index = next(at for at, (name, _) in enumerate(queued) if name == step.command[8:])
            name, text = queued.pop(index)
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text, encoding="utf-8")
            shown: list[str] = []
        else:
            shown = [line.replace(str(tmp_path), "<folder>") for line in run(step.command, tmp_path)]
        wanted = step.expected
        while wanted and not wanted[-1]:
            wanted = wanted[:-1]
        gap = [""] * (len(step.expected) - len(wanted))
        lines += [step.command, *(wanted if matches(wanted, shown) else shown), *gap]
    sections = "".join(f"-- {name} --\n{text}" for name, text in script.files)
    expect(path, "\n".join(lines) + "\n" + sections)
