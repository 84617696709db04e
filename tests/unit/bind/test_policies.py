"""Policies with parameters: what an include gives reaches texts, conditions and bounds, and leads back to the include."""

from speclang.engine.pipeline import compile_texts
from speclang.project.config import Config
from speclang.source.text import SourceText
from tests.unit.bind.binding import bound, findings

POLICY = """\
policy house(name: text, window: days 0 .. 365 = 30 days, most: int = 80, open: bool = yes, tone: warm | dry = warm) "House" {
  given age days 0 .. 365 { name "the time since delivery"; from context; typical 12 days }
  given mood warm | dry { name "the mood"; from context }
  outcome take "take it back" { mentions "{window}" }
  outcome leave "leave it" { mentions "sorry" }
  exclusive take, leave
  H-1 rule "In time" { when age <= window and open; must take; phrase "At {name}, take it back within {age.limit}." }
  H-2 rule "Late" { when age > window or mood is not tone; must leave; default }
  H-3 format "Short" { must words <= most }
  H-4 prose "Name" { text "Say {name}, {most} times at {tone}." ; over H-1 }
}
"""


def prompt(*files: tuple[str, str]) -> str:
    compiled = compile_texts([SourceText(*one) for one in files], Config())
    assert [one.title for one in compiled.diagnostics if one.level.value == "error"] == []
    return next(one.text for one in compiled.artifacts if one.path.endswith("prompt.md"))


def test_arguments_reach_texts_conditions_and_bounds() -> None:
    spec = 'feature desk "Desk" { include house(name: "Acme", window: 2 weeks, most: 60, tone: dry) }\n'
    text = prompt(("a.spec", POLICY + spec))
    assert "At Acme, take it back within 2 weeks." in text
    assert "at most 60 words" in text
    assert "Say Acme, 60 times at dry." in text


def test_a_default_stands_where_nothing_is_given() -> None:
    text = prompt(("a.spec", POLICY + 'feature desk "Desk" { include house(name: "Acme") }\n'))
    assert "within 30 days" in text
    assert "at most 80 words" in text


def test_two_features_share_a_policy_with_arguments_of_their_own() -> None:
    spec = 'feature a "A" { include house(name: "A", window: 3 days) }\nfeature b "B" { include house(name: "B", window: 9 days) }\n'
    program, found, _ = bound(("a.spec", POLICY + spec))
    assert [one.title for one in found] == []
    first, second = program.features
    assert first.requirements[0].when != second.requirements[0].when
    assert first.policies[0].arguments != second.policies[0].arguments


def test_the_value_of_an_argument_leads_back_to_the_include_and_the_rest_to_the_policy() -> None:
    use = ("desk.spec", 'use "house.spec"\nfeature desk "Desk" {\n  include house(name: "Acme", window: 14 days)\n}\n')
    program, found, places = bound(("house.spec", POLICY), use)
    assert found == []
    first = program.features[0].requirements[0]
    assert first.phrase is not None
    shown = [(piece.text, places.locate(piece.span)) for piece in first.phrase.pieces if hasattr(piece, "text")]
    where = {text: (at.file, places.sources[at.file].text[at.start : at.end]) for text, at in shown}
    assert where["Acme"] == ("desk.spec", "Acme")
    assert where["14 days"] == ("desk.spec", "14 days")
    assert where["At "] == ("house.spec", "At ")


def test_a_policy_passes_its_parameters_on() -> None:
    outer = 'policy shop(firm: text, time: days) "Shop" { include house(name: firm, window: time) }\n'
    text = prompt(("a.spec", POLICY + outer + 'feature desk "Desk" { include shop(firm: "Acme", time: 5 days) }\n'))
    assert "At Acme, take it back within 5 days." in text


def test_an_argument_that_the_policy_has_no_use_for_is_told_where_it_stands() -> None:
    feature = 'feature desk "Desk" { include house(name: "Acme", window: %s) }\n'
    assert [(code, at) for code, _, at in findings(("a.spec", POLICY + feature % "400 days"))] == [
        ("E0304", "400 days")
    ]
    assert [(code, at) for code, _, at in findings(("a.spec", POLICY + feature % "5 USD"))] == [("E0301", "5 USD")]
    assert [(code, at) for code, _, at in findings(("a.spec", POLICY + feature % "5"))] == [("E0302", "5")]
    assert [code for code, _, _ in findings(("a.spec", POLICY + feature % '"{age}"'))] == ["E0309"]


def test_a_policy_that_nobody_includes_is_still_read() -> None:
    assert [code for code, _, _ in findings(("a.spec", POLICY.replace("must take;", "must takee;")))] == ["E0201"]
    assert findings(("a.spec", POLICY)) == []


def test_a_parameter_and_a_given_have_different_names() -> None:
    spec = 'policy p(age: days) "P" { given age days 0 .. 9 { from context } }\n'
    assert [code for code, _, _ in findings(("a.spec", spec))] == ["E0202"]


def test_policies_that_include_each_other_are_told_whatever_they_are_given() -> None:
    spec = 'policy p(a: int) "P" { include q(a: a) }\npolicy q(a: int) "Q" { include p(a: a) }\n'
    assert [code for code, _, _ in findings(("a.spec", spec))] == ["E0408"]


def test_many_ways_to_one_policy_with_different_arguments_end_soon() -> None:
    levels = "".join(
        f'policy l{n}(a: int) "L" {{ include x{n}(a: a)\n include y{n}(a: a) }}\n'
        f'policy x{n}(a: int) "X" {{ include l{n + 1}(a: 1) }}\npolicy y{n}(a: int) "Y" {{ include l{n + 1}(a: 2) }}\n'
        for n in range(14)
    )
    end = 'policy l14(a: int) "End" { E-1 prose "x" { text "{a}" } }\n'
    found = findings(("a.spec", levels + end + 'feature f "F" { include l0(a: 0) }\n'))
    assert {code for code, _, _ in found} == {"E0414"}


PLAIN = """\
policy brand "Brand" {
  BRAND-1 prose "One" { text "One." }
  BRAND-2 prose "Two" { text "Two."; over BRAND-1 }
  BRAND-3 prose "Three" { text "Three."; over BRAND-2 }
}
"""


def test_what_was_over_a_replaced_requirement_is_over_its_replacement() -> None:
    spec = 'feature f "F" { include brand\n F-1 prose "New" { replaces BRAND-2; because "so"; text "New." } }\n'
    program, found, _ = bound(("a.spec", PLAIN + spec))
    assert found == []
    requirements = {one.id: [ref.id for ref in one.over] for one in program.features[0].requirements}
    assert requirements == {"BRAND-1": [], "BRAND-3": ["F-1"], "F-1": []}


def test_what_was_over_a_dropped_requirement_is_over_nothing() -> None:
    spec = 'feature f "F" { include brand\n drop BRAND-2 { because "not here" } }\n'
    program, found, _ = bound(("a.spec", PLAIN + spec))
    assert found == []
    assert {one.id: one.over for one in program.features[0].requirements} == {"BRAND-1": (), "BRAND-3": ()}


def test_a_change_of_a_policy_in_one_feature_leaves_the_others_alone() -> None:
    spec = 'feature f "F" { include brand\n drop BRAND-2 { because "not here" } }\nfeature g "G" { include brand }\n'
    program, _, _ = bound(("a.spec", PLAIN + spec))
    assert [len(one.requirements) for one in program.features] == [2, 3]


def test_changes_that_cannot_be_made_are_told() -> None:
    def told(body: str) -> list[tuple[str, str]]:
        return [
            (code, at) for code, _, at in findings(("a.spec", PLAIN + f'feature f "F" {{ include brand\n{body} }}\n'))
        ]

    assert told('drop BRAND-9 { because "x" }') == [("E0416", "BRAND-9")]
    assert told('drop brand { because "x" }')[0][0] == "E0309"
    assert told("drop BRAND-1") == [("E0415", "BRAND-1")]
    assert told('drop BRAND-1 { because "" }') == [("E0415", "BRAND-1")]
    assert told('drop BRAND-1 { becuase "x" }') == [("E0207", "becuase")]
    assert told('F-1 prose "New" { replaces BRAND-1 }') == [("E0415", "BRAND-1")]
    assert told('F-1 prose "New" { replaces F-1; because "x" }') == [("E0416", "F-1")]
    both = 'F-1 prose "New" { replaces BRAND-1; because "x" }\ndrop BRAND-1 { because "x" }'
    assert told(both) == [("E0417", "BRAND-1")]


def test_a_policy_is_pinned_by_what_it_says_in_the_feature() -> None:
    spec = 'feature f "F" { include house(name: "A", window: %s) }\n'

    def pinned(window: str) -> tuple[object, ...]:
        return compile_texts([SourceText("a.spec", POLICY + spec % window)], Config()).lock.policies

    assert pinned("3 days") == pinned("3   days")
    assert pinned("3 days") != pinned("4 days")
