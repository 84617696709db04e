"""What the examples that ship are built into: every field has an origin, every file keeps to its schema, bytes never vary."""

import hashlib
import io
import json
import os
import subprocess
import sys
from functools import cache
from importlib import resources
from pathlib import Path

import jsonschema
import pytest
import yaml
from ruamel.yaml import YAML

from speclang.bind import bind
from speclang.emit.emit import emit
from speclang.emit.resolve import TraceMap
from speclang.lowering.lower import lower
from speclang.plan.artifact import Artifact
from speclang.plan.plan import Plan
from speclang.project.paths import files_below
from speclang.source.span import Places
from speclang.source.text import SourceText
from speclang.syntax.parser import parse

ROOT = Path(__file__).parents[2]
FEATURES = ("airline", "extraction", "first", "refunds", "tracking")


@cache
def built(*, backwards: bool = False) -> tuple[Plan, tuple[Artifact, ...], Places]:
    """The plan and the files of all examples, from files in either order."""
    paths = sorted((ROOT / name for name in files_below(ROOT, "specs", ".spec")), reverse=backwards)
    sources = [SourceText(path.relative_to(ROOT).as_posix(), path.read_text("utf-8")) for path in paths]
    files = [parse(source).value for source in sources]
    plan = lower(bind(files).value).value
    places = Places.of(sources, {unit.name: unit.start for file in files for unit in file.units})
    return plan, emit(plan, places).value, places


def of(feature: str, name: str) -> Artifact:
    return next(one for one in built()[1] if one.path == f"generated/{feature}/{name}")


@pytest.mark.parametrize("feature", FEATURES)
def test_every_character_and_every_field_leads_to_a_requirement_or_a_declaration(feature: str) -> None:
    plan, _, places = built()
    known = {owner for one in plan.features if one.feature == feature for owner, _ in one.owners}
    trace = TraceMap(of(feature, "trace.json").text)
    offset = 0
    for part in of(feature, "prompt.md").parts:
        for mark in part.marks:
            for inside in (mark.start, mark.end - 1):
                found = trace.prompt(offset + inside)
                assert found is not None
                assert found[1].owner in known
                assert found[1] == (mark.origin.owner, mark.origin.field, *places.locate(mark.origin.span))
        offset += len(part.text)
    assert offset == len(of(feature, "prompt.md").text)
    cases = yaml.safe_load(of(feature, "cases.yaml").text)
    for grader in cases["graders"]:
        for path in leaves(grader):
            assert {source.owner for _, source in trace.grader(grader["grader"], path)} <= known
    for case in cases["cases"]:
        for path in leaves(case):
            found_all = trace.case(case["case"], path)
            assert found_all
            assert {source.owner for _, source in found_all} <= known
    for path in [path for path in leaves(cases) if not path.startswith(("graders/", "cases/"))]:
        assert trace.head(path).owner in known


def leaves(data: object, path: str = "") -> list[str]:
    """The path of every field below `data` that holds no others."""
    steps: list[tuple[str, object]] = []
    if isinstance(data, dict):
        steps = [(str(key).replace("~", "~0").replace("/", "~1"), item) for key, item in data.items()]
    elif isinstance(data, list) and data and isinstance(data[0], dict):
        steps = [(str(number), item) for number, item in enumerate(data)]
    if not steps:
        return [path]
    return [leaf for step, item in steps for leaf in leaves(item, f"{path}/{step}" if path else step)]


@pytest.mark.parametrize("feature", FEATURES)
def test_the_source_of_a_hole_is_its_text(feature: str) -> None:
    """Where the plan says that a piece of the prompt is the spec's own text, the characters at its origin are the same."""
    plan, _, places = built()
    one = next(one for one in plan.features if one.feature == feature)
    for piece in (
        piece for section in one.sections for clause in section.clauses for piece in clause.pieces if piece.hole
    ):
        file, start, end = places.locate(piece.origin.span)
        written = places.sources[file].text[start:end]
        assert written.split() == piece.text.split() or plain(written) == plain(piece.text)


def plain(text: str) -> str:
    """A value without what may differ between how it is spelled and how it is shown."""
    return text.replace("_", " ").replace(",", " ").replace(" ", "").replace('"', "").replace("\\", "")


@pytest.mark.parametrize("feature", FEATURES)
def test_the_files_keep_to_their_published_schemas(feature: str) -> None:
    for name, data in (
        ("cases", yaml.safe_load(of(feature, "cases.yaml").text)),
        ("trace", json.loads(of(feature, "trace.json").text)),
    ):
        schema = json.loads(resources.files("speclang.emit.schemas").joinpath(f"{name}.schema.json").read_text("utf-8"))
        jsonschema.Draft202012Validator(schema).validate(data)


@pytest.mark.parametrize("feature", ["first", "refunds"])
def test_both_versions_of_yaml_read_the_same_cases(feature: str) -> None:
    text = of(feature, "cases.yaml").text
    assert yaml.safe_load(text) == YAML(typ="safe", pure=True).load(io.StringIO(text))


def test_the_order_of_input_files_changes_no_byte() -> None:
    assert [(one.path, one.text) for one in built()[1]] == [(one.path, one.text) for one in built(backwards=True)[1]]


def test_two_hash_seeds_give_the_same_bytes() -> None:
    code = "from tests.laws.test_artifacts import fingerprint; print(fingerprint())"
    seen = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert seen == {fingerprint() + "\n"}


def fingerprint() -> str:
    """One hash over all files."""
    whole = "".join(f"{one.path}\0{one.text}\0" for one in built()[1])
    return hashlib.sha256(whole.encode()).hexdigest()


def test_no_two_parts_of_a_file_share_kind_and_id() -> None:
    for artifact in built()[1]:
        keys = [(part.kind, part.id) for part in artifact.parts]
        assert len(keys) == len(set(keys))


def test_every_case_is_judged_by_something() -> None:
    for feature in built()[0].features:
        always = any(grader.always for grader in feature.graders)
        assert all(case.uses or always for case in feature.cases)
