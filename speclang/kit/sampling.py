"""Tries a kind's graders on answers: those of its samples, and any others.

In: a kind and the feature that the spec of a sample states. Out: verdicts, or the reason why there is none.
Invariant: whatever a check does, it ends in a verdict or in `Unproved`.
"""

from collections.abc import Iterable

from ..model.feature import Feature
from ..model.requirement import Requirement
from ..plan.grader import Grader
from ..values.errors import Problem
from ..values.reading import read
from ..values.types import Datum
from .answer import Answer, Verdict
from .grading import UnknownCheck, judge
from .kind import Kind, Sample
from .schema import RequirementFields

SAMPLED = "X-1"
"""The requirement that a sample's spec states and its graders speak for."""


class Unproved(Exception):
    """An answer can't be judged; says why."""


class Bench:
    """The graders of one kind for the requirement `X-1` of one spec."""

    __slots__ = ("_feature", "_kind", "_types", "graders", "requirement")

    def __init__(self, kind: Kind[RequirementFields], feature: Feature) -> None:
        """Find the requirement and its graders. Raises `Unproved`."""
        found = next((one for one in feature.requirements if one.id == SAMPLED), None)
        if found is None or found.kind != kind.name:
            raise Unproved(f"its spec states no `{SAMPLED}` of the kind `{kind.name}`")
        self._kind = kind
        self._feature = feature
        self._types = {given.name: given.type for given in feature.givens}
        self.requirement: Requirement = found
        self.graders: tuple[Grader, ...] = tuple(kind.graders(found, feature))

    def grader(self, slug: str) -> Grader:
        """The grader that samples call `slug`. Raises `Unproved`."""
        id = f"{SAMPLED}/{slug}"
        for one in self.graders:
            if one.id == id:
                return one
        raise Unproved(f"there is no grader `{id}`")

    def judge(self, grader: Grader, answer: Answer, inputs: Iterable[tuple[str, str]] = ()) -> Verdict:
        """What `grader` says of `answer` in a case with `inputs`, all else being typical. Raises `Unproved`."""
        values = self._values(inputs)
        try:
            settled = dict(self._kind.settled(grader, self.requirement, self._feature, values))
            return judge(self._kind, grader, settled, answer)
        except UnknownCheck:
            raise Unproved(f"nothing is called `{grader.check}`") from None
        except Exception as problem:
            # A check may be anybody's code: whatever stops it is a finding about it.
            raise Unproved(f"the check `{grader.check}` stops with {type(problem).__name__}: {problem}") from problem

    def tried(self, sample: Sample) -> Verdict:
        """What the grader of `sample` says of it. Raises `Unproved`."""
        return self.judge(self.grader(sample.grader), sample.answer, sample.inputs)

    def _values(self, inputs: Iterable[tuple[str, str]]) -> dict[str, Datum]:
        values: dict[str, Datum] = {given.name: given.typical for given in self._feature.givens}
        for name, text in inputs:
            value = read(text, self._types[name]) if name in self._types else None
            if name not in self._types or isinstance(value, Problem):
                raise Unproved(f"its input `{name}` is no value of a given of its spec")
            values[name] = value
        return values
