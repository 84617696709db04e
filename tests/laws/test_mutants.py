"""What a mutant of a prompt is, of every spec that ships; and how likely chance does as much as a sample shows, counted out by hand."""

from fractions import Fraction
from itertools import combinations, product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speclang.assure.mutation.making import Chosen, mutants, operators
from speclang.assure.mutation.mutant import Mutant
from speclang.assure.mutation.verdict import Fate, call
from speclang.engine.compiling import Opened, open_project
from speclang.run.statistics import Stratum, lost

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def project() -> Opened:
    return open_project(ROOT)


@pytest.fixture(scope="module")
def made(project: Opened) -> list[Mutant]:
    return list(mutants(project, "", Chosen()))


def test_a_mutant_is_the_prompt_but_for_its_clause(project: Opened, made: list[Mutant]) -> None:
    prompts = {one.feature: one.text for one in project.compiled.artifacts if one.path.endswith("/prompt.md")}
    assert len(made) > 200
    for one in made:
        prompt = prompts[one.feature]
        assert one.prompt != prompt
        assert prompt.count(one.before) >= 1
        if one.after:
            places = [at for at in range(len(prompt)) if prompt.startswith(one.before, at)]
            assert one.prompt in [prompt[:at] + one.after + prompt[at + len(one.before) :] for at in places], one.name
        else:
            whole, gone, rest = ("".join(text.split()) for text in (prompt, one.before, one.prompt))
            places = [at for at in range(len(whole)) if whole.startswith(gone, at)]
            assert rest in [whole[:at] + whole[at + len(gone) :] for at in places], one.name


def test_every_operator_makes_mutants_and_no_two_are_called_or_read_alike(made: list[Mutant]) -> None:
    assert {one.operator for one in made} == set(operators())
    assert len({(one.feature, one.name) for one in made}) == len(made)
    assert len({(one.feature, one.prompt) for one in made}) == len(made)


def test_the_same_specs_give_the_same_mutants(project: Opened, made: list[Mutant]) -> None:
    assert list(mutants(project, "", Chosen())) == made
    some = list(mutants(project, "", Chosen(names=("refunds/REF-1",), operators=("bound", "delete"))))
    assert [one.name for one in some] == ["REF-1/bound/1", "REF-1/bound/2", "REF-1/delete"]
    assert {one.requirement for one in mutants(project, "", Chosen(names=("FMT-1",)))} == {"FMT-1"}


def by_hand(strata: list[Stratum]) -> float:
    """Every way in which the answers of each case could have fallen into the two samples, one after the other."""
    seen = sum(then for _, _, then, _ in strata)
    ways = []
    for passed, n, then, m in strata:
        answers = [1] * (passed + then) + [0] * (n + m - passed - then)
        ways.append([sum(answers[at] for at in chosen) for chosen in combinations(range(n + m), m)])
    sums = [sum(one) for one in product(*ways)]
    return float(Fraction(sum(one <= seen for one in sums), len(sums)))


SAMPLES = st.tuples(st.integers(1, 3), st.integers(1, 3)).flatmap(
    lambda sizes: st.tuples(st.integers(0, sizes[0]), st.just(sizes[0]), st.integers(0, sizes[1]), st.just(sizes[1]))
)


@given(st.lists(SAMPLES, min_size=1, max_size=3))
def test_chance_is_what_counting_all_ways_gives(strata: list[Stratum]) -> None:
    assert lost(strata) == by_hand(strata)


@given(st.lists(SAMPLES, min_size=1, max_size=5))
def test_no_verdict_goes_beyond_the_sample(strata: list[Stratum]) -> None:
    found = call({str(place): one for place, one in enumerate(strata)}, steady=False)
    telling = [one for one in strata if one[0]]
    if found.fate is Fate.KILLED:
        assert lost(telling) <= 0.05
    if found.fate is Fate.SURVIVED:
        assert lost([(passed, n, 0, m) for passed, n, _, m in telling]) <= 0.05
        assert all(then * n >= passed * m for passed, n, then, m in telling)
    if found.blind:
        assert not telling


@pytest.mark.parametrize(
    ("strata", "fate", "times"),
    [
        ([(1, 1, 0, 1)], Fate.UNDECIDED, 3),
        ([(1, 1, 1, 1)] * 3, Fate.UNDECIDED, 2),
        ([(1, 1, 0, 1)] * 5, Fate.KILLED, 0),
        ([(1, 1, 1, 1)] * 5, Fate.SURVIVED, 0),
        ([(5, 5, 0, 5)], Fate.KILLED, 0),
        ([(5, 5, 4, 5)], Fate.UNDECIDED, 25),
        ([(0, 5, 0, 5)], Fate.UNDECIDED, 0),
        ([(4, 5, 4, 5)] * 2, Fate.SURVIVED, 0),
    ],
)
def test_small_samples_bear_what_they_can(strata: list[Stratum], fate: Fate, times: int) -> None:
    found = call({str(place): one for place, one in enumerate(strata)}, steady=False)
    assert (found.fate, found.times) == (fate, times)
