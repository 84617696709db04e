"""A span moves with its unit: a line above moves where it is found, and nothing else."""

from speclang.source.span import Places, Range, Span, Unit, covering, whole_file
from speclang.source.text import SourceText

UNIT = Unit("a.spec", "REF-1")


def test_a_span_is_found_where_its_unit_stands_today() -> None:
    span = Span(UNIT, 3, 7)
    for start in (0, 12, 9_000):
        places = Places.of([SourceText("a.spec", "")], {UNIT: start})
        assert places.locate(span) == Range("a.spec", start + 3, start + 7)


def test_a_span_of_a_file_as_a_whole_counts_from_its_start() -> None:
    assert Places().locate(whole_file("b.toml", 2, 5)) == Range("b.toml", 2, 5)


def test_a_span_covers_both_ends_in_either_order() -> None:
    first, last = Span(UNIT, 3, 7), Span(UNIT, 5, 6)
    assert covering(first, last) == covering(last, first) == Span(UNIT, 3, 7)
