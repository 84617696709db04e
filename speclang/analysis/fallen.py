"""What a feature falls back on and does not accept: texts that are ready, held against whatever judges every answer.

In: the fallbacks of a feature. Out: a finding for each such text and requirement; one for each requirement that no tier can be held to.
Invariant: knows no kind; a grader that has to see more than a text (calls, measures, another answer) is not asked about one.
"""

from collections.abc import Iterator, Mapping

from ..diagnostics.diagnostic import Diagnostic
from ..kit.answer import Answer, Said
from ..kit.checks import CHECKS
from ..kit.grading import judge
from ..model.fallback import Fallback, Tier
from ..model.given import Given
from ..model.requirement import Level, Requirement
from ..model.text import Chunk, Text
from ..plan.grader import Grader
from ..values.domain import members
from ..values.showing import show
from ..values.types import Date, Datum, Numeric, Optional
from . import errors
from .subject import Subject

_BEYOND = ("measures", "relations", "trajectory")
"""The files of checks that a text alone tells nothing to."""

_MEMBERS = 50
"""How many values of one hole are tried."""


def check(subject: Subject) -> Iterator[Diagnostic]:
    """What is wrong in the fallbacks of a feature."""
    fallbacks = subject.feature.fallbacks
    graders = list(_graders(subject)) if fallbacks else []
    for fallback in fallbacks:
        for tier in fallback.tiers:
            if tier.says is not None:
                yield from _accepted(subject, fallback, tier, tier.says, graders)
        speaking = {one.id for one, _ in graders}
        for ref in fallback.must_hold:
            if ref.id not in speaking:
                yield errors.unholdable(fallback.name, ref.id, ref.span, subject.head(ref.id))


def _accepted(
    subject: Subject, fallback: Fallback, tier: Tier, says: Text, graders: list[tuple[Requirement, Grader]]
) -> Iterator[Diagnostic]:
    """A finding for each requirement that some form of a text breaks."""
    asked = tuple(Said("user", one.plain) for one in subject.feature.asks[:1])
    told: set[str] = set()
    for values, written in _forms(says, {one.name: one for one in subject.feature.givens}):
        for one, grader in graders:
            if one.id in told or CHECKS.get(grader.check) in _BEYOND:
                continue
            answer = Answer(written, (*asked, Said("assistant", written)))
            verdict = judge(subject.kinds[one.kind], grader, {}, answer)
            if not verdict.passed:
                told.add(one.id)
                at = (fallback.name, tier.name, says.span)
                yield errors.ready_wrong(at, (one.id, grader.origin.span), verdict.reason, values, gates=grader.gates)


def _graders(subject: Subject) -> Iterator[tuple[Requirement, Grader]]:
    """The graders that judge every answer, whatever the input, and that code decides alone."""
    for one in subject.feature.requirements:
        if one.id in subject.owned or one.when is not None or one.unless:
            continue
        for grader in subject.kinds[one.kind].everywhere(one, subject.feature):
            if grader.level in (Level.MUST, Level.MUST_NOT) and grader.always and grader.deterministic:
                yield one, grader


def _forms(says: Text, givens: Mapping[str, Given]) -> Iterator[tuple[tuple[tuple[str, str], ...], str]]:
    """`says` with its holes filled: with what is typical, then with each other value of one of them; and with which values."""
    holes = [givens[name] for name in dict.fromkeys(one.name for one in says.pieces if not isinstance(one, Chunk))]
    usual = {one.name: show(one.typical, one.type) for one in holes}
    tried = [usual]
    tried += [{**usual, one.name: show(value, one.type)} for one in holes for value in _values(one)]
    for shown in tried:
        words = (one.text if isinstance(one, Chunk) else shown[one.name] for one in says.pieces)
        yield tuple(shown.items()), "".join(words)


def _values(given: Given) -> tuple[Datum, ...]:
    """The values of a given that are told apart: each member, or the least and the greatest."""
    of = given.type.of if isinstance(given.type, Optional) else given.type
    listed = members(of)
    if listed is not None:
        return tuple(listed[:_MEMBERS])
    ends = (of.low, of.high) if isinstance(of, Numeric | Date) else ()
    return tuple(one for one in ends if one is not None)
