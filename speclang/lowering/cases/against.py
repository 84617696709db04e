"""What a conversation written by hand expects, and what the rules that decide its input rule out.

In: graders of the conversation and of whatever judges it besides, as its case settles them. Out: the first two that no answer passes.
Invariant: compares checks and settings only, whatever kind they belong to; a clash with a way around is none.
"""

from collections.abc import Iterator, Mapping, Sequence

from ...kit.clashing.clashes import first_clash
from ...kit.clashing.facts import facts
from ...logic.errors import Witness
from ...model.requirement import Level, Requirement
from ...plan.case import Use
from ...plan.grader import Grader, Setting
from ...source.hashing import Json
from ...source.records import dataclass, replace

_HARD = (Level.MUST, Level.MUST_NOT)


@dataclass(frozen=True, slots=True)
class RuledOut:
    """`wanted` speaks for the conversation, `other` for a requirement that decides its input; no answer passes both, for `why`."""

    requirement: Requirement
    wanted: Grader
    other: Grader
    why: str
    witness: Witness


def ruled_out(own: Requirement, graders: Sequence[Grader], uses: Sequence[Use]) -> tuple[Grader, Grader, str] | None:
    """The first grader of `own` that no answer passes together with one of another requirement, with that one and the reason."""
    fixed = {one.grader: one.settings for one in uses}
    judging = [_settled(one, fixed) for one in graders if one.level in _HARD and (one.always or one.id in fixed)]
    mine = [one for one in judging if one.requirement == own.id]
    others = [one for one in judging if one.requirement != own.id and one.gates]
    return next(_pairs(mine, others), None)


def _pairs(mine: Sequence[Grader], others: Sequence[Grader]) -> Iterator[tuple[Grader, Grader, str]]:
    for wanted in mine:
        for other in others:
            deed = {_deed(wanted), _deed(other)}
            if "" not in deed and _tool(wanted) == _tool(other) and len(deed) == 2:
                yield wanted, other, "it can't both be called and not be called"
                continue
            clash = first_clash(facts(wanted), facts(other))
            if clash is not None and not clash.way:
                yield wanted, other, clash.why


def said(one: Grader) -> str:
    """What a grader asks for, as a spec says it: `calls pay`, `avoids pay`, `mentions "30 days"`."""
    settings = _settings(one)
    tool, text = settings.get("tool"), settings.get("text")
    match one.check:
        case "called" if isinstance(tool, str):
            return f"calls {tool}"
        case "not_called" if isinstance(tool, str):
            return f"avoids {tool}"
        case "mentions" | "omits" if isinstance(text, str):
            return f'{one.check} "{text}"'
        case _:
            return one.id.removeprefix(f"{one.requirement}/")


def _deed(one: Grader) -> str:
    return one.check if one.check in ("called", "not_called") else ""


def _tool(one: Grader) -> Json:
    return _settings(one).get("tool")


def _settings(one: Grader) -> Mapping[str, Json]:
    return {setting.name: setting.value for setting in one.settings}


def _settled(one: Grader, fixed: Mapping[str, Sequence[tuple[str, Json]]]) -> Grader:
    """The grader with what the case settles."""
    more = tuple(Setting(name, value, one.origin) for name, value in fixed.get(one.id, ()))
    return replace(one, settings=(*one.settings, *more)) if more else one
