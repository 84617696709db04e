"""A prompt is its clauses in a layout, and every character of it has an origin."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speclang.emit import marks
from speclang.emit.prompt import dialects, prompt_parts
from speclang.plan.artifact import Part
from speclang.plan.clause import Clause, Piece
from speclang.plan.plan import FeaturePlan
from speclang.source.text import SourceText
from tests.strategies.plans import origin, plan, plans, texts

LIKE_MARKDOWN = """\
{% for section in sections %}
{% if section.title %}
## {{ section.title }}

{% endif %}
{% for clause in section.clauses %}
{{ "- " if section.listed else "" }}{{ clause.text | indent(2) if section.listed else clause.text }}
{% endfor %}
{% if not loop.last %}

{% endif %}
{% endfor %}
"""


def own(text: str) -> SourceText:
    return SourceText("layouts/ours.j2", text)


def joined(parts: tuple[Part, ...]) -> str:
    return "".join(part.text for part in parts)


def assert_covered(parts: tuple[Part, ...]) -> None:
    """Every character lies under exactly one mark."""
    for part in parts:
        assert part.text
        at = 0
        for mark in part.marks:
            assert mark.start == at < mark.end
            at = mark.end
        assert at == len(part.text)


def test_sections_have_headings_and_clauses_are_bullets_or_paragraphs() -> None:
    parts = prompt_parts(plan()).value
    assert joined(parts) == (
        "You help.\n\n## Context\n\n- The tier: {{ tier }}\n\n## Rules\n\n- If the age is at most 30 days, approve the refund.\n"
    )
    assert [(part.kind, part.id) for part in parts] == [
        ("clause", "feature refunds"),
        ("layout", "context"),
        ("clause", "given tier"),
        ("layout", "rules"),
        ("clause", "REF-1"),
    ]


def test_a_clause_takes_the_whole_of_its_lines() -> None:
    parts = prompt_parts(plan()).value
    assert parts[-1].text == "- If the age is at most 30 days, approve the refund.\n"


def test_further_lines_of_a_bullet_are_indented_and_blank_ones_stay_blank() -> None:
    parts = prompt_parts(plan("a\n\nb")).value
    assert parts[-1].text == "- If a\n\n  b, approve the refund.\n"
    assert_covered(parts)


@given(plans())
@settings(max_examples=150, deadline=None)
def test_every_character_lies_under_one_mark(any_plan: FeaturePlan) -> None:
    assert_covered(prompt_parts(any_plan).value)
    assert_covered(prompt_parts(any_plan, own(LIKE_MARKDOWN)).value)


@given(plans())
@settings(max_examples=150, deadline=None)
def test_a_template_keeps_every_character_and_origin(any_plan: FeaturePlan) -> None:
    listing = (
        "{% for section in sections %}{% for clause in section.clauses %}<{{ clause.text }}>{% endfor %}{% endfor %}"
    )
    result = prompt_parts(any_plan, own(listing))
    assert not result.diagnostics
    clauses = [clause for section in any_plan.sections for clause in section.clauses]
    assert joined(result.value) == "".join(f"<{clause.text}>" for clause in clauses)
    origins = {mark.origin for part in result.value for mark in part.marks}
    assert {piece.origin for clause in clauses for piece in clause.pieces if piece.text} <= origins


def test_the_text_of_a_template_has_the_template_as_its_origin() -> None:
    parts = prompt_parts(plan(), own("Hello\n" + LIKE_MARKDOWN)).value
    assert parts[0].text == "Hello\n"
    assert parts[0].marks[0].origin.owner == "layout layouts/ours.j2"


def test_a_template_may_lay_out_as_markdown_does() -> None:
    assert joined(prompt_parts(plan(), own(LIKE_MARKDOWN)).value) == joined(prompt_parts(plan()).value)
    assert [part.id for part in prompt_parts(plan(), own(LIKE_MARKDOWN)).value] == [
        part.id for part in prompt_parts(plan()).value
    ]


def test_a_clause_shown_twice_is_two_parts() -> None:
    twice = (
        "{% for section in sections %}{% for clause in section.clauses %}{{ clause.text }}\n{% endfor %}{% endfor %}"
        * 2
    )
    ids = [part.id for part in prompt_parts(plan(), own(twice)).value]
    assert ids == ["feature refunds", "given tier", "REF-1", "feature refunds#2", "given tier#2", "REF-1#2"]


@given(st.lists(texts(), max_size=4), texts())
@settings(deadline=None)
def test_brackets_are_read_back_whatever_the_text(inside: list[str], around: str) -> None:
    shown = marks.protect(around) + "".join(
        marks.bracket(marks.protect(text), 300 * i) for i, text in enumerate(inside)
    )
    assert marks.plain(shown) == around + "".join(inside)
    found: dict[int, str] = {}
    for text, numbers in marks.read(shown):
        for number in numbers:
            found[number] = found.get(number, "") + text
    assert found == {300 * i: text for i, text in enumerate(inside) if text}


@pytest.mark.parametrize("text", ["\ue000", "\ue002\ue002", "\ue003", "\ue003\ue203", "\ue000\ue105\ue001x"])
def test_signs_without_partner_are_dropped_and_do_no_harm(text: str) -> None:
    assert "".join(run for run, _ in marks.read(text)) in ("", "x", "\ue003")


BAD = {
    "{{ clause }}": "E0961",
    "{% for %}": "E0961",
    "{{ sections | nosuch }}": "E0961",
    "{{ sections[0].nosuch }}": "E0961",
    "{{ 1 / 0 }}": "E0961",
    "{% include 'x' %}": "E0961",
    "{% extends '/etc/passwd' %}": "E0961",
    "{{ ''.__class__.__mro__ }}": "E0961",
    "{{ sections.__class__ }}": "E0961",
    "{{ feature.title.format(1) }}": "E0961",
    "{{ lipsum() }}": "E0961",
    "{{ [1] | random }}": "E0961",
    "{{ 'x' * 1000000000 }}": "E0962",
    "{{ [1] * 1000000000 }}": "E0962",
    "{{ 9 ** 999999999 }}": "E0962",
    "{{ '%999999999d' % 1 }}": "E0962",
    "{{ 'x' | indent(999999999) }}": "E0962",
    "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}": "E0962",
    "{% for a in range(99999) %}{% for b in range(99999) %}x{% endfor %}{% endfor %}": "E0962",
    "{% macro f() %}{{ f() }}{{ f() }}{% endmacro %}{{ f() }}": "E0962",
    "{% set x = 'xxxxxxxxxx' %}" + "{% set x = x ~ x %}" * 60 + "{{ x }}": "E0962",
    "{% set x = 'xxxxxxxxxx' %}" + "{% set x = x + x %}" * 60 + "{{ x }}": "E0962",
    "{% set x %}xxxxxxxxxx{% endset %}" + "{% set x %}{{ x }}{{ x }}{% endset %}" * 60 + "{{ x }}": "E0962",
    "{% set x = 'xxxxxxxxxx' %}" + "{% set x = x | replace('x', x) %}" * 9 + "{{ x }}": "E0962",
    "{% set x = 'xxxxxxxxxx' %}" + "{% set x = [x, x] | join(x) %}" * 60 + "{{ x }}": "E0962",
    "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}": "E0962",
    "{% for a in [1] %}" * 200 + "{% endfor %}" * 200: "E0961",
    "x" * 4_000_001: "E0962",
    "{{ rest }}": "E0961",
    "{{ sections[0] }}": "E0961",
    "{{ feature }}": "E0961",
    "{{ none }}": "E0961",
    "{{ 'x' ~ clause }}": "E0961",
    "{{ sections | join }}": "E0961",
    '{{ clause["NO-1"] }}': "E0961",
}


@pytest.mark.parametrize("text", BAD, ids=lambda text: text[:50])
def test_a_layout_that_fails_or_does_too_much_is_a_finding(text: str) -> None:
    result = prompt_parts(plan(), own(text))
    assert not result.value
    assert [one.code.id for one in result.diagnostics] == [BAD[text]]
    assert "jinja" not in result.diagnostics[0].title.lower()


def test_a_fault_in_a_layout_is_shown_at_its_line() -> None:
    result = prompt_parts(plan(), own("one\ntwo {{ nosuch }}\nthree\n"))
    found = result.diagnostics[0]
    assert found.title == "The layout `layouts/ours.j2` can't be used: `nosuch` is undefined"
    assert (found.primary.span.start, found.primary.span.end) == (4, 20)


def test_a_layout_places_clauses_by_owner_and_then_the_rest() -> None:
    layout = '{{ clause["REF-1"] }}\n{% for one in rest %}{{ one.owner }}: {{ one.text }}\n{% endfor %}'
    parts = prompt_parts(plan(), own(layout)).value
    assert joined(parts) == (
        "If the age is at most 30 days, approve the refund.\nfeature refunds: You help.\ngiven tier: The tier: {{ tier }}\n"
    )
    assert [part.id for part in parts] == ["REF-1", "feature refunds", "given tier"]
    assert_covered(parts)


def test_clauses_on_one_line_are_parts_of_their_own_and_take_what_stands_around_them() -> None:
    layout = '* {{ clause["feature refunds"] }} {{ clause["given tier"] }}\r\n\n* {{ clause["REF-1"] }}\n'
    parts = prompt_parts(plan(), own(layout)).value
    assert [part.text for part in parts] == [
        "* You help. ",
        "The tier: {{ tier }}\n",
        "\n",
        "* If the age is at most 30 days, approve the refund.\n",
    ]
    assert_covered(parts)


def test_a_fault_after_the_beginning_of_a_layout_is_shown_at_its_line() -> None:
    result = prompt_parts(plan(), own('{{ clause["REF-1"] }}\n\n{{ clause["NO-1"] }}\n'))
    found = result.diagnostics[0]
    assert (found.primary.span.start, found.primary.span.end) == (23, 43)


def test_a_layout_that_leaves_a_clause_out_is_a_finding() -> None:
    result = prompt_parts(plan(), own("{{ sections[0].clauses[0].text }}"))
    assert [one.code.id for one in result.diagnostics] == ["E0963"]
    assert "`given tier`, `REF-1`" in result.diagnostics[0].title


def test_an_unknown_dialect_is_a_finding_with_the_nearest_name() -> None:
    assert "markdown" in dialects()
    assert "template" not in dialects()
    found = prompt_parts(plan(), "markdwon").diagnostics[0]
    assert (found.code.id, found.fix and found.fix.title) == ("E0964", "write `markdown`")


@pytest.mark.parametrize("name", ["template", "__init__", "os", "mark.down", "..cases", "Markdown", ""])
def test_a_name_of_another_module_is_no_dialect(name: str) -> None:
    made = prompt_parts(plan(), name)
    assert made.value == ()
    assert [one.code.id for one in made.diagnostics] == ["E0964"]


def test_an_edit_of_one_clause_changes_its_own_part_only() -> None:
    before, after = prompt_parts(plan()).value, prompt_parts(plan("", "say no.")).value
    assert [part.text for part in before[:-1]] == [part.text for part in after[:-1]]
    assert before[-1].text != after[-1].text


def test_two_clauses_of_one_line_each_stay_apart() -> None:
    small = plan()
    rules = small.sections[-1]
    more = Clause("REF-2", "rules", (Piece("Say yes.", origin("REF-2")),))
    parts = prompt_parts(
        replace(small, sections=(*small.sections[:-1], replace(rules, clauses=(more, *rules.clauses))))
    ).value
    assert [part.text for part in parts if part.id in ("REF-1", "REF-2")] == [
        "- Say yes.\n",
        "- If the age is at most 30 days, approve the refund.\n",
    ]
