"""A project as `specc init` makes it, and its commands."""

from collections.abc import Callable
from pathlib import Path

import pytest

from speclang.cli.main import main
from tests.fixtures.commands import KEY, Say


@pytest.fixture
def project(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a project, in which the test stands."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("THE_KEY", KEY)
    assert main(["init"]) == 0
    capsys.readouterr()
    return tmp_path


@pytest.fixture
def specc(project: Path, capsys: pytest.CaptureFixture[str]) -> Say:
    """Run a command in `project`; its exit code and what it prints."""

    def say(*arguments: str) -> tuple[int, str, str]:
        code = main(list(arguments))
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    return say


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], Say]:
    """Goes into a folder, to run commands there."""

    def into(folder: Path) -> Say:
        monkeypatch.chdir(folder)

        def said(*arguments: str) -> tuple[int, str, str]:
            code = main(list(arguments))
            shown = capsys.readouterr()
            return code, shown.out, shown.err

        return said

    return into
