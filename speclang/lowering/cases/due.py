"""Which tools an answer has to call, by what judges it, and what the user has to say for them to be callable.

In: graders, and the requirements that speak of how tools are called. Out: tools by name; texts, and what they wait for.
Invariant: knows checks and no kind; equal tools have one answer.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from ...kit.kind import Kind
from ...kit.schema import RequirementFields
from ...model.feature import Feature
from ...model.text import Text, Word
from ...plan.grader import Grader


class Leave(NamedTuple):
    """What the user says so that tools may be called.

    `beforehand` are givens from the user and parameters of tools that they tell with their request, each named where it is asked for;
    `further` is what they say after it: their consent.
    """

    beforehand: tuple[Word, ...] = ()
    further: tuple[Text, ...] = ()


class Leaves:
    """What the requirements of one feature want said before a tool is called."""

    __slots__ = ("_feature", "_kinds", "_known", "_listening")

    def __init__(self, feature: Feature, kinds: Mapping[str, Kind[RequirementFields]]) -> None:
        """Find the requirements of `feature` that want something said."""
        self._feature = feature
        self._kinds = kinds
        self._listening = [one for one in feature.requirements if _listens(kinds[one.kind])]
        self._known: dict[frozenset[str], Leave] = {}

    @property
    def wanted(self) -> bool:
        """Whether any requirement wants something said."""
        return bool(self._listening)

    def of(self, tools: frozenset[str]) -> Leave:
        """What the user has to say where each of `tools` must be called, each once."""
        found = self._known.get(tools)
        if found is None:
            found = self._known[tools] = self._asked(tools)
        return found

    def _asked(self, tools: Collection[str]) -> Leave:
        if not tools:
            return Leave()
        each = [(self._kinds[one.kind], one) for one in self._listening]
        needs = {need.text: need for kind, one in each for need in kind.beforehand(one, self._feature, tools)}
        texts = {text.plain: text for kind, one in each for text in kind.further(one, self._feature, tools)}
        return Leave(tuple(needs.values()), tuple(texts.values()))


def due(graders: Iterable[Grader]) -> frozenset[str]:
    """The tools that an answer has to call for `graders` to pass."""
    named = (
        one.value for grader in graders if grader.check == "called" for one in grader.settings if one.name == "tool"
    )
    return frozenset(tool for tool in named if isinstance(tool, str))


def _listens(kind: Kind[RequirementFields]) -> bool:
    own = type(kind)
    return own.further is not Kind.further or own.beforehand is not Kind.beforehand
