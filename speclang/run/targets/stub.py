"""An obedient stub: no model, but somebody who follows exactly the clauses that stand in the prompt.

It tells whether specs, cases and graders fit together, without a model, a key or a network: a requirement whose clause stands in the
prompt is met, one whose clause is missing is broken. It knows the graders, so it tells nothing of what a model would do: its results
are called the stub's wherever they stand. As a judge it finds which of the anchors an answer is most like, word by word.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from ...plan.case import Case
from ...source.hashing import Json
from ..asking import Refused, Reply, Request, Target
from ..finding import Acquainted, Context
from ..obedience.obeying import answered
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
        judged = request.setting.get("judge")
        if isinstance(judged, Mapping):
            return Reply(({"role": "assistant", "content": verdict(judged)},), latency=0.0)
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


def verdict(asked: Mapping[str, Json]) -> str:
    """What the stub replies as a judge: whether the answer has more words in common with a good anchor than with any bad one."""
    answer = str(asked.get("answer", ""))
    good, bad = (max((_alike(answer, one) for one in _texts(asked.get(name))), default=0.0) for name in ("good", "bad"))
    said = "pass" if good > bad else "fail" if bad > good else "unsure"
    reason = f"it has {good:.0%} of its words in common with a good anchor, and {bad:.0%} with a bad one"
    return json.dumps({"quote": answer.strip()[:80], "reason": reason, "verdict": said})


def _alike(one: str, other: str) -> float:
    words, others = (set(re.findall(r"\w+", text.casefold())) for text in (one, other))
    return len(words & others) / (len(words | others) or 1)


def _texts(value: Json) -> Iterator[str]:
    listed = value if isinstance(value, Sequence) and not isinstance(value, str) else ()
    return (one for one in listed if isinstance(one, str))
