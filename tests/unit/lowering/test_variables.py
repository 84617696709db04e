"""Variables of a prompt, in three syntaxes."""

import pytest

from speclang.engine.pipeline import compile_texts
from speclang.project.config import Config
from speclang.source.text import SourceText
from tests.unit.bind.binding import findings

SPEC = """\
feature f "F" {
  @
  role "Speak to a {tier} customer, as in \\{ok\\}."
  given tier gold | silver { name "the tier"; from context }
}
"""


def prompt(field: str) -> str:
    compiled = compile_texts([SourceText("a.spec", SPEC.replace("@", field))], Config())
    assert [one.title for one in compiled.diagnostics] == []
    return compiled.artifacts[0].text


@pytest.mark.parametrize(
    ("field", "role", "line"),
    [
        ("", "Speak to a {{ tier }} customer, as in {ok}.", "- The tier: {{ tier }}"),
        ("variables jinja", "Speak to a {{ tier }} customer, as in {ok}.", "- The tier: {{ tier }}"),
        ("variables handlebars", "Speak to a {{tier}} customer, as in {ok}.", "- The tier: {{tier}}"),
        ("variables fstring", "Speak to a {tier} customer, as in {{ok}}.", "- The tier: {tier}"),
    ],
)
def test_a_variable_is_shown_as_the_feature_wants_it(field: str, role: str, line: str) -> None:
    lines = prompt(field).splitlines()
    assert lines[0] == role
    assert line in lines


def test_an_f_string_is_filled_with_the_variables_and_nothing_else() -> None:
    assert prompt("variables fstring").format(tier="gold").startswith("Speak to a gold customer, as in {ok}.")


def test_an_unknown_syntax_or_variable_is_told_with_the_nearest() -> None:
    assert findings(("a.spec", SPEC.replace("@", "variables handelbars"))) == [("E0305", 2, "handelbars")]
    assert findings(("a.spec", SPEC.replace("@", "variables"))) == [("E0309", 2, "variables")]
    assert findings(("a.spec", SPEC.replace("@", "").replace("{tier}", "{teir}"))) == [("E0201", 3, "teir")]
