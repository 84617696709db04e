"""Findings for machines are well-formed, whatever stands in them, and lead to the same places."""

import json
import re
import urllib.parse
from importlib import resources
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from speclang.diagnostics.diagnostic import Diagnostic, Edit, Fix, Label
from speclang.diagnostics.formats import github, junit, sarif
from speclang.diagnostics.formats import json as as_json
from speclang.source.span import Places, Span, whole_file
from tests.unit.diagnostics.drawing import CODE, NOTE, WARNING, finding, places, span

FINDINGS = json.loads(
    resources.files("speclang.diagnostics.schemas").joinpath("findings.schema.json").read_text("utf-8")
)
SARIF = json.loads(Path(__file__).with_name("sarif.schema.json").read_text("utf-8"))
PUBLISHED = json.loads((Path(__file__).parents[2] / "fixtures/sarif/sarif-schema-2.1.0.json").read_text("utf-8"))
TEXT = "one two\nthree é 日本\n\tfour\n"
PLACES = places(a=TEXT, b="")

names = st.sampled_from(("a.spec", "b.spec", "gone.spec", "sub dir/é%,:.spec"))
texts = st.text(max_size=12) | st.sampled_from(
    (
        "",
        "a%b",
        "a\nb",
        "a\r\nb",
        "a,b:c::d",
        "<a & 'b' \"c\">",
        "]]>",
        "\x00\x1b[0m\x0b\x85",
        "\ud800",
        "\ufffe\uffff",
        "\u2028",
    )
)
said = texts.filter(bool)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    start = draw(st.integers(0, len(TEXT) + 3))
    return whole_file(draw(names), start, start + draw(st.integers(0, 12)))


labels = st.builds(Label, spans(), texts)
fixes = st.builds(Fix, said, st.lists(st.builds(Edit, spans(), texts), max_size=3).map(tuple), st.booleans())
findings = st.builds(
    Diagnostic,
    code=st.sampled_from((CODE, NOTE, WARNING)),
    title=said,
    primary=labels,
    labels=st.lists(labels, max_size=2).map(tuple),
    witness=st.lists(st.tuples(texts, texts), max_size=2).map(tuple),
    notes=st.lists(texts, max_size=2).map(tuple),
    fix=st.none() | fixes,
    requirement=texts,
)
several = st.lists(findings, max_size=3)


def parsed(document: str) -> ET.Element:
    return ET.fromstring(document.encode("utf-8"))  # noqa: S314 - our own output


@given(several)
def test_json_keeps_to_its_published_schema(found: list[Diagnostic]) -> None:
    data = json.loads(as_json.render(found, PLACES))
    jsonschema.Draft202012Validator(FINDINGS).validate(data)
    assert [one["title"] for one in data["findings"]] == [one.title for one in found]


@given(several)
def test_sarif_keeps_to_the_standard(found: list[Diagnostic]) -> None:
    text = sarif.render(found, PLACES)
    log = json.loads(text)
    jsonschema.Draft202012Validator(SARIF).validate(log)
    jsonschema.Draft4Validator(PUBLISHED).validate(log)
    run = log["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    for one, result in zip(found, run["results"], strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == one.code.id
        place = result["locations"][0]["physicalLocation"]
        assert urllib.parse.unquote(place["artifactLocation"]["uri"]) == one.primary.span.unit.file
        for region in regions(result):
            assert (region["startLine"], region["startColumn"]) <= (region["endLine"], region["endColumn"])


def regions(node: Any) -> list[dict[str, int]]:
    """Every region below `node`."""
    if isinstance(node, list):
        return [found for one in node for found in regions(one)]
    if not isinstance(node, dict):
        return []
    return ([node] if "startLine" in node else []) + [found for one in node.values() for found in regions(one)]


@given(several)
def test_junit_is_well_formed_and_counts_what_it_holds(found: list[Diagnostic]) -> None:
    suite = parsed(junit.render(found, PLACES))
    cases = suite.findall("testcase")
    failures = suite.findall("testcase/failure")
    assert len(cases) == int(suite.attrib["tests"]) == max(1, len(found))
    assert len(failures) == int(suite.attrib["failures"]) == sum(one.code is CODE for one in found)


LINE = re.compile(r"::(error|warning|notice) ((?:[a-zA-Z]+=[^:,\r\n]*,?)+)::([^\r\n]*)")


@given(several)
def test_a_line_for_github_is_one_command_whatever_the_text(found: list[Diagnostic]) -> None:
    lines = github.render(found, PLACES).split("\n")[:-1]
    assert len(lines) == len(found)
    for line, one in zip(lines, found, strict=True):
        command = LINE.fullmatch(line)
        assert command is not None, line
        told = dict(pair.split("=", 1) for pair in command[2].split(","))
        assert unescaped(told["file"]) == one.primary.span.unit.file
        assert unescaped(told["title"]) == f"{one.code.id}: {one.title}"


def unescaped(text: str) -> str:
    """What GitHub's runner makes of a property."""
    for code, letter in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, letter)
    return text


def test_a_finding_is_the_same_place_in_every_format() -> None:
    one = Diagnostic(
        code=WARNING,
        title="`four` is late",
        primary=Label(span(TEXT, "日本\n\tfour"), "from here"),
        labels=(Label(span(TEXT, "two"), "and here"),),
        witness=(("age", "31 days"),),
        notes=("it matters",),
        fix=Fix("write `five`", (Edit(span(TEXT, "four"), "five"),)),
        requirement="REF-1",
    )
    assert github.render([one], PLACES) == (
        "::warning file=a.spec,title=E0298%3A `four` is late,line=2,col=9,endLine=3"
        "::from here%0Ainput: age = 31 days%0Ait matters%0Afix: write `five`\n"
    )
    (told,) = json.loads(as_json.render([one], PLACES))["findings"]
    assert told["place"] == {"file": "a.spec", "line": 2, "column": 9, "end_line": 3, "end_column": 6}
    assert told["fix"]["edits"] == [
        {"place": {"file": "a.spec", "line": 3, "column": 2, "end_line": 3, "end_column": 6}, "text": "five"}
    ]
    (result,) = json.loads(sarif.render([one], PLACES))["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["region"] == {
        "startLine": 2,
        "startColumn": 9,
        "endLine": 3,
        "endColumn": 6,
    }
    assert result["relatedLocations"][0]["message"]["text"] == "and here"
    assert result["properties"] == {"requirement": "REF-1"}
    case = parsed(junit.render([one], PLACES)).find("testcase")
    assert case is not None
    assert case.attrib["line"] == "2"
    assert "2 | three é 日本" in (case.findtext("system-out") or "")


@pytest.mark.parametrize("render", [as_json.render, sarif.render, junit.render, github.render])
def test_nothing_found_is_a_document_too(render: Any) -> None:
    text = render([], Places())
    if render is github.render:
        assert text == ""
    elif render is junit.render:
        assert parsed(text).findall("testcase/failure") == []
    else:
        assert json.loads(text)


def test_the_fingerprint_of_a_finding_does_not_change_when_it_moves() -> None:
    before, after = finding(Label(whole_file("a.spec", 3, 4))), finding(Label(whole_file("a.spec", 8, 9)))
    marks = [
        json.loads(sarif.render([one], PLACES))["runs"][0]["results"][0]["partialFingerprints"]
        for one in (before, after)
    ]
    assert marks[0] == marks[1]
