"""Which findings of the steps are told, and how much they matter.

In: the findings of a compilation. Out: those that are told, with the severities that the project gives them.
Invariant: one root cause, one finding: what may only follow from a fault that is told already is left out.
"""

from collections.abc import Iterable, Sequence

from ..diagnostics.code import Severity
from ..diagnostics.diagnostic import Diagnostic
from ..model.program import Program
from ..project.config import Config
from ..source.records import replace


def independent(found: Iterable[Diagnostic], earlier: Sequence[Diagnostic], program: Program) -> tuple[Diagnostic, ...]:
    """The ones of `found` about features in whose files no earlier step found an error.

    A rule whose condition could not be read applies everywhere, one that could not be bound nowhere: what such a rule set decides
    says nothing.
    """
    faulty = {one.primary.span.unit.file for one in earlier if one.level is Severity.ERROR}
    sound = {file for feature in program.features if faulty.isdisjoint(feature.files) for file in feature.files}
    return tuple(one for one in found if one.primary.span.unit.file in sound)


def weighed(found: Iterable[Diagnostic], config: Config) -> tuple[Diagnostic, ...]:
    """`found` with the severities that the project gives them."""
    wanted = {code: Severity(level) for code, level in config.severities}
    return tuple(replace(one, severity=wanted[one.code.id]) if one.code.id in wanted else one for one in found)
