"""Projects, their commands, and the browser that looks at what they write."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from speclang.cli.main import main
from tests.fixtures.browser import BROWSER
from tests.fixtures.commands import KEY, Say
from tests.strategies.bench import SPEC

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture
def project(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a project, in which the test stands."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("THE_KEY", KEY)
    assert main(["init"]) == 0
    capsys.readouterr()
    return tmp_path


@pytest.fixture
def judged(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a project with a tone that only a judge can tell, in which the test stands."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("THE_KEY", KEY)
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs/desk.spec").write_text(SPEC, encoding="utf-8")
    (tmp_path / "specc.toml").write_text("", encoding="utf-8")
    assert main(["build"]) == 0
    capsys.readouterr()
    return tmp_path


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


@pytest.fixture
def specc(project: Path, say: Callable[[Path], Say]) -> Say:
    """Run a command in `project`; its exit code and what it prints."""
    return say(project)


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    """A Chromium without a window."""
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as started:
        one = started.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield one
        one.close()
