"""What the parser builds, and what it says of what it can't read."""

import pytest

from speclang.diagnostics.diagnostic import Diagnostic
from speclang.source.span import Unit
from speclang.source.text import LineIndex, SourceText
from speclang.syntax import tree
from speclang.syntax.edit import apply_edits, places
from speclang.syntax.parser import MAX_FILE, parse, parse_unit


def source(text: str) -> SourceText:
    return SourceText("a.spec", text)


def shape(node: tree.Value | tree.Item | tree.Argument | None) -> str:  # noqa: C901, PLR0912 - one case per node
    """A tree on one line: every node that holds others in brackets."""
    match node:
        case None:
            return "nothing"
        case tree.Name(text) | tree.Id(text) | tree.Number(text):
            return text
        case tree.Text():
            return repr(node.plain)
        case tree.Pattern(text):
            return f"/{text}/"
        case tree.Member(path):
            return ".".join(path)
        case tree.Quantity(number, unit):
            return f"{number.text}_{unit.text}"
        case tree.Argument(name, value):
            return f"{name}:{shape(value)}"
        case tree.Call(name, arguments):
            return f"{name.text}({', '.join(map(shape, arguments))})"
        case tree.Record(entries):
            return "{" + ", ".join(map(shape, entries)) + "}"
        case tree.Listed(items):
            return "[" + ", ".join(map(shape, items)) + "]"
        case tree.Run(parts):
            return "<" + " ".join(map(shape, parts)) + ">"
        case tree.Binary(op, left, right):
            return f"({shape(left)} {op} {shape(right)})"
        case tree.Not(operand):
            return f"(not {shape(operand)})"
        case tree.Group(value):
            return f"group{shape(value)}"
        case tree.Item(id_, head, values, body):
            inside = "" if body is None else " {" + "; ".join(map(shape, body)) + "}"
            return (
                (f"{id_.text} " if id_ else "") + head.text + "".join(f" {shape(value)}" for value in values) + inside
            )


def line(text: str) -> str:
    unit, found = parse_unit(Unit("a.spec", "x"), text, "feature x", 0)
    assert found == ()
    return shape(unit.item)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("default", "default"),
        ("when a or b and not c", "when (a or (b and (not c)))"),
        ("when not a = b", "when (not (a = b))"),
        ("when a or b or c", "when ((a or b) or c)"),
        ("when a + b * c - d <= 5 days", "when (((a + (b * c)) - d) <= 5_days)"),
        ("when f fails timeout and x", "when (<f fails timeout> and x)"),
        ("when tier in gold | silver", "when (tier in (gold | silver))"),
        ("when tier not in (gold, silver)", "when (tier not_in [gold, silver])"),
        ("when age in 5 .. 10 days", "when (age in (5 .. 10_days))"),
        ("when tier is not platinum", "when (tier is_not platinum)"),
        ("when (a or b) and c", "when (group(a or b) and c)"),
        ("given total money(USD) 0 .. 10_000", "given <total money(:USD) (0 .. 10_000)>"),
        ("type Tier = standard | gold", "type (Tier = (standard | gold))"),
        ("tool f(a: text /A[0-9]/, in: int)", "tool f(a:<text /A[0-9]/>, in:int)"),
        ("returns { total: money(USD), s: a | b, }", "returns {total:money(:USD), s:(a | b)}"),
        ('refuse "x" like "y", "z"', "refuse <'x' like 'y'> 'z'"),
        ("tags [a, b], c", "tags [a, b] c"),
        ("tags []", "tags []"),
        ("from lookup_order.total", "from lookup_order.total"),
        ("since 2024-02-29", "since 2024-02-29"),
        ("calls f()", "calls f()"),
        ("x (a)", "x groupa"),
        ("REF-1 rule {}", "REF-1 rule {}"),
        ('REF-1 rule "A" { when a; must b\n\n c { d } }', "REF-1 rule 'A' {when a; must b; c {d}}"),
        ("x 5 - 3, -3, a - b", "x (5 - 3) -3 (a - b)"),
        ("x a\n  | b\n  | c", "x ((a | b) | c)"),
    ],
)
def test_a_line_is_built_as_the_grammar_says(text: str, expected: str) -> None:
    assert line(text) == expected


def test_an_opener_is_a_unit_with_an_empty_body() -> None:
    file = parse(source('feature x "X" {\n  owner a\n}\n')).value
    assert [(unit.name.key, unit.parent, shape(unit.item)) for unit in file.units] == [
        ("feature x", "", "feature <x 'X'> {}"),
        ("owner a", "feature x", "owner a"),
    ]


def findings(text: str) -> list[tuple[str, int, str, str]]:
    """Code, line, what stands there, and title of each finding."""
    result = parse(source(text))
    where = places([result.value])
    index = LineIndex(text)
    found = []
    for one in result.diagnostics:
        at = where.locate(one.primary.span)
        found.append((one.code.id, index.position(at.start).line, text[at.start : at.end], one.title))
    return sorted(found, key=lambda one: one[1])


def repaired(text: str, finding: Diagnostic) -> str:
    assert finding.fix is not None
    result = apply_edits(source(text), finding.fix.edits, places([parse(source(text)).value]))
    assert result is not None
    return result.text


FIELD = "REF-1 rule {\n  %s\n  must approve\n}\n"

WRONG = [
    ("when age <=", "E0102", "", "expected a value after `<=`"),
    ("when and b", "E0102", "and", "expected a value after `when`"),
    ("must a, , b", "E0102", ",", "expected a value after `,`"),
    ("when a or", "E0102", "", "expected a value after `or`"),
    ("x (", "E0112", "(", "`(` has no `)` after it"),
    ("12 x", "E0101", "12", "`12` cannot stand at the start of a line"),
    ("a b: c", "E0101", ":", "`:` cannot stand after `b`"),
    ("a { b } c", "E0101", "c", "expected a new line or `;` before `c`"),
    ("{ b }", "E0101", "{", "expected a name before `{`"),
    ('because "never ends', "E0103", '"never ends', "this text never ends"),
    ("text /never ends", "E0103", "/never ends", "this pattern never ends"),
    ('because "a\\qb"', "E0106", "\\q", "`\\q` is no escape"),
    ('because "{b c}"', "E0106", "{b c}", "`{b c}` is no hole"),
    ("when a ≤ 3", "E0107", "≤", "`≤` is not `<=`"),
    ("when a => 3", "E0107", "=>", "`=>` is not `>=`"),
    ("when a == 3", "E0107", "==", "`==` is not `=`"),
    ("when a && b", "E0107", "&&", "`&&` is not `and`"),
    ("when a || b", "E0107", "||", "`||` is not `or`"),
    ("when !a", "E0107", "!", "`!` is not `not`"),
    ("when a\u00a0b", "E0107", "\u00a0", "`U+00A0` is not a space"),
    ("because “no”", "E0107", "“no”", '`“no”` is not `"no"`'),
    ("because 'no'", "E0107", "'no'", "`'no'` is not `\"no\"`"),
    ("x ｆｕｌｌ", "E0107", "ｆｕｌｌ", "`ｆｕｌｌ` is not `full`"),
    ("x 0...5", "E0107", "...", "`...` is not `..`"),
    ("x größe", "E0107", "größe", "`größe` is not a name"),
    ("x 5-3", "E0107", "-", "`-` has a space on both sides where it subtracts"),
    ("x $5", "E0107", "$5", "`$5` is not `5 USD`"),
    ("x @", "E0107", "@", "`@` means nothing here"),
    ("// no comment", "E0107", "//", "`//` is not `#`"),
    ("/* no comment */", "E0107", "/*", "`/*` is not `#`"),
    ("when 30days < a", "E0108", "30days", "`30days` is not a number"),
    ("x 007", "E0108", "007", "`007` is not a number"),
    ("x 1,000 USD", "E0108", "1,000", "`1,000` is not a number"),
    ("x .5", "E0108", ".5", "`.5` is not a number"),
    ("x 5.", "E0108", "5.", "`5.` is not a number"),
    ("x 5 %", "E0108", "5 %", "`5 %` is not a number"),
    ("x 1e5", "E0108", "1e5", "`1e5` is not a number"),
    ("A-1", "E0109", "", "expected a kind after `A-1`"),
    ('A-1 "x"', "E0109", '"x"', "expected a kind after `A-1`"),
    ("when " + "(" * 65 + "a" + ")" * 65, "E0110", "(", "brackets are nested deeper than 64"),
    ("x " + "a" * 101, "E0111", "a" * 101, "this name is longer than 100 characters"),
    ("x a" + " | a" * 300, "E0111", "x a" + " | a" * 300, "this chain of operators is longer than 250 words and signs"),
    ("when (a and b", "E0112", "(", "`(` has no `)` after it"),
    ("when a)", "E0112", ")", "`)` has no `(` before it"),
    ("tags [a, b", "E0112", "[", "`[` has no `]` after it"),
    ("when a < b < c", "E0113", "<", "comparisons cannot be chained"),
    ("when: a", "E0114", ":", "no `:` after the field `when`"),
    ("owner = a", "E0114", "=", "no `=` after the field `owner`"),
    ('because "a\u202eb"', "E0115", "\u202e", "a character that cannot be seen: U+202E (right-to-left override)"),
    ("# a\x00b", "E0115", "\x00", "a character that cannot be seen: U+0000 (null)"),
]


@pytest.mark.parametrize(("text", "code", "where", "title"), WRONG)
def test_a_wrong_line_is_told_in_its_writers_words_and_no_other_line_suffers(
    text: str, code: str, where: str, title: str
) -> None:
    assert findings(FIELD % text) == [(code, 2, where, title[:1].upper() + title[1:])]
    (unit,) = parse(source(FIELD % text)).value.units
    assert unit.item is not None
    assert unit.item.body is not None
    assert shape(unit.item.body[-1]) == "must approve"


@pytest.mark.parametrize("text", [text for text, *_ in WRONG])
def test_a_fix_of_one_step_leaves_nothing_wrong(text: str) -> None:
    whole = FIELD % text
    (finding,) = parse(source(whole)).diagnostics
    if finding.fix:
        assert findings(repaired(whole, finding)) == []


def test_each_broken_field_is_told() -> None:
    assert [
        one[:2]
        for one in findings(
            'REF-1 rule {\n  when a <\n  must ≤\n  over b\n  because "x\n}\nREF-2 rule {\n  when )\n}\n'
        )
    ] == [
        ("E0102", 2),
        ("E0107", 3),
        ("E0103", 5),
        ("E0112", 8),
    ]


def test_a_missing_brace_shows_the_one_that_stays_open_and_where_it_was_due() -> None:
    text = "feature x {\n  REF-1 rule {\n    must a\n\n  REF-2 rule {\n    must b\n  }\n}\n"
    (finding,) = parse(source(text)).diagnostics
    where = places([parse(source(text)).value])
    assert finding.title == "`REF-1 rule` has no closing `}`"
    assert text[: where.locate(finding.primary.span).start].endswith("must a")
    assert where.locate(finding.labels[0].span).start == text.index("{", 12)
    assert parse(source(repaired(text, finding))).diagnostics == ()


def test_a_feature_that_never_ends_is_told_at_its_end() -> None:
    text = "feature x {\n  owner a\n"
    (finding,) = parse(source(text)).diagnostics
    assert finding.title == "`feature x` has no closing `}`"
    assert parse(source(repaired(text, finding))).diagnostics == ()


def test_an_open_text_hides_no_second_fault_behind_it() -> None:
    assert [one[0] for one in findings('REF-1 rule {\n  text """\n  a }\n')] == ["E0103"]
    assert [one[0] for one in findings('feature x {\n  given a int { name "x }\n  owner b\n}\n')] == ["E0103"]


def test_a_closing_brace_too_many_is_told_once() -> None:
    assert [one[:3] for one in findings("feature x {\n  owner a\n  }\n  owner b\n}\n")] == [("E0104", 3, "}")]


def test_a_feature_without_its_brace_is_told() -> None:
    assert findings('feature x "X"\n  owner a\n}\n') == [("E0101", 1, "", "Expected `{` after `feature x`")]


def test_a_body_whose_fields_have_colons_is_no_record() -> None:
    assert [one[:2] for one in findings("REF-1 rule {\n  when: a\n  must: b\n}\n")] == [("E0114", 2), ("E0114", 3)]


def test_a_hidden_character_between_units_is_told() -> None:
    assert [one[:2] for one in findings("owner a\n# b\u202ec\nrole b\n")] == [("E0115", 2)]


def test_a_byte_order_mark_tabs_and_windows_line_ends_are_fine() -> None:
    plain = "feature x {\n  owner a\n  REF-1 rule { when b\n must c }\n}\n"
    windows = "\ufeff" + plain.replace("\n", "\r\n").replace("  ", "\t")
    assert findings(windows) == []
    assert [unit.item for unit in parse(source(windows)).value.units] == [
        unit.item for unit in parse(source(plain)).value.units
    ]


def test_a_file_that_is_too_large_is_not_read() -> None:
    result = parse(source("#" * (MAX_FILE + 1)))
    assert [one.title for one in result.diagnostics] == ["This file is longer than 16 MiB"]
    assert result.value.units == ()


@pytest.mark.parametrize(
    "piece",
    [
        "(",
        ")",
        "{",
        "}",
        "[",
        '"',
        '"""',
        "/",
        "\\",
        "“",
        "«",
        "'",
        "\0",
        "\ud800",
        "x {",
        "x {\n",
        "a,",
        "a;",
        "{ a: ",
        "not ",
        '"{',
        "\r",
        "1.",
        "a-",
        "feature x\n",
    ],
)
def test_long_texts_of_one_piece_are_read_to_their_end(piece: str) -> None:
    text = piece * 5_000
    for whole in (text, f"feature x {{\n  when {text}\n}}\n", f'x "{text}"', f"x {{\n  {text}"):
        parse(source(whole))


@pytest.mark.parametrize(
    "hidden",
    [
        *"\xad\u034f\u061c\u115f\u17b4\u180e\u200b\u200c\u200d\u200e\u202e\u2060\u2066\u3164\ufe0f\ufeff\uffa0\ufff9",
        "\U000e0041",
        "\U000e0100",
    ],
    ids=lambda one: f"U+{ord(one):04X}",
)
def test_a_letter_that_cannot_be_seen_is_told_at_its_place(hidden: str) -> None:
    for text in (f'a "go{hidden}on"', f"a go{hidden}on", f"a /go{hidden}on/", f"# go{hidden}on\na"):
        found = parse(SourceText("a.spec", text)).diagnostics
        assert found[0].code.id == "E0115", text
        assert f"U+{ord(hidden):04X}" in found[0].title


@pytest.mark.parametrize(
    ("text", "letter"),
    [("r\u0435newed", "\u0435"), ("con\ufb01rmed", "\ufb01"), ("\u041doly 2", "\u041d"), ("\uff52enew", "\uff52")],
)
def test_a_letter_that_looks_like_another_is_told_in_texts_and_patterns(text: str, letter: str) -> None:
    for written in (f'a "x {text} y"', f"a /{text}/", f'a """\n  {text}\n  """'):
        found = parse(SourceText("a.spec", written)).diagnostics
        assert [one.code.id for one in found] == ["E0116"], written
        assert f"U+{ord(letter):04X}" in found[0].title
        assert found[0].primary.span.start == written.index(letter)
    found = parse(SourceText("a.spec", f"{text.split(maxsplit=1)[0]} x")).diagnostics
    assert [one.code.id for one in found] == ["E0107"]


@pytest.mark.parametrize(
    "text", ["Поздно", "IT-отдел", "5 µg", "n\u00ba 5", "m\u00b2", "naïve café", "Ωmega", "日本go", "SMSом"]
)
def test_a_word_of_another_alphabet_is_left_alone(text: str) -> None:
    assert parse(SourceText("a.spec", f'a "{text}"')).diagnostics == ()


@pytest.mark.parametrize(
    "text",
    ["می\u200cخواهم", "क्\u200dष", "\U0001f468\u200d\U0001f469\u200d\U0001f467", "❤\ufe0f", "1\ufe0f⃣", "葛\U000e0100"],
)
def test_a_letter_that_shapes_the_one_before_it_belongs_to_a_text(text: str) -> None:
    assert parse(SourceText("a.spec", f'a "{text}"')).diagnostics == ()


def test_a_word_of_plain_letters_that_is_no_name_is_told_as_that() -> None:
    assert [one.title for one in parse(SourceText("a.spec", "owner a.b-c")).diagnostics] == ["`a.b-c` is not a name"]
