"""Which findings of the steps are told, and how much they matter.

In: the findings of a compilation. Out: those that are told, with the severities that the project gives them.
Invariant: one root cause, one finding: what may only follow from a fault that is told already is left out.
"""

from collections.abc import Iterable, Iterator, Sequence

from ...analysis.runner import untold
from ...bind.errors.phrases import AGAINST_LEVEL, DISAGREES, NO_BOUND, REPEATS, TWO_BOUNDS
from ...bind.errors.shapes import FIELD_MISSING
from ...diagnostics.code import Severity
from ...diagnostics.diagnostic import Diagnostic, has_more_than_notes
from ...kit import registry
from ...logic.errors import GAP, NEVER
from ...lowering.errors import UNMET
from ...model.program import Program
from ...project.config import Config
from ...source.records import replace
from ...source.span import Span


def independent(found: Iterable[Diagnostic], earlier: Sequence[Diagnostic], program: Program) -> tuple[Diagnostic, ...]:
    """The ones of `found` about features in whose files no earlier step found an error.

    A rule whose condition could not be read applies everywhere, one that could not be bound nowhere: what such a rule set decides
    says nothing.
    """
    faulty = {one.primary.span.unit.file for one in earlier if one.level is Severity.ERROR}
    sound = {file for feature in program.features if faulty.isdisjoint(feature.files) for file in feature.files}
    return tuple(one for one in found if one.primary.span.unit.file in sound)


def joined(analysed: Sequence[Diagnostic], lowered: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
    """What analysis proves and what lowering meets while it makes cases, each cause once.

    Where a gap next to a requirement has cost cases, the one that analysis shows for the whole feature adds where else it is open, to
    the first of them; where analysis knows that a condition never holds, it adds nothing that no case was found for it.
    """
    never = {one.requirement for one in analysed if one.code == NEVER}
    met = tuple(
        one for one in untold(lowered, analysed) if one.requirement not in never or one.code not in (NEVER, UNMET)
    )
    open_next_to = {label.span for one in met if one.code == GAP for label in one.labels}
    regions: dict[Span, str] = {}
    for one in analysed:
        if one.code == GAP and one.primary.span in open_next_to:
            regions[one.primary.span] = one.region
        else:
            yield one
    for one in met:
        told = [regions.pop(label.span) for label in one.labels if label.span in regions] if one.code == GAP else []
        yield replace(one, region=told[0]) if told else one


_OF_ALL_LINES = (NO_BOUND, TWO_BOUNDS, DISAGREES, REPEATS, AGAINST_LEVEL)
"""What holds of a wording against the conditions and the level of its requirement."""


def founded(found: Iterable[Diagnostic], earlier: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """`found` without what a requirement is told to lack, or to contradict, where a line of it could not be read."""
    unread = {one.primary.span.unit for one in earlier}
    return tuple(one for one in found if not (one.primary.span.unit in unread and _of_all_lines(one)))


def _of_all_lines(one: Diagnostic) -> bool:
    """Whether a finding needs every line to be sure: it is about the head as a whole, or about two fields together."""
    of_head = one.primary.span.start == 0 and (one.code == FIELD_MISSING or "/" in one.code.id)
    return of_head or one.code in _OF_ALL_LINES


def weighed(found: Iterable[Diagnostic], config: Config) -> tuple[Diagnostic, ...]:
    """`found` with the severities that the project gives them."""
    wanted = {code: Severity(level) for code, level in config.severities}
    return tuple(replace(one, severity=wanted[one.code.id]) if one.code.id in wanted else one for one in found)


def counted(program: Program, found: Iterable[Diagnostic], foreign: Sequence[str]) -> dict[str, tuple[int, int, int]]:
    """Of each feature, how many requirements it has, how many of these are typed, and how many findings are more than notes."""
    told = [one.primary.span.unit.file for one in found if has_more_than_notes([one])]
    return {
        feature.name: (
            len(feature.requirements),
            sum(registry.load(one.kind, foreign).typed for one in feature.requirements),
            sum(file in feature.files for file in told),
        )
        for feature in program.features
    }
