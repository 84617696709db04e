"""What the work of a command comes to, or why it comes to nothing, told in the same words by each.

In: the work. Out: what it found, or the exit code where there is nothing to show.
Invariant: the line that says how far a run is has gone before anything is told.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from .console import Console
from .main import FINDINGS, USAGE

if TYPE_CHECKING:
    from ..assure.outcome import Progress, Unfit

Found = TypeVar("Found")


def worked(
    work: "Callable[[Callable[[Progress], None] | None], Found | Unfit]",
    how: str,
    console: Console,
    nothing: str = "there is no feature",
) -> Found | int:
    """What `work` finds; findings of specs that have errors are written as `how` says; `nothing` leads the name that nothing bears."""
    from ..assure.outcome import Unfit
    from ..engine.answers.score import UnknownFeature
    from ..run.asking import Unusable
    from .findings import show
    from .progress import Bar

    bar = Bar(console)
    try:
        try:
            found = work(bar.watch)
        finally:
            bar.clear()
    except UnknownFeature as problem:
        hint = f"; did you mean `{problem.near}`" if problem.near else ""
        console.tell(f"specc: {nothing} `{problem.name}`{hint}")
        return USAGE
    except Unusable as problem:
        console.tell(f"specc: {problem.why}")
        return USAGE
    if isinstance(found, Unfit):
        show(found.diagnostics, found.places, how if how != "markdown" else "human", console)
        return FINDINGS
    return found
