"""An input as a conversation, by the sources of its givens.

In: an input and what it is for. Out: what the user says, what the tools will answer, and what the caller of the model
knows. A given `from user` is said, one `from tool` arrives in the tool's simulated result, one `from context` is a variable
of the prompt.

Invariant: deterministic and local: a conversation depends on the input, on the case's ID and on declarations, never on
other cases. The identifiers in what is said are those in what the tools return.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from ..kit.english import speech
from ..kit.english.saying import parameter
from ..model.feature import Feature
from ..model.given import FromContext, FromTool, FromUser, Given
from ..model.text import Slot, Text, Word
from ..model.tool import TRUNCATED, WORKS, Parameter, Tool
from ..plan.case import Cut, Input, Reply, Turn
from ..plan.draft import CaseDraft
from ..plan.origin import Origin
from ..source.hashing import Json, digest
from ..source.span import Span
from ..values.showing import show, to_json
from ..values.types import Bool, Datum, Record
from ..values.units import SECOND, quantity
from .cutting import laid, possible
from .replies import as_written, planted
from .samples import argument, named, plain, typical
from .texts import Ask, cut_up, filled

_DELIVERS = (WORKS, "late", TRUNCATED)
"""The states of a tool in which a result comes, however late or short."""

_EMPTY: Mapping[str, Json] = {"null": None, "nothing": {}, "wrong_type": "unexpected"}
_SILENCE = quantity(SECOND)
"""How a pause is measured."""

Words = tuple[tuple[str, Origin], ...]


class Conversation(NamedTuple):
    """What is said, what the caller knows, and the tools whose replies are not the usual ones."""

    turns: tuple[Turn, ...]
    context: tuple[Input, ...]
    replies: tuple[Reply, ...]


class Stage:
    """The declarations of one feature, ready for its conversations; remembers what comes back in case after case."""

    __slots__ = (
        "_asks",
        "_context",
        "_from_tool",
        "_givens",
        "_own",
        "_owners",
        "_parameters",
        "_replies",
        "_said",
        "_title",
        "_tools",
        "_user",
    )

    def __init__(self, feature: Feature) -> None:
        """Sort the givens of `feature` by their sources."""
        self._givens = {given.name: given for given in feature.givens}
        self._user = tuple(given for given in feature.givens if isinstance(given.source, FromUser))
        self._context = tuple(given.name for given in feature.givens if isinstance(given.source, FromContext))
        self._tools = {tool.name: tool for tool in feature.tools}
        self._asks = tuple(cut_up(ask) for ask in feature.asks)
        self._title = Origin(f"feature {feature.name}", "title", feature.title.span)
        self._from_tool: dict[str, list[tuple[Given, tuple[str, ...]]]] = {}
        for given in feature.givens:
            if isinstance(given.source, FromTool):
                self._from_tool.setdefault(given.source.tool, []).append((given, given.source.path))
        self._parameters: dict[str, tuple[Tool, Parameter]] = {}
        for tool in feature.tools:
            for one in tool.parameters:
                known = self._parameters.get(one.name)
                if known is None or (plain(known[1].type) and not plain(one.type)):
                    self._parameters[one.name] = (tool, one)
        self._replies: dict[tuple[str, str, tuple[Datum, ...]], Json] = {}
        self._said: dict[int, tuple[Input, Words]] = {}  # by the identity of what is said, which is kept with it
        self._own = {tool.name: Origin(f"tool {tool.name}", "", tool.span) for tool in feature.tools}
        said = (*(ask.key for ask in self._asks), *(f"given {name}" for name in self._givens))
        self._owners = frozenset((*said, *(one.id for one in feature.requirements)))

    def play(
        self,
        id: str,
        given: Mapping[str, Datum],
        inputs: Mapping[str, Input],
        stated: Sequence[Input],
        own: Origin,
        draft: CaseDraft,
        beforehand: Sequence[Word] = (),
    ) -> Conversation:
        """The conversation of the case `id`, which a requirement that is renamed keeps.

        `given` is the whole input with the states of tools, `inputs` the same as shown; `stated` are those that the user
        must speak of; `draft` says what else is said, when, and what tools return: where a result is cut, its `cuts` say where what
        decides stands, if that is not after the cut. `beforehand` are names of which the user has to speak, those of parameters too.
        """
        script, cuts = draft.script, dict(draft.cuts)
        ask = self._ask(id) if draft.opening is None else None
        words = list(self._asking(ask, inputs) if draft.opening is None else self._told(draft.opening, inputs, own))
        told = {one.given for one in stated}
        for one in self._user:
            if one.name in told and one.name in inputs:
                said = self._saying(one, given[one.name], inputs[one.name])
                if said:
                    words.append((" ", own))
                    words.extend(said)
        for need in beforehand:
            if need.text in self._parameters and need.text not in self._givens and not _asks_with(ask, need.text):
                words.extend(((" ", own), *self._told(parameter(need.text, need.span), inputs, own)))
        context = tuple([inputs[name] for name in self._context if name in inputs])
        named = {*told}
        holding = {tool for tool, _, _ in draft.planted}
        replies = tuple(
            planted(self._reply(tool, given, inputs, cuts.get(tool.name)), draft.planted, own)
            for tool in self._tools.values()
            if tool.name in holding
            or tool.name in cuts
            or self._matters(tool, given, named)
            or (script is not None and tool.name in dict(script.returns))
        )
        turns = [Turn("user", tuple(words))]
        for number, text in enumerate(draft.further):
            if any(draft.pauses[number : number + 1]):
                turns.append(Turn("pause", ((show(draft.pauses[number], _SILENCE), own),)))
            turns.append(Turn("user", tuple(self._told(text, inputs, own))))
        if script is not None:
            turns = [Turn(role, tuple(self._told(text, inputs, own))) for role, text in script.turns]
            replies = tuple(as_written(one, dict(script.returns).get(one.tool, ()), own) for one in replies)
        return Conversation(tuple(turns), context, replies)

    def usual(self, given: Mapping[str, Datum], inputs: Mapping[str, Input]) -> tuple[Reply, ...]:
        """How every tool replies where a case does not say otherwise."""
        return tuple(self._reply(tool, given, inputs) for tool in self._tools.values())

    def can_cut(self, cuts: Mapping[str, Cut], given: Mapping[str, Datum]) -> bool:
        """Whether what decides fits where `cuts` says."""
        for name, where in cuts.items():
            tool = self._tools[name]
            result = self._result(tool, [given.get(one.name, one.typical) for one, _ in self._from_tool.get(name, [])])
            if not isinstance(result, Mapping) or not possible(
                result, self._facts(tool, result), tool.limit or 0, where
            ):
                return False
        return True

    def _matters(self, tool: Tool, given: Mapping[str, Datum], named: set[str]) -> bool:
        if given.get(tool.state, WORKS) != WORKS:
            return True
        return any(one.name in named for one, _ in self._from_tool.get(tool.name, ()))

    def _ask(self, id: str) -> Ask | None:
        """The request with which the case `id` opens, if the feature has any."""
        if not self._asks:
            return None
        return self._asks[int(digest(id)[:8], 16) % len(self._asks) if self._asks[1:] else 0]

    def _asking(self, ask: Ask | None, inputs: Mapping[str, Input]) -> Iterable[tuple[str, Origin]]:
        if ask is None:
            return (("Hello, I need your help.", self._title),)
        return [
            one if isinstance(one, tuple) else self._fill(one.name, one.span, inputs, ask.key) for one in ask.pieces
        ]

    def _told(self, text: Text, inputs: Mapping[str, Input], own: Origin) -> Iterable[tuple[str, Origin]]:
        def whose(span: Span) -> Origin:
            # What a kind took from another's words, an `ask` or the consent that a tool wants, stays that one's.
            return Origin(span.unit.key if span.unit.key in self._owners else own.owner, "", span)

        return filled(text, whose, lambda name, span: self._fill(name, span, inputs, own.owner))

    def _fill(self, name: str, span: Span, inputs: Mapping[str, Input], owner: str) -> tuple[str, Origin]:
        if name in inputs:
            return inputs[name].shown, inputs[name].origin
        if name in self._givens:
            given = self._givens[name]
            return show(given.typical, given.type), Origin(f"given {name}", "typical", given.span)
        if name in self._parameters:
            tool, parameter = self._parameters[name]
            value = show(argument(parameter), parameter.type)
            return value, Origin(f"tool {tool.name}", name, parameter.span)
        return name, Origin(owner, "", span)

    def _saying(self, given: Given, value: Datum, shown: Input) -> Words:
        if value is None:
            return ()
        known = self._said.get(id(shown))
        if known is None:
            text = next((text for one, text in given.sayings if one == value), given.said)
            known = self._said[id(shown)] = shown, self._words(given, text, value, shown)
        return known[1]

    def _words(self, given: Given, text: Text | None, value: Datum, shown: Input) -> Words:
        owner = f"given {given.name}"
        inputs = {given.name: shown}
        if text is not None:
            field = "say" if text is given.said else shown.shown
            return tuple(
                filled(
                    text,
                    lambda span: Origin(owner, field, span),
                    lambda name, span: self._fill(name, span, inputs, owner),
                )
            )
        label = given.label.plain
        if isinstance(given.type, Bool):
            said = speech.statement(label, holds=value is True, negated=given.negated.plain if given.negated else "")
        else:
            said = speech.value(label, shown.shown)
        return ((said, Origin(owner, "name", given.label.span)),)

    def _reply(
        self, tool: Tool, given: Mapping[str, Datum], inputs: Mapping[str, Input], cut: Cut | None = None
    ) -> Reply:
        state = str(given.get(tool.state, WORKS))
        own = self._own[tool.name]
        sources = self._from_tool.get(tool.name, [])
        if state not in _DELIVERS:
            asked = inputs[tool.state].origin if tool.state in inputs else own
            return Reply(tool.name, state, _EMPTY.get(state), None, (("", own), ("state", asked)))
        values = tuple(given.get(one.name, one.typical) for one, _ in sources)
        key = (tool.name, state, values)
        result = self._replies.get(key)
        if result is None:
            result = self._replies[key] = self._result(tool, values)
        origins = [("", own)]
        if tool.state in inputs:
            origins.append(("state", inputs[tool.state].origin))
        for one, path in sources:
            if one.name in inputs:
                origins.append((f"returns/{path[0]}" if path else "returns", inputs[one.name].origin))
        where = cut or (Cut.AFTER if state == TRUNCATED else None)
        if where is None or tool.limit is None or not isinstance(result, Mapping):
            return Reply(tool.name, state, result, None, tuple(origins))
        limit = Origin(f"tool {tool.name}", "limit", tool.span)
        found = laid(result, self._facts(tool, result), self._texts(tool), tool.limit, where)
        origins.extend((("pad", limit), ("cut_at", limit)))
        return Reply(tool.name, state, found.returns, tool.limit, tuple(origins), found.pad)

    def _facts(self, tool: Tool, result: Mapping[str, Json]) -> tuple[str, ...]:
        """The members of a result that givens come from; all of them where one given is the whole."""
        paths = [path for _, path in self._from_tool.get(tool.name, [])]
        return tuple(dict.fromkeys(path[0] for path in paths)) if all(paths) else tuple(result)

    def _texts(self, tool: Tool) -> frozenset[str]:
        """The members of a result that may hold any text, and name nothing that is said elsewhere."""
        fields = tool.returns.fields if tool.returns is not None else ()
        return frozenset(name for name, of in fields if plain(of) and name not in self._parameters and "id" not in name)

    def _result(self, tool: Tool, values: Sequence[Datum]) -> Json:
        if tool.returns is None:
            return {"ok": True}
        found: dict[tuple[str, ...], Datum] = {}
        for (_, path), value in zip(self._from_tool.get(tool.name, []), values, strict=True):
            found[path] = value
        return self._record(tool.returns, (), found)

    def _record(self, type: Record, path: tuple[str, ...], found: Mapping[tuple[str, ...], Datum]) -> dict[str, Json]:
        result: dict[str, Json] = {}
        for name, of in type.fields:
            here = (*path, name)
            if here in found:
                result[name] = to_json(found[here], of)
            elif isinstance(of, Record):
                result[name] = self._record(of, here, found)
            elif name in self._parameters and plain(of):
                result[name] = to_json(argument(self._parameters[name][1]), of)
            elif plain(of):
                result[name] = named(name)
            else:
                result[name] = to_json(typical(of), of)
        return result


def _asks_with(ask: Ask | None, name: str) -> bool:
    """Whether the request has a hole for `name`."""
    return ask is not None and any(isinstance(one, Slot) and one.name == name for one in ask.pieces)
