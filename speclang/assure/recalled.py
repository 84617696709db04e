"""What the store holds of one case: the answers of its last run, and those of the last run before in which it was green.

In: a compiled project with its store, and a case. Out: recorded answers.
Invariant: an answer to another prompt, or to a case that has changed since, is none; the stub's are none either.
"""

from collections.abc import Sequence
from itertools import groupby

from ..engine.compiling import Opened
from ..engine.explaining.explain import Recorded
from ..plan.case import Case
from ..project.lines import Line
from ..run.store.reading import Heard
from .course import parts
from .evidence import has_store, opened


def recalled(project: Opened, feature: str, case: Case) -> tuple[Recorded | None, Recorded | None]:
    """The answers of the last run of `case`, and of one before that failed in none. Raises `Unusable`."""
    if not has_store(project):
        return None, None
    variants = dict.fromkeys(["", *(name for name, _ in project.home.config.targets)])
    today = {
        (part.prompt_hash, part.hashes[case.id])
        for variant in variants
        for part in parts(project, variant, lambda of, one: of == feature and one.id == case.id)
        if case.id in part.hashes and part.plan.feature == feature
    }
    store = opened(project)
    try:
        heard = [one for one in store.heard(feature, [case.id]) if (one.prompt, one.case_hash) in today]
    finally:
        store.close()
    runs = [list(of) for _, of in groupby(heard, key=lambda one: one.run)]
    green = next((of for of in runs[1:] if not any(one.failed for one in of)), [])
    return (_recorded(runs[0]) if runs else None), (_recorded(green) if green else None)


def _recorded(answers: Sequence[Heard]) -> Recorded:
    """The answers of one run."""
    first = answers[0]
    lines = [Line(number, one.record, len(one.record)) for number, one in enumerate(answers, 1)]
    return Recorded(f"run {first.run} of {first.target}", lines, ", answer {}", kept=True)
