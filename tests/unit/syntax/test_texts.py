"""What a quoted text says, and where its pieces stand."""

import pytest

from speclang.syntax import tree
from speclang.syntax.texts import Fault, read_text


def said(written: str) -> tuple[str, list[Fault]]:
    faults: list[Fault] = []
    text = read_text(written, 0, faults)
    for piece in text.pieces:
        stands = written[piece.start : piece.end]
        if isinstance(piece, tree.Chunk) and len(stands) == len(piece.text):
            assert stands == piece.text
    return text.plain, faults


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ('""', ""),
        ('"a b"', "a b"),
        (r'"a\"b\\c\nd\te"', 'a"b\\c\nd\te'),
        (r'"\{age\} {age.limit} }"', "{age} {age.limit} }"),
        (r'"{REF-1}"', "{REF-1}"),
        ('"""one line"""', "one line"),
        ('"""\n    one\n      two\n    three\n  """', "one\n  two\nthree\n"),
        ('"""\n    one\n\n      \n    two"""', "one\n\n\ntwo"),
        ('"""first\n    second\n    """', "first\nsecond\n"),
        ('"""\r\n    one\r\n    two\r\n    """', "one\ntwo\n"),
        ('"""\n\tone\n\t two\n"""', "one\n two\n"),
        ('"""\n  one\n\ttwo\n"""', "  one\n\ttwo\n"),
        ('"""\n"""', ""),
        ('"""\n\n"""', "\n"),
        ('""" """', " "),
        ('"""\n  keeps trailing  \n  """', "keeps trailing  \n"),
        ('"""a "quoted" word, ""two"" of them"""', 'a "quoted" word, ""two"" of them'),
        ('"""\\""" \\{x} {x} \\n \\\\"""', '""" {x} {x} \\n \\\\'),
    ],
)
def test_a_text_says_what_is_meant(written: str, meant: str) -> None:
    assert said(written) == (meant, [])


@pytest.mark.parametrize(
    ("written", "kind", "where"),
    [
        (r'"a\qb"', "escape", r"\q"),
        ('"a {b c} d"', "hole", "{b c}"),
        ('"a { d"', "hole", "{"),
        ('"{}"', "hole", "{}"),
        ('"{1a}"', "hole", "{1a}"),
        ('"""\n  {"a": 1}\n"""', "hole", '{"a": 1}'),
    ],
)
def test_a_fault_in_a_text_is_told_with_its_place(written: str, kind: str, where: str) -> None:
    _, (fault,) = said(written)
    assert (fault.kind, written[fault.start : fault.end]) == (kind, where)


def test_a_chunk_never_spans_an_escape_a_hole_or_a_line() -> None:
    faults: list[Fault] = []
    text = read_text('"""\n    one \\{ {x}\n    two\n    """', 100, faults)
    assert text.pieces == (
        tree.Chunk("one ", 0, 0),
        tree.Chunk("{", 0, 0),
        tree.Chunk(" ", 0, 0),
        tree.Hole("x", 0, 0),
        tree.Chunk("\n", 0, 0),
        tree.Chunk("two\n", 0, 0),
    )
    assert [(piece.start - 100, piece.end - 100) for piece in text.pieces] == [
        (8, 12),
        (12, 14),
        (14, 15),
        (15, 18),
        (18, 19),
        (23, 27),
    ]


def test_a_text_that_is_too_long_is_not_read() -> None:
    text, (fault,) = said('"' + "a" * 1_000_001 + '"')
    assert (text, fault.kind) == ("", "long")
