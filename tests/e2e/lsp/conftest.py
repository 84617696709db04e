"""A project that is built once, copied for each file of tests, with an editor that has it open."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from speclang.engine.build import build
from tests.strategies.editor import Editor

ROOT = Path(__file__).parents[3]
REFUNDS = "specs/refunds/refunds.spec"
PROMPT = "generated/refunds/prompt.md"


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The refund assistant and the policies that it uses, in sync."""
    folder = tmp_path_factory.mktemp("built")
    for name in ("refunds", "policies"):
        shutil.copytree(ROOT / "specs" / name, folder / "specs" / name)
    (folder / "specc.toml").write_text("", encoding="utf-8")
    assert build(folder).done
    return folder


@pytest.fixture(scope="module")
def project(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of it."""
    folder = tmp_path_factory.mktemp("project") / "desk"
    shutil.copytree(built, folder)
    return folder


@pytest.fixture(scope="module")
def editor(project: Path) -> Iterator[Editor]:
    """An editor with the project; one server for all tests of a file."""
    made = Editor(project)
    yield made
    assert made.close() == 0
    assert "please report" not in made.log
