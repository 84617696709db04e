"""The conditions of one requirement as one condition, and its parts.

In: a requirement. Out: what it applies to, worked out once for all of its drafts.
"""

from ...logic.goal import Conditions
from ...model.requirement import Requirement
from ...values.evaluate import Input, Truth, evaluate
from ...values.expression import And, Expr, Not
from ...values.types import Datum

Values = dict[str, Datum]


class Frame:
    """What the conditions of one requirement come to, worked out once for all of its drafts.

    `whole` is the condition without the exceptions (None if there is neither), `truth` whether it holds, `atoms` its parts,
    `named` its variables.
    """

    __slots__ = ("atoms", "id", "named", "requirement", "truth", "whole")

    def __init__(self, requirement: Requirement, conditions: Conditions | None = None) -> None:
        """Join the condition and the exceptions of `requirement`; `conditions` are those that were looked into before."""
        self.id = requirement.id
        self.requirement = requirement
        parts = [] if requirement.when is None else [requirement.when]
        parts.extend(Not(one, one.span) for one in requirement.unless)
        self.whole: Expr | None = And(tuple(parts), requirement.head) if len(parts) > 1 else next(iter(parts), None)
        known = None if self.whole is None else (conditions or Conditions(())).of(self.whole)
        self.truth: Truth = _always if known is None else known.truth
        self.atoms = () if known is None else known.atoms
        self.named = () if known is None else known.names

    def applies(self, values: Values) -> bool:
        """Whether the requirement applies on `values`: its condition holds, and no exception does."""
        truth = self.truth(values)
        if truth is not None or not self.requirement.unless:
            return truth is True
        # An exception of which nobody knows whether it holds does not hold.
        when = self.requirement.when
        holds = when is None or evaluate(when, values) is True
        return holds and not any(evaluate(one, values) for one in self.requirement.unless)


def _always(_: Input) -> bool:
    return True
