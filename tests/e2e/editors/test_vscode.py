"""The extension for VS Code builds, its types hold, and its own tests pass against the language server of this checkout."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[3] / "editors/vscode"

pytestmark = pytest.mark.skipif(
    shutil.which("npm") is None or not (FOLDER / "node_modules/esbuild").is_dir(),
    reason="run `npm ci` in editors/vscode",
)


def npm(home: Path, *command: str, **env: str) -> str:
    """What a script of the extension prints; it is given a home folder, where npm keeps its records."""
    done = subprocess.run(
        [shutil.which("npm") or "npm", *command],
        cwd=FOLDER,
        env={**os.environ, "HOME": str(home), **env},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_its_types_hold_and_it_is_bundled(tmp_path: Path) -> None:
    npm(tmp_path, "run", "types")
    npm(tmp_path, "run", "build")
    assert (FOLDER / "dist/extension.js").stat().st_size > 10_000


@pytest.mark.slow
def test_its_own_tests_pass_against_this_language_server(tmp_path: Path) -> None:
    said = npm(tmp_path, "test", SPECC=str(Path(sys.executable).with_name("specc")))
    assert "# fail 0" in said
    assert "# skipped 0" in said


def test_all_that_it_names_is_there() -> None:
    package = json.loads((FOLDER / "package.json").read_text(encoding="utf-8"))
    offered = package["contributes"]
    named = [one["path"] for one in (*offered["grammars"], *offered["snippets"])]
    named += [one["configuration"] for one in offered["languages"]]
    assert [one for one in named if not (FOLDER / one).is_file()] == []
    source = (FOLDER / "src/extension.js").read_text(encoding="utf-8")
    assert [one["command"] for one in offered["commands"] if f"'{one['command']}'" not in source] == []
