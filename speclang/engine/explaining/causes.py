"""What can make a case red, in the order in which it is asked.

In: what was seen of a case, as evidence for causes. Out: the first cause for which there is evidence.
Invariant: the first four need no model and no answer; nothing later is said while one of them holds.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from math import comb

from ...source.records import dataclass

NOISE = 0.05
"""Two rates differ by chance if Fisher's exact test says so at this level."""


class Cause(StrEnum):
    """Why a case is red: the first that holds."""

    CASE = "case"
    GRADER = "grader"
    CLAUSE = "clause"
    REQUIREMENT = "requirement"
    RUN = "run"
    NOISE = "noise"
    MODEL = "model"


WITHOUT_ANSWERS = (Cause.CASE, Cause.GRADER, Cause.CLAUSE, Cause.REQUIREMENT)
"""Told from spec and files alone."""

ASKED: Mapping[Cause, tuple[str, str]] = {
    Cause.CASE: (
        "the case and its graders are as they were built",
        "the case or a grader of it is not as it was built",
    ),
    Cause.GRADER: ("its graders are right about their own samples", "a grader of it is wrong about its own samples"),
    Cause.CLAUSE: ("the prompt says what the requirement says", "the prompt does not say what the requirement says"),
    Cause.REQUIREMENT: (
        "the requirement is built, and decides alone",
        "the requirement has changed since, is not in the prompt, or is at odds with another",
    ),
    Cause.RUN: ("the same model answered as before", "another model answered than before"),
    Cause.NOISE: ("it is no matter of chance", "the difference is no larger than chance makes it"),
    Cause.MODEL: ("the answers meet the requirement", "the model did not do what it was told"),
}
"""What is said of each cause where it does not hold, and where it does."""


@dataclass(frozen=True, slots=True)
class Tries:
    """How often a case was answered and how often it passed, by which models; `reasons` are those of answers that failed.

    `refused` lines of `name` could not be read, and may have held further answers. `kept` says that they are of the store.
    """

    passed: int
    n: int
    models: tuple[str, ...]
    reasons: tuple[str, ...]
    refused: int = 0
    name: str = ""
    kept: bool = False

    @property
    def failed(self) -> int:
        """How many answers failed."""
        return self.n - self.passed


def first(evidence: Mapping[Cause, Sequence[str]], now: Tries | None, before: Tries | None) -> Cause | None:
    """The cause of what `evidence` and the answers show; None where they show none: nothing is red, or nothing was answered."""
    for cause in WITHOUT_ANSWERS:
        if evidence.get(cause):
            return cause
    if now is None or not now.failed:
        return None
    if before is not None and before.n and before.models != now.models:
        return Cause.RUN
    if by_chance(now, before):
        return Cause.NOISE
    return Cause.MODEL


def by_chance(now: Tries, before: Tries | None) -> bool:
    """Whether `now` differs from `before` by no more than chance; without a before, whether the same case also passes.

    A failure among several answers says that the model does not always do it, not that anything has changed.
    """
    if before is None or not before.n:
        return now.passed > 0
    return before.passed > 0 and worse_by_chance(now, before) > NOISE


def worse_by_chance(now: Tries, before: Tries) -> float:
    """How probable it is that `now` passes so seldom if both have one rate: Fisher's exact test (Fisher 1935), one-sided."""
    n, passed = now.n + before.n, now.passed + before.passed
    low = max(0, passed - before.n)
    ways = sum(comb(now.n, k) * comb(before.n, passed - k) for k in range(low, now.passed + 1))
    return ways / comb(n, passed)
