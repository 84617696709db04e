"""Start-up is a feature with a number: how many modules a command loads stands in `startup.json`, and only falls.

The commands that people wait for (`--help`, `--version`, a `check` where nothing changed, `explain`) load the standard
library and ourselves, nothing else.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

STORED = Path(__file__).with_name("startup.json")
PACKAGE = Path(__file__).parents[2]
HEAVY = {
    "asyncio",
    "email",
    "unittest",
    "xml",
    "http",
    "urllib.request",
    "ssl",
    "multiprocessing",
    "concurrent",
    "importlib.metadata",
}
"""Parts of the standard library that are as heavy as a third-party library."""

COMMANDS = {
    "--version": ["--version"],
    "--help": ["--help"],
    "check, nothing changed": ["check"],
    "build, nothing changed": ["build"],
    "explain a code": ["explain", "E0201"],
    "explain a kind": ["explain", "rule"],
    "check --help": ["check", "--help"],
    "serve --help": ["serve", "--help"],
}

LISTED = """
import sys
before = set(sys.modules)
import io, json
from speclang.cli.main import main
sys.stdout = io.StringIO()
try:
    code = main(sys.argv[1:])
except SystemExit as done:
    code = done.code
sys.__stdout__.write(json.dumps([code, sorted(set(sys.modules) - before - {"io", "json", "json.decoder", "json.encoder", "json.scanner"})]))
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("project")
    made = subprocess.run(
        [sys.executable, "-m", "speclang", "init"],
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    return folder


def environment() -> dict[str, str]:
    return {"PYTHONPATH": str(PACKAGE), "PATH": ""}


def loaded(arguments: list[str], folder: Path) -> list[str]:
    """The modules that a command loads beyond those of a bare interpreter."""
    ran = subprocess.run(
        [sys.executable, "-c", LISTED, *arguments],
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    code, names = json.loads(ran.stdout)
    assert code == 0, ran.stderr
    assert isinstance(names, list)
    return names


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_that_people_wait_for_loads_the_standard_library_only(command: str, project: Path) -> None:
    names = loaded(COMMANDS[command], project)
    ours_or_standard = {"speclang", *sys.stdlib_module_names}
    assert [name for name in names if name.split(".")[0] not in ours_or_standard] == []
    assert [name for name in names if name in HEAVY] == []


@pytest.mark.skipif(sys.version_info[:2] != (3, 11), reason="the numbers are those of Python 3.11")
def test_the_number_of_modules_only_falls(project: Path, accept: bool) -> None:
    now = {command: len(loaded(arguments, project)) for command, arguments in COMMANDS.items()}
    stored = json.loads(STORED.read_text(encoding="utf-8")) if STORED.exists() else {}
    if accept:
        STORED.write_text(json.dumps(now, indent=2) + "\n", encoding="utf-8")
        return
    assert set(stored) == set(now)
    more = {command: f"{stored[command]} -> {number}" for command, number in now.items() if number > stored[command]}
    assert more == {}, "load less, or say why in the commit that raises the number"
    less = {command: f"{stored[command]} -> {number}" for command, number in now.items() if number < stored[command]}
    assert less == {}, "well done: `make accept` keeps it"


def test_the_package_itself_loads_nothing() -> None:
    script = "import sys; before = set(sys.modules); import speclang; print(sorted(set(sys.modules) - before))"
    ran = subprocess.run([sys.executable, "-c", script], env=environment(), capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "['speclang', 'speclang.version']"


def test_a_run_whose_store_is_the_project_s_own_needs_the_standard_library_alone(project: Path, tmp_path: Path) -> None:
    own = shutil.copytree(project, tmp_path / "own")
    (own / "specc.toml").write_text('[targets.own]\nuse = "callable"\nat = "replies_at_start:answer"\n', "utf-8")
    (own / "replies_at_start.py").write_text("def answer(request):\n    return 'Renewed; please return it.'\n", "utf-8")
    names = loaded(["eval", "--case", "FMT-1/nominal"], own)
    assert not {"sqlalchemy", "alembic", "openai", "httpx", "pydantic", "numpy"} & set(names)
