"""Phrases: holes show the bounds of the condition, and numbers that are no holes are compared with it."""

import pytest

from tests.unit.bind.binding import feature, findings

HEAD = """\
feature f "F" {
  given age days 0 .. 365 { name "the time since delivery"; from context }
  given total money(USD) 0 .. 900 { name "the order total"; from context }
  given people int 0 .. 20 { name "the number of travellers"; from context }
  given share percent 0% .. 100% { name "the share"; from context }
  outcome ok "approve it" { mentions "ok" }
  X-1 @
}
"""


def stated(text: str) -> str:
    return HEAD.replace("@", text)


def rule(when: str, phrase: str, deed: str = "must ok") -> str:
    return stated(f'rule "R" {{ when {when}; {deed}; phrase "{phrase}" }}')


def told(when: str, phrase: str, deed: str = "must ok") -> list[tuple[str, str]]:
    return [(code, at) for code, _, at in findings(("a.spec", rule(when, phrase, deed)))]


@pytest.mark.parametrize(
    ("when", "phrase", "shown"),
    [
        ("age <= 30 days", "Within {age.limit}.", "Within 30 days."),
        ("age <= 5 weeks", "Within {age.limit}.", "Within 5 weeks."),
        ("age in 2 days .. 9 days", "From {age.from} to {age.to}.", "From 2 days to 9 days."),
        ("not (age > 9 days)", "Up to {age.to}.", "Up to 9 days."),
        ("age > 2 days and age <= 9 days", "{age.from}, {age.to}", "2 days, 9 days"),
        ("total > 500 USD or people >= 9", "{total.limit}, {people.limit}", "500 USD, 9"),
    ],
)
def test_a_hole_shows_the_bound_of_its_own_condition(when: str, phrase: str, shown: str) -> None:
    (one,) = feature(rule(when, phrase)).requirements
    assert one.phrase is not None
    assert one.phrase.plain == shown


def test_a_hole_shows_a_bound_of_unless_and_in_other_texts_too() -> None:
    spec = stated(
        'rule "R" { when age <= 9 days; unless total > 5 USD; must mentions "{age.limit} and {total.limit}" }'
    )
    assert findings(("a.spec", spec)) == []


def test_a_hole_without_one_bound_is_told() -> None:
    assert told("age <= 9 days", "{total.limit}") == [("E0331", "{total.limit}")]
    assert told("age <= 9 days", "{age.from}") == [("E0331", "{age.from}")]
    assert told("age in 2 days .. 9 days", "{age.limit}") == [("E0332", "{age.limit}")]
    assert told("agge <= 9 days", "{age.limit}") == [("E0201", "agge")]
    assert [code for code, _ in told("age <= 9 days", "{age.most}")] == ["E0201"]


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ("age <= 30 days", "30 days"),
        ("age <= 30 days", "thirty days"),
        ("age <= 30 days", "30-day"),
        ("age <= 28 days", "4 weeks"),
        ("age <= 1 day", "24 hours"),
        ("age <= 120 days", "a hundred and twenty days"),
        ("total > 500 USD", "$500"),
        ("total > 500 USD", "500 dollars"),
        ("total > 500.50 USD", "500.50 USD"),
        ("share > 20%", "20 percent"),
        ("people > 9", "nine"),
    ],
)
def test_a_number_that_repeats_the_condition_is_a_warning_with_the_hole_as_its_fix(when: str, words: str) -> None:
    assert told(when, f"Approve at {words} then.") == [("E0334", words)]


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ("age <= 30 days", "31 days"),
        ("age <= 30 days", "four weeks"),
        ("age <= 30 days", "one month"),
        ("total > 500 USD", "$50"),
        ("people > 9", "8"),
        ("share > 20%", "0.2%"),
        ("total > 500 USD", "500 EUR"),
        ("total > 500 USD", "£500"),
        ("age <= 30 days", "30 hours"),
    ],
)
def test_a_number_that_disagrees_with_the_condition_is_an_error(when: str, words: str) -> None:
    assert told(when, f"Approve at {words}.") == [("E0333", words)]


@pytest.mark.parametrize(
    "phrase",
    [
        "Approve it, see section 4.2 of the policy.",
        "Approve it as of 2025-01-31, around 24/7.",
        "Approve it in 3 steps.",
        "Approve it; no one asks, one by one.",
        "Approve it, see A-12 and 7.3.1.",
        "Approve it for 500 USD.",
    ],
)
def test_numbers_of_other_things_are_left_alone(phrase: str) -> None:
    assert told("age <= 30 days and people > 9", phrase) == []


def test_a_number_of_another_field_may_be_repeated_and_must_agree() -> None:
    one = stated('format "F" { must words <= 120; phrase "At most 120 words." }')
    other = stated('format "F" { must words <= 120; phrase "At most 100 words." }')
    assert findings(("a.spec", one)) == []
    assert [(code, at) for code, _, at in findings(("a.spec", other))] == [("E0333", "100")]


def test_wording_against_the_level_is_told() -> None:
    assert told("age > 9 days", "Always approve.", "must_not ok") == [("E0335", "Always")]
    assert told("age > 9 days", "You must approve.", "must_not ok") == [("E0335", "must")]
    assert told("age > 9 days", "You must never approve.", "must_not ok") == []
    assert told("age > 9 days", "You must not approve.", "must_not ok") == []
    assert told("age > 9 days", "Don't ever approve, always say so.", "must_not ok") == []
    assert told("age > 9 days", "You may approve.") == [("E0335", "You may")]
    assert told("age > 9 days", "Always approve.", "may ok") == [("E0335", "Always")]
    assert told("age > 9 days", "Approve it, whatever they may say.") == []
    assert told("age > 9 days", "You should approve.") == [("E0335", "You should")]
    assert told("age > 9 days", "Ideally approve.") == [("E0335", "Ideally")]
    assert told("age > 9 days", "You must approve, as you should.") == []
    assert told("age > 9 days", "Approve, should the customer ask.") == []
    assert told("age > 9 days", "You must approve.", "should ok") == [("E0335", "You must")]
    assert told("age > 9 days", "You should approve.", "should ok") == []


def test_a_long_phrase_is_read_in_one_go() -> None:
    assert told("age > 9 days", "thirty days and " * 2000)[0][0] == "E0333"
