"""What analysis claims of a rule set is what listing every input says: nothing is missed, and nothing else is claimed.

The oracle reads the model that the spec was written from and evaluates it in plain Python; it shares nothing with the compiler's
regions, searches and decisions. A tool that does not work leaves what it would tell unknown: a requirement that matters on such
an input alone is no dead one. Gaps and contradictions are claimed for inputs on which tools work, unless a condition speaks
of their failure, which none here does.
"""

import datetime
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import combinations, product

import hypothesis
import pytest
from hypothesis import settings

from speclang.analysis.runner import analyse
from speclang.bind import bind
from speclang.diagnostics.diagnostic import Diagnostic
from speclang.engine.judging.findings import joined
from speclang.logic.dead import excluding
from speclang.logic.errors import never as dead_for
from speclang.logic.variables import variables
from speclang.lowering.lower import lower
from speclang.source.text import SourceText
from speclang.syntax.parser import parse
from tests.strategies.faulty import Faulty, faulty
from tests.strategies.numbered import numbered
from tests.strategies.specs import FIRST, STATE, GivenModel, Input, Is, Many, RuleModel, Value

EXAMPLES = 5_000 if os.environ.get("HYPOTHESIS_PROFILE") == "long" else 150

BULK, PARTS = 5_000, 10
"""How many specs are swept, and in how many tests."""

CODES = ("E0501", "E0502", "E0503", "E0505", "E0506", "E0507", "E0508")

Claim = Callable[[Input], bool]


class Oracle:
    """All inputs of a spec with what applies and decides on them."""

    def __init__(self, made: Faulty) -> None:
        self.made = made
        self.rules = {one.id: one for one in made.spec.rules}
        self.inputs = made.inputs()
        self.all = [*self.inputs, *made.broken()]
        self.held: dict[tuple[str, bool], dict[Value, list[Input]]] = {}
        self.seen: dict[tuple[tuple[str, Value], ...], tuple[frozenset[str], frozenset[str]]] = {}

    def applying(self, values: Input) -> frozenset[str]:
        return self.looked(values)[0]

    def deciding(self, values: Input) -> frozenset[str]:
        return self.looked(values)[1]

    def looked(self, values: Input) -> tuple[frozenset[str], frozenset[str]]:
        """The rules that apply and those that decide; each input is looked at once."""
        key = tuple(values.items())
        found = self.seen.get(key)
        if found is None:
            on = frozenset(one.id for one in self.rules.values() if one.applies(values))
            standing = on - {over for id in on for over in self.rules[id].over}
            firm = frozenset(id for id in standing if not self.rules[id].default)
            found = self.seen[key] = on, firm or standing
        return found

    def outcomes(self, ids: Iterable[str]) -> set[str]:
        return {self.rules[id].outcome for id in ids}

    def at_odds(self, one: str, other: str, values: Input) -> bool:
        return {one, other} <= self.deciding(values) and self.rules[one].outcome != self.rules[other].outcome

    def both(self, one: str, other: str) -> Claim:
        return lambda values: self.at_odds(one, other, values)

    def does_apply(self, id: str) -> Claim:
        return lambda values: id in self.applying(values)

    def does_decide(self, id: str) -> Claim:
        return lambda values: id in self.deciding(values)

    def asked(self, *ids: str) -> list[Input]:
        """The inputs on which a question about these rules is asked: where the tool fails, too, if one of them speaks of that."""
        return self.all if any(self.made.speaks(id) for id in ids) else self.inputs

    def conflicts(self, *, broken: bool) -> set[frozenset[str]]:
        """The pairs at odds where the tool works, or one of the two speaks of its failure; with `broken` on any input."""
        return {
            frozenset(pair)
            for pair in combinations(self.rules, 2)
            if any(self.at_odds(*pair, values) for values in (self.all if broken else self.asked(*pair)))
        }

    def vacuous(self) -> set[str]:
        return {id for id in self.rules if not any(id in self.applying(values) for values in self.asked(id))}

    def shadowed(self) -> set[str]:
        dead = {id for id in self.rules if not any(id in self.deciding(values) for values in self.all)}
        return dead - self.vacuous()

    def keeps(self, by: Iterable[str], id: str, values: Input) -> bool:
        """Whether one of `by` alone keeps `id` from deciding where it applies."""
        on = self.applying(values)
        beaten = {over for one in on for over in self.rules[one].over}
        rule = self.rules[id]
        return any(
            one in on
            and (id in self.rules[one].over or (rule.default and not self.rules[one].default and one not in beaten))
            for one in by
        )

    def covers(self, by: Iterable[str], id: str) -> bool:
        by = tuple(by)
        return all(self.keeps(by, id, values) for values in self.all if id in self.applying(values))

    def implies(self, other: str, id: str) -> bool:
        """Whether `id` is superfluous beside `other`, which asks for the same."""
        if other == id or self.rules[other].outcome != self.rules[id].outcome:
            return False
        decides = False
        for values in self.all:
            on = self.applying(values)
            if id in self.deciding(values):
                decides = True
                if other not in self.deciding(values):
                    return False
            if id in on:
                freed = set(self.rules[id].over) & on
                if any(not any(one in self.rules[rest].over for rest in on - {id}) for one in freed):
                    return False
        return decides

    def redundant(self) -> dict[str, set[str]]:
        """Each superfluous requirement with those that imply it; of two that imply each other, the later one."""
        found: dict[str, set[str]] = {}
        for id, other in product(self.rules, repeat=2):
            turned = id < other and not self.made.stands(other, id)
            if not self.made.stands(id, other) and self.implies(other, id) and not (turned and self.implies(id, other)):
                found.setdefault(id, set()).add(other)
        return found

    def gap(self, values: Input) -> bool:
        return not self.deciding(values)

    def slip(self, first: str, second: str, given: GivenModel, at: Value, *, shared: bool) -> Claim:
        """Whether an input shows that `first` ends at a value where `second` begins."""
        assert isinstance(at, int)

        def shows(values: Input) -> bool:
            if values.get(given.name) != at:
                return False
            low, here, high = (self.deciding({**values, given.name: one}) for one in (at - 1, at, at + 1))
            if first not in low or second not in high:
                return False
            if not shared:
                return not here
            return {first, second} <= here and second not in low and first not in high

        return shows

    def slips(self, *, shared: bool, strict: bool) -> set[tuple[str, str, str, Value]]:
        """Pairs that slip; with `strict`, those whose conditions plainly end and begin there."""
        found: set[tuple[str, str, str, Value]] = set()
        for first, second in product(self.rules.values(), repeat=2):
            if first is second or first.default or second.default or (shared and first.outcome == second.outcome):
                continue
            for given in self.made.spec.givens:
                for at in range(given.low + 1, given.high) if given.unit is not None else ():
                    if strict and not plain(first, second, given, at, shared=shared):
                        continue
                    claim = self.slip(first.id, second.id, given, at, shared=shared)
                    if any(claim(values) for values in self.holding(given, at, broken=not strict)):
                        found.add((first.id, second.id, given.name, at))
        return found

    def holding(self, given: GivenModel, at: Value, *, broken: bool) -> Sequence[Input]:
        """The inputs in which `given` is `at`; with `broken` also those in which the tool fails."""
        held = self.held.get((given.name, broken))
        if held is None:
            held = self.held[given.name, broken] = {}
            for values in self.all if broken else self.inputs:
                held.setdefault(values.get(given.name), []).append(values)
        return held.get(at, ())


def plain(first: RuleModel, second: RuleModel, given: GivenModel, at: int, *, shared: bool) -> bool:
    ends, begins = reach(first, given), reach(second, given)
    if not ends or not begins:
        return False
    return max(ends) == min(begins) == at if shared else (max(ends), min(begins)) == (at - 1, at + 1)


def reach(rule: RuleModel, given: GivenModel) -> list[int]:
    """The values of `given` that the comparisons of it leave that stand in `when` side by side."""
    parts = rule.when.parts if isinstance(rule.when, Many) and rule.when.word == "and" else (rule.when,)
    own = [one for one in parts if isinstance(one, Is) and one.given == given and one.op != "!="]
    found = [at for at in range(given.low, given.high + 1) if all(one.holds({given.name: at}) for one in own)]
    return found if own else []


def read(text: str) -> Value:
    """A value from how a finding shows it."""
    known: dict[str, Value] = {"yes": True, "no": False, "missing": None}
    if text in known:
        return known[text]
    if text[:4].isdigit() and text[4:5] == "-":
        return (datetime.date.fromisoformat(text) - FIRST).days
    head = text.split(maxsplit=1)[0]
    return int(head) if head.lstrip("-").isdigit() else text


def every(given: GivenModel) -> tuple[Value, ...]:
    """The values of a given, the least first, where they have an order."""
    return given.values(range(given.low, given.high + 1)) if given.unit is not None else given.values()


def assert_shown(oracle: Oracle, one: Diagnostic, claim: Claim, *, fixed: Sequence[str] = ()) -> None:
    """The input shows the claim, whatever else it holds, and no given of it could be less."""
    shown = seen(one)
    assert len({name for name, _ in one.witness}) == len(one.witness), one
    told = oracle.made.told if shown.get(STATE, "works") != "works" else ()
    rest = [given for given in oracle.made.spec.givens if given.name not in shown and given.name not in told]

    def whole(values: Input) -> list[Input]:
        return [
            {**values, **dict(zip([one.name for one in rest], row, strict=True))}
            for row in product(*(every(one) for one in rest))
        ]

    assert all(claim(values) for values in whole(shown)), one
    for given in oracle.made.spec.givens:
        if given.name in shown and given.name not in fixed and not given.text:
            values = every(given)
            for less in values[: values.index(shown[given.name])]:
                assert not all(claim(values) for values in whole({**shown, given.name: less})), (one, less)


def seen(one: Diagnostic) -> dict[str, Value]:
    """The input that a finding shows; that the tool works goes without saying."""
    shown = {STATE if name == "look_up" else name: read(value) for name, value in one.witness}
    return {name: value for name, value in shown.items() if (name, value) != (STATE, "works")}


def owner(label_key: str) -> str:
    return label_key.partition("#")[0]


def compiled(text: str) -> Sequence[Diagnostic]:
    """What is found in a spec: all that a compilation tells, but for the steps that look at no rules."""
    bound = bind((parse(SourceText("specs/made.spec", text)).value,))
    lowered = lower(bound.value)
    return [*bound.diagnostics, *joined(analyse(bound.value), lowered.diagnostics)]


@hypothesis.given(faulty())
@settings(max_examples=EXAMPLES)
def test_verdicts_and_witnesses_are_those_of_listing_every_input(made: Faulty) -> None:
    assert_as_listed(made, compiled(made.text))


@pytest.mark.parametrize("part", range(PARTS))
def test_five_thousand_specs_are_told_what_listing_every_input_tells(part: int) -> None:
    """Sweeps specs by number, without making their cases: what lowering tells of conditions that never hold is asked of the search."""
    for number in range(part * BULK // PARTS, (part + 1) * BULK // PARTS):
        made = numbered(number)
        bound = bind((parse(SourceText("specs/made.spec", made.text)).value,))
        (feature,) = bound.value.features
        among = variables(feature.givens, feature.tools)
        told = analyse(bound.value)
        dead = {one.requirement for one in told if one.code.id == "E0503"}
        never = [
            dead_for(one.id, [(expr.span, wanted) for expr, wanted in parts])
            for one in feature.requirements
            if one.id not in dead and (parts := excluding(one.when, one.unless, among))
        ]
        try:
            assert_as_listed(made, [*bound.diagnostics, *told, *never])
        except AssertionError as problem:
            raise AssertionError(f"spec {number}\n{made.text}") from problem


def assert_as_listed(made: Faulty, found: Sequence[Diagnostic]) -> None:
    """What was found in a spec is what listing its inputs tells, and nothing else."""
    oracle = Oracle(made)
    by_code = {code: [one for one in found if one.code.id == code] for code in CODES}
    assert {one.code.id for one in found} <= {*by_code, "E0504"}
    pairs = {code: {one: units(one)[:2] for one in by_code[code]} for code in ("E0501", "E0507", "E0508")}

    odds = [frozenset(pair) for code in ("E0501", "E0507") for pair in pairs[code].values()]
    assert oracle.conflicts(broken=False) <= set(odds) <= oracle.conflicts(broken=True)
    for one, (first, second) in pairs["E0501"].items():
        assert_shown(oracle, one, oracle.both(first, second))

    assert sorted(one.requirement for one in by_code["E0503"]) == sorted(oracle.vacuous())

    assert {one.requirement for one in by_code["E0505"]} == oracle.shadowed()
    for one in by_code["E0505"]:
        by = units(one)[1:]
        assert oracle.covers(by, one.requirement)
        assert not any(oracle.covers([rest for rest in by if rest != each], one.requirement) for each in by)
        assert len(by) == 1 or not any(oracle.covers([each], one.requirement) for each in oracle.rules)
        assert_shown(oracle, one, oracle.does_apply(one.requirement))

    superfluous = oracle.redundant()
    assert {one.requirement for one in by_code["E0506"]} == superfluous.keys()
    for one in by_code["E0506"]:
        assert units(one)[1] in superfluous[one.requirement]
        if any(one.requirement in oracle.deciding(values) for values in oracle.asked(one.requirement)):
            assert_shown(oracle, one, oracle.does_decide(one.requirement))

    for code, shared in (("E0507", True), ("E0508", False)):
        slips = {
            (first, second, one.witness[0][0], read(one.witness[0][1])): one
            for one, (first, second) in pairs[code].items()
        }
        assert len(slips) == len(by_code[code])
        assert oracle.slips(shared=shared, strict=True) <= slips.keys() <= oracle.slips(shared=shared, strict=False)
        for (first, second, where, at), one in slips.items():
            given = next(each for each in made.spec.givens if each.name == where)
            assert_shown(oracle, one, oracle.slip(first, second, given, at, shared=shared), fixed=(where,))

    gaps = [values for values in oracle.all if oracle.gap(values)]
    for one in by_code["E0502"]:
        assert_shown(oracle, one, oracle.gap)
    if made.total:
        open_ = any(oracle.gap(values) for values in (oracle.all if made.speaks() else oracle.inputs))
        assert not open_ or by_code["E0502"] or by_code["E0508"]
    if not gaps:
        assert not by_code["E0502"] + by_code["E0508"]


def units(one: Diagnostic) -> list[str]:
    """The requirements where a finding points."""
    keys = [label.span.unit.key for label in (one.primary, *one.labels)]
    return [owner(key) for key in keys if key.startswith("R-")]


@hypothesis.given(faulty())
@settings(max_examples=100)
def test_the_order_of_requirements_changes_no_verdict(made: Faulty) -> None:
    turned = replace(made, spec=replace(made.spec, rules=tuple(reversed(made.spec.rules))))
    told = [
        sorted((one.code.id, one.title, one.witness) for one in compiled(text)) for text in (made.text, turned.text)
    ]
    assert told[0] == told[1]
