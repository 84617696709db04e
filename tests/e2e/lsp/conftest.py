"""A project that is built once, copied for each file of tests, with an editor that has it open."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fixtures.shop import built_shop
from tests.strategies.editor import Editor

REFUNDS = "specs/refunds/refunds.spec"
PROMPT = "generated/refunds/prompt.md"


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The refund assistant and the policies that it uses, in sync."""
    return built_shop(tmp_path_factory.mktemp("built"))


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
