"""A suite asks the graders that speak, in their order, and the verdicts of one grader are those of several, alone."""

from collections.abc import Callable
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speclang.grading.suite import GraderVerdict, Grading, Judgement, Sitting, State, Suite, weighed
from speclang.kit.answer import Answer, Verdict
from speclang.model.requirement import Level
from speclang.source.hashing import Json

NAMES = st.sampled_from("abcdef")


def grading(id: str, *, always: bool, requirement: str = "R-1") -> Grading:
    return Grading(
        id=id, requirement=requirement, check="echo", version=1, level=Level.MUST, gates=True, always=always, settings={"own": id}
    )  # fmt: skip


@given(
    listed=st.lists(st.tuples(NAMES, st.booleans()), max_size=8),
    cases=st.lists(st.dictionaries(NAMES, st.sampled_from([{}, {"own": "case"}, {"further": 1}]), max_size=4), min_size=1),
)  # fmt: skip
def test_the_graders_that_speak_are_those_of_a_look_at_all(
    listed: list[tuple[str, bool]], cases: list[dict[str, dict[str, Json]]]
) -> None:
    gradings = [grading(id, always=always, requirement=f"R-{place}") for place, (id, always) in enumerate(listed)]
    sittings = {str(number): Sitting(("Hi.",), uses) for number, uses in enumerate(cases)}
    found: list[str] = []

    def check(one: Grading) -> Callable[..., Verdict]:
        found.append(one.requirement)
        return lambda _, **settings: Verdict(True, str(settings))

    suite = Suite(gradings, sittings, check)
    settled = {id for uses in cases for id, settings in uses.items() if settings}
    for _ in range(2):
        for name, sitting in sittings.items():
            wanted = [
                (one.requirement, str({**one.settings, **sitting.uses.get(one.id, {})}))
                for one in gradings
                if one.id in sitting.uses or one.always
            ]
            assert [(one.requirement, one.reason) for one in suite.grade(name, Answer("Hello."))] == wanted
        without = [(one.requirement, one.id in settled) for one in gradings if one.always]
        told = suite.grade("", Answer("Hello."))
        assert [(one.requirement, one.state is State.NOT_APPLICABLE) for one in told] == without
    assert len(found) == len(set(found)), "a check is looked up once for all answers"


@pytest.mark.parametrize(
    ("state", "gates", "loose", "share"), list(product(State, (True, False), (None, State.PASS), (100, 95)))
)
@pytest.mark.parametrize("judged", [True, False])
@pytest.mark.parametrize("loosely", [True, False])
def test_one_grader_weighs_as_much_as_two_that_say_the_same(
    state: State, loose: State | None, share: int, *, gates: bool, judged: bool, loosely: bool
) -> None:
    judgement = Judgement("j", "", 1, 0, 0) if judged else None
    one = GraderVerdict("R-1/x", "R-1", "x", 1, Level.MUST, gates, state, "so", loose, share, judgement)
    alone, both = (weighed("R-1", many, loose=loosely) for many in ((one,), (one, one)))
    assert [getattr(alone, name) for name in ("state", "gates", "reason", "loose", "judged")] == [
        getattr(both, name) for name in ("state", "gates", "reason", "loose", "judged")
    ]
