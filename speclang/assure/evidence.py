"""How far each requirement is covered by answers that were measured on what the project says today.

In: a compiled project and its store. Out: an `Evidence` for each requirement, and for each model that answered.
Invariant: a verdict counts only where prompt, case, grader and its version are those of today; a stub's counts nowhere.
"""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from itertools import groupby
from pathlib import Path

from ..engine.compiling import Opened
from ..grading.tally import Rate
from ..project.writing import memory
from ..run.asking import Unusable
from ..run.environment import secret
from ..run.store.database import FILE, Store, open_store
from ..run.store.reading import Past, judged
from ..source.records import dataclass, replace
from .calibration import Trust, kept, trusts
from .judging import appointed, questions
from .today import Place, today


class Reach(StrEnum):
    """How far: stated; with clause, case and grader; answered on today's digests; answered before something of that changed."""

    DECLARED = "declared"
    GENERATED = "generated"
    EXECUTED = "executed"
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class Evidence:
    """`model` is "" where none answered. `rate` counts verdicts on today's digests alone.

    `stale` counts those on an earlier prompt, case or grader of this project, `foreign` those on a prompt that the specs did not make,
    each with how many of them passed; `stub` counts the obedient stub's. `judged` is the part of `rate` in which the judge of today had a
    part, `trusts` how far it is shown to agree with people; `others` counts verdicts of other judges, which stand in no rate.
    `last` is when the latest of those on today's digests was given, where there is none the latest of the stale ones; "" without any.
    """

    feature: str
    requirement: str
    reach: Reach
    model: str
    rate: Rate
    stale: tuple[int, int]
    foreign: tuple[int, int]
    stub: int
    judged: Rate = Rate(0, 0)
    trusts: tuple[Trust, ...] = ()
    others: tuple[int, int] = (0, 0)
    last: str = ""


class _Count:
    """What was found for one requirement and one model."""

    __slots__ = (
        "foreign", "foreign_passed", "judged", "judged_passed", "last", "n", "others", "others_passed", "passed", "stale", "stale_last",
        "stale_passed", "stub",
    )  # fmt: skip

    def __init__(self) -> None:
        self.last = self.stale_last = ""
        self.judged = self.judged_passed = self.others = self.others_passed = 0
        self.passed = self.n = self.stale = self.stale_passed = self.foreign = self.foreign_passed = self.stub = 0


def address(project: Opened) -> str:
    """Where the store is; "" for the project's own. Raises `Unusable`."""
    name = project.home.config.store
    if not name:
        return ""
    found = secret(name)
    if found is None:
        raise Unusable(f"`{name}` is not set; it should hold the address of the store")
    return found


def has_store(project: Opened) -> bool:
    """Whether there is a store to look into."""
    return bool(project.home.config.store) or Path(project.root / ".specc" / FILE).is_file()


def evidence(project: Opened) -> tuple[Evidence, ...]:
    """What the store shows of each requirement, in their order. Raises `Unusable`."""
    if not has_store(project):
        return tuple(_gathered(project, (), {}))
    by = judge_of(project)
    known = trusts(kept(project), by, questions(project)) if by else ()
    trusted = {key: tuple(of) for key, of in groupby(known, lambda one: (one.feature, one.requirement))}
    store = open_store(address(project), memory(project.root))
    try:
        return tuple(_gathered(project, store.answers(judge=by), trusted))
    finally:
        store.close()


def judge_of(project: Opened) -> str:
    """The hash of the judge that the settings name; "" where there is none, or where it is the stub or can't be asked."""
    try:
        found = appointed(project, asked=False)
    except Unusable:
        return ""
    return found.key if found is not None and not found.aim.stub else ""


def _gathered(
    project: Opened, past: Iterable[Past], trusted: Mapping[tuple[str, str], tuple[Trust, ...]]
) -> Iterator[Evidence]:
    now = today(project)
    counts: dict[tuple[str, str, str], _Count] = {}
    for one in past:
        if one.feature not in now.parts:
            continue
        for requirement, state in one.states.items():
            count = counts.setdefault((one.feature, requirement, "" if one.stub else one.model), _Count())
            if one.stub:
                count.stub += 1
            elif state in ("pass", "fail"):
                _add(count, one, requirement, state == "pass", now.place(one, requirement))
            else:
                _add_others(count, one, requirement)
    for feature in project.compiled.program.features:
        plan = now.parts[feature.name].plan
        graded = {grader.requirement for grader in plan.graders}
        cased = {id for case in plan.cases for id in case.covers}
        for id in (one.id for one in feature.requirements):
            models = {model for name, other, model in counts if (name, other) == (feature.name, id) and model}
            for model in sorted(models) or [""]:
                found = _told(feature.name, id, model, counts, made=id in graded and id in cased)
                yield replace(found, trusts=trusted.get((feature.name, id), ()) if found.judged.n else ())


def _add(
    count: _Count,
    one: Past,
    requirement: str,
    passed: bool,  # noqa: FBT001 - a count takes it
    place: Place,
) -> None:
    """Count the verdict on one answer where it belongs."""
    match place:
        case Place.TODAY:
            count.n += 1
            count.passed += passed
            count.last = max(count.last, one.made)
            if judged(one, requirement):
                count.judged += 1
                count.judged_passed += passed
        case Place.STALE:
            count.stale += 1
            count.stale_passed += passed
            count.stale_last = max(count.stale_last, one.made)
        case Place.FOREIGN:
            count.foreign += 1
            count.foreign_passed += passed


def _add_others(count: _Count, one: Past, requirement: str) -> None:
    """Count what other judges say of an answer on which the judge of today says nothing."""
    says = [say for said in one.said if said.requirement == requirement for say in said.elsewhere]
    if says:
        count.others += 1
        count.others_passed += all(say == "pass" for say in says)


def _told(
    feature: str, requirement: str, model: str, counts: dict[tuple[str, str, str], _Count], *, made: bool
) -> Evidence:
    count = counts.get((feature, requirement, model), _Count())
    stubs = counts.get((feature, requirement, ""), _Count()).stub
    if count.n:
        reach = Reach.EXECUTED
    elif count.stale:
        reach = Reach.STALE
    else:
        reach = Reach.GENERATED if made else Reach.DECLARED
    return Evidence(
        feature,
        requirement,
        reach,
        model,
        Rate(count.passed, count.n),
        (count.stale_passed, count.stale),
        (count.foreign_passed, count.foreign),
        stubs,
        Rate(count.judged_passed, count.judged),
        others=(count.others_passed, count.others),
        last=count.last or count.stale_last,
    )


def opened(project: Opened) -> Store:
    """The store of `project`. Raises `Unusable`, also where there is none yet."""
    if not has_store(project):
        raise Unusable("nothing has been run yet; `specc eval` runs the cases")
    return open_store(address(project), memory(project.root))
