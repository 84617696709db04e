"""The checks of text: each property, its opposite, and the quirks of the published definitions."""

import pytest

from speclang.kit.answer import Answer, Said, Verdict
from speclang.kit.checks import find
from speclang.source.hashing import Json


def judge(check: str, answer: str, /, *said: str, **settings: Json) -> Verdict:
    found = find(check)
    assert found is not None
    return found(Answer(answer, tuple(Said("user", one) for one in said)), **settings)


@pytest.mark.parametrize(
    ("check", "settings", "text", "passed"),
    [
        ("starts", {"text": "Hello"}, "  Hello you", True),
        ("starts", {"text": "Hello"}, "hello you", False),
        ("ends", {"text": "Anything else?"}, 'Done. "anything else?"', True),
        ("ends", {"text": "Anything else?"}, "Done. Anything else? ", True),
        ("ends", {"text": "Anything else?"}, "Anything else? Yes", False),
        ("forbidden", {"texts": ["sue"]}, "an issue", True),
        ("forbidden", {"texts": ["sue"]}, "Sue us", False),
        ("forbidden", {"texts": ["a", "us"]}, "sue (us)", False),
        ("one_of", {"texts": ["My answer is yes."]}, "Well, My answer is yes. So", True),
        ("one_of", {"texts": ["My answer is yes."]}, "my answer is yes.", False),
        ("postscript", {"marker": "P.S."}, "x\np. s. y", True),
        ("postscript", {"marker": "P.S."}, "x\nPS y", False),
        ("postscript", {"marker": "P.P.S"}, "x P.P.S y", True),
        ("postscript", {"marker": "P.P.S"}, "x p. p. s", True),
        ("postscript", {"marker": "P.P.S"}, "x P.S.", False),
        ("postscript", {"marker": "NB:"}, "x nb: y", True),
        ("quoted", {}, ' "x" ', True),
        ("quoted", {}, '"', False),
        ("quoted", {}, "“x”", False),
        ("lowercase", {}, "abc 1", True),
        ("lowercase", {}, "123", False),
        ("lowercase", {}, "abC", False),
        ("uppercase", {}, "ABC 1", True),
        ("uppercase", {}, "ABc", False),
        ("two_answers", {}, "a******b", True),
        ("two_answers", {}, "******a******b******", True),
        ("two_answers", {}, "a******a ", False),
        ("two_answers", {}, "a************b", False),
        ("two_answers", {}, "a", False),
        ("repeats", {"text": "Where is it?"}, " WHERE IS IT? Here.", True),
        ("repeats", {"text": "Where is it?"}, "Here.", False),
        ("paragraph_start", {"number": 2, "word": "but"}, "a\n\n'But, b", True),
        ("paragraph_start", {"number": 2, "word": "but"}, "a\n\nButter", False),
        ("paragraph_start", {"number": 2, "word": "but"}, "a", False),
        ("paragraph_start", {"number": 2, "word": "but"}, "a\n\n\n\nBut b", False),
        ("mentions", {"text": "30 days"}, "within 30\ndays", True),
        ("mentions", {"text": "30 days"}, "within 31 days", False),
        ("omits", {"text": "error"}, "an ERROR", False),
        ("omits", {"text": "error"}, "all well", True),
    ],
)
def test_a_text_check_tells_texts_apart(check: str, settings: dict[str, Json], text: str, passed: bool) -> None:
    verdict = judge(check, text, **settings)
    assert verdict.passed is passed, verdict.reason
    assert judge(check, text, **settings, negated=True).passed is not passed


def test_the_request_is_what_the_user_said_last() -> None:
    assert judge("repeats_request", "Where is it? Here.", "Hello", "Where is it?").passed
    assert not judge("repeats_request", "Hello. Here.", "Hello", "Where is it?").passed
    assert not judge("repeats_request", "Hello. Here.").passed


def test_the_loose_reading_forgives_a_first_line_a_last_line_and_asterisks() -> None:
    for text in ("Sure!\nHello you", "*Hello* you", "Sure:\n**Hello** you\nBye"):
        assert not judge("starts", text, text="Hello").passed
        assert judge("starts", text, text="Hello", loose=True).passed
    assert not judge("starts", "Well then, you", text="Hello", loose=True).passed


def test_the_loose_reading_of_a_denied_property_needs_one_reading_without_it() -> None:
    assert judge("starts", "Sure!\nHello", text="Sure", loose=True, negated=True).passed
    assert not judge("starts", "Sure!", text="Sure", loose=True, negated=True).passed


@pytest.mark.parametrize(
    ("code", "text", "passed"),
    [
        ("en", "The refund has been approved and will reach your account soon.", True),
        ("en", "Die Erstattung wurde genehmigt und wird bald auf Ihrem Konto sein.", False),
        ("de", "Die Erstattung wurde genehmigt und wird bald auf Ihrem Konto sein.", True),
        ("ja", "返金は承認されました。まもなく口座に振り込まれます。", True),
        ("en", "12345 67", True),
    ],
)
def test_the_language_of_an_answer_is_told(code: str, text: str, passed: bool) -> None:
    verdict = judge("language", text, code=code)
    assert verdict.passed is passed, verdict.reason


def test_an_answer_too_short_to_tell_is_not_held_against_the_user_s_language() -> None:
    german = "Guten Tag, ich möchte bitte mein Geld für die letzte Bestellung zurückbekommen."
    english = "Your refund has been approved, and the money will reach your account soon."
    assert judge("language_of_user", "OK.", german).passed
    assert not judge("language_of_user", english, german).passed
    assert not judge("language_of_user", english).passed


def test_a_short_last_message_leaves_the_language_to_the_whole_conversation() -> None:
    german = "Guten Tag, ich möchte bitte mein Geld für die letzte Bestellung zurückbekommen."
    english = "Your refund has been approved, and the money will reach your account soon."
    assert not judge("language_of_user", english, german, "ja").passed


def test_the_language_of_one_text_is_always_the_same() -> None:
    verdicts = {judge("language", "no tak, dobre ok", code="sk").reason for _ in range(5)}
    assert len(verdicts) == 1
