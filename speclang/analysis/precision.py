"""Boundary values that two requirements share, or both leave out, by one step: `<` where `<=` was meant."""

from collections.abc import Iterator

from ..diagnostics.diagnostic import Diagnostic
from ..logic.edges import Edge, slips
from ..values.showing import show
from . import errors
from .subject import Subject


def check(subject: Subject) -> Iterator[Diagnostic]:
    """One finding for each pair of requirements and boundary."""
    told: set[tuple[str, ...]] = set()
    for edge in slips(subject.rules, subject.outcomes, search=subject.search):
        if not edge.input:
            first, second = _ids(subject, edge)
            yield errors.uncompared((first, subject.head(first)), (second, subject.head(second)), 0, lacking=False)
            return
        one = _found(subject, edge)
        key = (edge.given, show(edge.value, subject.variables[edge.given].type), *sorted(_ids(subject, edge)))
        if key not in told:
            told.add(key)
            yield one


def _ids(subject: Subject, edge: Edge) -> tuple[str, str]:
    return subject.rules.norms[edge.first].requirement, subject.rules.norms[edge.second].requirement


def _found(subject: Subject, edge: Edge) -> Diagnostic:
    first, second = _ids(subject, edge)
    beside = [{edge.given: one} for one in (edge.below, edge.above)]
    values = subject.smallest(dict(edge.input), lambda one: edge.shows(subject.rules, one), beside)
    around = (edge.below, edge.value, edge.above)
    one = first, subject.boundary(first, edge.given, around)
    other = second, subject.boundary(second, edge.given, around)
    boundary = edge.given, show(edge.value, subject.variables[edge.given].type)
    points = [{**values, edge.given: one} for one in (edge.value, edge.below, edge.above)]
    hinging = subject.hinging((first, second)) | (0 if edge.shared else subject.deciders)
    witness = subject.witness(points, (first, second), hinging)
    feature = subject.feature
    if edge.shared:
        return errors.shared(one, other, boundary, witness, gates=not subject.drafts((first, second)))
    return errors.left_out(one, other, boundary, witness, (feature.name, feature.span), total=feature.total)
