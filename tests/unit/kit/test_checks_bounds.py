"""No answer stops a check: whatever it holds, there is a verdict, soon, and its reason is fit to print."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speclang.kit.answer import Answer, Said
from speclang.kit.checks import CHECKS, find
from speclang.kit.checks.evidence import around, quote
from speclang.kit.checks.judging import LONGEST
from speclang.source.hashing import Json

FILES = {
    "counts",
    "text",
    "regex",
    "json",
    "language",
    "vocabulary",
    "sequences",
    "layout",
    "lists",
    "copies",
    "markup",
}
OF_TEXT = sorted(name for name, file in CHECKS.items() if file in FILES)
SETTINGS: dict[str, dict[str, Json]] = {
    "sections": {"word": "Part"},
    "letter": {"letter": "a"},
    "keyword": {"texts": ["a", "b"]},
    "starts": {"text": "a"},
    "ends": {"text": "a"},
    "forbidden": {"texts": ["a"]},
    "one_of": {"texts": ["a"]},
    "postscript": {"marker": "P.S."},
    "repeats": {"text": "a"},
    "paragraph_start": {"number": 2, "word": "a"},
    "mentions": {"text": "a b"},
    "omits": {"text": "a"},
    "matches": {"pattern": "(a|b)*c"},
    "is_json": {"schema": {"type": "object"}},
    "language": {"code": "en"},
    "capital_words": {"at_least": 1},
    "contains": {"texts": ["a", "b"], "fold": True},
    "contains_json": {"schema": {"type": "object"}},
    "copies": {"text": "abc", "first": 0, "last": 1},
    "csv_quoted": {"columns": ["a", "b"], "rows": 1},
    "csv_special": {"columns": ["a", "b"], "rows": 1},
    "csv_table": {"columns": ["a", "b"], "rows": 1},
    "dates": {"first": 1, "last": 9999},
    "descending_lines": {"text": "a", "at_least": 1},
    "equal_sentences": {"number": 2},
    "equals": {"text": "a"},
    "growing_sentences": {"by": 1},
    "in_order": {"texts": ["a", "b"]},
    "in_sentence": {"number": 1, "text": "a", "place": 1},
    "japanese": {"every": 1},
    "levenshtein": {"text": "a" * 50, "at_most": 5},
    "list_marks": {"text": "a"},
    "multiples": {"of": 3, "first": 1, "last": 9},
    "only": {"text": "a"},
    "options": {"texts": ["a", "b"]},
    "overlap": {"text": "abc", "percent": 10},
    "questions_ratio": {"ratio": 2},
    "quiz": {"questions": 1, "options": 1},
    "repeats_changed": {"text": "a b"},
    "reversed_letters": {"text": "a"},
    "reversed_words": {"text": "a"},
    "rouge": {"text": "a b", "percent": 50},
    "second_words": {"text": "a"},
    "some_of": {"texts": ["a", "b"]},
    "stop_words": {"percent": 50},
    "template": {"texts": ["a", "b"]},
    "uses": {"texts": ["a"], "times": [1]},
}
HOSTILE = {
    "asterisks": "*",
    "brackets": "[",
    "angles": "<<",
    "line ends": "\n",
    "bullets": "\n*",
    "dots": ". ",
    "marks": '!"',
    "quotes": '"\\',
    "objects": '{"a":',
    "surrogates": "\ud800",
    "joiners": "a\u200d\u0301",
    "addresses": "a@",
    "tags": "<a ",
    "blank lines": " \n",
    "questions": "Question 1\n",
    "full stops with blanks": ".    ",
}


@pytest.mark.parametrize("name", OF_TEXT)
@given(text=st.text(st.characters(), max_size=60))
def test_every_check_judges_every_text(name: str, text: str) -> None:
    check = find(name)
    assert check is not None
    verdict = check(Answer(text, (Said("user", text),)), **SETTINGS.get(name, {}))
    hidden = {one for one in verdict.reason if unicodedata.category(one) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")}
    assert not hidden
    assert verdict.reason
    assert len(verdict.reason) < 500
    assert "\n" not in verdict.reason


@pytest.mark.parametrize("name", OF_TEXT)
@given(
    pieces=st.lists(
        st.sampled_from(["a", "b c", "A.", "\n", "*", "**", '"', " ", "1", "?", "<<a>>", "- ", "😀"]), max_size=9
    )
)
def test_whoever_passes_strictly_passes_loosely(name: str, pieces: list[str]) -> None:
    check = find(name)
    assert check is not None
    text = "".join(pieces)
    answer = Answer(text, (Said("user", text),))
    for negated in (False, True):
        strict = check(answer, **SETTINGS.get(name, {}), negated=negated)
        loose = check(answer, **SETTINGS.get(name, {}), negated=negated, loose=True)
        assert loose.passed or not strict.passed


@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("name", OF_TEXT)
def test_a_long_hostile_answer_is_judged(name: str, unit: str) -> None:
    check = find(name)
    assert check is not None
    text = "x" + unit * (30_000 // len(unit))
    assert check(Answer(text, (Said("user", text),)), **SETTINGS.get(name, {})).reason


def test_an_answer_beyond_the_limit_meets_nothing_and_says_why() -> None:
    for name in OF_TEXT:
        check = find(name)
        assert check is not None
        for negated in (False, True):
            verdict = check(Answer("a" * (LONGEST + 1)), **SETTINGS.get(name, {}), negated=negated)
            assert not verdict.passed
            assert verdict.reason == "the answer has 1,000,001 characters, more than the 1,000,000 that are read"


def test_an_unknown_check_is_none() -> None:
    assert find("no_such_check") is None
    assert find("__name__") is None


def test_a_quote_is_short_and_shows_controls_as_escapes() -> None:
    assert quote("a\nb\x1b[31m\u202e\ud800\U000e0001") == '"a\\nb\\u001b[31m\\u202e\\ud800\\U000e0001"'
    assert quote("x" * 100) == '"' + "x" * 60 + '…"'
    assert quote("x" * 100 + "y", end=True) == '"…' + "x" * 59 + 'y"'
    assert around("one two three four five six seven eight", 14, 18) == '"one two three four five six seven…"'
