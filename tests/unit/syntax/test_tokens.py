"""The tokenizer and the terminals of the grammar are one."""

import re
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speclang.syntax.recipe import grammar
from speclang.syntax.tokens import BAD, COMMENT, KEYWORDS, NEWLINE, SPACE, TERMINALS, scan, tokenize

GRAMMAR = (files("speclang.syntax") / "grammar.lark").read_text("utf-8")
PATTERNS = dict(re.findall(r"^([A-Z]+): /(.*)/$", GRAMMAR, re.MULTILINE))
FIXED = dict(re.findall(r'^([A-Z]+): "(.*)"$', GRAMMAR, re.MULTILINE))
PLACED = {"RECORD", "LBRACE", "RCURLY", "RBRACE", "ATLEAST"}
"""Those that are told by what stands around them."""


def kinds(text: str) -> str:
    return scan(text).kinds


def test_the_tokenizer_has_a_letter_for_each_terminal_of_the_grammar() -> None:
    assert set(TERMINALS) == set(PATTERNS) | set(FIXED) == {terminal.name for terminal in grammar("file").terminals}
    assert len(set(TERMINALS.values())) == len(TERMINALS)


@pytest.mark.parametrize("name", sorted(set(PATTERNS) - {"SEP"}))
@given(data=st.data())
def test_what_a_terminal_of_the_grammar_matches_is_its_token(name: str, data: st.DataObject) -> None:
    pattern = re.compile(PATTERNS[name].replace("\\/", "/"))
    word = data.draw(st.from_regex(pattern, fullmatch=True).filter(lambda word: len(word) < 80))
    assert kinds(word) == KEYWORDS.get(word, TERMINALS[name])


@pytest.mark.parametrize("name", sorted(set(FIXED) - PLACED))
def test_a_fixed_terminal_is_its_token(name: str) -> None:
    assert kinds(f"x {FIXED[name]} y")[1:-1] == TERMINALS[name]


@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_what_is_one_token_is_matched_by_its_terminal(name: str) -> None:
    pattern = re.compile(PATTERNS[name].replace("\\/", "/"))
    words = [
        "a",
        "A-1",
        "2024-02-29",
        "0",
        "-1_000.5%",
        '"a\\"b"',
        '"""a\n"b"""',
        "/a\\/b/",
        "a.b.c",
        "\r\n",
        ";",
        "\n",
    ]
    for word in words:
        found = scan(word)
        if found.kinds == TERMINALS[name] and word not in {"\n", "\r\n"}:
            assert pattern.fullmatch(word), word


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a -5", "n0"),
        ("holds >= 95% of 40", "nh0n0"),
        ("a; holds >= 4 of 5", "n;nh0n0"),
        ("a holds >= 4", "nng0"),
        ("must holds >= 4", "nng0"),
        ("when >= 4", "ng0"),
        (">= 4", "g0"),
        ("a - 5", "n-0"),
        ("(-5)", "(0)"),
        ("0..-5", "0.0"),
        ("A-5", "i"),
        ("a in: b", "nn:n"),
        ("a in b", "nen"),
        ("android", "n"),
        ("20%", "0"),
        ("{ a: b }", "rn:nc"),
        ("{ # c\n a : b }", "rn:nc"),
        ("{ a b }", "{nn}"),
        ("{}", "{}"),
        ("f { a b: c }", "n{nn:n}"),
        ("a.b", "m"),
        ('""', '"'),
        ('"# {" # "', '"'),
        ("/#/", "/"),
    ],
)
def test_words_are_told_apart(text: str, expected: str) -> None:
    assert kinds(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\nb", "n;n"),
        ("a\n\n # c\n b", "n;n"),
        ("a;b", "n;n"),
        ("a;\nb", "n;n"),
        ("a\n", "n"),
        ("\n\na", "n"),
        ("a\n and b", "n&n"),
        ("a\nor b", "non"),
        ("a\n # c\n\n | b", "n|n"),
        ("a\n{ b }", "n{n}"),
        ("a { b\n}", "n{n}"),
        ("(a\nb)", "(nn)"),
        ("[a,\nb]", "[n,n]"),
        ("{ a:\nb,\nc: d\n}", "rn:n,n:nc"),
        ("x\na,\n  b", "n;n,n"),
        ("x\na and # c\n  b", "n;n&n"),
        ("a,\nb", "n,n"),
    ],
)
def test_a_line_ends_where_nothing_makes_it_go_on(text: str, expected: str) -> None:
    assert kinds(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x\na,\nb", "n;n,;n"),
        ("x\n  when a <=\n  must b", "n;nnl;nn"),
        ("x { (a\nb\n}", "n{(n;n}"),
        ("x { a)\nb }", "n{n);n}"),
        ("x { a: b\nc d }", "n{n:n;nn}"),
        ("x { a: b; c d }", "n{n:n;nn}"),
        ("x ( { a", "n({n"),
        ("(]\na", "(];n"),
    ],
)
def test_a_fault_ends_with_its_line(text: str, expected: str) -> None:
    assert kinds(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "30days",
        "007",
        "1__0",
        "1.5.2",
        "==",
        "=>",
        "&&",
        "||",
        "!",
        "...",
        "é",
        "größe",
        "@",
        "$",
        "\x00",
        "\ud800",
        "\u202e",
        '"a',
        "'a'",
        "“a”",
        "1,000",
    ],
)
def test_what_is_no_token_is_one_bad_one(text: str) -> None:
    assert kinds(f"x {text}\ny") == f"n{BAD};n"


def test_each_character_is_a_token_of_its_kind() -> None:
    text = "a  b # c\n\t}"
    assert [(token.kind, text[token.start : token.end]) for token in tokenize(text)] == [
        ("n", "a"),
        (SPACE, "  "),
        ("n", "b"),
        (SPACE, " "),
        (COMMENT, "# c"),
        (NEWLINE, "\n"),
        (SPACE, "\t"),
        ("}", "}"),
    ]
