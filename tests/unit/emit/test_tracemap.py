"""The source map answers for every character of the prompt and every field of every case."""

import json

import jsonschema
from hypothesis import given, settings

from speclang.emit.cases import cases_parts
from speclang.emit.prompt import prompt_parts
from speclang.emit.resolve import TraceMap
from speclang.emit.tracemap import trace_text
from speclang.plan.origin import Origin
from speclang.plan.plan import FeaturePlan
from speclang.source.span import Places
from tests.strategies.plans import places, plan, plans
from tests.unit.emit.test_cases import schema


def map_of(some: FeaturePlan, where: Places | None = None) -> str:
    return trace_text(some, {"": prompt_parts(some).value}, where or places())


def source(origin: Origin, where: Places) -> tuple[str, str, str, int, int]:
    return (origin.owner, origin.field, *where.locate(origin.span))


@given(plans())
@settings(max_examples=100, deadline=None)
def test_every_character_of_the_prompt_resolves(some: FeaturePlan) -> None:
    trace, offset = TraceMap(map_of(some)), 0
    for part in prompt_parts(some).value:
        for mark in part.marks:
            for inside in {mark.start, mark.end - 1}:
                found = trace.prompt(offset + inside)
                assert found is not None
                assert found[0].id == part.id
                assert found[1] == source(mark.origin, places())
        offset += len(part.text)
    assert trace.prompt(offset) is None


@given(plans())
@settings(max_examples=100, deadline=None)
def test_every_field_of_every_case_and_grader_resolves(some: FeaturePlan) -> None:
    trace = TraceMap(map_of(some))
    for part in cases_parts(some):
        for mark in part.marks:
            if part.kind == "layout":
                assert trace.head(mark.path) == source(mark.origin, places())
            else:
                found = (trace.case if part.kind == "case" else trace.grader)(part.id, mark.path)
                assert source(mark.origin, places()) in [one for _, one in found]


def test_the_pieces_of_a_turn_are_told_apart() -> None:
    found = TraceMap(map_of(plan())).case("REF-1/nominal", "turns/0/user")
    assert [(length, one.owner) for length, one in found] == [(21, "ask"), (8, "tool lookup_order")]


def test_a_requirement_knows_its_clauses_graders_and_cases() -> None:
    found = TraceMap(map_of(plan())).of("REF-1")
    assert [clause.id for clause in found.clauses] == ["REF-1"]
    assert found.graders == ("REF-1/approve", "REF-1/short")
    assert found.cases == ("REF-1/boundary/age=30_days", "REF-1/nominal")


def test_the_map_keeps_to_its_schema() -> None:
    jsonschema.Draft202012Validator(schema("trace")).validate(json.loads(map_of(plan())))


def test_a_spec_that_moves_changes_the_table_of_units_only() -> None:
    before, after = json.loads(map_of(plan())), json.loads(map_of(plan(), places(7)))
    assert before.pop("units") != after.pop("units")
    assert before == after


def test_an_edit_of_one_clause_changes_one_line() -> None:
    before, after = map_of(plan()).splitlines(), map_of(plan("", "say no.")).splitlines()
    assert len(before) == len(after)
    assert sum(one != other for one, other in zip(before, after, strict=True)) == 1
