"""Effects that a requirement asks for: what every kind whose levels hold effects says, decides and is graded by.

Such a kind is an `Asking`; what is its own are the fields, the cases and what it refuses.

An outcome is graded by what can be seen of it, and by not calling the tools that only the outcomes it excludes call.
Invariant: a grader is the same for every case; what only a case can fix (the amount of a refund) is `settled` for it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar, assert_never

from ..logic.norm import Norm
from ..model.feature import Feature
from ..model.outcome import Avoids, Calls, Effect, Mentions, Observable, Omits, Reach
from ..model.requirement import Level, Requirement
from ..model.text import Slot, Text
from ..plan.clause import Piece
from ..plan.grader import Grader, Setting
from ..plan.origin import Origin
from ..source.hashing import Json
from ..values.evaluate import UNKNOWN, value_of
from ..values.expression import Arithmetic, Expr, Literal, Var
from ..values.showing import show, to_json
from ..values.types import Bool, Datum, Type
from .kind import Kind
from .making import slug_of
from .schema import RequirementFields

if TYPE_CHECKING:
    from .wording import Say

Levelled = Sequence[tuple[Level, Sequence[Effect]]]

F = TypeVar("F", bound=RequirementFields)


class Asking(Kind[F]):
    """A kind whose schema has a field of effects for each of its `levels`."""

    def asked(self, requirement: Requirement) -> Levelled:
        """The effects that the requirement asks for, by level."""
        fields = self.fields(requirement)
        return tuple([(level, getattr(fields, level.value)) for level in self.levels])

    def clause(self, requirement: Requirement, say: "Say") -> Iterator[Piece]:
        """`If …, approve the refund and do not mention "error".`"""
        asked = self.asked(requirement)
        return say.sentence(requirement, [(level, say.effects(requirement, level, found)) for level, found in asked])

    def graders(self, requirement: Requirement, feature: Feature) -> Iterable[Grader]:
        """One for everything that can be seen of what is asked."""
        return graders(requirement, feature, self.asked(requirement))

    def everywhere(self, requirement: Requirement, feature: Feature) -> Iterable[Grader]:
        """All of them: where it decides, what it asks for is seen."""
        return self.graders(requirement, feature)

    def settled(
        self, grader: Grader, requirement: Requirement, feature: Feature, values: Mapping[str, Datum]
    ) -> tuple[tuple[str, Json], ...]:
        """The arguments of a call and the holes of a text, on this input."""
        if _is_fixed(grader):
            return ()
        return settled(grader, requirement, feature, self.asked(requirement), values)

    def norms(self, requirement: Requirement) -> tuple[Norm, ...]:
        """What it asks for, by level."""
        return norms(requirement, self.asked(requirement))


def norms(requirement: Requirement, asked: Levelled) -> tuple[Norm, ...]:
    """One norm for each level at which the requirement asks for something."""
    over = tuple(ref.id for ref in requirement.over)
    return tuple(
        Norm(
            requirement=requirement.id,
            level=level,
            effects=tuple(effects),
            when=requirement.when,
            unless=requirement.unless,
            over=over,
            default=requirement.default,
            span=requirement.head,
        )
        for level, effects in asked
        if effects
    )


def graders(requirement: Requirement, feature: Feature, asked: Levelled) -> Iterator[Grader]:
    """A grader for everything observable that the requirement asks for, each once."""
    always = requirement.when is None and not requirement.unless and not requirement.default and not requirement.over
    seen: set[str] = set()
    for level, effects in asked:
        if level is Level.MAY:
            continue
        for one, origin in _observed(requirement, feature, level, effects):
            grader = _grader(requirement, level, one, origin, always=always)
            if grader.id not in seen:
                seen.add(grader.id)
                yield grader


def settled(
    grader: Grader, requirement: Requirement, feature: Feature, asked: Levelled, values: Mapping[str, Datum]
) -> tuple[tuple[str, Json], ...]:
    """The settings of `grader` that only the input `values` can fix."""
    if _is_fixed(grader):
        return ()
    for level, effects in asked:
        for one, _ in _observed(requirement, feature, level, effects):
            if _id(requirement, level, one) != grader.id:
                continue
            match one:
                case Calls(_, arguments) if arguments:
                    return (("arguments", {name: _json(expr, values) for name, expr in arguments}),)
                case Mentions(text) | Omits(text) if any(isinstance(piece, Slot) for piece in text.pieces):
                    return (("text", filled(text, feature, values)),)
                case _:
                    return ()
    return ()


def _is_fixed(grader: Grader) -> bool:
    """Whether the text that `grader` looks for is the same in every case."""
    return any(setting.name == "text" for setting in grader.settings)


def _observed(
    requirement: Requirement, feature: Feature, level: Level, effects: Iterable[Effect]
) -> Iterator[tuple[Observable, Origin]]:
    """What can be seen of `effects`: of an outcome that must happen, all; of one that must not, that none of it happens."""
    outcomes = {outcome.name: outcome for outcome in feature.outcomes}
    for effect in effects:
        if not isinstance(effect, Reach):
            yield effect, Origin(requirement.id, level.value, effect.span)
            continue
        outcome = outcomes.get(effect.outcome)
        if outcome is None:
            continue
        key = f"outcome {outcome.name}"
        if level in (Level.MUST_NOT, Level.SHOULD_NOT):
            calls = [one for one in outcome.observables if isinstance(one, Calls)]
            yield from ((one, Origin(key, _field(one), one.span)) for one in (calls or outcome.observables)[:1])
            continue
        yield from ((one, Origin(key, _field(one), one.span)) for one in outcome.observables)
        yield from (
            (Avoids(tool, effect.span), Origin(requirement.id, level.value, effect.span))
            for tool in _excluded(effect.outcome, feature)
        )


def _excluded(name: str, feature: Feature) -> tuple[str, ...]:
    """Tools that only outcomes which `name` excludes call, and that it does not itself avoid already."""
    outcomes = {outcome.name: outcome for outcome in feature.outcomes}
    others = dict.fromkeys(
        other for group in feature.exclusives if name in group.outcomes for other in group.outcomes if other != name
    )
    own = {one.tool for one in outcomes[name].observables if isinstance(one, Calls | Avoids)}
    called = (
        one.tool
        for other in others
        if other in outcomes
        for one in outcomes[other].observables
        if isinstance(one, Calls)
    )
    return tuple(dict.fromkeys(tool for tool in called if tool not in own))


def _grader(requirement: Requirement, level: Level, one: Observable, origin: Origin, *, always: bool) -> Grader:
    denied = level in (Level.MUST_NOT, Level.SHOULD_NOT)
    match one:
        case Calls(tool):
            check, settings = ("not_called" if denied else "called"), [Setting("tool", tool, origin)]
        case Avoids(tool):
            check, settings = ("called" if denied else "not_called"), [Setting("tool", tool, origin)]
        case Mentions(text):
            check, settings = ("omits" if denied else "mentions"), _text(text, origin)
        case Omits(text):
            check, settings = ("mentions" if denied else "omits"), _text(text, origin)
        case _:
            assert_never(one)
    return Grader(
        id=_id(requirement, level, one),
        requirement=requirement.id,
        level=level,
        check=check,
        settings=tuple(settings),
        always=always,
        origin=origin,
    )


def _text(text: Text, origin: Origin) -> list[Setting]:
    if any(isinstance(piece, Slot) for piece in text.pieces):
        return []
    return [Setting("text", text.plain, Origin(origin.owner, origin.field, text.span))]


def _id(requirement: Requirement, level: Level, one: Observable) -> str:
    match one:
        case Calls(tool):
            slug = f"calls-{tool}"
        case Avoids(tool):
            slug = f"avoids-{tool}"
        case Mentions(text):
            slug = f"mentions-{slug_of(text.plain)}"
        case Omits(text):
            slug = f"omits-{slug_of(text.plain)}"
        case _:
            assert_never(one)
    return f"{requirement.id}/{'not-' if level in (Level.MUST_NOT, Level.SHOULD_NOT) else ''}{slug}"


def _field(one: Observable) -> str:
    match one:
        case Calls():
            return "calls"
        case Avoids():
            return "avoids"
        case Mentions():
            return "mentions"
        case Omits():
            return "omits"
    assert_never(one)


def _json(expr: Expr, values: Mapping[str, Datum]) -> Json:
    value = value_of(expr, values)
    return None if value is UNKNOWN else to_json(value, _type(expr))


def _type(expr: Expr) -> Type:
    return expr.type if isinstance(expr, Literal | Var | Arithmetic) else Bool()


def filled(text: Text, feature: Feature, values: Mapping[str, Datum]) -> str:
    """`text` with the values of a case in its holes."""
    types = {given.name: given.type for given in feature.givens}
    return "".join(
        (
            show(values[piece.name], types[piece.name])
            if piece.name in values and piece.name in types
            else f"{{{piece.name}}}"
        )
        if isinstance(piece, Slot)
        else piece.text
        for piece in text.pieces
    )
