"""Conditions and effects as natural English, in pieces that know where they come from.

In: typed conditions and effects, and the feature whose names they use. Out: pieces for a clause.
Invariant: what is said of a requirement depends on that requirement and on the declarations it names; of a requirement
that it is `over` it depends on one thing, whether that one is `over` another (decision 0040). Conjunctions read without
parentheses and mean one thing.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from ..model.feature import Feature
from ..model.given import Given
from ..model.outcome import Avoids, Calls, Effect, Mentions, Omits, Reach
from ..model.requirement import Level, Requirement
from ..model.text import Chunk, Slot, Text, Word
from ..plan.clause import Piece
from ..plan.origin import Origin
from .conditions import Conditions, Words, joined
from .texts import prompt_pieces

Phrase: TypeAlias = Words

_MODAL = {
    Level.MUST: "",
    Level.MUST_NOT: "do not ",
    Level.SHOULD: "you should ",
    Level.SHOULD_NOT: "you should not ",
    Level.MAY: "you may ",
}

_DENIED = (Level.MUST_NOT, Level.SHOULD_NOT)


class Say:
    """The wording of one feature's requirements."""

    __slots__ = ("_feature", "_givens", "_outcomes", "_overriding")

    def __init__(self, feature: Feature) -> None:
        """Prepare the names of `feature`."""
        self._feature = feature
        self._givens = {given.name: given for given in feature.givens}
        self._outcomes = {outcome.name: outcome for outcome in feature.outcomes}
        self._overriding = frozenset(one.id for one in feature.requirements if one.over)

    def condition(self, requirement: Requirement) -> Iterator[Piece]:
        """`If …, ` with what follows still to be said; nothing for a requirement that always holds."""
        own = Origin(requirement.id, "", requirement.head)
        lead = "in every other case, " if requirement.default else ""
        if requirement.when is not None:
            yield Piece(f"{lead}if ", own)
            yield from Conditions(self._feature, requirement.id, "when").say(requirement.when)
            yield Piece(", ", own)
        elif lead:
            yield Piece(lead, own)
        if requirement.unless:
            words = Conditions(self._feature, requirement.id, "unless")
            yield Piece("unless ", own)
            yield from joined([tuple(words.say(one)) for one in requirement.unless], "or", own)
            yield Piece(", ", own)

    def sentence(
        self, requirement: Requirement, deeds: Iterable[tuple[Level, Sequence[Phrase]]], lead: Iterable[Piece] = ()
    ) -> Iterator[Piece]:
        """One sentence: the condition, then what is to be done at each level; `deeds` are imperatives without a subject.

        `lead` stands between the two: `in an answer about the warranty, `.
        """
        yield from capitalised(self._open_sentence(requirement, deeds, lead))

    def _open_sentence(
        self, requirement: Requirement, deeds: Iterable[tuple[Level, Sequence[Phrase]]], lead: Iterable[Piece]
    ) -> Iterator[Piece]:
        own = Origin(requirement.id, "", requirement.head)
        yield from self.condition(requirement)
        yield from lead
        bound: list[Phrase] = []
        softer: list[Phrase] = []
        for level, phrases in deeds:
            if phrases:
                word = "or" if level in _DENIED else "and"
                modal = Piece(_MODAL[level], Origin(requirement.id, level.value, requirement.head))
                if level is Level.MUST:
                    bound.extend(phrases)
                else:
                    (bound if level is Level.MUST_NOT else softer).append((modal, *joined(phrases, word, own)))
        yield from joined(bound, "and", own)
        for number, said in enumerate(softer):
            if number or bound:
                yield Piece("; ", own)
            yield from said
        yield Piece(".", own)
        yield from self.precedence(requirement)

    def precedence(self, requirement: Requirement) -> Iterator[Piece]:
        """` This overrides other rules.`: a sentence to end with, for a requirement that is `over` another."""
        if requirement.over:
            chained = any(ref.id in self._overriding for ref in requirement.over)
            words = " This overrides even rules that override others." if chained else " This overrides other rules."
            yield Piece(words, Origin(requirement.id, "over", requirement.over[0].span))

    def effects(self, requirement: Requirement, level: Level, effects: Sequence[Effect]) -> tuple[Phrase, ...]:
        """Each of `effects` as an imperative: `approve the refund`, ``call `issue_refund` …``, `mention "30 days"`."""
        return tuple(tuple(self._effect(requirement.id, level.value, effect)) for effect in effects)

    def given(self, name: str) -> Given | None:
        """The given called `name`."""
        return self._givens.get(name)

    def text(self, text: Text, owner: str, field: str) -> Iterator[Piece]:
        """A text of the spec as it stands; a hole shows the name of what will fill it, or the prompt's variable."""
        yield from prompt_pieces(text, owner, field, self._givens)

    def outcome(self, name: str, at: Origin) -> Iterator[Piece]:
        """The wording of the outcome `name`: `approve the refund`."""
        outcome = self._outcomes.get(name)
        if outcome is None:
            yield Piece(name.replace("_", " "), at)
        else:
            yield from self.text(outcome.wording, f"outcome {name}", "wording")

    def _effect(self, owner: str, field: str, effect: Effect) -> Iterator[Piece]:
        at = Origin(owner, field, effect.span)
        match effect:
            case Reach(outcome):
                yield from self.outcome(outcome, at)
            case Calls(tool, arguments):
                yield Piece(f"call `{tool}`", at)
                words = Conditions(self._feature, owner, field)
                shown = [(Piece(f"`{name}` set to ", at), *words.operand(value)) for name, value in arguments]
                if shown:
                    yield Piece(" with ", at)
                    yield from joined(shown, "and", at)
            case Avoids(tool):
                yield Piece(f"do not call `{tool}`", at)
            case Mentions(text):
                yield Piece("mention ", at)
                yield from self.quoted(text, owner, field, at)
            case Omits(text):
                yield Piece("do not mention ", at)
                yield from self.quoted(text, owner, field, at)

    def quoted(self, text: Text, owner: str, field: str, at: Origin) -> Iterator[Piece]:
        """A text in quotes, what fills its holes in brackets; a text that is one hole is named and not quoted."""
        if len(text.pieces) == 1 and isinstance(text.pieces[0], Slot):
            yield from self.text(text, owner, field)
            return
        yield Piece('"', at)
        for part in text.pieces:
            shown = self.text(Text((part,), text.span), owner, field)
            yield from shown if isinstance(part, Chunk) else (Piece("[", at), *shown, Piece("]", at))
        yield Piece('"', at)


def capitalised(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """`pieces` with a capital as their first letter; where that letter is the spec's own, it alone becomes ours."""
    rest = iter(pieces)
    for piece in rest:
        if not piece.text:
            continue
        first, tail = piece.text[0].upper(), piece.text[1:]
        if first == piece.text[0]:
            yield piece
        elif piece.hole and piece.origin.span.end - piece.origin.span.start == len(piece.text):
            at = piece.origin.span
            yield Piece(first, Origin(piece.origin.owner, piece.origin.field, at._replace(end=at.start + 1)))
            after = Origin(piece.origin.owner, piece.origin.field, at._replace(start=at.start + 1))
            yield Piece(tail, after, hole=True)
        else:
            yield Piece(first + tail, piece.origin)
        break
    yield from rest


def quoted(requirement: Requirement, field: str, names: Sequence[Word], word: str) -> Words:
    """`` `look`, `find` or `pay` ``: the names in `field` of a requirement, each traced to where it stands there."""
    own = Origin(requirement.id, "", requirement.head)
    parts = [
        (Piece("`", own), Piece(name.text, Origin(requirement.id, field, name.span), hole=True), Piece("`", own))
        for name in names
    ]
    return joined(parts, word, own)
