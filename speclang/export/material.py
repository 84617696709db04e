"""What every exporter writes from: one feature's prompt, cases and checks, as plain data.

In: a feature, its plan and its prompt. Out: messages, tools and variables in the shapes that chat APIs take.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import TypeAlias, assert_never

from ..model.feature import Feature, Style
from ..model.given import FromContext
from ..model.tool import Tool
from ..plan.case import Case, Reply
from ..plan.delivery import delivered
from ..plan.plan import FeaturePlan
from ..source.hashing import Json
from ..source.records import dataclass, field
from ..values.types import Bool, Date, Enum, ListOf, Numeric, Optional, Record, Text, Type


@dataclass(frozen=True, slots=True)
class Variable:
    """A place of the prompt that the caller of the model fills."""

    name: str


Prompt: TypeAlias = tuple[str | Variable, ...]


@dataclass(frozen=True, slots=True)
class Loss:
    """What an exported file can't say, or says otherwise: of which requirement or "", why, and what to do."""

    what: str
    why: str
    fix: str
    requirement: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """`text` is the prompt as it was built, and `prompt` the same in parts.

    `checks` is the text of `checks.py`, `libraries` what that needs beside Python, as `pip` names it. `judged` are the requirements
    that speak on each case, by its ID, in order; `gates` those that decide, `told` those of which code tells anything; `unjudged` the
    graders that no code decides, `left` those whose check is not ours to carry, each with its requirement. `model` and `repeat` are
    what a format of requests asks, and how often.
    """

    feature: Feature
    plan: FeaturePlan
    text: str
    prompt: Prompt
    checks: str
    libraries: tuple[str, ...]
    judged: Mapping[str, tuple[str, ...]]
    gates: frozenset[str]
    told: frozenset[str]
    unjudged: tuple[tuple[str, str], ...]
    left: tuple[tuple[str, str], ...]
    model: str = ""
    repeat: int = 1

    @property
    def name(self) -> str:
        """The name of the feature."""
        return self.feature.name

    @property
    def cases(self) -> tuple[Case, ...]:
        """The cases, in their order."""
        return self.plan.cases


@dataclass(frozen=True, slots=True)
class Files:
    """What an exporter wrote: texts by file name, and what they could not say."""

    texts: Mapping[str, str]
    losses: tuple[Loss, ...] = field(default=())


def prompt_of(text: str, feature: Feature) -> Prompt:
    """The prompt `text` with its variables, which are written as the feature wants them; doubled braces of an f-string are single."""
    names = [re.escape(one.name) for one in feature.givens if isinstance(one.source, FromContext)]
    own = "|".join(names) or r"(?!)"
    match feature.variables:
        case Style.JINJA:
            holes = rf"\{{\{{ (?P<name>{own}) \}}\}}"
        case Style.HANDLEBARS:
            holes = rf"\{{\{{(?P<name>{own})\}}\}}"
        case Style.FSTRING:
            holes = rf"(?P<brace>\{{\{{|\}}\}})|\{{(?P<name>{own})\}}"
        case _:
            assert_never(feature.variables)
    return tuple(_parts(text, re.compile(holes)))


def _parts(text: str, holes: "re.Pattern[str]") -> Iterator[str | Variable]:
    plain, at = "", 0
    for found in holes.finditer(text):
        plain += text[at : found.start()]
        at = found.end()
        if found["name"]:
            if plain:
                yield plain
            plain = ""
            yield Variable(found["name"])
        else:
            plain += found[0][0]
    if plain + text[at:]:
        yield plain + text[at:]


def variables(prompt: Prompt) -> tuple[str, ...]:
    """The variables of a prompt, each once."""
    return tuple(dict.fromkeys(one.name for one in prompt if isinstance(one, Variable)))


def context(case: Case) -> dict[str, str]:
    """The values of the prompt's variables in `case`."""
    return {one.given: one.shown for one in case.context}


def system(prompt: Prompt, case: Case) -> str:
    """The prompt as the model reads it in `case`."""
    values = context(case)
    return "".join(one if isinstance(one, str) else values.get(one.name, "") for one in prompt)


def messages(case: Case) -> list[Mapping[str, Json]]:
    """What is said in `case`, without its pauses."""
    return [{"role": one.role, "content": one.text} for one in case.turns if one.role != "pause"]


def pauses(case: Case) -> bool:
    """Whether nobody says anything for some time in `case`."""
    return any(one.role == "pause" for one in case.turns)


def at_once(case: Case) -> bool:
    """Whether all that is said in `case` can be given to a model in one request: it answers once, at the end."""
    roles = [one.role for one in case.turns]
    return roles[-1:] == ["user"] and "pause" not in roles and all(pair != ("user", "user") for pair in pairwise(roles))


def replies(material: Material, case: Case) -> dict[str, Json]:
    """What each simulated tool gives in `case`: its `text`, or the `error` with which it fails."""
    own = {one.tool: one for one in (*material.plan.replies, *case.replies)}
    return {name: _reply(one) for name, one in own.items()}


_GIVES = ("works", "late", "null", "nothing", "wrong_type", "truncated")


def _reply(reply: Reply) -> Json:
    if reply.state in _GIVES:
        return {"text": delivered(reply)}
    return {"error": reply.state}


def functions(tools: Iterable[Tool]) -> list[Json]:
    """Tools as chat APIs take them."""
    return [
        {
            "type": "function",
            "function": {
                "name": tool.name,
                "description": tool.about.plain if tool.about is not None else tool.name,
                "parameters": {
                    "type": "object",
                    "properties": {one.name: schema(one.type) for one in tool.parameters},
                    "required": [one.name for one in tool.parameters if not isinstance(one.type, Optional)],
                    "additionalProperties": False,
                },
            },
        }
        for tool in tools
    ]


def schema(type: Type) -> dict[str, Json]:
    """The JSON Schema of a value as a tool takes it."""
    match type:
        case Bool():
            return {"type": "boolean"}
        case Enum(members=members):
            return {"type": "string", "enum": list(members)}
        case Numeric(unit=unit):
            return {"type": "number", **({"description": f"in {unit}"} if unit else {})}
        case Date():
            return {"type": "string", "description": "a day, as 2025-01-31"}
        case Text(pattern=pattern):
            return {"type": "string", **({"description": f"of the form /{pattern}/"} if pattern else {})}
        case Optional(of=inner):
            return schema(inner)
        case ListOf(of=inner):
            return {"type": "array", "items": schema(inner)}
        case Record(fields=fields):
            return {"type": "object", "properties": {name: schema(of) for name, of in fields}}
        case _:
            assert_never(type)
