"""What `specs/specc` promises holds: each case that was built from it is played on the real commands, each named test is there."""

import re
import shutil
from pathlib import Path

import pytest
import yaml
from pydantic import BaseModel

from speclang.cli.main import main
from speclang.engine.build import build
from speclang.engine.starting.start import start

ROOT = Path(__file__).parents[2]
NAMED = re.compile(r"tests/\w+/test_\w+\.py")


class Case(BaseModel):
    """What is read of a case: its input, where that is not typical, and the outcomes that it expects."""

    case: str
    given: dict[str, str] = {}
    expect: dict[str, list[str]] = {}


class Suite(BaseModel):
    """What is read of the cases."""

    typical: dict[str, str]
    cases: list[Case]


SUITE = Suite.model_validate(yaml.safe_load((ROOT / "generated" / "specc" / "cases.yaml").read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that is built."""
    folder = tmp_path_factory.mktemp("fresh") / "project"
    folder.mkdir()
    start(folder)
    assert build(folder).done
    return folder


def arrange(folder: Path, given: dict[str, str]) -> list[str]:
    """Bring the project at `folder` into the state that `given` tells; the command that it names."""
    spec, prompt = next(folder.rglob("*.spec")), next(folder.rglob("prompt.md"))
    before = spec.read_text(encoding="utf-8")
    spec.write_text(
        {"good": before, "changed": before.replace("7 days", "9 days"), "wrong": before.replace("7 days", "7 dyas")}[
            given["specs"]
        ],
        encoding="utf-8",
    )
    text = prompt.read_text(encoding="utf-8")
    prompt.write_text(
        {"edited": text.replace("renew", "extend"), "spaced": text.replace("\n\n", "\n\n\n")}.get(
            given["prompt"], text
        ),
        encoding="utf-8",
    )
    if given["prompt"] == "gone":
        prompt.unlink()
    discard = ["--discard"] if given["command"] == "build" and given["discard"] == "yes" else []
    return [given["command"], *discard, "--project", str(folder)]


def held(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "generated").rglob("*") if path.is_file()}


@pytest.mark.parametrize("case", [pytest.param(one, id=one.case) for one in SUITE.cases if one.expect])
def test_each_case_of_the_rules_holds_on_the_real_command(case: Case, fresh: Path, tmp_path: Path) -> None:
    folder = tmp_path / "project"
    shutil.copytree(fresh, folder)
    command = arrange(folder, SUITE.typical | case.given)
    before = held(folder)
    code = main(command)
    done = {
        "succeed" if code == 0 else "fail" if code == 1 else f"exit {code}",
        "keep" if held(folder) == before else "write",
    }
    assert done == set(case.expect)


def test_each_other_promise_names_tests_that_are_there() -> None:
    named = set(NAMED.findall((ROOT / "specs" / "specc" / "specc.spec").read_text(encoding="utf-8")))
    assert len(named) > 20
    assert [name for name in sorted(named) if not (ROOT / name).is_file()] == []
