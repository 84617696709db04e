"""Every editor colours the specs that ship as the compiler reads them, and its own indentation leaves them as they are."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from pygments.lexers import get_lexer_for_filename
from pygments.token import Token

from speclang.syntax.colours.lexer import TOKENS, FeatureLexer
from speclang.syntax.colours.looks import NAMES, looks

ROOT = Path(__file__).parents[3]
EDITORS = ROOT / "editors"
SPECS = [path.relative_to(ROOT).as_posix() for path in sorted((ROOT / "specs").rglob("*.spec"))]

FACES = {
    "comment": {"font-lock-comment-face", "font-lock-comment-delimiter-face"},
    "text": {"font-lock-string-face"},
    "escape": {"font-lock-string-face"},
    "hole": {"font-lock-variable-name-face font-lock-string-face"},
    "pattern": {"font-lock-string-face"},
    "number": {"font-lock-constant-face"},
    "date": {"font-lock-constant-face"},
    "id": {"font-lock-constant-face"},
    "unit": {"font-lock-type-face"},
    "head": {"font-lock-keyword-face"},
    "level": {"specc-level-face"},
    "constant": {"font-lock-constant-face"},
    "word": {"font-lock-builtin-face"},
}
"""The faces of Emacs for what has any."""


def printed(home: Path, *command: str) -> dict[str, object]:
    """What a program prints as JSON; editors leave traces in the home folder, so they get one."""
    env = {**os.environ, "HOME": str(home)}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, encoding="utf-8", check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert isinstance(answer, dict)
    return answer


def ours(path: str) -> Iterator[tuple[int, str, str]]:
    """Each character that can be seen: where it stands, what it is, and its line."""
    text = (ROOT / path).read_text(encoding="utf-8")
    for look in looks(text):
        for at in range(look.start, look.end):
            if not text[at].isspace():
                yield at, look.name, f"{path}:{text.count(chr(10), 0, at) + 1}"


def differing(path: str, theirs: dict[int, str]) -> list[str]:
    return [f"{where} {name}, not {theirs.get(at)}" for at, name, where in ours(path) if theirs.get(at) != name][:5]


def test_every_character_has_one_look() -> None:
    for path in SPECS:
        text = (ROOT / path).read_text(encoding="utf-8")
        found = list(looks(text))
        assert "".join(text[one.start : one.end] for one in found) == text
        assert {one.name for one in found} <= set(NAMES)
    assert set(TOKENS) == set(NAMES)


@pytest.mark.parametrize("text", ['a "', '"""', "- #\n{", "REF-1 rule \x00 é", "must\tmust must_not;must", "\r\n;;\n"])
def test_what_is_no_spec_has_looks_too(text: str) -> None:
    assert "".join(text[one.start : one.end] for one in looks(text)) == text


def test_pygments_knows_specs_and_leaves_those_of_rpm_alone() -> None:
    for path in SPECS:
        text = (ROOT / path).read_text(encoding="utf-8")
        assert isinstance(get_lexer_for_filename(path, text), FeatureLexer)
        found = list(FeatureLexer().get_tokens_unprocessed(text))
        assert "".join(value for _, _, value in found) == text
        assert Token.Error not in {kind for _, kind, _ in found}
    rpm = "Name: hello\nVersion: 1\n%description\nA greeting.\n"
    assert not isinstance(get_lexer_for_filename("hello.spec", rpm), FeatureLexer)


@pytest.mark.skipif(shutil.which("node") is None, reason="Node.js is not here")
def test_the_grammar_of_vs_code_agrees_with_the_compiler(tmp_path: Path) -> None:
    if not (EDITORS / "vscode/node_modules/vscode-textmate").is_dir():
        pytest.skip("run `npm ci` in editors/vscode")
    found = printed(tmp_path, "node", "editors/vscode/test/looks.mjs", *SPECS)
    for path in SPECS:
        runs = found[path]
        assert isinstance(runs, list)
        assert differing(path, {at: name for name, start, end in runs for at in range(start, end)}) == []


@pytest.mark.skipif(shutil.which("nvim") is None, reason="Neovim is not here")
def test_the_syntax_of_vim_agrees_with_the_compiler_and_its_indent_with_fmt(tmp_path: Path) -> None:
    script = EDITORS / "vim/test/looks.lua"
    found = printed(
        tmp_path, "nvim", "--clean", "--headless", "--cmd", f"set rtp^={EDITORS}/vim", "-c", f"luafile {script}", *SPECS
    )
    lines = found["looks"]
    assert isinstance(lines, dict)
    for path in SPECS:
        text = (ROOT / path).read_text(encoding="utf-8")
        theirs: dict[int, str] = {}
        start = 0
        for line, cells in zip(text.split("\n"), lines[path], strict=False):
            byte = 0
            for at, character in enumerate(line):
                theirs[start + at] = cells[byte]
                byte += len(character.encode())
            start += len(line) + 1
        assert differing(path, theirs) == []
    assert found["types"] == dict.fromkeys(SPECS, "specc")
    assert found["indented"] == []


@pytest.mark.skipif(shutil.which("emacs") is None, reason="Emacs is not here")
def test_the_mode_of_emacs_agrees_with_the_compiler_and_its_indent_with_fmt(tmp_path: Path) -> None:
    script = "editors/emacs/test/looks.el"
    found = printed(tmp_path, "emacs", "-Q", "--batch", "-L", "editors/emacs", "-l", script, *SPECS)
    for path in SPECS:
        one = found[path]
        assert isinstance(one, dict)
        assert one["mode"] == "specc-mode"
        assert one["indented"] is False
        wrong = [
            f"{where} {name}, not {one['faces'][at]}"
            for at, name, where in ours(path)
            if one["faces"][at] not in FACES.get(name, {""})
        ]
        assert wrong[:5] == []
