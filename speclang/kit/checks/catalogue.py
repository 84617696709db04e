"""Where each shared check lives: its name in a grader, and the file of this folder with the function of that name.

Invariant: looking a name up imports only the file that holds it.
"""

from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .judging import TextCheck

_FILES = {
    "counts": (
        "words",
        "sentences",
        "paragraphs",
        "characters",
        "bullets",
        "sections",
        "placeholders",
        "highlights",
        "letter",
        "keyword",
        "commas",
        "capital_words",
    ),
    "text": (
        "starts",
        "ends",
        "forbidden",
        "one_of",
        "postscript",
        "title",
        "quoted",
        "lowercase",
        "uppercase",
        "two_answers",
        "repeats",
        "repeats_request",
        "paragraph_start",
        "mentions",
        "omits",
    ),
    "vocabulary": (
        "unique_words",
        "conjunctions",
        "pronouns",
        "numbers",
        "some_of",
        "palindromes",
        "word_repeats",
        "stop_words",
        "vowels",
        "consonant_clusters",
        "prime_words",
        "japanese",
        "uses",
        "second_words",
        "overlap",
        "title_case",
    ),
    "sequences": (
        "questions_ratio",
        "balanced_sentences",
        "equal_sentences",
        "growing_sentences",
        "growing_alliteration",
        "in_sentence",
        "chained_sentences",
        "framed_paragraphs",
        "alphabet_sentences",
        "alphabet_words",
        "varied_initials",
        "reversed_words",
        "reversed_letters",
    ),
    "layout": (
        "whitespace",
        "list_marks",
        "word_per_line",
        "stairs",
        "nested_brackets",
        "nested_quotes",
        "explained_quotes",
        "all_punctuation",
        "options",
        "template",
        "emoji_ends",
        "sub_bullets",
        "sentences_then_bullets",
        "thesis",
    ),
    "lists": (
        "csv_table",
        "csv_special",
        "csv_quoted",
        "dates",
        "in_order",
        "descending_lines",
        "multiples",
        "quiz",
    ),
    "copies": (
        "equals",
        "only",
        "contains",
        "copies",
        "repeats_changed",
        "repeats_request_changed",
        "spaced_words",
        "levenshtein",
        "rouge",
    ),
    "marks": ("lines", "emojis", "headings", "tables", "links", "code_blocks", "markdown"),
    "markup": ("contains_json", "contains_xml", "xml"),
    "regex": ("matches",),
    "json": ("is_json",),
    "language": ("language", "language_of_user"),
    "trajectory": ("called", "not_called", "called_once", "called_before", "called_all", "confirmed"),
    "absence": ("no_absence",),
    "refusal": ("refused", "answered", "answered_part"),
    "saying": ("says", "says_none", "says_one"),
    "figures": ("grounded", "tells", "admits"),
    "relations": ("same_course", "not_gained"),
    "measures": ("within_budget",),
    "asking": ("asks", "few_questions", "goes_on"),
}

CHECKS = MappingProxyType({name: file for file, names in _FILES.items() for name in names})
"""Every shared check by name, and the file that holds it."""


@cache
def find(name: str) -> "TextCheck | None":
    """The shared check called `name`, or None if there is none."""
    file = CHECKS.get(name)
    if file is None:
        return None
    found: TextCheck = getattr(import_module(f"{__package__}.{file}"), name)
    return found
