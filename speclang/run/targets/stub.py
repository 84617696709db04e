"""An obedient stub: no model, but somebody who follows exactly the clauses that stand in the prompt.

It tells whether specs, cases and graders fit together, without a model, a key or a network: a requirement whose clause stands in the
prompt is met, one whose clause is missing is broken. It knows the graders, so it tells nothing of what a model would do: its results
are called the stub's wherever they stand.
"""

from collections.abc import Mapping

from ...plan.case import Case
from ...source.hashing import Json
from ..asking import Refused, Reply, Request, Target
from ..finding import Acquainted, Context
from ..obeying import answered
from ..script import filled

SUMMARY = "an obedient stub, which is no model: it follows exactly the clauses of the prompt"


def made(context: Context) -> Target:
    """The stub, which knows the project."""
    return Stub(context.stated.name, {one.feature.name: one for one in context.known()})


class Stub:
    """The stub of one project."""

    __slots__ = ("_cases", "_features", "name")

    def __init__(self, name: str, features: Mapping[str, Acquainted]) -> None:
        """Take what is known of each feature."""
        self.name = name
        self._features = features
        self._cases: dict[tuple[str, str], Case] = {
            (feature, case.id): case for feature, one in features.items() for case in one.known.plan.cases
        }

    @property
    def model(self) -> str:
        """It is none."""
        return "stub"

    @property
    def identity(self) -> Json:
        """There is one stub."""
        return ["stub"]

    @property
    def remembers(self) -> bool:
        """It costs nothing to ask it again, and it may have learnt."""
        return False

    async def ask(self, request: Request) -> Reply:
        """What follows from the clauses in the prompt."""
        case = self._cases.get((request.feature, request.case))
        if case is None:
            raise Refused("the stub knows the cases of the specs alone")
        one = self._features[request.feature]
        told = request.setting.get("context")
        context = {name: str(value) for name, value in told.items()} if isinstance(told, Mapping) else {}
        messages = answered(one.known, case, request.messages, lambda clause: filled(clause, one.feature, context))
        return Reply(messages, latency=0.0)

    async def close(self) -> None:
        """Nothing is open."""
