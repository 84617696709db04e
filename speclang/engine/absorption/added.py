"""A case that somebody wrote into `cases.yaml`, as an example of the spec.

In: the text of the case and its feature. Out: the requirement that says the same; or why none can.
Invariant: everything that the case says is in the example, or it is not taken: what an example can't say is named, not dropped.
"""

from collections.abc import Iterator, Mapping, Sequence

from ...drift.lift import quoted
from ...model.feature import Feature
from ...model.given import FromTool
from ...model.identity import is_id
from ...model.tool import WORKS, Tool
from ...plan.case import Case
from ...plan.plan import FeaturePlan
from ...source.hashing import Json
from ...values.errors import Problem
from ...values.reading import from_json, read
from ...values.showing import show, spell
from ...values.types import Datum, Type
from ..importing.document import Malformed, Node, placed
from ..importing.yaml_text import yaml_of

MARK = "- case:"
"""How a case begins."""

_SAID = ("case", "requirement", "covers", "why", "given", "context", "tools", "turns", "expect", "graders")
_ROLES = {"user": "user", "assistant": "agent"}


class Unsaid(Exception):
    """Why a case can't be said by an example, in a few words."""


class Added:
    """A case as it was written by hand, for the feature and plan that it was added to. Raises `Unsaid`."""

    __slots__ = ("_case", "_feature", "_plan", "id")

    def __init__(self, text: str, feature: Feature, plan: FeaturePlan) -> None:
        """Read the case."""
        try:
            whole = placed("", yaml_of(text))
        except Malformed as problem:
            raise Unsaid(f"it can't be read as YAML: {problem.what}") from None
        (self._case,) = whole.each() if len(whole.each()) == 1 else (Node("", "", 0, 0),)
        if not self._case.is_map:
            raise Unsaid("it is no case")
        self._feature, self._plan = feature, plan
        self.id = self._case.word("case").partition("/")[0]
        odd = next((name for name, _ in self._case.items if name not in _SAID), None)
        if odd is not None:
            raise Unsaid(f"an example has nothing that says `{odd}`")

    @property
    def about(self) -> str:
        """The requirement beside which the example belongs; "" where the case names none that there is."""
        known = {one.id for one in self._feature.requirements}
        return next((id for id in self._named() if id in known), "")

    def lines(self, id: str) -> tuple[str, ...]:
        """The example called `id`, line by line."""
        title = self._case.word("why") or self._case.word("case").partition("/")[2] or self._case.word("case")
        body = ["holdout", *self._turns(), *self._inputs(), *self._tools(), *self._expects(), *self._tries(id)]
        return (f'{id} example "{quoted(title)}" {{', *(f"  {line}" for line in body), "}")

    def lost(self, made: Case | None) -> str:
        """What the case says and the one that a build made of its example does not; "" if nothing."""
        if made is None:
            return "a build makes no case of it"
        turns = [(role, text) for role, text in self._said()]
        if turns != [(turn.role, turn.text) for turn in made.turns]:
            return "a build would say something else to the model"
        shown = {one.given: one.shown for one in (*self._plan.typical, *made.inputs, *made.context)}
        for name, value, type in self._values():
            if shown.get(name) != show(value, type):
                return f"a build would make the case with {name} = {shown.get(name)}"
        asked = {one.outcome: one.requirements for one in made.expected}
        for outcome, by in self._expected():
            if outcome not in asked or not set(by) <= set(asked[outcome]):
                return f"the rules do not ask for `{outcome}` there{f' by {by[0]}' if outcome in asked else ''}"
        missed = [id for id in self._named() if id not in made.covers and is_id(id)]
        if missed:
            return f"it is not about `{missed[0]}`"
        judged = {use.grader for use in made.uses} | {one.id for one in self._plan.graders if one.always}
        graders = [name for name, _ in self._items("graders") if name not in judged]
        return f"`{graders[0]}` does not judge it" if graders else ""

    def _items(self, key: str) -> Sequence[tuple[str, Node]]:
        node = self._case.get(key)
        return node.items if node is not None and node.is_map else ()

    def _said(self) -> Iterator[tuple[str, str]]:
        turns = self._case.get("turns")
        if turns is None or not turns.is_list or not turns.items:
            raise Unsaid("nobody says anything in it: write `turns`")
        for turn in turns.each():
            role, said = turn.items[0] if turn.is_map and len(turn.items) == 1 else ("", turn)
            if role not in _ROLES or said.items:
                raise Unsaid("a turn is `user` or `assistant` with a text")
            yield role, said.text

    def _turns(self) -> Iterator[str]:
        return (f'{_ROLES[role]} "{quoted(text)}"' for role, text in self._said())

    def _values(self) -> Iterator[tuple[str, Datum, Type]]:
        """The values of givens that the case names, each once."""
        types = {one.name: one.type for one in self._feature.givens}
        failing = {tool.state for tool in self._feature.tools}
        seen: dict[str, Datum] = {}
        for name, node in (*self._items("given"), *self._items("context")):
            if name in failing:
                continue
            if name not in types:
                raise Unsaid(f"there is no given `{name}`")
            value = read(node.text, types[name])
            if isinstance(value, Problem):
                raise Unsaid(f"`{name}` can't be `{node.text}`")
            if seen.setdefault(name, value) != value:
                raise Unsaid(f"`{name}` has two values")
        yield from ((name, value, types[name]) for name, value in seen.items())

    def _inputs(self) -> Iterator[str]:
        """Givens that no tool tells: the others stand with their tool."""
        told = set(self._of_tools())
        yield from (f"given {name} {spell(value, type)}" for name, value, type in self._values() if name not in told)

    def _of_tools(self) -> Mapping[str, tuple[str, str]]:
        """The givens that are one field of what a tool returns, with the tool and the field."""
        return {
            one.name: (one.source.tool, one.source.path[0])
            for one in self._feature.givens
            if isinstance(one.source, FromTool) and len(one.source.path) == 1
        }

    def _tools(self) -> Iterator[str]:
        told = self._of_tools()
        for tool in self._feature.tools:
            state = self._state(tool)
            if state != WORKS:
                yield f"tool {tool.name} fails {state}"
                continue
            fields = {
                told[name][1]: spell(value, type)
                for name, value, type in self._values()
                if told.get(name, ("",))[0] == tool.name
            }
            fields.update(self._returned(tool))
            if fields:
                yield f"tool {tool.name} returns {{ {', '.join(f'{name}: {value}' for name, value in fields.items())} }}"
        known = {tool.name for tool in self._feature.tools}
        odd = next((name for name, _ in self._items("tools") if name not in known), None)
        if odd is not None:
            raise Unsaid(f"there is no tool `{odd}`")

    def _state(self, tool: Tool) -> str:
        reply = dict(self._items("tools")).get(tool.name)
        given = dict(self._items("given")).get(tool.state)
        states = {node.text for node in (given, reply.get("state") if reply else None) if node is not None}
        if len(states) > 1:
            raise Unsaid(f"`{tool.name}` is in two states")
        return states.pop() if states else WORKS

    def _returned(self, tool: Tool) -> Iterator[tuple[str, str]]:
        reply = dict(self._items("tools")).get(tool.name)
        for name, node in reply.items if reply is not None else ():
            if name not in ("returns", "state"):
                raise Unsaid(f"an example has nothing that says `{name}` of a tool")
            if name == "state":
                continue
            types = dict(tool.returns.fields) if tool.returns is not None else {}
            for field, value in node.items:
                if field not in types and _json(value) is True and field == "ok":
                    continue  # what a tool without a declared result returns
                datum = from_json(_json(value), types[field]) if field in types else None
                if field not in types or isinstance(datum, Problem):
                    raise Unsaid(f"`{tool.name}` returns no `{field}` like this")
                yield field, spell(datum, types[field])

    def _expected(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        outcomes = {one.name for one in self._feature.outcomes}
        for name, by in self._items("expect"):
            if name not in outcomes:
                raise Unsaid(f"there is no outcome `{name}`")
            yield name, tuple(one.text for one in by.each())

    def _expects(self) -> Iterator[str]:
        names = [name for name, _ in self._expected()]
        if names:
            yield f"expect {', '.join(names)}"

    def _named(self) -> tuple[str, ...]:
        """The requirements that the case says it is about, its own ID apart."""
        known = {one.id for one in self._feature.requirements}
        covers = [one.text for one in self._case.each("covers")]
        named = [self._case.word("requirement"), *covers]
        return tuple(dict.fromkeys(id for id in named if id and (id in known or id != self.id)))

    def _tries(self, id: str) -> Iterator[str]:
        """The requirements whose graders judge it, by their IDs."""
        owners = {one.id: one.requirement for one in self._plan.graders}
        graded: list[str] = []
        for name, settings in self._items("graders"):
            owner = owners.get(name)
            if owner is None and name.partition("/")[0] not in (self.id, id):
                raise Unsaid(f"there is no grader `{name}`")
            if settings.items:
                raise Unsaid(f"what `{name}` looks for is computed from the input")
            graded.extend([owner] if owner else [])
        known = {one.id for one in self._feature.requirements}
        unknown = next((one for one in self._named() if one not in known), None)
        if unknown is not None:
            raise Unsaid(f"there is no requirement `{unknown}`")
        names = dict.fromkeys((*self._named(), *graded))
        if names:
            yield f"tries {', '.join(names)}"


def _json(node: Node) -> Json:
    if node.is_map:
        return {name: _json(one) for name, one in node.items}
    if node.is_list:
        return [_json(one) for _, one in node.items]
    return node.value
