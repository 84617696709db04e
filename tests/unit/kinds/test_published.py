"""Published instructions by ID and parameters: each becomes a term that compiles, is said and is graded as it should be."""

import pytest

import speclang
from speclang.kinds.format import Format
from speclang.kinds.format.published import IDS, term
from speclang.kit.answer import Answer
from speclang.kit.checks import find
from speclang.kit.wording import Say
from speclang.source.hashing import Json
from tests.unit.kinds.test_format_compiled import compiled
from tests.unit.kinds.test_formats_page import rows

FORMAT = Format()
PARAMETERS: dict[str, Json] = {
    "N": 3.0,
    "capital_frequency": 3,
    "capital_relation": "less than",
    "end_phrase": 'He said "bye".',
    "first_word": "weekend",
    "forbidden_words": ["sue", "court"],
    "frequency": 2,
    "keyword": "box",
    "keyword1": "a",
    "keyword2": "b",
    "keyword3": "c",
    "keyword4": "d",
    "keyword5": "e",
    "keywords": ["box", "label"],
    "language": "de",
    "let_frequency": 4,
    "let_relation": "at least",
    "letter": "#",
    "m": 3,
    "max_words": 9.0,
    "min_words": 5.0,
    "n": 2,
    "n_end": 6,
    "n_start": 3,
    "nth_paragraph": 2,
    "num_bullets": 3,
    "num_highlights": 3,
    "num_paragraphs": 4,
    "num_placeholders": 3,
    "num_sections": 3,
    "num_sentences": 3,
    "num_words": 300,
    "options": "I know or I don't know",
    "percentage": 27.5,
    "postscript_marker": "P.P.S",
    "prompt_to_repeat": 'Write {x}\n\tto "me" \\ soon.',
    "reference_text": "Use induction.",
    "relation": "at least",
    "section_spliter": "SECTION",
    "sep": "!?!?",
    "small_n": 2.0,
    "word": "eat",
}


@pytest.mark.parametrize("id", IDS)
def test_every_published_instruction_becomes_a_term_that_compiles(id: str) -> None:
    said = term(id, PARAMETERS)
    feature, found = compiled(f'feature sample "Sample" {{\n  X-1 format "Sample" {{\n    must {said}\n  }}\n}}\n')
    assert found == ()
    (requirement,) = feature.requirements
    assert "".join(piece.text for piece in FORMAT.clause(requirement, Say(feature)))
    (grader,) = FORMAT.graders(requirement, feature)
    check = find(grader.check)
    assert check is not None
    assert check(Answer("An answer."), **{one.name: one.value for one in grader.settings}).reason


def test_the_page_and_the_terms_agree_on_what_can_be_said() -> None:
    said = {id: terms for section in ("IFEval", "IFBench") for id, terms in rows(section) if terms}
    assert set(said) == set(IDS)
    for id, terms in said.items():
        assert (term(id, PARAMETERS) or "").split()[0] == terms.split()[0]


def test_what_can_not_be_said_is_none_and_a_missing_parameter_is_named() -> None:
    assert term("words:start_verb", {}) is None
    with pytest.raises(KeyError, match="num_words"):
        term("length_constraints:number_words", {"relation": "at least"})


@pytest.mark.parametrize(
    ("id", "said"),
    [
        ("keywords:frequency", 'keyword "box" >= 2'),
        ("change_case:capital_word_frequency", "capital_words < 3"),
        ("count:word_count_range", "words in 5 .. 9"),
        ("ratio:stop_words", "stop_words <= 27.5%"),
        ("format:options", 'options "I know" | "I don\'t know"'),
        ("combination:repeat_prompt", 'repeats "Write \\{x\\}\\n\\tto \\"me\\" \\\\ soon."'),
        ("words:keywords_specific_position", 'in_sentence 2 "box" at 3'),
    ],
)
def test_parameters_are_written_as_in_a_spec(id: str, said: str) -> None:
    assert term(id, PARAMETERS) == said


ODD = ("", " \n", "*a*\n\nb", "x" * 5000, "\ud800\u202e\x1b[31m", "```json\n{", "Yes, the box of the weekend. " * 40)


@pytest.mark.parametrize("id", IDS)
def test_every_published_instruction_grades_any_answer_by_its_id(id: str) -> None:
    for text in ODD:
        strict, loose = (speclang.grade(id, text, **PARAMETERS, loose=flag) for flag in (False, True))
        assert strict.reason
        assert loose.passed or not strict.passed, "what passes strictly passes loosely"
        assert not (strict.passed and not text.strip()), "a blank answer passes nothing"
