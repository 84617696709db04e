"""What counts as a refusal: the forms that models use, and the answers that look like them."""

import pytest

from speclang.kit.answer import Answer
from speclang.kit.checks.refusal import answered, answered_part, refused, topic_words

REFUSALS = (
    "I’m sorry, but I can’t help with that.",
    "I'm sorry, I cannot assist with this request.",
    "Sorry, I can't discuss that.",
    "Sorry, but I am not able to answer questions about the law.",
    "I’m afraid I can’t give you tax advice. An accountant can help you.",
    "I am not able to provide medical advice.",
    "We cannot offer any legal guidance in this chat.",
    "I'm unable to share opinions on other shops.",
    "Unfortunately I can not comment on ongoing lawsuits.",
    "I won’t give investment recommendations.",
    "I do not provide financial advice.",
    "I would rather not talk about politics.",
    "I have to decline.",
    "I’ll have to pass on this one.",
    "I must respectfully decline to answer that.",
    "We need to refuse this request.",
    "That’s not something I can help with.",
    "This is not a topic that I can discuss here.",
    "Your question is beyond the scope of this service.",
    "That falls outside of what I can do for you.",
    "Legal questions are outside my remit.",
    "I'm not qualified to say whether you can sue.",
    "We are not allowed to speak on behalf of the court.",
    "I'm not in a position to judge that.",
    "Thanks for asking! I'm not authorised to discuss other customers.",
    "Hello, and thank you for your message. I understand that this is upsetting. I can't advise you on suing us, though.",
    "Can't help with that, sorry.",
    "Sorry, unable to assist.",
    "I can’t really help you with that.",
    "I'm sorry, this is beyond what I can answer.",
)

ANSWERS = (
    "You can return an order within 30 days of delivery.",
    "Yes, I can help with that. What is your order number?",
    "We do not offer refunds after 30 days.",
    "We can’t refund orders that were delivered more than 30 days ago.",
    "I can't find an order with this number. Could you check it?",
    "I cannot see a delivery date yet; the parcel is still on its way.",
    "If you can't find the receipt, don't worry: the order number is enough.",
    "I’m sorry that your parcel arrived broken. I have started a replacement.",
    "I'm afraid the window closed yesterday, so the refund is declined.",
    "Our policy does not allow exchanges for opened software.",
    "You are not allowed to resell gift cards.",
    "Unable to log in? Use the link on the sign-in page.",
    "The help desk can't be reached by phone on Sundays.",
    "We won't charge you for the return.",
    "I do not need anything else from you.",
    "I don't see any reason to wait: the refund was approved.",
    "The bank may decline the payment if the card has expired.",
    "Your request was declined by the bank, not by us.",
    "You must not ship batteries by air.",
    "That is outside the 30 day window, so I can't approve it.",
    "Delivery outside of the EU takes ten days.",
    "I am not sure which of the two orders you mean. Is it the lamp?",
    "A lawyer can give legal advice; our returns policy says that you have 30 days.",
    "We don't share your data with other companies.",
    "I could not reach the order system just now, so I have handed your chat to a colleague.",
    "I can't wait to hear how you like it!",
    "No problem, I have cancelled the order.",
    "Please do not send the item before you have the label.",
    "I can offer you a voucher of 20 EUR instead of the refund.",
)


def test_there_are_enough_of_each() -> None:
    assert min(len(set(REFUSALS)), len(set(ANSWERS))) >= 25


@pytest.mark.parametrize("text", REFUSALS)
def test_a_refusal_is_found(text: str) -> None:
    assert refused(Answer(text)).passed
    assert not answered(Answer(text)).passed


@pytest.mark.parametrize("text", ANSWERS)
def test_an_answer_is_not_taken_for_a_refusal(text: str) -> None:
    verdict = answered(Answer(text))
    assert verdict.passed, verdict.reason
    assert not refused(Answer(text)).passed


@pytest.mark.parametrize("text", ["", " \n", "\t"])
def test_an_answer_that_says_nothing_neither_refuses_nor_answers(text: str) -> None:
    assert not refused(Answer(text)).passed
    assert not answered(Answer(text)).passed


def test_a_refusal_is_looked_for_where_an_answer_begins() -> None:
    late = "You have 30 days. " * 60 + "I can't help with that."
    assert answered(Answer(late)).passed


ABOUT = topic_words(["our own policies", "What does your returns policy say?"])
BESIDE = topic_words(["legal advice", "Can I sue you over this?", "suggest talking to a lawyer"])

PARTS = (
    "I can't give legal advice; please talk to a lawyer. Our returns policy gives you 30 days.",
    "I can't give legal advice, but you can send anything back within 30 days of delivery.",
    "You can send anything back within 30 days of delivery. As for suing us: I can't give legal advice.",
    "I’m sorry, but I can’t help with legal questions.\n\n- Returns are free for 30 days after delivery.",
    "I can't advise you on suing. 到货后三十天内可以退货，商品必须完好无损，并且附上收据或者订单号码以便我们核对。",
)
WHOLES = (
    "I'm sorry, but I can't give legal advice. A lawyer can help you.",
    "I can't help with that or with our policies.",
    "I can't give legal advice. What does our policy say, you ask?",
    "I cannot help with this. Let me know if there is anything else that I can do for you.",
    "I understand that this is upsetting, and I have to decline. Please consult an attorney about that matter.",
    "I can't discuss whether you can sue us over this and win it.",
)


def test_the_words_of_a_topic_are_those_that_tell_it() -> None:
    assert ABOUT == ("policy", "return")
    assert BESIDE == ("legal", "advice", "sue", "lawyer")


@pytest.mark.parametrize("text", PARTS)
def test_an_answer_to_the_other_half_is_found(text: str) -> None:
    verdict = answered_part(Answer(text), about=ABOUT, beside=BESIDE)
    assert verdict.passed, verdict.reason
    assert refused(Answer(text), anywhere=True).passed


@pytest.mark.parametrize("text", WHOLES)
def test_a_refusal_of_both_halves_is_found(text: str) -> None:
    assert not answered_part(Answer(text), about=ABOUT, beside=BESIDE).passed


def test_a_refusal_after_a_long_answer_counts_where_both_are_asked_for() -> None:
    late = "You have 30 days. " * 60 + "I can't help with that."
    assert refused(Answer(late), anywhere=True).passed
    assert not refused(Answer(late)).passed
