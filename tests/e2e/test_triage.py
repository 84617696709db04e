"""Which layer broke: what a user is promised about that, point by point, on stored answers and on spans of an application of his own."""

import base64
import json
import re
import shutil
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from google.protobuf import json_format
from jsonschema import Draft202012Validator
from opentelemetry.proto.trace.v1.trace_pb2 import TracesData

from speclang.assure.triage import triage
from speclang.assure.triaging.outcome import Triage, Wish
from speclang.cli.main import main
from tests.fixtures.commands import Say
from tests.fixtures.spans import Shop, called, said
from tests.strategies.orders import APP, SPEC

SCHEMA = json.loads(resources.files("speclang.report.schemas").joinpath("triage.schema.json").read_text("utf-8"))
SHOWN = {"total": 80, "age": 12}


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk whose application was run once on every case."""
    folder = tmp_path_factory.mktemp("triage") / "desk"
    (folder / "specs").mkdir(parents=True)
    (folder / "specs/desk.spec").write_text(SPEC, encoding="utf-8")
    (folder / "triaged_app.py").write_text(APP, encoding="utf-8")
    (folder / "specc.toml").write_text('[targets.app]\nuse = "callable"\nat = "triaged_app:answer"\n', encoding="utf-8")
    assert main(["build", "--project", str(folder)]) == 0
    assert main(["eval", "--project", str(folder)]) == 1
    return folder


@pytest.fixture
def desk(ran: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(ran, tmp_path / "desk"))


@pytest.fixture
def at(desk: Path, say: Callable[[Path], Say], capsys: pytest.CaptureFixture[str]) -> Say:
    """Says a command in the desk's folder."""
    capsys.readouterr()
    return say(desk)


def found(at: Say, *arguments: str, code: int = 1) -> dict[str, Any]:
    exit_code, out, _ = at("triage", *arguments, "--format", "json")
    assert exit_code == code
    data: dict[str, Any] = json.loads(out)
    Draft202012Validator(SCHEMA).validate(data)
    return data


def spans(desk: Path, *shops: Shop, name: str = "spans.jsonl") -> str:
    (desk / name).write_text("\n".join(line for shop in shops for line in shop.lines()) + "\n", encoding="utf-8")
    return name


def looked_up(result: object, show: object = ..., **more: Any) -> Shop:
    """A conversation in which an order is looked up."""
    shop = Shop(**more).user("I'd like my money back for order 1001.")
    return shop.reply(called("c1", "lookup", order_id="1001")).tool("c1", "lookup", result, show)


def refunded(shop: Shop, amount: float) -> Shop:
    return shop.reply(called("c2", "refund", order_id="1001", amount=amount)).tool("c2", "refund", {"done": True})


def protobuf(text: str) -> str:
    """OTLP in JSON as JSON of protocol buffers, which has IDs in base64: the one thing in which they differ."""
    ids = re.compile(r'("(?:traceId|spanId|parentSpanId)": )"([0-9a-f]+)"')
    return ids.sub(lambda found: f'{found[1]}"{base64.b64encode(bytes.fromhex(found[2])).decode()}"', text)


STORY = "Your order of 245.50 USD arrived on 3 May 2026."


def test_1_the_null_result_story_names_joint_step_requirement_and_clause(at: Say) -> None:
    (one,) = found(at, "--case", "TOOL-1/nominal")["conversations"]
    assert one["verdict"] == {
        "joint": "tool-to-model",
        "layer": "tool",
        "step": 4,
        "requirement": "TOOL-1",
        "clause": "If `lookup` returns null, hand over to a colleague.",
    }
    first = one["findings"][0]
    assert (first["first"]["fault"], first["then"]["fault"]) == ("null", "not_called")
    assert first["invented"] == ["3 May 2026", "245.50 USD"]
    step = one["steps"][first["first"]["step"] - 1]
    assert (step["layer"], step["deed"], step["tool"], step["text"]) == ("tool", "returned", "lookup", "null")


def test_1_the_story_is_the_same_in_spans_of_an_application_that_know_no_case(desk: Path, at: Say) -> None:
    (one,) = found(at, spans(desk, looked_up(None).says(STORY)))["conversations"]
    assert (one["case"], one["verdict"]["joint"], one["verdict"]["requirement"]) == (None, "tool-to-model", "TOOL-1")
    assert one["verdict"]["clause"] == "If `lookup` returns null, hand over to a colleague."
    handed = looked_up(None).reply(called("c2", "handoff", reason="no order")).tool("c2", "handoff", {})
    assert found(at, spans(desk, handed.says("A colleague takes over.")), code=0)["conversations"] == []


def test_1_what_no_requirement_speaks_of_is_told(desk: Path, at: Say) -> None:
    spec = desk / "specs/desk.spec"
    text = spec.read_text("utf-8").replace(
        '  TOOL-1 fault "No answer" { when lookup returns null; must escalate }\n', ""
    )
    text = text.replace('  TOOL-2 fault "Cut" { when lookup is truncated; must escalate }\n', "")
    spec.write_text(text, encoding="utf-8")
    at("build")
    (one,) = found(at, spans(desk, looked_up(None).says(STORY)))["conversations"]
    assert (one["verdict"]["requirement"], one["verdict"]["layer"]) == ("GRD-1", "tool")
    assert one["findings"][0]["unhandled"] == "no requirement says what to do when `lookup` returns null"


@pytest.mark.parametrize(
    "skews", [{}, {"gateway": -7.5, "orders": 4.0}, {"gateway": 3600.0, "orders": -0.7, "shop": 2.0}]
)
def test_2_three_clocks_that_differ_by_seconds_give_the_right_order(
    desk: Path, at: Say, skews: dict[str, float]
) -> None:
    shop = refunded(looked_up({"total": 500, "age": 3}, skews=skews), 499).says("It is on its way.")
    (one,) = found(at, spans(desk, shop))["conversations"]
    deeds = [(step["layer"], step["deed"], step["tool"]) for step in one["steps"]]
    assert deeds == [
        ("user", "said", None),
        *(
            (layer, deed, tool)
            for tool in ("lookup", "refund")
            for layer, deed in (("model", "called"), ("tool", "returned"), ("harness", "shown"))
        ),
        ("model", "said", None),
    ]
    true = {name: value - skews.get("shop", 0.0) for name, value in skews.items() if name != "shop"}
    assert {skew["clock"] for skew in one["skews"]} == {name for name, value in true.items() if abs(value) > 0.5}
    for skew in one["skews"]:
        assert skew["least"] <= true[skew["clock"]] <= skew["most"]


def test_3_a_harness_that_alters_a_result_is_caught_by_hash_although_nothing_fails(desk: Path, at: Say) -> None:
    altered = refunded(looked_up({"total": 80, "age": 12}, {"total": 80, "age": 3}), 80).says("It is on its way.")
    (one,) = found(at, spans(desk, altered))["conversations"]
    assert (one["failed"], one["verdict"]["joint"], one["verdict"]["requirement"]) == (False, "harness", None)
    assert '`age` "12" became "3"' in one["findings"][0]["first"]["said"]
    returned, shown = (step for step in one["steps"] if step["tool"] == "lookup" and step["hash"])
    assert returned["hash"] != shown["hash"]
    same = refunded(looked_up(SHOWN, '{"age": 12,   "total": 80}'), 80).says("It is on its way.")
    assert found(at, spans(desk, same), code=0)["conversations"] == [], "order and space change no meaning"


def test_3_an_altered_result_is_why_a_rule_fails(desk: Path, at: Say) -> None:
    wrong = looked_up({"total": 80, "age": 12}, {"total": 80, "age": 300}).says("Not after 30 days.")
    (one,) = found(at, spans(desk, wrong))["conversations"]
    assert (one["failed"], one["verdict"]["joint"], one["verdict"]["requirement"]) == (True, "harness", "REF-1")
    assert (one["findings"][0]["first"]["fault"], one["findings"][0]["then"]["fault"]) == ("altered", "not_called")


@pytest.mark.parametrize(
    ("text", "invented"),
    [
        ("You paid $1,200 in 2 weeks.", []),
        ("You paid 1200.00 USD, or 1 200 USD, on 2026-05-03, that is May 3rd, 2026.", []),
        ("You paid 1,300 USD.", ["1,300 USD"]),
        ("You paid it on 4 May 2026.", ["4 May 2026"]),
        ("Your order is R2D2-77.", ["R2D2-77"]),
        ('The note says "left with the neighbour upstairs".', ['"left with the neighbour upstairs"']),
    ],
)
def test_4_an_invented_value_is_caught_and_one_that_is_written_otherwise_is_not(
    desk: Path, at: Say, text: str, invented: list[str]
) -> None:
    shop = refunded(looked_up({"total": 1200, "age": 14, "paid": "2026-05-03"}), 1200).says(text)
    conversations = found(at, spans(desk, shop), code=1 if invented else 0)["conversations"]
    assert [value for one in conversations for value in one["findings"][0]["invented"]] == invented
    assert [one["verdict"]["requirement"] for one in conversations] == ["GRD-1"] * bool(invented)


def test_4_an_invented_argument_is_caught_where_the_spec_says_where_values_come_from(desk: Path, at: Say) -> None:
    shop = Shop().user("My money back, please.").reply(called("c1", "lookup", order_id="A-4711"))
    shop.tool("c1", "lookup", SHOWN)
    (one,) = found(at, spans(desk, refunded(shop, 80).says("Done.")))["conversations"]
    finding = next(each for each in one["findings"] if each["requirement"] == "GRD-1")
    assert (finding["joint"], finding["invented"], finding["first"]["tool"]) == ("model-to-tool", ["A-4711"], "lookup")


def test_5_a_healthy_conversation_gives_no_finding(desk: Path, at: Say) -> None:
    healthy = refunded(looked_up(SHOWN), 80).says("You get 80 USD back.")
    code, out, _ = at("triage", spans(desk, healthy))
    assert (code, out) == (0, "1 conversation: nothing broke\n")
    data = found(at, "--case", "REF-*", code=0)
    assert (data["conversations"], data["looked"] > 5) == ([], True)


def test_the_obedient_stub_breaks_nothing_and_is_called_by_its_name(desk: Path, at: Say) -> None:
    spec = desk / "specs/desk.spec"
    lines = [line for line in spec.read_text("utf-8").splitlines() if "GRD-1" not in line]  # the stub looks nothing up
    spec.write_text("\n".join(lines), encoding="utf-8")
    at("build")
    at("eval", "--target", "stub")
    code, out, _ = at("triage")
    assert code == 3
    assert "nothing broke" in out
    assert "no model" in out


def test_a_cut_is_told_with_what_the_model_made_of_it(at: Say) -> None:
    one = found(at, "--case", "TOOL-2/nominal")["conversations"][0]
    assert (one["verdict"]["joint"], one["verdict"]["requirement"]) == ("harness", "TOOL-2")
    assert one["findings"][0]["first"]["fault"] == "cut"
    returned, shown = (step for step in one["steps"] if step["hash"])
    assert (returned["bytes"] > 2048, shown["bytes"]) == (True, 2048)


def test_a_wrong_argument_lies_between_model_and_tool(desk: Path, at: Say) -> None:
    shop = refunded(looked_up(SHOWN), 12).says("You get 12 USD back.")
    (one,) = found(at, spans(desk, shop))["conversations"]
    assert (one["verdict"]["joint"], one["verdict"]["requirement"]) == ("model-to-tool", "REF-1")
    assert one["findings"][0]["first"]["fault"] == "wrong_arguments"


def test_a_tool_that_changes_something_is_not_executed_twice_for_one_call(desk: Path, at: Say) -> None:
    shop = refunded(looked_up(SHOWN), 80)
    shop.asked.pop()
    shop.tool("c2", "refund", {"done": True}).says("You get 80 USD back.")
    (one,) = found(at, spans(desk, shop))["conversations"]
    assert one["findings"][0]["first"]["fault"] == "retried"
    again = looked_up({"error": "timeout"})
    again.asked.pop()
    again.tool("c1", "lookup", SHOWN)
    assert found(at, spans(desk, refunded(again, 80).says("Done.")), code=0)["conversations"] == [], (
        "a retry that helped"
    )


def test_spans_that_are_written_are_otlp_and_are_triaged_alike(desk: Path, at: Say) -> None:
    before = found(at, "--spans", "out", "--all")
    written = sorted((desk / "out").glob("*.json"))
    assert len(written) == before["looked"]
    for path in written:
        data = json_format.Parse(protobuf(path.read_text("utf-8")), TracesData())
        spans = [span for one in data.resource_spans for scope in one.scope_spans for span in scope.spans]
        assert {len(span.trace_id) for span in spans} == {16}
        assert {len(span.span_id) for span in spans} == {8}
        names = {span.name.split()[0] for span in spans}
        assert {"invoke_agent", "chat"} <= names <= {"invoke_agent", "chat", "execute_tool", "deliver_result"}
        assert all(span.start_time_unix_nano <= span.end_time_unix_nano for span in spans)
    first = [path.read_bytes() for path in written]
    after = found(at, *(f"out/{path.name}" for path in written))
    assert [path.read_bytes() for path in written] == first

    def verdicts(data: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
        return [(one["case"], one["verdict"]) for one in data["conversations"]]

    assert verdicts(after) == verdicts(before)
    assert (after["failed"], after["looked"], after["requirements"]) == (
        before["failed"],
        before["looked"],
        before["requirements"],
    )


def test_explain_and_triage_point_at_each_other(at: Say) -> None:
    assert "next: `specc explain TOOL-1/nominal`" in at("triage", "--case", "TOOL-1/*")[1]
    assert "`specc triage --case TOOL-1/nominal` tells at which step" in at("explain", "TOOL-1/nominal")[1]


def test_answers_to_another_prompt_are_counted_and_not_looked_at(desk: Path, at: Say) -> None:
    spec = desk / "specs/desk.spec"
    spec.write_text(spec.read_text("utf-8").replace("words <= 60", "words <= 50"), encoding="utf-8")
    at("build")
    code, out, err = at("triage")
    assert (code, "27 answers to a prompt or a case of another time" in out) == (1, True)
    assert "there was nothing to look at" in err


def test_what_can_not_be_read_is_told_and_stops_nothing(desk: Path, at: Say) -> None:
    name = spans(desk, looked_up(None).says(STORY))
    with (desk / name).open("a", encoding="utf-8") as file:
        file.write('{"resourceSpans": 7}\nnot json\n{"x": 1}\n')
    data = found(at, name)
    assert len(data["conversations"]) == 1
    assert [one["place"] for one in data["refused"]] == [f"{name}:4", f"{name}:5", f"{name}:6"]
    other = Shop(feature="billing").user("Hello").says("Hello")
    assert found(at, spans(desk, other), code=0)["looked"] == 1, "where there is one feature, it is meant"


def test_spans_without_messages_are_told_with_what_to_do(desk: Path, at: Say) -> None:
    shop = Shop()
    shop.add("gateway", "chat small", 1, shop.root, {"gen_ai.operation.name": "chat"})
    code, out, err = at("triage", spans(desk, shop))
    assert (code, "have your instrumentation record the content of messages" in out) == (1, True)
    assert "nothing to look at" in err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("99",), "there is no run `99`"),
        (("--case", "TOOL-9/nominal"), "no case is called `TOOL-9/nominal`; did you mean `TOOL-1/nominal`"),
        (("--feature", "desc"), "there is no feature `desc`; did you mean `desk`"),
        (("--all",), "`--all` goes with `--spans`"),
        (("1", "spans.jsonl"), "`1` is no file; runs and files of spans are triaged one at a time"),
        (("gone.jsonl",), "gone.jsonl"),
    ],
)
def test_what_is_not_there_is_told_by_name(at: Say, arguments: tuple[str, ...], told: str) -> None:
    code, out, err = at("triage", *arguments)
    assert (code, out) == (2, "")
    assert told in err


def test_a_file_that_holds_no_spans_is_not_written_over(desk: Path, at: Say) -> None:
    (desk / "out").mkdir()
    (desk / "out/desk.TOOL-1.nominal.json").write_text("mine", encoding="utf-8")
    code, _, err = at("triage", "--case", "TOOL-1/nominal", "--spans", "out")
    assert (code, "holds no spans" in err) == (2, True)
    assert (desk / "out/desk.TOOL-1.nominal.json").read_text("utf-8") == "mine"


def test_markdown_quotes_what_a_model_wrote_and_the_terminal_is_told_in_plain_letters(desk: Path, at: Say) -> None:
    shop = looked_up(None).says("\x1b[31mYour order of 7 USD | `x`")
    out = at("triage", spans(desk, shop), "--format", "markdown")[1]
    assert out.startswith("### specc triage: 1 conversation: 1 fails\n")
    assert "\x1b" not in out + at("triage", "spans.jsonl")[1]
    assert "\\|" in out


def test_a_triage_needs_no_command_line(desk: Path) -> None:
    one = triage(desk, Wish(case="TOOL-1/nominal"))
    assert isinstance(one, Triage)
    assert (one.layers, one.looked) == ((1, 0, 0), 1)
    assert said("user", "x")["role"] == "user"
