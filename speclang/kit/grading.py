"""Applies a grader to an answer.

In: a grader, what the case settles, an answer. Out: a verdict. A check is looked up in the kind first, then in `kit.checks`.
"""

from collections.abc import Mapping

from ..plan.grader import Grader
from ..source.hashing import Json
from .answer import Answer, Verdict
from .kind import Check, Kind
from .schema import RequirementFields


class UnknownCheck(LookupError):
    """Neither the kind nor the kit has a check of this name."""


def check_of(kind: Kind[RequirementFields], name: str) -> Check:
    """The check called `name`. Raises `UnknownCheck`."""
    own = kind.checks.get(name)
    if own is not None:
        return own
    from .checks import find

    shared = find(name)
    if shared is None:
        raise UnknownCheck(name)
    return shared


def judge(kind: Kind[RequirementFields], grader: Grader, settled: Mapping[str, Json], answer: Answer) -> Verdict:
    """Whether `answer` meets `grader`, with the settings that the case adds. Raises `UnknownCheck`."""
    settings = {one.name: one.value for one in grader.settings}
    return check_of(kind, grader.check)(answer, **settings, **settled)
