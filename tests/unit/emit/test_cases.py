"""`cases.yaml` holds what the plan says, reads as YAML 1.1 and 1.2, and falls into parts without a reader of YAML."""

import io
import json
import re
from dataclasses import replace
from importlib import resources
from typing import cast

import jsonschema
import yaml
from hypothesis import given, settings
from ruamel.yaml import YAML

from speclang.emit.cases import cases_parts
from speclang.plan.case import Reply
from speclang.plan.plan import FeaturePlan
from tests.strategies.plans import plan, plans

Tree = dict[str, object]

ENTRY = re.compile(r"^- (grader|case): (.*)$", re.MULTILINE)
"""The first line of a part: its kind and its ID."""


def text_of(some: FeaturePlan) -> str:
    return "".join(part.text for part in cases_parts(some))


def schema(name: str) -> Tree:
    return cast(
        "Tree", json.loads(resources.files("speclang.emit.schemas").joinpath(f"{name}.schema.json").read_text("utf-8"))
    )


def replies_of(replies: tuple[Reply, ...]) -> Tree:
    """What a reader must find for `replies`."""
    found: Tree = {}
    for reply in replies:
        one: Tree = {} if reply.state == "works" else {"state": reply.state}
        if reply.state == "works" or reply.returns is not None:
            one["returns"] = reply.returns
        if reply.cut_at is not None:
            one["cut_at"] = reply.cut_at
        if reply.pad:
            one["pad"] = dict(reply.pad)
        found[reply.tool] = one
    return found


def data_of(some: FeaturePlan) -> Tree:
    """What a reader must find in the file of `some`."""
    cases = []
    for case in some.cases:
        one: Tree = {"case": case.id, "requirement": case.requirement, "covers": list(case.covers)}
        if case.also:
            one["also"] = [also.id for also in case.also]
        one["why"] = case.why
        if case.inputs:
            one["given"] = {value.given: value.shown for value in case.inputs}
        if case.context:
            one["context"] = {value.given: value.shown for value in case.context}
        if case.replies:
            one["tools"] = replies_of(case.replies)
        one["turns"] = [{turn.role: turn.text} for turn in case.turns]
        one["expect"] = {expected.outcome: list(expected.requirements) for expected in case.expected}
        one["graders"] = {use.grader: dict(use.settings) for use in case.uses}
        cases.append(one)
    graders = []
    for grader in some.graders:
        one = {
            "grader": grader.id,
            "requirement": grader.requirement,
            "level": str(grader.level),
            "check": grader.check,
        }
        if grader.settings:
            one["settings"] = {setting.name: setting.value for setting in grader.settings}
        if not grader.gates:
            one["gates"] = False
        graders.append(one)
    return {
        "version": 1,
        "feature": some.feature,
        "title": some.title,
        "typical": {value.given: value.shown for value in some.typical},
        "tools": replies_of(some.replies),
        "graders": graders,
        "always": [grader.id for grader in some.graders if grader.always],
        "cases": cases,
    }


@given(plans())
@settings(max_examples=150, deadline=None)
def test_what_is_written_is_read_back_by_both_readers(some: FeaturePlan) -> None:
    text = text_of(some)
    assert yaml.safe_load(text) == YAML(typ="safe", pure=True).load(io.StringIO(text)) == data_of(some)


@given(plans())
@settings(max_examples=50, deadline=None)
def test_the_file_keeps_to_its_schema(some: FeaturePlan) -> None:
    jsonschema.Draft202012Validator(schema("cases")).validate(yaml.safe_load(text_of(some)))


def test_the_schemas_are_schemas() -> None:
    for name in ("cases", "trace"):
        jsonschema.Draft202012Validator.check_schema(schema(name))


def test_an_unknown_field_breaks_the_schema() -> None:
    data = yaml.safe_load(text_of(plan()))
    data["cases"][0]["note"] = "x"
    assert not jsonschema.Draft202012Validator(schema("cases")).is_valid(data)


@given(plans())
@settings(max_examples=100, deadline=None)
def test_the_file_falls_into_its_parts_without_a_reader(some: FeaturePlan) -> None:
    parts = cases_parts(some)
    text = text_of(some)
    found = list(ENTRY.finditer(text))
    wanted = [part for part in parts if part.kind != "layout"]
    assert [(one[1], one[2]) for one in found] == [(part.kind, part.id) for part in wanted]
    assert all(text.startswith(part.text, one.start()) for one, part in zip(found, wanted, strict=True))


@given(plans())
@settings(max_examples=100, deadline=None)
def test_every_field_is_marked_where_it_stands(some: FeaturePlan) -> None:
    for part in cases_parts(some):
        if part.kind == "layout":
            continue
        data = yaml.safe_load(part.text)[0]
        marked: dict[str, str] = {}
        for mark in part.marks:
            marked[mark.path] = marked.get(mark.path, "") + part.text[mark.start : mark.end]
        for path, value in leaves(data):
            owner = next(one for one in parents(path) if one in marked)
            if owner == path and isinstance(value, str):
                shown = marked[path]
                assert yaml.safe_load(f'"{shown}"' if path.startswith("turns/") else shown) == value


def leaves(data: object, path: str = "") -> list[tuple[str, object]]:
    """Every field below `data` that holds no others, by path."""
    if isinstance(data, dict) and data:
        steps = [(str(key).replace("~", "~0").replace("/", "~1"), item) for key, item in data.items()]
    elif isinstance(data, list) and data and isinstance(data[0], dict):
        steps = [(str(number), item) for number, item in enumerate(data)]
    else:
        return [(path, data)]
    return [leaf for step, item in steps for leaf in leaves(item, f"{path}/{step}" if path else step)]


def parents(path: str) -> list[str]:
    """`path` and the fields around it, innermost first."""
    steps = path.split("/")
    return ["/".join(steps[:count]) for count in range(len(steps), 0, -1)]


def test_a_case_reads_well() -> None:
    case = next(part for part in cases_parts(plan()) if part.kind == "case")
    assert case.text == (
        "- case: REF-1/boundary/age=30_days\n"
        "  requirement: REF-1\n"
        "  covers: [REF-1]\n"
        "  also: [REF-1/nominal]\n"
        '  why: "the age is exactly 30 days"\n'
        "  given:\n"
        "    age: 30 days\n"
        "  context:\n"
        "    tier: standard\n"
        "  tools:\n"
        "    lookup_order:\n"
        "      returns: {age: 30, status: delivered}\n"
        "  turns:\n"
        '  - user: "I want my money back. A123456"\n'
        "  expect:\n"
        "    approve: [REF-1]\n"
        "  graders:\n"
        "    REF-1/approve: {amount: 499.0}\n"
    )


def test_a_draft_grader_says_that_it_does_not_gate() -> None:
    shown = {part.id: part.text for part in cases_parts(plan()) if part.kind == "grader"}
    assert shown["REF-1/short"].endswith("  gates: false\n")
    assert "gates" not in shown["REF-1/approve"]


def test_a_feature_without_cases_is_a_file_too() -> None:
    text = text_of(replace(plan(), cases=(), graders=(), typical=(), replies=()))
    assert yaml.safe_load(text) == {
        "version": 1,
        "feature": "refunds",
        "title": "Refund assistant",
        "graders": [],
        "always": [],
        "cases": [],
    }


def test_an_edit_of_one_case_changes_its_own_part_only() -> None:
    before, after = cases_parts(plan()), cases_parts(plan("", "", "", "", "", "", "another reason"))
    assert [part.id for a, part in zip(before, after, strict=True) if a != part] == [
        "REF-1/boundary/age=30_days",
        "REF-1/nominal",
    ]
