"""`specc mutate` on the obedient stub, on a function that reads its prompt, on a server: what is killed, what survives, what is asked."""

import json
import re
import sqlite3
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from speclang.assure.mutate import mutate
from speclang.assure.mutation.outcome import Mutated, Reading, Wish
from speclang.assure.mutation.verdict import Fate
from speclang.cli.main import main
from tests.fixtures.commands import Say
from tests.fixtures.misbehaving import serving, words

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads(resources.files("speclang.report.schemas").joinpath("mutation.schema.json").read_text("utf-8"))

READER = """
import re

RULE = re.compile(r"If the time since the due date is (at most|more than) ([0-9]+) days, (?:you should )?(.*)[.]")
SAYS = {
    "tell the member that the loan is renewed": "It is renewed.",
    "ask the member to return the book": "Please return it.",
}

def answer(request):
    prompt, question = request["messages"][0]["content"], request["messages"][-1]["content"]
    late = int((re.search("([0-9]+) day", question) or "00")[1])
    for side, days, deed in RULE.findall(prompt):
        if (late <= int(days)) == (side == "at most"):
            return SAYS.get(deed, "I do not know.")
    return "I do not know."
"""


def mutated(folder: Path, **wish: Any) -> dict[str, tuple[Fate, Reading | None]]:
    found = mutate(folder, Wish(**wish))
    assert isinstance(found, Mutated)
    return {one.name: (one.fate, one.reading) for one in found.results}


def reads(project: Path, name: str) -> None:
    """Have the project ask a function that reads its prompt, in a module of its own."""
    (project / f"{name}.py").write_text(READER, encoding="utf-8")
    (project / "specc.toml").write_text(f'[targets.desk]\nuse = "callable"\nat = "{name}:answer"\n', encoding="utf-8")


def test_the_stub_does_what_the_changed_clause_says(project: Path) -> None:
    found = mutated(project, target="stub")
    killed = {name for name, (fate, _) in found.items() if fate is Fate.KILLED}
    assert {
        "LOAN-1/delete",
        "LOAN-1/negate",
        "LOAN-1/bound/2",
        "LOAN-2/bound/1",
        "FMT-1/delete",
        "FMT-1/bound",
    } <= killed
    # nothing refuses an answer that renews and asks for the book, so that a wider condition shows nowhere
    assert found["LOAN-1/bound/1"] == (Fate.SURVIVED, Reading.UNNOTICED)
    assert found["LOAN-1/condition"] == (Fate.SURVIVED, Reading.UNNOTICED)
    assert found["LOAN-1/weaken"] == (Fate.SURVIVED, Reading.ANYWAY)
    assert "FMT-1/bound/2" not in found, "30 words are no more than 60"
    spec = project / "specs/first.spec"
    text = spec.read_text("utf-8").replace('{ mentions "return" }', '{ mentions "return"; omits "renewed" }')
    spec.write_text(text, encoding="utf-8")
    assert main(["build"]) == 0
    assert mutated(project, target="stub", names=("LOAN-1",))["LOAN-1/bound/1"] == (Fate.KILLED, None)


def test_two_sides_that_are_swapped_are_noticed(tmp_path: Path) -> None:
    (tmp_path / "specs").mkdir()
    (tmp_path / "specc.toml").write_text("", encoding="utf-8")
    (tmp_path / "specs/law.spec").write_text(
        'feature law "Help" {\n  role "You help."\n'
        '  LAW-1 boundary "No legal advice" {\n    refuse "legal advice" like "Can I sue you?"\n'
        '    answer "our policies" like "What does your returns policy say?"\n  }\n'
        '  PRO-1 prose "Voice" { text "Write as a colleague speaks." }\n'
        '  SCA-1 scaffold "Steps" { text "Think step by step."; model "m-1"; because "It counts better."; owner me }\n}\n',
        encoding="utf-8",
    )
    assert main(["build", "--project", str(tmp_path)]) == 0
    found = mutate(tmp_path, Wish(target="stub"))
    assert isinstance(found, Mutated)
    fates = {one.name: (one.fate, one.why) for one in found.results}
    assert fates["LAW-1/delete"][0] is Fate.KILLED
    assert fates["LAW-1/negate"][0] is Fate.KILLED
    assert fates["PRO-1/delete"] == (Fate.UNTRIED, "no case tries it")
    assert found.idle == ("SCA-1",)


def test_a_function_that_reads_its_prompt_kills_what_it_obeys(project: Path, specc: Say) -> None:
    reads(project, "reader_of_mutants")
    wish = {"target": "desk", "steady": True}
    found = mutated(project, **wish)
    assert {name: fate for name, (fate, _) in found.items() if name.startswith("LOAN")} == {
        "LOAN-1/delete": Fate.KILLED,
        "LOAN-1/negate": Fate.KILLED,
        "LOAN-1/weaken": Fate.SURVIVED,
        "LOAN-1/bound/1": Fate.KILLED,
        "LOAN-1/bound/2": Fate.KILLED,
        "LOAN-1/condition": Fate.KILLED,
        "LOAN-2/delete": Fate.KILLED,
        "LOAN-2/negate": Fate.KILLED,
        "LOAN-2/weaken": Fate.SURVIVED,
        "LOAN-2/bound/1": Fate.KILLED,
        "LOAN-2/bound/2": Fate.SURVIVED,  # the first rule that fits is followed
        "LOAN-2/condition": Fate.KILLED,
    }
    assert found["FMT-1/delete"] == (Fate.SURVIVED, Reading.OPEN), "nobody has ever seen it fail"
    code, out, _ = specc("mutate", "--steady", "--operators", "delete", "FMT-1")
    assert code == 0
    assert "either no case notices, or the target does it anyway" in out
    assert "  + (nothing)" in out


def test_one_answer_is_no_kill_where_the_target_may_answer_otherwise(project: Path, specc: Say) -> None:
    reads(project, "reader_of_samples")
    code, out, _ = specc("mutate", "--operators", "bound", "LOAN-1")
    assert code == 0
    assert "2 mutants on desk (reader_of_samples:answer): 0 killed, 2 undecided" in out
    told = re.search(r"undecided, `--repeat (\d+)` may tell", out)
    assert told
    code, out, _ = specc("mutate", "--operators", "bound", "LOAN-1", "--repeat", told[1])
    assert re.search(r"[12] killed", out)


def test_a_case_that_fails_anyway_shows_nothing(project: Path, specc: Say) -> None:
    (project / "deaf_of_mutants.py").write_text("def answer(request):\n    return 'Hello.'\n", encoding="utf-8")
    (project / "specc.toml").write_text(
        '[targets.deaf]\nuse = "callable"\nat = "deaf_of_mutants:answer"\n', encoding="utf-8"
    )
    code, out, _ = specc("mutate", "--steady", "LOAN-1", "--operators", "delete")
    assert code == 0
    assert "undecided, no case of it passes with the prompt as it is: LOAN-1/delete" in out
    assert "fail with the prompt as it is, and show nothing: LOAN-1/nominal" in out


def test_a_server_is_asked_once_per_mutant_and_case_and_a_run_goes_on_where_it_was(project: Path, specc: Say) -> None:
    def obedient(body: dict[str, Any]) -> dict[str, Any]:
        prompt, question = body["messages"][0]["content"], body["messages"][-1]["content"]
        late = int((re.search(r"(\d+) day", question) or "00")[1])
        bound = re.search(r"at most (\d+) days, tell the member that the loan is renewed", prompt)
        return {"role": "assistant", "content": "renewed" if bound and late <= int(bound[1]) else "return"}

    with serving(obedient) as server:
        settings = f'[targets.small]\nuse = "openai_api"\nmodel = "m"\nat = "{server.url}"\nkey = "THE_KEY"\n'
        (project / "specc.toml").write_text(settings, encoding="utf-8")
        command = ("mutate", "--steady", "LOAN-1", "--operators", "delete,bound", "--format", "json")
        code, out, _ = specc(*command, "--max-tokens", "1200", "--concurrency", "1")
        assert code == 1
        found = json.loads(out)
        Draft202012Validator(SCHEMA).validate(found)
        assert found["state"] == "spent"
        assert {one["fate"] for one in found["mutants"]} == {"killed", "not_run"}
        sent = len(server.requests)
        code, out, _ = specc(*command)
        found = json.loads(out)
        Draft202012Validator(SCHEMA).validate(found)
        assert (code, found["state"], found["spent"]["recalled"]) == (0, "done", sent)
        assert [one["fate"] for one in found["mutants"]] == ["killed"] * 3
        first = found["mutants"][0]
        assert {"LOAN-1"} == {name for one in first["cases"] for name in one["noticed"]}
        cases = len(first["cases"])
        assert len(server.requests) == 4 * cases, "each case with the prompt as it is, and with each of three mutants"
        assert len({one["messages"][0]["content"] for one in server.requests}) == 4
        assert specc(*command)[0] == 0
        assert len(server.requests) == 4 * cases
    with sqlite3.connect(project / ".specc/answers.db") as store:
        assert store.execute("SELECT state FROM mutations").fetchall() == [("spent",), ("done",), ("done",)]
        assert store.execute("SELECT count(*) FROM runs").fetchone() == (0,)
        assert store.execute("SELECT count(DISTINCT number) FROM trials WHERE mutation = 2").fetchone() == (4,)
    store.close()


def test_the_gate_counts_what_is_shown(project: Path, specc: Say) -> None:
    assert specc("mutate", "--target", "stub", "--at-least", "50%", "--operators", "delete,negate")[0] == 3
    code, _, err = specc("mutate", "--target", "stub", "--at-least", "0.95", "LOAN-1")
    assert code == 1
    assert "3 of 6 mutants are shown to be killed, and 95% are wanted" in err
    code, out, err = specc("mutate", "--target", "stub", "--at-least", "0.95", "--format", "markdown")
    assert "fewer than 95% are killed" in out
    assert "**By the obedient stub, which is no model" in out
    assert "<details><summary>`LOAN-1/weaken` survived: `must -> should`</summary>" in out
    reads(project, "reader_of_gates")
    code, _, err = specc("mutate", "--at-least", "10%", "--operators", "bound", "LOAN-1")
    assert code == 1
    assert "0 of 2 mutants are shown to be killed" in err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "no target is stated"),
        (("--target", "stub", "LOAN-9"), "there is no feature or requirement `LOAN-9`; did you mean `LOAN-1`"),
        (("--target", "stub", "--operators", "delet"), "there is no operator `delet`; did you mean `delete`"),
        (("--target", "stub", "--operators", "override"), "no clause of these says anything that could be changed"),
    ],
)
def test_what_can_not_be_done_is_told(specc: Say, words: tuple[str, ...], said: str) -> None:
    code, out, err = specc("mutate", *words)
    assert (code, out) == (2, "")
    assert said in err


def test_a_prompt_that_was_edited_by_hand_is_not_changed_further(project: Path, specc: Say) -> None:
    prompt = project / "generated/first/prompt.md"
    prompt.write_text(prompt.read_text("utf-8").replace("7 days", "8 days"), encoding="utf-8")
    code, _, err = specc("mutate", "--target", "stub")
    assert code == 2
    assert "generated/first/prompt.md is not what the specs make; `specc build` writes it" in err


def test_an_answer_that_does_not_come_is_told(project: Path, specc: Say) -> None:
    with serving(words("It is renewed. Please return it."), "401") as server:
        settings = f'[targets.small]\nuse = "openai_api"\nmodel = "m"\nat = "{server.url}"\nkey = "THE_KEY"\n'
        (project / "specc.toml").write_text(settings, encoding="utf-8")
        code, out, _ = specc("mutate", "LOAN-1", "--operators", "delete", "--concurrency", "1")
    assert code == 1
    assert "it did not come to its end: http://" in out
    assert "not run: LOAN-1/delete" in out


def test_a_budget_that_can_bound_nothing_is_refused(project: Path, specc: Say) -> None:
    with serving(words("It is renewed.")) as server:
        settings = f'[targets.small]\nuse = "openai_api"\nmodel = "m"\nat = "{server.url}"\n'
        (project / "specc.toml").write_text(settings, encoding="utf-8")
        code, _, err = specc("mutate", "--max-cost", "1")
        assert code == 2
        assert "`--max-cost` can't bound `small`, which states no price" in err
        assert server.requests == []


def test_what_a_mutant_proves_is_told_until_clause_case_or_grader_change(project: Path, specc: Say) -> None:
    reads(project, "reader_of_proofs")
    assert "proven" not in specc("trace", "LOAN-1")[1]
    assert specc("mutate", "--target", "stub", "--operators", "delete")[0] == 3
    assert "proven" not in specc("trace", "LOAN-1")[1], "the stub proves nothing"
    assert specc("mutate", "--steady", "--operators", "delete", "LOAN-1", "LOAN-2")[0] == 0
    out = specc("trace", "LOAN-1")[1]
    said = re.findall(r"(\S+)  \(proven \d{4}-\d\d-\d\d by reader_of_proofs:answer\)", out)
    assert {"LOAN-1/mentions-renewed", "LOAN-1/nominal", "LOAN-1/boundary/late=7"} <= set(said)
    assert "LOAN-1/boundary/late=8" not in said, "it is LOAN-2's clause whose loss it notices"
    graph = json.loads(specc("trace", "--format", "json")[1])
    proven = [one for one in graph["edges"] if "proven" in one]
    assert {(one["source"], one["kind"], one["target"]) for one in proven} >= {
        ("case:first/LOAN-1/nominal", "covers", "requirement:first/LOAN-1"),
        ("clause:first/LOAN-1", "renders", "requirement:first/LOAN-1"),
        ("grader:first/LOAN-1/mentions-renewed", "grades", "requirement:first/LOAN-1"),
    }
    assert "proven" in specc("trace", "--format", "graphml")[1]
    specc("trace", "--html", "trace.html")
    assert "by reader_of_proofs:answer" in (project / "trace.html").read_text("utf-8")
    out = specc("check", "--evidence")[1]
    assert re.search(r"LOAN-1: proven on \S+ by reader_of_proofs:answer, 1 mutant killed by \d cases", out)
    assert "evidence: 2 killed a mutant, 0 executed, 0 stale, 1 generated" in out
    data = json.loads(specc("trace", "--uncovered", "--json")[1])
    assert data["summary"]["killed"] == 2
    assert {one["name"]: one["level"] for one in data["requirements"]}["LOAN-1"] == "killed"
    spec = project / "specs/first.spec"
    spec.write_text(spec.read_text("utf-8").replace("words <= 60", "words <= 50"), encoding="utf-8")
    assert specc("build")[0] == 0
    assert "proven" in specc("trace", "LOAN-1")[1], "another clause has changed"
    spec.write_text(spec.read_text("utf-8").replace("late <= 7 days", "late <= 6 days"), encoding="utf-8")
    specc("build")
    assert "proven" not in specc("trace", "LOAN-1")[1]
    assert "LOAN-1: proven" not in specc("check", "--evidence")[1]
