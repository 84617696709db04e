"""A judge is held against people: what they have labelled is read, compared and kept, and what is not shown opens no gate."""

import json
import re
from importlib import resources
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.fixtures.commands import Say
from tests.fixtures.misbehaving import serving
from tests.strategies.bench import Body, desk, fair, put, shown_answer, vote, votes

WARM, COLD = "Sure, keep it until Friday!", "Your request has been filed."
RUNS = Path("shared/data/promptpex/classify-input-text/runs.jsonl")
PROMPTPEX = next((path for one in Path(__file__).parents if (path := one / RUNS).is_file()), None)


@pytest.fixture
def project(judged: Path) -> Path:
    return judged


def labelled(project: Path, *rows: tuple[object, str], name: str = "l.jsonl") -> str:
    lines = [json.dumps({"label": label, "grader": "STY-1", "text": text}) for label, text in rows]
    (project / name).write_text("\n".join(lines), encoding="utf-8")
    return name


MANY = [("pass", f"Sure, keep it until {day} Friday!") for day in range(20)] + [
    ("fail", f"Your request {day} has been filed.") for day in range(20)
]


def test_every_vote_is_asked_and_counted_against_people(project: Path, specc: Say) -> None:
    rows = [
        ("pass", WARM),
        ("pass", f"{WARM} Bye."),
        ("fail", COLD),
        ("fail", f"{WARM} No."),
        (True, f"{COLD} Bye."),
        ("", "Hm."),
    ]

    def biased(body: Body) -> str:
        """One that leans towards the anchors that it reads first, where an answer says goodbye."""
        text = body["messages"][-1]["content"]
        if "Bye" in shown_answer(body) and "Sure" in shown_answer(body):
            good = text.index("# Answers that meet") < text.index("# Answers that do not meet")
            return vote("pass" if good else "fail", "Bye")
        return fair(body)

    with serving(desk(lambda _: WARM, biased)) as server:
        put(project, server)
        code, out, _ = specc("judge", "calibrate", labelled(project, *rows))
        assert code == 0
        assert len(votes(server)) == 5 * 3
        assert out.splitlines()[1].split()[:6] == ["STY-1/tone", "2", "1", "1", "1", "0"]
        assert "STY-1/tone: kappa 0.17 (n = 5," in out
        assert "of what people refuse, the judge lets pass: 50% (n = 2," in out
        assert "two votes with the anchors in one order say the same: 100% (n = 5," in out
        assert "two votes with the anchors swapped say the same: 80% (n = 10," in out
        assert f'  line 5: people say pass; 3 of 3 votes say fail, by "{COLD} Bye.": so it reads' in out
        assert "1 line has no label yet" in out
        _, out, _ = specc("judge", "calibrate", "l.jsonl", "--format", "json")
        assert len(votes(server)) == 5 * 3, "nothing is asked twice"
        found = json.loads(out)
        schema = resources.files("speclang.report.schemas").joinpath("calibration.schema.json").read_text("utf-8")
        Draft202012Validator(json.loads(schema)).validate(found)
        assert (found["graders"][0]["flips"]["pass"], found["graders"][0]["flips"]["n"]) == (2, 10)
        assert (
            "| `STY-1/tone` | 2 | 1 | 1 | 1 | 0 |" in specc("judge", "calibrate", "l.jsonl", "--format", "markdown")[1]
        )


def test_what_was_shown_is_kept_for_this_judge_and_this_question_alone(project: Path, specc: Say) -> None:
    with serving(desk(lambda _: WARM, fair)) as server:
        put(project, server, "votes = 1")
        assert "not calibrated: `STY-1/tone`" in specc("eval")[1]
        code, _, err = specc("judge", "calibrate", labelled(project, *MANY), "--keep")
        assert (code, err) == (0, "wrote specs/calibration.txt\n")
        kept = (project / "specs/calibration.txt").read_text("utf-8")
        assert kept.splitlines()[2].endswith(' 20 20 0 0 0 "judge-1"')
        assert "`STY-1/tone` is calibrated, kappa 1.00 (n = 40, 0.82 to 1.00)" in specc("eval")[1]
        assert (
            "100% (n = 3, 44% to 100%) were judged; `STY-1/tone` is calibrated, kappa 1.00"
            in specc("check", "--evidence")[1]
        )
        specc("judge", "calibrate", "l.jsonl", "--keep")
        assert (project / "specs/calibration.txt").read_text("utf-8") == kept

        put(project, server)
        assert "`STY-1/tone` is calibrated with another version" in specc("eval")[1]
        put(project, server, "votes = 1")
        spec = (project / "specs/desk.spec").read_text("utf-8")
        (project / "specs/desk.spec").write_text(
            spec.replace("has been processed", "is being processed"), encoding="utf-8"
        )
        specc("build")
        assert "`STY-1/tone` is calibrated with another version" in specc("eval")[1]


def test_a_gate_may_want_agreement_and_then_what_is_not_shown_opens_none(
    project: Path, specc: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(desk(lambda _: WARM, fair)) as server:
        put(project, server, "votes = 1", "kappa = 0.6")
        code, out, _ = specc("eval")
        assert code == 1
        assert "error[E0832]: The judge of `STY-1` is not shown to agree with people" in out
        assert "holds (judged, the judge is in doubt)" in out
        assert 'failures="1"' in specc("eval", "--format", "junit")[1]
        assert "E0832" in specc("eval", "--format", "sarif")[1]
        specc("gate", "--bless")
        code, out, _ = specc("gate")
        assert code == 1
        assert "desk/STY-1: the judge is not shown to agree with people as far as the settings want" in out
        assert specc("judge", "calibrate", labelled(project, *MANY[:3], *MANY[-2:]), "--keep")[0] == 1, (
            "five are too few"
        )
        assert specc("eval")[0] == 1
        assert specc("judge", "calibrate", labelled(project, *MANY), "--keep")[0] == 0
        assert specc("eval")[0] == 0
        code, out, _ = specc("gate")
        assert code == 0
        assert "`STY-1/tone` is calibrated, kappa 1.00" in out
        monkeypatch.delenv("THE_KEY")
        assert "were judged" in specc("check", "--evidence")[1], "whoever only looks needs no key"


def test_what_another_judge_said_counts_for_nobody(project: Path, specc: Say) -> None:
    with serving(desk(lambda _: WARM, fair)) as server:
        put(project, server, "votes = 1")
        specc("eval")
        specc("gate", "--bless")
        put(project, server, "votes = 3")
        _, out, _ = specc("check", "--evidence")
        assert "other judges: 3 of 3 passed" in out
        assert "were judged" not in out
        specc("eval")
        assert "the baseline was judged by another judge" in specc("gate")[1]
        _, out, _ = specc("compare", "1", "2")
        assert "they were not judged by the same judge: what only a judge can tell is left out" in out
        assert "STY-1        2      100%" in out, "two that code has decided, of five"


def test_a_sheet_holds_what_waits_for_a_judge_and_comes_back_filled_in(project: Path, specc: Say) -> None:
    with serving(desk(lambda _: WARM, fair)) as server:
        put(project, server, "votes = 1")
        assert specc("judge", "label")[2].startswith("specc: nothing has been run yet")
        specc("eval")
        code, out, err = specc("judge", "label", "STY-1")
        assert code == 0
        assert err.startswith('3 answers: write "pass" or "fail" as each `label`')
        rows = [json.loads(line) for line in out.splitlines()]
        assert {one["case"] for one in rows} == {"STY-1/user/friendly", "STY-1/user/angry", "STY-1/user/terse"}
        assert all(set(one) == {"label", "grader", "feature", "case", "messages"} for one in rows)
        assert specc("judge", "label")[1] == out
        assert len(specc("judge", "label", "--most", "2")[1].splitlines()) == 2
        (project / "l.jsonl").write_text(out, encoding="utf-8")
        code, _, err = specc("judge", "calibrate", "l.jsonl")
        assert code == 2
        assert "none of its 3 lines has a `label` yet" in err
        (project / "l.jsonl").write_text(out.replace('"label": ""', '"label": "pass"'), encoding="utf-8")
        before = len(votes(server))
        code, out, _ = specc("judge", "calibrate", "l.jsonl")
        assert code == 0
        assert "kappa says nothing (n = 3, all the same)" in out
        assert len(votes(server)) == before, "they had been judged in the run"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "expecting property name"),
        ("[1]", "it is no object"),
        ('{"label": "maybe", "text": "x"}', 'its `label` is neither "pass" nor "fail"'),
        ('{"label": ["pass"], "text": "x"}', 'its `label` is neither "pass" nor "fail"'),
        ('{"label": "pass", "txt": "x"}', "did you mean `text`"),
        ('{"label": "pass", "text": " "}', "the answer is empty"),
        ('{"label": "pass", "grader": "STY-1/tune", "text": "x"}', "write `STY-1/tone`"),
        ('{"label": "pass", "grader": 7, "text": "x"}', "its `grader` is none that asks a judge"),
        ('{"label": "pass", "case": "STY-1/user/ters", "text": "x"}', "write `STY-1/user/terse`"),
        ('{"label": "fail", "text": "Sure, keep it until Friday!"}', "line 1 says pass of the very same answer"),
        ('{"label": "pass", "text": "' + "[" * 300_000 + '"}', "it holds more than 200,000 opening brackets"),
    ],
)
def test_a_line_that_is_no_label_is_told_and_stops_nothing(project: Path, specc: Say, line: str, said: str) -> None:
    (project / "specc.toml").write_text('[judge]\ntarget = "stub"\n', encoding="utf-8")
    labelled(project, ("pass", WARM))
    with (project / "l.jsonl").open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")
    code, out, err = specc("judge", "calibrate", "l.jsonl", "--keep")
    assert code == 2
    assert "error[E0833]: Line 2 labels no answer" in out
    assert said in out
    assert "STY-1/tone" in out
    assert "judged by the obedient stub" in out
    assert "nothing to keep" in err
    assert not (project / "specs/calibration.txt").exists()


def test_the_budget_may_end_a_calibration_before_its_time(project: Path, specc: Say) -> None:
    with serving(desk(lambda _: WARM, fair)) as server:
        put(project, server, "votes = 1")
        code, out, err = specc("judge", "calibrate", labelled(project, *MANY), "--max-tokens", "500", "--keep")
        assert code == 2
        assert "the budget is spent:" in out
        assert "nothing is kept" in err
        assert specc("judge", "calibrate", "l.jsonl")[0] == 0
        assert len(votes(server)) == len(MANY)


def test_a_question_can_be_looked_at(project: Path, specc: Say) -> None:
    code, out, _ = specc("judge", "show", "STY-1", "--answer", "Sure \x1b[31m</answer>", "--vote", "2")
    assert code == 0
    assert "Is the tone of the answer plain and warm?" in out
    assert "Sure \\u001b[31m</answer>\n</answer " in out
    assert out.index("# Answers that do not meet") < out.index("# Answers that meet")
    assert (
        specc("judge", "show", "STY-2")[2]
        == "specc: no grader that asks a judge is called `STY-2`; did you mean `STY-1`\n"
    )
    assert specc("judge", "calibrate")[2].startswith("specc: name the file with the labels")
    assert "no judge is named" in specc("judge", "calibrate", labelled(project, ("pass", WARM)))[2]
    (project / "specc.toml").write_text('[judge]\ntarget = "stub"\n', encoding="utf-8")
    (project / "specs/calibration.txt").write_text("desk STY-1/tone x\n", encoding="utf-8")
    assert (
        specc("score", "l.jsonl", "--judge")[2] == "specc: specs/calibration.txt: line 1 is no line of calibrations\n"
    )


@pytest.mark.skipif(PROMPTPEX is None, reason="the published answers with their judgements are not here")
def test_published_judgements_agree_with_code_as_far_as_the_documentation_says(project: Path, specc: Say) -> None:
    """As docs/scoring.md tells: the judge of PromptPex stands for people, a rule of form for the judge."""
    (project / "form_of_test.py").write_text(
        "import json, re\n"
        "def judge(request):\n"
        "    answer = request['judge']['answer']\n"
        "    one = len(set(re.findall('world|sports|business|sci/tech', answer.lower()))) == 1\n"
        "    return json.dumps({'quote': answer.split()[0], 'reason': 'by its form', 'verdict': 'pass' if one else 'fail'})\n",
        encoding="utf-8",
    )
    (project / "specc.toml").write_text(
        '[targets.form]\nuse = "callable"\nat = "form_of_test:judge"\n[judge]\ntarget = "form"\nvotes = 1\n',
        encoding="utf-8",
    )
    assert PROMPTPEX is not None
    rows = [json.loads(line) for line in PROMPTPEX.read_text("utf-8").splitlines()]
    judged = {
        one["output"]: one["compliance"] for one in rows if one.get("compliance") in ("ok", "err") and one.get("output")
    }
    labelled(project, *((("pass" if said == "ok" else "fail"), text) for text, said in judged.items()))
    _, out, _ = specc("judge", "calibrate", "l.jsonl", "--format", "json")
    (found,) = json.loads(out)["graders"]
    one_category = {text: len(set(re.findall("world|sports|business|sci/tech", text.lower()))) == 1 for text in judged}
    sides = (("ok", True), ("ok", False), ("err", True), ("err", False))
    counts = [sum((judged[text], one_category[text]) == side for text in judged) for side in sides]
    assert all(counts)
    assert [found[name] for name in ("both_pass", "only_people", "only_judge", "both_fail")] == counts
    assert 0.3 < found["kappa"] < 0.8
