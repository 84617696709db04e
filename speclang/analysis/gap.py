"""An input that nothing decides, in a feature that is declared total."""

from collections.abc import Iterator

from ..diagnostics.diagnostic import Diagnostic
from ..logic.errors import open_input
from ..logic.gap import certain, gap
from . import errors
from .regions.open import left_open
from .subject import Subject


def check(subject: Subject) -> Iterator[Diagnostic]:
    """One finding with the smallest input that is left open, if there is one."""
    if not subject.feature.total or certain(subject.rules):
        return
    rules = subject.rules
    search = gap(rules, search=subject.search)
    if search.input is not None:
        values = subject.smallest(search.input, lambda one: not rules.deciding(one) & rules.reaching)
        witness = subject.witness((values,), (), subject.deciders)
        yield open_input(subject.feature.name, subject.feature.span, witness, left_open(rules))
    elif not search.decided:
        yield errors.undecided(subject.feature.name, subject.feature.span, lacking=subject.search.lacking)
