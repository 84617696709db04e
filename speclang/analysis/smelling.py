"""All smells over all texts of a feature.

In: a feature. Out: a finding for each place. A smell is a file of `smells/`, found by its name.
Invariant: a text is read once, whatever the number of smells; of smells that share a word the longest is told.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import cast

from ..diagnostics.diagnostic import Diagnostic, Edit
from ..model.feature import Feature
from . import smells
from .subject import Subject
from .wording.errors import smell as found_at
from .wording.reading import Passage, passages
from .wording.sentences import Sentence, Setting, sentences
from .wording.smell import CAPITALS, Nose, Smell

_FOLDER = Path(__file__).with_name("smells")
_EXPLAINED = re.compile(r"\(([A-Z]{2,5})s?\)|\b([A-Z]{2,5})s? ?(?:[(:=–—]|means\b|stands for\b)")


def check(subject: Subject) -> Iterator[Diagnostic]:
    """A finding for each smell in the texts of a feature, in the order of the feature."""
    texts = tuple(passages(subject.feature, subject.kinds))
    known = _explained(subject.feature, texts)
    told: set[str] = set()
    for one in texts:
        for sentence in sentences(one.text.plain, Setting(one.whole, one.measured, known)):
            for found in smells_of(sentence):
                start, end = sentence.ranges[found.first][0], sentence.ranges[found.last][1]
                if not found.once or found.title not in told:
                    told.add(found.title)
                    yield found_at(
                        found, one.span(start, end), one.about, _without(found, sentence, one), binds=one.binds
                    )


def smells_of(sentence: Sentence) -> tuple[Smell, ...]:
    """What smells in one sentence, in its order."""
    return tuple(_apart(_found(sentence, _leads())))


def _without(found: Smell, sentence: Sentence, passage: Passage) -> tuple[Edit, ...]:
    """The edit that leaves idle words out; what follows begins as they did."""
    follows = found.last + 1
    if not found.idle or follows >= len(sentence.words) or sentence.gap(found.last).strip():
        return ()
    start, at = sentence.ranges[found.first][0], sentence.ranges[follows][0]
    letter = sentence.text[at]
    return (Edit(passage.span(start, at + 1), letter.upper() if sentence.text[start].isupper() else letter),)


def noses() -> tuple[str, ...]:
    """The names of all smells, sorted; imports none of them."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("[!_]*.py")))


@cache
def _leads() -> Mapping[str, tuple[Nose, ...]]:
    """Which smells may begin at a word."""
    found: dict[str, list[Nose]] = {}
    for name in noses():
        nose = cast("Nose", import_module(f"{smells.__name__}.{name}"))
        for lead in nose.LEADS:
            found.setdefault(lead, []).append(nose)
    return {lead: tuple(several) for lead, several in found.items()}


def _found(sentence: Sentence, leads: Mapping[str, Sequence[Nose]]) -> Iterator[Smell]:
    for at, word in enumerate(sentence.words):
        named = leads.get(word, ())
        if 1 < len(word) < 6 and sentence.written(at, at).isupper():
            named = (*named, *leads.get(CAPITALS, ()))
        for nose in named:
            found = nose.smells(sentence, at)
            if found is not None:
                yield found


def _apart(found: Iterator[Smell]) -> Iterator[Smell]:
    """Those of `found` that share no word with a longer one, or with an earlier one as long."""
    kept: list[Smell] = []
    for one in sorted(found, key=lambda one: (one.first - one.last, one.first, one.code.id)):
        if all(one.last < other.first or other.last < one.first for other in kept):
            kept.append(one)
    yield from sorted(kept, key=lambda one: one.first)


def _explained(feature: Feature, texts: Sequence[Passage]) -> frozenset[str]:
    """The acronyms that the feature explains: those in its terms, in brackets, or before a bracket or a sign that explains."""
    found = {word.lower() for term in feature.definitions for word in term.word.plain.split()}
    for one in texts:
        found.update(next(filter(None, each.groups())).lower() for each in _EXPLAINED.finditer(one.text.plain))
    return frozenset(found)
