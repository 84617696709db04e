"""A source map whose units have moved."""

from speclang.emit.moving import moved
from speclang.emit.tracemap import units_table
from speclang.source.span import Unit

HEAD = '{"version":1,\n"feature":"a",\n"origin":["feature a","",8,9]'
TAIL = ',\n"fields":{},\n"prompt":[],\n"graders":{},\n"cases":{}}\n'


def text(**units: tuple[int, int]) -> str:
    table = units_table({"specs/a.spec": [(start, key, end) for key, (start, end) in units.items()]})
    return f'{HEAD},\n"units":{table}{TAIL}'


def test_units_are_said_to_be_where_they_are_now() -> None:
    starts = {Unit("specs/a.spec", "one"): 30, Unit("specs/a.spec", "two"): 10}
    made = moved("generated/a/trace.json", "a", text(one=(0, 5), two=(8, 20)), starts)
    assert made is not None
    assert made.text == text(two=(10, 22), one=(30, 35))
    assert (made.parts[0].id, made.parts[0].owner) == ("trace", "feature a")


def test_units_of_other_files_stay() -> None:
    made = moved("generated/a/trace.json", "a", text(one=(3, 5)), {Unit("specs/b.spec", "one"): 30})
    assert made is not None
    assert made.text == text(one=(3, 5))


def test_what_is_no_source_map_is_not_moved() -> None:
    assert moved("generated/a/trace.json", "a", "{}", {}) is None
    assert moved("generated/a/trace.json", "a", HEAD, {}) is None
    assert moved("generated/a/trace.json", "a", TAIL, {}) is None
