"""Fallbacks become drills: every tier by every failure, with a case for each requirement that has to hold; who has none pays nothing."""

import json
from decimal import Decimal
from importlib import resources

import jsonschema
import pytest
import yaml

from speclang.emit.drilling.drills import DRILLS, drills_parts
from speclang.engine.pipeline import Compiled, compile_texts
from speclang.engine.starting.schedules import often
from speclang.model.meaning import meaning_of
from speclang.plan.drill import Break, Drill
from speclang.project.config import Config
from speclang.source.text import SourceText
from speclang.trace.gather import Made, gather
from speclang.trace.links import links, of

HEAD = """\
feature desk "Desk" {
  ask "Where is my refund?"
  tool look(id: text) { about "Looks up an order."; fails timeout, gone }
  tool handoff() { about "Hands over."; writes }
  given tier standard | gold { name "the tier"; from context }
  given order text { name "the order"; from user }
  outcome later "say that it takes until later" { mentions "later" }
  FMT-1 format "Short" { must words <= 9, ends "Anything else?" }
  CON-1 content "Nothing technical" { must_not mention "error" }
  LIM-1 format "One sentence or two" { must sentences <= 2 }
  RUL-1 rule "Always" { must later }
@
}
"""
WHOLE = """fallback outage {
  when model fails
  when look fails timeout | gone
  tier "Second model" target backup after 2 s
  tier "a colleague" calls handoff
  tier "canned" say "We will write to our {tier} customer. Anything else?"
  must_hold FMT-1, CON-1
}"""


def made(body: str) -> Compiled:
    return compile_texts([SourceText("a.spec", HEAD.replace("@", body))], Config())


def codes(body: str) -> list[str]:
    return [one.code.id for one in made(body).diagnostics]


def drills(body: str = WHOLE) -> tuple[Drill, ...]:
    compiled = made(body)
    assert [one.title for one in compiled.diagnostics] == []
    return compiled.plan.features[0].drills


def test_each_tier_has_a_case_for_each_failure_and_each_requirement_that_must_hold() -> None:
    found = drills()
    failures = [f"model.{how}" for how in ("timeout", "server_error", "unreachable", "null", "empty", "malformed")]
    failures += ["look.timeout", "look.gone"]
    assert {case for one in found for case in one.cases} == {
        f"outage/{tier}/{failure}/{id}"
        for tier in ("second-model", "a-colleague", "canned")
        for failure in failures
        for id in ("FMT-1", "CON-1")
    }


def test_whatever_comes_before_a_tier_fails_too() -> None:
    found = {one.id: one for one in drills()}
    assert found["outage/second-model/model.null"].breaks == (Break("model", "null", Decimal(2)),)
    assert found["outage/canned/model.null"].breaks == (
        Break("model", "null", Decimal(2)),
        Break("backup", "null"),
        Break("handoff", "null"),
    )
    assert found["outage/a-colleague/look.gone"].breaks == (
        Break("look", "gone", Decimal(2)),
        Break("backup", "server_error"),
    )
    states = {reply.tool: reply.state for reply in found["outage/canned/look.gone"].case.replies}
    assert states == {"look": "gone", "handoff": "null"}


def test_all_stands_for_whatever_code_holds_against_any_answer() -> None:
    found = drills(WHOLE.replace("FMT-1, CON-1", "all"))
    assert {one.must_hold for one in found} == {("FMT-1", "CON-1", "LIM-1")}


def test_a_text_is_filled_with_what_the_program_knows() -> None:
    canned = next(one for one in drills() if one.tier == "canned")
    assert canned.end.says == "We will write to our standard customer. Anything else?"
    assert [(one.given, one.shown) for one in canned.case.context] == [("tier", "standard")]


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("An error. Anything else?", ["CON-1"]),
        ("We will write.", ["FMT-1"]),
        ("Wait. Wait. Wait. Anything else?", ["LIM-1"]),
        ("Wait for us {tier} {tier} {tier}. Anything else?", []),
        ("Wait for us, our {tier} {tier} {tier} customer. Anything else?", ["FMT-1"]),
    ],
)
def test_a_canned_text_that_breaks_a_never_a_format_or_a_limit_fails_the_build(text: str, broken: list[str]) -> None:
    found = made(WHOLE.replace("We will write to our {tier} customer. Anything else?", text)).diagnostics
    assert [(one.code.id, one.requirement) for one in found] == [("E0571", id) for id in broken]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("model fails", "model fails timeout"), "E0625"),
        (("look fails timeout | gone", "look fails timeout"), "E0625"),
        (("look fails timeout | gone", "look fails late"), "E0305"),
        (("look fails timeout | gone", "handoff fails"), "E0305"),
        (("look fails timeout | gone", "loook fails"), "E0201"),
        (("look fails timeout | gone", "look late"), "E0309"),
        (("look fails timeout | gone", "model fails null"), "E0202"),
        (("{tier}", "{order}"), "E0341"),
        (("{tier}", "{teir}"), "E0201"),
        (('tier "a colleague" calls handoff', 'tier "first" say "Later. Anything else?"'), "E0342"),
        (('tier "a colleague"', 'tier "Second model"'), "E0202"),
        (("calls handoff", "calls hand"), "E0201"),
        (("target backup", "asks backup"), "E0309"),
        (("after 2 s", "after 2 GiB"), "E0309"),
        (("must_hold FMT-1", "must_hold FMT-9"), "E0201"),
        (("must_hold FMT-1", "must_hold RUL-1"), "E0572"),
        (("must_hold FMT-1", "must_hold 3"), "E0309"),
        (("must_hold", "drill every 0 days\n  must_hold"), "E0309"),
        (("must_hold", "drill 7 days\n  must_hold"), "E0309"),
        (("must_hold", "at_most 100%\n  must_hold"), "E0309"),
        (("must_hold", "at_most 5\n  must_hold"), "E0309"),
        (("must_hold", "mustt_hold"), "E0207"),
        (("fallback outage", "fallback"), "E0309"),
        (("fallback outage", 'fallback outage { when model fails; tier "x" calls handoff }\n  fallback outage'), "E0202"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_fallback_is_told(change: tuple[str, str], code: str) -> None:
    assert code in codes(WHOLE.replace(*change))


def test_a_fallback_stands_in_a_feature_alone() -> None:
    text = SourceText("a.spec", f'{WHOLE}\npolicy p "P" {{\n{WHOLE}\n}}\n')
    assert [one.code.id for one in compile_texts([text], Config()).diagnostics] == ["E0209", "E0209"]


def test_a_failure_that_a_requirement_names_is_handled() -> None:
    body = 'TOOL-1 fault "Down" { when look fails; must mentions "later" }\n' + WHOLE.replace(
        "when look fails timeout | gone\n", ""
    )
    assert "E0625" not in codes(body)


def test_who_has_no_fallback_gets_no_file_and_no_warning() -> None:
    compiled = made("")
    assert [one.code.id for one in compiled.diagnostics] == []
    assert not any(one.path.endswith(DRILLS) for one in compiled.artifacts)


def test_the_file_is_of_its_schema_and_says_what_the_plan_says() -> None:
    plan = made(WHOLE.replace("must_hold", "drill every 36 hours\n  must_hold")).plan.features[0]
    read = yaml.safe_load("".join(part.text for part in drills_parts(plan)))
    text = resources.files("speclang.emit.schemas").joinpath("drills.schema.json").read_text("utf-8")
    schema = json.loads(text)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(read)
    assert [one["drill"] for one in read["drills"]] == [one.id for one in plan.drills]
    assert [list(one["cases"].values()) for one in read["drills"]] == [list(one.must_hold) for one in plan.drills]
    assert {one["every_seconds"] for one in read["drills"]} == {129600}


def test_a_drill_is_traced_to_its_fallback_and_to_what_has_to_hold() -> None:
    compiled = made(WHOLE)
    file = next(one for one in compiled.artifacts if one.path.endswith(DRILLS))
    owners = {owner: {link.part.id for link in of(owner, links([file]))} for owner in ("fallback outage", "FMT-1")}
    every = {one.id for one in compiled.plan.features[0].drills}
    assert owners == {"fallback outage": every, "FMT-1": every}
    graph = gather(
        Made(
            features=compiled.program.features,
            plan=compiled.plan,
            artifacts=compiled.artifacts,
            files=compiled.files,
            places=compiled.places,
        )
    )
    said = {(edge.source, edge.target) for edge in graph.edges if edge.source.startswith("drill:")}
    for id in every:
        assert (f"drill:desk/{id}", "fallback:desk/outage") in said
        assert (f"drill:desk/{id}", "requirement:desk/FMT-1") in said
        assert (f"drill:desk/{id}", "given:desk/tier") in said


def test_whatever_is_changed_in_a_fallback_changes_its_meaning() -> None:
    whole = WHOLE.replace("must_hold", "drill every 7 days\n  at_most 5%\n  must_hold")
    changes = (
        ("fails timeout | gone", "fails gone"), ("backup", "other"), ("after 2 s", "after 3 s"), ("calls handoff", "calls look"),
        ("{tier} customer", "customer"), ("FMT-1, CON-1", "FMT-1"), ("FMT-1, CON-1", "all"), ("7 days", "8 days"), ("5%", "6%"),
    )  # fmt: skip
    told = {meaning_of(made(whole.replace(*change)).program.features[0].fallbacks[0]) for change in changes}
    assert len({*told, meaning_of(made(whole).program.features[0].fallbacks[0])}) == len(changes) + 1


@pytest.mark.parametrize(
    ("days", "cron"),
    [(30, "23 5 * * 1"), (7, "23 5 * * 1,4"), (2, "23 5 * * *"), (0.5, "23 */6 * * *"), (0.1, "23 * * * *")],
)
def test_a_schedule_runs_twice_as_often_as_has_to_be(days: float, cron: str) -> None:
    assert often(days * 86_400) == cron
