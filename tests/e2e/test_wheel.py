"""What users install is complete: the wheel holds everything that the commands read, and nothing of the workshop."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(ROOT)]
    built = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
    assert built.returncode == 0, built.stderr[-2000:]
    return next(folder.glob("specc-*.whl"))


@pytest.mark.slow
def test_the_wheel_holds_every_file_of_the_package_and_nothing_else(wheel: Path) -> None:
    shipped = {name for name in zipfile.ZipFile(wheel).namelist() if not name.split("/")[0].endswith(".dist-info")}
    ours = {path.relative_to(ROOT).as_posix() for path in (ROOT / "speclang").rglob("*") if path.is_file()}
    assert shipped == {name for name in ours if "__pycache__" not in name}
    assert {"speclang/py.typed", "speclang/syntax/grammar.lark", "speclang/syntax/automaton.json"} <= shipped


@pytest.mark.slow
def test_a_project_is_made_and_checked_with_the_wheel_alone(wheel: Path, tmp_path: Path) -> None:
    installed, project = tmp_path / "installed", tmp_path / "project"
    zipfile.ZipFile(wheel).extractall(installed)
    project.mkdir()
    for command in ("init", "check", "trace", "explain"):
        ran = subprocess.run(
            [sys.executable, "-P", "-m", "speclang", command],
            cwd=project,
            env={"PYTHONPATH": str(installed), "PATH": ""},
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 0, f"{command}: {ran.stdout}{ran.stderr}"
    assert (project / "generated" / "first" / "prompt.md").read_text(encoding="utf-8")
