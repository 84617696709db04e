"""All that a run has to do: the cases of a project, as they are played, with the hashes that verdicts are bound to.

In: a compiled project, and which cases are wished. Out: jobs, one after the other, none of which is kept.
Invariant: the prompt is what lies in the project; a case comes after the one that its answer is compared with.
"""

from collections.abc import Callable, Iterator, Mapping

from ..emit.prompt import prompt_name
from ..engine.compiling import Opened
from ..model.feature import Feature
from ..plan.case import Case
from ..plan.plan import FeaturePlan
from ..run.digests import case_hash, grader_hash
from ..run.running import Job
from ..run.script import Stage
from ..source.hashing import digest
from ..source.records import dataclass

Chosen = Callable[[str, Case], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One feature of a run: `prompt` is the text that is asked, `built` the one that the specs make; `cases` in order.

    `prompt_hash` is that of the file in the lock, if the prompt is what was built.
    """

    feature: Feature
    plan: FeaturePlan
    path: str
    prompt: str
    prompt_hash: str
    built: str
    stage: Stage
    cases: tuple[Case, ...]
    graders: Mapping[str, str]
    """The hash of each grader, by its ID."""
    hashes: Mapping[str, str]
    """The hash of each of `cases`, as it is played and judged, by its ID."""

    times: Mapping[str, int]
    """How often each of `cases` is to be run, by its ID."""

    @property
    def same(self) -> bool:
        """Whether the prompt that is asked is the one that the specs make."""
        return self.prompt == self.built


def parts(project: Opened, variant: str, chosen: Chosen) -> tuple[Part, ...]:
    """The features of `project` with the prompts of the target `variant` ("" for everybody's), and those cases that are `chosen`."""
    features = {one.name: one for one in project.compiled.program.features}
    artifacts = {one.path: one.text for one in project.compiled.artifacts}
    found: list[Part] = []
    for plan in project.compiled.plan.features:
        path = f"{project.home.config.generated}/{plan.feature}/{prompt_name(variant)}"
        built = artifacts.get(path, "")
        held = project.home.tree.text(path)
        prompt = built if held is None else held
        stage = Stage(features[plan.feature], plan, prompt)
        cases = _with_bases(plan, [case for case in plan.cases if chosen(plan.feature, case)])
        found.append(
            Part(
                feature=features[plan.feature],
                plan=plan,
                path=path,
                prompt=prompt,
                prompt_hash=digest(prompt),
                built=built,
                stage=stage,
                cases=cases,
                graders={one.id: grader_hash(one) for one in plan.graders},
                hashes={case.id: case_hash(stage.script(case), case) for case in cases},
                times=_times(cases),
            )
        )
    return tuple(found)


def times(part: Part, case: Case, repeat: int) -> int:
    """How often `case` is run: `repeat` times, or where that is 0 as often as the specs ask for."""
    return repeat or part.times[case.id]


def jobs(parts: tuple[Part, ...], repeat: int) -> Iterator[Job]:
    """Every case of every part, once, then again those that are run more often, up to `times` times."""
    waiting = [(part, case, times(part, case, repeat)) for part in parts for case in part.cases]
    repetition = 0
    while waiting:
        repetition += 1
        for part, case, _ in waiting:
            yield Job(part.stage.script(case), repetition)
        waiting = [one for one in waiting if one[2] > repetition]


def _with_bases(plan: FeaturePlan, cases: list[Case]) -> tuple[Case, ...]:
    """`cases`, and before them those with whose answers theirs are compared."""
    known = {case.id: case for case in plan.cases}
    wanted = {case.id for case in cases} | {case.base for case in cases if case.base}
    first = {case.base for case in cases if case.base}
    listed = [known[one] for one in known if one in first and one in wanted]
    return (*listed, *(case for case in plan.cases if case.id in wanted and case.id not in first))


def _times(cases: tuple[Case, ...]) -> dict[str, int]:
    """How often each case is to be run: as its requirement says, and at least as often as any that is compared with it."""
    found = {case.id: case.times for case in cases}
    for case in cases:
        if case.base in found:
            found[case.base] = max(found[case.base], case.times)
    return found
