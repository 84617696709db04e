"""Shared by the tests of bind: files in, program and findings out."""

from pathlib import Path

from speclang.bind import bind
from speclang.diagnostics.diagnostic import Diagnostic
from speclang.model.feature import Feature
from speclang.model.program import Program
from speclang.source.span import Places
from speclang.source.text import LineIndex, SourceText
from speclang.syntax.parser import parse

SPECS = Path(__file__).parents[3] / "specs"


def bound(*files: tuple[str, str]) -> tuple[Program, list[Diagnostic], Places]:
    """The program of `files` (name and text), all findings, and where units stand."""
    parsed = [parse(SourceText(name, text)) for name, text in files]
    result = bind([one.value for one in parsed])
    starts = {unit.name: unit.start for one in parsed for unit in one.value.units}
    places = Places.of([one.value.source for one in parsed], starts)
    return result.value, [*(found for one in parsed for found in one.diagnostics), *result.diagnostics], places


def findings(*files: tuple[str, str]) -> list[tuple[str, int, str]]:
    """Code, line and marked text of each finding, in the order of their places."""
    _, found, places = bound(*files)
    ranges = [(places.locate(one.primary.span), one.code.id) for one in found]
    return [
        (
            code,
            LineIndex(places.sources[at.file].text).position(at.start).line,
            places.sources[at.file].text[at.start : at.end],
        )
        for at, code in sorted(ranges)
    ]


def feature(text: str) -> Feature:
    """The one feature of a text without findings."""
    program, found, _ = bound(("example.spec", text))
    assert [(one.code.id, one.title) for one in found] == []
    (only,) = program.features
    return only


def files_of(*folders: str) -> list[tuple[str, str]]:
    """The files of the specs that ship, by their paths from the root."""
    return [
        (f"specs/{path.relative_to(SPECS).as_posix()}", path.read_text(encoding="utf-8"))
        for folder in folders
        for path in sorted((SPECS / folder).rglob("*.spec"))
    ]
