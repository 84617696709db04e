"""What requirements read like in a prompt, and where each character of it comes from."""

import pytest

from speclang.kit import registry
from speclang.kit.english.negation import denied
from speclang.kit.wording import Say
from speclang.plan.clause import Piece
from tests.strategies.reading import feature_of, read

SPEC = """
feature shop "Shop" {{
  tool lookup(order_id: text) {{
    about "Looks up."; returns {{ total: money(USD), age: days }}; fails timeout, not_found; limit 1 KiB
  }}
  tool pay(amount: money(USD), note: text) {{ about "Pays."; writes }}
  given total money(USD) 0 .. 10_000 {{ name "the order total"; from lookup.total }}
  given paid money(USD) 0 .. 10_000 {{ name "the amount paid"; from context }}
  given age days 0 .. 365 {{ name "the time since delivery"; from lookup.age }}
  given tier standard | gold | very_good {{ name "the customer's tier"; from context }}
  given receipt bool {{ name "the customer has the receipt"; from user }}
  given known bool {{ name "the customer is known"; negated "nobody knows the customer"; from user }}
  given day date {{ name "the day of delivery"; from context }}
  given note optional(text) {{ name "the note"; from context }}
  outcome approve "approve the refund" {{ calls pay(amount: total) }}
  outcome decline "decline" {{ avoids pay }}
  {requirement}
}}
"""


def pieces(requirement: str, id: str = "X-1") -> list[Piece]:
    feature = feature_of(SPEC.format(requirement=requirement))
    found = next(one for one in feature.requirements if one.id == id)
    return list(registry.load(found.kind).clause(found, Say(feature)))


def said(requirement: str, id: str = "X-1") -> str:
    return "".join(piece.text for piece in pieces(requirement, id))


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("age <= 30 days and receipt", "the time since delivery is at most 30 days and the customer has the receipt"),
        ("age < 5 weeks", "the time since delivery is less than 5 weeks"),
        ("total >= 500.5 USD", "the order total is at least 500.50 USD"),
        (
            "age > 30 days or not receipt",
            "the time since delivery is more than 30 days or the customer does not have the receipt",
        ),
        ("not (age > 30 days)", "the time since delivery is at most 30 days"),
        ("not (receipt and known)", "the customer does not have the receipt or nobody knows the customer"),
        ("receipt is no", "the customer does not have the receipt"),
        ("known is not no", "the customer is known"),
        ("tier is gold", "the customer's tier is gold"),
        ("tier is not very_good", "the customer's tier is not very good"),
        ("tier in gold | standard", "the customer's tier is gold or standard"),
        ("not (tier in gold | standard)", "the customer's tier is neither gold nor standard"),
        ("age in 5 days .. 10 days", "the time since delivery is from 5 days to 10 days"),
        ("day > 2026-03-01", "the day of delivery is after 2026-03-01"),
        ("day <= 2026-03-01", "the day of delivery is on or before 2026-03-01"),
        ("note is missing", "the note is missing"),
        ("not (note is missing)", "the note is known"),
        ("total > paid", "the order total is more than the amount paid"),
        ("total + paid > 100 USD", "the order total plus the amount paid is more than 100 USD"),
        ("lookup fails timeout", "`lookup` fails with `timeout`"),
        ("lookup fails", "`lookup` fails"),
        ("not (lookup fails)", "`lookup` works"),
        ("lookup is late", "`lookup` is too slow to answer"),
        ("lookup returns null", "`lookup` returns null"),
        ("lookup returns nothing", "`lookup` returns nothing"),
        ("lookup is truncated", "`lookup` returns a result that is cut off before what you need"),
        (
            "receipt and (age > 30 days or known)",
            "the customer has the receipt, and either the time since delivery is more than 30 days or the customer is known",
        ),
        (
            "receipt or (age > 30 days and known)",
            "either the customer has the receipt, or the time since delivery is more than 30 days and the customer is known",
        ),
    ],
)
def test_a_condition_reads_as_plain_english(condition: str, words: str) -> None:
    assert said(f"X-1 rule {{ when {condition}; must approve }}") == f"If {words}, approve the refund."


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ("must approve", "Approve the refund."),
        ("must_not approve", "Do not approve the refund."),
        (
            'must approve; must_not mentions "error", mentions "sorry"',
            'Approve the refund and do not mention "error" or mention "sorry".',
        ),
        ("should approve", "You should approve the refund."),
        ("may approve", "You may approve the refund."),
        ('must approve; should mentions "thanks"', 'Approve the refund; you should mention "thanks".'),
        ("must calls pay(amount: total)", "Call `pay` with `amount` set to the order total."),
        ("must avoids pay", "Do not call `pay`."),
        ('must omits "price"', 'Do not mention "price".'),
        ('must mentions "{total}"', "Mention the order total."),
        ('must mentions "You get {total} back"', 'Mention "You get [the order total] back".'),
        ("default; must decline", "In every other case, decline."),
        ("unless known; must approve", "Unless the customer is known, approve the refund."),
        (
            "when receipt; unless known; unless tier is gold; must approve",
            "If the customer has the receipt, unless the customer is known or the customer's tier is gold, approve the refund.",
        ),
    ],
)
def test_what_is_asked_reads_as_an_order(fields: str, words: str) -> None:
    assert said(f"X-1 rule {{ {fields} }}") == words


def test_text_of_the_user_stays_word_for_word() -> None:
    assert said('X-1 rule { must mentions "*a* _b_ \\{c\\} `d`" }') == 'Mention "*a* _b_ {c} `d`".'
    assert said('X-1 prose { text """\n    # Not a heading\n    - {tier}\n    """ }') == "# Not a heading\n- {{ tier }}"


CHAIN = """
  X-1 rule {{ when receipt; must approve {first} }}
  X-2 rule {{ when known; must decline; over X-1 }}
  X-3 rule {{ when tier is gold; must approve; over X-2 }}
"""


def test_a_rule_says_that_it_overrides_and_not_what() -> None:
    plain, other = CHAIN.format(first=""), CHAIN.format(first='; must mentions "x"')
    assert said(plain, "X-2") == "If the customer is known, decline. This overrides other rules."
    assert said(plain, "X-3").endswith("This overrides even rules that override others.")
    for id in ("X-2", "X-3"):
        assert said(plain, id) == said(other, id)


def test_every_literal_is_a_hole_and_every_label_is_traced_to_its_given() -> None:
    found = pieces("X-1 rule { when age <= 30 days and tier is gold and not receipt; must approve }")
    holes = {piece.text: (piece.origin.owner, piece.origin.field) for piece in found if piece.hole}
    assert holes["30 days"] == ("X-1", "when")
    assert holes["gold"] == ("X-1", "when")
    assert holes["the time since delivery"] == ("given age", "name")
    assert holes["approve the refund"] == ("outcome approve", "wording")
    denial = [piece for piece in found if piece.text == " the receipt"]
    assert [(piece.origin.owner, piece.hole) for piece in denial] == [("given receipt", False)]


def test_the_capital_of_a_sentence_is_ours_and_the_rest_the_specs() -> None:
    first, second, *_ = (piece for piece in pieces("X-1 rule { must approve }") if piece.text)
    assert [(one.text, one.hole) for one in (first, second)] == [("A", False), ("pprove the refund", True)]


def test_holes_show_what_stands_at_their_place() -> None:
    spec = SPEC.format(
        requirement="X-1 rule { when age <= 30 days and day > 2026-03-01 or total in 1 USD .. 2 USD; must approve }"
    )
    compiled = read(spec)
    assert compiled.feature is not None
    requirement = compiled.feature.requirements[0]
    for piece in registry.load("rule").clause(requirement, Say(compiled.feature)):
        if piece.hole:
            assert compiled.text_at(piece.origin.span) == piece.text


@pytest.mark.parametrize(
    ("clause", "denial"),
    [
        ("the customer has the receipt", "the customer does not have the receipt"),
        ("the order has been paid", "the order has not been paid"),
        ("the user can log in", "the user cannot log in"),
        ("the user was here", "the user was not here"),
        ("the user wants more", "the user does not want more"),
        ("anything goes", "it is not the case that anything goes"),
        ("", "it is not the case that "),
    ],
)
def test_a_clause_is_denied_by_its_first_auxiliary(clause: str, denial: str) -> None:
    assert "".join(text for text, _ in denied(clause)) == denial
