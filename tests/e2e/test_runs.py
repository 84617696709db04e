"""What is asked of stored runs: evidence, comparison, the gate; and the targets that need no model."""

import doctest
import json
from importlib import resources
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import speclang
from speclang.source.hashing import digest
from tests.fixtures.commands import Say
from tests.fixtures.misbehaving import Misbehaving, serving, words
from tests.fixtures.recorded import CASES, GOOD, records
from tests.strategies.git import Work


def rows(out: str) -> dict[str, str]:
    """The lines of a table by their first word."""
    lines = [line for line in out.splitlines() if line[:5] in ("LOAN-", "FMT-1")]
    return {line.split()[0]: line for line in reversed(lines)}


def test_recorded_answers_are_graded_without_a_request_and_what_lacks_is_told(project: Path, specc: Say) -> None:
    records(project)
    code, out, _ = specc("eval")
    assert code == 0, out
    assert f"{CASES} of {CASES} answers of then (then.jsonl)" in out
    code, out, _ = specc("eval", "--repeat", "2", "--case", "LOAN-1/nominal")
    assert code == 1
    assert "`LOAN-1/nominal`: no answer to it is recorded" in out


def test_evidence_counts_what_was_measured_on_today_and_tells_the_rest_apart(project: Path, specc: Say) -> None:
    code, out, _ = specc("check", "--evidence")
    assert code == 0
    assert out.endswith("evidence: 0 executed, 0 stale, 3 generated, 0 declared\n")
    assert "executed needs stored runs" in specc("trace", "--uncovered")[1]
    records(project)
    specc("eval")
    _, out, _ = specc("check", "--evidence")
    assert rows(out)["LOAN-1"].split()[1:4] == ["executed", "then.jsonl", "100%"]
    assert out.endswith("evidence: 3 executed, 0 stale, 0 generated, 0 declared\n")
    _, out, _ = specc("trace", "--uncovered")
    assert "evidence: 3 executed, 0 generated, 0 declared only" in out
    _, out, _ = specc("trace", "--uncovered", "--format", "json")
    assert json.loads(out)["summary"]["executed"] == 3

    spec = project / "specs/first.spec"
    spec.write_text(spec.read_text("utf-8").replace("words <= 60", "words <= 59"), encoding="utf-8")
    specc("build")
    _, out, _ = specc("check", "--evidence")
    assert "stale green" in rows(out)["LOAN-1"]
    assert "stale: 4 of 4 passed" in rows(out)["LOAN-1"]
    assert out.endswith("evidence: 0 executed, 3 stale, 0 generated, 0 declared\n")


def test_what_another_prompt_has_shown_is_foreign_and_never_counted(project: Path, specc: Say) -> None:
    records(project)
    prompt = project / "generated/first/prompt.md"
    built = prompt.read_text("utf-8")
    prompt.write_text(built.replace("60", "61"), encoding="utf-8")
    specc("eval")
    prompt.write_text(built, encoding="utf-8")
    _, out, _ = specc("check", "--evidence")
    assert "foreign: 4 of 4 passed" in rows(out)["LOAN-1"]
    assert out.endswith("evidence: 0 executed, 0 stale, 3 generated, 0 declared\n")
    assert specc("trace", "--uncovered")[1].splitlines()[-1].startswith("evidence: 0 executed")


def test_a_gate_lets_through_what_is_no_worse_than_was_blessed(project: Path, specc: Say) -> None:
    assert specc("gate") == (2, "", "specc: nothing has been run yet; `specc eval` runs the cases\n")
    records(project)
    specc("eval")
    assert specc("gate")[2] == "specc: there is no specs/baseline.txt; `specc gate --bless` writes it\n"
    code, out, _ = specc("gate", "--bless")
    assert (code, out) == (0, "wrote specs/baseline.txt: 3 requirements as run 1 (then) has shown them\n")
    held = (project / "specs/baseline.txt").read_text("utf-8")
    assert held.splitlines()[2:4] == ["first FMT-1 FMT-1/nominal 1 1", "first FMT-1 FMT-1/tempt/words-long 1 1"]
    assert specc("check")[0] == 0
    specc("eval")
    assert specc("gate")[0] == 0
    specc("gate", "--bless")
    assert (project / "specs/baseline.txt").read_text("utf-8") == held

    records(project, **{"LOAN-2/nominal": "It is renewed."})
    specc("eval")
    code, out, _ = specc("gate")
    assert code == 1
    assert "worse      first/LOAN-2  3 of 3 before, 2 of 3 now\n           lost: LOAN-2/nominal\n" in out
    specc("gate", "--bless")
    assert specc("gate")[1].splitlines()[2] == "as before  first/LOAN-2  2 of 3 before, 2 of 3 now"
    records(project)
    specc("eval", "--case", "LOAN-1/*")
    code, out, _ = specc("gate")
    assert code == 1
    assert "gone       first/LOAN-2" in out
    assert "           not run: LOAN-2/nominal\n" in out
    assert specc("gate", "--bless")[2] == "specc: run 4 leaves out 5 of the cases; run all of them with `specc eval`\n"
    (project / "specs/baseline.txt").write_text("first LOAN-1 x\n", encoding="utf-8")
    assert specc("gate")[2] == "specc: specs/baseline.txt: line 1 is no line of a baseline\n"


def test_two_runs_are_compared_case_by_case_and_chance_is_no_difference(project: Path, specc: Say) -> None:
    records(project)
    specc("eval")
    records(project, "Hello.")
    specc("eval")
    code, out, _ = specc("compare", "1", "then")
    assert code == 0
    assert rows(out)["LOAN-1"].split("  ")[-1].strip() == "no difference shown"
    assert rows(out)["FMT-1"].split()[-1] == "same"
    _, out, _ = specc("compare", "1", "2", "--format", "json")
    found = {one["requirement"]: one for one in json.loads(out)["requirements"]}
    assert (found["LOAN-2"]["lost"], found["LOAN-2"]["won"], found["LOAN-2"]["pairs"]) == (3, 0, 3)
    assert found["LOAN-1"]["chance"] == pytest.approx(3 * 2 / 2**4)
    assert specc("compare", "1", "7")[0] == 2


def test_only_what_a_change_reaches_is_run(project: Path, specc: Say) -> None:
    records(project)
    Work(project).init().commit()
    code, _, err = specc("eval", "--affected")
    assert (code, err) == (2, "specc: nothing that has changed since `HEAD` reaches a case that is to be run\n")
    spec = project / "specs/first.spec"
    spec.write_text(spec.read_text("utf-8").replace('mentions "renewed"', 'mentions "renew"'), encoding="utf-8")
    specc("build")
    code, out, _ = specc("eval", "--affected", "HEAD", "--format", "json")
    assert code == 0, out
    assert json.loads(out)["of"] == 4


def app(_: object) -> dict[str, object]:
    return {"text": GOOD, "measured": {"latency": 0.25, "cost": 0.01}}


class Application(Misbehaving):
    """A server that is no model: it answers with the fields of a recorded answer."""

    def completion(self, body: dict[str, object]) -> dict[str, object]:
        return self.answer(body)


def test_an_application_behind_an_address_is_handed_the_case_and_answers(
    project: Path, specc: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("APP_TOKEN", "token-4711")
    with serving(app, "500", "429 0", kind=Application) as server:
        settings = f'[targets.app]\nuse = "http"\nat = "{server.url}/answer"\nkey = "APP_TOKEN"\nparameters = {{ deep = true }}\n'
        (project / "specc.toml").write_text(settings, encoding="utf-8")
        code, out, _ = specc("eval", "--concurrency", "1")
        assert code == 0, out
        assert len(server.requests) == CASES + 2
        assert server.keys[0] == "Bearer token-4711"
        first = server.requests[0]
        assert (first["feature"], first["case"], first["sample"]) == ("first", "LOAN-1/nominal", 1)
        assert first["parameters"] == {"deep": True}
        assert (first["context"], first["results"]) == ({}, {})
        assert [one["role"] for one in first["messages"]] == ["system", "user"]
    (project / "specc.toml").write_text('[targets.app]\nuse = "http"\nat = "here"\n', encoding="utf-8")
    assert "names no address" in specc("eval")[2]


SCHEMA = json.loads(resources.files("speclang.report.schemas").joinpath("evaluation.schema.json").read_text("utf-8"))


def test_json_keeps_to_its_schema_and_tells_what_passes_every_time(project: Path, specc: Say) -> None:
    (project / "fickle_app_of_test.py").write_text(
        "def answer(request):\n"
        "    fickle = request['sample'] == 2 and request['case'] == 'LOAN-1/nominal'\n"
        f"    return 'Hello.' if fickle else '{GOOD}'\n",
        encoding="utf-8",
    )
    settings = '[targets.own]\nuse = "callable"\nat = "fickle_app_of_test:answer"\n[gates]\nmust = 0.5\n'
    (project / "specc.toml").write_text(settings, encoding="utf-8")
    code, out, _ = specc("eval", "--repeat", "3", "--format", "json")
    found = json.loads(out)
    Draft202012Validator(SCHEMA).validate(found)
    assert code == 0, found["findings"]
    assert (found["rate"]["pass"], found["rate"]["n"]) == (3 * CASES - 1, 3 * CASES)
    assert (found["every_time"]["pass"], found["every_time"]["n"]) == (CASES - 1, CASES)
    lost = next(one for one in found["requirements"] if one["requirement"] == "LOAN-1")
    assert lost["failures"][0]["repetition"] == 2
    assert "every time that it was run: 88% (n = 8, 53% to 98%) of the cases do" in specc("eval", "--repeat", "3")[1]
    _, out, _ = specc("eval", "--format", "json")
    Draft202012Validator(SCHEMA).validate(json.loads(out))


def test_the_line_on_the_terminal_tells_how_far_it_is() -> None:
    from speclang.assure.outcome import Progress
    from speclang.cli.progress import drawn

    assert drawn(Progress(12, 48, 10, 12, 0.5, 0), 30.0) == (
        "██████░░░░░░░░░░░░░░░░░░  12 of 48  83% pass (n = 12)  0.5000 spent  1 min 30 s left"
    )
    assert drawn(Progress(48, 48, 0, 0, 0.0, 48), 30.0) == "████████████████████████  48 of 48"


def test_the_python_of_the_documentation_says_what_it_shows(project: Path) -> None:
    page = Path(__file__).parents[2] / "docs" / "running.md"
    assert doctest.testfile(str(page), module_relative=False, encoding="utf-8").failed == 0


def test_specs_with_errors_are_not_run(project: Path, specc: Say) -> None:
    records(project)
    spec = project / "specs/first.spec"
    spec.write_text(spec.read_text("utf-8").replace("must decline", "must declin"), encoding="utf-8")
    found = speclang.evaluate(project, target="then")
    assert isinstance(found, speclang.Unfit)
    assert (found.passed, [one.code.id for one in found.diagnostics]) == (False, ["E0201"])
    code, out, _ = specc("eval")
    assert code == 1
    assert "error[E0201]" in out


def test_nothing_is_sent_offline(project: Path, specc: Say) -> None:
    with serving(words(GOOD)) as server:
        settings = f'[targets.small]\nuse = "openai_api"\nmodel = "m"\nat = "{server.url}"\n'
        (project / "specc.toml").write_text(settings, encoding="utf-8")
        code, out, _ = specc("eval", "--offline", "--case", "LOAN-1/*")
        assert code == 1
        assert "no reply to it is in the store, and nothing is sent" in out
        assert server.requests == []
        assert specc("eval")[0] == 0
        assert specc("eval", "--offline")[0] == 0
        assert len(server.requests) == CASES


def test_what_stops_an_application_is_told_harmless_and_stops_nothing_else(project: Path, specc: Say) -> None:
    (project / "hostile_app_of_test.py").write_text(
        "class Odd(str):\n"
        "    pass\n"
        "def answer(request):\n"
        "    match request['case']:\n"
        "        case 'LOAN-1/nominal': raise ValueError('\\x1b[31m\\x00 stop ' + 'x' * 10_000)\n"
        "        case 'LOAN-1/boundary/late=7': return 7\n"
        "        case 'LOAN-1/boundary/late=8': return [1]\n"
        "        case 'LOAN-2/nominal': return {'messages': [{'role': 'wizard', 'content': 'x'}]}\n"
        "        case 'FMT-1/nominal': return {'text': 'return \\ud800', 'measured': {'latency': float('nan')}}\n"
        "    return 'renewed, return'\n",
        encoding="utf-8",
    )
    (project / "specc.toml").write_text(
        '[targets.own]\nuse = "callable"\nat = "hostile_app_of_test:answer"\n', encoding="utf-8"
    )
    code, out, _ = specc("eval", "--concurrency", "1")
    assert code == 1
    assert "\x1b" not in out
    assert "\0" not in out
    assert "error[E0821]: 4 answers did not come" in out
    assert (
        "`hostile_app_of_test:answer` stops at hostile_app_of_test.py:5 with ValueError: \\u001b[31m\\u0000 stop xxx"
        in out
    )
    assert "returned neither a text nor messages, but int" in out
    assert "4 of 8 answers" in out


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("{'role': 'assistant', 'content': {'a': object()}}", "returned what is no JSON: object is none"),
        ("[{'role': 'assistant', 'content': {1, 2}}]", "returned what is no JSON: set is none"),
        ("{'role': 'assistant', (1, 2): 3}", "returned what is no JSON: keys must be"),
        ("(lambda one: one.update(own=one) or one)({'role': 'assistant'})", "returned what is no JSON: Circular"),
        ("{'role': 'assistant', 'content': deep}", "returned what"),
        (
            "{'role': 'assistant', 'content': 'x', 'n': float('inf')}",
            "returned what can't be read: Infinity is not JSON",
        ),
    ],
)
def test_what_an_application_returns_and_nothing_can_hold_is_a_missing_answer(
    project: Path, specc: Say, said: str, why: str
) -> None:
    number = digest(said)
    (project / f"odd_app_{number}.py").write_text(
        "deep = []\n"
        "for _ in range(100_000):\n"
        "    deep = [deep]\n"
        "def answer(request):\n"
        f"    return {said} if request['case'] == 'LOAN-1/nominal' else 'renewed, return'\n",
        encoding="utf-8",
    )
    (project / "specc.toml").write_text(
        f'[targets.own]\nuse = "callable"\nat = "odd_app_{number}:answer"\n', encoding="utf-8"
    )
    code, out, _ = specc("eval")
    assert code == 1
    assert f"`LOAN-1/nominal`: `odd_app_{number}:answer` {why}" in out
    assert "7 of 8 answers" in out
