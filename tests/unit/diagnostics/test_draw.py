"""What a picture looks like, whatever the text is that it shows."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speclang.diagnostics.diagnostic import Diagnostic, Edit, Fix, Label
from speclang.diagnostics.draw import draw, draw_all
from speclang.diagnostics.width import columns
from speclang.source.span import whole_file
from tests.unit.diagnostics.drawing import CODE, NOTE, WARNING, finding, places, span


def picture(text: str, *labels: Label, width: int = 100) -> str:
    return draw(finding(*labels), places(a=text), width=width)


def under(text: str, part: str) -> tuple[str, str]:
    """The drawn line that holds `part` and the marks under it."""
    lines = picture(text, Label(span(text, part))).splitlines()
    at = next(number for number, line in enumerate(lines) if "^" in line)
    return lines[at - 1], lines[at]


def covered(line: str, marks: str) -> str:
    """The characters of `line` that stand above the marks, by columns."""
    first, last = marks.index("^"), marks.rindex("^")
    at, found = 0, ""
    for character in line:
        if first <= at <= last:
            found += character
        at += columns(character)
    return found


def test_a_picture_tells_what_where_and_what_to_do() -> None:
    text = "first line\nwhen age > 30\nlast line\n"
    one = Diagnostic(
        code=CODE,
        title="`age` has no unit",
        primary=Label(span(text, "30"), "a number"),
        labels=(Label(span(text, "age"), "days"),),
        witness=(("age", "31 days"), ("x", "no")),
        notes=("it matters",),
        fix=Fix("write `30 days`", (Edit(span(text, "30"), "30 days"),)),
    )
    assert draw(one, places(a=text)) == (
        "error[E0299]: `age` has no unit\n"
        " --> a.spec:2:12\n"
        "  |\n"
        "2 | when age > 30\n"
        "  |      ---   ^^ a number\n"
        "  |      days\n"
        "  |\n"
        "  = input: age = 31 days\n"
        "  =        x   = no\n"
        "  = note: it matters\n"
        "  = fix: write `30 days`\n"
        "  =      when age > 30 days\n"
    )


@pytest.mark.parametrize(
    "before",
    ["", "\t", "\t\t  ", "日本語 ", "e\u0301a\u0300 ", "\u200b\u202e", "\x1b[31m", "👍🏽 ", "\ufeff", "ａｂ\t"],
)
@pytest.mark.parametrize("part", ["word", "日本", "e\u0301\u0302x", "a\tb", "\x07x", "ｗ"])
def test_the_marks_stand_under_what_they_mean(before: str, part: str) -> None:
    line, marks = under(f"{before}{part} and more\n", part)
    shown = covered(line, marks)
    _, part_alone = line.split(" | ", 1)
    assert shown in part_alone
    bare = unicodedata.normalize("NFD", part)[0]
    if bare.isprintable():
        assert shown.startswith(bare)
    assert columns(shown) == marks.count("^")
    assert marks.rstrip().endswith("^")


controls = st.text(
    st.sampled_from(
        "ab\t\x00\x07\x1b\x7f\x9b\u200b\u200e\u202a\u202e\u2066\u2069\u2028\u2029\u0085\ufeff\U000e0001[31m"
    )
)


@given(st.text(max_size=30) | controls, st.text(max_size=30) | controls, st.integers(0, 60), st.integers(0, 60))
def test_nothing_of_the_text_reaches_the_terminal_that_it_would_obey(
    text: str, words: str, start: int, end: int
) -> None:
    low, high = sorted((min(start, len(text)), min(end, len(text))))
    primary = Label(whole_file("a.spec", low, high), words)
    one = Diagnostic(
        code=CODE,
        title=words,
        primary=primary,
        labels=(Label(whole_file("a.spec"), words),),
        witness=((words, words),),
        notes=(words,),
        fix=Fix(words, (Edit(primary.span, words),)),
    )
    shown = draw_all([one], places(a=text), colour=False, width=80)
    assert not re.search(
        "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]", shown
    )
    assert all(line == line.rstrip() for line in shown.split("\n"))


def test_the_name_of_a_file_is_shown_safely() -> None:
    name = "a\x1b[31m\n.spec"
    one = finding(Label(whole_file(name), "here"))
    assert "\x1b" not in draw(one, places())
    assert draw(one, places()).count("\n") == 2


def test_several_labels_on_one_line_are_told_one_below_the_other() -> None:
    text = "one two three four\n"
    shown = picture(
        text,
        Label(span(text, "four"), "last"),
        Label(span(text, "one"), "first"),
        Label(span(text, "two three"), "middle"),
    )
    assert shown.splitlines()[3:] == [
        "1 | one two three four",
        "  | --- --------- ^^^^ last",
        "  |     middle",
        "  | first",
    ]


def test_labels_that_overlap_are_all_told() -> None:
    text = "one two three\n"
    shown = picture(text, Label(span(text, "two"), "inner"), Label(span(text, "one two three"), "outer"))
    assert "inner" in shown
    assert "outer" in shown


def test_an_empty_span_is_one_mark_wide() -> None:
    text = "one two\n"
    shown = picture(text, Label(whole_file("a.spec", 4, 4), "here"))
    assert "  |     ^ here" in shown.splitlines()


@pytest.mark.parametrize("text", ["", "\n", "one", "one\n", "one\r\n", "one\n\n"])
def test_the_end_of_a_file_can_be_shown(text: str) -> None:
    shown = picture(text, Label(whole_file("a.spec", len(text), len(text)), "ends here"))
    lines = text.count("\n") + 1
    assert f"a.spec:{lines}:" in shown
    assert "^ ends here" in shown


def test_a_span_beyond_the_end_is_shown_at_the_end() -> None:
    shown = picture("one\n", Label(whole_file("a.spec", 900, 1000), "gone"))
    assert "gone" in shown


def test_a_span_of_several_lines_says_how_far_it_goes() -> None:
    text = "one {\n  two\n  three\n}\nfour\n"
    shown = picture(text, Label(span(text, "{\n  two\n  three\n}"), "this block"))
    assert "1 | one {" in shown
    assert "^ this block (and 3 more lines)" in shown


def test_lines_between_two_labels_are_left_out_unless_it_is_one() -> None:
    text = "one\ntwo\nthree\nfour\nfive\nsix\n"
    assert picture(text, Label(span(text, "one")), Label(span(text, "three"))).splitlines()[3:] == [
        "1 | one",
        "  | ^^^",
        "2 | two",
        "3 | three",
        "  | -----",
    ]
    assert "2 | two" not in picture(text, Label(span(text, "one")), Label(span(text, "six")))


def test_other_files_follow_with_their_names_and_one_gutter() -> None:
    a, b = "use it\n", "\n" * 98 + "one\ntwo is said here\n"
    shown = draw(finding(Label(span(a, "it"), "used"), Label(span(b, "two", "b.spec"), "said")), places(a=a, b=b))
    assert shown.splitlines() == [
        "error[E0299]: It is wrong",
        "   --> a.spec:1:5",
        "    |",
        "  1 | use it",
        "    |     ^^ used",
        "    |",
        "   ::: b.spec:100:1",
        "    |",
        "100 | two is said here",
        "    | --- said",
    ]


def test_a_file_whose_text_is_not_known_is_named() -> None:
    assert draw(finding(Label(whole_file("gone.spec"), "not there")), places()) == (
        "error[E0299]: It is wrong\n --> gone.spec (not there)\n"
    )


@pytest.mark.parametrize("unit", ["x", "日", "e\u0301", "\x1b"])
@pytest.mark.parametrize("at", [0, 50, 5_000, 99_990])
def test_a_very_long_line_is_cut_to_what_is_meant(unit: str, at: int) -> None:
    text = unit * at + "HERE" + unit * (100_000 - at)
    shown = picture(text, Label(whole_file("a.spec", at * len(unit), at * len(unit) + 4), "this"), width=80)
    assert "HERE" in shown
    assert columns(shown.splitlines()[3]) <= 80
    line, marks = next(
        (line, marks) for line, marks in zip(shown.splitlines(), shown.splitlines()[1:], strict=False) if "^" in marks
    )
    assert covered(line, marks.removesuffix(" this")).strip("\u0301") == "HERE"


def test_a_long_span_in_a_long_line_is_cut_too() -> None:
    shown = picture("x" * 100_000, Label(whole_file("a.spec", 10, 99_000), "long"), width=80)
    assert len(shown) < 1_000


def test_findings_are_counted_and_lead_on() -> None:
    found = [finding(Label(whole_file("a.spec")), code=code) for code in (CODE, CODE, WARNING, NOTE)]
    last = draw_all(found, places(a="x\n"), colour=False, width=80).splitlines()[-2:]
    assert last == ["2 errors, 1 warning, 1 note", "`specc explain E0299` tells more"]


def test_colour_changes_nothing_but_colour() -> None:
    text = "日本 one\ttwo\nthree\n"
    one = finding(Label(span(text, "two"), "a"), Label(span(text, "three"), "b"))
    plain, painted = (draw_all([one], places(a=text), colour=colour, width=80) for colour in (False, True))
    assert "\x1b[" in painted
    assert re.sub("\x1b\\[[0-9;]*m", "", painted) == plain


def test_a_fix_that_takes_away_the_end_of_a_long_line_is_shown() -> None:
    text = "x" * 300 + " rest\n"
    one = Diagnostic(
        code=CODE,
        title="It is wrong",
        primary=Label(span(text, " rest")),
        fix=Fix("remove ` rest`", (Edit(span(text, " rest"), " "),)),
    )
    assert draw(one, places(a=text), width=60).splitlines()[-1].endswith("x")
