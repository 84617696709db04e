"""The drills of a feature's fallbacks: every tier, by every failure that leads there.

In: a feature, its rule set, its graders. Out: drills, with one case for each requirement that has to hold in the tier.
Invariant: a drill asks the plainest thing that a user can ask: what differs between two of them is what fails.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from ..logic.variables import known
from ..model.fallback import MODEL, Failure, Fallback, Tier
from ..model.feature import Feature
from ..model.requirement import Level
from ..model.text import Chunk, Text
from ..model.tool import WORKS, Tool
from ..plan.case import Case, Input
from ..plan.draft import CaseDraft
from ..plan.drill import Break, Drill, End
from ..plan.grader import Grader
from ..plan.obligation import Obligation
from ..plan.origin import Origin
from ..values.showing import show
from ..values.types import Datum
from .cases.verdicts import Court
from .conversation import Conversation, Stage

_DOWN = "server_error"
"""How a model that stands before a tier fails, where what sets the drill off is a tool."""

_NO_CALL = "null"
"""How a tool that a tier calls fails, where it declares no failure."""


def drills(feature: Feature, court: Court, graders: Sequence[Grader]) -> tuple[Drill, ...]:
    """Every drill of `feature`, in the order of its fallbacks, tiers and failures."""
    if not feature.fallbacks:
        return ()
    drilling = _Drilling(feature, court, graders)
    return tuple(drill for fallback in feature.fallbacks for drill in drilling.of(fallback))


class _Drilling:
    """The drills of one feature under way."""

    __slots__ = ("_court", "_feature", "_graders", "_stage", "_tools")

    def __init__(self, feature: Feature, court: Court, graders: Sequence[Grader]) -> None:
        self._feature = feature
        self._court = court
        self._graders = graders
        self._stage = Stage(feature)
        self._tools = {one.name: one for one in feature.tools}

    def of(self, fallback: Fallback) -> Iterator[Drill]:
        held = self._held(fallback)
        slugs = slugged([tier.name for tier in fallback.tiers])
        for place, tier in enumerate(fallback.tiers):
            for failure in fallback.failures:
                yield self._drill(fallback, place, tier, failure, slugs[place], held)

    def _held(self, fallback: Fallback) -> tuple[str, ...]:
        """What has to hold: what is named, and with `all` whatever gates and judges every answer by code, and decides no outcome."""
        deciding = {norm.requirement for norm in self._court.rules.norms}
        every = (
            one.requirement
            for one in self._graders
            if fallback.holds_all
            and one.always
            and one.gates
            and one.deterministic
            and one.level in (Level.MUST, Level.MUST_NOT)
            and one.requirement not in deciding
        )
        return tuple(dict.fromkeys((*(ref.id for ref in fallback.must_hold), *every)))

    def _drill(
        self, fallback: Fallback, place: int, tier: Tier, failure: Failure, slug: str, held: tuple[str, ...]
    ) -> Drill:
        id = f"{fallback.name}/{slug}/{failure.name}"
        breaks = tuple(_broken(fallback, place, failure, self._tools))
        states = {self._tools[one.of].state: one.how for one in breaks if one.of in self._tools}
        origin = Origin(fallback.owner, "tier", tier.span)
        values: dict[str, Datum] = {**{one.name: one.typical for one in self._feature.givens}, **states}
        seen = known(values, self._court.rules.among)
        among = [one for one in self._court.rules.among if one.name in seen]
        shown = {
            one.name: Input(one.name, seen[one.name], show(seen[one.name], one.type), origin)
            for one in among
            if not (one.is_state and seen[one.name] == WORKS)
        }
        draft = CaseDraft(Obligation(fallback.name, slug, failure.name), tuple(seen.items()), tuple(states), "")
        talk = self._stage.play(fallback.name, seen, shown, [], origin, draft)
        return Drill(
            id=id,
            fallback=fallback.name,
            tier=tier.name,
            failure=failure.name,
            breaks=breaks,
            end=End(
                target=tier.target,
                says=_said(tier.says, talk) if tier.says is not None else "",
                tool=tier.calls.tool if tier.calls is not None else "",
            ),
            every=fallback.every,
            must_hold=held,
            case=self._case(id, held, seen, talk, origin),
            origin=origin,
        )

    def _case(self, id: str, held: Sequence[str], seen: dict[str, Datum], talk: Conversation, origin: Origin) -> Case:
        own = next((one for one in self._feature.requirements if one.id in held), None)
        return Case(
            id=id,
            requirement=own.id if own is not None else "",
            covers=tuple(held),
            also=(),
            why="",
            inputs=(),
            turns=talk.turns,
            context=talk.context,
            replies=talk.replies,
            expected=(),
            uses=self._court.uses(own, None, (), seen) if own is not None else (),
            origin=origin,
        )


def slugged(names: Sequence[str]) -> tuple[str, ...]:
    """Each of `names` as it stands in an ID: words with hyphens, and told apart."""
    taken: dict[str, int] = {}
    found: list[str] = []
    for name in names:
        slug = re.sub("[^a-z0-9]+", "-", name.casefold()).strip("-") or "tier"
        count = taken[slug] = taken.get(slug, 0) + 1
        found.append(slug if count == 1 else f"{slug}~{count}")
    return tuple(found)


def _broken(fallback: Fallback, place: int, failure: Failure, tools: Mapping[str, Tool]) -> Iterator[Break]:
    """What has to fail so that the tier at `place` comes to its turn: the failure, and all that is tried before."""
    waits = [tier.after for tier in fallback.tiers]
    yield Break(failure.of, failure.how, waits[0])
    for number, tier in enumerate(fallback.tiers[:place], 1):
        if tier.target:
            yield Break(tier.target, failure.how if failure.of == MODEL else _DOWN, waits[number])
        elif tier.calls is not None:
            yield Break(tier.calls.tool, _first(tools[tier.calls.tool]), waits[number])


def _first(tool: Tool) -> str:
    return tool.fails[0] if tool.fails else _NO_CALL


def _said(says: Text, talk: Conversation) -> str:
    """A text that is ready, with what the program knows in this conversation."""
    context = {one.given: one.shown for one in talk.context}
    return "".join(one.text if isinstance(one, Chunk) else context.get(one.name, "") for one in says.pieces)
