"""A case as it is played: the prompt with its variables filled, what the user says, and how the tools answer.

In: a case of a feature's plan, the feature, and the prompt that was built. Out: a `Script`.
Invariant: pure; a simulated result is the text that `plan.delivery` makes, byte for byte.
"""

import re
from collections.abc import Mapping

from ..model.feature import Feature, Style
from ..model.given import FromContext
from ..plan.case import Case, Turn
from ..plan.delivery import arrives
from ..plan.described import described
from ..plan.plan import FeaturePlan
from ..source.hashing import Json
from ..source.records import dataclass


@dataclass(frozen=True, slots=True)
class Script:
    """`system` is the prompt; `results` pair each tool with the text that it returns and the seconds that it takes.

    `setting` says the variables of the prompt and the results once more, as data for whoever plays the case by itself. `twin` counts
    the cases before it in which the very same is said: each gets an answer of its own, so that none is counted twice.
    """

    feature: str
    case: str
    system: str
    turns: tuple[Turn, ...]
    tools: tuple[Json, ...]
    results: Mapping[str, tuple[str, float]]
    setting: Mapping[str, Json]
    twin: int = 0


class Stage:
    """The scripts of one feature; what is the same in all of them is made once."""

    __slots__ = ("_feature", "_plan", "_prompt", "_results", "_settings", "_tools", "_twins")

    def __init__(self, feature: Feature, plan: FeaturePlan, prompt: str) -> None:
        """Describe the tools of `feature`; `prompt` is the text that the model reads, with its variables not filled."""
        self._feature = feature
        self._plan = plan
        self._prompt = prompt
        self._tools = tuple(described(tool) for tool in feature.tools)
        self._results = {one.tool: arrives(one) for one in plan.replies}
        self._settings = _settings(self._results)
        self._twins: dict[str, int] = {}
        seen: dict[tuple[object, ...], int] = {}
        for case in plan.cases:
            said = (*((turn.role, turn.text) for turn in case.turns), *((one.given, one.shown) for one in case.context))
            self._twins[case.id] = seen[said] = seen.get(said, -1) + 1

    def script(self, case: Case) -> Script:
        """What is played for `case`."""
        context = {one.given: one.shown for one in case.context}
        results, settings = self._results, self._settings
        if case.replies:
            results = results | {one.tool: arrives(one) for one in case.replies}
            settings = _settings(results)
        return Script(
            feature=self._plan.feature,
            case=case.id,
            system=filled(self._prompt, self._feature, context),
            turns=case.turns,
            tools=self._tools,
            results=results,
            setting={"context": context, "results": settings},
            twin=self._twins[case.id],
        )


def _settings(results: Mapping[str, tuple[str, float]]) -> Mapping[str, Json]:
    """What tools return, as data."""
    return {name: {"content": text, "seconds": seconds} for name, (text, seconds) in results.items()}


def filled(prompt: str, feature: Feature, context: Mapping[str, str]) -> str:
    """`prompt` with the values of its variables, as the program that fills them would leave it."""
    opens, closes = _MARKS[feature.variables]
    holes = {
        f"{opens}{one.name}{closes}": context[one.name]
        for one in feature.givens
        if isinstance(one.source, FromContext) and one.name in context
    }
    if feature.variables is Style.FSTRING:
        holes |= {"{{": "{", "}}": "}"}
    if not holes:
        return prompt
    # All at once: what a value holds is no variable again.
    return re.sub("|".join(map(re.escape, holes)), lambda found: holes[found[0]], prompt)


_MARKS = {Style.JINJA: ("{{ ", " }}"), Style.HANDLEBARS: ("{{", "}}"), Style.FSTRING: ("{", "}")}
