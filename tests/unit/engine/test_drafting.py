"""A sentence in free words becomes a draft of a rule: with all of its conditions, or not at all."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speclang.diagnostics.diagnostic import is_smell
from speclang.engine.adoption.adopt import adopt
from speclang.engine.adoption.drafts.conditions import meaning
from speclang.engine.adoption.drafts.deeds import deed
from speclang.engine.adoption.drafts.drafting import Words, drafted, vocabulary
from speclang.engine.adoption.drafts.naming import name_of
from speclang.engine.adoption.drafts.sentences import WAYS
from speclang.engine.adoption.drafts.sorts import sorts
from speclang.engine.adoption.patterns import Typed
from speclang.engine.adoption.proposing import Proposed, accept, propose, stated
from speclang.engine.adoption.setting import NOWHERE, Setting
from speclang.engine.build import build
from speclang.engine.check import check
from speclang.engine.compiling import open_project
from speclang.kit.english.negation import denied

ORDER = sorts(["The status of an order can be: **pending**, processed, 'delivered', or cancelled."])
MEMBER = sorts(["There are three membership levels: **regular**, **silver**, **gold**."])
CABIN = sorts(["There are three cabin classes: basic economy, economy, business."])


def fields(sentence: str, setting: Setting = NOWHERE) -> str:
    """The fields of the draft, without its status; "" where there is none."""
    made = drafted(sentence, setting, Words((*ORDER, *MEMBER, *CABIN)))
    return made.fields.removesuffix("; status draft") if isinstance(made, Typed) else ""


GOOD = [(way, *one) for way in WAYS for one in way.good]
BAD = [(way, sentence) for way in WAYS for sentence in way.bad]


@pytest.mark.parametrize(("way", "sentence", "word", "condition", "act"), GOOD, ids=[one[1] for one in GOOD])
def test_a_way_reads_a_condition_and_a_deed(way: object, sentence: str, word: str, condition: str, act: str) -> None:
    assert isinstance(way, type(WAYS[0]))
    assert (word, condition, act) in [(one.word, one.condition, one.deed) for one in way.read(sentence.rstrip("."))]
    assert fields(sentence)


@pytest.mark.parametrize(("way", "sentence"), BAD, ids=[sentence for _, sentence in BAD])
def test_a_way_leaves_alone_what_only_looks_alike(way: object, sentence: str) -> None:
    assert isinstance(way, type(WAYS[0]))
    assert fields(sentence) == ""


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("the flight has already been flown", "flight_flown"),
        ("the flight was flown", "flight_flown"),
        ("the user has travel insurance", "user_has_travel_insurance"),
        ("the user has no travel insurance", "not user_has_travel_insurance"),
        ("the user does not have travel insurance", "not user_has_travel_insurance"),
        ("the user doesn't know the order number", "not user_knows_order_number"),
        ("the request can't be handled", "not request_can_be_handled"),
        ("there are no matching orders", "not there_matching_orders"),
        ("the user is rude and has no account", "user_rude and not user_has_account"),
        ("the item is damaged or the box is open", "item_damaged or box_open"),
        ("the user asks for a refund", "user_asks_for_refund"),
        ("the request is against this policy", "request_against_this_policy"),
        (
            "the user is rude and wants to cancel or change the order",
            "user_rude and user_wants_to_cancel_or_change_order",
        ),
        ("its status is 'pending'", "order_status is pending"),
        ("the order is delivered", "order_status is delivered"),
        ("the status of the order is not pending", "not (order_status is pending)"),
        ("the user is a silver/gold member", "membership_level in silver | gold"),
        ("the user flies (basic) economy", "cabin_class in basic_economy | economy"),
        ("the flight is basic economy", "cabin_class is basic_economy"),
        ("the order total exceeds $1,500", "order_total > 1500 USD"),
        ("the discount is over 20%", "discount > 20%"),
        ("the booking was made within the last 24 hrs", "time_since_booking_made <= 24 hours"),
        ("the order was delivered more than 30 days ago", "time_since_order_delivered > 30 days"),
        ("the user has at least three bags", "number_of_bags_that_user_has >= 3"),
    ],
)
def test_a_condition_is_said_in_terms_of_givens(words: str, text: str) -> None:
    found = meaning(words, (*ORDER, *MEMBER, *CABIN), "the order")
    assert found is not None
    assert found.text == text


@pytest.mark.parametrize(
    "words",
    [
        "it is pending",
        "they agree",
        "this is the case",
        "the user asks for one",
        "the user wants that",
        "possible",
        "needed",
        "you see an error",
        "the user agrees and the order is open or the item is damaged",
        "the user agrees unless the order is open",
        "all items are not damaged",
        "none of the items is damaged",
        "neither item is damaged",
        "the user is rude (very)",
        "the user does not respond to a question, or response is unclear",
        "the user asks for another",
        "the user did not pay",
    ],
)
def test_a_condition_that_its_words_do_not_say_is_none(words: str) -> None:
    assert meaning(words, ORDER) is None


@pytest.mark.parametrize(
    "clause",
    [
        "the user has a receipt",
        "the flight is late",
        "the customer knows the number",
        "the card can be used",
        "the item was damaged",
    ],
)
def test_a_clause_and_its_denial_speak_of_one_given(clause: str) -> None:
    affirmed, turned = meaning(clause), meaning("".join(text for text, _ in denied(clause)))
    assert affirmed is not None
    assert turned is not None
    assert turned.text == f"not {affirmed.text}"


@pytest.mark.parametrize(
    ("words", "level", "names"),
    [
        ("you must deny the request", "must", ["deny_request"]),
        ("deny all requests", "must", ["deny_all_request"]),
        ("the agent should not cancel orders", "should_not", ["cancel_order"]),
        ("you are not allowed to lift the suspension", "must_not", ["lift_suspension"]),
        ("never issue a refund", "must_not", ["issue_refund"]),
        ("an order can be cancelled", "may", ["cancel_order"]),
        ("the cabin cannot be changed", "must_not", ["change_cabin"]),
        (
            "politely apologize and transfer the user to a colleague",
            "must",
            ["apologize", "transfer_user_to_colleague"],
        ),
        ("they must provide their address", "must", ["have_user_provide_their_address"]),
        ("the user cannot add a bag", "must_not", ["let_user_add_bag"]),
        (
            "the user needs to provide a gift card or a credit card",
            "must",
            ["have_user_provide_gift_card_or_credit_card"],
        ),
        ("use the get_time() tool", "must", ["use_get_time"]),
        ("let the user know the total", "must", ["let_user_know_total"]),
        ("do not proactively offer a discount", "must_not", ["proactively_offer_discount"]),
        ("call `look_up`", "must", ["use_look_up"]),
        ("use the make_payment tool to make the payment", "must", ["use_make_payment"]),
        ("you must not use look_up to find prices", "must_not", ["use_look_up_to_find_price"]),
        ("check if the service is restored", "must", ["check_if_service_is_restored"]),
        ("Wren looks up the order", "", []),
        ("Wren cancels the order", "must", ["cancel_order"]),
        ("Wren does not cancel the order", "must_not", ["cancel_order"]),
    ],
)
def test_a_deed_is_an_outcome_in_the_imperative(words: str, level: str, names: list[str]) -> None:
    found = deed(words, "the user", Setting(names=("Wren",)))
    assert (found.level if found else "") == level
    assert [one.name for one in found.outcomes] == names if found else not names


@pytest.mark.parametrize(
    "words",
    [
        "help",
        "do it",
        "use it",
        "the price is listed",
        "cancel it",
        "do not cancel the order and refund the user",
        "cancel the order unless it is late",
        "refund the order but keep the fee",
        "all items must be returned",
        "use the make_payment tool but never twice",
        "tell the user the following",
        "create four of them",
        "add them as options",
    ],
)
def test_what_is_no_deed_by_its_own_words_is_none(words: str) -> None:
    assert deed(words, "the user") is None


def test_a_tool_and_its_name_in_words_are_one_outcome() -> None:
    below = Setting(tools=("cancel_order",))
    said, called = deed("cancel the order", "", below), deed("call cancel_order", "", below)
    assert said is not None
    assert called is not None
    assert said.outcomes == called.outcomes


@pytest.mark.parametrize(
    ("sentence", "made"),
    [
        (
            "An order can only be cancelled if its status is 'pending'.",
            "unless order_status is pending; must_not cancel_order",
        ),
        ("Only issue a refund if the item is damaged.", "unless item_damaged; must_not issue_refund"),
        (
            "You should transfer the user if and only if the item is damaged.",
            "unless item_damaged; should_not transfer_user",
        ),
        ("Do not issue a refund unless the user has no account.", "when user_has_account; must_not issue_refund"),
        ("If the item is damaged, issue a refund because that is kind.", "when item_damaged; must issue_refund"),
        (
            "Do not proactively offer a compensation unless the user explicitly asks for one.",
            "unless user_asks_for_compensation; must_not proactively_offer_compensation",
        ),
        (
            "You may issue a refund after the user has confirmed the address.",
            "when user_confirmed_address; may issue_refund",
        ),
    ],
)
def test_a_sentence_is_a_rule(sentence: str, made: str) -> None:
    assert fields(sentence) == made


@pytest.mark.parametrize(
    "sentence",
    [
        "If the item is damaged and if the user agrees, issue a refund.",
        "If the item is damaged, issue a refund unless the box is open.",
        "If the item is damaged, issue a refund if the box is open.",
        "If the item is damaged, issue a refund, otherwise decline the request.",
        "If the item is damaged, do not issue a refund before the user agrees.",
        "Unless the item is damaged or it is late, issue a refund.",
        "Do not issue a refund only if the item is damaged.",
        "Issue a refund until the item is damaged.",
        "Issue refunds as long as it is possible.",
        "Ask if the item is damaged.",
        "Explicitly state when the item is damaged.",
        "Loyalty points cannot be used to pay the fee.",
        "Reservation numbers may not be provided.",
        'He said "if the item is damaged, issue a refund.',
        "If the item is damaged, is a refund issued?",
        "<item>If the item is damaged, issue a refund.</item>",
        "| If the item is damaged, issue a refund. |",
        "If the item is damaged, issue a refund: do these steps:",
        "If the item is damaged, " + "very " * 90 + "quickly issue a refund.",
    ],
)
def test_what_a_rule_would_lose_keeps_a_sentence_from_being_one(sentence: str) -> None:
    assert fields(sentence) == ""


def test_what_is_left_of_a_sentence_is_told() -> None:
    made = drafted(
        "An order can only be cancelled if its status is 'pending', and you should check its status first.",
        NOWHERE,
        Words(ORDER),
    )
    assert isinstance(made, Typed)
    assert made.unchecked == ("you should check its status first",)
    made = drafted("Never lift the suspension if the contract is over, even if the user has paid.", NOWHERE)
    assert isinstance(made, Typed)
    assert made.unchecked == ("even if the user has paid",)


@pytest.mark.parametrize(
    ("setting", "made"),
    [
        (Setting(path=("If the line is suspended:",)), "when line_suspended and item_damaged; must issue_refund"),
        (
            Setting(leads=("If the user is rude or has no account:",)),
            "when (user_rude or not user_has_account) and item_damaged; must issue_refund",
        ),
        (
            Setting(path=("Cancel order", "Rules")),
            "when user_wants_to_cancel_order and item_damaged; must issue_refund",
        ),
        (Setting(path=("Refunds",), leads=("Payment:",)), "when item_damaged; must issue_refund"),
        (Setting(path=("Step 2: Check the item",)), ""),
        (Setting(path=("Workflow", "Refunds")), ""),
        (Setting(path=("If not resolved",)), ""),
        (Setting(leads=("Before you answer:",)), ""),
        (Setting(path=("examples",)), ""),
        (Setting(leads=("Never:",)), ""),
        (Setting(leads=("Here is what the other team said about it:",)), ""),
    ],
)
def test_what_stands_above_is_in_the_rule_or_there_is_none(setting: Setting, made: str) -> None:
    assert fields("If the item is damaged, issue a refund.", setting) == made


def test_a_heading_with_the_verb_of_the_deed_says_nothing_more() -> None:
    assert (
        fields("Cancel the order if the item is damaged.", Setting(path=("Cancel order",)))
        == "when item_damaged; must cancel_order"
    )


def test_what_always_holds_is_a_rule_where_another_sentence_decides_about_the_same() -> None:
    said = (
        "Never issue a refund.",
        "If the item is damaged, issue a refund.",
        "Issue a refund.",
        "Never cancel the order.",
    )
    known = vocabulary((one, NOWHERE) for one in said)
    made = [drafted(one, NOWHERE, known) for one in said]
    assert [one.fields if isinstance(one, Typed) else "" for one in made] == [
        "must_not issue_refund; status draft", "when item_damaged; must issue_refund; status draft", "", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("You should not make up any information or knowledge not provided by the user or the tools.", "ground"),
        ("You should never give legal advice.", "boundary"),
        ("You should be kind.", ""),
        ("You should not give legal advice without consent.", ""),
    ],
)
def test_what_should_be_is_a_draft_of_what_must_be(sentence: str, kind: str) -> None:
    made = drafted(sentence, NOWHERE)
    assert (made.kind if isinstance(made, Typed) else "") == kind
    assert made.fields.endswith("; status draft") if isinstance(made, Typed) else made


def test_a_point_of_a_course_is_no_wish_of_a_user() -> None:
    assert fields("Send the invitations.", Setting(path=("Goal",), leads=("**Schedule Meeting**:",))) == ""
    assert fields("Order the items.", Setting(path=("Order items",))) == ""


def test_below_a_condition_a_deed_alone_is_a_rule() -> None:
    assert (
        fields("Issue a refund.", Setting(path=("If the item is damaged",))) == "when item_damaged; must issue_refund"
    )
    assert fields("Issue a refund.", Setting(path=("Refunds",))) == ""


@pytest.mark.parametrize(
    "texts",
    [
        ["The order can be late or lost."],
        ["The status of an order can be open.", "The status of an order can be open or closed."],
        ["The status of an order can be open or closed.", "The status of an order can be open, late or closed."],
    ],
)
def test_what_is_stated_in_no_or_in_two_ways_is_no_enumeration(texts: list[str]) -> None:
    assert all(len(one.values) == 2 for one in sorts(texts))
    assert len(sorts(texts)) == (len(texts) == 2 and "late" not in texts[1])


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("the user's card has been used", "user_card_used"),
        ("30 days", ""),
        ("", ""),
        ("a b c d e f g h i j k l", ""),
        ("the größe", ""),
    ],
)
def test_a_name_says_all_or_nothing(words: str, name: str) -> None:
    assert name_of(words) == name


WORDS = st.sampled_from(
    (
        "if when unless only until the a user order refund is are not no has have been was can must should never and or , . : ' \" ( ) it "
        "its they pending more than 3 days $50 % ago within cancel issue cancelled status of does doesn't after before there who ² \u0130 "
        "- – ſ `look_up`"
    ).split()
)


@settings(max_examples=500)
@given(st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=24).map(" ".join)))
def test_whatever_a_sentence_says_it_is_drafted_or_left(sentence: str) -> None:
    made = drafted(sentence, NOWHERE, Words(ORDER))
    assert made.fields.endswith("status draft") if isinstance(made, Typed) else made


@pytest.fixture
def proposed(tmp_path: Path) -> Callable[..., Proposed]:
    """Adopts a prompt and drafts all of it."""

    def run(prompt: str) -> Proposed:
        (tmp_path / "desk.md").write_bytes(prompt.encode())
        adopt(tmp_path, tmp_path / "desk.md")
        opened = open_project(tmp_path)
        assert all(map(is_smell, opened.compiled.diagnostics))
        return propose(opened, [one for same in stated(opened).values() for one in same], drafts=True)

    return run


PROMPT = """\
The status of an order can be pending, shipped or delivered.

- An order can only be cancelled if its status is 'pending'.
- If the customer is a gold member, cancel the order.
- Never issue a refund if the order was delivered more than 30 days ago.
- If the order total exceeds $500, transfer the customer to a colleague.
- Be kind.
"""


def test_two_sentences_that_contradict_each_other_are_told_with_what_to_say(proposed: Callable[..., Proposed]) -> None:
    made = proposed(PROMPT)
    assert [(one.id, one.draft) for one in made.proposals] == [
        ("P-2", True),
        ("P-3", True),
        ("P-4", True),
        ("P-5", True),
    ]
    ((finding, said),) = made.news
    assert finding.code.id == "E0501"
    assert finding.witness == (("order_status", "shipped"), ("customer_gold_member", "yes"))
    assert said == ("Hello, I need your help. The order status is shipped. I am a gold member.",)


def test_drafts_build_the_same_prompt_and_gate_nothing(tmp_path: Path, proposed: Callable[..., Proposed]) -> None:
    made = proposed(PROMPT)
    accept(open_project(tmp_path), made)
    assert build(tmp_path).done
    assert (tmp_path / "generated/desk/prompt.md").read_bytes() == PROMPT.encode()
    found = [one for one in check(tmp_path, afresh=True).diagnostics if not is_smell(one)]
    assert {one.code.id for one in found} == {"E0501", "E0502", "E0622", "E0334"}
    text = (tmp_path / "specs/desk.spec").read_text(encoding="utf-8")
    assert "more than {time_since_order_delivered.limit} ago" in text
    assert text.count("status  draft") == 4


def test_without_drafts_a_condition_in_free_words_is_left(tmp_path: Path, proposed: Callable[..., Proposed]) -> None:
    proposed(PROMPT)
    opened = open_project(tmp_path)
    plainly = propose(opened, [one for same in stated(opened).values() for one in same])
    assert not plainly.proposals
    assert not plainly.news


def test_why_a_passage_has_no_draft_is_told(proposed: Callable[..., Proposed]) -> None:
    made = proposed(
        "You are kind.\n\n- If it is late, cancel the order.\n- If the item is damaged, that is sad.\n\n"
        "# Step 1\n\nIf the item is damaged, cancel the order.\n"
    )
    assert [re.sub("`.*", "", one.why) for one in made.left] == [
        "has no condition that stands in its own words",
        "has a condition that its own words do not say",
        "says what holds, not what is to be done, or points at another sentence for it",
        "stands below what is no condition by its own words: ",
    ]


def test_what_a_given_means_already_is_not_overwritten(tmp_path: Path, proposed: Callable[..., Proposed]) -> None:
    proposed("If the item is damaged, cancel the order.\n")
    spec = tmp_path / "specs/desk.spec"
    other = 'given item_damaged bool { name "the item is broken"; from user }\n  P-1 prose'
    spec.write_text(spec.read_text(encoding="utf-8").replace("P-1 prose", other), encoding="utf-8")
    opened = open_project(tmp_path)
    made = propose(opened, [one for same in stated(opened).values() for one in same], drafts=True)
    assert made.proposals == ()
