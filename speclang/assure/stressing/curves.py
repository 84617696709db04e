"""What the answers to variants come to: a curve for each requirement along each axis, a rate for each level.

In: the stresses of a feature's plan, and the answers of a run. Out: curves, gates, what only several levels together break.
A variant is held against its own seed: what fails anyway shows nothing. Whether answers at a level are worse beyond chance is told by
the exact permutation test of mutants (decision 0641), whether a level reaches its least share by Wilson's interval.
Invariant: pure; only what code, or the judge of the run, told counts.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ...grading.holding import Call, Decision, decide
from ...grading.tally import Rate
from ...model.requirement import Level
from ...plan.plan import FeaturePlan
from ...plan.stressed import Stressed, Variant
from ...run.store.reading import Past
from ..mutation.verdict import call
from .outcome import Curve, Fallen, Gate, Point, Together

Told = Mapping[str, Sequence[bool]]
"""Which answers to each case pass."""


class Answers:
    """The answers to the cases of one feature: by requirement, and by all that gates."""

    __slots__ = ("_by_requirement", "gating", "hashes")

    def __init__(self, answers: Iterable[Past]) -> None:
        """Sort them; `gating` are those on which something that gates could be told."""
        self._by_requirement: dict[str, dict[str, list[bool]]] = {}
        self.gating: dict[str, dict[int, bool]] = {}
        self.hashes: dict[str, str] = {}
        for one in answers:
            self.hashes[one.case] = one.case_hash
            for requirement, state in one.states.items():
                if state in ("pass", "fail"):
                    by_case = self._by_requirement.setdefault(requirement, {})
                    by_case.setdefault(one.case, []).append(state == "pass")
            told = [said.state for said in one.said if said.gates and said.state in ("pass", "fail")]
            if told:
                self.gating.setdefault(one.case, {})[one.repetition] = "fail" not in told

    def of(self, requirement: str) -> Told:
        """Which answers to each case pass, for one requirement."""
        return self._by_requirement.get(requirement, {})

    def all_pass(self, case: str) -> bool:
        """Whether there are answers to `case`, and all of them pass."""
        told = self.gating.get(case, {})
        return bool(told) and all(told.values())


def curves(plan: FeaturePlan, stress: Stressed, answers: Answers, *, steady: bool) -> Iterator[Curve]:
    """The curve of each requirement along each axis, in the order of the requirements."""
    musts = {one.requirement for one in plan.graders if one.gates and one.level in (Level.MUST, Level.MUST_NOT)}
    single = _single(stress)
    for requirement in dict.fromkeys(one.requirement for one in plan.graders):
        told = answers.of(requirement)
        if not told:
            continue
        base = _rate(told, stress.seeds)
        for axis, levels in stress.levels:
            points = [
                _point(level, single.get((axis, level), ()), told, steady=steady)
                for level in levels
                if (axis, level) in single
            ]
            if any(one.rate.n for one in points):
                yield Curve(
                    feature=plan.feature,
                    stress=stress.name,
                    axis=axis,
                    requirement=requirement,
                    must=requirement in musts,
                    base=base,
                    points=tuple(points),
                )


def _single(stress: Stressed) -> Mapping[tuple[str, str], list[Variant]]:
    """The variants of one level each."""
    found: dict[tuple[str, str], list[Variant]] = {}
    for one in stress.variants:
        if len(one.at) == 1:
            found.setdefault(one.at[0], []).append(one)
    return found


def _point(level: str, variants: Sequence[Variant], told: Told, *, steady: bool) -> Point:
    strata = {
        one.id: (sum(told.get(one.seed, ())), len(told.get(one.seed, ())), sum(told[one.id]), len(told[one.id]))
        for one in variants
        if one.id in told
    }
    found = call(strata, steady=steady)
    fallen = (one for one in variants if one.id in strata and _fell(strata[one.id]))
    return Point(
        level=level,
        rate=_rate(told, strata),
        fate=found.fate,
        chance=found.chance,
        times=found.times,
        fallen=tuple(fell(one) for one in fallen),
    )


def _fell(one: tuple[int, int, int, int]) -> bool:
    """Whether the seed passes each time, and the variant does not."""
    passed, n, then, m = one
    return passed == n > 0 and then < m


def fell(one: Variant) -> Fallen:
    """A variant, as it is told."""
    said = [turn.text for turn in one.turns if turn.role == "user"]
    return Fallen(one.id, one.seed, said[-1])


def _rate(told: Told, cases: Iterable[str]) -> Rate:
    listed = [passed for case in cases for passed in told.get(case, ())]
    return Rate(sum(listed), len(listed))


def gates(plan: FeaturePlan, stress: Stressed, answers: Answers) -> Iterator[Gate]:
    """How all answers at each level fare."""
    least = float(stress.least) / 100 if stress.least is not None else None
    single = _single(stress)
    for axis, levels in stress.levels:
        for level in levels:
            cases = [one.id for one in single.get((axis, level), ())]
            listed = [passed for case in cases for passed in answers.gating.get(case, {}).values()]
            rate = Rate(sum(listed), len(listed))
            decision = decide(rate, least) if least is not None else Decision(Call.NOTHING)
            yield Gate(
                feature=plan.feature, stress=stress.name, at=(axis, level), rate=rate, least=least, decision=decision
            )


def together(plan: FeaturePlan, stress: Stressed, answers: Answers) -> Together | None:
    """How the variants at several levels fare; None where there are none."""
    several = [one for one in stress.variants if len(one.at) > 1]
    if not several:
        return None
    listed = [passed for one in several for passed in answers.gating.get(one.id, {}).values()]
    alone = {(one.seed, one.at[0]): one.id for one in stress.variants if len(one.at) == 1}
    fallen = [
        one
        for one in several
        if one.id in answers.gating
        and not answers.all_pass(one.id)
        and answers.all_pass(one.seed)
        and all(answers.all_pass(alone[one.seed, at]) for at in one.at if (one.seed, at) in alone)
    ]
    return Together(
        feature=plan.feature,
        stress=stress.name,
        rate=Rate(sum(listed), len(listed)),
        fallen=tuple(fell(one) for one in fallen),
    )


def by_level(
    stress: Stressed, answers: Answers, hashes: Mapping[str, str]
) -> Mapping[str, Mapping[tuple[str, int], bool]]:
    """Whether each answer meets all that gates, by level; only those to cases that are played and judged as `hashes` say."""
    found: dict[str, dict[tuple[str, int], bool]] = {}
    for one in stress.variants:
        if len(one.at) == 1 and answers.hashes.get(one.id) == hashes.get(one.id):
            for repetition, passed in answers.gating.get(one.id, {}).items():
                found.setdefault(f"{stress.name}: {'='.join(one.at[0])}", {})[one.id, repetition] = passed
    return found
