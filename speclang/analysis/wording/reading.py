"""What a feature says in words of its author: the texts that smells are looked for in.

In: a feature. Out: texts, each with the ID that it is about and the place of every character.
Invariant: what users say, what answers are like, and what is quoted to be said or left unsaid is nobody's instruction.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from itertools import accumulate

from ...kit.kind import Kind
from ...kit.schema import RequirementFields
from ...model.feature import Feature
from ...model.requirement import Requirement, Status
from ...model.text import Chunk, Text
from ...source.records import dataclass
from ...source.span import Span, covering


@dataclass(frozen=True, slots=True)
class Passage:
    """A text and the requirement that says it, "" for a declaration.

    It is `whole` if it reads as sentences, not as the end of one, and `measured` if the fields of its requirement are what is
    judged. It `binds` if it says what a typed requirement that gates asks for. `starts` says at which character of the plain text
    each piece begins.
    """

    text: Text
    about: str
    whole: bool
    measured: bool
    binds: bool
    starts: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """Where the characters from `start` to `end` of the plain text stand in the spec; the whole text where they are nowhere."""
        first, last = (self._place(at, after=after) for at, after in ((start, False), (end, True)))
        return covering(first, last) if first.unit == last.unit else self.text.span

    def _place(self, at: int, *, after: bool) -> Span:
        """The character at `at`, or `after` it; a piece as a whole where its characters are not those of the spec."""
        number = max((bisect_left if after else bisect_right)(self.starts, at) - 1, 0)
        piece, skipped = self.text.pieces[number], at - self.starts[number]
        own = piece.span
        if isinstance(piece, Chunk) and own.end - own.start == len(piece.text):
            return Span(own.unit, own.start + skipped, own.start + skipped)
        return own


def passages(feature: Feature, kinds: Mapping[str, Kind[RequirementFields]]) -> Iterator[Passage]:
    """The texts of `feature` that tell a model what to do, in the order of the feature."""
    if feature.role is not None:
        yield _passage(feature.role)
    for outcome in feature.outcomes:
        yield _passage(outcome.wording, whole=False)
    for term in feature.definitions:
        yield _passage(term.means, whole=False)
    for requirement in feature.requirements:
        yield from _stated(requirement, typed=kinds[requirement.kind].typed)


def _stated(requirement: Requirement, *, typed: bool) -> Iterator[Passage]:
    """The wording of a requirement, or else the texts of its kind's own fields, or its title where that is the wording."""
    if requirement.phrase is not None:
        yield _passage(requirement.phrase, requirement.id, measured=typed)
        return
    own = tuple(_texts(requirement))
    for text in own:
        yield _passage(text, requirement.id, whole=not typed, binds=typed and requirement.status is not Status.DRAFT)
    if not typed and not own and requirement.title is not None:
        yield _passage(requirement.title, requirement.id)


def _texts(requirement: Requirement) -> Iterator[Text]:
    """The fields that hold one text: lists of texts are what is said, not what is asked for."""
    fields = requirement.fields
    for name in getattr(type(fields), "model_fields", ()):
        value = getattr(fields, name)
        if isinstance(value, Text):
            yield value


def _passage(
    text: Text, about: str = "", *, whole: bool = True, measured: bool = False, binds: bool = False
) -> Passage:
    lengths = (len(one.text) if isinstance(one, Chunk) else len(one.name) + 2 for one in text.pieces)
    return Passage(text, about, whole, measured, binds, tuple(accumulate(lengths, initial=0)))
