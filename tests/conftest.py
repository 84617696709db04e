"""Options that all tests share, and walls around them: no network, no home folder, no expectation rewritten in CI."""

import difflib
import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("quick", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
settings.register_profile("long", parent=settings.get_profile("quick"), derandomize=False, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))

LOOPBACK = ("127.0.0.1", "::1")
"""A server that a test has started itself is no network."""

MEASURED = ("unit", "suite")
"""The folders whose tests count for coverage. A law or a script runs the same lines thousands of times: that it reached a line says little
about whether anything would notice if the line were wrong, and watching it took a third of all the time that the tests took."""

Expect = Callable[[Path, str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="rewrite expectations; the difference is printed first")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--accept") and os.environ.get("CI"):
        raise pytest.UsageError("--accept is for people: CI compares and never rewrites")
    os.environ.pop("COLUMNS", None)  # workers get one, and what is shown must not depend on who runs the tests


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    tests = Path(__file__).parent
    for item in items:
        if item.path.relative_to(tests).parts[0] not in MEASURED:
            item.add_marker("no_cover")


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = socket.socket.connect

    def refuse(self: socket.socket, address: Any) -> None:
        if self.family == socket.AF_UNIX or (isinstance(address, tuple) and address[0] in LOOPBACK):
            connect(self, address)
            return
        raise AssertionError("a test reached for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.fixture(autouse=True)
def empty_home(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    home = tmp_path_factory.getbasetemp() / "home"
    home.mkdir(exist_ok=True)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    yield
    assert not any(home.iterdir()), "a test wrote into the home folder"


@pytest.fixture
def accept(request: pytest.FixtureRequest) -> bool:
    """Whether expectations are to be rewritten."""
    return bool(request.config.getoption("--accept"))


@pytest.fixture
def expect(accept: bool) -> Expect:
    """`expect(path, text)`: the file at `path` holds `text`; with `--accept` it is made to, after showing the difference."""

    def compare(path: Path, text: str) -> None:
        stored = path.read_text(encoding="utf-8") if path.exists() else ""
        if stored == text:
            return
        changed = difflib.unified_diff(
            stored.splitlines(), text.splitlines(), f"{path.name} (stored)", f"{path.name} (now)", lineterm=""
        )
        picture = "\n".join(changed)
        if not accept:
            pytest.fail(f"{picture}\n(`make accept` stores what is there now)", pytrace=False)
        print(picture)  # noqa: T201 - the difference that is being accepted
        path.write_text(text, encoding="utf-8")

    return compare
