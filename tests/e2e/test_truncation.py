"""Results that are cut: what a user is promised about that, point by point, on stored answers and on spans of his own harness."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import speclang
from speclang.cli.main import main
from speclang.source.hashing import Json
from tests.fixtures.commands import Say
from tests.fixtures.spans import Shop, called
from tests.strategies.orders import APP, SPEC

ROWS: list[Json] = [{"id": at, "note": f"row {at}"} for at in range(100)]
HISTORY = """
  tool history(order_id: text, start: int) { about "All that happened to an order."; limit 1 KiB }
  TOOL-3 fault "History is cut" { when history is truncated; must escalate; over REF-1, REF-2 }
}
"""


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk with two tools that are cut, whose application was run on the cases of the cuts."""
    folder = tmp_path_factory.mktemp("truncation") / "desk"
    (folder / "specs").mkdir(parents=True)
    (folder / "specs/desk.spec").write_text(f"{SPEC.rstrip().removesuffix('}')}{HISTORY}", encoding="utf-8")
    told = APP.replace('return "There are no such orders."', 'return call("c3", "handoff", reason="cut")')
    told = told.replace(
        'return "Done."', 'return "There are no such orders." if last["tool_call_id"] == "c3" else "Done."'
    )
    (folder / "cut_app.py").write_text(told, encoding="utf-8")
    (folder / "specc.toml").write_text('[targets.app]\nuse = "callable"\nat = "cut_app:answer"\n', encoding="utf-8")
    assert main(["build", "--project", str(folder)]) == 0
    assert main(["eval", "--project", str(folder), "--case", "TOOL-2/*"]) == 1
    return folder


@pytest.fixture
def at(ran: Path, tmp_path: Path, say: Callable[[Path], Say], capsys: pytest.CaptureFixture[str]) -> Say:
    capsys.readouterr()
    return say(Path(shutil.copytree(ran, tmp_path / "desk")))


def found(at: Say, *arguments: str) -> list[dict[str, Any]]:
    conversations: list[dict[str, Any]] = json.loads(at("triage", *arguments, "--format", "json")[1])["conversations"]
    return conversations


def asked(*parts: str) -> Shop:
    """A conversation in which the history is asked for, and shown in `parts`."""
    shop = Shop().user("What happened to order 1001?")
    start = 0
    for number, part in enumerate(parts):
        shop.reply(called(f"c{number}", "history", order_id="1001", start=start)).tool(
            f"c{number}", "history", ROWS, part
        )
        said = speclang.clipped(part)
        start = (said.next or 0) if said is not None else 0
    return shop


def spans(shop: Shop) -> str:
    Path("spans.jsonl").write_text("\n".join(shop.lines()), encoding="utf-8")
    return "spans.jsonl"


def test_1_a_tool_that_needs_more_than_a_layer_lets_through_fails_the_build_which_names_the_layer(
    ran: Path, tmp_path: Path, say: Callable[[Path], Say]
) -> None:
    folder = Path(shutil.copytree(ran, tmp_path / "needs"))
    spec = folder / "specs/desk.spec"
    text = spec.read_text("utf-8")
    spec.write_text(text.replace("limit 1 KiB", "limit 8 KiB, 1 KiB by gateway; needs 2 KiB"), encoding="utf-8")
    code, out, _ = say(folder)("build")
    assert (code, "E0320" in out) == (1, True)
    assert "The gateway cuts the results of `history` before what is needed of them" in out
    spec.write_text(text.replace("limit 1 KiB", "limit 1 KiB, 8 KiB by gateway; needs 2 KiB"), encoding="utf-8")
    assert "The harness cuts the results of `history`" in say(folder)("build")[1]
    before = (folder / "generated/desk/prompt.md").read_bytes()
    spec.write_text(text.replace("limit 1 KiB", "limit 8 KiB, 1 KiB by gateway; needs 1 KiB"), encoding="utf-8")
    assert say(folder)("build")[0] == 0
    assert (folder / "generated/desk/prompt.md").read_bytes() == before, "the first cut is the one that counts"


def test_2_facts_just_before_and_just_after_the_cut_have_different_expectations(ran: Path) -> None:
    cases = (ran / "generated/desk/cases.yaml").read_text("utf-8").split("\n- case: ")
    expected = {one.partition("\n")[0]: one.partition("expect:\n")[2].partition("\n")[0].strip() for one in cases}
    assert expected["TOOL-2/cut/lookup=before"] == "approve: [REF-1]"
    assert expected["TOOL-2/cut/lookup=within"] == "escalate: [TOOL-2]"


def test_3_no_results_after_a_part_of_a_result_fails_the_case(at: Say) -> None:
    code, out, _ = at("eval", "--case", "TOOL-2/nominal", "--offline", "--resume", "--format", "json")
    assert (code, "no such orders" in out) == (1, True)
    (stored,) = found(at, "--case", "TOOL-2/nominal")
    assert (stored["verdict"]["joint"], stored["verdict"]["requirement"]) == ("harness", "TOOL-2")
    assert "no such orders" in stored["findings"][0]["reason"], "it handed over, and took what was cut off for absent"
    shop = asked(json.dumps(ROWS)[:1024]).says("There are no such entries.")
    (one,) = found(at, spans(shop))
    assert (one["failed"], one["verdict"]["joint"], one["verdict"]["requirement"]) == (True, "harness", "TOOL-3")


def test_4_a_follow_up_call_with_the_cursor_passes(at: Say) -> None:
    parts = []
    start: int | None = 0
    while start is not None:
        parts.append(speclang.clip(ROWS, 1024, start=start))
        start = getattr(speclang.clipped(parts[-1]), "next", None)
    assert found(at, spans(asked(*parts).says("It is all there."))) == []
    (one,) = found(at, spans(asked(*parts[:-1]).says("It is all there.")))
    assert one["findings"][0]["first"]["fault"] == "cut"
    assert "tells the model so: from" in one["findings"][0]["first"]["said"]
    assert found(at, spans(asked(parts[0], *parts[2:]).says("It is all there.")))[0]["failed"], "one part was left out"


def test_5_counts_and_hash_of_an_envelope_match_the_original(at: Say) -> None:
    part = speclang.clipped(speclang.clip(ROWS, 1024))
    assert part is not None
    assert (part.whole, part.shown) == (len(json.dumps(ROWS).encode()), len(json.dumps(part.part).encode()))
    (one,) = found(at, spans(asked(speclang.clip(ROWS, 1024)).says("So far, all was well.")))
    returned = next(step for step in one["steps"] if step["deed"] == "returned")
    assert (returned["hash"], returned["bytes"]) == (part.hash, part.whole)
    other = json.loads(speclang.clip(ROWS, 1024))
    other["whole_hash"] = "0" * 32
    (wrong,) = found(at, spans(asked(json.dumps(other)).says("So far, all was well.")))
    assert wrong["findings"][0]["first"]["fault"] == "altered"


def test_6_a_clean_cut_at_a_boundary_of_json_is_recognised_from_the_total(at: Say) -> None:
    shop = asked(json.dumps(ROWS[:20])).says("There are twenty entries.")
    (one,) = found(at, spans(shop))
    assert one["findings"][0]["first"]["fault"] == "cut"
    assert "20 of 100 members of the result" in one["findings"][0]["first"]["said"]
