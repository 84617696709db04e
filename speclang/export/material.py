"""What every exporter writes from: one feature's prompt, cases and checks, as plain data.

In: a feature, its plan and its prompt. Out: messages, tools and variables in the shapes that chat APIs take.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import TypeAlias, assert_never

from ..model.feature import Feature, Style
from ..model.given import FromContext
from ..plan.case import Case
from ..plan.delivery import arrives
from ..plan.described import described
from ..plan.plan import FeaturePlan
from ..source.hashing import Json
from ..source.records import dataclass, field
from .judge import Judge


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
    that speak on each case, by its ID, in order; `gates` those that decide, `told` those of which code or `judge` tells anything;
    `unjudged` the graders that nobody decides, `left` those whose check is not ours to carry, each with its requirement. `model` and
    `repeat` are what a format of requests asks, and how often; 0 is as often as the specs say. `target` is the one whose prompt it is,
    "" for that of everybody.
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
    repeat: int = 0
    target: str = ""
    judge: Judge | None = None

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


def at_once(case: Case) -> bool:
    """Whether all that is said in `case` can be given to a model in one request: it answers once, at the end."""
    roles = [one.role for one in case.turns]
    return roles[-1:] == ["user"] and "pause" not in roles and all(pair != ("user", "user") for pair in pairwise(roles))


def results(plan: FeaturePlan, case: Case) -> dict[str, Json]:
    """What each simulated tool gives in `case`, and the seconds that it takes."""
    own = {one.tool: arrives(one) for one in (*plan.replies, *case.replies)}
    return {name: {"content": text, "seconds": seconds} for name, (text, seconds) in own.items()}


def functions(material: Material) -> list[Json]:
    """The feature's tools as chat APIs take them."""
    return [described(tool) for tool in material.feature.tools]
