"""The one style, by example: what is written, and what it becomes."""

import pytest

from speclang.source.text import SourceText
from speclang.syntax.format import format_source


def formatted(text: str) -> str:
    result = format_source(SourceText("a.spec", text))
    assert result.diagnostics == ()
    assert format_source(SourceText("a.spec", result.value)).value == result.value
    return result.value


CASES = {
    "two blanks a step, and values of a requirement in one column": (
        'REF-1 rule "A" {\nwhen age<=30 days\n    must_not  approve\n\tbecause   "x"\ndefault\n}',
        'REF-1 rule "A" {\n  when    age <= 30 days\n  must_not approve\n  because "x"\n  default\n}\n',
    ),
    "values of a declaration start after its longest field": (
        'given a bool {\n name "x"\n from user\n yes "y"\n}\n',
        'given a bool {\n  name "x"\n  from user\n  yes  "y"\n}\n',
    ),
    "blanks around operators and after commas only": (
        "x f( a:b ,c ),[ a,b ],{ a:b },( a|b ),0..5,not(a and b),a = -3",
        "x f(a: b, c), [a, b], { a: b }, (a | b), 0 .. 5, not (a and b), a = -3\n",
    ),
    "a bracket after the name of a field stands apart": ("when(a or b)", "when (a or b)\n"),
    "declarations of one head are a table": (
        'given total money(USD) { name "t" }\ngiven age days 0 .. 365 { name "a" }\ngiven receipt bool {\n  from user\n}\n',
        'given total   money(USD)    { name "t" }\ngiven age     days 0 .. 365 { name "a" }\ngiven receipt bool {\n  from user\n}\n',
    ),
    "a blank line ends a table": (
        "type A = a\ntype Long = b\n\ntype B = c\n",
        "type A    = a\ntype Long = b\n\ntype B = c\n",
    ),
    "requirements are no table": ("A-1 x { a }\nLONG-1 x { b }\n", "A-1 x { a }\nLONG-1 x { b }\n"),
    "neighbouring fields of a feature are aligned": (
        "feature x {\nowner a\ninclude b\nexclusive c, d\n\nowner e\n}\n",
        "feature x {\n  owner     a\n  include   b\n  exclusive c, d\n\n  owner e\n}\n",
    ),
    "texts that name a value are aligned": (
        'given a T {\n  say cancelled "x"\n  say late "y"\n}\n',
        'given a T {\n  say cancelled "x"\n  say late      "y"\n}\n',
    ),
    "a body on one line stays there": ('x {name  "a";from   user ;}', 'x { name "a"; from user }\n'),
    "an empty body is two braces": ("x {  }\ny {\n}\n", "x {}\ny {\n}\n"),
    "a body that does not fit is opened": (
        "x { " + "; ".join(["name abcdefghijklmnop"] * 5) + " }",
        "x {\n" + "  name abcdefghijklmnop\n" * 5 + "}\n",
    ),
    "fields share no line in a body of more lines": ("x {\n  a; b; # c\n}\n", "x {\n  a\n  b     # c\n}\n"),
    "a feature is always opened": ("feature x { owner a; role b }", "feature x {\n  owner a\n  role  b\n}\n"),
    "a brace comes up to its line": ("x\n{\n a\n}\n", "x {\n  a\n}\n"),
    "comments between a line and its brace go in": ("x # one\n # two\n{\n a\n}\n", "x {  # one\n  # two\n  a\n}\n"),
    "one blank line at most, and none at the ends": (
        "\n\n\na\n\n\n\nb {\n\n c\n\n\n d\n\n}\n\n\n",
        "a\n\nb {\n  c\n\n  d\n}\n",
    ),
    "comments take the place of what they stand before": (
        "  # top\nx {\n# a\n      # b\n  c\n # end\n}\n # last",
        "# top\nx {\n  # a\n  # b\n  c\n  # end\n}\n# last\n",
    ),
    "comments behind lines keep their column where it is one": (
        "x {\n  a b       # one\n  c d e     # two\n}\n",
        "x {\n  a b       # one\n  c d e     # two\n}\n",
    ),
    "comments behind lines come into one column where they are in none": (
        "x {\n  a b # one\n  c d e    # two\n}\n",
        "x {\n  a b    # one\n  c d e  # two\n}\n",
    ),
    "a line that is broken stays broken": (
        "REF-1 x {\n  when a\n and b  # why\n    or c\n}\n",
        "REF-1 x {\n  when    a\n          and b  # why\n          or c\n}\n",
    ),
    "entries of a record on lines of their own": (
        "tool f() {\n returns { a: b, # c\n   # d\n c: [\n e ] }\n}\n",
        "tool f() {\n  returns { a: b,  # c\n    # d\n    c: [\n      e] }\n}\n",
    ),
    "lines of a block text move together": (
        'x {\n      text """\n          one\n            two\n\n   \n          three\n      """\n}\n',
        'x {\n  text """\n    one\n      two\n\n\n    three\n  """\n}\n',
    ),
    "a block text that starts or ends beside its quotes keeps doing so": (
        'x {\n text """one\n   two\n   three"""\n}\n',
        'x {\n  text """one\n    two\n    three"""\n}\n',
    ),
    "Windows line ends, tabs and a byte order mark go": ("\ufeffx {\r\n\ta\t# b\r\n}\r\n", "x {\n  a  # b\n}\n"),
    "a sign that says nothing goes": (
        "P-1 prose { holds   >=95% of 40 }",
        "P-1 prose { holds 95% of 40 }\n",
    ),
    "an empty file stays empty": ("\n  \n", ""),
    "a body inside a body": (
        "x {\n y a { z b; z { c } }\n name d {\n e\n}\n}\n",
        "x {\n  y a { z b; z { c } }\n  name d {\n    e\n  }\n}\n",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_the_style(case: str) -> None:
    written, expected = CASES[case]
    assert formatted(written) == expected


def test_what_is_wrong_is_not_formatted() -> None:
    text = "x {\n a <\n b\n"
    result = format_source(SourceText("a.spec", text))
    assert result.value == text
    assert [one.code.id for one in result.diagnostics] == ["E0102", "E0105"]
