"""Exported suites and prompts in the real tools: the verdicts of `specc score`, and texts as they stand.

The tools are installed by `make peers`; where they are not, these tests are skipped and say so.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from speclang.engine.compiling import Opened, open_project
from speclang.engine.exporting.exporting import export
from tests.strategies.exports import FEATURES, NODE, PEERS, node, plan_of, python, ran, scored, told, written


@python
@pytest.mark.slow
def test_inspect_scores_every_answer_as_score_does(tmp_path: Path) -> None:
    places = {one: written(tmp_path, "inspect-ai", one, cases=8) for one in FEATURES}
    for feature, place in places.items():
        (place / "task.py").rename(place / f"{feature}_task.py")
    merged = tmp_path / "answers.jsonl"
    merged.write_text("".join((one / "answers.jsonl").read_text("utf-8") for one in places.values()), encoding="utf-8")
    ran(tmp_path, PEERS / "bin/inspect", "eval", *(f"inspect-ai/{one}/{one}_task.py" for one in places), "--model", "mockllm/model",
        "--display", "none", "--log-dir", tmp_path / "logs", "--limit", "8", SPECC_ANSWERS=str(merged))  # fmt: skip
    read = """
import json, sys
from inspect_ai.log import list_eval_logs, read_eval_log
rows = []
for one in list_eval_logs(sys.argv[1]):
    log = read_eval_log(one)
    assert log.status == "success", log.error
    for sample in log.samples:
        for name, score in sample.scores.items():
            rows.append([log.eval.task, sample.id, sample.epoch, sample.metadata["requirement"], name, score.value, score.explanation])
print(json.dumps(rows))
"""
    rows = json.loads(ran(tmp_path, PEERS / "bin/python", "-c", read, tmp_path / "logs"))
    states = {"C": "pass", "I": "fail"}
    for feature in FEATURES:
        for sample in (1, 2):
            mine = [row for row in rows if row[0].rpartition("/")[2] == feature and row[2] == sample]
            cases = {row[1] for row in mine}
            assert cases
            there = {
                (row[1], row[4]): (states[row[5]], row[6]) for row in mine if row[4] != "primary" and row[5] in states
            }
            assert there == {key: said for key, said in told(scored(feature, sample)).items() if key[0] in cases}
            primary = {
                (row[1], row[3]): (states[row[5]], row[6]) for row in mine if row[4] == "primary" and row[5] in states
            }
            assert primary.items() <= there.items()


LIVE = """
import json, sys
sys.path.insert(0, ".")
from inspect_ai import eval
from inspect_ai.model import ModelOutput, ModelUsage, get_model
from task import suite

def said(name, text, **arguments):
    output = ModelOutput.for_tool_call("m", name, arguments) if name else ModelOutput.from_content("m", text)
    output.usage = ModelUsage(input_tokens=1, output_tokens=1, total_tokens=2)  # else it would load a vocabulary to count them
    return output

outputs = [
    said("lookup_order", "", order_id="A000000"),
    said("handoff", "", reason="it failed"),
    said("", "A colleague answers within 24 hours. Anything else?"),
]
model = get_model("mockllm/model", custom_outputs=outputs)
log, = eval(suite(), model=model, sample_id="TOOL-1/nominal", display="none", log_dir="logs")
sample, = log.samples
scores = {name: [one.value, one.explanation] for name, one in sample.scores.items()}
assert log.status == 'success', log.error
print(json.dumps([[[one.role, one.text] for one in sample.messages], scores]))
"""


@python
@pytest.mark.slow
def test_inspect_holds_a_conversation_with_the_tools_that_the_case_simulates(tmp_path: Path) -> None:
    place = written(tmp_path, "inspect-ai", "refunds", cases=1)
    messages, scores = json.loads(ran(place, PEERS / "bin/python", "-c", LIVE).splitlines()[-1])
    assert [role for role, _ in messages] == ["system", "user", "assistant", "tool", "assistant", "tool", "assistant"]
    assert messages[3][1] == '{"error": "timeout"}'
    assert messages[5][1] == '{"ok": true}'
    assert scores["primary"][0] == scores["TOOL-1"][0] == scores["FMT-1"][0] == "C"


PYDANTIC = """
import json, os, sys
rows = []
for feature in sys.argv[1:]:
    for name in ("evaluate", "specc_checks_" + feature):
        sys.modules.pop(name, None)
    sys.path.insert(0, feature)
    os.environ["SPECC_ANSWERS"] = feature + "/answers.jsonl"
    from evaluate import answer, checks, dataset
    known = dataset()
    known.cases = [one for one in known.cases if checks.answers(one.inputs["case"])]
    report = known.evaluate_sync(answer, progress=False)
    assert not report.failures and not any(one.evaluator_failures for one in report.cases), report
    for one in report.cases:
        rows += [[feature, one.name, id, said.value, said.reason] for id, said in one.assertions.items()]
    sys.path.pop(0)
print(json.dumps(rows))
"""


@python
@pytest.mark.slow
def test_pydantic_evals_asserts_what_score_says(tmp_path: Path) -> None:
    for feature in FEATURES:
        written(tmp_path, "pydantic-evals", feature, sample=2, cases=8)
    rows = json.loads(ran(tmp_path / "pydantic-evals", PEERS / "bin/python", "-c", PYDANTIC, *FEATURES))
    for feature in FEATURES:
        there = {(case, id): ("pass" if value else "fail", why) for of, case, id, value, why in rows if of == feature}
        cases = {case for case, _ in there}
        assert there == {key: said for key, said in told(scored(feature, 2)).items() if key[0] in cases}
        assert len(cases) == min(8, len(plan_of(feature).cases))


@python
@pytest.mark.slow
@pytest.mark.parametrize("feature", ["extraction", "refunds", "tracking"])
def test_deepeval_measures_what_score_says(feature: str, tmp_path: Path) -> None:
    place = written(tmp_path, "deepeval", feature, cases=8)
    ran(place, PEERS / "bin/deepeval", "test", "run", f"test_{feature}.py", code=(0, 1))
    run = json.loads((place / ".deepeval/.latest_test_run.json").read_text(encoding="utf-8"))["testRunData"]
    for sample in (1, 2):
        there = {
            (one["metadata"]["answer"]["case"], metric["name"]): (
                "pass" if metric["score"] else "fail",
                metric["reason"],
            )
            for one in run["testCases"]
            if one["metadata"]["answer"]["sample"] == sample
            for metric in one["metricsData"]
        }
        cases = {case for case, _ in there}
        assert cases
        assert there == {key: said for key, said in told(scored(feature, sample)).items() if key[0] in cases}


@python
@node
@pytest.mark.slow
@pytest.mark.parametrize("feature", ["extraction", "refunds"])
def test_promptfoo_asserts_what_score_says(feature: str, tmp_path: Path) -> None:
    place = written(tmp_path, "promptfoo", feature, sample=2, cases=5)
    results = promptfoo(place, "--filter-first-n", "5")
    there = {
        (one["vars"]["case"], part["assertion"]["metric"]): ("pass" if part["pass"] else "fail", part["reason"])
        for one in results
        for part in one["gradingResult"]["componentResults"]
    }
    cases = {case for case, _ in there}
    assert len(cases) == 5
    assert there == {key: said for key, said in told(scored(feature, 2)).items() if key[0] in cases}


def promptfoo(place: Path, *options: str) -> list[Mapping[str, Any]]:
    """The results of an evaluation; a test that fails makes its exit code 100."""
    ran(place, "node", NODE / "node_modules/promptfoo/dist/src/entrypoint.js", "eval", "--no-cache", "--no-table", "--no-progress-bar",
        "-o", "out.json", *options, code=(0, 100), PROMPTFOO_PYTHON=str(PEERS / "bin/python"))  # fmt: skip
    found: list[Mapping[str, Any]] = json.loads((place / "out.json").read_text(encoding="utf-8"))["results"]["results"]
    return found


def escaped(text: str) -> str:
    """`text` as a spec writes it; `«tier»` is a hole."""
    return text.replace("\\", "\\\\").replace("{", "\\{").replace('"', '\\"').replace("«", "{").replace("»", "}")


ROLE = (
    "You are {{ 1 + 1 }} and {% if x %} {# c #} ${HOME} {{env.HOME}} and \\{{tier}} \\\\{{ {«tier»} {{{triple}}} "
    "end\\«tier» {"
)
TRICKY = f"""\
feature tricky "{escaped("Tricky {{ x }} --- {% raw %}")}" {{
  role "{escaped(ROLE)}"
  given tier text {{ name "the tier"; from context; typical "{escaped("{{ tier }} <b> & ---")}" }}
  ask "{escaped("Hello {{ name }} {% raw %} {% endraw %} &anchor *alias ${HOME}, {{env.HOME}} {")}"
  X-1 format "Short" {{ must words <= 40; must contains "{escaped("{{ env.HOME }} {% x %}")}" }}
  X-2 prose {{ text "{escaped("Say --- and # hash: {{#if}} {{/if}} {{> partial}} <<not>> and 'single'.")}" }}
  X-3 prose {{ text "{escaped("The tier is «tier», `{{` and }} }}} too.")}" }}
}}
"""


@pytest.fixture
def tricky(tmp_path: Path) -> Opened:
    """A spec whose texts are what other tools take for templates, variables and marks of YAML."""
    (tmp_path / "specs").mkdir()
    (tmp_path / "specc.toml").write_text('specs = "specs"\n', encoding="utf-8")
    (tmp_path / "specs/tricky.spec").write_text(TRICKY, encoding="utf-8")
    found = open_project(tmp_path)
    assert not found.compiled.diagnostics, [one.title for one in found.compiled.diagnostics]
    return found


def asked(tricky: Opened) -> list[Mapping[str, str]]:
    """The messages of the first case, as they have to arrive."""
    text = export(tricky, "openai-batch", "tricky").texts["batch.jsonl"]
    messages: list[Mapping[str, str]] = json.loads(text.splitlines()[0])["body"]["messages"]
    assert "{{ 1 + 1 }} and {% if x %} {# c #} ${HOME} {{env.HOME}}" in messages[0]["content"]
    assert "{{ tier }} <b> & ---" in messages[0]["content"]
    return messages


def put(place: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        (place / name).write_text(text, encoding="utf-8", newline="")


@python
@pytest.mark.slow
def test_prompty_shows_a_tricky_prompt_as_it_is(tricky: Opened, tmp_path: Path) -> None:
    put(tmp_path, export(tricky, "prompty", "tricky").texts)
    script = """
import json, prompty, sys
made = prompty.prepare(prompty.load("tricky.prompty"), json.loads(sys.argv[1]))
print(json.dumps([[one.role, "".join(part.value for part in one.parts)] for one in made]))
"""
    tier = json.dumps({"tier": "{{ tier }} <b> & ---"})
    shown = json.loads(ran(tmp_path, PEERS / "bin/python", "-c", script, tier))
    assert shown == [["system", asked(tricky)[0]["content"].rstrip("\n")]]


@node
@pytest.mark.slow
def test_dotprompt_shows_a_tricky_prompt_as_it_is(tricky: Opened, tmp_path: Path) -> None:
    put(tmp_path, export(tricky, "dotprompt", "tricky").texts)
    script = """
const { Dotprompt } = require(process.argv[1] + '/node_modules/dotprompt');
const text = require('fs').readFileSync('tricky.prompt', 'utf8');
new Dotprompt().render(text, { input: JSON.parse(process.argv[2]) }).then((made) =>
  console.log(JSON.stringify(made.messages.map((one) => [one.role, one.content.map((part) => part.text).join('')]))));
"""
    shown = json.loads(ran(tmp_path, "node", "-e", script, NODE, json.dumps({"tier": "{{ tier }} <b> & ---"})))
    assert shown == [["system", asked(tricky)[0]["content"].rstrip("\n")]]


@python
@node
@pytest.mark.slow
def test_promptfoo_asks_with_a_tricky_prompt_as_it_is(tricky: Opened, tmp_path: Path) -> None:
    put(tmp_path, export(tricky, "promptfoo", "tricky").texts)
    (tmp_path / "subject.py").write_text(
        'def answer(request):\n    return "{{ env.HOME }} {% x %} for " + request["context"]["tier"]\n',
        encoding="utf-8",
    )
    ran_in = {"SPECC_SUBJECT": "subject:answer", "PROMPTFOO_PYTHON": str(PEERS / "bin/python")}
    ran(tmp_path, "node", NODE / "node_modules/promptfoo/dist/src/entrypoint.js", "eval", "--no-cache", "--no-table", "--no-progress-bar",
        "-o", "out.json", "--filter-first-n", "1", code=(0, 100), **ran_in)  # fmt: skip
    (result,) = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["results"]["results"]
    assert json.loads(result["prompt"]["raw"]) == asked(tricky)
    assert result["response"]["output"] == "{{ env.HOME }} {% x %} for {{ tier }} <b> & ---"
    assert result["success"], result["gradingResult"]


@python
@pytest.mark.slow
def test_inspect_and_pydantic_evals_ask_with_a_tricky_prompt_as_it_is(tricky: Opened, tmp_path: Path) -> None:
    for format in ("inspect-ai", "pydantic-evals"):
        (tmp_path / format).mkdir()
        put(tmp_path / format, export(tricky, format, "tricky").texts)
    script = """
import json, sys
from inspect_ai import eval
from inspect_ai.model import get_model
sys.path.insert(0, "inspect-ai")
from task import suite
log, = eval(suite(), model=get_model("mockllm/model"), limit=1, display="none", log_dir="logs")
sys.path.insert(0, "pydantic-evals")
from evaluate import dataset
print(json.dumps([[[one.role, one.text] for one in log.samples[0].messages[:2]], dataset().cases[0].inputs["said"]]))
"""
    messages, said = json.loads(ran(tmp_path, PEERS / "bin/python", "-c", script).splitlines()[-1])
    wanted = asked(tricky)
    assert messages == [[one["role"], one["content"]] for one in wanted]
    assert said == [wanted[1]["content"]]
