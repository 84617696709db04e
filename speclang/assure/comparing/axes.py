"""What differs between the envelopes of two runs, axis by axis.

In: two envelopes and, where they can be had again, the projects that were run. Out: what differs, each with the axis that it lies on.
Invariant: what differs in the words of a prompt is told by requirement, and with what `specc diff` says that it means.
"""

from collections.abc import Iterator, Mapping

from ...analysis.change import Change, RequirementChange
from ...engine.comparing.compare import between
from ...run.digests import grader_hash
from ...run.script import Script, Stage
from ...source.hashing import Json, canonical
from ...source.records import replace
from .envelope import Asked, Envelope
from .pieces import BY_HAND, Slot, pieces, slots
from .varied import Axis, Side, Varied, said, told

_IDLE = ("timeout", "retries", "concurrency", "repeat")
"""What of a harness changes when an answer comes, or how many do, and never what it says."""


def varied(before: Side, after: Side) -> tuple[Varied, ...]:
    """All that differs, in the order of the axes."""
    meant = meaning(before, after)
    found = [
        *_prompts(before, after, meant),
        *_target(before.envelope, after.envelope),
        *_tools(before.envelope, after.envelope),
        *_cases(before, after),
        *_graders(before, after),
        *_harness(before.envelope, after.envelope),
    ]
    order = list(Axis)
    return tuple(sorted(found, key=lambda one: order.index(one.axis)))


def meaning(before: Side, after: Side) -> Mapping[tuple[str, str], RequirementChange]:
    """What became of each requirement, by feature and today's ID; nothing where a version can't be had again."""
    one, other = before.rebuilt.project, after.rebuilt.project
    if one is None or other is None or one is other:
        return {}
    said = between(one, other, ("before", "after"))
    return {(feature.feature, each.id): each for feature in said.features for each in feature.requirements}


def rows(before: Side, after: Side, meant: Mapping[tuple[str, str], RequirementChange]) -> dict[str, tuple[Slot, ...]]:
    """The prompts of each feature that both runs have, as one row of slots."""
    old = {one.feature: one for one in before.envelope.features}
    found: dict[str, tuple[Slot, ...]] = {}
    for new in after.envelope.features:
        one = old.get(new.feature)
        texts = (before.rebuilt.texts.get(one.prompt) if one else None, after.rebuilt.texts.get(new.prompt))
        if one is None or texts[0] is None or texts[1] is None:
            continue
        renamed = {each.was: id for (feature, id), each in meant.items() if feature == new.feature and each.was}
        found[new.feature] = slots(pieces(texts[0], one.owed), pieces(texts[1], new.owed), renamed)
    return found


def _prompts(before: Side, after: Side, meant: Mapping[tuple[str, str], RequirementChange]) -> Iterator[Varied]:
    for feature, row in rows(before, after, meant).items():
        units: dict[str, list[Slot]] = {}
        for slot in row:
            if slot.unit:
                units.setdefault(slot.unit, []).append(slot)
        for unit, held in units.items():
            yield _clause(feature, unit, held, meant.get((feature, unit)))


def _clause(feature: str, unit: str, held: list[Slot], change: RequirementChange | None) -> Varied:
    """What became of one unit of a prompt."""
    one, other = ("".join(texts).strip() for texts in zip(*((slot.before, slot.after) for slot in held), strict=True))
    name = BY_HAND if not held[0].kind else unit
    bare = Varied(axis=Axis.PROMPT, feature=feature, name=name, how="", before=one, after=other, unit=unit)
    if one == other:
        moved = len(held) > 1
        return replace(bare, how=Change.MOVED if moved else "white space", before="", after="")
    if change is not None and change.clause[0].strip() in one and change.clause[1].strip() in other:
        only = " only" if change.change is Change.REWORDED else ""
        return replace(bare, how=f"{change.change}{only}", why=change.why)
    if not one or not other:
        return replace(bare, how=Change.ADDED if not one else Change.REMOVED)
    edited = held[0].kind == "clause" and change is None
    return replace(bare, how="edited by hand" if edited or not held[0].kind else Change.CHANGED)


def _target(before: Envelope, after: Envelope) -> Iterator[Varied]:
    one, other = before.target, after.target
    found = [
        told(Axis.MODEL, name, one.get(key), other.get(key))
        for name, key in (("kind of target", "use"), ("model", "model"), ("address", "at"))
    ]
    if before.snapshots and after.snapshots:
        names = (" and ".join(each.snapshots) for each in (before, after))
        found.append(told(Axis.MODEL, "snapshot", *names))
    if before.variant != after.variant:
        found.append(told(Axis.MODEL, "prompt of its own", before.variant or "none", after.variant or "none"))
    old, new = (held if isinstance(held, Mapping) else {} for held in (one.get("parameters"), other.get("parameters")))
    found.extend(told(Axis.PARAMETERS, name, old.get(name), new.get(name)) for name in sorted({*old, *new}))
    known = [each for each in found if each is not None]
    if not known and one.get("identity") != other.get("identity"):
        known.append(Varied(axis=Axis.MODEL, name=str(other.get("at") or other.get("use")), how="its code has changed"))
    yield from known


def _tools(before: Envelope, after: Envelope) -> Iterator[Varied]:
    old = {one.feature: one for one in before.features}
    for new in after.features:
        if new.feature in old:
            one, other = tools(old[new.feature]), tools(new)
            for name in dict.fromkeys((*one, *other)):
                found = told(Axis.TOOLS, name, one.get(name), other.get(name))
                if found is not None:
                    yield replace(found, feature=new.feature)


def tools(asked: Asked) -> dict[str, Json]:
    """The tools of a feature by name, as they are described to the model."""
    found: dict[str, Json] = {}
    for one in asked.tools:
        inner = one.get("function") if isinstance(one, Mapping) else None
        name = inner.get("name") if isinstance(inner, Mapping) else None
        found[str(name)] = one
    return found


def scripts(side: Side, prompts: Mapping[str, str] | None = None) -> dict[tuple[str, str], Script]:
    """Every case of the features that were run, as it was played; nothing where the project can't be had again."""
    project = side.rebuilt.project
    if project is None:
        return {}
    features = {one.name: one for one in project.compiled.program.features}
    wanted = {one.feature: (prompts or {}).get(one.feature, "") for one in side.envelope.features}
    return {
        (plan.feature, case.id): stage.script(case)
        for plan in project.compiled.plan.features
        if plan.feature in wanted
        for stage in (Stage(features[plan.feature], plan, wanted[plan.feature]),)
        for case in plan.cases
    }


def _cases(before: Side, after: Side) -> Iterator[Varied]:
    ran = [{one.feature for one in each.envelope.features} for each in (before, after)]
    for name in sorted(ran[0] ^ ran[1]):
        how = Change.ADDED if name in ran[1] else Change.REMOVED
        yield Varied(axis=Axis.CASES, feature=name, name="all its cases", how=how)
    if before.rebuilt.project is after.rebuilt.project:
        return
    old, new = scripts(before), scripts(after)
    if not old or not new:
        return
    for feature, case in dict.fromkeys((*old, *new)):
        if feature not in ran[0] & ran[1]:
            continue
        one, other = old.get((feature, case)), new.get((feature, case))
        if one is None or other is None:
            how = Change.ADDED if one is None else Change.REMOVED
            yield Varied(axis=Axis.CASES, feature=feature, case=case, name="the case", how=how)
            continue
        for name, was, now in planted(one, other):
            yield Varied(
                axis=Axis.CASES, feature=feature, case=case, name=name, how=Change.CHANGED, before=was, after=now
            )


def planted(one: Script, other: Script) -> Iterator[tuple[str, str, str]]:
    """What differs in two versions of a case: what is said, what the prompt is filled with, what tools return."""
    turns = [canonical([[turn.role, turn.text] for turn in each.turns]) for each in (one, other)]
    if turns[0] != turns[1]:
        yield "what is said", _lines(one), _lines(other)
    old, new = (each.setting.get("context") for each in (one, other))
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for name in dict.fromkeys((*old, *new)):
            if old.get(name) != new.get(name):
                yield f"given {name}", said(old.get(name)), said(new.get(name))
    for name in dict.fromkeys((*one.results, *other.results)):
        if one.results.get(name) != other.results.get(name):
            yield f"result of {name}", one.results.get(name, ("", 0.0))[0], other.results.get(name, ("", 0.0))[0]


def _lines(script: Script) -> str:
    """What is said, a line each."""
    return "\n".join(turn.text for turn in script.turns)


def _graders(before: Side, after: Side) -> Iterator[Varied]:
    one, other = before.envelope, after.envelope
    for name in sorted({*one.graders, *other.graders}):
        found = told(Axis.GRADERS, f"checks of {name}", one.graders.get(name), other.graders.get(name))
        if found is not None and name in one.graders and name in other.graders:
            yield found
    judge = told(Axis.GRADERS, "judge", one.judge, other.judge)
    if judge is not None:
        yield judge
    if before.rebuilt.project is after.rebuilt.project:
        return
    old, new = _graded(before), _graded(after)
    both = {feature for feature, _ in old} & {feature for feature, _ in new}
    for feature, id in dict.fromkeys((*old, *new)):
        if feature in both and old.get((feature, id)) != new.get((feature, id)):
            hows = {(True, False): Change.REMOVED, (False, True): Change.ADDED}
            how = hows.get(((feature, id) in old, (feature, id) in new), Change.CHANGED)
            yield Varied(axis=Axis.GRADERS, feature=feature, name=id, how=how)

    was, now = _expected(before), _expected(after)
    for feature, case in was:
        if (feature, case) in now and was[feature, case] != now[feature, case]:
            yield Varied(axis=Axis.GRADERS, feature=feature, case=case, name="what is expected", how=Change.CHANGED)


def _expected(side: Side) -> dict[tuple[str, str], str]:
    """What each case alone settles for its graders."""
    project = side.rebuilt.project
    ran = {one.feature for one in side.envelope.features}
    return {
        (plan.feature, case.id): canonical([[use.grader, [[*one] for one in use.settings]] for use in case.uses])
        for plan in (project.compiled.plan.features if project is not None else ())
        if plan.feature in ran
        for case in plan.cases
    }


def _graded(side: Side) -> dict[tuple[str, str], str]:
    """The hash of each grader."""
    project = side.rebuilt.project
    ran = {one.feature for one in side.envelope.features}
    plans = project.compiled.plan.features if project is not None else ()
    return {(plan.feature, one.id): grader_hash(one) for plan in plans if plan.feature in ran for one in plan.graders}


def _harness(before: Envelope, after: Envelope) -> Iterator[Varied]:
    found = [told(Axis.HARNESS, "specc", before.specc, after.specc)]
    for name in dict.fromkeys((*before.harness, *after.harness)):
        one, other = before.harness.get(name), after.harness.get(name)
        found.append(told(Axis.HARNESS, name, one, other, idle=name in _IDLE))
    yield from (one for one in found if one is not None)


def explaining(found: tuple[Varied, ...], feature: str, case: str) -> tuple[Axis, ...]:
    """The axes on which anything differs that may have a say in the answers to a case."""
    return tuple(dict.fromkeys(one.axis for one in found if one.reaches(feature, case)))
