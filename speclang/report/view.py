"""What a report shows, as plain data: what the specs state, what became of it, and what each model has shown.

Page and comment are drawn from a `View` and from nothing else; `gathering` makes it.
Invariant: every date in it comes from the store.
"""

from collections.abc import Iterator, Mapping

from ..assure.accounts import Account, Aside
from ..assure.baseline import Judged
from ..assure.outcome import Row
from ..diagnostics.code import Severity
from ..diagnostics.diagnostic import Diagnostic, is_smell
from ..plan.case import Case
from ..plan.grader import Grader
from ..run.store.reading import PastRun
from ..source.records import dataclass, field
from ..source.span import Places
from .mutants import Mutants
from .spoken import Material

STATES: Mapping[str, str] = {
    "fails": "fail",
    "open": "undecided",
    "below": "below what is wanted",
    "known": "known to fail",
    "holds": "hold",
    "judge": "left to a judge",
    "stale": "not run since they changed",
    "untried": "not run",
    "ungraded": "without a grader",
}
"""How a requirement can stand, what needs attention first; each with what is said of several that stand so."""


_DRIFT = "E07"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stands:
    """How a requirement stands with one model: a state of `STATES`, in words, and on what that rests.

    `row` is None where no grader speaks for it.
    """

    account: int
    state: str
    words: str
    row: Row | None
    aside: Aside
    last: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """What a requirement adds to the prompt, with what stands before and after it there."""

    before: str
    text: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """One requirement: what the spec says of it and where, its clauses, its graders, its cases, how it stands with each model, and
    whether the cases notice when its clause is changed.
    """

    feature: str
    id: str
    title: str
    kind: str
    level: str
    spec: str
    at: str
    clauses: tuple[Clause, ...]
    graders: tuple[Grader, ...]
    cases: tuple[Case, ...]
    stands: tuple[Stands, ...]
    mutants: tuple[Mutants, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One feature: its prompt, in pieces that each know whose they are, and its requirements."""

    name: str
    title: str
    path: str
    prompt: tuple[tuple[str, str], ...]
    requirements: tuple[Stated, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """All that a report shows. `accounts` are the models, those that are no stub first; `runs` all runs, oldest first.

    `findings` are what a check finds, `against` is how the first account stands against the baseline, None where there is none.
    """

    project: str
    parts: tuple[Part, ...]
    accounts: tuple[Account, ...]
    runs: tuple[PastRun, ...]
    material: Material
    findings: tuple[Diagnostic, ...]
    against: tuple[Judged, ...] | None
    places: Places = field(repr=False, compare=False)

    @property
    def requirements(self) -> tuple[Stated, ...]:
        """Those of all features."""
        return tuple(one for part in self.parts for one in part.requirements)

    @property
    def last(self) -> str:
        """When a model gave the latest answer that counts, or the stub where no model did; "" without any."""
        models = [one for one in self.accounts if not one.stub] or self.accounts
        return max((moment for one in models for moment in one.last.values()), default="")

    @property
    def drifted(self) -> tuple[Diagnostic, ...]:
        """The findings that say that specs and generated files have drifted apart."""
        return tuple(one for one in self.findings if one.code.id.startswith(_DRIFT) and one.level is not Severity.NOTE)

    @property
    def others(self) -> tuple[Diagnostic, ...]:
        """The findings that do not, but for smells."""
        drifted = set(map(id, self.drifted))
        return tuple(one for one in self.findings if id(one) not in drifted and not is_smell(one))

    def failing(self, stated: Stated, account: int) -> Iterator[tuple[str, str]]:
        """The cases of which a model's answers fail a requirement, of those that are shown, each with the first reason."""
        for (feature, case), listed in self.accounts[account].shown.items():
            if feature != stated.feature:
                continue
            reasons = (
                one.told or one.reason
                for answer in listed
                if answer.counts and answer.fails
                for one in self.material.answers[answer.key].reasons
                if one.requirement == stated.id and "fail" in (one.state, one.say)
            )
            why = next(reasons, None)
            if why is not None:
                yield case, why

    def counts(self, account: int) -> dict[str, int]:
        """How many requirements stand how with a model, in the order of `STATES`."""
        found = dict.fromkeys(STATES, 0)
        for one in self.requirements:
            found[one.stands[account].state if self.accounts else _unrun(one)] += 1
        return {state: count for state, count in found.items() if count}


def _unrun(one: Stated) -> str:
    return "untried" if one.graders else "ungraded"
