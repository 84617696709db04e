"""What a change of rules means: the inputs whose outcome changed, against all inputs; and labelled pairs of specs."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from operator import ge, gt, le, lt
from pathlib import Path

import pytest
from hypothesis import given, settings

from speclang.analysis.change import Change, RequirementChange
from speclang.analysis.outcomes import changed
from speclang.analysis.regions.inputs import Values
from speclang.engine.comparing.compare import compare
from speclang.logic.enumerate import inputs
from speclang.logic.norm import Norm
from speclang.logic.ruleset import RuleSet
from speclang.logic.variables import Variable
from speclang.model.tool import WORKS
from speclang.values.evaluate import variables
from speclang.values.showing import show
from speclang.values.types import Datum
from tests.strategies.rules import VARIABLES, norms

EVERY = [dict(one) for one in inputs(VARIABLES)]
COMPARED: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    "at least": ge,
    "at most": le,
    "more than": gt,
    "less than": lt,
}
TYPES = {one.name.removesuffix(" fails"): one for one in VARIABLES}


def outcomes(rules: RuleSet, values: Values) -> tuple[str, ...]:
    return tuple(sorted(name for name, _ in rules.decide(values).outcomes))


def speaks(norms: tuple[Norm, ...]) -> bool:
    """Whether a rule speaks of a tool that fails; where none does, tools work."""
    exprs = [expr for norm in norms for expr in (*([norm.when] if norm.when else []), *norm.unless)]
    return any("lookup fails" in variables(expr) for expr in exprs)


def lies(words: str, values: Values) -> bool:
    """Whether an input lies where the words of a region say."""
    name, _, rest = words.partition(" ")
    variable = TYPES[name]
    value = values.get(variable.name)
    if variable.is_state:
        if rest == "works or not":
            return True
        works = rest.startswith("works or ")
        faults = rest.removeprefix("works or ").removeprefix("fails with ").replace(" or ", ", ").split(", ")
        return value in faults or (works and value == WORKS)
    said = rest.removeprefix("is ")
    if variable.name not in values:
        return False
    if said == "missing" or said.endswith(" or missing"):
        if value is None:
            return True
        said = said.removesuffix("missing").removesuffix(" or ")
    if value is None or said in ("", "known"):
        return value is not None and said == "known"
    said, _, without = said.replace("not ", "and not ", 1).removeprefix("and ").partition("not ")
    said = said.removesuffix(" and ")
    return (not said or holds(said, variable, value)) and not (without and holds(without, variable, value))


def holds(said: str, variable: Variable, value: Datum) -> bool:
    """Whether a value is one of those between `or`, or lies between ends."""
    if said.startswith(("at least ", "at most ", "more than ", "less than ")):
        ends = [end.rpartition(" ") for end in said.split(" and ")]
        return isinstance(value, Decimal) and all(COMPARED[how](value, Decimal(end)) for how, _, end in ends)
    return show(value, variable.type) in said.replace(" or ", ", ").split(", ")


def smaller(shown: Mapping[str, str], region: list[dict[str, Datum]]) -> list[str]:
    """The numbers of an example that could be less, with the rest as it is."""
    found: list[str] = []
    for name in shown:
        variable = TYPES[name]
        rest = [
            values[variable.name]
            for values in region
            if variable.name in values
            and all(
                show(values.get(TYPES[one].name), TYPES[one].type) == text for one, text in shown.items() if one != name
            )
        ]
        numbers = sorted(value for value in rest if isinstance(value, Decimal))
        if numbers and shown[name] in {show(value, variable.type) for value in numbers[1:]} - {
            show(numbers[0], variable.type)
        }:
            found.append(name)
    return found


@settings(max_examples=max(20, settings().max_examples // 4))
@given(norms(single=True, most=4), norms(single=True, most=4))
def test_the_regions_are_those_of_all_inputs_one_by_one(before: tuple[Norm, ...], after: tuple[Norm, ...]) -> None:
    found = changed(before, after, VARIABLES)
    rules = RuleSet(before, VARIABLES), RuleSet(after, VARIABLES)
    fails = speaks((*before, *after))
    every = [one for one in EVERY if fails or one["lookup fails"] == WORKS]
    keys = [(outcomes(rules[0], values), outcomes(rules[1], values)) for values in every]
    told = {(one.before[0], one.after[0]): one for one in found.regions}
    differing = {key for key in keys if key[0] != key[1]}
    assert set(told) <= differing
    if not found.whole:
        return
    assert set(told) == differing
    for key, region in told.items():
        shown = dict(region.example)
        assert any(
            key == one
            and all(
                show(values.get(name), TYPES[name].type) == text for name, text in shown.items() if name != "lookup"
            )
            for one, values in zip(keys, every, strict=True)
        )
        assert not smaller(shown, [values for one, values in zip(keys, every, strict=True) if one == key])
        for one, values in zip(keys, every, strict=True):
            inside = any(within(way, values) for way in region.ways)
            assert not inside or one == key, (region.ways, values)
            assert inside or one != key or not region.exact, (region.ways, values)


def within(way: tuple[str, ...], values: Values) -> bool:
    """Whether an input lies in a box; where it says nothing of a tool, that works."""
    works = not any(words.startswith("lookup ") for words in way)
    return all(lies(words, values) for words in way) and not (works and values["lookup fails"] != WORKS)


@given(norms())
def test_a_rule_set_differs_from_itself_nowhere(rules: tuple[Norm, ...]) -> None:
    assert changed(rules, tuple(reversed(rules)), VARIABLES).regions == ()


SPEC = """\
feature desk "Library desk" {{
  role "You are the help desk of a library."
  given late days 0 .. 60 {{ name "the time since the due date"; from user }}
  given tier standard | gold {{ name "the tier"; from context }}
  given card bool {{ name "the member has the card"; from user; yes "I have my card."; no "I lost my card." }}
  outcome renew   "renew the loan"                  {{ mentions "renewed" }}
  outcome decline "ask for the book to be returned" {{ mentions "return" }}
  outcome refer   "send them to the front desk"     {{ mentions "front desk" }}
  exclusive renew, decline, refer
  ask "Can I keep my book?"
  {LOAN1}
  {LOAN2}
  {FMT}
  {LAW}
  {TONE}
}}
"""
SAID = {
    "LOAN1": 'LOAN-1 rule "Renewal" { when late <= 7 days; must renew }',
    "LOAN2": 'LOAN-2 rule "No renewal" { default; must decline }',
    "FMT": 'FMT-1 format "Short" { must words <= 60 }',
    "LAW": 'LAW-1 boundary "No advice" { refuse "legal advice" like "Can I sue?"; answer "our rules" like "What are the fines?" }',
    "TONE": 'TONE-1 prose "Tone" { text "Be friendly." }',
}
PAIRS: list[tuple[str, str, str, Change | None]] = [
    ("LOAN1", "late <= 7 days", "late <= 9 days", Change.TIGHTENED),
    ("LOAN1", "late <= 7 days", "late <= 5 days", Change.LOOSENED),
    ("LOAN1", "late <= 7 days", "late < 8 days", Change.REWORDED),
    ("LOAN1", "late <= 7 days", "late <= 1 weeks", Change.REWORDED),
    ("LOAN1", "late <= 7 days", "late <= 7 days and card", Change.LOOSENED),
    ("LOAN1", "late <= 7 days", "late <= 7 days or tier is gold", Change.TIGHTENED),
    ("LOAN1", "late <= 7 days", "late <= 9 days and card", Change.CHANGED),
    ("LOAN1", "late <= 7 days", "late <= 7 days; unless card", Change.LOOSENED),
    ("LOAN1", "must renew", "should renew", Change.LOOSENED),
    ("LOAN1", "must renew", "may renew", Change.LOOSENED),
    ("LOAN1", "must renew", "must refer", Change.CHANGED),
    ("LOAN1", "must renew", 'must renew; phrase "Renew, if at most {late.limit} late."', Change.REWORDED),
    ("LOAN1", "must renew", 'must renew; because "Rules, section 3"', None),
    ("LOAN1", '"Renewal"', '"Renewing"', None),
    ("LOAN1", "must renew", "must renew; over LOAN-2", Change.TIGHTENED),
    ("LOAN2", "default; must", "when late > 7 days; must", Change.CHANGED),
    ("LOAN2", "must decline", "must decline; status draft", Change.LOOSENED),
    ("FMT", "words <= 60", "words <= 40", Change.TIGHTENED),
    ("FMT", "words <= 60", "words <= 80", Change.LOOSENED),
    ("FMT", "must words <= 60", "should words <= 60", Change.LOOSENED),
    ("FMT", "words <= 60", "words <= 60, sentences <= 3", Change.TIGHTENED),
    ("FMT", "must words <= 60", "when card; must words <= 60", Change.LOOSENED),
    ("FMT", "words <= 60", "words >= 60", Change.CHANGED),
    ("TONE", "Be friendly.", "Be very friendly.", Change.CHANGED),
    ("LAW", "legal advice", "tax advice", Change.CHANGED),
    ("LAW", "LAW-1", "LAW-2", None),
]


def versions(folder: Path, slot: str, old: str, new: str) -> list[RequirementChange]:
    assert old in SAID[slot]
    for name, said in (("before", SAID), ("after", SAID | {slot: SAID[slot].replace(old, new)})):
        (folder / name / "specs").mkdir(parents=True)
        (folder / name / "specc.toml").touch()
        (folder / name / "specs" / "desk.spec").write_text(SPEC.format(**said), encoding="utf-8")
    found = compare(folder, str(folder / "before"), str(folder / "after"))
    assert not found.broken, [one.title for one in found.diagnostics]
    return [one for feature in found.features for one in feature.requirements]


@pytest.mark.parametrize(("slot", "old", "new", "change"), PAIRS)
def test_what_became_of_a_requirement_is_what_the_label_says(
    tmp_path: Path, slot: str, old: str, new: str, change: Change | None
) -> None:
    owner = SAID[slot].partition(" ")[0]
    made = {one.id: one.change for one in versions(tmp_path, slot, old, new)}
    if new == "LAW-2":
        assert made == {"LAW-1": Change.REMOVED, "LAW-2": Change.ADDED}
        return
    assert made.get(owner) is change, made


def test_a_rename_is_no_removal(tmp_path: Path) -> None:
    (said,) = versions(tmp_path, "LAW", 'LAW-1 boundary "No advice" {', 'LAW-2 boundary "No advice" { was LAW-1;')
    assert (said.id, said.was, said.change, said.breaking) == ("LAW-2", "LAW-1", Change.RENAMED, False)


def test_a_clause_that_stands_elsewhere_has_moved(tmp_path: Path) -> None:
    said = dict(SAID)
    for name, order in (("before", ("LOAN1", "LOAN2")), ("after", ("LOAN2", "LOAN1"))):
        (tmp_path / name / "specs").mkdir(parents=True)
        (tmp_path / name / "specc.toml").touch()
        said["LOAN1"], said["LOAN2"] = (SAID[one] for one in order)
        (tmp_path / name / "specs" / "desk.spec").write_text(SPEC.format(**said), encoding="utf-8")
    found = compare(tmp_path, str(tmp_path / "before"), str(tmp_path / "after"))
    assert {one.change for feature in found.features for one in feature.requirements} == {Change.MOVED}


@pytest.mark.parametrize(
    ("new", "breaking"),
    [
        ("words <= 80", True),
        ('words <= 80; because "The legal notice is long."', False),
        ('words <= 80; since "1.4"', False),
        ("words <= 40", False),
    ],
)
def test_what_weakens_a_must_is_breaking_unless_the_requirement_says_why(
    tmp_path: Path, new: str, breaking: bool
) -> None:
    (said,) = versions(tmp_path, "FMT", "words <= 60", new)
    assert (said.breaking and not said.reason) is breaking


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ('because "Old."', 'because "Old."', ""),
        ('because "Old."', 'because "Old."; since "1.4"', "1.4"),
        ('because "Old."; since "1.3"', 'because "Old."; since "1.4"', "1.4"),
        ('because "Old."', 'because "New."', "New."),
        ('because "Old."; since "1.3"', 'since "1.3"', ""),
    ],
)
def test_only_a_reason_that_is_new_accounts_for_a_change(tmp_path: Path, before: str, after: str, reason: str) -> None:
    for name, limit, why in (("before", 60, before), ("after", 80, after)):
        (tmp_path / name / "specs").mkdir(parents=True)
        (tmp_path / name / "specc.toml").touch()
        said = SAID | {"FMT": SAID["FMT"].replace("words <= 60", f"words <= {limit}; {why}")}
        (tmp_path / name / "specs" / "desk.spec").write_text(SPEC.format(**said), encoding="utf-8")
    found = compare(tmp_path, str(tmp_path / "before"), str(tmp_path / "after"))
    (one,) = (one for feature in found.features for one in feature.requirements)
    assert (one.change, one.breaking, one.reason) == (Change.LOOSENED, True, reason)


@pytest.mark.parametrize(
    ("given", "condition", "change"),
    [
        ("late int 0 .. 60", "late <= 7", Change.CHANGED),
        ("late short | long", "late is short", Change.CHANGED),
        ("late hours 0 .. 2000", "late <= 9 days", Change.TIGHTENED),
        ("late days 0 .. 90", "late <= 5 days", Change.LOOSENED),
    ],
)
def test_nobody_says_tightened_or_loosened_where_a_given_has_another_type(
    tmp_path: Path, given: str, condition: str, change: Change
) -> None:
    for name, declared, when in (("before", "late days 0 .. 60", "late <= 7 days"), ("after", given, condition)):
        (tmp_path / name / "specs").mkdir(parents=True)
        (tmp_path / name / "specc.toml").touch()
        text = SPEC.format(**SAID).replace("late days 0 .. 60", declared).replace("late <= 7 days", when)
        (tmp_path / name / "specs" / "desk.spec").write_text(text, encoding="utf-8")
    (feature,) = compare(tmp_path, str(tmp_path / "before"), str(tmp_path / "after")).features
    assert {one.id: one.change for one in feature.requirements}["LOAN-1"] is change
    if change is Change.CHANGED:
        assert (feature.outcomes.regions, feature.outcomes.whole) == ((), False)
