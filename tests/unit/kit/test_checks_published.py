"""What is odd about the definitions of IFEval and IFBench, case by case: each is graded as published, and not as it reads."""

import pytest

from speclang.kit.answer import Answer
from speclang.kit.checks import find
from speclang.source.hashing import Json

STORY = " ".join(f"{letter} day." for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
SHEET: dict[str, Json] = {"columns": ["a", "b"], "rows": 1}

ODD: tuple[tuple[str, dict[str, Json], str, bool], ...] = (
    # IFEval
    ("capital_words", {"at_least": 2}, "I am A.", True),
    ("capital_words", {"at_least": 1}, "NASAs", False),
    ("uppercase", {"english": True}, "42", False),
    ("uppercase", {"english": True}, "Ⅷ", True),
    ("lowercase", {"english": True}, "das geld ist auf dem weg zu ihnen nach hause", False),
    ("paragraph_start", {"number": 2, "word": "yes", "paragraphs": 2}, "No.\n\n\"'Yes!", False),
    ("paragraph_start", {"number": 2, "word": "yes", "paragraphs": 2}, "No.\n\n'\"Yes!", True),
    ("paragraph_start", {"number": 1, "word": "it", "paragraphs": 1}, "It's on its way.", True),
    ("paragraph_start", {"number": 1, "word": "ας", "paragraphs": 1}, "ΑΣ", False),
    ("paragraph_start", {"number": 2, "word": "b", "paragraphs": 2}, "\n\n \n\na\n\nb", False),
    ("letter", {"letter": "#", "at_least": 2}, "# One\n# Two", True),
    ("letter", {"letter": "İ", "at_least": 1}, "İstanbul", False),
    ("postscript", {"marker": "P.P.S"}, "Bye. p. p. s", True),
    ("postscript", {"marker": "P.S."}, "PS: bye", False),
    ("ends", {"text": "Bye."}, 'He said "bye."', True),
    ("ends", {"text": "Bye."}, 'Bye. "', False),
    ("is_json", {}, "```JSON\nNaN\n```", True),
    ("title", {}, "<<<>>>", False),
    ("two_answers", {}, "******\nYes.\n******\nNo.\n******", True),
    ("two_answers", {}, "Yes.\n************\nNo.", False),
    ("placeholders", {"at_least": 1}, "[]", True),
    ("placeholders", {"at_least": 1}, "[a\nb]", False),
    ("language", {"code": "en"}, "42", True),
    ("language", {"code": "zh"}, "您的退款正在处理中,请耐心等待。", True),
    # What IFBench says of words.
    ("unique_words", {"at_least": 2, "at_most": 2}, "Yes - yes!", True),
    ("conjunctions", {"at_least": 2}, "And so", True),
    ("conjunctions", {"at_least": 2}, "so-so and", False),
    ("pronouns", {"at_least": 2}, "she/her", True),
    ("numbers", {"at_least": 1, "at_most": 1}, "3-4, 5.6", False),
    ("numbers", {"at_least": 1, "at_most": 1}, "3-4", True),
    ("some_of", {"texts": ["Emma"], "at_least": 1}, "Emma's", True),
    ("some_of", {"texts": ["Emma"], "at_least": 1}, "Emmas", False),
    ("stop_words", {"percent": 75}, "don't stop here", True),
    ("stop_words", {"percent": 50}, "don't go", False),
    ("stop_words", {"percent": 100}, "!", False),
    ("vowels", {"at_most": 1}, "\nA man\n", True),
    ("consonant_clusters", {}, "strong str,ong x-y", False),
    ("prime_words", {}, "can't", False),
    ("japanese", {"every": 1}, "42 - 日本", True),
    ("japanese", {"every": 1}, "4.2", False),
    ("uses", {"texts": ["box"], "times": [2]}, "boxbox", True),
    ("second_words", {"text": "we"}, 'So we go we do."', False),
    ("second_words", {"text": "we"}, "So we go we do", True),
    ("overlap", {"text": "abcdef", "percent": 98}, "abcdef", True),
    ("overlap", {"text": "abcdef", "percent": 97}, "abcdef", False),
    ("title_case", {}, "iPhone McDonald 3rd", True),
    ("title_case", {}, "It's", True),
    ("title_case", {}, "The eND", False),
    ("palindromes", {"at_least": 1}, "12321", True),
    # What IFBench says of order.
    ("questions_ratio", {"ratio": 2}, "Yes!", True),
    ("balanced_sentences", {}, "- one\n- two", True),
    ("equal_sentences", {"number": 2}, "Go on. Go on.", True),
    ("growing_sentences", {"by": 3}, "One.", True),
    ("growing_alliteration", {}, "Who? Big bad day.", True),
    ("growing_alliteration", {}, "It is. We go.", False),
    ("in_sentence", {"number": 1, "text": "can", "place": 1}, "- Can't", False),
    ("in_sentence", {"number": 1, "text": "ca", "place": 1}, "- Can't", True),
    ("chained_sentences", {}, "Bring (boxes). Boxes are here.", False),
    ("chained_sentences", {}, "Bring boxes?! (Boxes) are here.", False),
    ("chained_sentences", {}, "Bring boxes?! -Boxes are here.", True),
    ("framed_paragraphs", {}, "Yes, yes.", False),
    ("framed_paragraphs", {}, "---\n\nYes.", True),
    ("alphabet_sentences", {}, STORY, True),
    ("alphabet_sentences", {}, STORY.replace("B day", '"B" day'), False),
    ("alphabet_words", {}, "zebra... (apple)", True),
    ("alphabet_words", {}, "İa", False),
    ("varied_initials", {}, "a -b", True),
    ("reversed_words", {"text": "bald eagle"}, "eagles, bald eagle bald", True),
    # What IFBench says of layout.
    ("whitespace", {"at_most": 0}, "one\u00a0word", False),
    ("list_marks", {"text": "...", "at_least": 2}, "......", True),
    ("word_per_line", {}, "a b\n \n", False),
    ("word_per_line", {}, "a b\n \nc", True),
    ("stairs", {}, "a\n\n b", True),
    ("stairs", {}, "a\n\n\n b", False),
    ("nested_brackets", {"at_least": 2}, "(()", True),
    ("nested_brackets", {"at_least": 2}, "([)]", False),
    ("nested_quotes", {"at_least": 2}, "\"'a' b\"", True),
    ("nested_quotes", {"at_least": 1}, "don't can't", True),
    ("explained_quotes", {}, "“a”", True),
    ("explained_quotes", {}, 'He said "a".', False),
    ("all_punctuation", {}, "a?! b. c, d; e:", False),
    ("all_punctuation", {}, "a‽ b! b. c, d; e: f?", True),
    ("options", {"texts": ["yes", "no"]}, "**Yes.**", True),
    ("options", {"texts": ["a)", "b)", "c)"]}, " a)", False),
    ("template", {"texts": ["A:", "B:"]}, "B: x A: y", True),
    ("emoji_ends", {}, "Bye 😀x.", True),
    ("emoji_ends", {}, "Bye 1.", False),
    ("emoji_ends", {}, "!!! 😀", False),
    ("sub_bullets", {}, "No bullets.", True),
    ("sub_bullets", {}, "* well-known", True),
    ("sub_bullets", {}, "**Bold** - x", False),
    ("sentences_then_bullets", {}, "One. Two.\n\n* a\n* b", True),
    ("sentences_then_bullets", {}, "One. Two.\n\n\n* a\n* b", False),
    ("thesis", {}, "<em>a</em>", True),
    ("thesis", {}, "<i>a</i>", False),
    # What IFBench says of lists.
    ("csv_table", SHEET, "a,b\n1,2\n", True),
    ("csv_table", SHEET, "a, b\n1,2", False),
    ("csv_table", SHEET, "a,b\n1,2\n\n", False),
    ("csv_special", SHEET, 'a, b\n1,"x&y"', True),
    ("csv_special", SHEET, 'a,b\n1,"x y"', False),
    ("csv_quoted", SHEET, '"a"\t"b"\n""\t"2"', True),
    ("csv_quoted", SHEET, '"a"\t"b"\n\t"2"', False),
    ("dates", {"first": 1800, "last": 1800}, "1800-00-99,1800-02-29", True),
    ("dates", {"first": 1800, "last": 1800}, "1800-02-30", False),
    ("in_order", {"texts": ["Oslo", "Riga"]}, "Oslo,, Rīga,", True),
    ("descending_lines", {"text": "Z", "at_least": 2}, "A\n* Zoo\n\n- Ape", True),
    ("multiples", {"of": 7, "first": 10, "last": 21}, "1421", False),
    ("multiples", {"of": 7, "first": 10, "last": 21}, "14, 21.", True),
    ("quiz", {"questions": 1, "options": 1}, "Question 1) Why\na. x", True),
    ("quiz", {"questions": 1, "options": 1}, "Question 1) Why\nF. x", False),
    # What IFBench says of copies.
    ("only", {"text": "Yes."}, " YES.\n", True),
    ("copies", {"text": "abcdef", "first": 1, "last": 3}, "BCD", True),
    ("repeats_changed", {"text": "a b"}, "a  b", True),
    ("repeats_changed", {"text": "a b"}, "a b", False),
    # promptfoo
    ("equals", {"text": "a"}, "a\n", False),
    ("contains", {"texts": ["a", "b"], "some": True}, "b", True),
    ("contains", {"texts": ["A"], "fold": True}, "a", True),
    ("spaced_words", {"at_least": 3, "at_most": 3}, " don't - stop ", True),
    ("levenshtein", {"text": "kitten", "at_most": 3}, "sitting", True),
    ("levenshtein", {"text": "kitten", "at_most": 2}, "sitting", False),
    ("contains_json", {}, "a [1 b {} c", True),
    ("contains_json", {}, "{a} [b]", False),
    ("xml", {}, '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', False),
    ("xml", {}, "<a/><b/>", False),
    ("contains_xml", {}, "a < b <br/> c", True),
    ("contains_xml", {}, "<a><b></a>", False),
    ("contains_xml", {}, "<!-- <a></a> -->", False),
)


@pytest.mark.parametrize(
    ("name", "settings", "text", "passes"), ODD, ids=[f"{one[0]}-{at}" for at, one in enumerate(ODD)]
)
def test_an_answer_is_graded_as_published(name: str, settings: dict[str, Json], text: str, passes: bool) -> None:
    check = find(name)
    assert check is not None
    verdict = check(Answer(text), **settings)
    assert verdict.passed is passes, verdict.reason


def test_a_pair_that_holds_of_no_one_reading_does_not_pass_loosely() -> None:
    check = find("paragraph_start")
    assert check is not None
    answer = Answer("Sure!\n\nYes, it is.\n\nBye.")
    assert not check(answer, number=1, word="yes", paragraphs=3, loose=True).passed
    assert check(answer, number=1, word="yes", paragraphs=2, loose=True).passed
