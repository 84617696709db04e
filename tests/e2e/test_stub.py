"""The obedient stub: it follows the clauses that stand in the prompt and no others, and nobody can take it for a model."""

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from speclang.assure.evaluate import evaluate
from speclang.assure.outcome import Evaluated, Wish
from speclang.cli.main import main
from speclang.grading.holding import Call

Say = Callable[..., tuple[int, str, str]]
SPECS = Path(__file__).parents[2] / "specs"


@pytest.fixture
def specc(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Say:
    monkeypatch.chdir(tmp_path)

    def say(*arguments: str) -> tuple[int, str, str]:
        code = main(list(arguments))
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    return say


def example(folder: Path, name: str) -> None:
    """The example `name` as a project of its own, built."""
    for path in (*(SPECS / name).glob("*.spec"), *(SPECS / "policies").glob("*.spec")):
        target = folder / path.relative_to(SPECS.parent)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(path.read_text("utf-8"), encoding="utf-8")
    (folder / "specc.toml").write_text("", encoding="utf-8")
    assert main(["build", "--project", str(folder)]) == 0


def asked(folder: Path, **wish: str) -> dict[str, Call]:
    found = evaluate(folder, Wish(target="stub", **wish))  # type: ignore[arg-type]
    assert isinstance(found, Evaluated)
    return {one.standing.requirement: one.decision.call for one in found.rows if one.standing.rate.n}


@pytest.mark.parametrize("name", ["first", "refunds"])
def test_with_all_clauses_in_the_prompt_everything_holds(tmp_path: Path, name: str) -> None:
    example(tmp_path, name)
    assert {id: call for id, call in asked(tmp_path).items() if call is not Call.HOLDS} == {}


def test_a_requirement_whose_clause_is_missing_fails_and_no_other(tmp_path: Path) -> None:
    example(tmp_path, "first")
    prompt = tmp_path / "generated/first/prompt.md"
    built = prompt.read_text("utf-8")
    lines = [line for line in built.splitlines() if line.startswith("- ")]
    fell: list[set[str]] = []
    for line in lines:
        prompt.write_text(built.replace(line, ""), encoding="utf-8")
        fell.append({id for id, call in asked(tmp_path).items() if call is Call.FAILS})
    assert fell == [set(), {"LOAN-1"}, {"LOAN-2"}, {"FMT-1"}]  # the first line tells of a given


def test_its_results_bear_its_name_wherever_they_stand(tmp_path: Path, specc: Say) -> None:
    specc("init")
    code, out, _ = specc("eval", "--target", "stub")
    assert code == 3
    assert "by the obedient stub, which is no model" in out
    code, out, err = specc("eval", "--target", "stub", "--format", "json")
    assert (code, json.loads(out)["stub"]) == (3, True)
    assert "by the obedient stub" in err
    assert "By the obedient stub" in specc("eval", "--target", "stub", "--format", "markdown")[1]
    assert 'name="specc eval (stub)"' in specc("eval", "--target", "stub", "--format", "junit")[1]
    _, out, _ = specc("check", "--evidence")
    assert "the stub's: 8" in out
    assert "evidence: 0 executed, 0 stale, 3 generated, 0 declared" in out
    assert specc("trace", "--uncovered")[1].splitlines()[-1].startswith("evidence: 0 executed")
    code, _, err = specc("gate", "--bless")
    assert code == 2
    assert "the obedient stub's: what it shows is no baseline" in err
    with sqlite3.connect(tmp_path / ".specc/answers.db") as store:
        assert store.execute("SELECT DISTINCT stub, model FROM answers").fetchall() == [(1, "stub")]
        assert store.execute("SELECT DISTINCT stub FROM runs").fetchall() == [(1,)]
    store.close()
