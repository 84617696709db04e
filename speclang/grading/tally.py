"""Verdicts, counted: how often each requirement passes, and how sure that is.

In: graded answers, one after the other. Out: rates with Wilson's interval at 95%.
Invariant: what is kept does not grow with the number of answers.
"""

from collections.abc import Collection, Mapping

from ..model.certainty import interval
from ..model.reliability import KnownFailure
from ..source.records import dataclass
from .suite import RequirementVerdict, State
from .verdicts import Graded, Sums

Key = tuple[str, str]
"""A feature and a requirement."""

SHOWN = 3
"""How many answers that fail are kept for each requirement."""


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of `n` passed, and between which shares the true one lies, by Wilson, at 95%; `n` of 0 says nothing."""

    passed: int
    n: int

    @property
    def share(self) -> float | None:
        """The share that passed; None where there is none."""
        return self.passed / self.n if self.n else None

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's score interval, from 0 to 1."""
        return interval(self.passed, self.n)

    @property
    def told(self) -> str:
        """``75% pass (n = 4, 95% interval 30% to 95%)``."""
        low, high = self.interval
        return f"{_percent(self.share or 0)} pass (n = {self.n:,}, 95% interval {_percent(low)} to {_percent(high)})"

    def __str__(self) -> str:
        """``75% (n = 4, 30% to 95%)``."""
        if self.share is None:
            return "-"
        low, high = self.interval
        return f"{_percent(self.share)} (n = {self.n:,}, {_percent(low)} to {_percent(high)})"


@dataclass(frozen=True, slots=True)
class Failure:
    """An answer that does not meet a requirement."""

    line: int
    case: str
    reason: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How one requirement stands: counts of answers, and the first that fail.

    `gating` are the failures that decide, `loose` the answers that pass by the loose reading, or None where there is none.
    `short` says of what share of runs too few passed, where a requirement asks for one. `cases` are the rates by case, of a requirement
    that is counted so; `excused` those of cases that are known to fail, which count nowhere else. `held` says whether the requirement
    holds, where something else than any failure decides that; `known` is the mark by which its failure is expected. `judged` is the
    rate of those verdicts, of all, in which a judge had a part; `undecided` are the answers on which one came to no verdict.
    """

    feature: str
    requirement: str
    passed: int
    failed: int
    gating: int
    judge: int
    not_applicable: int
    loose: int | None
    failures: tuple[Failure, ...]
    short: str = ""
    cases: tuple[tuple[str, Rate], ...] = ()
    excused: tuple[tuple[str, Rate], ...] = ()
    held: bool | None = None
    known: KnownFailure | None = None
    judged: Rate = Rate(0, 0)
    undecided: int = 0

    @property
    def rate(self) -> Rate:
        """The share of answers that pass, of those on which code can tell, or a judge has told."""
        return Rate(self.passed, self.passed + self.failed)

    @property
    def met(self) -> bool:
        """Whether nothing that gates fails, or as little as the requirement allows."""
        return (not self.gating if self.held is None else self.held) and not self.short

    @property
    def fails(self) -> bool:
        """Whether it is not met, and nobody knew."""
        return not self.met and self.known is None


class Tally:
    """Counts verdicts by feature and requirement."""

    __slots__ = (
        "_cases", "_counts", "_excused", "_failures", "_judged", "_loosely", "_own", "_shares", "answers", "judged", "met", "passed",
        "passed_loosely", "told",
    )  # fmt: skip

    def __init__(self, own: Mapping[Key, Mapping[str, str]] | None = None, excused: Collection[str] = ()) -> None:
        """Count nothing yet. `own` gives, for requirements that are counted by case, the IDs of their cases by all names; of these, the
        `excused` (as `feature/ID`) are known to fail.
        """
        self._own = own or {}
        self._excused = frozenset(excused)
        self._cases: dict[Key, dict[str, list[int]]] = {}
        self.answers: dict[str, int] = {}
        self.told = 0
        self.passed = 0
        self.passed_loosely = 0
        self.judged = 0
        self.met = 0
        self._judged: dict[tuple[str, str], dict[str, int]] = {}
        self._counts: dict[tuple[str, str], dict[str, int]] = {}
        self._loosely: dict[tuple[str, str], int] = {}
        self._failures: dict[tuple[str, str], list[Failure]] = {}
        self._shares: dict[tuple[str, str], dict[str, tuple[int, int, int]]] = {}

    def add(self, graded: Graded) -> Sums:
        """Count one answer; what its verdicts come to."""
        self.answers[graded.feature] = self.answers.get(graded.feature, 0) + 1
        sums = graded.sums
        self.told += sums.told
        self.passed += sums.passed
        self.passed_loosely += sums.passed_loosely
        self.judged += sums.judged
        self.met += sums.judged and sums.met
        for one in graded.requirements:
            self._count(graded, one)
        return sums

    def _count(self, graded: Graded, one: RequirementVerdict) -> None:
        key = (graded.feature, one.requirement)
        if key in self._own:
            case = self._own[key].get(graded.case, "")
            seen = self._cases.setdefault(key, {}).setdefault(case, [0, 0])
            seen[0] += one.state is State.PASS
            seen[1] += one.state in (State.PASS, State.FAIL)
            if f"{graded.feature}/{case}" in self._excused:
                return
        counts = self._counts.get(key)
        if counts is None:
            counts = self._counts[key] = dict.fromkeys((*State, "gating"), 0)
        counts[one.state] += 1
        if one.judged:
            judged = self._judged.setdefault(key, dict.fromkeys(State, 0))
            judged[one.state] += 1
        if one.loose is not None:
            self._loosely[key] = self._loosely.get(key, 0) + (one.loose is State.PASS)
        if one.state is State.FAIL:
            counts["gating"] += one.gates
            kept = self._failures.setdefault(key, [])
            if len(kept) < SHOWN:
                kept.append(Failure(graded.line, graded.case, one.reason))
        for grader in one.graders:
            if grader.share < 100 and grader.gates and grader.state in (State.PASS, State.FAIL):
                shares = self._shares.setdefault(key, {})
                passed, n, _ = shares.get(grader.grader, (0, 0, 0))
                shares[grader.grader] = (passed + (grader.state is State.PASS), n + 1, grader.share)

    def standing(self, feature: str, requirement: str) -> Standing:
        """How `requirement` of `feature` stands; it applies to no answer that it has no grader for."""
        key = (feature, requirement)
        counts = self._counts.get(key, {})
        cases = [(case, Rate(*seen)) for case, seen in self._cases.get(key, {}).items() if seen[1]]
        told = sum(counts.get(one, 0) for one in (State.PASS, State.FAIL, State.JUDGE))
        shares = self._shares.get(key, {})
        judged = self._judged.get(key, {})
        short = next(
            (
                f"`{grader}` passes {passed:,} of {n:,} runs; {share}% wanted"
                for grader, (passed, n, share) in shares.items()
                if passed * 100 < share * n
            ),
            "",
        )
        return Standing(
            feature=feature,
            requirement=requirement,
            passed=counts.get(State.PASS, 0),
            failed=counts.get(State.FAIL, 0),
            gating=counts.get("gating", 0),
            judge=counts.get(State.JUDGE, 0),
            not_applicable=self.answers.get(feature, 0) - told,
            loose=self._loosely.get(key),
            failures=tuple(self._failures.get(key, ())),
            short=short,
            cases=tuple((case, rate) for case, rate in cases if f"{feature}/{case}" not in self._excused),
            excused=tuple((case, rate) for case, rate in cases if f"{feature}/{case}" in self._excused),
            judged=Rate(judged.get(State.PASS, 0), judged.get(State.PASS, 0) + judged.get(State.FAIL, 0)),
            undecided=judged.get(State.JUDGE, 0),
        )


def _percent(share: float) -> str:
    """A share as people read it; only all is 100%, and only none is 0%."""
    whole = round(share * 100)
    if whole == 100 and share < 1:
        return "99.9%" if share >= 0.9985 else f"{min(share * 100, 99.9):.1f}%"
    if whole == 0 and share > 0:
        return f"{max(share * 100, 0.1):.1f}%"
    return f"{whole}%"
