"""One grader, called by itself."""

import pytest

import speclang
from speclang import Answer, Said, ToolCall


def test_a_check_is_called_by_its_name_with_its_parameters() -> None:
    verdict = speclang.grade("words", "Yes, of course.", at_most=2)
    assert verdict == speclang.Verdict(passed=False, reason="3 words; at most 2 wanted")
    assert speclang.grade("format.words", "Yes.", at_most=2).passed
    assert speclang.grade("words", "Yes, of course.", at_most=2, negated=True).passed


def test_a_trajectory_is_an_answer_too() -> None:
    answer = Answer("Done.", (Said("user", "Cancel it."), ToolCall("cancel", {"id": "A1"})))
    assert speclang.grade("called", answer, tool="cancel", arguments={"id": "A1"}).passed
    assert not speclang.grade("called", answer, tool="cancel", arguments={"id": "A2"}).passed


@pytest.mark.parametrize(
    ("id", "answer", "parameters", "strict", "loose"),
    [
        ("length_constraints:number_words", "Sure:\none two", {"relation": "less than", "num_words": 3}, False, True),
        ("punctuation:no_comma", "Yes, indeed.", {}, False, False),
        ("keywords:existence", "*ap*ple", {"keywords": ["apple"]}, False, True),
        ("startend:end_checker", "Hello. The end.", {"end_phrase": "the end."}, True, True),
        ("count:numbers", "1 and 2", {"N": 2}, True, True),
        (
            "change_case:english_lowercase",
            "this is all in small letters of the english language",
            {"unused": None},
            True,
            True,
        ),
    ],
)
def test_a_published_instruction_is_graded_strictly_and_loosely(
    id: str, answer: str, parameters: dict[str, object], strict: bool, loose: bool
) -> None:
    assert speclang.grade(id, answer, **parameters).passed is strict  # type: ignore[arg-type]
    assert speclang.grade(id, answer, **parameters, loose=True).passed is loose  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("wrds", "there is no grader `wrds`; the nearest is `words`"),
        ("fromat.words", "there is no kind `fromat`"),
        ("words:odd_even_syllables", "there is no published instruction `words:odd_even_syllables`"),
    ],
)
def test_a_grader_that_is_not_there_is_refused(name: str, why: str) -> None:
    with pytest.raises(speclang.UnknownGrader, match=why):
        speclang.grade(name, "Yes.")


@pytest.mark.parametrize(
    ("name", "parameters", "why"),
    [
        ("words", {"most": 3}, "`words` takes no parameter `most`; it takes"),
        ("called", {}, "`called` needs its parameter `tool`"),
        ("words", {"at_most": "x"}, "`words` can't work with these parameters"),
        ("length_constraints:number_words", {"relation": "less than"}, "needs its parameter `num_words`"),
        ("length_constraints:number_words", {"relation": "less than", "num_words": "x y"}, "can't be said"),
    ],
)
def test_parameters_that_do_not_fit_are_refused(name: str, parameters: dict[str, object], why: str) -> None:
    with pytest.raises(speclang.BadParameter, match=why):
        speclang.grade(name, "Yes.", **parameters)  # type: ignore[arg-type]
