"""The kind `format`: how its terms are read, said and graded."""

import re
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speclang.kinds.format import Format
from speclang.kinds.format.catalogue import FILES, NAMES, load
from speclang.kit.answer import Answer
from speclang.kit.checks import find
from speclang.kit.kind import Sample
from speclang.kit.wording import Say
from speclang.model.feature import Feature
from speclang.model.requirement import Level, Requirement
from speclang.plan.clause import Piece
from speclang.plan.grader import Grader
from speclang.plan.origin import Origin
from speclang.source.span import Span
from tests.strategies.terms import UNIT, of_level, requirement

FORMAT = Format()
FEATURE = cast("Feature", SimpleNamespace())


TOO_FEW = "format/impossible: No answer can have `words` of at least {} and at most {}"
BOTH = "format/impossible: No answer can meet both terms about its {}"
SHAPES = """
in_sentence 1 "x" at 2; opens 1 "x" of 2; uses "x" 1 "y" 2; japanese every 2; stop_words <= 3%; csv_table "x" | "y" = 2; quiz 1 2
contains "x" 3; some_of "x" >= 2; dates in 1 .. 2; multiples 2 in 3 .. 4; copies "xy" 0 .. 1; levenshtein "x" <= 2; rouge "x" >= 2%
overlap "x" = 2%; equals "x"; contains_json { a: text }; xml; xml 3; whitespace; options "x"; descending_lines "x" >= 2; vowels
words <= 3; words; ends; ends "x"; json { a: text }; language of user; language of; no; no words; keyword "x" > 2; keyword > 2
"x"; 3; in 2; opens; opens "x" 2; matches /(/; one_of; /x/; { a: int }; <= 3; bullets "x" = 2; repeats request; postscript
"""


def said(req: Requirement, condition: str = "") -> str:
    return "".join(piece.text for piece in pieces(req, condition))


def pieces(req: Requirement, condition: str = "") -> tuple[Piece, ...]:
    opener = (Piece(condition, Origin("FMT-1", "when", Span(UNIT, 0, 0))),) if condition else ()
    say = cast("Say", SimpleNamespace(condition=lambda _: opener))
    return tuple(FORMAT.clause(req, say))


def graders(req: Requirement) -> dict[str, Grader]:
    return {grader.id.removeprefix("FMT-1/"): grader for grader in FORMAT.graders(req, FEATURE)}


def judge(grader: Grader, answer: Answer) -> bool:
    check = find(grader.check)
    assert check is not None
    return check(answer, **{one.name: one.value for one in grader.settings}).passed


def titles(req: Requirement) -> list[str]:
    return [f"{one.code.id}: {one.title}" for one in FORMAT.validate(req, FEATURE)]


@pytest.mark.parametrize("sample", Format.SAMPLES, ids=lambda one: f"{one.grader}-{one.why}".replace(" ", "-"))
def test_every_sample_is_judged_as_it_says(sample: Sample) -> None:
    found = re.search(r"\n    (\w+) (.*)\n", sample.spec)
    assert found
    req = of_level(found[1], found[2])
    assert titles(req) == []
    assert judge(graders(req)[sample.grader], sample.answer) is sample.passes


def test_every_instruction_has_an_answer_that_passes_and_one_that_fails() -> None:
    for name in NAMES:
        instruction = load(name)
        assert instruction.name == name
        assert {one.passes for one in instruction.tries} == {True, False}


def test_the_instructions_are_the_files_of_their_folder() -> None:
    folder = Path(__file__).parents[3] / "speclang" / "kinds" / "format" / "instructions"
    assert sorted(file.stem for file in folder.glob("*.py") if file.stem != "__init__") == sorted(set(FILES.values()))


@pytest.mark.parametrize(
    ("must", "sentence"),
    [
        ("words <= 120", "Answer in at most 120 words."),
        ("words < 120", "Answer in fewer than 120 words."),
        ("words = 1", "Answer in exactly 1 word."),
        ("words in 50 .. 100", "Answer in 50 to 100 words."),
        ("words >= 50, words <= 100", "Answer in at least 50 and at most 100 words."),
        ("words <= 100, words >= 50", "Answer in at least 50 and at most 100 words."),
        ("words <= 1_000", "Answer in at most 1,000 words."),
        (
            'words <= 120, language of user, ends "Anything else?"',
            'Answer in at most 120 words, in the language of the user, and end with "Anything else?".',
        ),
        ('words <= 120, ends "Bye."', 'Answer in at most 120 words and end with "Bye.".'),
        (
            'words <= 9, starts "Hi", ends "Bye"',
            'Answer in at most 9 words. Start with "Hi" and end with "Bye".',
        ),
        ('starts "Hi"', 'Start with "Hi".'),
        ("no commas, no bullets", "Answer without commas and without bullet points."),
        ("bullets = 3", "Answer with exactly 3 Markdown bullet points."),
        ("lowercase, language en", "Answer in lowercase letters only and in English."),
        ('forbidden "sue", "court"', 'Never use the words "sue" or "court".'),
        ('forbidden "sue"', 'Never use the word "sue".'),
        ('keyword "refund"', 'Include "refund".'),
        ('keyword "refund" >= 2', 'Use "refund" at least 2 times.'),
        ('keyword "box" | "label" >= 1', 'Use each of "box" and "label" at least 1 time.'),
        ('paragraphs "***" = 3', 'Answer in exactly 3 paragraphs separated by the divider "***".'),
        ('sections "Part" >= 2', 'Answer in at least 2 sections, each marked "Part" and its number.'),
        ("placeholders >= 2", "Answer with at least 2 placeholders in square brackets, such as [address]."),
        ("json", "Answer with valid JSON and nothing else."),
        (
            "json { total: money(USD), status: open | closed, note: text }",
            (
                'Answer with one JSON object and nothing else, with the fields "total" (an amount in USD, as a number), '
                '"status" ("open" or "closed") and "note" (text).'
            ),
        ),
        ('one_of "Yes." | "No."', 'Answer with one of "Yes." or "No.".'),
        ('opens 2 "however"', 'Open paragraph 2 with the word "however".'),
        (
            "quoted, title",
            (
                "Wrap the whole answer in double quotation marks and give the answer a title in double angular brackets, "
                "such as <<poem of joy>>."
            ),
        ),
        ('letter "q" < 2', 'Use the letter "q" fewer than 2 times.'),
    ],
)
def test_terms_read_as_good_english(must: str, sentence: str) -> None:
    req = requirement(must)
    assert titles(req) == []
    assert said(req) == sentence


def test_each_level_has_its_own_sentence() -> None:
    req = requirement("words <= 9", 'starts "Sure", ends "!"', 'ends "Bye"', "language de")
    assert said(req) == (
        'Answer in at most 9 words. Do not start with "Sure" or end with "!". You should end with "Bye". '
        "You should not answer in German."
    )


def test_a_denied_bound_is_said_as_its_opposite() -> None:
    assert said(requirement(must_not="words > 9")) == "Answer in at most 9 words."
    assert said(requirement(should_not="sentences < 3")) == "You should answer in at least 3 sentences."


def test_a_condition_stands_before_every_sentence() -> None:
    req = requirement('words <= 9, starts "Hi", ends "Bye"', "quoted")
    assert said(req, "if it rains, ") == (
        'If it rains, answer in at most 9 words, start with "Hi", and end with "Bye". '
        "If it rains, do not wrap the whole answer in double quotation marks."
    )


def test_holes_of_the_clause_stand_at_the_spec_s_own_characters() -> None:
    must = 'words <= 120, ends "Anything else?"'
    holes = [piece for piece in pieces(requirement(must)) if piece.hole]
    assert [(hole.text, must[hole.origin.span.start : hole.origin.span.end]) for hole in holes] == [
        ("120", "120"),
        ("Anything else?", "Anything else?"),
    ]
    assert {hole.origin.field for hole in holes} == {"must"}


def test_every_term_has_one_grader_with_a_stable_slug() -> None:
    req = requirement(
        'words >= 9, words <= 99, keyword "a refund", keyword "Refund!" >= 2, no commas', 'starts "Sure"', 'ends "Bye"'
    )
    assert list(graders(req)) == [
        "words-min",
        "words",
        "keyword-a-refund",
        "keyword-refund-min",
        "commas",
        "not-starts",
        "ends",
    ]
    assert graders(req)["not-starts"].level is Level.MUST_NOT
    assert graders(req)["ends"].level is Level.SHOULD


def test_a_slug_does_not_depend_on_the_order_of_other_terms() -> None:
    terms = ["words <= 9", 'ends "Bye"', 'keyword "x"', 'keyword "y"', "lowercase"]
    forward, backward = graders(requirement(", ".join(terms))), graders(requirement(", ".join(reversed(terms))))
    for slug, grader in forward.items():
        other = backward[slug]
        assert [(one.name, one.value) for one in grader.settings] == [(one.name, one.value) for one in other.settings]


def test_a_term_stated_twice_has_two_slugs() -> None:
    assert list(graders(requirement('ends "a b", ends "b"'))) == ["ends", "ends-2"]


def test_an_unknown_term_is_told_what_is_like_it() -> None:
    notes = [one.notes for one in FORMAT.validate(requirement("capitals >= 3, concise, wrods <= 3"), FEATURE)]
    assert notes[0] == ("terms with a word like it are `capital_words`",)
    assert notes[1][0].startswith("everyday terms are `bullets`, `capital_words`, ")
    assert notes[2] == ()


def test_loose_and_negated_are_settings() -> None:
    grader = graders(requirement(must_not='starts "Sure"', loose=True))["not-starts"]
    assert {one.name: one.value for one in grader.settings} == {"text": "Sure", "negated": True, "loose": True}
    assert judge(grader, Answer("Hello"))
    assert not judge(grader, Answer("Sure"))


def test_a_requirement_without_condition_is_graded_in_every_case() -> None:
    assert graders(requirement("lowercase"))["lowercase"].always


@pytest.mark.parametrize(
    ("must", "must_not", "reported"),
    [
        ("wrods <= 9", "", ["format/unknown-term: `format` has no term `wrods`"]),
        ("no coma", "", ["format/unknown-term: `format` has no term `coma`"]),
        ("concise", "", ["format/unknown-term: `format` has no term `concise`"]),
        ("words", "", ["format/bad-term: `words` can't be read"]),
        ("words 120", "", ["format/bad-term: `words` can't be read"]),
        ("words <= 20%", "", ["format/bad-term: `words` can't be read"]),
        ("words <= 1.5", "", ["format/bad-term: `words` can't be read"]),
        ('words <= "x"', "", ["format/bad-term: `words` can't be read"]),
        ("words <= 9_999_999", "", ["format/bad-term: `words` can't be read"]),
        ("words != 3", "", ["format/bad-term: `words` can't be read"]),
        ("words in 3", "", ["format/bad-term: `words` can't be read"]),
        ("ends", "", ["format/bad-term: `ends` can't be read"]),
        ("ends 3", "", ["format/bad-term: `ends` can't be read"]),
        ('ends "  "', "", ["format/bad-term: `ends` can't be read"]),
        ('ends <= "x"', "", ["format/bad-term: `ends` can't be read"]),
        ("lowercase 3", "", ["format/bad-term: `lowercase` can't be read"]),
        ("language", "", ["format/bad-term: `language` can't be read"]),
        ("language xx", "", ["format/bad-term: `language` can't be read"]),
        ('letter "ab" > 1', "", ["format/bad-term: `letter` can't be read"]),
        ("matches /(?=x)/", "", ["format/bad-term: `matches` can't be read"]),
        ('opens 0 "x"', "", ["format/bad-term: `opens` can't be read"]),
        ("", "words = 3", ["format/no-negative: `must_not` can't deny `words`"]),
        ("", "language of user", ["format/no-negative: `must_not` can't deny `language`"]),
        ("", "", ["format/no-term: `FMT-1` asks for nothing"]),
        (
            "words >= 200, words <= 100",
            "",
            [TOO_FEW.format(200, 100)],
        ),
        ("words in 9 .. 3", "", [TOO_FEW.format(9, 3)]),
        ("words < 0", "", [TOO_FEW.format(0, -1)]),
        ("words >= 5", "words > 4", [TOO_FEW.format(5, 4)]),
        ("lowercase, uppercase", "", [BOTH.format("case")]),
        ('starts "Hi", starts "Bye"', "", [BOTH.format("start")]),
        ('starts "Hi", starts "Hi you"', "", []),
        ('ends "you", ends "Hi you"', "", []),
        ("json, quoted", "", []),
        ("xml, quoted", "", [BOTH.format("wrapping")]),
        ("words >= 200, paragraphs <= 100", "", []),
        ('sections "Part" >= 3, sections "Act" <= 1', "", []),
        ('list_marks "->" >= 3, list_marks "=>" <= 1', "", []),
        ('equals "Yes.", only "No."', "", [BOTH.format("text")]),
        ("xml, json", "", [BOTH.format("wrapping")]),
        ("stop_words <= 30", "", ["format/bad-term: `stop_words` can't be read"]),
        ("stop_words <= 130%", "", ["format/bad-term: `stop_words` can't be read"]),
        ("word_repeats >= 3", "", ["format/bad-term: `word_repeats` can't be read"]),
        ("japanese every 0", "", ["format/bad-term: `japanese` can't be read"]),
        ('in_sentence 0 "x"', "", ["format/bad-term: `in_sentence` can't be read"]),
        ('in_sentence 1 "x" at', "", ["format/bad-term: `in_sentence` can't be read"]),
        ('copies "abc" 2 .. 3', "", ["format/bad-term: `copies` can't be read"]),
        ('uses "x" 1 2', "", ["format/bad-term: `uses` can't be read"]),
        ('opens 3 "x" of 2', "", ["format/bad-term: `opens` can't be read"]),
        ("multiples 7 in 1 .. 900_000", "", ["format/bad-term: `multiples` can't be read"]),
        ("quiz 4", "", ["format/bad-term: `quiz` can't be read"]),
        ('csv_table "a"', "", ["format/bad-term: `csv_table` can't be read"]),
        ('equals "x", "y"', "", ["format/bad-term: `equals` can't be read"]),
        ("xml 3", "", ["format/bad-term: `xml` can't be read"]),
        ("", 'rouge "a" >= 9%', ["format/no-negative: `must_not` can't deny `rouge`"]),
        ("", "varied_initials", ["format/no-negative: `must_not` can't deny `varied_initials`"]),
    ],
)
def test_what_is_wrong_is_reported_once(must: str, must_not: str, reported: list[str]) -> None:
    assert titles(requirement(must, must_not)) == reported


def test_an_unknown_term_offers_the_nearest_and_a_bad_one_the_right_spelling() -> None:
    (unknown,) = FORMAT.validate(requirement("wrods <= 9"), FEATURE)
    assert unknown.fix
    assert [(edit.text, edit.span.start, edit.span.end) for edit in unknown.fix.edits] == [("words", 0, 5)]
    (bad,) = FORMAT.validate(requirement("words <= 20%"), FEATURE)
    assert bad.fix
    assert (bad.primary.text, bad.fix.title) == ("the number takes no unit", "write it as `words <= 120`")
    assert bad.primary.span[1:] == (9, 12)


def test_several_faults_of_one_requirement_are_all_reported_and_the_rest_still_works() -> None:
    req = requirement("wrods <= 9, words, sentences <= 2")
    assert len(titles(req)) == 2
    assert said(req) == "Answer in at most 2 sentences."


@given(
    st.lists(st.sampled_from(re.split(r"[;\n]\s*", SHAPES.strip())), max_size=6).map(", ".join),
    st.sampled_from(["must", "must_not", "should", "should_not"]),
)
def test_any_terms_are_read_or_reported_and_never_raise(written: str, level: str) -> None:
    req = of_level(level, written)
    found = list(FORMAT.validate(req, FEATURE))
    text = said(req)
    assert text.endswith(".") or not text
    assert len(graders(req)) + len(found) >= 1
    assert all(one.requirement == "FMT-1" for one in found)
    assert all(one.fix for one in found if one.code.id != "format/unknown-term")
