"""Recorded answers are graded: what a user of `specc score` and of `speclang.score` sees."""

import doctest
import json
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from importlib import resources
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import speclang
from speclang.cli.main import main
from speclang.engine.answers.score import Scoring
from speclang.engine.compiling import open_project
from speclang.grading.record import record
from speclang.grading.suite import State
from speclang.project.lines import LONGEST, Line, lines_of
from speclang.source.hashing import Json

SPEC = """\
feature desk "Help desk" {
  role "You are the help desk of a shop."
  tool lookup_order(order_id: text) { about "Looks up."; returns { age: days } }
  tool issue_refund(amount: money(USD)) { about "Pays."; writes }
  tool handoff(reason: text) { about "Hands over." ; writes }
  given age days 0 .. 60 { name "the age"; from lookup_order.age }
  given total money(USD) 0 .. 100 { name "the total"; from user }
  outcome approve "approve" { calls issue_refund(amount: total) }
  outcome decline "say sorry and decline" { avoids issue_refund; mentions "sorry" }
  exclusive approve, decline
  ask "I want my money back."
  REF-1 rule "Refund" { when age <= 30 days; must approve }
  REF-2 rule "No refund" { when age > 30 days; must decline }
  FMT-1 format "Short" { must words <= 20; should ends "Bye!" }
  STY-1 style "Warm" { tone "warm and plain"; good "Glad to help!"; bad "Request denied." }
  INV-1 invariant "Same" { ignores total }
  BUD-1 budget "Quick" { must latency <= 2 s }
}
feature other "Other" {
  role "You are another."
  OTH-1 format "Short" { must words <= 5 }
  OTH-2 prose { text "Be brave." }
}
"""

SCHEMA = json.loads(resources.files("speclang.grading.schemas").joinpath("scores.schema.json").read_text("utf-8"))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "specs").mkdir()
    (tmp_path / "specc.toml").write_text('specs = "specs"\n', encoding="utf-8")
    (tmp_path / "specs" / "desk.spec").write_text(SPEC, encoding="utf-8")
    found = speclang.compile(tmp_path).diagnostics
    assert found == (), [one.title for one in found]
    return tmp_path


def chat(*calls: Mapping[str, Json], text: str) -> dict[str, Json]:
    return {
        "messages": [{"role": "user", "content": "Hi."}, {"role": "assistant", "tool_calls": list(calls)}],
        "text": text,
    }


def states(project: Path, *records: Mapping[str, Json], **options: object) -> list[dict[str, str]]:
    scores = speclang.score(project, records, **options)  # type: ignore[arg-type]
    assert scores.summary is not None
    return [{one.requirement: one.state.value for one in graded.requirements} for graded in scores.answers]


def case_where(project: Path, requirement: str) -> tuple[str, Mapping[str, Json]]:
    """A case in which `requirement` decides, and the arguments that it settles."""
    plan = next(one for one in speclang.compile(project).plan.features if one.feature == "desk")
    case = next(one for one in plan.cases if one.requirement == requirement)
    settled = {name: value for use in case.uses for name, value in use.settings}
    arguments = settled.get("arguments", {})
    assert isinstance(arguments, Mapping)
    return case.id, arguments


def test_each_requirement_of_a_case_has_a_verdict(project: Path) -> None:
    case, arguments = case_where(project, "REF-1")
    pay: dict[str, Json] = {"tool": "issue_refund", "arguments": arguments}
    [right] = states(project, {"case": case, **chat(pay, text="Paid. Bye!")})
    assert right == {"REF-1": "pass", "FMT-1": "pass", "BUD-1": "not_applicable"}
    [wrong] = states(project, {"case": case, **chat(text="Sorry, no. Bye!"), "measured": {"latency": 3}})
    assert (wrong["REF-1"], wrong["BUD-1"]) == ("fail", "fail")
    amount: dict[str, Json] = {"tool": "issue_refund", "arguments": {**arguments, "amount": 1}}
    assert states(project, {"case": case, **chat(amount, text="Paid. Bye!")})[0]["REF-1"] == "fail"


def test_a_verdict_quotes_the_answer_and_is_never_obeyed_by_a_terminal(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case, _ = case_where(project, "REF-2")
    hostile = "No.\x1b[31m\u202e<script>\u0000" + "x" * 1000
    (project / "a.jsonl").write_text(json.dumps({"case": case, "text": hostile}), encoding="utf-8")
    for how in ("human", "json", "sarif", "github", "junit"):
        assert main(["score", str(project / "a.jsonl"), "--project", str(project), "--format", how]) == 1
        out = capsys.readouterr().out
        assert "\x1b" not in out
        assert "\u202e" not in out
        assert "\u0000" not in out
        if how == "junit":
            assert ET.fromstring(out).tag == "testsuite"  # noqa: S314 - of our own making
        if how in ("human", "json"):
            assert "No." in out


def test_an_answer_without_a_case_is_graded_by_what_judges_every_case(project: Path) -> None:
    [found] = states(project, {"feature": "desk", "text": "One two three."})
    assert found == {"FMT-1": "pass", "BUD-1": "not_applicable"}


def test_what_no_code_can_tell_is_left_to_a_judge(project: Path) -> None:
    case, _ = case_where(project, "STY-1")
    scores = speclang.score(project, [{"case": case, "text": "Hello. Bye!"}])
    told = next(one for one in scores.answers[0].requirements if one.requirement == "STY-1")
    assert (told.state, told.reason) == (State.JUDGE, "no code can tell; a judge reads the answer by the rubric")
    assert scores.passed


def test_a_should_is_reported_and_fails_nothing(project: Path) -> None:
    scores = speclang.score(project, [{"feature": "desk", "text": "One two three."}])
    assert scores.passed
    verdict = next(one for one in scores.answers[0].requirements if one.requirement == "FMT-1")
    assert [(one.level.value, one.state) for one in verdict.graders] == [("must", State.PASS), ("should", State.FAIL)]


def test_the_loose_reading_counts_beside_the_strict_one(project: Path) -> None:
    long = "Sure, here it is:\n" + "word " * 18 + "Bye!"
    scores = speclang.score(project, [{"feature": "desk", "text": long}], loose=True)
    assert scores.summary is not None
    standing = next(one for one in scores.summary.standings if one.requirement == "FMT-1")
    assert (standing.passed, standing.failed, standing.loose) == (0, 1, 1)
    assert scores.summary.loose is not None
    assert (scores.summary.strict.passed, scores.summary.loose.passed) == (0, 1)


def pairs(project: Path) -> tuple[str, str]:
    plan = next(one for one in speclang.compile(project).plan.features if one.feature == "desk")
    case = next(one for one in plan.cases if one.base)
    return case.base, case.id


def test_answers_are_compared_with_that_of_their_base_in_any_order(project: Path) -> None:
    base, other = pairs(project)
    pay: dict[str, Json] = {"tool": "issue_refund", "arguments": {"amount": 5}}
    paid, told = {"case": base, **chat(pay, text="Paid.")}, {"case": other, **chat(text="No.")}
    for records in ((paid, told), (told, paid)):
        assert [one["INV-1"] for one in states(project, *records) if "INV-1" in one][-1] == "fail"
    assert states(project, told)[0]["INV-1"] == "not_applicable"
    assert states(project, {**told, "base": chat(text="No!")})[0]["INV-1"] == "pass"


def test_expected_calls_of_a_record_are_graded(project: Path) -> None:
    pay: dict[str, Json] = {"tool": "issue_refund", "arguments": {"amount": 5}}
    expect: dict[str, Json] = {"calls": [pay]}
    right: dict[str, Json] = {"feature": "desk", **chat(pay, text="Paid."), "expect": expect}
    assert states(project, right)[0]["expect"] == "pass"
    further: dict[str, Json] = {**right, **chat(pay, {"tool": "handoff", "arguments": {}}, text="Paid.")}
    assert states(project, further)[0]["expect"] == "fail"
    scores = speclang.score(project, [further])
    assert scores.diagnostics[0].code.id == "E0811"
    assert scores.diagnostics[0].title == "1 of 1 answer does not make the expected calls"


def test_lines_that_can_not_be_graded_are_told_with_their_numbers_and_stop_nothing(project: Path) -> None:
    lines = [
        b'{"feature": "desk", "text": "Hello. Bye!"}',
        b"",
        b"not json",
        b'{"feature": "desk", "text": "\xff"}',
        b'{"text": "whose"}',
        b'{"feature": "dsk", "text": "x"}',
        b'{"feature": "desk", "case": "REF-1/nominl", "text": "x"}',
        b'{"feature": "desk", "texts": "x"}',
        b'{"text": "a", "x": ' + b"[" * 999 + b"}",
        b'{"feature": "other", "text": "Hi.", "txet": 1}\r',
    ]
    (project / "a.jsonl").write_bytes(b"\n".join(lines))
    scores = speclang.score(project, project / "a.jsonl")
    assert [one.line for one in scores.answers] == [1, 10]
    found = [(one.code.id, one.title) for one in scores.diagnostics]
    assert [code for code, _ in found] == ["E0812", "E0812", "E0815", "E0815", "E0815", "E0813", "E0814", "E0817"]
    assert [title.split()[1] for _, title in found[:-1]] == ["3", "4", "5", "6", "7", "8", "9"]
    assert scores.diagnostics[4].fix is not None
    assert scores.diagnostics[4].fix.title == "write `REF-1/nominal`"
    assert not scores.passed


def test_nothing_to_grade_is_no_pass(project: Path) -> None:
    assert [one.code.id for one in speclang.score(project, []).diagnostics] == ["E0816"]


def test_a_feature_can_be_picked_and_one_that_is_not_there_is_refused(project: Path) -> None:
    records: list[Mapping[str, Json]] = [{"feature": "other", "text": "Hi."}, {"text": "Bye!"}]
    assert states(project, *records, feature="other") == [{"OTH-1": "pass"}, {"OTH-1": "pass"}]
    with pytest.raises(speclang.UnknownFeature):
        speclang.score(project, records, feature="othr")
    (project / "a.jsonl").write_text('{"text": "Hi."}\n', encoding="utf-8")
    assert main(["score", str(project / "a.jsonl"), "--project", str(project), "--feature", "othr"]) == 2


def test_a_line_that_is_too_long_is_read_over_in_bounded_memory(project: Path) -> None:
    with (project / "a.jsonl").open("wb") as file:
        file.write(b'{"feature": "desk", "text": "')
        for _ in range(5):
            file.write(b"x" * LONGEST)
        file.write(b'"}\n{"feature": "desk", "text": "Hi."}')
    scores = speclang.score(project, project / "a.jsonl")
    assert [one.line for one in scores.answers] == [2]
    assert [one.code.id for one in scores.diagnostics] == ["E0814"]


def test_memory_does_not_grow_with_the_number_of_lines(project: Path) -> None:
    import gc
    import tracemalloc

    data = b'{"feature": "desk", "text": "Hello there, this fails since it is long ' + b"word " * 30 + b'"}'
    scoring = Scoring(open_project(project), "a.jsonl")

    def lines(first: int, last: int) -> Iterator[Line]:
        return (Line(number, data if number % 3 else b"broken", len(data)) for number in range(first, last))

    def held_after(first: int, last: int) -> int:
        for _ in scoring.each(lines(first, last)):
            pass
        gc.collect()  # garbage that waits for the collector is not held, however rarely other tests have it run
        return tracemalloc.get_traced_memory()[0]

    tracemalloc.start()
    try:
        warm = held_after(1, 500)  # what is loaded and remembered once
        grown = held_after(500, 2_000) - warm
    finally:
        tracemalloc.stop()
    assert grown < 1_500 * 60, "nothing of a line is kept: the shortest answer takes 200 bytes"
    assert scoring.summary.answers == 1333


def test_json_is_one_document_of_the_published_shape(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case, _ = case_where(project, "REF-1")
    records = [{"case": case, "text": "Hi.", "model": "m"}, {"feature": "other", "text": "Hi."}, {"case": "x"}]
    (project / "a.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    Draft202012Validator.check_schema(SCHEMA)
    for flags in ([], ["--loose"]):
        assert main(["score", str(project / "a.jsonl"), "--project", str(project), "--format", "json", *flags]) == 1
        document = json.loads(capsys.readouterr().out)
        Draft202012Validator(SCHEMA).validate(document)
    (project / "a.jsonl").write_text("", encoding="utf-8")
    assert main(["score", str(project / "a.jsonl"), "--project", str(project), "--format", "json"]) == 1
    assert json.loads(capsys.readouterr().out)["answers"] == []


def test_answers_are_read_from_standard_input_and_a_file_that_is_missing_is_told(project: Path) -> None:
    def run(*arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "speclang", "score", *arguments, "--project", str(project)]
        return subprocess.run(command, input=given, capture_output=True, check=False)

    said = run("-", "--feature", "other", given=b'{"text": "Hi."}\n')
    assert said.returncode == 0
    assert b"1 of 1 answers meet all" in said.stdout
    missing = run("nowhere.jsonl")
    assert (missing.returncode, missing.stdout) == (2, b"")
    assert b"nowhere.jsonl" in missing.stderr


def test_lines_end_where_they_end(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"one\r\ntwo\n\nfour")
    assert [one.data for one in lines_of(tmp_path / "a")] == [b"one", b"two", b"", b"four"]
    assert [(one.data, one.size) for one in lines_of(tmp_path / "a", longest=3)] == [
        (b"one", 3),
        (b"two", 3),
        (b"", 0),
        (None, 4),
    ]


def test_the_python_of_the_documentation_says_what_it_shows() -> None:
    page = Path(__file__).parents[2] / "docs" / "scoring.md"
    assert doctest.testfile(str(page), module_relative=False, encoding="utf-8").failed == 0
    assert speclang.grade.__doc__ is not None
    found = doctest.DocTestParser().get_doctest(speclang.grade.__doc__, {"grade": speclang.grade}, "grade", None, None)
    assert doctest.DocTestRunner().run(found).failed == 0


def test_the_lines_that_the_documentation_shows_are_of_the_form() -> None:
    page = (Path(__file__).parents[2] / "docs" / "scoring.md").read_text(encoding="utf-8")
    decoder, shown = json.JSONDecoder(), []
    for block in page.split("```json\n")[1:]:
        rest = block.partition("```")[0].strip()
        while rest:
            value, end = decoder.raw_decode(rest)
            shown.append(value)
            rest = rest[end:].strip()
    assert len(shown) == 3
    first, second, _ = (record(one, 1).answer for one in shown)
    assert first == second


def test_an_answer_to_a_case_that_was_renamed_is_graded_by_the_one_of_today(project: Path) -> None:
    case, _ = case_where(project, "REF-2")
    spec = (project / "specs" / "desk.spec").read_text(encoding="utf-8")
    renamed = spec.replace('REF-2 rule "No refund" {', 'REF-9 rule "No refund" { was REF-2;')
    (project / "specs" / "desk.spec").write_text(renamed, encoding="utf-8")
    assert states(project, {"case": case, "text": "I am sorry."})[0]["REF-9"] == "pass"


def test_specs_with_errors_grade_nothing(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "specs" / "desk.spec").write_text(SPEC.replace("must decline", "must declne"), encoding="utf-8")
    (project / "a.jsonl").write_text('{"text": "Hi."}\n', encoding="utf-8")
    assert main(["score", str(project / "a.jsonl"), "--project", str(project), "--format", "json"]) == 1
    document = json.loads(capsys.readouterr().out)
    Draft202012Validator(SCHEMA).validate(document)
    assert (document["answers"], document["summary"], document["findings"][0]["code"]) == ([], None, "E0201")
    scores = speclang.score(project, [{"text": "Hi."}])
    assert (scores.answers, scores.summary, scores.passed) == ((), None, False)


def test_requirements_without_a_verdict_are_named_below_the_table(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "a.jsonl").write_text(
        '{"feature": "other", "text": "Hi."}\n{"feature": "desk", "text": "Bye!"}\n', encoding="utf-8"
    )
    assert main(["score", str(project / "a.jsonl"), "--project", str(project)]) == 0
    shown = capsys.readouterr().out
    assert "nothing tells of desk/REF-1, desk/REF-2, desk/STY-1, desk/INV-1, desk/BUD-1\n" in shown
    assert "no grader speaks for other/OTH-2\n" in shown
    assert "2 of 2 answers meet all that code can tell: 100% (n = 2, 34% to 100%)\n" in shown
