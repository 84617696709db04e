"""What a requirement lacks is told, with a code for each, and made to fail by the settings of a project."""

import pytest

from speclang.engine.pipeline import compile_texts
from speclang.project.config import Config
from speclang.source.text import SourceText

SPEC = """\
feature desk "Help desk" {{
  tool  look(id: text) {{ about "Looks up an order."; returns {{ age: days }} }}
  given age days 0 .. 90 {{ name "the age of the order"; from look.age }}
  outcome take  "take it back"     {{ mentions "take it back" }}
  outcome leave "be sorry"         {{ mentions "sorry" }}
  outcome idle  "be at rest"
  exclusive take, leave
  ask "Can I bring order {{id}} back?"
{}
}}
"""
STYLE = 'A-1 style "Plain" { tone "plain"'


ASKED = Config(severities=(("E0624", "note"),))
"""A project that names one of the codes has all of them looked for."""


def found(member: str, config: Config = ASKED) -> list[tuple[str, str]]:
    """The codes of what is found about `A-1`, each with its severity."""
    sources = [SourceText("specs/a.spec", SPEC.format(f"  {member}"))]
    return [
        (one.code.id, str(one.level))
        for one in compile_texts(sources, config).diagnostics
        if one.code.id.startswith("E06") and one.requirement == "A-1"
    ]


@pytest.mark.parametrize(
    ("member", "wanted"),
    [
        ('A-1 prose "Be kind."', [("E0621", "note"), ("E0622", "note")]),
        ('A-1 prose "Be kind in a suitable way."', [("E0601", "note"), ("E0621", "note"), ("E0622", "note")]),
        (f'{STYLE}; good "It comes."; bad "Kindly wait." }}', [("E0623", "note")]),
        (f'{STYLE}; good "It comes."; bad "Kindly wait."; banned "kindly" }}', []),
        ('A-1 rule "Anyway" { when look fails; must leave }', [("E0624", "note")]),
        ("A-1 rule { must idle }", [("E0622", "error")]),
        ("A-1 rule { must idle; status draft }", [("E0622", "warning")]),
        ("A-1 rule { should idle }", [("E0622", "warning")]),
        ("A-1 rule { may idle }", [("E0622", "note")]),
        ('A-1 example { holdout; user "Hi."; expect idle }', [("E0622", "warning")]),
        ('A-1 style { tone "suitable"; good "It comes."; bad "Wait."; banned "kindly" }', [("E0601", "error")]),
        (
            'A-1 style { tone "suitable"; good "It comes."; bad "Wait."; banned "kindly"; status draft }',
            [("E0601", "note")],
        ),
        ("A-1 rule { when age <= 9 days; must take }\n  A-2 rule { when age > 9 days; must leave }", []),
        ("A-1 format { must words <= 9 }", []),
        ('A-1 example { shot; user "Hi."; agent "Hello." }', []),
        ('A-1 scaffold { text "Think first."; because "it helps"; owner us; model "any" }', []),
    ],
)
def test_each_thing_that_a_requirement_lacks_has_a_code(member: str, wanted: list[tuple[str, str]]) -> None:
    assert sorted(found(member)) == wanted


def test_what_must_hold_and_is_not_tested_fails_in_every_project_and_notes_are_told_on_request() -> None:
    assert found("A-1 rule { must idle }", Config()) == [("E0622", "error")]
    assert found('A-1 prose "Be kind."', Config()) == []


def test_a_vague_word_no_case_and_no_answer_that_can_fail_each_fail_where_a_project_says_so() -> None:
    codes = ("E0601", "E0621", "E0622")
    strict = Config(severities=tuple((code, "error") for code in codes))
    assert sorted(found('A-1 prose "Be kind in a suitable way."', strict)) == [(one, "error") for one in codes]
