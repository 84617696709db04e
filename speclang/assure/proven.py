"""Which links of the trace are proven: a mutant of the clause was killed, by which case and grader, on whom and when.

In: a compiled project and its store. Out: a `Proof` for each mutant, case and grader that still says something.
Invariant: a proof lapses when the clause, the case or the grader becomes another one; the obedient stub proves nothing. A link of which
no proof is known is claimed: the compiler made it.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from ..emit.prompt import is_prompt
from ..engine.compiling import Opened
from ..kit import registry
from ..project.writing import memory
from ..run.asking import Unusable
from ..run.store.database import Store, open_store
from ..run.store.mutations import AS_IT_IS, PastMutant, PastMutation, Trial
from ..source.hashing import digest
from ..source.records import dataclass
from .course import Part, parts
from .evidence import address, has_store
from .mutation.making import clause_of
from .mutation.verdict import Fate


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """The mutant called `mutant` of the clause of `requirement` was killed: the grader of `case` said no, and yes to the prompt as it is.

    `grades` is the requirement that the grader speaks for; `model` answered, on the day `on`.
    """

    feature: str
    requirement: str
    mutant: str
    case: str
    grader: str
    grades: str
    model: str
    on: str


def proofs(project: Opened) -> tuple[Proof, ...]:
    """All that holds today, in the order in which it was found; nothing where there is no store or it can't be read."""
    if not has_store(project):
        return ()
    try:
        store = open_store(address(project), memory(project.root))
    except Unusable:
        return ()
    try:
        return tuple(proven(project, store))
    finally:
        store.close()


def proven(project: Opened, store: Store) -> Iterator[Proof]:
    """The same of an open store."""
    runs = {one.id: one for one in store.mutations.runs() if not one.stub}
    reads = clauses(project)
    killed: dict[tuple[int, int], PastMutant] = {
        (one.mutation, one.number): one
        for one in store.mutations.mutants()
        if one.mutation in runs
        and one.fate == Fate.KILLED
        and one.clause in reads.get((one.feature, one.requirement), ())
    }
    if not killed:
        return
    today = {one.plan.feature: one for one in parts(project, "", lambda *_: True)}
    foreign = project.home.config.kinds
    known = {
        (feature.name, one.id): registry.load(one.kind, foreign).version
        for feature in project.compiled.program.features
        for one in feature.requirements
    }
    wanted = {mutation for mutation, _ in killed}
    for mutation, trials in groupby(store.mutations.trials(), lambda one: one.mutation):
        if mutation in wanted:
            yield from _of(runs[mutation], killed, [one for one in trials if _holds(one, today, known)])


def _of(run: PastMutation, killed: Mapping[tuple[int, int], PastMutant], trials: Iterable[Trial]) -> Iterator[Proof]:
    """What one run proves: a grader that said no to a mutant, and yes where nothing was changed."""
    accepted: set[tuple[str, str, str]] = set()
    seen: set[tuple[int, str, str]] = set()
    for one in trials:
        place = (one.feature, one.case, one.grader)
        if one.number == AS_IT_IS:
            if one.state == "pass":
                accepted.add(place)
            continue
        mutant = killed.get((one.mutation, one.number))
        if mutant is None or one.state != "fail" or place not in accepted or (one.number, *place[1:]) in seen:
            continue
        seen.add((one.number, *place[1:]))
        yield Proof(
            feature=one.feature,
            requirement=mutant.requirement,
            mutant=mutant.name,
            case=one.case,
            grader=one.grader,
            grades=one.requirement,
            model=run.model,
            on=(run.ended or run.started)[:10],
        )


def _holds(one: Trial, today: Mapping[str, Part], known: Mapping[tuple[str, str], int]) -> bool:
    """Whether a trial was about the case and the grader of today."""
    part = today.get(one.feature)
    return (
        part is not None
        and part.hashes.get(one.case) == one.case_hash
        and part.graders.get(one.grader) == one.grader_hash
        and known.get((one.feature, one.requirement)) == one.version
    )


def clauses(project: Opened) -> dict[tuple[str, str], set[str]]:
    """The hashes of each requirement's clause, as any of its feature's prompts has it."""
    found: dict[tuple[str, str], set[str]] = {}
    for artifact in project.compiled.artifacts:
        for owner in {one.owner for one in artifact.parts if one.kind == "clause"} if is_prompt(artifact.path) else ():
            found.setdefault((artifact.feature, owner), set()).add(digest(clause_of(artifact.parts, owner)))
    return found


def parts_proven(found: Iterable[Proof]) -> dict[tuple[str, str, str, str], str]:
    """By feature, requirement, kind and ID of what was made of it: who proved the link when, the latest."""
    told: dict[tuple[str, str, str, str], str] = {}
    for (source, _, requirement), said in links(found).items():
        kind, _, name = source.partition(":")
        feature, _, id = name.partition("/")
        told[feature, requirement.partition("/")[2], kind, id] = said
    return told


def links(found: Iterable[Proof]) -> dict[tuple[str, str, str], str]:
    """By the IDs of the trace's edges: who proved the link when, the latest."""
    told: dict[tuple[str, str, str], str] = {}
    for one in sorted(found, key=lambda one: (one.on, one.model)):
        said = f"{one.on} by {one.model}"
        requirement = f"requirement:{one.feature}/{one.requirement}"
        told[f"case:{one.feature}/{one.case}", "covers", requirement] = said
        told[f"clause:{one.feature}/{one.requirement}", "renders", requirement] = said
        if one.grades == one.requirement:
            told[f"grader:{one.feature}/{one.grader}", "grades", requirement] = said
    return told
