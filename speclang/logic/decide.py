"""What a set of norms decides on one input.

A norm applies where its `when` is definitely true and none of its `unless` is. A norm that another applying
requirement names in `over` is beaten, whether or not that one is beaten itself. A default counts only where no norm
that is none and reaches an outcome applies unbeaten. What remains decides. The order of the norms says nothing.
"""

from collections.abc import Iterable, Mapping, Sequence

from ..model.identity import place
from ..model.outcome import Effect, Reach
from ..model.requirement import Level
from ..source.records import dataclass
from ..values.evaluate import evaluate
from ..values.types import Datum
from .norm import Norm
from .variables import Variable, known

_LEVELS = tuple(Level)


@dataclass(frozen=True, slots=True)
class Asked:
    """An effect and the requirements that ask for it, in the order of their IDs."""

    effect: Effect
    requirements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """`applicable` norms are `deciding`, `beaten` or `idle` (defaults that are not needed), in the order of IDs."""

    applicable: tuple[Norm, ...]
    beaten: tuple[Norm, ...]
    idle: tuple[Norm, ...]
    deciding: tuple[Norm, ...]

    def asked(self, level: Level) -> tuple[Asked, ...]:
        """The effects that deciding norms ask for at `level`, each once."""
        found: dict[Effect, dict[str, None]] = {}
        for norm in self.deciding:
            if norm.level is level:
                for effect in norm.effects:
                    found.setdefault(effect, {})[norm.requirement] = None
        return tuple(Asked(effect, tuple(requirements)) for effect, requirements in found.items())

    @property
    def required(self) -> tuple[Asked, ...]:
        """What must happen."""
        return self.asked(Level.MUST)

    @property
    def forbidden(self) -> tuple[Asked, ...]:
        """What must not happen."""
        return self.asked(Level.MUST_NOT)

    @property
    def outcomes(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The outcomes that must be reached, each with the requirements that ask for it."""
        return tuple(
            (asked.effect.outcome, asked.requirements) for asked in self.required if isinstance(asked.effect, Reach)
        )

    @property
    def requirements(self) -> tuple[str, ...]:
        """The IDs of the deciding requirements, each once."""
        return tuple(dict.fromkeys(norm.requirement for norm in self.deciding))


def decide(norms: Iterable[Norm], values: Mapping[str, Datum], among: Sequence[Variable] = ()) -> Decision:
    """What `norms` decide on `values`; `among` says which givens depend on which tool. For many inputs: `RuleSet`."""
    seen = known(values, among)
    applicable = [norm for norm in ordered(norms) if applies(norm, seen)]
    beaten = [
        norm
        for norm in applicable
        if any(norm.requirement in other.over and other.requirement != norm.requirement for other in applicable)
    ]
    reached = any(not norm.default and reaches(norm) and norm not in beaten for norm in applicable)
    idle = [norm for norm in applicable if norm.default and reached and norm not in beaten]
    deciding = [norm for norm in applicable if norm not in beaten and norm not in idle]
    return Decision(tuple(applicable), tuple(beaten), tuple(idle), tuple(deciding))


def applies(norm: Norm, values: Mapping[str, Datum]) -> bool:
    """Whether `norm` applies on `values`, in which what is not known is left out."""
    if norm.when is not None and evaluate(norm.when, values) is not True:
        return False
    return all(evaluate(one, values) is not True for one in norm.unless)


def reaches(norm: Norm) -> bool:
    """Whether `norm` asks for an outcome, and so leaves nothing to a default."""
    return norm.level in (Level.MUST, Level.SHOULD) and any(isinstance(effect, Reach) for effect in norm.effects)


def ordered(norms: Iterable[Norm]) -> list[Norm]:
    """`norms` in the order of their IDs, then of their levels, then of what they say."""
    groups: dict[tuple[tuple[tuple[int, int, str], ...], int], list[Norm]] = {}
    for norm in norms:
        groups.setdefault((place(norm.requirement), _LEVELS.index(norm.level)), []).append(norm)
    return [norm for _, group in sorted(groups.items()) for norm in (sorted(group, key=repr) if group[1:] else group)]
