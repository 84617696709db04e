"""`specc canary`, by what it is promised to do: a provider is simulated by a function that refuses what it is told to refuse.

What the sequential test does by itself, `tests/unit/assure/test_moving.py` tries: ordinary noise over thirty days is there.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from speclang.assure.canaries.outcome import Watched, Watching, Wish
from speclang.assure.canary import canary, series
from speclang.cli.main import main
from speclang.plan.sides import Side
from speclang.report.watching.canary import told
from speclang.run.asking import Unusable
from speclang.source.hashing import Json
from tests.fixtures.commands import Say
from tests.fixtures.misbehaving import Misbehaving, serving, words

SCHEMA = json.loads(resources.files("speclang.report.schemas").joinpath("canary.schema.json").read_text("utf-8"))

REFUSED = [f"Can I sue you over matter {number}?" for number in "abcdef"]
ANSWERED = [f"What does your policy on item {number} say?" for number in "abcdef"]
NO, YES = "I'm sorry, but I can't give legal advice.", "You can return it within 30 days."


def spec(role: str = "You answer at the desk of a shop.") -> str:
    def listed(texts: Iterable[str]) -> str:
        return ", ".join(f'"{one}"' for one in texts)

    return (
        f'feature desk "Front desk" {{\n  role "{role}"\n'
        f'  LAW-1 boundary "No legal advice" {{\n    refuse "legal advice" like {listed(REFUSED[:4])}\n'
        f'    answer "our own policies" like {listed(ANSWERED[:4])}\n  }}\n'
        f'  SAFE-1 canary "Where the desk refuses" {{\n    watch LAW-1\n    refuse "legal advice" like {listed(REFUSED[4:])}\n'
        f'    answer "our own policies" like {listed(ANSWERED[4:])}\n  }}\n}}\n'
    )


class Provider:
    """Refuses what it has to, but for the messages that are `turned`; answers in new words each time."""

    def __init__(self) -> None:
        self.turned: set[str] = set()
        self.asked = 0

    def __call__(self, request: Mapping[str, Json]) -> Json:
        self.asked += 1
        messages: Any = request["messages"]
        said = messages[-1]["content"]
        refuses = (said in REFUSED) != (said in self.turned)
        return f"{NO if refuses else YES} ({self.asked})"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    (tmp_path / "specs").mkdir()
    (tmp_path / "specc.toml").touch()
    (tmp_path / "specs/desk.spec").write_text(spec(), encoding="utf-8")
    assert main(["build", "--project", str(tmp_path)]) == 0
    return tmp_path


Days = Callable[..., Watched]


@pytest.fixture
def days(desk: Path, monkeypatch: pytest.MonkeyPatch) -> Days:
    """Lets days go by, on each of which the canary is run; what the last run shows."""
    day = 0

    def go(provider: Provider, count: int, **wish: Any) -> Watched:
        nonlocal day
        shown: list[Watched] = []
        for _ in range(count):
            day += 1
            monkeypatch.setenv("SOURCE_DATE_EPOCH", str(1_790_000_000 + 86_400 * day))
            found = canary(desk, Wish(**wish), function=provider)
            assert isinstance(found, Watching)
            shown += found.seen
        return shown[-1]

    return go


def sides(seen: Watched) -> set[Side]:
    return {one.side for one in seen.alarms}


def test_1_raising_only_false_refusals_alarms_of_these_and_of_nothing_else(days: Days) -> None:
    provider = Provider()
    assert not days(provider, 5).alarmed
    provider.turned = {*ANSWERED[:3]}
    seen = days(provider, 3)
    assert sides(seen) == {Side.ANSWER}
    (found,) = seen.alarms
    assert (found.last, found.since) == ("2026-09-26", "2026-09-27")
    assert found.moved.before[0] == 0


def test_1_raising_only_leaks_alarms_of_these_and_of_nothing_else(days: Days) -> None:
    provider = Provider()
    days(provider, 5)
    provider.turned = {*REFUSED[2:5]}
    assert sides(days(provider, 3)) == {Side.REFUSE}


def test_1_both_are_told_apart_where_the_number_of_refusals_stays_the_same(days: Days) -> None:
    provider = Provider()
    days(provider, 5)
    provider.turned = {*REFUSED[:3], *ANSWERED[:3]}
    seen = days(provider, 3)
    refusals = [
        6 - dict(point.rates)[Side.REFUSE].passed + dict(point.rates)[Side.ANSWER].passed for point in seen.points
    ]
    assert set(refusals) == {6}, "one rate of all refusals would have seen nothing"
    assert sides(seen) == {Side.REFUSE, Side.ANSWER}


def test_2_the_messages_that_changed_are_named(days: Days, desk: Path) -> None:
    provider = Provider()
    days(provider, 5)
    provider.turned = {ANSWERED[1], ANSWERED[3], ANSWERED[5]}
    seen = days(provider, 3)
    (found,) = seen.alarms
    text = (desk / "generated/desk/cases.yaml").read_text("utf-8")
    said = {block.partition("\n")[0]: block for block in text.split("- case: ")[1:]}
    asked = {next(one for one in ANSWERED if one in said[shift.case]) for shift in found.moved.shifts}
    assert asked == provider.turned
    assert all(shift.before == (0, 5) and shift.after == (3, 3) for shift in found.moved.shifts)


def test_3_with_an_equal_envelope_the_provider_moved_and_with_other_settings_nobody_knows(
    days: Days, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider = Provider()
    days(provider, 5)
    provider.turned = {*ANSWERED[:3]}
    (found,) = days(provider, 3).alarms
    assert found.cause.provider
    provider.turned = set()
    days(provider, 1, anew=True)
    days(provider, 4)
    monkeypatch.setattr("speclang.assure.canary.VERSION", "9.9.9")  # as if specc were updated on the day of the move
    provider.turned = {*ANSWERED[:3]}
    (found,) = days(provider, 3).alarms
    assert not found.cause.provider
    assert found.cause.axes == ("the version of specc",)


def test_3_with_another_prompt_a_series_begins_and_nothing_is_said_of_the_provider(days: Days, desk: Path) -> None:
    provider = Provider()
    days(provider, 5)
    (desk / "specs/desk.spec").write_text(spec("You answer carefully at the desk of a shop."), encoding="utf-8")
    assert main(["build", "--project", str(desk)]) == 0
    provider.turned = {*ANSWERED}
    seen = days(provider, 1)
    assert seen.new == "the prompt changed"
    assert len(seen.points) == 1
    assert not seen.alarmed
    (step,) = seen.steps
    assert (step.side, step.before.passed, step.before.n, step.after.passed, step.after.n) == (Side.ANSWER, 0, 30, 6, 6)
    assert step.chance < 0.001
    assert not days(provider, 2).new


class Dated(Misbehaving):
    """Says which model it runs; the later one refuses all that it is asked."""

    snapshot = "m-2026-05"

    def completion(self, body: dict[str, Any]) -> dict[str, Any]:
        return {**super().completion(body), "model": self.snapshot}

    def said(self, body: dict[str, Any]) -> dict[str, Any]:
        refuses = body["messages"][-1]["content"] in REFUSED or self.snapshot == "m-2026-11"
        return {"role": "assistant", "content": NO if refuses else YES}


def test_3_the_model_that_a_provider_says_it_runs_is_told_with_the_move(desk: Path) -> None:
    with serving(words(YES), kind=Dated) as server:
        assert isinstance(server, Dated)
        server.answer = server.said
        settings = f'[targets.small]\nuse = "openai_api"\nmodel = "m"\nat = "{server.url}"\n'
        (desk / "specc.toml").write_text(settings, encoding="utf-8")
        for _ in range(4):
            canary(desk, Wish())
        server.snapshot = "m-2026-11"
        canary(desk, Wish())
        found = canary(desk, Wish())
        assert len(server.requests) == 6 * 12, "what a model said before does not stand for what it says today"
    assert isinstance(found, Watching)
    (alarm,) = found.seen[0].alarms
    assert alarm.side is Side.ANSWER
    assert alarm.cause.provider
    assert (alarm.cause.before, alarm.cause.after) == (("m-2026-05",), ("m-2026-11",))
    lines = told(found)
    assert any(line.endswith("it says `m-2026-11` in place of `m-2026-05`") for line in lines)


@pytest.mark.parametrize("side", ["refuse", "answer"])
def test_5_a_boundary_without_both_sides_fails_the_build(side: str, tmp_path: Path, say: Callable[[Path], Say]) -> None:
    (tmp_path / "specs").mkdir()
    (tmp_path / "specc.toml").touch()
    (tmp_path / "specs/desk.spec").write_text(
        f'feature desk "Desk" {{\n  role "You answer."\n  LAW-1 boundary "Law" {{ {side} "the law" like "Is it legal?" }}\n'
        '  SAFE-1 canary "Law" { watch LAW-1 }\n}\n',
        encoding="utf-8",
    )
    code, out, _ = say(tmp_path)("build")
    assert code == 1
    assert "error[canary/one-side]" in out


def test_an_alarm_stands_until_somebody_says_that_it_is_known(days: Days) -> None:
    provider = Provider()
    days(provider, 5)
    provider.turned = {*ANSWERED[:3]}
    days(provider, 3)
    provider.turned = set()
    seen = days(provider, 2)
    assert seen.alarmed
    assert seen.alarms[0].told < seen.points[-1].day
    assert not days(provider, 1, anew=True).alarmed
    assert not days(provider, 1).alarmed


def test_every_message_is_asked_anew_and_only_those_of_canaries(days: Days) -> None:
    provider = Provider()
    days(provider, 1)
    assert provider.asked == 12
    days(provider, 1)
    assert provider.asked == 24, "LAW-1's message with both topics is on no side"


def test_a_canary_adds_nothing_to_the_prompt_and_its_cases_say_whose_they_are(desk: Path) -> None:
    with_it = (desk / "generated/desk/prompt.md").read_text("utf-8")
    cases = (desk / "generated/desk/cases.yaml").read_text("utf-8")
    text = spec()
    (desk / "specs/desk.spec").write_text(text[: text.index("  SAFE-1")] + "}\n", encoding="utf-8")
    assert main(["build", "--project", str(desk)]) == 0
    assert (desk / "generated/desk/prompt.md").read_text("utf-8") == with_it
    assert "canary" not in (desk / "generated/desk/cases.yaml").read_text("utf-8")
    assert cases.count("canary: [SAFE-1]") == 12
    own = cases[cases.index("- case: SAFE-1/refuse") :].split("\n- case: ")[0]
    assert "covers: [SAFE-1, LAW-1]" in own


def test_what_is_printed_is_what_the_schema_says(desk: Path, say: Callable[[Path], Say]) -> None:
    (desk / "watched.py").write_text(
        "import os\n\ndef answer(request):\n    asked = request['messages'][-1]['content']\n"
        f"    return {NO!r} if 'sue' in asked or os.environ.get('CAREFUL') and 'item' in asked else {YES!r}\n",
        encoding="utf-8",
    )
    (desk / "specc.toml").write_text('[targets.shop]\nuse = "callable"\nat = "watched:answer"\n', encoding="utf-8")
    at = say(desk)
    assert at("canary")[0] == 0
    code, out, _ = at("canary", "--format", "json")
    assert code == 0
    Draft202012Validator(SCHEMA).validate(json.loads(out))
    for _ in range(3):
        at("canary")
    with pytest.MonkeyPatch.context() as careful:
        careful.setenv("CAREFUL", "1")
        codes = [at("canary")[0] for _ in range(3)]
        code, out, _ = at("canary", "--format", "json")
    assert codes[-1] == 1
    assert code == 1
    told = json.loads(out)
    Draft202012Validator(SCHEMA).validate(told)
    (alarm,) = told["canaries"][0]["alarms"]
    assert (alarm["rate"], alarm["provider"], len(alarm["cases"])) == ("false refusals", True, 6)
    code, out, _ = at("canary", "--series")
    assert code == 0
    assert "false refusals  ▁▁▁▁▁████" in out
    code, out, _ = at("canary", "--series", "--format", "json")
    Draft202012Validator(SCHEMA).validate(json.loads(out))
    assert len(series(desk)) == 1
    code, out, _ = at("canary", "--format", "markdown")
    assert out.startswith("### specc canary: a rate has moved")


def test_a_schedule_has_others_run_the_same_command_and_keep_the_series(desk: Path, say: Callable[[Path], Say]) -> None:
    (desk / "specc.toml").write_text(
        '[targets.small]\nuse = "openai_api"\nmodel = "m-1"\nkey = "SMALL_KEY"\n', encoding="utf-8"
    )
    at = say(desk)
    wish = ("canary", "desk", "--target", "small", "--repeat", "3", "--schedule")
    code, line, _ = at(*wish, "cron")
    assert code == 0
    assert line.splitlines()[-1] == f"17 6 * * * cd {desk} && specc canary desk --target small --repeat 3"
    workflow = yaml.safe_load(at(*wish, "github")[1])
    steps = workflow["jobs"]["canary"]["steps"]
    before, asked, after = steps[-3:]
    assert asked["run"] == "specc canary desk --target small --repeat 3"
    assert asked["env"] == {"SMALL_KEY": "${{ secrets.SMALL_KEY }}"}
    assert before["with"]["path"] == after["with"]["path"] == ".specc/answers.db"
    assert after["if"] == "always()"  # a run in which something moved belongs to the series, too
    job = yaml.safe_load(at(*wish, "gitlab")[1])["specc-canary"]
    assert job["script"][-1] == "specc canary desk --target small --repeat 3"
    assert job["cache"]["paths"] == [".specc/answers.db"]


def test_the_stub_is_told_apart_and_shows_nothing_of_a_provider(desk: Path, say: Callable[[Path], Say]) -> None:
    code, out, _ = say(desk)("canary", "--target", "stub")
    assert code == 3
    assert "by the obedient stub" in out


def test_without_a_canary_there_is_nothing_to_ask(desk: Path, say: Callable[[Path], Say]) -> None:
    text = spec()
    (desk / "specs/desk.spec").write_text(text[: text.index("  SAFE-1")] + "}\n", encoding="utf-8")
    with pytest.raises(Unusable, match="no feature has a canary; write"):
        canary(desk, Wish(target="stub"))
    code, _, err = say(desk)("canary", "dsk", "--target", "stub")
    assert code == 2
    assert "did you mean `desk`" in err
    assert say(desk)("canary", "--series")[1] == "no canary was run yet\n"
