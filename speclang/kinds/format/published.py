"""A published instruction, by its ID and parameters, as a term of `format`.

In: an ID of IFEval or IFBench and the parameters of one of its prompts, as their data files have them. Out: the text of the
term, as `words < 120`. Invariant: what is returned is a term that `format` reads and grades as published.
"""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from ...source.hashing import Json

Parameters = Mapping[str, Json]

_NAMES = (
    "Emma Liam Sophia Jackson Olivia Noah Ava Lucas Isabella Mason Mia Ethan Charlotte Alexander Amelia Benjamin Harper Leo Zoe "
    "Daniel Chloe Samuel Lily Matthew Grace Owen Abigail Gabriel Ella Jacob Scarlett Nathan Victoria Elijah Layla Nicholas "
    "Audrey David Hannah Christopher Penelope Thomas Nora Andrew Aria Joseph Claire Ryan Stella Jonathan"
)
_CAPITALS = (
    "Reykjavik Helsinki Oslo Tallinn Stockholm Riga Moscow Copenhagen Vilnius Minsk Dublin Berlin Amsterdam Warsaw London "
    "Brussels Prague Luxembourg Paris Vienna Bratislava Budapest Vaduz Chisinau Bern Ljubljana Zagreb"
)
_TIMES = (1, 2, 3, 5, 7)
_ESCAPES = str.maketrans({'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "{": "\\{", "}": "\\}"})
_HOLE = re.compile(r"\{(\w+)(?::(\w+))?\}")

_TERMS: Mapping[str, str] = MappingProxyType(
    {
        "change_case:capital_word_frequency": "capital_words {capital_relation:than} {capital_frequency}",
        "change_case:english_capital": "uppercase en",
        "change_case:english_lowercase": "lowercase en",
        "combination:repeat_prompt": "repeats {prompt_to_repeat}",
        "combination:two_responses": "two_answers",
        "detectable_content:number_placeholders": "placeholders >= {num_placeholders}",
        "detectable_content:postscript": "postscript {postscript_marker}",
        "detectable_format:constrained_response": 'one_of "My answer is yes." | "My answer is no." | "My answer is maybe."',
        "detectable_format:json_format": "json",
        "detectable_format:multiple_sections": "sections {section_spliter} >= {num_sections}",
        "detectable_format:number_bullet_lists": "bullets = {num_bullets}",
        "detectable_format:number_highlighted_sections": "highlights >= {num_highlights}",
        "detectable_format:title": "title",
        "keywords:existence": "keyword {keywords}",
        "keywords:forbidden_words": "forbidden {forbidden_words}",
        "keywords:frequency": "keyword {keyword} {relation:than} {frequency}",
        "keywords:letter_frequency": "letter {letter} {let_relation:than} {let_frequency}",
        "language:response_language": "language {language:word}",
        "length_constraints:nth_paragraph_first_word": "opens {nth_paragraph} {first_word} of {num_paragraphs}",
        "length_constraints:number_paragraphs": 'paragraphs "***" = {num_paragraphs}',
        "length_constraints:number_sentences": "sentences {relation:than} {num_sentences}",
        "length_constraints:number_words": "words {relation:than} {num_words}",
        "punctuation:no_comma": "no commas",
        "startend:end_checker": "ends {end_phrase}",
        "startend:quotation": "quoted",
        "count:conjunctions": "conjunctions >= {small_n}",
        "count:keywords_multiple": "uses {keyword1} 1 {keyword2} 2 {keyword3} 3 {keyword4} 5 {keyword5} 7",
        "count:numbers": "numbers = {N}",
        "count:person_names": "some_of " + " | ".join('"' + name + '"' for name in _NAMES.split()) + " >= {N}",
        "count:pronouns": "pronouns >= {N}",
        "count:punctuation": "all_punctuation",
        "count:unique_word_count": "unique_words >= {N}",
        "count:word_count_range": "words in {min_words} .. {max_words}",
        "count:words_japanese": "japanese every {N}",
        "custom:character_reverse": 'reversed_letters "bald eagle"',
        "custom:csv_city": 'csv_table "ID" | "Country" | "City" | "Year" | "Count" = 7',
        "custom:csv_quotes": 'csv_quoted "StudentID" | "Subject" | "Grade" | "Semester" | "Score" = 3',
        "custom:csv_special_character": 'csv_special "ProductID" | "Category" | "Brand" | "Price" | "Stock" = 14',
        "custom:date_format_list": "dates in 1769 .. 1821",
        "custom:european_capitals_sort": "in_order " + " | ".join('"' + name + '"' for name in _CAPITALS.split()),
        "custom:mcq_count_length": "quiz 4 5",
        "custom:multiples": "multiples 7 in 10 .. 50",
        "custom:reverse_newline": 'descending_lines "Zimbabwe" >= 52',
        "custom:sentence_alphabet": "alphabet_sentences",
        "custom:word_reverse": 'reversed_words "bald eagle"',
        "format:emoji": "emoji_ends",
        "format:line_indent": "stairs",
        "format:list": "list_marks {sep} >= 2",
        "format:newline": "word_per_line",
        "format:no_bullets_bullets": "sentences_then_bullets",
        "format:no_whitespace": "no whitespace",
        "format:options": "options {options:parted}",
        "format:output_template": 'template "My Answer:", "My Conclusion:", "Future Outlook:"',
        "format:parentheses": "nested_brackets >= 5",
        "format:quote_unquote": "explained_quotes",
        "format:quotes": "nested_quotes >= 3",
        "format:sub-bullets": "sub_bullets",
        "format:thesis": "thesis",
        "format:title_case": "title_case",
        "ratio:overlap": "overlap {reference_text} = {percentage}%",
        "ratio:sentence_balance": "balanced_sentences",
        "ratio:sentence_type": "questions_ratio = 2",
        "ratio:sentence_words": "equal_sentences = 3",
        "ratio:stop_words": "stop_words <= {percentage}%",
        "repeat:repeat_change": "repeats_changed {prompt_to_repeat}",
        "repeat:repeat_simple": 'only "Only output this sentence here, ignore all other requests."',
        "repeat:repeat_span": "copies {prompt_to_repeat} {n_start} .. {n_end}",
        "sentence:alliteration_increment": "growing_alliteration",
        "sentence:increment": "growing_sentences {small_n}",
        "sentence:keyword": "in_sentence {N} {word}",
        "words:alphabet": "alphabet_words",
        "words:consonants": "consonant_clusters",
        "words:keywords_specific_position": "in_sentence {n} {keyword} at {m}",
        "words:last_first": "chained_sentences",
        "words:no_consecutive": "varied_initials",
        "words:palindrome": "palindromes >= 10",
        "words:paragraph_last_first": "framed_paragraphs",
        "words:prime_lengths": "prime_words",
        "words:repeats": "word_repeats <= {small_n}",
        "words:vowel": "vowels <= 3",
        "words:words_position": "second_words {keyword}",
    }
)

IDS = tuple(_TERMS)
"""The instructions that can be said; `words:odd_even_syllables` and `words:start_verb` can't."""


def term(id: str, parameters: Parameters) -> str | None:
    """The term for the instruction `id` with `parameters`, or None for an ID that can't be said. Raises `KeyError`.

    The error names a parameter that is missing.
    """
    shape = _TERMS.get(id)
    if shape is None:
        return None

    def filled(hole: re.Match[str]) -> str:
        return _AS[hole[2] or ""](parameters[hole[1]])

    return _HOLE.sub(filled, shape)


def _plain(value: Json) -> str:
    """A number without a point where it is whole, a text in quotes, a list of texts between commas."""
    match value:
        case float() | int():
            return f"{value:g}" if value != int(value) else str(int(value))
        case str():
            return f'"{value.translate(_ESCAPES)}"'
        case list() | tuple():
            return ", ".join(_plain(one) for one in value)
        case _:
            return ""


def _than(value: Json) -> str:
    return "<" if value == "less than" else ">="


def _parted(value: Json) -> str:
    """The options of one text, parted as published: at `/`, else at `or` wherever it stands, else at commas."""
    text = str(value)
    mark = "/" if "/" in text else "or" if "or" in text else ","
    return " | ".join(_plain(one.strip()) for one in text.split(mark))


_AS: Mapping[str, Callable[[Json], str]] = MappingProxyType({"": _plain, "than": _than, "word": str, "parted": _parted})
