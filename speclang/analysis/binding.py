"""How a requirement binds otherwise than it did: on which inputs, at which level, by which graders.

In: a requirement before and after, with what both versions know. Out: every way in which it binds more, binds less, or neither, in words.
Invariant: knows no kind; where nobody can tell whether something binds more or less, it says *changed*.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..logic.goal import Fails, Goal, Some, applies
from ..logic.norm import Norm
from ..logic.variables import Variable
from ..logic.witness import Finder
from ..model.outcome import Reach
from ..model.reliability import Holds
from ..model.requirement import Level, Requirement, Status
from ..plan.grader import Grader
from ..source.hashing import Json
from ..source.records import dataclass
from .change import Change, Kinds
from .naming import names_any

_GATING = {Level.MUST: 3, Level.SHOULD: 2, Level.MAY: 1, Level.MUST_NOT: 3, Level.SHOULD_NOT: 2}
"""How much a level binds."""
_DENYING = (Level.MUST_NOT, Level.SHOULD_NOT)
_BOUNDS = {"at_most": -1, "at_least": 1}
"""Settings of checks that bound a number: which way is stricter."""

_Asked = tuple[Level, tuple[bool, tuple[str, ...]]]
"""A level, whether it denies, and what is asked for."""


@dataclass(frozen=True, slots=True)
class Binding:
    """What both versions of a feature know: `today` gives the IDs of requirements that were renamed, `among` the variables of both,
    `graders` those before and after, `retyped` the variables whose values can't be compared; `search` finds inputs.
    """

    kinds: Kinds
    today: Mapping[str, str]
    among: tuple[Variable, ...]
    graders: tuple[tuple[Grader, ...], tuple[Grader, ...]]
    retyped: frozenset[str]
    search: Finder

    def otherwise(self, one: Requirement, other: Requirement) -> Iterator[tuple[Change, str]]:
        """Every way in which the requirement binds otherwise than it did."""
        if one.kind != other.kind:
            yield Change.CHANGED, f"it was a `{one.kind}`, and is a `{other.kind}`"
            return
        if one.status is not other.status:
            gates = other.status is Status.ACTIVE
            yield (
                (Change.TIGHTENED, "it is no draft any more")
                if gates
                else (Change.LOOSENED, "it is a draft now, and gates nothing")
            )
        yield from _reliable(one, other)
        yield from self._asked(one, other)
        yield from self._graded(one, other)
        gained = {ref.id for ref in other.over} - {self.today.get(ref.id, ref.id) for ref in one.over}
        lost = {self.today.get(ref.id, ref.id) for ref in one.over} - {ref.id for ref in other.over}
        if gained:
            yield Change.TIGHTENED, f"it beats {_ids(gained)} now"
        if lost:
            yield Change.LOOSENED, f"it no longer beats {_ids(lost)}"
        if one.default != other.default:
            yield (
                (Change.LOOSENED, "it decides only what nothing else does")
                if other.default
                else (Change.TIGHTENED, "it is no default any more")
            )

    def _asked(self, one: Requirement, other: Requirement) -> Iterator[tuple[Change, str]]:
        """How condition, level and effects differ."""
        old, new = (self._binding(each) for each in (one, other))
        if old.keys() == new.keys():
            for key, norms in old.items():
                yield from self._where(norms, new[key])
            return
        asked, asks = ({denied_effects for _, denied_effects in each} for each in (old, new))
        if asked == asks and len(old) == len(new) == 1:
            (level, _), (today, _) = next(iter(old)), next(iter(new))
            stricter = _GATING[today] > _GATING[level]
            yield Change.TIGHTENED if stricter else Change.LOOSENED, f"it was a `{level}`, and is a `{today}`"
            yield from self._where(next(iter(old.values())), next(iter(new.values())))
            return
        yield Change.CHANGED, "it asks for something else"

    def _binding(self, one: Requirement) -> dict[_Asked, list[Norm]]:
        """The norms of a requirement by level and what they ask for; one that has none binds where its condition holds."""
        norms = list(self.kinds[one.kind].norms(one))
        if not norms:
            norms = [Norm(one.id, Level.MUST, (), one.when, one.unless, (), default=False, span=one.span)]
        found: dict[_Asked, list[Norm]] = {}
        for norm in norms:
            effects = tuple(sorted(one.outcome if isinstance(one, Reach) else repr(one) for one in norm.effects))
            found.setdefault((norm.level, (norm.level in _DENYING, effects)), []).append(norm)
        return found

    def _where(self, old: Sequence[Norm], new: Sequence[Norm]) -> Iterator[tuple[Change, str]]:
        """How the inputs differ on which it applies."""
        before, after = (Some(tuple(applies(one) for one in norms)) for norms in (old, new))
        if _same(old, new):
            return
        if names_any((*old, *new), self.retyped):
            yield Change.CHANGED, "its condition has changed, and names a given that has another type now"
            return
        gained, lost = self._apart(after, before), self._apart(before, after)
        if gained is None or lost is None:
            yield Change.CHANGED, "its condition has changed, and nobody can tell where"
        elif gained and lost:
            yield Change.CHANGED, "it applies on other inputs than it did"
        elif gained:
            yield Change.TIGHTENED, "it applies on more inputs than it did"
        elif lost:
            yield Change.LOOSENED, "it applies on fewer inputs than it did"

    def _apart(self, one: Goal, other: Goal) -> bool | None:
        """Whether some input meets `one` and not `other`; None where nobody knows."""
        search = self.search((one, Fails(other)), self.among)
        return search.found is not None if search.decided else None

    def _graded(self, one: Requirement, other: Requirement) -> Iterator[tuple[Change, str]]:
        """How the graders differ."""
        old = {_slug(grader): grader for grader in self.graders[0] if grader.requirement == one.id}
        new = {_slug(grader): grader for grader in self.graders[1] if grader.requirement == other.id}
        effects = any(True for each in (one, other) for _ in self.kinds[each.kind].norms(each))
        for slug, grader in new.items():
            if slug in old:
                yield from _regraded(old[slug], grader, levels=not effects)
        came, went = [slug for slug in new if slug not in old], [slug for slug in old if slug not in new]
        if came and went:
            yield Change.CHANGED, f"{_ids(came)} {_verb(came, 'grades', 'grade')} it in place of {_ids(went)}"
        elif came:
            yield Change.TIGHTENED, f"{_ids(came)} {_verb(came, 'grades', 'grade')} it, too"
        elif went:
            yield Change.LOOSENED, f"{_ids(went)} no longer {_verb(went, 'grades', 'grade')} it"


def _reliable(one: Requirement, other: Requirement) -> Iterator[tuple[Change, str]]:
    """How otherwise it says how often it must hold, or that it is known to fail."""
    if one.holds != other.holds:
        said = f"it must hold {_often(other.holds)}, before {_often(one.holds)}"
        yield _stricter(one.holds, other.holds), said
    old, new = ({mark.case: mark for mark in each.known} for each in (one, other))
    for case in dict.fromkeys((*new, *old)):
        what, before, after = f"`{case}`" if case else "it", old.get(case), new.get(case)
        if after is None:
            yield Change.TIGHTENED, f"{what} is no longer known to fail"
        elif before is None:
            yield (
                Change.LOOSENED,
                f"{what} is known to fail until {after.until.isoformat()}, and fails nothing till then",
            )
        elif before.until != after.until:
            later = Change.LOOSENED if after.until > before.until else Change.TIGHTENED
            yield later, f"{what} is known to fail until {after.until.isoformat()}, before {before.until.isoformat()}"


def _often(holds: Holds | None) -> str:
    return "as the settings say" if holds is None else f"`{holds.shown}`"


def _stricter(one: Holds | None, other: Holds | None) -> Change:
    """Which way it goes: by the share that has to pass, then by how often that is tried; what the settings say, nobody knows here."""
    if one is None or other is None or (one.share != other.share and one.wanted == other.wanted):
        return Change.CHANGED
    before, after = ((each.wanted, each.times) for each in (one, other))
    return Change.TIGHTENED if after > before else Change.LOOSENED


def _regraded(one: Grader, other: Grader, *, levels: bool) -> Iterator[tuple[Change, str]]:
    """How a grader judges otherwise than it did."""
    slug = _slug(other)
    if one.check != other.check:
        yield Change.CHANGED, f"`{slug}` judges by another check"
        return
    if levels and one.level is not other.level:
        if (one.level in _DENYING) is not (other.level in _DENYING):
            yield Change.CHANGED, f"it was a `{one.level}`, and is a `{other.level}`"
        else:
            stricter = _GATING[other.level] > _GATING[one.level]
            yield Change.TIGHTENED if stricter else Change.LOOSENED, f"it was a `{one.level}`, and is a `{other.level}`"
    old, new = ({setting.name: setting.value for setting in each.settings} for each in (one, other))
    for name in (*new, *(name for name in old if name not in new)):
        if old.get(name) != new.get(name):
            yield _bound(slug, name, old.get(name), new.get(name), other.level)


def _bound(slug: str, name: str, old: Json, new: Json, level: Level) -> tuple[Change, str]:
    """What a setting that has changed means."""
    said = f"`{slug}` {name.replace('_', ' ')} {_shown(new)}, before {_shown(old)}"
    way = _BOUNDS.get(name, 0) * (-1 if level in _DENYING else 1)
    if not way or isinstance(old, bool) or isinstance(new, bool):
        return Change.CHANGED, said
    if old is None or new is None:
        return (Change.TIGHTENED if old is None else Change.LOOSENED) if level not in _DENYING else Change.CHANGED, said
    if isinstance(old, int | float) and isinstance(new, int | float):
        return Change.TIGHTENED if (new - old) * way > 0 else Change.LOOSENED, said
    return Change.CHANGED, said


def _shown(value: Json) -> str:
    return "none" if value is None else f"`{value}`"


def _slug(grader: Grader) -> str:
    return grader.id.removeprefix(f"{grader.requirement}/")


def _ids(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names))


def _verb(names: Sequence[str], one: str, many: str) -> str:
    return one if len(names) == 1 else many


def _same(old: Sequence[Norm], new: Sequence[Norm]) -> bool:
    return [(one.when, one.unless) for one in old] == [(one.when, one.unless) for one in new]
