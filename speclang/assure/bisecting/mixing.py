"""Mixtures of two runs: what would be asked if some of what differs between them were as in the one, and the rest as in the other.

In: the two sides. Out: the changes that can be swapped, by axis; for any choice of them the conversations, the target and the graders.
Invariant: with nothing chosen it is what the first run asked, with all chosen what the second did, to the letter, so that their replies
are in the store.
"""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from ...engine.answers.examining import examiners
from ...engine.compiling import Opened
from ...grading.verdicts import Examiner
from ...model.feature import Feature
from ...plan.case import Case
from ...project.asked.targets import Target as Stated
from ...run.asking import Unusable
from ...run.obedience.reading import Reading, Readings
from ...run.script import Script, Stage, filled
from ...source.hashing import Json
from ...source.records import dataclass, replace
from ..aims import BUILT_IN
from ..comparing.axes import meaning, rows, tools, varied
from ..comparing.pieces import Slot, mixed, units
from ..comparing.varied import Axis, Side, Varied
from ..mutation.retrial import Retrial

GRADERS = "what the graders ask for"
ROUNDS = "rounds"


@dataclass(frozen=True, slots=True)
class Swap:
    """One change that can be made by itself: `key` tells it from all others; `varied` is what it is."""

    key: str
    axis: Axis
    varied: Varied


@dataclass(frozen=True, slots=True, kw_only=True)
class Mixture:
    """What is asked with some changes made: `scripts` by feature and case, and whose graders judge."""

    scripts: Mapping[tuple[str, str], Script]
    cases: Mapping[tuple[str, str], Case]
    examiners: Mapping[str, Examiner]
    rounds: int


class Mixing:
    """Two runs of which any mixture can be had; `swaps` are the changes, `fixed` what differs and can't be swapped. `project` is the first,
    as it was.
    """

    __slots__ = (
        "_examiners",
        "_features",
        "_later",
        "_played",
        "_rows",
        "_scripts",
        "_sides",
        "fixed",
        "project",
        "swaps",
    )

    def __init__(self, before: Side, after: Side, wanted: Sequence[tuple[str, str]], *, asks: bool) -> None:
        """`wanted` are the cases, each with its feature; `asks` says that each run asks its own target. Raises `Unusable`."""
        old, new = before.rebuilt.project, after.rebuilt.project
        if old is None or new is None:
            why = before.rebuilt.why or after.rebuilt.why
            raise Unusable(f"what the runs were built from can't be had again: {why}")
        self.project, self._later = projects = old, new
        self._sides = (before, after)
        meant = meaning(before, after)
        self._rows: dict[str, tuple[Slot, ...]] = rows(before, after, meant)
        features = {feature for feature, _ in wanted}
        found = varied(before, after)
        self._features = [{one.name: one for one in project.compiled.program.features} for project in projects]
        self._played = [_played(side, project) for side, project in zip(self._sides, projects, strict=True)]
        bases = (
            (feature, played[feature, case].base)
            for feature, case in wanted
            for played in self._played
            if (feature, case) in played
        )
        asked = dict.fromkeys((*(one for one in bases if one[1]), *wanted))
        self._scripts: list[dict[tuple[str, str], Script]] = []
        for side, project, played in zip(self._sides, projects, self._played, strict=True):
            stages = _stages(project, _prompts(side))
            self._scripts.append({key: stages[key[0]].script(played[key]) for key in asked if key in played})
        self._examiners = [examiners(project) for project in projects]
        reached = [one for one in found if one.feature in ("", *features) and not one.idle]
        reached = [one for one in reached if not one.case or (one.feature, one.case) in asked]
        self.swaps, self.fixed = _swaps(reached, self._rows, asks=asks)

    @property
    def both(self) -> tuple[tuple[str, str], ...]:
        """The cases that both runs know."""
        return tuple(key for key in self._scripts[0] if key in self._scripts[1])

    def stated(self, project: Opened, chosen: frozenset[str]) -> Stated:
        """The target that is asked, as its settings are. Raises `Unusable` where the settings of today do not state such a one."""
        old, new = (side.envelope.target for side in self._sides)
        whole = new if str(Axis.MODEL) in chosen else old
        found = _today(project, whole)
        one, other = (
            held if isinstance(held, Mapping) else {} for held in (old.get("parameters"), new.get("parameters"))
        )
        parameters = {
            name: held[name]
            for name in dict.fromkeys((*one, *other))
            for held in (other if f"{Axis.PARAMETERS}:{name}" in chosen else one,)
            if name in held
        }
        return found._replace(model=str(whole.get("stated") or ""), parameters=parameters)

    def readings(self) -> Mapping[str, Readings]:
        """For the obedient stub, which knows the first run's clauses: what those of the second ask for."""
        plans = {one.feature: one for one in self.project.compiled.plan.features}
        later = {one.feature: one for one in self._later.compiled.plan.features}
        foreign = self.project.home.config.kinds
        found: dict[str, dict[str, list[Reading]]] = {}
        for feature, row in self._rows.items():
            if feature not in plans or feature not in self._features[1]:
                continue
            changed = {slot.unit: slot.after for slot in row if slot.kind == "clause" and slot.unit and slot.after}
            said = {clause.owner: clause.text for one in later[feature].sections for clause in one.clauses}
            for id, text in changed.items():
                built = (
                    id in said and bool(said[id]) and said[id] in text
                )  # a clause that was edited by hand asks for nothing
                if built and any(one.id == id for one in self._features[1][feature].requirements):
                    retrial = Retrial(self._features[1][feature], plans[feature], foreign, id)
                    found.setdefault(feature, {}).setdefault(id, []).append(Reading(text, retrial.asked))
        return found

    def mixture(self, chosen: frozenset[str]) -> Mixture:
        """What is asked if the changes `chosen` are made."""
        side = int(f"{Axis.GRADERS}:{GRADERS}" in chosen)
        every = len(chosen) == len(self.swaps)
        scripts = {key: self._script(key, chosen, every=every) for key in self.both}
        harness = self._sides[int(f"{Axis.HARNESS}:{ROUNDS}" in chosen)].envelope.harness
        return Mixture(
            scripts=scripts,
            cases={key: self._played[side][key] for key in self.both},
            examiners=self._examiners[side],
            rounds=int(str(harness.get(ROUNDS, 10))),
        )

    def _script(self, key: tuple[str, str], chosen: frozenset[str], *, every: bool) -> Script:
        """One case, as it is played if the changes `chosen` are made."""
        one, other = self._scripts[0][key], self._scripts[1][key]
        if not chosen or every:
            return other if chosen else one
        name = key[0]
        told = other if f"{Axis.CASES}:what is said" in chosen else one
        was, now = (_object(each.setting.get("context")) for each in (one, other))
        context = _either(was, now, chosen, f"{Axis.CASES}:given ")
        results = _either(one.results, other.results, chosen, f"{Axis.CASES}:result of ")
        prefix = f"{Axis.PROMPT}:{name}/"
        units_ = {each.removeprefix(prefix) for each in chosen if each.startswith(prefix)}
        feature = self._feature(name, later=any(each.startswith(f"{Axis.CASES}:given ") for each in chosen))
        prompt = mixed(self._rows[name], units_) if name in self._rows else _prompts(self._sides[0])[name]
        return replace(
            told,
            system=filled(prompt, feature, {given: str(value) for given, value in context.items()}),
            tools=self._tools(name, chosen),
            results=results,
            setting={
                "context": context,
                "results": {tool: {"content": text, "seconds": seconds} for tool, (text, seconds) in results.items()},
            },
            twin=one.twin,
        )

    def _feature(self, name: str, *, later: bool) -> Feature:
        return self._features[int(later)][name]

    def _tools(self, feature: str, chosen: frozenset[str]) -> tuple[Json, ...]:
        old, new = (
            next((tools(one) for one in side.envelope.features if one.feature == feature), {}) for side in self._sides
        )
        found = _either(old, new, chosen, f"{Axis.TOOLS}:{feature}/")
        return tuple(found.values())


T = TypeVar("T")


def _either(old: Mapping[str, T], new: Mapping[str, T], chosen: frozenset[str], prefix: str) -> dict[str, T]:
    """The values of `new` under the names that are chosen, and of `old` under the others."""
    return {
        name: held[name]
        for name in dict.fromkeys((*old, *new))
        for held in (new if f"{prefix}{name}" in chosen else old,)
        if name in held
    }


def _object(value: Json) -> Mapping[str, Json]:
    return value if isinstance(value, Mapping) else {}


def _prompts(side: Side) -> dict[str, str]:
    return {one.feature: side.rebuilt.texts.get(one.prompt, "") for one in side.envelope.features}


def _played(side: Side, project: Opened) -> dict[tuple[str, str], Case]:
    ran = {one.feature for one in side.envelope.features}
    plans = project.compiled.plan.features
    return {(plan.feature, case.id): case for plan in plans if plan.feature in ran for case in plan.cases}


def _stages(project: Opened, prompts: Mapping[str, str]) -> dict[str, Stage]:
    features = {one.name: one for one in project.compiled.program.features}
    return {
        plan.feature: Stage(features[plan.feature], plan, prompts[plan.feature])
        for plan in project.compiled.plan.features
        if plan.feature in prompts
    }


def _swaps(
    found: Sequence[Varied], prompts: Mapping[str, Sequence[Slot]], *, asks: bool
) -> tuple[tuple[Swap, ...], tuple[Varied, ...]]:
    """The changes that can be made one by one, in the order of the axes, and those that can't."""
    swaps: dict[str, Swap] = {}
    fixed: list[Varied] = []
    known = {(feature, unit) for feature, row in prompts.items() for unit in units(row)}
    for one in found:
        key = _key(one, known)
        if not key or (not asks and one.axis in (Axis.MODEL, Axis.PARAMETERS)):
            fixed.append(one)
        else:
            swaps.setdefault(key, Swap(key, one.axis, one))
    return tuple(swaps.values()), tuple(fixed)


def _key(one: Varied, known: set[tuple[str, str]]) -> str:
    """What a change is called among those that can be made; "" for one that nobody can make."""
    match one.axis:
        case Axis.PROMPT:
            return f"{one.axis}:{one.feature}/{one.unit}" if (one.feature, one.unit) in known else ""
        case Axis.MODEL:
            return str(one.axis) if one.name in ("kind of target", "model", "address") else ""
        case Axis.TOOLS:
            return f"{one.axis}:{one.feature}/{one.name}"
        case Axis.CASES:
            return f"{one.axis}:{one.name}" if one.how == "changed" else ""
        case Axis.GRADERS:
            swappable = bool(one.feature)  # a check's version and a judge are what they are today
            return f"{one.axis}:{GRADERS}" if swappable else ""
        case Axis.HARNESS:
            return f"{one.axis}:{one.name}" if one.name == ROUNDS else ""
        case _:
            return f"{one.axis}:{one.name}"


def _today(project: Opened, held: Mapping[str, Json]) -> Stated:
    """The target of today's settings that is the one of a run, but for its model and its parameters: an address that only a store names
    is never sent a key.
    """
    known = (*project.home.config.asked, *BUILT_IN.values())
    same = [one for one in known if (one.use, one.at) == (held.get("use"), held.get("at"))]
    named = [one for one in same if one.name == held.get("name")]
    if not same:
        at = f" at {held['at']}" if held.get("at") else ""
        raise Unusable(
            f"no target of today's settings is `{held.get('use')}`{at}, which `{held.get('name')}` was; `--target` asks another one"
        )
    return (named or same)[0]
