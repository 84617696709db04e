"""What one requirement allows and another forbids is told where both decide, and nowhere else."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from speclang.analysis.subject import Subject
from speclang.engine.pipeline import compile_texts
from speclang.kit import registry
from speclang.model.requirement import Level
from speclang.project.config import Config
from speclang.source.text import SourceText

GIVENS = ("old", "paid", "vip")
CONDITIONS = ("old", "not old", "paid", "old and not vip", "paid or vip", "vip and not vip")


def spec(rules: list[tuple[str, str, str]]) -> str:
    """A feature of which each rule has a level with an outcome, a condition, and the rule that it is over ("" for none)."""
    lines = [f'given {one} bool {{ name "the customer is {one}"; from context }}' for one in GIVENS]
    lines += ['outcome pay "pay" { mentions "paid" }', 'outcome wait "wait" { mentions "wait" }', 'ask "Hi."']
    for number, (says, when, over) in enumerate(rules, start=1):
        lines.append(f"R-{number} rule {{ when {when}; {says}{f'; over {over}' if over else ''} }}")
    return 'feature desk "Desk" {\n' + "\n".join(lines) + "\n}\n"


RULES = st.lists(
    st.tuples(
        st.sampled_from(["may pay", "must_not pay", "must pay", "should_not pay", "may wait", "must_not wait"]),
        st.sampled_from(CONDITIONS),
        st.sampled_from(["", "", "R-1"]),
    ),
    min_size=2,
    max_size=5,
)


@settings(max_examples=60, deadline=None)
@given(RULES)
def test_it_is_told_of_exactly_the_pairs_that_listing_all_inputs_shows(rules: list[tuple[str, str, str]]) -> None:
    rules[0] = (*rules[0][:2], "")
    compiled = compile_texts([SourceText("specs/desk.spec", spec(rules))], Config())
    (feature,) = compiled.program.features
    subject = Subject(feature, {one.kind: registry.load(one.kind) for one in feature.requirements})
    expected = set()
    for values in product((True, False), repeat=len(GIVENS)):
        decision = subject.rules.decide(dict(zip(GIVENS, values, strict=True)))
        for may in decision.asked(Level.MAY):
            for forbidden in decision.asked(Level.MUST_NOT):
                if may.effect == forbidden.effect:
                    expected |= {(one, other) for one in may.requirements for other in forbidden.requirements}
    found = [one for one in compiled.diagnostics if one.code.id == "E0512"]
    assert {tuple(one.title.split("`")[1::4]) for one in found} == expected


def test_a_call_that_is_allowed_and_one_with_any_arguments_that_is_not() -> None:
    text = """feature desk "Desk" {
      tool pay(amount: int) { about "Pays."; writes }
      given old bool { name "the customer is old"; from context }
      ask "Hi."
      R-1 rule { when old; may calls pay(amount: 3) }
      R-2 rule { must_not calls pay }
      R-3 rule { must_not calls pay(amount: 4) }
    }
    """
    compiled = compile_texts([SourceText("specs/desk.spec", text)], Config())
    assert [one.title for one in compiled.diagnostics if one.code.id == "E0512"] == [
        "`R-1` allows `calls pay` and `R-2` forbids it on the same input"
    ]
