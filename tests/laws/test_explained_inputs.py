"""What `explain --input` says is what every rule says of the input, asked one by one; and no single change nearer by flips it."""

from decimal import Decimal

import hypothesis
from hypothesis import settings
from hypothesis import strategies as st

from speclang.bind import bind
from speclang.engine.explaining.decided import Decided, State
from speclang.engine.explaining.deciding import decided
from speclang.engine.explaining.reading import read_input
from speclang.source.span import Places
from speclang.source.text import SourceText
from speclang.syntax.parser import parse
from tests.strategies.specs import GivenModel, Input, SpecModel, Value, specs

_HEAD = {"days": "{}d", "USD": "{}USD", "%": "{}%", "": "{}"}


def typed(given: GivenModel, value: Value) -> str:
    """A value as somebody in a hurry types it."""
    if value is None:
        return f"{given.name}=missing"
    if isinstance(value, bool):
        return f"{given.name}={'yes' if value else 'no'}"
    return f"{given.name}={_HEAD[given.unit or ''].format(value)}"


def asked(spec: SpecModel, values: Input) -> Decided:
    source = SourceText(spec.file, spec.text)
    file = parse(source).value
    feature = bind((file,)).value.features[0]
    places = Places.of([source], {unit.name: unit.start for unit in file.units})
    found = read_input([", ".join(typed(one, values[one.name]) for one in spec.givens)], feature)
    assert not found.problems
    return decided(feature, (), dict(found.values), places)


@hypothesis.given(specs(), st.data())
@settings(max_examples=60)
def test_who_decides_and_what_is_expected_is_what_the_rules_say_one_by_one(
    spec: SpecModel, data: st.DataObject
) -> None:
    values = data.draw(st.sampled_from(list(spec.inputs(limit=200))))
    said = asked(spec, values)
    rules = {one.id: one for one in spec.rules}
    applying = {id for id, one in rules.items() if one.applies(values)}
    beaten = {id for id in applying if any(id in rules[other].over for other in applying)}
    standing = applying - beaten
    firm = {id for id in standing if not rules[id].default}
    states = {one.id: one.state for one in said.standings}
    assert {id for id, state in states.items() if state is State.SILENT} == rules.keys() - applying
    assert {id for id, state in states.items() if state is State.BEATEN} == beaten
    assert {id for id, state in states.items() if state is State.DECIDES} == (firm or standing)
    assert {id for id, state in states.items() if state is State.IDLE} == (standing - firm if firm else set())
    assert tuple(sorted(what for what, _ in said.asked)) == spec.decided(values)
    for one in said.standings:
        if one.state is State.BEATEN:
            assert set(one.by) == {other for other in applying if one.id in rules[other].over}
        if one.state is State.IDLE:
            assert set(one.by) == firm
    assert bool(said.odds) == (len(spec.decided(values)) > 1)


@hypothesis.given(specs(), st.data())
@settings(max_examples=60)
def test_no_single_change_that_lies_nearer_leads_to_anything_else(spec: SpecModel, data: st.DataObject) -> None:
    values = data.draw(st.sampled_from(list(spec.inputs(limit=200))))
    said = asked(spec, values)
    now = spec.decided(values)
    for given in spec.givens:
        told = [one for one in said.flips if one.name == given.name]
        every = given.values(range(given.low, given.high + 1)) if given.unit is not None else given.values()
        flipping = [one for one in every if spec.decided({**values, given.name: one}) != now]
        for one in told:
            value = plain(given, one.data)
            if not isinstance(value, Decimal):
                assert tuple(sorted(one.asks)) == spec.decided({**values, given.name: value}) != now
        here = values[given.name]
        if given.unit in ("days", "", "USD") and isinstance(here, int):
            below = [one for one in flipping if isinstance(one, int) and one < here]
            above = [one for one in flipping if isinstance(one, int) and one > here]
            shown = [plain(given, one.data) for one in told]
            numbers = [one for one in shown if isinstance(one, int | Decimal)]
            if given.unit != "USD":
                expected = [*below[-1:], *above[:1]]
                assert sorted(numbers) == expected
            assert not below or any(below[-1] <= one < here for one in numbers)
            assert not above or any(here < one <= above[0] for one in numbers)
        elif given.unit is None:
            assert {plain(given, one.data) for one in told} == set(flipping)


def plain(given: GivenModel, data: object) -> Value | Decimal:
    if data is None or isinstance(data, bool | str):
        return data
    number = Decimal(str(data))
    return int(number) if number == number.to_integral_value() else number
