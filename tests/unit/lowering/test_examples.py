"""Examples written by hand: shown or tried, never both; terms; what is told of them."""

import pytest

from speclang.engine.pipeline import Compiled, compile_texts
from speclang.lowering.checked.overlap import near, plain
from speclang.plan.case import Case
from speclang.project.config import Config
from speclang.source.text import SourceText

HEAD = """\
feature f "F" {
  tool look(order_id: text) { about "Looks."; returns { age: days, total: money(USD), note: text }; fails timeout }
  tool pay(amount: money(USD)) { about "Pays."; writes }
  given total money(USD) 0 .. 900 { name "the total"; from look.total; typical 40 USD }
  given age days 0 .. 90 { name "the age"; from look.age; typical 9 days }
  given receipt bool { name "the customer has the receipt"; from user }
  outcome accept "accept it" { calls pay(amount: total) }
  outcome refuse "refuse it" { avoids pay }
  exclusive accept, refuse
  ask "I want my money back."
  REF-1 rule "x" { when age <= 30 days and receipt; must accept }
  REF-2 rule "x" { when age > 30 days or not receipt; must refuse }
  REF-3 rule "y" { when look fails; must refuse; over REF-2 }
  FMT-1 format "x" { when age > 30 days; must words <= 9 }
@
}
"""


def made(body: str) -> Compiled:
    return compile_texts([SourceText("a.spec", HEAD.replace("@", body))], Config())


def codes(body: str) -> list[str]:
    return [one.code.id for one in made(body).diagnostics]


def case(body: str) -> Case:
    compiled = made(body)
    assert [one.title for one in compiled.diagnostics] == []
    return next(one for one in compiled.plan.features[0].cases if one.requirement == "EX-1")


TALK = """EX-1 example "An old toaster" {
  holdout
  user  "My toaster broke."
  agent "When did you buy it?"
  user  "No idea, ages ago."
  tool  look(order_id: "A1") returns { age: 60 days, note: "as is" }
  given receipt no
  expect refuse, omits "sorry"
  tries FMT-1
}"""


def test_a_holdout_is_a_case_as_it_is_written() -> None:
    one = case(TALK)
    assert one.id == "EX-1/holdout"
    assert [(turn.role, turn.text) for turn in one.turns] == [
        ("user", "My toaster broke."),
        ("assistant", "When did you buy it?"),
        ("user", "No idea, ages ago."),
    ]
    assert [(reply.tool, reply.returns) for reply in one.replies] == [
        ("look", {"age": 60, "total": 40, "note": "as is"})
    ]
    assert {value.given: value.shown for value in one.inputs} == {"age": "60 days", "receipt": "no"}
    assert [expected.outcome for expected in one.expected] == ["refuse"]


def test_a_holdout_is_judged_by_what_it_expects_what_decides_and_what_it_tries() -> None:
    assert [use.grader for use in case(TALK).uses] == [
        "EX-1/avoids-pay",
        "EX-1/omits-sorry",
        "REF-2/avoids-pay",
        "FMT-1/words",
    ]


def test_a_tool_that_fails_makes_what_it_would_tell_unknown() -> None:
    one = case('EX-1 example "x" { holdout; user "Where is it."; tool look fails timeout; expect refuse }')
    assert [(reply.tool, reply.state) for reply in one.replies] == [("look", "timeout")]
    assert [expected.requirements for expected in one.expected] == [("REF-3",)]


SHOT = """EX-1 example "A kettle" {
  shot
  user  "The kettle of order A777 drips."
  tool  look(order_id: "A777") returns { age: 3 days, total: 59.50 USD }
  agent "Your 59.50 USD are on their way."
}"""


def test_a_shot_stands_in_the_prompt_and_is_no_case() -> None:
    compiled = made(SHOT)
    assert [one.title for one in compiled.diagnostics] == []
    prompt = compiled.artifacts[0].text
    assert prompt.endswith(
        "## Examples\n\n"
        "User: The kettle of order A777 drips.\n"
        'Tool `look(order_id: "A777")`: {"age": 3, "total": 59.5}\n'
        "Assistant: Your 59.50 USD are on their way.\n"
    )
    assert not [one for one in compiled.plan.features[0].cases if one.requirement == "EX-1"]


@pytest.mark.parametrize(
    "message",
    [
        "The kettle of order A777 drips.",
        "the KETTLE of order a777 drips!!",
        "The kettle of order A778 drips.",
        "The  kettles of order A777 drip",
    ],
)
def test_a_case_that_opens_like_a_shot_is_refused(message: str) -> None:
    other = f'\nEX-2 example "y" {{ holdout; user "{message}"; given receipt yes; expect accept }}'
    assert codes(SHOT + other) == ["E0553"]


def test_a_shot_that_repeats_what_the_cases_ask_is_refused() -> None:
    assert (
        codes('EX-1 example "x" { shot; user "I want my money back, I still have the kettle."; agent "Sure." }') == []
    )
    ask = made("").plan.features[0].cases[0].turns[0].text
    assert codes(f'EX-1 example "x" {{ shot; user "{ask}"; agent "Sure." }}') == ["E0553"]


def test_another_message_is_no_near_copy() -> None:
    other = '\nEX-2 example "y" { holdout; user "The kettle that I ordered leaks."; given receipt yes; expect accept }'
    assert codes(SHOT + other) == []


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("", "", True),
        ("abc", "abd", False),
        ("abcdefghij", "abcdefghix", True),
        ("abcdefghij", "abcdefgxyz", False),
        ("abcdefghij", "jabcdefghi", False),
        ("abcdefghijabcdefghij", "babcdefghijabcdefghi", True),
        ("word " * 500, "word " * 500 + "more", True),
        ("word " * 500, "other " * 500, False),
    ],
)
def test_near_copies_differ_in_at_most_a_tenth(one: str, other: str, alike: bool) -> None:
    assert near(plain(one), plain(other)) is alike
    assert near(plain(other), plain(one)) is alike


def test_an_example_at_odds_with_the_rules_is_told_shown_or_tried() -> None:
    talk = 'user "Take it."; tool look returns { age: 60 days }; expect accept'
    assert codes(f'EX-1 example "x" {{ holdout; {talk} }}') == ["E0552"]
    assert codes(f'EX-1 example "x" {{ shot; {talk}; agent "Done." }}') == ["E0552"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ('holdout; user "a"; tool loook returns { age: 3 days }', "E0201"),
        ('holdout; user "a"; tool look returns { agge: 3 days }', "E0201"),
        ('holdout; user "a"; tool look returns { age: 3 USD }', "E0301"),
        ('holdout; user "a"; tool look returns { age: 3 days, age: 4 days }', "E0202"),
        ('holdout; user "a"; tool look(nr: 3) returns { age: 3 days }', "E0317"),
        ('holdout; user "a"; tool look fails tiemout', "E0305"),
        ('holdout; user "a"; tool look fails', "E0309"),
        ('holdout; user "a"; tool "look"', "E0309"),
        ('holdout; user "a"; given receipt 3', "E0301"),
        ('holdout; user "a"; given recept yes', "E0201"),
        ('holdout; user "a"; given receipt', "E0309"),
        ("holdout", "example/no-message"),
        ('shot; holdout; user "a"; agent "b"', "example/which"),
        ('holdout; user "a"; expect accept; tries REF-9', "example/unknown-requirement"),
    ],
)
def test_what_is_wrong_in_an_example_is_told(body: str, code: str) -> None:
    assert code in codes(f'EX-1 example "x" {{ {body} }}')


def test_terms_stand_in_the_prompt_and_their_refused_words_are_told_where_the_spec_says_them() -> None:
    terms = """term "order" means "what is bought in one go" { avoid "purchase", "shopping cart" }
PRO-1 prose "x" { text "Handle a Purchase. Purchases first, no repurchase, and shopping carts last." }
EX-1 example "x" { shot; user "My purchase broke."; agent "Which purchase." }"""
    compiled = made(terms)
    fixes = [one.fix.edits[0].text for one in compiled.diagnostics if one.fix is not None and one.code.id == "E0551"]
    assert fixes == ["Order", "Orders", "orders"]
    line = '- "order" means what is bought in one go. Do not call it "purchase" or "shopping cart".'
    assert line in compiled.artifacts[0].text


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ('term "order"', "E0309"),
        ('term order means "x"', "E0309"),
        ('term "" means "x"', "E0309"),
        ('term "a {age}" means "x"', "E0309"),
        ('term "order" means "x" { avoid purchase }', "E0309"),
        ('term "order" means "x" { not_ "purchase" }', "E0207"),
        ('term "order" means "x" { avoid "Order" }', "E0202"),
        ('term "order" means "x"\nterm "Order" means "y"', "E0202"),
        ('term "a" means "x" { avoid "c" }\nterm "b" means "y" { avoid "C" }', "E0202"),
    ],
)
def test_what_is_wrong_in_a_term_is_told(body: str, code: str) -> None:
    assert code in codes(body)
