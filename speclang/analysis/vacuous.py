"""Conditions that no input meets, where the solver is needed to know it.

Lowering looks for an input for every requirement, and tells of those that it is sure to have none. It looks without the solver, for what is
generated does not hang on what is installed; so conditions that calculate with givens are asked about here.
"""

from collections.abc import Iterator

from ..diagnostics.diagnostic import Diagnostic
from ..logic.dead import excluding
from ..logic.errors import never
from ..model.requirement import Requirement
from ..values.evaluate import leaves, nodes, with_constant
from ..values.expression import Arithmetic
from .subject import Subject


def check(subject: Subject) -> Iterator[Diagnostic]:
    """One finding for each requirement whose condition calculates and never holds."""
    for one in subject.feature.requirements:
        if _calculates(one):
            parts = excluding(one.when, one.unless, subject.rules.among, search=subject.search)
            if parts:
                yield never(one.id, [(expr.span, wanted) for expr, wanted in parts])


def _calculates(one: Requirement) -> bool:
    conditions = (*(() if one.when is None else (one.when,)), *one.unless)
    atoms = (atom for expr in conditions for atom in leaves(expr) if not with_constant(atom))
    return any(isinstance(node, Arithmetic) for atom in atoms for node in nodes(atom))
