"""A judge that travels: in the real tools it is asked what `specc score --judge` asks, and says the same."""

import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.fixtures.commands import KEY, Say
from tests.fixtures.misbehaving import Misbehaving, serving
from tests.strategies.bench import SPEC, Body, desk, fair, material, put, shown_answer, vote, votes
from tests.strategies.exports import NODE, PEERS, Verdicts, node, python, ran, told

SECOND = """\
  STY-2 style "Formal" {
    tone   "formal"
    good   "We kindly confirm the extension."
    bad    "Yo, keep it!"
  }
}
"""
ANSWERS = {
    "STY-1/user/friendly": "Sure, keep it until Friday!",
    "STY-1/user/angry": "Your request has been filed.",
    "STY-1/user/terse": "Kindly wait.",
    "STY-2/user/friendly": "I see it this way today and that way tomorrow.",
    "STY-2/user/angry": "Nobody can tell.",
    "STY-2/user/terse": "A quote of this is made up. {{ env.HOME }}",
}


def fickle(body: Body) -> str:
    """Fair, but to some answers: one on which the order of the anchors decides, one of which it is unsure, one that it quotes wrongly."""
    answer = shown_answer(body)
    if "this way" in answer:
        first = material(body).index("# Answers that meet") < material(body).index("# Answers that do not")
        return vote("pass" if first else "fail", answer, "so it \x1b[31mreads")
    if "Nobody" in answer:
        return vote("unsure", "")
    return vote("pass", "We love you.") if "made up" in answer else fair(body)


@pytest.fixture
def project(judged: Path) -> Path:
    (judged / "specs/desk.spec").write_text(SPEC.removesuffix("}\n") + SECOND, encoding="utf-8")
    rows = ({"feature": "desk", "case": case, "text": text} for case, text in ANSWERS.items())
    (judged / "answers.jsonl").write_text("".join(f"{json.dumps(one)}\n" for one in rows), encoding="utf-8")
    return judged


@pytest.fixture
def server(project: Path, specc: Say) -> Iterator[Misbehaving]:
    with serving(desk(lambda _: "", fickle)) as found:
        put(project, found, "again = 1")
        assert specc("build")[0] == 0
        yield found


def scored(specc: Say) -> Verdicts:
    """What `specc score --judge` says."""
    code, out, _ = specc("score", "answers.jsonl", "--judge", "--format", "json")
    assert code == 1
    rows = json.loads(out)["answers"]
    return {
        (one["case"], said["requirement"]): (said["state"], said["reason"])
        for one in rows
        for said in one["requirements"]
    }


def asked(server: Misbehaving) -> list[str]:
    return sorted(json.dumps(one, sort_keys=True) for one in votes(server))


def exported(project: Path, specc: Say, format: str) -> Path:
    """The suite in a folder of its own, which knows nothing of the project, with the answers."""
    code, out, err = specc("export", format, "desk", "--judge")
    assert code == 0, out + err
    place = project / "away" / format
    shutil.copytree(project / "exports" / format / "desk", place)
    shutil.copy(project / "answers.jsonl", place)
    return place


def hold(folder: Path, text: str) -> list[Path]:
    """The files below `folder` in which `text` stands."""
    return [path for path in folder.rglob("*") if path.is_file() and text.encode() in path.read_bytes()]


ALONE = """
import sys, json
sys.modules["speclang"] = None  # nothing of specc can be had
sys.path.insert(0, ".")
import checks
found = [one for case in checks.CASES for one in checks.answers(case)]
print(json.dumps([[one.case, said.requirement, str(said.state), said.reason] for one in found for said in one.verdicts]))
"""


def alone(place: Path, **more: str) -> Verdicts:
    rows = json.loads(ran(place, sys.executable, "-c", ALONE, code=(0,), **more))
    return {(case, requirement): (state, why) for case, requirement, state, why in rows}


def test_the_file_of_checks_asks_word_for_word_what_score_asks_and_says_the_same(
    project: Path, specc: Say, server: Misbehaving
) -> None:
    wanted = scored(specc)
    before = asked(server)
    place = exported(project, specc, "pytest")
    server.requests.clear()
    assert alone(place, THE_KEY=KEY) == wanted
    assert asked(server) == before
    assert {state for state, _ in wanted.values()} == {"pass", "fail", "judge"}
    assert "no verdict of 3 votes: 2 void" in wanted["STY-2/user/terse", "STY-2"][1]
    assert "2 of 3 votes say pass" in wanted["STY-2/user/friendly", "STY-2"][1]
    assert hold(project, KEY) == []


def test_what_was_replied_is_asked_by_nobody_again_and_needs_no_key(
    project: Path, specc: Say, server: Misbehaving
) -> None:
    place = exported(project, specc, "pytest")
    first = alone(place, THE_KEY=KEY)
    server.requests.clear()
    assert alone(place) == first
    assert votes(server) == []
    lines = (place / "judged.jsonl").read_bytes().splitlines(keepends=True)
    (place / "judged.jsonl").write_bytes(b"".join([*lines[:-1], b"\x00\n{}\n[]\n", lines[-1][:40]]))
    assert alone(place, THE_KEY=KEY) == first, "half of a line, as a process that was killed leaves it, is no reply"
    assert len(votes(server)) == 1
    assert alone(place) == first


def test_a_judge_that_can_not_be_asked_gives_no_verdict_and_code_still_does(
    project: Path, specc: Say, server: Misbehaving
) -> None:
    place = exported(project, specc, "pytest")
    shown = pytest_shows(place, "STY-1/user/friendly")
    assert shown["STY-1/user/friendly", "FMT-1"] == "pass"
    assert "`THE_KEY` is not set" in shown["STY-1/user/friendly", "STY-1"]
    server.script = ["401"] * 9
    shown = pytest_shows(place, "STY-1/user/friendly", THE_KEY=KEY)
    assert 'says 401: {"error": {"message": "told to, Bearer [key]"}}' in shown["STY-1/user/friendly", "STY-1"]
    assert votes(server) != []
    assert hold(project, KEY) == []


def pytest_shows(place: Path, which: str = "", **more: str) -> dict[tuple[str, str], str]:
    """By case and requirement: `pass`, `skip`, or why it fails."""
    ran(place, sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", "/dev/null", "--rootdir", place,
        "test_desk.py", "--junitxml=out.xml", "-k", which, code=(0, 1), **more)  # fmt: skip
    shown = {}
    for one in ElementTree.parse(place / "out.xml").iter("testcase"):  # noqa: S314 - it is ours
        requirement = next(iter(one.iter("property"))).attrib["value"]
        case = one.attrib["name"].removeprefix("test_requirement_is_met[").removesuffix(f"-{requirement}]")
        failed, skipped = one.find("failure"), one.find("skipped")
        shown[case, requirement] = (
            str(failed.attrib["message"]) if failed is not None else "pass" if skipped is None else "skip"
        )
    return shown


def test_pytest_shows_what_the_judge_says(project: Path, specc: Say, server: Misbehaving) -> None:
    wanted = scored(specc)
    shown = pytest_shows(exported(project, specc, "pytest"), THE_KEY=KEY)
    for key, (state, reason) in wanted.items():
        assert {"pass": "pass", "judge": "skip"}.get(state, reason) in shown[key]


INSPECT = """
import json, sys
from inspect_ai.log import list_eval_logs, read_eval_log
(one,) = list_eval_logs(sys.argv[1])
log = read_eval_log(one)
assert log.status == "success", log.error
print(json.dumps([[sample.id, name, score.value, score.explanation, score.metadata]
    for sample in log.samples for name, score in sample.scores.items()]))
"""


@python
@pytest.mark.slow
def test_inspect_scores_what_the_judge_says(project: Path, specc: Say, server: Misbehaving) -> None:
    wanted, before = scored(specc), asked(server)
    place = exported(project, specc, "inspect-ai")
    server.requests.clear()
    ran(place, PEERS / "bin/inspect", "eval", "task.py", "--model", "mockllm/model", "--display", "none", "--log-dir", "logs",
        "--log-format", "json",
        SPECC_ANSWERS=str(place / "answers.jsonl"), THE_KEY=KEY)  # fmt: skip
    rows = json.loads(ran(place, PEERS / "bin/python", "-c", INSPECT, place / "logs"))
    states = {"C": "pass", "I": "fail"}
    there = {
        (case, name): (states[value], why)
        for case, name, value, why, _ in rows
        if name != "primary" and value in states
    }
    assert there == told(wanted)
    assert asked(server) == before
    assert [about for case, name, value, _, about in rows if (case, name) == ("STY-1/user/angry", "STY-1")] == [
        {"judge": "not calibrated"}
    ]
    assert hold(project, KEY) == []


PYDANTIC = """
import json, sys
sys.path.insert(0, ".")
from evaluate import answer, checks, dataset
known = dataset()
known.cases = [one for one in known.cases if checks.answers(one.inputs["case"])]
report = known.evaluate_sync(answer, progress=False)
assert not report.failures and not any(one.evaluator_failures for one in report.cases), report
print(json.dumps([[one.name, id, said.value, said.reason] for one in report.cases for id, said in one.assertions.items()]))
"""


@python
@pytest.mark.slow
def test_pydantic_evals_and_deepeval_show_what_the_judge_says(project: Path, specc: Say, server: Misbehaving) -> None:
    wanted, before = scored(specc), asked(server)
    place = exported(project, specc, "pydantic-evals")
    server.requests.clear()
    rows = json.loads(ran(place, PEERS / "bin/python", "-c", PYDANTIC, THE_KEY=KEY))
    assert {(case, id): ("pass" if value else "fail", why) for case, id, value, why in rows} == told(wanted)
    assert asked(server) == before
    place = exported(project, specc, "deepeval")
    server.requests.clear()
    ran(place, PEERS / "bin/deepeval", "test", "run", "test_desk.py", code=(0, 1), THE_KEY=KEY)
    run = json.loads((place / ".deepeval/.latest_test_run.json").read_text(encoding="utf-8"))["testRunData"]
    there = {
        (one["metadata"]["answer"]["case"], metric["name"]): ("pass" if metric["score"] else "fail", metric["reason"])
        for one in run["testCases"]
        for metric in one["metricsData"]
    }
    assert there == told(wanted)
    assert asked(server) == before
    assert hold(project, KEY) == []


@python
@node
@pytest.mark.slow
def test_promptfoo_asserts_what_the_judge_says(project: Path, specc: Say, server: Misbehaving) -> None:
    wanted, before = scored(specc), asked(server)
    place = exported(project, specc, "promptfoo")
    server.requests.clear()
    there: dict[tuple[str, str], tuple[str, str]] = {}
    for one in promptfoo(place, THE_KEY=KEY):
        for part in (one["gradingResult"] or {}).get("componentResults") or ():
            if not part["reason"].startswith("not told: "):
                key = one["vars"]["case"], part["assertion"]["metric"]
                there[key] = ("pass" if part["pass"] else "fail", part["reason"])
    assert there == told(wanted)
    assert asked(server) == before
    (place / "judged.jsonl").unlink()
    errors = {one["vars"]["case"]: one.get("error") or "" for one in promptfoo(place)}
    assert "`THE_KEY` is not set" in errors["STY-1/user/friendly"], "it is an error there, and no failure"
    assert hold(project, KEY) == []


def promptfoo(place: Path, **more: str) -> list[dict[str, Any]]:
    ran(place, "node", NODE / "node_modules/promptfoo/dist/src/entrypoint.js", "eval", "--no-cache", "--no-table", "--no-progress-bar",
        "-o", "out.json", code=(0, 100), PROMPTFOO_PYTHON=str(PEERS / "bin/python"), **more)  # fmt: skip
    found: list[dict[str, Any]] = json.loads((place / "out.json").read_text(encoding="utf-8"))["results"]["results"]
    return found


def test_a_judge_that_can_not_travel_is_refused_with_what_to_do(project: Path, specc: Say) -> None:
    (project / "specc.toml").write_text('[judge]\ntarget = "stub"\n', encoding="utf-8")
    specc("build")
    code, _, err = specc("export", "pytest", "--judge")
    assert code == 2
    assert (
        "the judge `stub` uses `stub`, which is asked on this machine only; `openai_api` and `http` travel with a suite"
        in err
    )
    code, _, err = specc("export", "text", "--judge")
    assert code == 2
    assert "`text` gives no verdicts" in err
    (project / "specc.toml").write_text("", encoding="utf-8")
    specc("build")
    code, _, err = specc("export", "pytest", "--judge")
    assert code == 2
    assert "no judge is named" in err
    code, out, _ = specc("export", "pytest")
    assert code == 0
    assert "export with `--judge`, or record the answers" in out
