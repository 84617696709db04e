"""The instructions by name: each is in the file of that name in `instructions/`, or in the file of its family there.

Invariant: a name is looked up here before anything is imported.
"""

from functools import cache
from importlib import import_module
from types import MappingProxyType

from .instruction import Instruction

_FAMILIES = {
    "brackets": ("nested_brackets", "nested_quotes", "explained_quotes"),
    "copied": ("copies", "equals", "levenshtein", "only", "repeats_changed", "rouge"),
    "contained": ("contains", "contains_any", "icontains", "icontains_any", "some_of", "template", "options"),
    "initials": ("alphabet_sentences", "alphabet_words", "growing_alliteration", "varied_initials"),
    "itemized": ("dates", "descending_lines", "in_order", "multiples", "quiz"),
    "lines": ("stairs", "word_per_line", "whitespace", "list_marks", "sub_bullets", "sentences_then_bullets", "thesis"),
    "marks": ("code_blocks", "emojis", "headings", "lines", "links", "markdown", "tables"),
    "markup": ("contains_json", "contains_xml", "xml"),
    "rhythm": (
        "balanced_sentences",
        "chained_sentences",
        "emoji_ends",
        "equal_sentences",
        "framed_paragraphs",
        "growing_sentences",
        "in_sentence",
        "questions_ratio",
    ),
    "spelling": (
        "all_punctuation",
        "consonant_clusters",
        "palindromes",
        "prime_words",
        "reversed_letters",
        "reversed_words",
        "title_case",
        "vowels",
    ),
    "tables": ("csv_quoted", "csv_special", "csv_table"),
    "vocabulary": (
        "conjunctions",
        "japanese",
        "numbers",
        "overlap",
        "pronouns",
        "second_words",
        "spaced_words",
        "stop_words",
        "unique_words",
        "uses",
        "word_repeats",
    ),
}
EVERYDAY = (
    "bullets",
    "capital_words",
    "characters",
    "commas",
    "ends",
    "forbidden",
    "highlights",
    "json",
    "keyword",
    "language",
    "letter",
    "lowercase",
    "matches",
    "one_of",
    "opens",
    "paragraphs",
    "placeholders",
    "postscript",
    "quoted",
    "repeats",
    "sections",
    "sentences",
    "starts",
    "title",
    "two_answers",
    "uppercase",
    "words",
)
"""Terms that have a file of their own: the ones to show first."""

FILES = MappingProxyType(
    {**{name: name for name in EVERYDAY}, **{name: file for file, names in _FAMILIES.items() for name in names}}
)
"""The file of `instructions/` in which each term is."""

NAMES = tuple(sorted(FILES))
"""The leading words of terms, sorted."""


@cache
def load(name: str) -> Instruction:
    """The instruction called `name`, which is one of `NAMES`."""
    module = import_module(f"{__package__}.instructions.{FILES[name]}")
    if name in EVERYDAY:
        alone: Instruction = module.INSTRUCTION
        return alone
    family: tuple[Instruction, ...] = module.INSTRUCTIONS
    return next(one for one in family if one.name == name)
