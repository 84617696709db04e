"""Failures that somebody declares and nobody takes care of: a tool's `fails`, and the ways in which a model does not answer.

In: a feature. Out: one finding for each tool, and for the model, with all of its failures that are left.
Invariant: a feature without a `fallback` is only told on request; whoever writes one is told what it leaves out.
"""

from collections.abc import Iterator

from ...diagnostics.code import Severity
from ...diagnostics.diagnostic import Diagnostic
from ...model.fallback import MODEL, MODEL_FAILS
from ...model.feature import Feature
from ...model.tool import WORKS, Tool
from ...values.evaluate import nodes
from ...values.expression import Among, Compare, Literal, Var
from ...values.types import Datum
from . import errors


def unhandled(feature: Feature) -> Iterator[Diagnostic]:
    """What is left to chance in `feature`."""
    weight = Severity.WARNING if feature.fallbacks else Severity.NOTE
    handled = {(one.of, one.how) for fallback in feature.fallbacks for one in fallback.failures}
    for tool in feature.tools:
        known = _named(feature, tool)
        left = [how for how in tool.fails if how not in known and (tool.name, how) not in handled]
        if left:
            yield errors.unhandled(tool.name, left, tool.span, weight)
    of_model = [one for one in feature.fallbacks if any(failure.of == MODEL for failure in one.failures)]
    left = [how for how in MODEL_FAILS if (MODEL, how) not in handled]
    if of_model and left and all(tool.name != MODEL for tool in feature.tools):
        yield errors.unhandled(MODEL, left, of_model[0].span, weight)


def _named(feature: Feature, tool: Tool) -> set[Datum]:
    """The failures of `tool` that the conditions of requirements name; one that names none in particular names them all."""
    found: set[Datum] = set()
    for one in feature.requirements:
        for expr in (*(() if one.when is None else (one.when,)), *one.unless):
            for node in nodes(expr):
                match node:
                    case Compare(_, Var(name), Literal(value)) if name == tool.state:
                        found.update(tool.fails if value == WORKS else (value,))
                    case Among(Var(name), members) if name == tool.state:
                        found.update(member.value for member in members)
                    case _:
                        pass
    return found
