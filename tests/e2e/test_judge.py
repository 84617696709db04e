"""A judge on a real server: what it is asked, how often, what becomes of what it says, and what it can't bring about."""

import json
import os
import sqlite3
import subprocess
import sys
import time
import zlib
from importlib import resources
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.fixtures.commands import KEY, Say
from tests.fixtures.misbehaving import serving
from tests.strategies.bench import CASES, Body, desk, fair, material, put, shown_answer, vote, votes

PACKAGE = Path(__file__).parents[2]
WARM, COLD = "Sure, keep it until Friday!", "Your request has been filed."


@pytest.fixture
def project(judged: Path) -> Path:
    return judged


def by_user(body: Body) -> str:
    """Warm to most, stiff to the angry one, and with a banned phrase to the terse one."""
    said = body["messages"][-1]["content"]
    return COLD if "THIRD" in said else f"Kindly wait. {WARM}" if "small talk" in said else WARM


def test_the_judge_tells_what_no_code_can_and_only_that(project: Path, specc: Say) -> None:
    with serving(desk(by_user, fair)) as server:
        put(project, server)
        code, out, _ = specc("eval")
        assert code == 1
        assert "STY-1        must      3     2      0  60% (n = 5, 23% to 88%)    fails (judged)" in out
        assert f'`STY-1/user/angry`: judged by strong (judge-1), 2 of 2 votes say fail, by "{COLD}": so it reads' in out
        assert "judged by strong (judge-1): 2 verdicts by 4 votes, 4 asked" in out
        assert len(votes(server)) == 4, (
            "the banned phrase had decided one of the three, and two votes of three settle it"
        )
        assert "80% (n = 5, 38% to 96%) meet all that code can tell" in out, "what code tells is told apart"
        assert "2 of them were judged, too: 50% (n = 2, 9% to 91%) meet all that code and judge can tell" in out


def test_a_request_to_the_judge_holds_rubric_and_anchors_and_wants_a_form(project: Path, specc: Say) -> None:
    with serving(desk(lambda _: WARM, fair)) as server:
        put(project, server)
        specc("eval", "--case", "STY-1/user/terse")
        first, second = sorted(map(material, votes(server)), key=lambda text: text.index("# Answers that do not meet"))
        for text in (first, second):
            assert "Is the tone of the answer plain and warm?" in text
            assert "write in a tone that is plain and warm" in text.casefold()
            assert text.count("Sure, keep it another week!") == 1, (
                "the clause shows no anchors, which would stand in one order"
            )
            assert "Sure, keep it another week!" in text
            assert "user: no small talk." in text
        assert second.index("# Answers that meet") < second.index("# Answers that do not meet")
        assert first.index("# Answers that do not meet") < first.index("# Answers that meet"), "the anchors are swapped"
        form = votes(server)[0]["response_format"]
        assert form["json_schema"]["schema"]["required"] == ["quote", "reason", "verdict"]
        assert all("response_format" not in one for one in server.requests if one not in votes(server))


def test_nothing_is_asked_twice_neither_in_a_run_nor_in_the_next(project: Path, specc: Say) -> None:
    with serving(desk(lambda _: WARM, fair)) as server:
        put(project, server)
        assert specc("eval", "--repeat", "2")[0] == 0
        first = len(votes(server))
        assert first == 3 * 2, "three users said something different, and each got the same answer twice"
        _, out, _ = specc("eval", "--repeat", "2")
        assert len(votes(server)) == first
        assert "0 asked, 6 verdicts from the store" in out
        put(project, server, "votes = 5")
        specc("eval")
        assert len(votes(server)) == first + 3, "of the three votes that settle it, two were known"
        specc("eval", "--afresh", "--case", "STY-1/user/terse")
        assert len(votes(server)) == first + 6


def test_no_judge_is_asked_where_none_is_wished(project: Path, specc: Say) -> None:
    with serving(desk(by_user, fair)) as server:
        put(project, server)
        code, out, _ = specc("eval", "--no-judge")
        assert code == 1
        assert "2 verdicts are left to a judge" in out
        assert specc("eval", "--target", "stub")[0] == 3
        assert votes(server) == [], "nobody is paid to judge the stub"


def test_votes_that_differ_are_told_and_the_majority_decides(project: Path, specc: Say) -> None:
    def fickle(body: Body) -> str:
        return vote(
            "pass" if "# Answers that meet" in material(body).partition("# Answers that do not")[0] else "fail", WARM
        )

    with serving(desk(lambda _: WARM, fickle)) as server:
        put(project, server)
        code, out, _ = specc("eval", "--case", "STY-1/user/terse", "--format", "json")
        assert code == 0
        found = json.loads(out)
        assert (found["judge"]["votes"], found["judge"]["split"]) == (3, 1)
        schema = resources.files("speclang.report.schemas").joinpath("evaluation.schema.json").read_text("utf-8")
        Draft202012Validator(json.loads(schema)).validate(found)


HOSTILE = {
    "a quote that is not there": vote("pass", "We love you."),
    "escapes": "\x1b[2J\x1b[31mpass\x07",
    "deep": '{"verdict": ' + "[" * 50_000 + "]" * 50_000 + "}",
    "unsure": vote("unsure", ""),
}


@pytest.mark.parametrize("reply", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_reply_that_is_no_vote_never_passes_an_answer(project: Path, specc: Say, reply: str) -> None:
    with serving(desk(lambda _: WARM, lambda _: reply)) as server:
        put(project, server, "votes = 1", "again = 1")
        code, out, _ = specc("eval", "--case", "STY-1/user/terse")
        assert code == 1
        assert "error[E0831]: The judge came to no verdict on 1 of 1 answers to `STY-1`" in out
        assert "\x1b" not in out
        assert "STY-1        must      0     0      1  -                          undecided (judged)" in out
        assert len(votes(server)) == (1 if "unsure" in reply else 2)
        if len(votes(server)) == 2:
            assert "Your last reply could not be used" in material(votes(server)[1])


@pytest.mark.parametrize("fault", ["huge", "half", "400"])
def test_a_body_that_can_not_be_read_is_no_vote(project: Path, specc: Say, fault: str) -> None:
    with serving(desk(lambda _: WARM, fair), "ok", *[fault] * 20) as server:
        put(project, server, "votes = 1")
        config = (project / "specc.toml").read_text("utf-8").replace("key =", "retries = 0\nkey =")
        (project / "specc.toml").write_text(config, encoding="utf-8")
        code, out, _ = specc("eval", "--case", "STY-1/user/terse")
        assert code == 1
        assert "E0831" in out
        before = len(votes(server))
        server.script.clear()
        assert specc("eval", "--case", "STY-1/user/terse")[0] == 0
        assert len(votes(server)) == before + 1, "what did not come is asked again"


def test_quotes_and_reasons_are_shown_harmless(project: Path, specc: Say) -> None:
    bad = "Sure\x1b[31m <script>alert(1)</script> | `x`\u202e filed \U000e0041"

    def judge(body: Body) -> str:
        assert "\\u001b[31m" in shown_answer(body), "what has no shape is shown as an escape"
        assert "\\U000e0041" in shown_answer(body)
        return vote("fail", bad, "\x1b[2J \x00 <b>no</b> \u202e")

    with serving(desk(lambda _: bad, judge)) as server:
        put(project, server)
        for how in ("human", "json", "junit", "sarif", "github", "markdown"):
            code, out, err = specc("eval", "--case", "STY-1/user/terse", "--format", how)
            assert code == 1
            assert "judged by strong" in out
            assert not {"\x1b", "\x00", "\u202e", "\U000e0041"} & set(out + err)
        assert "<script>" not in specc("eval", "--case", "STY-1/user/terse", "--format", "junit")[1]


def test_a_server_that_knows_no_form_is_asked_without_one(project: Path, specc: Say) -> None:
    with serving(desk(lambda _: WARM, fair)) as server:
        put(project, server)
        server.formless = True
        code, _, _ = specc("eval", "--case", "STY-1/user/*")
        assert code == 0
        assert sum("response_format" not in one for one in votes(server)) == 6
        assert sum("response_format" in one for one in votes(server)) <= 6, (
            "those that were under way when it refused the first"
        )


def test_the_budget_counts_the_judge_and_a_further_run_goes_on(project: Path, specc: Say) -> None:
    with serving(desk(lambda _: WARM, fair)) as server:
        put(project, server)
        code, out, _ = specc("eval", "--max-tokens", "500", "--concurrency", "1")
        assert code == 1
        assert "error[E0822]" in out
        assert "the budget is spent" in out
        assert len(server.requests) < CASES + 6
        assert specc("eval")[0] == 0
        assert len(server.requests) == CASES + 6, "nothing was asked twice"


def test_a_judge_that_can_not_be_asked_ends_the_run_and_says_how_to_do_without(
    project: Path, specc: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(desk(lambda _: WARM, fair)) as server:
        put(project, server)
        text = (project / "specc.toml").read_text("utf-8")
        (project / "specc.toml").write_text(text.replace('target = "strong"', 'target = "strnog"'), encoding="utf-8")
        code, _, err = specc("eval")
        assert code == 2
        assert "the judge can't be asked: there is no target `strnog` that can be asked; did you mean `strong`" in err
        assert "`--no-judge` does without" in err
        (project / "specc.toml").write_text(text, encoding="utf-8")
        monkeypatch.delenv("THE_KEY")
        assert "`THE_KEY` is not set" in specc("eval")[2]
        assert server.requests == []


def test_a_judge_that_refuses_its_key_ends_the_run_and_what_was_answered_is_kept(project: Path, specc: Say) -> None:
    def closed(body: Body) -> Body:
        return {"role": "assistant", "content": WARM}

    with serving(closed, "ok", "401") as server:
        put(project, server)
        config = (project / "specc.toml").read_text("utf-8")
        (project / "specc.toml").write_text(f'{config}[gates]\n"STY-1" = 0.5\n', encoding="utf-8")
        code, out, _ = specc("eval", "--case", "STY-1/user/terse", "--concurrency", "1")
        assert code == 1
        assert "the judge can't be asked" in out
        assert "says 401" in out
        assert "STY-1        must      0     0      1" in out, "it was answered, and waits for a judge"
        before = len(server.requests)
        specc("eval", "--case", "STY-1/user/terse", "--no-judge")
        assert len(server.requests) == before


def test_two_currencies_make_no_budget(project: Path, specc: Say) -> None:
    with serving(desk(lambda _: WARM, fair)) as server:
        put(project, server)
        text = (project / "specc.toml").read_text("utf-8")
        for model, currency in (("m-1", "USD"), ("judge-1", "EUR")):
            price = f'price = {{ input = 1, output = 1, currency = "{currency}" }}'
            text = text.replace(f'model = "{model}"\n', f'model = "{model}"\n{price}\n')
        (project / "specc.toml").write_text(text, encoding="utf-8")
        code, _, err = specc("eval", "--max-cost", "1")
        assert code == 2
        assert "the target is paid in USD and the judge in EUR" in err
        assert server.requests == []


def test_a_budget_leaves_open_what_is_over_and_the_next_scoring_goes_on(project: Path, specc: Say) -> None:
    texts = [f"Sure, keep book {number}!" for number in range(5)]
    rows = [{"case": "STY-1/user/terse", "sample": at, "text": text} for at, text in enumerate(texts)]
    (project / "a.jsonl").write_text("".join(f"{json.dumps(one)}\n" for one in rows), encoding="utf-8")
    with serving(desk(lambda _: WARM, fair)) as server:
        put(project, server, "votes = 1")
        text = (project / "specc.toml").read_text("utf-8").replace("key =", "concurrency = 1\nkey =")
        (project / "specc.toml").write_text(text, encoding="utf-8")
        code, _, err = specc("score", "a.jsonl", "--judge", "--max-cost", "1")
        assert code == 2
        assert "`--max-cost` can't bound `strong`, which states no price" in err
        assert votes(server) == []
        priced = 'model = "judge-1"\nprice = { input = 10000, output = 0 }\n'
        (project / "specc.toml").write_text(text.replace('model = "judge-1"\n', priced), encoding="utf-8")
        code, out, err = specc("score", "a.jsonl", "--judge", "--max-cost", "2")
        assert code == 1
        assert "STY-1           2     0      3    0  100% (n = 2, 34% to 100%)" in out
        assert "FMT-1           5     0      0    0" in out, "code has its say on every answer"
        assert "judged by strong (judge-1): 2 verdicts by 2 votes, 2 asked" in out
        assert "spent: 220 tokens, 2.0000 USD" in out
        assert "the budget is spent: 3 answers are left to the judge; run it again" in err
        code, out, err = specc("score", "a.jsonl", "--judge", "--max-tokens", "100")
        assert (code, len(votes(server))) == (1, 3)
        assert "3 verdicts by 3 votes, 1 asked, 2 verdicts from the store" in out
        code, out, err = specc("score", "a.jsonl", "--judge", "--max-tokens", "1000")
        assert (code, len(votes(server)), err) == (0, 5, "")


def test_killed_while_votes_come_none_is_asked_for_twice(project: Path, specc: Say) -> None:
    with serving(desk(lambda _: WARM, fair), *["slow 0.04"] * 40) as server:
        put(project, server)
        for more in (4, 4):
            before = len(server.requests)
            running = subprocess.Popen(
                [sys.executable, "-m", "speclang", "eval", "--concurrency", "1"],
                cwd=project,
                env={**os.environ, "PYTHONPATH": str(PACKAGE)},
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            until = time.monotonic() + 60
            while len(server.requests) < before + more and running.poll() is None and time.monotonic() < until:
                time.sleep(0.005)
            running.kill()
            running.wait()
        code, out, _ = specc("eval")
        assert code == 0, out
        whole = CASES + 6
        assert whole <= len(server.requests) <= whole + 2 * 9, "what was under way had not come"
        came = [json.dumps(one["messages"]) for one in votes(server)]
        assert len(set(came)) == 6


def test_the_key_of_the_judge_stands_nowhere(project: Path, specc: Say) -> None:
    def leak(body: Body) -> str:
        return vote("fail", WARM, f"your key is {KEY}")

    with serving(desk(lambda _: WARM, leak)) as server:
        put(project, server)
        shown = specc("eval", "--format", "json")
        assert server.keys[-1] == f"Bearer {KEY}"
    assert KEY not in json.dumps(shown)
    assert [path for path in project.rglob("*") if path.is_file() and KEY.encode() in path.read_bytes()] == []
    with sqlite3.connect(project / ".specc/answers.db") as store:
        assert not any(KEY.encode() in zlib.decompress(data) for (data,) in store.execute("SELECT data FROM texts"))
    store.close()


def test_recorded_answers_are_judged_where_that_is_wished(project: Path, specc: Say) -> None:
    lines = [{"case": "STY-1/user/terse", "text": text} for text in (WARM, COLD, "Kindly.", WARM, "")]
    (project / "a.jsonl").write_text("".join(json.dumps(one) + "\n" for one in lines), encoding="utf-8")
    with serving(desk(lambda _: WARM, fair)) as server:
        put(project, server)
        _, out, _ = specc("score", "a.jsonl")
        assert votes(server) == []
        assert "STY-1           0     2      3    0" in out
        code, out, _ = specc("score", "a.jsonl", "--judge")
        assert code == 1
        assert "STY-1           2     3      0    0" in out
        assert len(votes(server)) == 4, "two texts, two votes each"
        _, out, _ = specc("score", "a.jsonl", "--judge", "--format", "json")
        found = json.loads(out)
        schema = resources.files("speclang.grading.schemas").joinpath("scores.schema.json").read_text("utf-8")
        Draft202012Validator(json.loads(schema)).validate(found)
        tone = found["answers"][1]["requirements"][0]["graders"][1]
        assert tone["judgement"] == {
            "judge": "strong (judge-1)",
            "quote": COLD,
            "votes": {"pass": 0, "fail": 2, "none": 0},
        }
    (project / "specc.toml").write_text("", encoding="utf-8")
    code, out, err = specc("score", "a.jsonl", "--judge", "--format", "json")
    assert (code, out) == (2, "")
    assert "no judge is named" in err


def test_the_stub_judges_without_a_model_and_says_so(project: Path, specc: Say) -> None:
    (project / "specc.toml").write_text('[judge]\ntarget = "stub"\n', encoding="utf-8")
    code, out, _ = specc("eval", "--target", "stub")
    assert code == 3
    assert "judged by the obedient stub, which is no model" in out
    lines = [{"case": "STY-1/user/terse", "text": "Sure, keep it another week!"}]
    (project / "a.jsonl").write_text(json.dumps(lines[0]), encoding="utf-8")
    code, out, err = specc("score", "a.jsonl", "--judge")
    assert code == 3
    assert "judged by the obedient stub" in err


def test_a_triage_knows_what_the_judge_has_said(project: Path, specc: Say) -> None:
    with serving(desk(by_user, fair)) as server:
        put(project, server)
        specc("eval")
        asked = len(server.requests)
        code, out, _ = specc("triage", "--case", "STY-1/user/angry", "--format", "json")
        (one,) = json.loads(out)["conversations"]
        assert (code, one["verdict"]["joint"], one["verdict"]["requirement"]) == (1, "prompt-to-model", "STY-1")
        assert one["findings"][0]["reason"] == f'the judge says of "{COLD}": 2 of 2 votes say fail'
        assert len(json.loads(specc("triage", "--format", "json")[1])["conversations"]) == 2, (
            "one is failed by code alone"
        )
        assert len(server.requests) == asked, "nobody is asked again"
