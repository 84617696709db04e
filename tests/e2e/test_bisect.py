"""`specc bisect`: a planted difference is found, alone or together with another, and nothing is asked that need not be."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from speclang.assure.bisect import bisect
from speclang.assure.bisecting.outcome import Bisected, Wish
from tests.e2e.test_compare import change
from tests.fixtures.commands import Say
from tests.fixtures.misbehaving import Answer, Misbehaving, serving
from tests.fixtures.recorded import GOOD

SCHEMA = json.loads(resources.files("speclang.report.schemas").joinpath("bisection.schema.json").read_text("utf-8"))


def settle(project: Path, server: Misbehaving, parameters: str, model: str = "m-1", more: str = "") -> None:
    """State the server as the target `small`."""
    settings = f'[targets.small]\nuse = "openai_api"\nmodel = "{model}"\nat = "{server.url}"\nparameters = {{ {parameters} }}\n'
    (project / "specc.toml").write_text(settings + more, encoding="utf-8")


def planted(*wanted: str) -> Answer:
    """Who answers well, unless all that is `wanted` stands in what is asked: in the prompt, the model or the parameters."""

    def answer(body: dict[str, Any]) -> dict[str, Any]:
        asked = f"{body['messages'][0]['content']} {json.dumps({name: value for name, value in body.items() if name != 'messages'})}"
        return {"role": "assistant", "content": "Hello." if all(one in asked for one in wanted) else GOOD}

    return answer


@contextmanager
def two_runs(project: Path, specc: Say, answer: Answer) -> Iterator[Misbehaving]:
    """Runs 1 and 2, which differ in two clauses, in the model, and in two parameters."""
    with serving(answer) as server:
        settle(project, server, "temperature = 0, top_p = 0.5")
        assert specc("eval")[0] == 0
        change(project, "words <= 60", "words <= 50")
        change(
            project,
            "late > 7 days;",
            'late > 7 days; phrase "If the book is more than seven days late, ask to return it.";',
        )
        assert specc("build")[0] == 0
        settle(project, server, "temperature = 1, top_p = 0.9", "m-2")
        specc("eval")
        yield server


def found(specc: Say, *options: str) -> dict[str, Any]:
    _, out, err = specc("bisect", "1", "2", "--steady", "--format", "json", *options)
    assert not err
    told: dict[str, Any] = json.loads(out)
    Draft202012Validator(SCHEMA).validate(told)
    return told


def named(cause: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one["axis"], one["name"]) for one in cause["changes"]]


def test_5_4_an_interaction_of_two_axes_names_both_and_no_third_where_each_alone_is_green(
    project: Path, specc: Say
) -> None:
    with two_runs(project, specc, planted("seven days late", '"temperature": 1')) as server:
        told = found(specc, "--cases", "1")
        assert {(*one["axes"],): one["verdict"] for one in told["axes"]} == {
            ("prompt",): "good", ("model",): "good", ("parameters",): "good", ("graders",): "good",
        }  # fmt: skip
        [cause] = told["causes"]
        assert cause["axes"] == ["prompt", "parameters"]
        assert named(cause) == [("prompt", "LOAN-2"), ("parameters", "temperature")]
        assert cause["sure"]
        assert [one["how"] for one in cause["changes"]] == ["reworded only", "changed"]
        assert told["spent"]["recalled"] >= 2, "the two runs themselves are in the store"
        asked = len(server.requests)
        assert found(specc, "--cases", "1")["causes"] == told["causes"]
        assert len(server.requests) == asked, "nothing is asked twice"
        code, out, _ = specc("bisect", "1", "2", "--steady", "--cases", "1")
        assert code == 0
        assert "what breaks it: 2 changes, of prompt and parameters, together, and none of them alone\n" in out
        assert "  parameters  temperature: 0 -> 1\n" in out


@pytest.mark.parametrize(
    ("wanted", "axis", "name"),
    [
        ("at most 50 words", "prompt", "FMT-1"),
        ('"model": "m-2"', "model", "model"),
        ('"top_p": 0.9', "parameters", "top_p"),
    ],
)
def test_a_single_change_is_found_whatever_its_axis(
    project: Path, specc: Say, wanted: str, axis: str, name: str
) -> None:
    with two_runs(project, specc, planted(wanted)):
        told = found(specc, "LOAN-1")
        assert [named(one) for one in told["causes"]] == [[(axis, name)]]
        assert [one["axes"] for one in told["axes"] if one["verdict"] == "bad"] == [[axis]]


def test_two_changes_each_of_which_breaks_it_are_both_told(project: Path, specc: Say) -> None:
    def answer(body: dict[str, Any]) -> dict[str, Any]:
        return max(
            (planted(one)(body) for one in ("at most 50 words", '"model": "m-2"')), key=lambda said: said["content"]
        )

    with two_runs(project, specc, answer):
        told = found(specc, "LOAN-1")
        assert [named(one) for one in told["causes"]] == [[("prompt", "FMT-1")], [("model", "model")]]


def test_of_a_target_that_answers_otherwise_each_time_nothing_is_told_that_the_answers_do_not_bear(
    project: Path, specc: Say
) -> None:
    with two_runs(project, specc, planted('"model": "m-2"')):
        code, out, _ = specc("bisect", "1", "2", "--cases", "1", "--repeat", "2")
        assert code == 1
        assert "undecided: the answers do not bear a verdict on all changes together; `--repeat 4` may tell\n" in out
        code, out, _ = specc("bisect", "1", "2", "--cases", "1")
        assert code == 0
        assert "model alone                0% (n = 5, 0% to 43%)  breaks it (chance 0.004)\n" in out


def test_a_loss_that_was_chance_is_called_so(project: Path, specc: Say) -> None:
    once = {"left": 8}

    def answer(body: dict[str, Any]) -> dict[str, Any]:
        once["left"] -= body["model"] == "m-2"
        return {"role": "assistant", "content": "Hello." if body["model"] == "m-2" and once["left"] >= 0 else GOOD}

    with two_runs(project, specc, answer):
        code, out, _ = specc("bisect", "1", "2", "--steady", "--afresh")
        assert code == 1
        assert (
            "what was lost is not seen again with all that can be swapped: it was chance, or lies in what can't be swapped\n"
            in out
        )


def test_a_budget_stops_it_and_the_same_command_goes_on(project: Path, specc: Say) -> None:
    with two_runs(project, specc, planted('"model": "m-2"')) as server:
        code, out, _ = specc("bisect", "1", "2", "--cases", "1", "--max-tokens", "300")
        assert code == 1
        assert "it did not come to its end: the budget is spent; the same command goes on with it\n" in out
        asked = len(server.requests)
        assert specc("bisect", "1", "2", "--cases", "1")[0] == 0
        assert len(server.requests) > asked


def test_an_address_that_only_the_store_names_is_not_asked(project: Path, specc: Say) -> None:
    with two_runs(project, specc, planted('"model": "m-2"')) as server:
        (project / "specc.toml").write_text(
            '[targets.small]\nuse = "openai_api"\nmodel = "m"\nat = "http://127.0.0.1:9/v1"\n', "utf-8"
        )
        code, out, err = specc("bisect", "1", "2")
        assert (code, out) == (2, "")
        assert err == (
            f"specc: no target of today's settings is `openai_api` at {server.url}, which `small` was; `--target` asks another one\n"
        )


def test_the_stub_tells_which_clause_it_is_and_is_called_the_stub(project: Path, specc: Say) -> None:
    prompt = project / "generated/first/prompt.md"
    specc("eval", "--target", "stub")
    held = [line for line in prompt.read_text("utf-8").splitlines(keepends=True) if "more than 7 days" not in line]
    prompt.write_text("".join(held).replace("help desk", "front desk"), encoding="utf-8")
    specc("eval", "--target", "stub")
    code, out, _ = specc("bisect", "1", "2")
    assert code == 3
    assert "what breaks it: one change, of the prompt\n  prompt      LOAN-2 removed\n" in out
    assert out.endswith(
        "by the obedient stub, which is no model: this tells of specs, cases and graders, and of no answer that a model gives\n"
    )
    _, out, err = specc("bisect", "1", "2", "--format", "markdown")
    assert "- `prompt LOAN-2 removed`" in out
    assert "by the obedient stub" in err


def test_a_function_can_be_asked_about_the_prompts_alone(project: Path, specc: Say) -> None:
    with two_runs(project, specc, planted("at most 50 words")):
        asked: list[str] = []

        def answer(request: Any) -> str:
            asked.append(request["messages"][0]["content"])
            return "Hello." if "at most 50 words" in asked[-1] else GOOD

        told = bisect(project, ("1", "2"), Wish(steady=True, names=("LOAN-1",)), function=answer)
    assert isinstance(told, Bisected)
    assert [[each.name for each in one.changes] for one in told.causes] == [["FMT-1"]]
    assert {one.axis for one in told.fixed} == {"model", "parameters"}
    assert asked


def test_what_can_not_be_searched_is_told_with_what_to_do(project: Path, specc: Say) -> None:
    assert specc("bisect", "1", "2")[2] == "specc: nothing has been run yet; `specc eval` runs the cases\n"
    with two_runs(project, specc, planted("seven days late", '"temperature": 1')):
        assert (
            specc("bisect", "2", "1")[2]
            == "specc: nothing that passes in run 2 fails in run 1: there is nothing to be explained\n"
        )
        assert specc("bisect", "1", "2", "LOAN-3")[2] == "specc: nothing was lost of `LOAN-3`; did you mean `LOAN-1`\n"
        assert specc("bisect", "1", "2", "--case", "x")[2].startswith(
            "specc: no case that was lost is called as `x` says; the first"
        )
        assert specc("bisect", "1", "9")[0] == 2
