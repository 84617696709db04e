"""Where drafts meet other rules, with what a user says who shows it.

In: what the analysis finds in specs with drafts in place. Out: each finding with the user's words of its input.
Invariant: the words are those of the conversation that `specc explain --input` shows for the same input.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ....diagnostics.diagnostic import Diagnostic
from ....model.feature import Feature
from ...explaining.deciding import decided
from ...explaining.reading import read_input
from ...pipeline import Compiled

_FIRST = ("E0501", "E0507", "E0512", "E0506", "E0505", "E0508", "E0509")
"""What is told: a gap is left out, for a prompt speaks of much that no draft says."""


class Meeting(NamedTuple):
    """A finding, and what is said to the model that shows it; nothing where its input is no conversation."""

    finding: Diagnostic
    said: tuple[str, ...]


def meetings(compiled: Compiled, found: Iterable[Diagnostic], kinds: Sequence[str]) -> Iterator[Meeting]:
    """Each of `found`, which are about `compiled`, contradictions first; `kinds` are those of others."""
    features = {one.head.unit: feature for feature in compiled.program.features for one in feature.requirements}
    for one in sorted((one for one in found if one.code.id in _FIRST), key=lambda one: _FIRST.index(one.code.id)):
        feature = features.get(one.primary.span.unit)
        yield Meeting(one, _said(one, feature, compiled, kinds) if feature is not None and one.witness else ())


def _said(finding: Diagnostic, feature: Feature, compiled: Compiled, kinds: Sequence[str]) -> tuple[str, ...]:
    typed = read_input([f"{name}={value}" for name, value in finding.witness], feature)
    if typed.problems:
        return ()
    talk = decided(feature, kinds, dict(typed.values), compiled.places).talk
    return () if talk is None else tuple(turn.text for turn in talk.turns if turn.role == "user")
