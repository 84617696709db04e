"""What the rules surely ask for in a conversation that belongs to no case, from what its tools returned alone.

In: a feature, its kinds, and steps. Out: the graders of each requirement that decides there, with the settings that its values fix.
Invariant: sound: a requirement counts only if it decides whatever the values are that nobody has told. What a tool returned twice in two
ways is not known.
"""

from collections.abc import Iterator, Mapping, Sequence

from ...grading.steps import Deed, Step, unwrapped
from ...kit.kind import Kind
from ...kit.schema import RequirementFields
from ...logic.ruleset import RuleSet, indices
from ...logic.variables import variables
from ...lowering.cases.verdicts import Court
from ...model.feature import Feature
from ...model.given import FromTool
from ...model.tool import TRUNCATED
from ...source.hashing import Json
from ...values.errors import Problem
from ...values.literals import from_json
from ...values.types import Datum
from .breaks import Break, Fault

Kinds = Mapping[str, Kind[RequirementFields]]

_STATES = {
    Fault.NULL: "null",
    Fault.EMPTY: "nothing",
    Fault.LATE: "late",
    Fault.WRONG_TYPE: "wrong_type",
    Fault.CUT: TRUNCATED,
}


class Rules:
    """The rules of one feature."""

    __slots__ = ("_court", "_feature", "_graders", "_requirements", "_rules")

    def __init__(self, feature: Feature, kinds: Kinds) -> None:
        """`kinds` are those of the requirements, by their names."""
        norms = (norm for one in feature.requirements for norm in kinds[one.kind].norms(one))
        self._rules = RuleSet(norms, variables(feature.givens, feature.tools))
        self._court = Court(feature, kinds, self._rules)
        self._feature = feature
        self._requirements = {one.id: one for one in feature.requirements}

    def asked(self, steps: Sequence[Step], broken: Sequence[Break]) -> dict[str, Mapping[str, Json]]:
        """The graders that speak on a conversation with these `steps`, by ID, with what its values settle for each."""
        values = dict(self._values(steps, broken))
        if not values:
            return {}
        found: dict[str, Mapping[str, Json]] = {}
        for id in self._surely(values):
            own = [grader.id for grader in self._court.graders(id)]
            for use in self._court.uses(self._requirements[id], None, own, values):
                settings = dict(use.settings)
                if not any(_open(value) for value in settings.values()):
                    found[use.grader] = settings
        return found

    def _surely(self, values: Mapping[str, Datum]) -> Iterator[str]:
        """The requirements that decide on `values`, whatever is not among them."""
        rules = self._rules
        seen = rules.seen(values)
        silent = [one.name for one in rules.among if one.name not in values and not one.is_state]
        reach = rules.within_reach(seen, silent)
        applying = rules.applicable(seen)
        sure: dict[str, bool] = {}
        for index in indices(applying):
            norm = rules.norms[index]
            threat = rules.beaters(index) | (rules.reaching & ~rules.defaults if norm.default else 0)
            conditioned = norm.when is not None or norm.default
            if conditioned:
                sure[norm.requirement] = sure.get(norm.requirement, True) and not reach & threat
        yield from (id for id, holds in sure.items() if holds)

    def _values(self, steps: Sequence[Step], broken: Sequence[Break]) -> Iterator[tuple[str, Datum]]:
        """What is known: the state of each tool that was called, and what those that worked returned."""
        faults: dict[str, Break] = {}
        for one in broken:
            faults.setdefault(one.tool, one)
        for tool in self._feature.tools:
            returned = [one for one in steps if one.deed is Deed.RETURNED and one.tool == tool.name]
            if not returned or len({one.hash for one in returned}) > 1:
                continue
            state = _state(faults.get(tool.name), returned[0], tool.fails)
            if state is None:
                continue
            yield tool.state, state
            value = unwrapped(returned[0].value)
            for given in self._feature.givens if state == "works" else ():
                if isinstance(given.source, FromTool) and given.source.tool == tool.name:
                    held = _at(value, given.source.path)
                    datum = from_json(held, given.type) if held is not None else None
                    if datum is not None and not isinstance(datum, Problem):
                        yield given.name, datum


def _state(fault: Break | None, returned: Step, fails: Sequence[str]) -> str | None:
    """The state of a tool as rules know it; None where they know no such state."""
    if fault is None or fault.fault in (Fault.ALTERED, Fault.LOST, Fault.RETRIED):
        return "works"
    if fault.fault is Fault.ERROR:
        told = returned.error or str(value.get("error") if isinstance(value := returned.value, Mapping) else "")
        return told if told in fails else None
    return _STATES.get(fault.fault)


def _at(value: Json, path: Sequence[str]) -> Json:
    for name in path:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def _open(value: Json) -> bool:
    """Whether a setting hangs on a value that nobody knows."""
    if isinstance(value, Mapping):
        return any(_open(one) for one in value.values())
    return value is None or (isinstance(value, str) and "{" in value)
