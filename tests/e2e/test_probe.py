"""Tools whose meaning drifts, point by point, on a real MCP server, a real HTTP service and a real function that misbehave.

What a promise says and how it is refused stands in `tests/suite/language/promises.md`; what a drawn finding looks like, on its page.
"""

import datetime
import json
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from speclang.assure.probe import Wish, probe
from speclang.assure.probing.outcome import FAILING, Probe, Promised, Verdict
from speclang.cli.main import main
from tests.fixtures.commands import KEY, Say

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads(resources.files("speclang.report.schemas").joinpath("probe.schema.json").read_text("utf-8"))
DAY = datetime.date(2026, 11, 30)
SPEC = "specs/orders.spec"


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """The example whose tools can be told to misbehave."""
    return Path(
        shutil.copytree(ROOT / "specs" / "probing", tmp_path / "shop", ignore=shutil.ignore_patterns("__pycache__"))
    )


@pytest.fixture
def served(shop: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The same, with its service at a port of its own and its server started by this Python."""
    process = started(shop, "demo/http_server.py", "0")
    assert process.stdout is not None
    address = process.stdout.readline().decode().strip()
    settings = (shop / "specc.toml").read_text(encoding="utf-8")
    settings = settings.replace("http://127.0.0.1:8765", address).replace('"python"', json.dumps(sys.executable))
    (shop / "specc.toml").write_text(settings, encoding="utf-8")
    for name in [one for one in sys.modules if one == "demo" or one.startswith("demo.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "path", [str(shop), *sys.path])
    yield shop
    ended(process)
    for name in [one for one in sys.modules if one == "demo" or one.startswith("demo.")]:
        del sys.modules[name]


def started(shop: Path, *words: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(  # the example's own server
        [sys.executable, *words], cwd=shop, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )


def ended(process: "subprocess.Popen[bytes]") -> None:
    process.kill()
    process.wait()
    if process.stdout is not None:
        process.stdout.close()


def directly(shop: Path) -> None:
    """Call the shop's function in place of starting its server, where the way is not what is looked at."""
    lines = (shop / "specc.toml").read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [one for one in lines if not one.startswith("command")]
    settings = "".join(kept).replace('use = "mcp"', 'use = "callable"\nat = "demo.shop:lookup_order"')
    (shop / "specc.toml").write_text(settings, encoding="utf-8")


def misbehaves(shop: Path, how: str) -> None:
    (shop / "demo" / "misbehave.txt").write_text(how, encoding="utf-8")


def edit(shop: Path, old: str, new: str) -> None:
    text = (shop / SPEC).read_text(encoding="utf-8")
    assert old in text, old
    (shop / SPEC).write_text(text.replace(old, new, 1), encoding="utf-8")


def probed(shop: Path, *tools: str, day: datetime.date = DAY, **wish: Any) -> Probe:
    found = probe(shop, Wish(tools=tools, **wish), day)
    assert isinstance(found, Probe)
    return found


def failing(found: Probe) -> dict[tuple[str, str], Promised]:
    return {(one.name, each.text): each for one in found.tools for each in one.promised if each.verdict in FAILING}


def test_a_tool_that_keeps_its_promises_passes_over_all_three_ways(served: Path) -> None:
    found = probed(served)
    assert failing(found) == {}
    assert found.passed
    assert [(one.name, one.use, one.version) for one in found.tools] == [
        ("lookup_order", "mcp", "2.1"),
        ("search_orders", "http", "2.1"),
        ("screen_message", "callable", "2.1"),
    ]


@pytest.mark.parametrize(
    ("how", "breaks", "why"),
    [
        ("reorder", {"sorted(orders, by: placed, descending)"}, "orders[1].placed = 2026-06-17 stands before"),
        ("round", {"total = sum(orders.price)"}, "total = 308 USD, sum(orders.price) = 308.40 USD"),
        ("rename", {'orders.status in "shipped" | "delivered" | "cancelled"'}, "orders[2].status = in_transit"),
        ("drop", {"count = size(orders)", "total = sum(orders.price)"}, "count = 4, size(orders) = 3"),
    ],
)
def test_1_each_drift_in_a_valid_response_breaks_a_named_promise_over_http(
    served: Path, how: str, breaks: set[str], why: str
) -> None:
    misbehaves(served, how)
    found = failing(probed(served, "search_orders"))
    assert {text for _, text in found} == breaks
    assert any(one.why.startswith(why) for one in found.values())
    assert all(one.head == "ensures" and one.call.startswith("search_orders(") for one in found.values())


def test_1_the_same_over_mcp_is_told_by_a_relation_a_pin_or_the_type(served: Path) -> None:
    misbehaves(served, "round")
    found = failing(probed(served, "lookup_order"))
    pinned = ("lookup_order", 'example lookup_order(order_id: "A000104")')
    assert (
        found["lookup_order", "total = items + shipping"].why == "total = 85 USD, items = 80 USD, shipping = 4.95 USD"
    )
    assert found[pinned].why == "total = 85 USD and is pinned to 84.95 USD"
    misbehaves(served, "rename")
    assert failing(probed(served, "lookup_order"))["lookup_order", "returns"].why.startswith("status: `arrived`")


def test_1_an_mcp_server_is_reached_over_http_too(shop: Path) -> None:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    process = started(shop, "demo/mcp_server.py", str(port))
    try:
        for _ in range(200):
            with socket.socket() as one:
                if one.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        (shop / "specc.toml").write_text(
            f'[tools.find]\nuse = "mcp"\nat = "http://127.0.0.1:{port}/mcp"\ntool = "lookup_order"\nkey = "THE_KEY"\n'
        )
        text = (shop / SPEC).read_text(encoding="utf-8").replace("lookup_order", "find")
        (shop / SPEC).write_text(text, encoding="utf-8")
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("THE_KEY", KEY)
            found = probed(shop, "find")
        assert found.passed
        assert found.tools[0].version == "2.1"
    finally:
        ended(process)


def test_2_the_report_lists_exactly_what_relies_on_the_tool(served: Path, say: Any) -> None:
    directly(served)
    misbehaves(served, "round")
    (one,) = probed(served, "lookup_order").tools
    (relying,) = one.relying
    assert relying.requirements == ("CAN-1", "CAN-2", "LIST-1")  # SPAM-1 and FMT-1 read nothing that it returns
    assert set(relying.clauses) == {"tool lookup_order", "CAN-1", "CAN-2", "LIST-1"}
    assert {"CAN-1/nominal", "CAN-2/nominal", "LIST-1/nominal"} <= set(relying.cases)
    at: Say = say(served)
    code, out, _ = at("probe", "lookup_order")
    assert code == 1
    assert "requirements: CAN-1, CAN-2, LIST-1" in out


def test_2_a_fault_rule_and_an_outcome_that_calls_rely_on_the_tool_as_well(served: Path) -> None:
    edit(
        served,
        "  FMT-1 format",
        '  OUT-1 fault "Down" { when search_orders fails timeout; must decline; over SPAM-1, CAN-1 }\n  FMT-1 format',
    )
    edit(served, 'about   "Lists the', 'fails timeout\n    about   "Lists the')
    (relying,) = probed(served, "search_orders").tools[0].relying
    assert relying.requirements == ("OUT-1", "LIST-1")


def test_3_a_probe_within_tolerance_passes(served: Path) -> None:
    misbehaves(served, "round")  # 312.40 USD becomes 312 USD, which the range of the example allows
    found = {one.text: one.verdict for one in probed(served, "search_orders").tools[0].promised}
    assert found['example search_orders(customer: "C013")'] is Verdict.KEPT
    edit(
        served,
        "ensures total = sum(orders.price)",
        "ensures total >= sum(orders.price) - 1 USD and total <= sum(orders.price) + 1 USD",
    )
    assert probed(served, "search_orders").passed


def test_4_recordings_past_their_age_or_of_another_version_are_findings(served: Path, say: Any) -> None:
    late = probed(served, offline=True, day=datetime.date(2027, 11, 21))
    assert [one.code.id for one in late.diagnostics] == ["E0861"]
    assert not late.passed
    assert not late.called
    assert probed(served, offline=True, day=datetime.date(2027, 11, 20)).passed
    edit(served, 'from "2.1"', 'from "2.0"')
    at: Say = say(served)
    code, out, _ = at("check")
    assert code == 1
    assert "E0562" in out
    edit(served, 'from "2.0"', 'from "2.1"')
    code, out, _ = at(
        "probe", "--offline"
    )  # the day is the machine's, and the recording is good for a year from 2026-11-20
    assert "nothing was called; of the recordings, " in out


def test_4_a_baseline_ages_too_and_a_tool_says_which_version_it_is(served: Path) -> None:
    directly(served)
    blessed = probed(served, "lookup_order", bless=True)
    assert blessed.passed
    assert blessed.baseline == "2026-11-30"
    late = probed(served, offline=True, day=datetime.date(2027, 12, 1))
    assert [one.title.partition("`")[2].partition("`")[0] for one in late.diagnostics if "probes" in one.title] == [
        "specs/probes.jsonl on lookup_order"
    ]
    edit(served, 'version "2.1"', 'version "3.0"')
    edit(served, ' from "2.1"', "")
    found = probed(served, "lookup_order")
    assert failing(found)["lookup_order", 'version "3.0"'].why == "the tool says that it is 2.1"
    assert "E0862" in [one.code.id for one in found.diagnostics]


def test_5_changing_the_tool_puts_its_clauses_and_cases_in_doubt_until_somebody_reads_them(
    shop: Path, say: Any
) -> None:
    at: Say = say(shop)
    assert at("build")[0] == 0
    edit(shop, "ensures age >= 0 days", "ensures age <= 9_999 days")
    code, out, _ = at("check")
    assert code == 1
    assert "What relies on `lookup_order` was last read when the tool was declared otherwise" in out
    assert "clauses and cases of CAN-1, CAN-2, LIST-1 rely on it" in out
    at("build")
    assert "E0718" in at("check")[1]  # a build does not settle it
    assert at("review", "lookup_order")[0] == 0
    assert at("check")[0] == 0


def test_a_rate_that_moves_within_its_bound_has_drifted_if_chance_does_not_explain_it(served: Path) -> None:
    edit(served, "spam <= 5%", "spam <= 50%")
    probed(served, "screen_message", bless=True)
    misbehaves(served, "flag")
    (one,) = failing(probed(served, "screen_message")).values()
    assert one.verdict is Verdict.DRIFTED
    assert one.before is not None
    assert one.rate is not None
    assert one.chance is not None
    assert (one.before.passed, one.before.n) == (0, 150)
    assert one.rate.passed > 0
    assert one.chance < 0.001


def test_a_sample_that_bears_no_verdict_is_undecided_and_says_how_many_more_calls_would_do(served: Path) -> None:
    calls = served / "specs/calls/harmless.jsonl"
    calls.write_text("".join(calls.read_text(encoding="utf-8").splitlines(keepends=True)[:20]), encoding="utf-8")
    (one,) = [each for each in probed(served, "screen_message").tools[0].promised if "harmless" in each.text]
    assert one.verdict is Verdict.UNDECIDED
    assert one.more > 0


def test_a_value_that_nothing_promises_is_told_as_moved_and_fails_nothing(served: Path) -> None:
    probed(served, "search_orders", bless=True)
    misbehaves(served, "reorder")
    edit(served, "    ensures sorted(orders, by: placed, descending)\n", "")
    found = probed(served, "search_orders")
    assert found.passed
    assert found.tools[0].moved[0].what == 'orders[1].id was "A012000" and is "A012003"'


def test_a_tool_that_gives_no_answer_is_told_call_by_call_with_the_reason(served: Path, say: Any) -> None:
    misbehaves(served, "error")
    found = probed(served, "search_orders", "screen_message")
    no = [each.why for each in failing(found).values()]
    assert any("says 503" in one for one in no)
    assert any("with Down: the order system is down" in one for one in no)
    at: Say = say(served)
    code, out, _ = at("probe", "search_orders")
    assert code == 1
    assert (
        out.count("no call came back with a result of its type") == 2
    )  # before and after a pair that has a reason of its own


def test_a_tool_that_writes_is_called_only_in_a_sandbox(served: Path, say: Any) -> None:
    at: Say = say(served)
    (served / "specc.toml").write_text('[tools.cancel_order]\nuse = "callable"\nat = "writes:cancel_order"\n')
    (served / "writes.py").write_text('def cancel_order(order_id):\n    open("called", "w").close()\n    return {}\n')
    code, _, err = at("probe", "cancel_order")
    assert code == 2
    assert "does not say `sandbox = true`" in err
    assert not (served / "called").exists()
    edit(
        served,
        'about "Cancels an order."; writes',
        'about "Cancels an order."; writes; example cancel_order(order_id: "A000001")',
    )
    with (served / "specc.toml").open("a") as file:
        file.write("sandbox = true\n")
    assert at("probe", "cancel_order")[0] == 0
    assert (served / "called").exists()


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ("", "has no [tools.lookup_order] in specc.toml"),
        ('[tools.lookup_order]\nuse = "htp"\n', "did you mean `http`"),
        ('[tools.lookup_order]\nuse = "http"\nat = "shop"\n', "names no address"),
        ('[tools.lookup_order]\nuse = "http"\nat = "http://me:word@127.0.0.1/"\n', "holds a password"),
        ('[tools.lookup_order]\nuse = "mcp"\n', "needs one way to its server"),
        ('[tools.lookup_order]\nuse = "mcp"\ncommand = ["/no/such/server"]\n', "no MCP server answers"),
        ('[tools.lookup_order]\nuse = "callable"\nat = "nowhere:f"\n', "there is no module `nowhere`"),
        ('[tools.lookup_order]\nuse = "callable"\nat = "demo.shop:nothing"\n', "can't be loaded"),
        (
            '[tools.lookup_order]\nuse = "callable"\nat = "demo.shop:f"\nkey = "NO_SUCH_KEY"\n',
            "`NO_SUCH_KEY` is not set",
        ),
    ],
)
def test_a_way_that_leads_nowhere_is_told_and_nothing_is_called(shop: Path, say: Any, settings: str, says: str) -> None:
    (shop / "specc.toml").write_text(settings, encoding="utf-8")
    at: Say = say(shop)
    code, out, err = at("probe", "lookup_order")
    assert (code, out) == (2, "")
    assert says in err


def test_the_json_keeps_to_its_schema_and_holds_no_key(served: Path, say: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    directly(served)
    monkeypatch.setenv("THE_KEY", KEY)
    with (served / "specc.toml").open("a") as file:
        file.write('key = "THE_KEY"\n')
    misbehaves(served, "flag")
    at: Say = say(served)
    at("probe", "--bless")
    code, out, _ = at("probe", "--format", "json")
    assert code == 1
    Draft202012Validator(SCHEMA).validate(json.loads(out))
    assert KEY not in out
    assert KEY not in (served / "specs/probes.jsonl").read_text(encoding="utf-8")


def test_what_a_tool_says_cannot_write_to_the_terminal(served: Path, say: Any) -> None:
    (served / "evil.py").write_text('def lookup_order(order_id):\n    return {"status": "\\x1b[31mred\\n"}\n')
    (served / "specc.toml").write_text('[tools.lookup_order]\nuse = "callable"\nat = "evil:lookup_order"\n')
    at: Say = say(served)
    code, out, _ = at("probe", "lookup_order")
    assert code == 1
    assert "\x1b" not in out


def test_no_other_command_calls_a_tool(
    shop: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(shop)
    (shop / "demo" / "shop.py").write_text("raise SystemExit(9)\n")
    assert main(["build"]) == 0
    assert main(["check"]) == 0
    assert main(["trace", "CAN-1"]) == 0
    capsys.readouterr()
