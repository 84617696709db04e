"""Sentences of words: what is speech and what is not, where each word stands, and that no text takes long."""

import pytest

from speclang.analysis.wording.sentences import Phrases, Sentence, Setting, sentences


def read(text: str) -> list[Sentence]:
    return list(sentences(text, Setting()))


def words(text: str) -> list[list[str]]:
    return [list(one.words) for one in read(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Be kind. Be brief!", [["be", "kind"], ["be", "brief"]]),
        ("Use e.g. tools, etc. and more.", [["use", "e", "g", "tools", "etc", "and", "more"]]),
        ("- One\n- Two\nlines", [["one"], ["two", "lines"]]),
        ("1. One\n2. Two", [["1."], ["one"], ["2."], ["two"]]),
        ("A\n\nB", [["a"], ["b"]]),
        ("don’t wait 1.5 hours", [["don't", "wait", "1.5", "hours"]]),
        ("", []),
        ("?!", []),
    ],
)
def test_a_text_is_read_as_sentences(text: str, wanted: list[list[str]]) -> None:
    assert words(text) == wanted


@pytest.mark.parametrize(
    "quoted",
    [
        "`as needed`", '"as needed"', "“as needed”", "{{ as needed }}", "<as needed>", "https://as/needed", "```\nas needed\n```",
        "as_needed", "src/as.needed",
    ],
)  # fmt: skip
def test_what_is_not_the_authors_speech_is_blank_and_keeps_its_place(quoted: str) -> None:
    (only,) = read(f"Say {quoted} twice")
    assert only.words == ("say", "twice")
    assert only.written(1, 1) == "twice"
    assert only.ranges[1][0] == len(f"Say {quoted} ")


def test_a_phrase_is_found_in_one_breath_only() -> None:
    phrases = Phrases("as needed, as, as soon as possible")
    (only,) = read("As needed, as soon as possible, as, needed")
    assert [phrases.at(only, at) for at in range(len(only.words))] == [2, 0, 4, 0, 1, 0, 1, 0]


def test_a_clause_ends_at_a_sign() -> None:
    (only,) = read("If it rains, stay *inside* (or not) and read")
    assert only.clause(4) == (3, 4)
    assert only.clause(0) == (0, 2)


def test_a_text_without_ends_is_read_in_pieces() -> None:
    pieces = read("word " * 1000)
    assert [len(one.words) for one in pieces] == [200] * 5
    assert [one.first for one in pieces] == [True, False, False, False, False]
