"""The kind `format`: what an answer looks like, always or under a condition.

Use it for length, language, wrapping and fixed wording; what an answer must *say* is a `rule`.

```spec
FMT-1 format "Short answers" {
  must words <= 120, language of user, ends "Anything else?"
}
```

Each term is one instruction (`instructions/`), becomes part of a sentence of the prompt and has one grader. A term
of vague words is refused, for nothing could check it:

```spec format/unknown-term
FMT-2 format "Concise" { must concise }
```
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, overload

from ...diagnostics.diagnostic import Diagnostic
from ...kit.answer import Answer, Said
from ...kit.kind import Kind, Sample
from ...kit.schema import Flag, RequirementFields, Term, Terms
from ...model.feature import Feature
from ...model.requirement import Level, Requirement
from ...model.text import Chunk, Text
from ...plan.clause import Piece
from ...plan.grader import Grader, Setting
from ...plan.origin import Origin
from ...source.hashing import Json
from . import catalogue, errors, reading, wording
from .constraint import Bait, Constraint, Try

if TYPE_CHECKING:
    from ...kit.casegen import Cases
    from ...kit.wording import Say
    from ...plan.draft import CaseDraft


class Fields(RequirementFields):
    """The terms by level. A denied bound is its opposite: `must_not words > 9` is `must words <= 9`."""

    must: Terms = ()
    """What the answer has to be like: a gate."""
    must_not: Terms = ()
    """What the answer must not be like: a gate."""
    should: Terms = ()
    """What the answer should be like: reported, never a gate."""
    should_not: Terms = ()
    """What the answer should not be like: reported, never a gate."""
    loose: Flag = False
    """Judge as IFEval's loose score does: without the first line, the last line or asterisks, whichever passes."""

    def terms(self) -> tuple[tuple[Level, Term], ...]:
        """Every term with its level, in the order must, must_not, should, should_not."""
        levels = (
            (Level.MUST, self.must),
            (Level.MUST_NOT, self.must_not),
            (Level.SHOULD, self.should),
            (Level.SHOULD_NOT, self.should_not),
        )
        return tuple((level, term) for level, terms in levels for term in terms)


class _Samples(Sequence[Sample]):
    """The answers by which every instruction proves its grader; the instructions are loaded when one is looked at."""

    @overload
    def __getitem__(self, at: int) -> Sample: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Sample, ...]: ...
    def __getitem__(self, at: int | slice) -> Sample | tuple[Sample, ...]:
        return self._all()[at]

    def __iter__(self) -> Iterator[Sample]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def _all(self) -> tuple[Sample, ...]:
        return tuple(_sample(name, one) for name in catalogue.NAMES for one in catalogue.load(name).tries)


class Format(Kind[Fields]):
    """`format`: terms that bound or fix the shape of an answer."""

    name = "format"
    section = "format"
    levels = (Level.MUST, Level.MUST_NOT, Level.SHOULD, Level.SHOULD_NOT)
    Fields = Fields
    loosely = True
    SAMPLES = _Samples()

    def clause(self, requirement: Requirement, say: "Say") -> Iterator[Piece]:
        """One sentence for each level, two where that reads better, all under the condition."""
        yield from wording.sentences(requirement.id, self._asked(requirement), tuple(say.condition(requirement)))

    def graders(self, requirement: Requirement, feature: Feature) -> Iterable[Grader]:
        """One grader for each term; for every case of the feature where the requirement has no condition."""
        always = requirement.when is None and not requirement.unless
        loose = self.fields(requirement).loose
        for one in self._asked(requirement):
            origin = Origin(requirement.id, one.level.value, one.constraint.span)
            settings = [
                Setting(name, value, Origin(requirement.id, one.level.value, span))
                for name, value, span in one.constraint.settings
            ]
            flags: tuple[tuple[str, Json], ...] = (("negated", one.negated), ("loose", loose))
            settings.extend(Setting(name, value, origin) for name, value in flags if value)
            yield Grader(
                id=f"{requirement.id}/{one.constraint.slug}",
                requirement=requirement.id,
                level=one.level,
                check=one.constraint.check,
                settings=tuple(settings),
                always=always,
                origin=origin,
            )

    def everywhere(self, requirement: Requirement, feature: Feature) -> Iterable[Grader]:
        """All of them: a term holds for every answer where the requirement applies."""
        return self.graders(requirement, feature)

    def cases(self, requirement: Requirement, cases: "Cases") -> Iterator["CaseDraft"]:
        """Where it applies and where it does not, and messages that tempt a model to break a term."""
        yield from cases.standard(requirement)
        for one in self._asked(requirement):
            slug = one.constraint.slug
            for bait in () if one.negated else one.constraint.baits:
                why = f"the user asks for what breaks `{slug}`"
                opening = _opening(bait, cases.feature, one.constraint)
                graders = f"{requirement.id}/{slug}"
                draft = cases.said(requirement, "tempt", f"{slug}-{bait.detail}", opening, why, graders)
                if draft is not None:
                    yield draft

    def validate(self, requirement: Requirement, feature: Feature) -> Iterable[Diagnostic]:
        """Terms that can't be read, and terms that no answer can meet together."""
        terms = self.fields(requirement).terms()
        if not terms:
            yield errors.no_term(requirement.id, requirement.head)
        asked, found = reading.understood(requirement.id, terms)
        yield from found
        yield from reading.impossible(requirement.id, asked)

    def vocabulary(self) -> Iterable[tuple[str, str]]:
        """Every instruction, the everyday ones first."""
        names = (*catalogue.EVERYDAY, *(one for one in catalogue.NAMES if one not in catalogue.EVERYDAY))
        return ((name, catalogue.load(name).spelling) for name in names)

    def published(self, id: str, parameters: Mapping[str, Json]) -> str | None:
        """The instruction as a term: those of IFEval and IFBench."""
        from .published import term

        said = term(id, parameters)
        return None if said is None else _spec(f"must {said}")

    def _asked(self, requirement: Requirement) -> tuple[reading.Asked, ...]:
        return reading.understood(requirement.id, self.fields(requirement).terms())[0]


def _opening(bait: Bait, feature: Feature, constraint: Constraint) -> Text:
    """What the user says: the feature's first `ask` and then the bait."""
    asked = () if bait.alone else feature.asks[:1]
    pieces = tuple(piece for ask in asked for piece in (*ask.pieces, Chunk(" ", constraint.span)))
    return Text((*pieces, Chunk(bait.message, constraint.span)), constraint.span)


def _sample(name: str, one: Try) -> Sample:
    slug = one.slug or name
    said = (Said("user", one.user),) if one.user else ()
    return Sample(_spec(f"{one.level} {one.terms}"), slug, Answer(one.text, said), one.passes, one.why)


def _spec(said: str) -> str:
    return f'feature sample "Sample" {{\n  X-1 format "Sample" {{\n    {said}\n  }}\n}}\n'
