"""Answers that the prompt shows and that a requirement which always holds does not accept.

In: the answers of examples that are shown. Out: a finding for each requirement that one of them breaks.
Invariant: knows no kind; only graders that code decides alone are asked, and only texts without holes.
"""

from collections.abc import Iterator

from ...diagnostics.diagnostic import Diagnostic
from ...kit.answer import Answer
from ...kit.checks.catalogue import find
from ...kit.clashing.facts import facts
from ...model.requirement import Level, Requirement
from ...model.text import Chunk, Text
from ...plan.grader import Grader
from .. import errors
from ..subject import Subject


def check(subject: Subject) -> Iterator[Diagnostic]:
    """One finding for each shown answer and requirement that does not accept it."""
    answers = [
        (one, text)
        for one in subject.feature.requirements
        for text in subject.kinds[one.kind].answers(one)
        if all(isinstance(piece, Chunk) for piece in text.pieces)
    ]
    graders = list(_graders(subject)) if answers else []
    for one, text in answers:
        told: set[str] = set()
        for other, grader in graders:
            reason = "" if other.id in told else _refused(grader, text)
            if reason:
                told.add(other.id)
                yield errors.shown_wrong(
                    (one.id, text.span), (other.id, grader.origin.span), reason, gates=grader.gates
                )


def _graders(subject: Subject) -> Iterator[tuple[Requirement, Grader]]:
    """The graders that judge the text of every answer, whatever the input."""
    for one in subject.feature.requirements:
        if one.id in subject.owned or one.when is not None or one.unless:
            continue
        for grader in subject.kinds[one.kind].everywhere(one, subject.feature):
            if grader.level in (Level.MUST, Level.MUST_NOT) and grader.always and facts(grader):
                yield one, grader


def _refused(grader: Grader, text: Text) -> str:
    """Why the grader does not accept `text`; "" if it does."""
    found = find(grader.check)
    if found is None:
        return ""
    settings = {one.name: one.value for one in grader.settings}
    negated = settings.pop("negated", False)
    verdict = found(Answer(text.plain), **settings)
    return verdict.reason if verdict.passed is bool(negated) else ""
