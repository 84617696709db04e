"""One input that somebody asks about, as if it were a case.

In: a feature, its rule set, and a value for every given and tool. Out: what the user says, what the caller knows, how the tools
reply, and what the rules say of it.
Invariant: an input of a case that is asked about is decided as the case expects.
"""

from collections.abc import Collection, Mapping

from ..kit.kind import Kind
from ..kit.schema import RequirementFields
from ..logic.ruleset import RuleSet
from ..logic.variables import known
from ..model.feature import Feature
from ..model.tool import WORKS
from ..plan.case import Input, Reply, Turn
from ..plan.draft import CaseDraft
from ..plan.obligation import Obligation
from ..plan.origin import Origin
from ..source.records import dataclass
from ..values.showing import show
from ..values.types import Datum
from .cases.verdicts import Clash, Court
from .conversation import Stage

_NAME = "input"
"""What stands for the requirement that a case has and an input has not."""


@dataclass(frozen=True, slots=True)
class Trial:
    """The conversation that an input becomes, and the two requirements that are at odds there, if any are."""

    turns: tuple[Turn, ...]
    context: tuple[Input, ...]
    replies: tuple[Reply, ...]
    clash: Clash | None


def trial(
    feature: Feature,
    kinds: Mapping[str, Kind[RequirementFields]],
    rules: RuleSet,
    values: Mapping[str, Datum],
    named: Collection[str],
) -> Trial:
    """`values` as a conversation, in which the user says what is `named`, unusual, or what the requirements that decide ask about."""
    court = Court(feature, kinds, rules)
    ruling = court.ruling(values)
    own = Origin(_NAME, "", feature.span)
    seen = known(values, rules.among)
    shown = {
        one.name: Input(one.name, seen[one.name], show(seen[one.name], one.type), own)
        for one in rules.among
        if one.name in seen and not (one.is_state and seen[one.name] == WORKS)
    }
    leave = court.leave(grader.id for id in ruling.deciding for grader in court.graders(id))
    about = {
        *named,
        *(one.text for one in leave.beforehand),
        *ruling.named,
        *(one.name for one in rules.among if one.name in seen and seen[one.name] != one.base),
    }
    draft = CaseDraft(Obligation(_NAME, _NAME), tuple(seen.items()), tuple(named), "", further=leave.further)
    stated = [one for one in shown.values() if one.given in about]
    talk = Stage(feature).play(_NAME, seen, shown, stated, own, draft, leave.beforehand)
    return Trial(talk.turns, talk.context, talk.replies, ruling.clash)
