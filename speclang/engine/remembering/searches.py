"""What the analysis of a large feature has searched, kept between runs: after a change, only questions that hang on it are searched.

In: the root of a project. Out: the pass `analyse` with a memory in `.specc/searches/`, one file for each feature.
Invariant: what is found is what analysis finds without a memory; one that is not as it was written, or that other code wrote, is none.
"""

import sys
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path

from ...analysis.runner import Analyse, analyse_feature
from ...diagnostics.diagnostic import Diagnostic
from ...logic.settling import searches as kept
from ...model.feature import Feature
from ...project import disk
from ...source.hashing import digest
from ...version import VERSION
from ..fresh import state
from ..proof import code_of

MANY = 50
"""A feature of fewer requirements is searched in less time than a file is read and written in."""

_CODE = Path(__file__).parent.parent.parent


def remembering(root: Path, many: int = MANY) -> Analyse:
    """`analyse_feature` with a memory in the project at `root`, for features of at least `many` requirements."""

    def analyse(feature: Feature, foreign: Collection[str]) -> Iterator[Diagnostic]:
        if len(feature.requirements) < many:
            yield from analyse_feature(feature, foreign)
            return
        place = f"searches/{feature.name}"
        known = kept.read(disk.recall(root, place) or "", _searched_by())
        yield from analyse_feature(feature, foreign, known)
        if known.used != known.kept:
            disk.remember(root, place, kept.write(known, _searched_by()).encode())

    return analyse


@cache
def _searched_by() -> str:
    """What stands for the code that searches: its state on this machine, and the interpreter that runs it."""
    files = [one for folder in ("logic", "model", "values") for one in code_of(_CODE / folder)]
    return digest("\n".join([VERSION, sys.version, *map(state, files)]))
