"""What no axis may touch in the messages of a case: what an answer hangs on, or a grader looks for.

In: a feature and its plan; a case. Out: texts. Invariant: the values of all givens and parameters, the terms of the feature, what
graders name, and the words by which what a user says of one value differs from what he says of another.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from ...model.feature import Feature
from ...plan.case import Case
from ...plan.plan import FeaturePlan
from ...source.hashing import Json

_WORD = re.compile(r"\w+")
_LONGEST = 200
"""In characters: what is longer is no word that an answer could hold."""


class Staying:
    """What stays in the cases of one feature."""

    __slots__ = ("__dict__", "_feature", "_plan")

    def __init__(self, feature: Feature, plan: FeaturePlan) -> None:
        """Nothing is looked at yet."""
        self._feature = feature
        self._plan = plan

    def of(self, case: Case) -> tuple[str, ...]:
        """The texts that stay in `case`."""
        values = (one.shown for one in (*case.inputs, *case.context, *self._plan.typical))
        named = (text for use in case.uses for text in (*self._named.get(use.grader, ()), *_texts(dict(use.settings))))
        return tuple(dict.fromkeys((*values, *named, *self._everywhere, *self._said(case))))

    @cached_property
    def _named(self) -> Mapping[str, tuple[str, ...]]:
        """What each grader names."""
        return {
            one.id: tuple(text for setting in one.settings for text in _texts(setting.value))
            for one in self._plan.graders
        }

    @cached_property
    def _everywhere(self) -> tuple[str, ...]:
        always = (text for one in self._plan.graders if one.always for text in self._named[one.id])
        terms = (one.word.plain for one in self._feature.definitions)
        return tuple(dict.fromkeys((*always, *terms)))

    @cached_property
    def _telling(self) -> Mapping[str, frozenset[str]]:
        """By given, the words that do not stand in all that a user says of it."""
        found: dict[str, frozenset[str]] = {}
        for given in self._feature.givens:
            said = [frozenset(map(str.lower, _WORD.findall(text.plain))) for _, text in given.sayings]
            if len(said) > 1:
                found[f"given {given.name}"] = frozenset().union(*said) - said[0].intersection(*said[1:])
        return found

    def _said(self, case: Case) -> Iterator[str]:
        """Values of parameters, and the words that tell one value from another."""
        for text, origin in (piece for turn in case.turns if turn.role == "user" for piece in turn.pieces):
            if origin.owner.startswith("tool "):
                yield text
            telling = self._telling.get(origin.owner)
            if telling:
                yield from (word for word in _WORD.findall(text) if word.lower() in telling)


def _texts(value: Json) -> Iterator[str]:
    """The texts in the settings of a grader."""
    if isinstance(value, str):
        if len(value) <= _LONGEST:
            yield value
    elif isinstance(value, Mapping):
        yield from _all(tuple(value.values()))
    elif isinstance(value, Sequence):
        yield from _all(value)


def _all(values: Iterable[Json]) -> Iterator[str]:
    for one in values:
        yield from _texts(one)
