"""The kind `format` from the text of a spec: parsed, bound, said and graded."""

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest

from speclang.bind import bind
from speclang.diagnostics.code import Code
from speclang.diagnostics.diagnostic import Diagnostic
from speclang.kinds.format import Format
from speclang.kinds.format.errors import CODES
from speclang.kit.casegen import Cases
from speclang.kit.checks import find
from speclang.kit.kind import Sample
from speclang.kit.wording import Say
from speclang.logic.ruleset import RuleSet
from speclang.logic.variables import variables
from speclang.model.feature import Feature
from speclang.plan.draft import CaseDraft
from speclang.source.hashing import canonical
from speclang.source.text import SourceText
from speclang.syntax.parser import parse

FORMAT = Format()
PAGES = Path(__file__).parents[3] / "speclang" / "diagnostics" / "pages"


def compiled(spec: str) -> tuple[Feature, tuple[Diagnostic, ...]]:
    tree = parse(SourceText("x.spec", spec))
    program = bind((tree.value,))
    return program.value.features[0], (*tree.diagnostics, *program.diagnostics)


def said(spec: str) -> str:
    feature, found = compiled(spec)
    assert found == ()
    say = Say(feature)
    return "\n".join("".join(piece.text for piece in FORMAT.clause(one, say)) for one in feature.requirements)


@pytest.mark.parametrize("sample", Format.SAMPLES, ids=lambda one: f"{one.grader}-{one.why}".replace(" ", "-"))
def test_every_sample_compiles_and_is_judged_as_it_says(sample: Sample) -> None:
    feature, found = compiled(sample.spec)
    assert found == ()
    graders = {one.id.removeprefix("X-1/"): one for one in FORMAT.graders(feature.requirements[0], feature)}
    grader = graders[sample.grader]
    check = find(grader.check)
    assert check is not None
    verdict = check(sample.answer, **{one.name: one.value for one in grader.settings})
    assert verdict.passed is sample.passes, verdict.reason


@pytest.mark.parametrize("sample", Format.SAMPLES[:: len(Format.SAMPLES) // 26], ids=lambda one: one.grader)
def test_every_hole_shows_what_stands_at_its_place(sample: Sample) -> None:
    feature, _ = compiled(sample.spec)
    units = {unit.name: unit for unit in parse(SourceText("x.spec", sample.spec)).value.units}
    for piece in FORMAT.clause(feature.requirements[0], Say(feature)):
        span = piece.origin.span
        assert 0 <= span.start < span.end
        if piece.hole:
            assert units[span.unit].text[span.start : span.end] == piece.text


def test_a_conditional_format_reads_as_one_sentence() -> None:
    spec = """
    feature refunds "Refunds" {
      given age days 0 .. 365 { name "the time since delivery"; from context }
      FMT-1 format "Short" { when age > 30 days; must words <= 50, no commas; should language of user }
    }
    """
    assert said(spec) == (
        "If the time since delivery is more than 30 days, answer in at most 50 words and without commas. "
        "If the time since delivery is more than 30 days, you should answer in the language of the user."
    )


def test_a_shape_of_json_may_hold_every_type() -> None:
    spec = """
    feature refunds "Refunds" {
      type Tier = gold | silver
      X-1 format "Shape" {
        must json { total: money(USD) 0 .. 500, age: days, tier: Tier, share: percent, day: date, n: int 1 .. 3,
                    tags: list(text), note: optional(text), ok: bool }
      }
    }
    """
    assert said(spec) == (
        'Answer with one JSON object and nothing else, with the fields "total" (an amount in USD, as a number from 0 to '
        '500), "age" (a number of days), "tier" ("gold" or "silver"), "share" (a percentage, as a number), "day" (a date '
        'as YYYY-MM-DD), "n" (a whole number from 1 to 3), "tags" (a list of text), "note" (text, or null) and "ok" (true '
        "or false)."
    )
    feature, _ = compiled(spec)
    (grader,) = FORMAT.graders(feature.requirements[0], feature)
    properties = json.loads(canonical(grader.settings[0].value))["properties"]
    assert properties["total"] == {"type": "number", "minimum": 0, "maximum": 500}
    assert properties["n"] == {"type": "integer", "minimum": 1, "maximum": 3}
    assert properties["tier"] == {"type": "string", "enum": ["gold", "silver"]}


@pytest.mark.parametrize("code", CODES, ids=lambda one: one.id)
def test_the_page_of_a_code_shows_a_spec_with_it_and_one_without(code: Code) -> None:
    page = (PAGES / f"{code.id.replace('/', '-')}.md").read_text(encoding="utf-8")
    bad, good = re.findall(r"```spec\n(.*?)```", page, re.DOTALL)
    assert {one.code.id for one in compiled(bad)[1]} == {code.id}
    assert compiled(good)[1] == ()


def drafts(spec: str) -> list[CaseDraft]:
    feature, found = compiled(spec)
    assert found == ()
    cases = Cases(feature, RuleSet((), variables(feature.givens, feature.tools)))
    return [draft for one in feature.requirements for draft in FORMAT.cases(one, cases)]


def test_cases_tempt_a_model_to_break_each_term() -> None:
    spec = """
    feature refunds "Refunds" {
      ask "I want my money back."
      FMT-1 format "Short" { must words in 5 .. 120, language of user, no commas; must_not starts "Sure" }
    }
    """
    found = {one.obligation.id: one for one in drafts(spec)}
    assert list(found) == [
        "FMT-1/nominal",
        "FMT-1/tempt/words-short",
        "FMT-1/tempt/words-long",
        "FMT-1/tempt/language-german",
        "FMT-1/tempt/language-spanish",
        "FMT-1/tempt/commas-enumeration",
    ]
    short, german = found["FMT-1/tempt/words-short"], found["FMT-1/tempt/language-german"]
    assert short.opening is not None
    assert german.opening is not None
    assert short.opening.plain == "I want my money back. Please answer with a single word."
    assert german.opening.plain.startswith("Guten Tag")
    assert short.graders == ("FMT-1/words",)


def test_a_condition_is_tried_on_both_sides() -> None:
    spec = """
    feature refunds "Refunds" {
      given age days 0 .. 365 { name "the time since delivery"; from context }
      FMT-1 format "Short" { when age > 30 days; must words <= 50 }
    }
    """
    found = {one.obligation.id: dict(one.values)["age"] for one in drafts(spec)}
    day = Decimal(86400)
    assert found["FMT-1/boundary/age=30"] == 30 * day
    assert found["FMT-1/boundary/age=31"] == 31 * day
    assert found["FMT-1/tempt/words-long"] == found["FMT-1/nominal"]
    assert isinstance(found["FMT-1/nominal"], Decimal)
    assert found["FMT-1/nominal"] > 30 * day
