"""The automaton of the grammar: what to do in which state with which token.

In: a parser made by lark. Out: its tables as plain data, in an order that depends on the grammar only; and back, to be run.
Making the tables takes lark longer than all else that a command does, so they ship as `automaton.json`; whoever changes the
grammar makes them again (`make regen`).
Invariant: lark alone says what the grammar means; running its tables here builds what lark builds, and stops where lark stops.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, Self

from ..source.hashing import Json

if TYPE_CHECKING:
    from lark import Lark
    from lark.grammar import Rule as LarkRule

END = "$"
"""The letter of the end of a line; no token has it."""

Reduce = Callable[[list[object]], object]


class Rule(NamedTuple):
    """A rule's name, the length of its right side, and what builds its part; None hands the parts of the right side on."""

    name: str
    length: int
    build: Reduce | None


class Automaton(NamedTuple):
    """For each state what to do with a letter (a state to go to, or `~rule` to reduce), and where a reduced rule leads."""

    rules: Sequence[Rule]
    actions: Sequence[Mapping[str, int]]
    gotos: Sequence[Mapping[str, int]]
    end: int


class Sign(str):
    """A token as the rules see it: its letter, its `type` in the grammar and its index in the line."""

    __slots__ = ("start_pos", "type")

    def __new__(cls, letter: str, type: str, start_pos: int) -> Self:
        """A token `letter`."""
        sign = super().__new__(cls, letter)
        sign.type = type
        sign.start_pos = start_pos
        return sign

    type: str
    start_pos: int


class Stop(NamedTuple):
    """The automaton stops at the letter `at`; `expected` are the letters that it could go on with."""

    at: int
    expected: frozenset[str]


def run(automaton: Automaton, signature: str, types: Mapping[str, str]) -> object:
    """What the rules build of the letters of `signature`, whose types are `types`; a `Stop` where they fit no rule."""
    rules, actions, gotos, end = automaton
    states = [0]
    parts: list[list[object]] = []
    for index, letter in enumerate(signature + END):
        while (action := actions[states[-1]].get(letter)) is not None and action < 0:
            name, length, build = rules[~action]
            right = [part for one in parts[len(parts) - length :] for part in one]
            del parts[len(parts) - length :], states[len(states) - length :]
            parts.append([build(right)] if build else right)
            states.append(gotos[states[-1]][name])
            if letter == END and states[-1] == end:
                return parts[0][0]
        if action is None:
            return Stop(index, frozenset(one for one in actions[states[-1]] if _fits(automaton, states, one)))
        states.append(action)
        parts.append([Sign(letter, types.get(letter, ""), index)])
    raise ValueError("the automaton ended in no state of its own; this is a bug, please report it")


def _fits(automaton: Automaton, states: Sequence[int], letter: str) -> bool:
    """Whether `letter` can be taken in the last of `states`: not every reduction that it allows leads to a place for it."""
    rules, actions, gotos, end = automaton
    states = list(states)
    while (action := actions[states[-1]].get(letter)) is not None and action < 0:
        rule = rules[~action]
        del states[len(states) - rule.length :]
        states.append(gotos[states[-1]][rule.name])
        if letter == END and states[-1] == end:
            return True
    return action is not None


def read(data: Mapping[str, Json], builder: object) -> Automaton:
    """The automaton that `data` holds, building with the methods of `builder`."""
    rules, states, end = data["rules"], data["states"], data["end"]
    if not isinstance(rules, list) or not isinstance(states, list) or not isinstance(end, int):
        raise TypeError("these are no tables of a grammar")
    actions: list[dict[str, int]] = []
    gotos: list[dict[str, int]] = []
    for shifts, reduces, leads in states:
        known: dict[str, int] = dict(shifts)
        for letters, rule in reduces.items():
            known.update(dict.fromkeys(letters, ~rule))
        actions.append(known)
        gotos.append(leads)
    return Automaton(
        [Rule(name, length, getattr(builder, method) if method else None) for name, length, method in rules],
        actions,
        gotos,
        end,
    )


def made(lark: "Lark", letters: Mapping[str, str]) -> dict[str, Json]:
    """The tables of `lark`, with `letters` for its terminals; states are numbered as they are reached, letters in order."""
    table = lark.parser.parser._parse_table  # noqa: SLF001 - what lark's own stand-alone parsers are made of
    letters = {**letters, "$END": END}
    (start,) = table.start_states.values()
    (end,) = table.end_states.values()
    reached = [start]
    numbers = {start: 0}
    rules: dict[LarkRule, int] = {}
    states: list[Json] = []
    for state in reached:
        shifts: dict[str, Json] = {}
        reduces: dict[int, str] = {}
        leads: dict[str, Json] = {}
        for symbol, (action, to) in sorted(table.states[state].items()):
            if action.name == "Reduce":
                rule = rules.setdefault(to, len(rules))
                reduces[rule] = reduces.get(rule, "") + letters[symbol]
                continue
            if to not in numbers:
                numbers[to] = len(reached)
                reached.append(to)
            if symbol in letters:
                shifts[letters[symbol]] = numbers[to]
            else:
                leads[symbol] = numbers[to]
        states.append([shifts, {known: rule for rule, known in reduces.items()}, leads])
    return {"end": numbers[end], "rules": [_rule(rule) for rule in rules], "states": states}


def _rule(rule: "LarkRule") -> Json:
    """A rule as data. What lark can do besides (drop tokens, fill gaps, drop nodes of one child) the grammar must not ask for."""
    name = str(rule.origin.name)
    if rule.options.expand1 or any(getattr(symbol, "filter_out", False) for symbol in rule.expansion):
        raise ValueError(
            f"the rule {name} asks for what the automaton doesn't do: `?rule`, or a terminal without a name"
        )
    return [name, len(rule.expansion), "" if name.startswith("_") else rule.alias or name]
