"""What an application falls back on is made to happen: the list of what has to work, by number.

The application is a server of its own, as a team would have one, with its own code for what it falls back on; its models are two
more, on this machine. Everything between them is as it is with real ones, the proxy included.
"""

import json
import sqlite3
import threading
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import resources
from pathlib import Path

import jsonschema
import pytest

from speclang.assure.drill import drill
from speclang.assure.drilled import Stands, mixed, stand
from speclang.assure.drilling.outcome import Drilled, Result, Wish
from speclang.assure.outcome import Unfit
from speclang.engine.build import build
from speclang.engine.pipeline import compile_texts
from speclang.grading.holding import Call
from speclang.project.config import Config
from speclang.project.lines import Line
from speclang.report.drilling import shown
from speclang.run.asking import Unusable
from speclang.source.hashing import Json
from speclang.source.text import SourceText

SPEC = """\
feature desk "Desk" {
  ask "Where is my refund?"
  tool look(id: text) { about "Looks up an order."; fails timeout, gone }
  tool handoff() { about "Hands over."; writes }
  given name text { name "the customer's name"; from context; typical "Kim" }

  FMT-1 format "Short" { must words <= 12, ends "Anything else?" }
  CON-1 content "Nothing technical" { must_not mention "error" }

  fallback outage {
    when      model fails
    tier      "second model" target backup after 0.2 s
    tier      "canned" say "I can't look, {name}. Anything else?" after 0.2 s
    must_hold all
    drill     every 7 days
    at_most   5%
  }
  fallback lookup {
    when      look fails timeout | gone
    tier      "a colleague" calls handoff
  }
}
"""
GOOD = "It is on its way. Anything else?"
DRILLS = 14
"""Six failures of a model in two tiers, two of a tool in one."""

Handle = Callable[[dict[str, Json]], Json]


@contextmanager
def served(handle: Handle) -> Iterator[str]:
    """A server that answers each POST with what `handle` makes of its JSON."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            said = json.dumps(handle(body)).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, format: str, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


class App:
    """A help desk: how long it waits, in which order it asks, and what it says when nobody answers."""

    def __init__(self) -> None:
        self.wait = 0.2
        self.order = ["main", "backup"]
        self.canned: Json = "I can't look, Kim. Anything else?"
        self.hands_over = True
        self.form: Json = None

    def answer(self, request: dict[str, Json]) -> Json:
        look = request["results"]["look"]["content"]  # type: ignore[index, call-overload]
        if "error" in str(look) and self.hands_over and request["messages"][-1]["role"] == "user":  # type: ignore[index, call-overload]
            call: Json = {"id": "1", "type": "function", "function": {"name": "handoff", "arguments": "{}"}}
            return {"role": "assistant", "content": None, "tool_calls": [call]}
        for name in self.order:
            try:
                return {"text": self.ask(f"{request['models'][name]}/chat/completions", request["messages"])}  # type: ignore[index, call-overload]
            except (OSError, ValueError):
                continue
        return {"text": self.canned} if isinstance(self.canned, str) else self.canned

    def ask(self, address: str, messages: Json) -> str:
        asked: dict[str, Json] = {"model": "m", "messages": messages}
        if self.form is not None:
            asked["response_format"] = self.form
        sent = urllib.request.Request(address, json.dumps(asked).encode(), {"Content-Type": "application/json"})  # noqa: S310 - a server of this test
        with urllib.request.urlopen(sent, timeout=self.wait) as reply:  # noqa: S310 - a server of this test
            text = json.load(reply)["choices"][0]["message"]["content"]
        if not isinstance(text, str) or not text:
            raise ValueError("no text")
        return text


class World:
    """A project, its application, and what its models say."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.app = App()
        self.main, self.backup = GOOD, "It is coming. Anything else?"

    def spec(self, text: str = SPEC) -> None:
        (self.root / "specs").mkdir(exist_ok=True)
        (self.root / "specs/desk.spec").write_text(text, encoding="utf-8")
        build(self.root)

    def drill(self) -> dict[str, Result]:
        found = drill(self.root, Wish())
        assert isinstance(found, Drilled)
        fits(shown.as_json(found))
        return {one.drill: one for one in found.results}

    def stand(self, moment: str = "") -> dict[str, str]:
        found = stand(self.root, Wish(), moment)
        assert isinstance(found, Stands)
        fits(shown.standing_as_json(found))
        return {f"{one.fallback}/{one.tier}": one.state.value for one in found.tiers}


def model(said: Callable[[], str]) -> Handle:
    return lambda _: {"choices": [{"message": {"role": "assistant", "content": said()}}]}


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    one = World(tmp_path)
    with (
        served(one.app.answer) as app,
        served(model(lambda: one.main)) as main,
        served(model(lambda: one.backup)) as backup,
    ):
        tables = [f'[targets.app]\nuse = "http"\nat = "{app}/answer"\ntimeout = 20\n']
        tables += [
            f'[targets.{name}]\nuse = "openai_api"\nmodel = "{name}-1"\nat = "{at}/v1"\ndrill = {{}}\n'
            for name, at in (("main", main), ("backup", backup))
        ]
        (tmp_path / "specc.toml").write_text("\n".join(tables), encoding="utf-8")
        one.spec()
        yield one


def fits(printed: str) -> None:
    """What is printed for programs has the form that is promised."""
    text = resources.files("speclang.report.schemas").joinpath("drill.schema.json").read_text("utf-8")
    jsonschema.Draft202012Validator(json.loads(text)).validate(json.loads(printed))


def reasons(found: dict[str, Result], part: str = "") -> set[str]:
    return {reason for id, one in found.items() if part in id for reason in one.reasons}


def test_1_a_canned_text_that_breaks_a_never_a_format_or_a_limit_is_never_drilled(world: World) -> None:
    (world.root / "specs/desk.spec").write_text(SPEC.replace("I can't look", "An error"), encoding="utf-8")
    found = drill(world.root, Wish())
    assert isinstance(found, Unfit)
    assert [(one.code.id, one.requirement) for one in found.diagnostics] == [("E0571", "CON-1")]


def test_2_and_5_each_fault_ends_in_the_declared_tier_and_each_must_hold_has_a_case_there(world: World) -> None:
    found = world.drill()
    assert reasons(found) == set()
    assert len(found) == DRILLS
    assert {one.sign for one in found.values()} == {"`backup` answered", "its text", "`handoff` was called"}
    outage = [one for one in found.values() if one.fallback == "outage"]
    assert {tuple(held.requirement for held in one.held) for one in outage} == {("FMT-1", "CON-1")}
    compiled = compile_texts([SourceText("a.spec", SPEC)], Config())
    assert {held.case for one in outage for held in one.held} == {
        case for one in compiled.plan.features[0].drills for case in one.cases
    }


def test_3_renaming_a_context_field_marks_every_drill_stale_at_once(world: World) -> None:
    world.drill()
    assert set(world.stand().values()) == {"fine"}
    world.spec(SPEC.replace("given name", "given caller").replace("{name}", "{caller}"))
    assert set(world.stand().values()) == {"stale"}


def test_4_a_tier_last_drilled_eight_days_ago_is_atrophied_under_a_rule_of_seven(world: World) -> None:
    assert set(world.stand().values()) == {"never drilled"}
    world.drill()
    path = world.root / ".specc/answers.db"
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE drills SET made = '2026-03-01T09:00:00.000+00:00'")
    connection.close()
    assert set(world.stand("2026-03-08T09:00:00+00:00").values()) == {"fine"}
    assert world.stand("2026-03-09T09:00:00+00:00") == {
        "outage/second model": "atrophied",
        "outage/canned": "atrophied",
        "lookup/a colleague": "fine",
    }


@pytest.mark.parametrize(
    ("main", "backup", "why"),
    [
        ('{"amount": 5}', '{"amount": "5"}', '`$.amount` is a text ("5"), where the first model says a number (5)'),
        ('[{"amount": 5}]', '{"amount": 5}', "`$` is an object, where the first model says a list"),
        ('{"amount": 5}', '{"sum": 5}', "`$` has no `amount`, which the first model gives"),
        ('{"amount": 5}', '```json\n{"amount": 5}\n```', "its JSON stands in a fence"),
        ('{"amount": 5}', '{"amount": 7, "more": 1}', ""),
        ("About 5.", '{"amount": 5}', ""),
    ],
)
def test_6_a_number_as_a_text_and_a_bare_object_fail_parse_equivalence(
    world: World, main: str, backup: str, why: str
) -> None:
    world.spec(SPEC.replace("    must_hold all\n", "").replace("model fails\n", "model fails empty\n"))
    world.main, world.backup = main, backup
    told = {f"what `backup` says can't be read as what `main` says: {why}"} if why else set()
    assert reasons(world.drill()) == told


def test_6_what_the_application_asks_for_counts_before_what_the_first_model_gave(world: World) -> None:
    schema: Json = {"type": "object", "properties": {"amount": {"type": "number"}}, "required": ["amount"]}
    world.app.form = {"type": "json_schema", "json_schema": {"name": "x", "schema": schema}}
    world.spec(SPEC.replace("    must_hold all\n", ""))
    world.main, world.backup = '{"amount": 5, "more": 1}', '{"amount": 5}'
    assert reasons(world.drill()) == set()
    world.backup = '{"amount": "5"}'
    told = reasons(world.drill())
    assert len(told) == 1
    assert "amount" in told.pop()


def test_7_a_share_of_38_percent_fails_the_mix_rule(world: World) -> None:
    def answers(fallen: int, other: int) -> Iterator[Line]:
        said: list[Json] = [{"text": "I can't look, Bo. Anything else?"}, {"text": "Hm.", "model": "backup-1"}]
        said += [{"text": "Later.", "tier": "canned"}]
        for number in range(fallen + other):
            data = json.dumps(said[number % 3] if number < fallen else {"text": GOOD, "model": "main-1"}).encode()
            yield Line(number + 1, data, len(data))

    def told(fallen: int, other: int) -> Call:
        found = mixed(world.root, Wish(), answers(fallen, other))
        assert isinstance(found, Stands)
        (share,) = found.shares
        fits(shown.standing_as_json(found))
        assert (share.fell, share.n) == (fallen, fallen + other)
        assert found.passes is (share.decision.call is not Call.FAILS)
        return share.decision.call

    assert told(38, 62) is Call.FAILS
    assert told(2, 18) is Call.UNDECIDED
    assert told(3, 497) is Call.HOLDS


def test_an_application_that_says_something_else_ends_in_no_tier(world: World) -> None:
    world.app.canned = "Something went wrong. Anything else?"
    found = world.drill()
    assert reasons(found, "/canned/") == {
        'it ends in no tier that can be told, with "Something went wrong. Anything else?"'
    }
    assert reasons(found, "/second-model/") == set()
    assert world.stand()["outage/canned"] == "failed"


def test_a_marker_tells_a_tier_and_is_held_against_what_is_seen(world: World) -> None:
    world.app.canned = {"text": "I can't look, dear Kim. Anything else?", "tier": "canned"}
    assert reasons(world.drill()) == set()
    world.app.canned = {"text": "I can't look, Kim. Anything else?", "tier": "second model"}
    told = reasons(world.drill())
    assert told == {"the application says that it is in `second model`, and its text tells `canned`"}


def test_what_the_second_model_says_is_held_against_the_requirements(world: World) -> None:
    world.backup = "There was an error. Anything else?"
    told = reasons(world.drill(), "/second-model/")
    assert len(told) == 1
    assert told.pop().startswith("`CON-1` does not hold: ")


def test_an_application_that_waits_too_long_fails(world: World) -> None:
    world.app.wait = 5
    told = reasons(world.drill(), ".timeout")
    assert "it still waits for `main` after 1.4 seconds, and `after 0.2 s` is declared" in told


def test_an_application_that_skips_a_tier_fails(world: World) -> None:
    world.app.order = ["main"]
    found = world.drill()
    assert "nothing asked `backup`, so nothing was broken" in reasons(found, "/canned/")
    assert 'it ends in the tier `canned` (its text), with "I can\'t look, Kim. Anything else?"' in reasons(
        found, "/second-model/"
    )


def test_a_tool_that_fails_has_to_end_with_a_colleague(world: World) -> None:
    world.app.hands_over = False
    assert reasons(world.drill(), "lookup/") == {
        'it ends in no tier that can be told, with "It is on its way. Anything else?"'
    }


def test_nothing_is_shown_by_an_application_that_asks_behind_the_proxy(world: World) -> None:
    world.app.order = []
    with pytest.raises(Unusable, match="asks `main` behind specc's back"):
        world.drill()


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("[targets.backup]", "[targets.backups]", "the settings know no such target; did you mean `backups`"),
        ("[targets.main]", '[targets.first]\nuse = "openai_api"\ndrill = {}\n[targets.main]', "`first`, `main` all could be"),
        ('use = "http"', 'use = "stub"', "no application is stated"),
    ],
)  # fmt: skip
def test_settings_that_lack_something_are_told_with_what_to_write(world: World, old: str, new: str, why: str) -> None:
    settings = world.root / "specc.toml"
    settings.write_text(settings.read_text("utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(Unusable, match=why.replace("(", "\\(")):
        world.drill()


def test_no_key_that_passes_is_kept(world: World) -> None:
    world.drill()
    files = [path.read_bytes() for path in world.root.rglob("*") if path.is_file()]
    assert not any(b"Authorization" in data or b"Bearer" in data for data in files)
