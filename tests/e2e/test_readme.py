"""The README is a script: its spec is compiled, its commands are run, and what they print is what it shows."""

import re
from pathlib import Path

import pytest

from tests.e2e.test_scripts import run

README = Path(__file__).parents[2] / "README.md"
CONSOLE = re.compile(r"```console\n(.*?)```", re.DOTALL)


def test_the_readme_shows_what_happens(tmp_path: Path, *, accept: bool) -> None:
    text = README.read_text(encoding="utf-8")
    spec = re.search(r"```spec\n(.*?)```", text, re.DOTALL)
    assert spec is not None
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs" / "desk.spec").write_text(spec[1], encoding="utf-8")
    (tmp_path / "specc.toml").write_text('specs = "specs"\n', encoding="utf-8")
    shown = CONSOLE.sub(lambda block: f"```console\n{played(block[1], tmp_path)}```", text)
    if shown != text and accept:
        README.write_text(shown, encoding="utf-8")
    elif shown != text:
        pytest.fail(f"{shown}\n(`make accept` stores what is shown now)", pytrace=False)


def played(block: str, folder: Path) -> str:
    """The commands of a block, each with what it prints."""
    lines: list[str] = []
    for command in (line for line in block.splitlines() if line.startswith("$ ")):
        cat = command.removeprefix("$ cat ")
        printed = run(f"= {cat}" if cat != command else command, folder)
        lines.extend([command, *(line for line in printed if not line.startswith("? "))])
    return "".join(f"{line}\n" for line in lines)


def test_the_readme_is_short() -> None:
    assert len(README.read_text(encoding="utf-8").splitlines()) <= 150
