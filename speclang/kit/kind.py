"""What a requirement kind is: one class in one file.

A kind says how its fields are typed, how they read in a prompt, which cases try them and which pure checks judge an
answer. It never sees the tree, the disk or another kind. `registry.load` finds it by its file's name.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from ..diagnostics.diagnostic import Diagnostic
from ..logic.norm import Norm
from ..model.feature import Feature
from ..model.requirement import Level, Requirement
from ..model.text import Text, Word
from ..plan.clause import Piece
from ..plan.grader import Grader
from ..source.hashing import Json
from ..source.records import dataclass, field
from ..values.types import Datum
from .answer import Answer, Verdict
from .schema import RequirementFields

if TYPE_CHECKING:
    from ..plan.draft import CaseDraft
    from .casegen import Cases
    from .wording import Say

F = TypeVar("F", bound=RequirementFields)

Check = Callable[..., Verdict]
"""A pure function `(answer, **parameters) -> Verdict`: total, bounded in time, reads nothing else."""


@dataclass(frozen=True, slots=True)
class Sample:
    """An answer to one of the kind's own requirements, and whether its graders must accept it.

    `spec` is the text of a small feature that states a requirement `X-1` of the kind. `grader` is the slug of the grader
    tried (`X-1/words` has the slug `words`); `why` says in a few words what the sample shows. `inputs` are the case's
    values by given, as they would be written in a spec, where the grader depends on them.
    """

    spec: str
    grader: str
    answer: Answer
    passes: bool
    why: str
    inputs: tuple[tuple[str, str], ...] = field(default=())


class Kind(ABC, Generic[F]):
    """The base of every kind. Instances hold no state; one is made per process.

    Class attributes: `name` is the word in the spec and the file's name; `version` is the version of the kind's checks,
    shown in verdicts; `section` the key of the prompt section its clauses go to; `levels` the deontic fields it allows;
    `Fields` its schema; `checks` its own checks by name (`kind.check`), beside the shared ones of `kit.checks`; `SAMPLES`
    the answers that prove its graders; `requires` is false where it only helps the model along; `loosely` says that its
    graders also have a loose reading, as IFEval publishes it.
    """

    name: ClassVar[str]
    version: ClassVar[int] = 1
    section: ClassVar[str]
    levels: ClassVar[Sequence[Level]]
    Fields: ClassVar[type[RequirementFields]]
    typed: ClassVar[bool] = True
    requires: ClassVar[bool] = True
    loosely: ClassVar[bool] = False
    checks: ClassVar[dict[str, Check]] = {}
    SAMPLES: ClassVar[Sequence[Sample]] = ()

    def fields(self, requirement: Requirement) -> F:
        """The requirement's own fields, as this kind's schema."""
        return requirement.fields  # type: ignore[return-value]

    @abstractmethod
    def clause(self, requirement: Requirement, say: "Say") -> Iterator[Piece]:
        """The pieces of the requirement's sentence(s) in the prompt; nothing for a kind that adds none."""

    @abstractmethod
    def graders(self, requirement: Requirement, feature: Feature) -> Iterable[Grader]:
        """The graders that speak for the requirement, the same for every case."""

    def everywhere(self, requirement: Requirement, feature: Feature) -> Iterable[Grader]:
        """The graders that judge every answer to an input on which the requirement decides, whatever the user says."""
        return tuple(one for one in self.graders(requirement, feature) if one.always)

    @abstractmethod
    def cases(self, requirement: Requirement, cases: "Cases") -> Iterator["CaseDraft"]:
        """The obligations of the requirement with an input for each; the expected result is computed by lowering."""

    def settled(
        self, grader: Grader, requirement: Requirement, feature: Feature, values: Mapping[str, Datum]
    ) -> tuple[tuple[str, Json], ...]:
        """The settings of `grader` that only a case can fix, on the case's input: `arguments` of a call, say."""
        return ()

    def further(self, requirement: Requirement, feature: Feature, tools: Collection[str]) -> tuple[Text, ...]:
        """What the user has to say later in every case in which `tools` must be called: their consent, say."""
        return ()

    def beforehand(self, requirement: Requirement, feature: Feature, tools: Collection[str]) -> tuple[Word, ...]:
        """What the user has to have said in every case in which `tools` must be called: givens, and parameters of tools."""
        return ()

    def shown(self, requirement: Requirement) -> tuple[Text, ...]:
        """What a user says first in conversations that the prompt shows; no case may open with the same."""
        return ()

    def answers(self, requirement: Requirement) -> tuple[Text, ...]:
        """The last answers of conversations that the prompt shows: what every requirement has to accept."""
        return ()

    def watches(self, requirement: Requirement) -> tuple[Word, ...]:
        """The requirements whose cases on either side of a line are asked on a schedule, beside its own."""
        return ()

    def norms(self, requirement: Requirement) -> Iterable[Norm]:
        """What the requirement asserts about outcomes, in terms of logic; nothing for kinds that decide none."""
        return ()

    def contrary(self, requirement: Requirement) -> Mapping[str, object]:
        """The fields that ask for the opposite, by name; nothing where that is each level in the place of its denial."""
        return {}

    def vocabulary(self) -> Iterable[tuple[str, str]]:
        """The words that a term of its fields may begin with, those used most first, each with a term as it is written."""
        return ()

    def published(self, id: str, parameters: Mapping[str, Json]) -> str | None:
        """The spec of a sample whose requirement `X-1` says a published instruction, by its ID; None for one it can't say.

        Raises `KeyError` for a parameter that is missing.
        """
        return None

    def validate(self, requirement: Requirement, feature: Feature) -> Iterable[Diagnostic]:
        """Findings that only this kind can make, with codes `kind/slug`."""
        return ()
