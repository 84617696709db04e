"""A mutant: the prompt of a feature in which one clause says something else, or nothing."""

from ...model.requirement import Requirement
from ...plan.case import Case
from ...source.hashing import digest
from ...source.records import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """`before` and `after` are the clause of `requirement`, as the prompt has it; `prompt` is all of the changed prompt.

    `name` is that of the requirement, of the operator, and a number where that one makes several. `cases` are run to see whether they
    notice. `requirement` reads as `changed` then; None where its clause is left out. `what` says in a few words what differs.
    """

    feature: str
    requirement: str
    operator: str
    name: str
    what: str
    before: str
    after: str
    prompt: str = field(repr=False)
    changed: Requirement | None = field(default=None, repr=False)
    cases: tuple[Case, ...] = field(default=(), repr=False)

    @property
    def clause(self) -> str:
        """The hash of the clause that is changed: what is shown of it holds as long as it reads so."""
        return digest(self.before)
