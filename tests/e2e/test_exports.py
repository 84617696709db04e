"""Exported suites say what `specc score` says: case by case, by the file of checks alone and in the real tools.

The tools are installed by `make peers`; where they are not, their tests are skipped and say so.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest

from speclang.engine.answers.score import Scoring
from speclang.engine.compiling import Opened, open_project
from speclang.engine.exporting.exporting import Export, export, format_names
from speclang.plan.case import Case
from speclang.plan.plan import FeaturePlan
from speclang.project.lines import Line
from speclang.source.hashing import Json

ROOT = Path(__file__).parents[2]
PEERS = ROOT / ".venv-peers"
NODE = PEERS / "node"
QUIET = {
    "DEEPEVAL_TELEMETRY_OPT_OUT": "YES",
    "DEEPEVAL_UPDATE_WARNING_OPT_IN": "NO",
    "PROMPTFOO_DISABLE_TELEMETRY": "1",
    "PROMPTFOO_DISABLE_UPDATE": "1",
    "PROMPTFOO_DISABLE_REMOTE_GENERATION": "1",
    "LOGFIRE_SEND_TO_LOGFIRE": "false",
    "DO_NOT_TRACK": "1",
    "NO_COLOR": "1",
}
"""What keeps the tools from telling anybody anything."""

FEATURES = ("airline", "extraction", "first", "larkspur", "refunds", "specc", "tracking")
SECOND = (
    "",
    "I'm sorry, I can't help with that.",
    '{"status": 1}',
    "word " * 200,
    "Ünï {{ x }} {% raw %} \u202e — 5.000,50 €!",
)

python = pytest.mark.skipif(not (PEERS / "bin/python").exists(), reason="the tools are not installed: `make peers`")
node = pytest.mark.skipif(
    not (NODE / "node_modules").exists(), reason="promptfoo and dotprompt are not installed: `make peers`"
)

Verdicts = dict[tuple[str, str], tuple[str, str]]
"""State and reason, by case and requirement."""


@cache
def opened() -> Opened:
    return open_project(ROOT)


@cache
def exported(format: str, feature: str) -> Export:
    return export(opened(), format, feature)


def plan_of(feature: str) -> FeaturePlan:
    return next(one for one in opened().compiled.plan.features if one.feature == feature)


@cache
def answers(feature: str) -> tuple[Mapping[str, Json], ...]:
    """Two answers to each case: one that does what graders look for, and one that does not, of several sorts."""
    plan = plan_of(feature)
    made: list[Mapping[str, Json]] = []
    for number, case in enumerate(plan.cases):
        text = SECOND[number % len(SECOND)]
        made += [_good(plan, case), {"feature": feature, "case": case.id, "sample": 2, "text": text}]
    return tuple(made)


def _good(plan: FeaturePlan, case: Case) -> Mapping[str, Json]:
    graders = {one.id: one for one in plan.graders}
    calls: list[Json] = []
    texts: list[str] = []
    for use in case.uses:
        grader = graders[use.grader]
        settings = {one.name: one.value for one in grader.settings} | dict(use.settings)
        if grader.check.startswith("called") and isinstance(settings.get("tool"), str):
            calls.append(
                {"tool": settings["tool"], "arguments": settings.get("arguments") or {}, "result": {"ok": True}}
            )
        if grader.check == "mentions":
            texts.append(str(settings["text"]))
    said: list[Json] = [{"role": one.role, "content": one.text} for one in case.turns if one.role != "pause"]
    acted: list[Json] = [{"role": "assistant", "content": "", "tool_calls": calls}] if calls else []
    text = " ".join(["Certainly, here is what we can do:", *texts, "Anything else?"])
    messages = [*said, *acted, {"role": "assistant", "content": text}]
    return {"feature": plan.feature, "case": case.id, "sample": 1, "messages": messages}


@cache
def scored(feature: str, sample: int) -> Verdicts:
    """What `specc score` says of the answers with this number."""
    lines = (json.dumps(one).encode() for one in answers(feature) if one["sample"] == sample)
    return verdicts(Scoring(opened(), "answers"), lines)


def verdicts(scoring: Scoring, lines: Iterable[bytes]) -> Verdicts:
    """What the requirements say of the answers in `lines`."""
    found = scoring.each(Line(number, line, len(line)) for number, line in enumerate(lines, 1))
    return {(one.case, said.requirement): (str(said.state), said.reason) for one in found for said in one.requirements}


def told(verdicts: Verdicts) -> Verdicts:
    """Those of which code can tell."""
    return {key: said for key, said in verdicts.items() if said[0] in ("pass", "fail")}


def written(folder: Path, format: str, feature: str, sample: int = 0, cases: int = 10**6) -> Path:
    """The export in a folder of its own, with the answers to the first `cases` (of one sample, or all)."""
    place = folder / format / feature
    place.mkdir(parents=True)
    for name, text in exported(format, feature).texts.items():
        (place / name).write_text(text, encoding="utf-8", newline="")
    known = [one.id for one in plan_of(feature).cases][:cases]
    lines = [
        one
        for one in answers(feature)
        if one["case"] in known and one["sample"] in (sample, 1, 2)[: 1 if sample else 3]
    ]
    (place / "answers.jsonl").write_text("".join(f"{json.dumps(one)}\n" for one in lines), encoding="utf-8")
    return place


def ran(place: Path, *command: str | Path, code: tuple[int, ...] = (0,), **more: str) -> str:
    """What a command prints in `place`, with nothing of our environment but the way to programs."""
    home = place / "home"
    home.mkdir(exist_ok=True)
    env = {"PATH": os.environ["PATH"], "HOME": str(home), "TMPDIR": str(home), **QUIET, **more}
    done = subprocess.run(
        [str(one) for one in command], cwd=place, env=env, capture_output=True, text=True, check=False, timeout=600
    )
    assert done.returncode in code, f"{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return done.stdout


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
