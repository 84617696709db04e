"""Exported suites say what `specc score` says, case by case, by the file of checks alone."""

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from speclang.engine.answers.score import Scoring
from speclang.engine.exporting.exporting import format_names
from speclang.run.asking import Reply, Request
from speclang.run.loop import play
from speclang.run.messages import reply_of, request_data
from speclang.run.script import Stage
from tests.fixtures.commands import Say
from tests.strategies.exports import (
    FEATURES,
    ROOT,
    answers,
    exported,
    opened,
    plan_of,
    ran,
    scored,
    verdicts,
    written,
)

ALONE = """
import sys, json
sys.modules["speclang"] = None  # nothing of specc can be had
sys.path.insert(0, ".")
import checks
lines = open("answers.jsonl", "rb").read().splitlines()
print(json.dumps([
    [one.case, one.record.sample, said.requirement, str(said.state), said.reason]
    for one in checks.CARRIED.recorded(lines) for said in one.verdicts
]))
"""


@pytest.mark.parametrize("feature", FEATURES)
def test_the_file_of_checks_says_by_itself_what_score_says(feature: str, tmp_path: Path) -> None:
    place = written(tmp_path, "pytest", feature)
    rows = json.loads(ran(place, sys.executable, "-c", ALONE))
    for sample in (1, 2):
        there = {
            (case, requirement): (state, why) for case, number, requirement, state, why in rows if number == sample
        }
        assert there == scored(feature, sample)
    states = {state for *_, state, _ in rows}
    assert {"pass", "fail"} <= states


SEEDED = """
import sys
from pathlib import Path
from speclang.engine.compiling import open_project
from speclang.engine.exporting.exporting import export, format_names
from speclang.source.hashing import digest
opened = open_project(Path("."))
for format in format_names():
    print(format, *(f"{name} {digest(text)}" for name, text in export(opened, format, "first").texts.items()))
"""


def test_what_is_exported_is_the_same_each_time(tmp_path: Path) -> None:
    (tmp_path / "specs").mkdir()
    (tmp_path / "specc.toml").write_text('specs = "specs"\n', encoding="utf-8")
    (tmp_path / "specs/first.spec").write_bytes((ROOT / "specs/first/first.spec").read_bytes())
    shown = {ran(tmp_path, sys.executable, "-c", SEEDED, PYTHONHASHSEED=seed) for seed in ("1", "2")}
    assert len(shown) == 1
    assert len(shown.pop().splitlines()) == len(format_names())


def test_what_can_not_be_said_is_told_with_a_code_and_beside_the_files() -> None:
    made = exported("openai-batch", "refunds")
    assert {one.code.id for one in made.diagnostics} == {"E1005"}
    made = exported("promptfoo", "refunds")
    assert "simulates no tool" in made.texts["README.md"]


def test_pytest_shows_a_test_for_each_case_and_requirement(tmp_path: Path) -> None:
    place = written(tmp_path, "pytest", "refunds", sample=2)
    ran(place, sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", os.devnull, "--rootdir", place,
        "test_refunds.py", "--junitxml=out.xml", code=(0, 1))  # fmt: skip
    shown = {}
    for one in ElementTree.parse(place / "out.xml").iter("testcase"):  # noqa: S314 - it is ours
        requirement = next(iter(one.iter("property"))).attrib["value"]
        case = one.attrib["name"].removeprefix("test_requirement_is_met[").removesuffix(f"-{requirement}]")
        shown[case, requirement] = one.find("failure") is None
    assert shown == {key: state == "pass" for key, (state, _) in scored("refunds", 2).items()}


AGENT = """
def answer(request):
    *before, last = request["messages"]
    if last["role"] == "user":
        call = {"id": "1", "type": "function", "function": {"name": "lookup_order", "arguments": "{}"}}
        return {"messages": [{"role": "assistant", "content": "", "tool_calls": [call]}], "measured": {"tokens": 4}}
    return "It says " + last["content"] + " to " + request["context"]["tier"] + ". Anything else?"
"""


def test_a_function_is_asked_as_specc_eval_asks_it(tmp_path: Path) -> None:
    place = written(tmp_path, "pytest", "refunds", cases=0)
    (place / "agent.py").write_text(AGENT, encoding="utf-8")
    ids = ["TOOL-1/nominal", "EX-1/holdout", "REF-1/nominal"]
    script = f"import json, checks; print(json.dumps([checks.answers(one)[0].record['messages'] for one in {ids}]))"
    told = json.loads(ran(place, sys.executable, "-c", script, SPECC_SUBJECT="agent:answer"))
    space: dict[str, Any] = {}
    exec(AGENT, space)  # noqa: S102 - it is ours
    feature = next(one for one in opened().compiled.program.features if one.name == "refunds")
    prompt = exported("text", "refunds").texts["prompt.txt"]
    stage = Stage(feature, plan_of("refunds"), prompt)
    cases = {one.id: one for one in plan_of("refunds").cases}

    async def ask(request: Request) -> Reply:
        return reply_of(space["answer"](request_data(request)), 0.0, "agent")

    for id, messages in zip(ids, told, strict=True):
        played = asyncio.run(play(stage.script(cases[id]), ask, 1, 10))
        assert messages == list(played.messages)
    assert '{"error": "timeout"} to standard' in told[0][-1]["content"]


def test_a_batch_comes_back_as_answers_that_score_reads() -> None:
    batch = [json.loads(line) for line in exported("openai-batch", "extraction").texts["batch.jsonl"].splitlines()]
    assert len(batch) == len(plan_of("extraction").cases)
    texts = {str(one["case"]): str(one["text"]) for one in answers("extraction") if one["sample"] == 2}
    results = [
        {"id": "r", "custom_id": one["custom_id"], "error": None, "response": {"status_code": 200, "body": {
            "model": "m", "choices": [{"message": {"role": "assistant", "content": texts[one["custom_id"].split("|")[0]]}}],
            "usage": {"completion_tokens": 3, "prompt_tokens": 9},
        }}}
        for one in batch
    ]  # fmt: skip
    results.append(
        {"id": "r", "custom_id": batch[0]["custom_id"], "response": None, "error": {"message": "it expired"}}
    )
    scoring = Scoring(opened(), "results.jsonl")
    assert verdicts(scoring, (json.dumps(one).encode() for one in results)) == scored("extraction", 2)
    assert [one.primary.text for one in scoring.findings if one.code.id == "E0813"] == [
        "the request failed: it expired"
    ]


def test_what_a_requirement_says_of_how_often_it_holds_is_asked_so_often_or_told(project: Path, specc: Say) -> None:
    spec = project / "specs/first.spec"
    said = 'must decline; holds 4 of 5; known_to_fail until 2099-12-31 because "it is new" }'
    spec.write_text(spec.read_text("utf-8").replace("must decline }", said), encoding="utf-8")
    assert specc("build")[0] == 0
    code, out, _ = specc("export", "openai-batch", "first")
    assert code == 0, out
    batch = (project / "exports/openai-batch/first/batch.jsonl").read_text("utf-8").splitlines()
    ids = [json.loads(line)["custom_id"] for line in batch]
    assert sum(id.startswith("LOAN-2/nominal|first|") for id in ids) == 5
    assert sum(id.startswith("LOAN-1/nominal|first|") for id in ids) == 1
    specc("export", "openai-batch", "first", "--repeat", "2")
    assert len((project / "exports/openai-batch/first/batch.jsonl").read_text("utf-8").splitlines()) == 2 * 8
    for format in ("promptfoo", "inspect-ai", "pydantic-evals", "deepeval", "pytest"):
        _, out, _ = specc("export", format, "first")
        assert "it must hold 4 of 5; " in out, format
        assert "it is known to fail until 2099-12-31; " in out, format


def test_the_prompt_of_a_target_is_exported_where_it_is_named(project: Path, specc: Say) -> None:
    (project / "specc.toml").write_text('[targets.small]\nlayout = "xml"\n', encoding="utf-8")
    assert specc("build")[0] == 0
    _, plain, _ = specc("export", "text", "first", "-o", "-")
    code, small, _ = specc("export", "text", "first", "--target", "small", "-o", "-")
    assert code == 0
    assert small == (project / "generated/first/prompt.small.md").read_text("utf-8")
    assert "<rules>" in small
    assert "<rules>" not in plain
    specc("export", "openai-batch", "first", "--target", "small")
    batch = (project / "exports/openai-batch/first.small/batch.jsonl").read_text("utf-8")
    first = json.loads(batch.splitlines()[0])
    assert first["custom_id"] == "LOAN-1/nominal|first.small|1"
    assert first["body"]["messages"][0]["content"] == small
    code, _, err = specc("export", "text", "first", "--target", "smal", "-o", "-")
    assert code == 2
    assert "no target `smal` has a prompt of its own; did you mean `small`?" in err
