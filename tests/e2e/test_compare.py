"""`specc compare` by the list of what has to work: two runs, what they were asked within, and what was said and done in each."""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from speclang.assure.comparing.envelope import Envelope, read
from speclang.assure.comparing.rebuilding import rebuilt
from speclang.assure.course import parts
from speclang.assure.evidence import opened
from speclang.engine.compiling import Opened, open_project
from speclang.run.store.database import Store
from speclang.source.hashing import digest
from tests.fixtures.commands import KEY, Say
from tests.fixtures.misbehaving import Misbehaving, serving, words
from tests.fixtures.recorded import GOOD, records


def enveloped(store: Store, run: int) -> Envelope:
    found = read(store.details.envelope(run))
    assert found is not None
    return found


def change(project: Path, one: str, other: str) -> None:
    spec = project / "specs/first.spec"
    text = spec.read_text("utf-8")
    assert one in text
    spec.write_text(text.replace(one, other), encoding="utf-8")


def prompts(project: Opened) -> list[str]:
    return [one.prompt for one in parts(project, "", lambda *_: True)]


def test_any_run_can_be_had_again_as_it_was_prompt_and_cases_and_all(project: Path, specc: Say) -> None:
    records(project)
    prompt = project / "generated/first/prompt.md"
    specc("eval")
    first = prompt.read_text("utf-8")
    change(project, "words <= 60", "words <= 40")
    specc("build")
    edited = prompt.read_text("utf-8").replace("help desk", "front desk")
    prompt.write_text(edited, encoding="utf-8")
    specc("eval")
    change(project, "words <= 40", "words <= 20")
    specc("build")
    today = open_project(project)
    store = opened(today)
    found = [enveloped(store, run) for run in (1, 2)]
    again = [rebuilt(today, one, store).project for one in found]
    assert again[0] is not None
    assert again[1] is not None
    assert [prompts(one) for one in again if one is not None] == [[first], [edited]]
    assert [[one.built for one in each.features] for each in found] == [[True], [False]]
    lock = {one.path: one.text for one in again[0].compiled.artifacts}
    assert lock["generated/first/prompt.md"] == first
    store.close()


def test_an_envelope_holds_no_key_and_costs_nothing_for_each_answer(project: Path, specc: Say) -> None:
    records(project)
    with (project / "specc.toml").open("a", encoding="utf-8") as settings:
        settings.write(
            f'[targets.other]\nuse = "openai_api"\nmodel = "m"\nkey = "THE_KEY"\nparameters = {{ user = "{KEY}" }}\n'
        )
    for count in ("1", "3"):
        specc("eval", "--target", "then", "--repeat", count)
    store = opened(open_project(project))
    one, other = (enveloped(store, run) for run in (1, 2))
    assert one.texts == other.texts
    assert KEY not in repr((one, other, store.details.texts(one.texts)))
    assert digest((project / "specs/first.spec").read_text("utf-8")) in {hash for _, hash in one.sources}
    store.close()


def call(id: str, tool: str, arguments: dict[str, object], result: object) -> list[dict[str, object]]:
    told = {"id": id, "function": {"name": tool, "arguments": json.dumps(arguments)}}
    return [
        {"role": "assistant", "content": None, "tool_calls": [told]},
        {"role": "tool", "tool_call_id": id, "content": json.dumps(result)},
    ]


def conversation(
    *, amount: int = 90, seconds: str = "01", id: str = "11", said: str = "It is renewed."
) -> list[dict[str, object]]:
    """A loan that is looked up, extended and told of."""
    handed = {"loan_id": f"loan-{id}", "at": moment(seconds), "title": "Emma"}
    paid: dict[str, object] = {"loan": f"loan-{id}", "days": amount, "key": f"0f8fad5b-d9cb-469f-a165-7086772895{id}"}
    if id != "11":
        handed, paid = dict(reversed(handed.items())), dict(reversed(paid.items()))
    found = call(f"call_{id}a", "look_up", {"member": 7}, handed)
    return [
        {"role": "user", "content": "Can you renew my loan?"},
        *found,
        *call(f"call_{id}b", "extend", paid, {"ok": True, "until": amount}),
        {"role": "assistant", "content": said},
    ]


def moment(seconds: str) -> str:
    """A time of the day on which the tests run."""
    return f"{datetime.now(UTC):%Y-%m-%dT%H:%M:}{seconds}Z"


def recorded(project: Path, messages: list[dict[str, object]]) -> None:
    line = {"case": "LOAN-1/nominal", "messages": messages}
    (project / "then.jsonl").write_text(json.dumps(line), encoding="utf-8")
    (project / "specc.toml").write_text('[targets.then]\nuse = "recorded"\nat = "then.jsonl"\n', encoding="utf-8")


def compared(specc: Say, *options: str) -> dict[str, Any]:
    _, out, err = specc("compare", "1", "2", "--format", "json", *options)
    assert not err
    found: dict[str, Any] = json.loads(out)
    Draft202012Validator(
        json.loads(resources.files("speclang.report.schemas").joinpath("comparison.schema.json").read_text())
    ).validate(found)
    return found


def test_5_1_two_runs_that_differ_in_one_argument_at_step_3_part_there_though_all_later_text_differs(
    project: Path, specc: Say
) -> None:
    recorded(project, conversation(said="Good news: it is renewed for 90 days."))
    specc("eval", "--case", "LOAN-1/nominal")
    recorded(project, conversation(amount=9, said="Renewed. You have nine days."))
    specc("eval", "--case", "LOAN-1/nominal")
    answers = compared(specc, "--case", "LOAN-1/nominal")["answers"]
    assert answers["first"] == {"changed arguments": 1}
    [shown] = answers["shown"]
    parted = shown["steps"][shown["parts_at"]]
    assert (parted["how"], parted["before"]["number"], parted["after"]["number"]) == ("changed arguments", 3, 3)
    assert parted["differs"] == [{"at": "days", "before": 90, "after": 9}]
    assert [one["how"] for one in shown["steps"]] == ["same", "same", "changed arguments", "said otherwise"]
    _, out, _ = specc("compare", "1", "2", "--case", "LOAN-1/*")
    assert "they part at step 3, `extend`, argument `days`: 90 -> 9" in out
    assert "~ 3 extend(" in out


def test_5_2_times_made_ids_and_the_order_of_keys_make_no_difference(project: Path, specc: Say) -> None:
    recorded(project, conversation())
    specc("eval", "--case", "LOAN-1/nominal")
    recorded(project, conversation(seconds="59", id="42"))
    specc("eval", "--case", "LOAN-1/nominal")
    answers = compared(specc)["answers"]
    assert (answers["pairs"], answers["same"], answers["first"]) == (1, 1, {})
    assert "1 pair of answers side by side, 1 the same step by step\n" in specc("compare", "1", "2")[1]


class Reporting(Misbehaving):
    """A server that says which model it is, until it is another."""

    snapshot = "m-2026-01-01"

    def completion(self, body: dict[str, object]) -> dict[str, object]:
        return {**super().completion(body), "model": self.snapshot, "system_fingerprint": "fp_1"}


def test_5_3_what_differs_in_the_envelopes_is_listed_per_axis(project: Path, specc: Say) -> None:
    with serving(words(GOOD), kind=Reporting) as server:
        settings = f'[targets.small]\nuse = "openai_api"\nmodel = "m"\nat = "{server.url}"\n'
        toml = project / "specc.toml"
        toml.write_text(f"{settings}parameters = {{ temperature = 0 }}\n", encoding="utf-8")
        specc("eval")
        assert isinstance(server, Reporting)
        server.snapshot = "m-2026-09-09"
        toml.write_text(
            f"{settings}parameters = {{ temperature = 1, seed = 7 }}\nrounds = 3\nretries = 1\n", encoding="utf-8"
        )
        change(project, "words <= 60", "words <= 40")
        change(project, "7 days", "10 days")
        specc("build")
        specc("eval")
    found = compared(specc)
    told = {(one["axis"], one["name"]): one for one in found["envelope"] if one["case"] is None}
    names = [key for key in told if key[0] in ("prompt", "model", "parameters", "harness")]
    assert names == [
        ("prompt", "LOAN-1"), ("prompt", "LOAN-2"), ("prompt", "FMT-1"), ("model", "snapshot"),
        ("parameters", "seed"), ("parameters", "temperature"), ("harness", "retries"), ("harness", "rounds"),
    ]  # fmt: skip
    assert (told["model", "snapshot"]["before"], told["model", "snapshot"]["after"]) == (
        "m-2026-01-01 fp_1",
        "m-2026-09-09 fp_1",
    )
    assert told["prompt", "FMT-1"]["how"] == "tightened"
    assert told["harness", "retries"]["idle"]
    assert not told["harness", "rounds"]["idle"]
    assert ("graders", "FMT-1/words") in told
    assert any(one["axis"] == "cases" and one["case"] for one in found["envelope"])
    _, out, _ = specc("compare", "1", "2")
    assert "  prompt      LOAN-1 " in out
    assert "  parameters  seed: none -> 7\n              temperature: 0 -> 1\n" in out
    _, out, _ = specc("compare", "1", "2", "--format", "markdown")
    assert "| parameters | `temperature` | changed: `0` → `1` |" in out


PAIRS = [
    ("words <= 60", "words <= 40", "FMT-1", "tightened"),
    ("words <= 60", "words <= 90", "FMT-1", "loosened"),
    ("must words <= 60 }", 'must words <= 60; phrase "Use 60 words or fewer." }', "FMT-1", "reworded only"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "requirement", "how"), PAIRS)
def test_5_5_a_clause_that_only_reads_otherwise_is_told_from_one_that_asks_for_more(
    project: Path, specc: Say, one: str, other: str, requirement: str, how: str
) -> None:
    records(project)
    specc("eval")
    change(project, one, other)
    assert specc("build")[0] == 0
    specc("eval")
    told = {each["name"]: each["how"] for each in compared(specc)["envelope"] if each["axis"] == "prompt"}
    assert told == {requirement: how}


def test_an_axis_that_alone_differs_is_told_as_the_one_that_can_be_why(project: Path, specc: Say) -> None:
    records(project)
    specc("eval")
    records(project, **{"LOAN-2/nominal": "It is renewed."})
    specc("eval")
    _, out, _ = specc("compare", "1", "2")
    assert "  LOAN-2/nominal (lost LOAN-2): they part at step 2, what the assistant says" in out
    assert "only the model (then.jsonl) can be why, or chance" in out
    assert (
        specc("compare", "1", "2", "--case", "nowhere")[2]
        == "specc: no case that both runs answered is called as `nowhere` says\n"
    )
    assert "nothing differs in the envelopes" in specc("compare", "1", "1")[1]


def test_a_run_of_which_no_envelope_was_kept_is_compared_by_its_answers_and_that_is_said(
    project: Path, specc: Say
) -> None:
    for text in (GOOD, "Hello."):
        records(project, text)
        specc("eval", "--case", "LOAN-2/nominal")
    with closing(sqlite3.connect(project / ".specc/answers.db")) as store, store:
        store.execute("UPDATE runs SET envelope = NULL WHERE id = 1")
    _, out, _ = specc("compare", "1", "2")
    why = "run 1 was made by an earlier specc, which kept nothing of its envelope"
    assert out.startswith(f"! {why}\n\n")
    assert "what the assistant says; what differs in the envelopes is not known\n" in out
    assert compared(specc)["unknown"] == [why]
    assert specc("bisect", "1", "2") == (2, "", f"specc: {why}; run it again\n")
