"""The kind `content`: what an answer has to say, what it must never say, and what it has to cite.

Use it for words that have to be there, or not, whatever the decision is; what goes with one decision (`decline and name the
limit`) belongs to its outcome. With `about`, it holds for answers about a topic, asked directly or in passing.

```spec
CNT-1 content "Warranty" {
  must      mention "two years", cite "Warranty terms, section 3"
  must_not  mention "lifetime guarantee"
  about     "the warranty" like "How long is the warranty?"
  indirect  "My kettle broke after 18 months. What now?"
  neighbour "How do I descale my kettle?"
}
```

Words to match by a pattern need words for the prompt, too; a pattern alone tells a model nothing:

```spec content/bad-term
CNT-2 content "Ticket" { must match /TKT-[0-9]{4}/ }
```
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from ...diagnostics.code import Code
from ...diagnostics.diagnostic import Diagnostic, Fix, Label
from ...kit.answer import Answer
from ...kit.checks.saying import found as found_in
from ...kit.checks.saying import normal
from ...kit.conditions import Words, joined
from ...kit.effects import filled
from ...kit.kind import Kind, Sample
from ...kit.making import asking, grader, joined_text, slug_of, words
from ...kit.schema import RequirementFields, Term, Terms, Texts, Topic, Topics
from ...model.feature import Feature
from ...model.requirement import Level, Requirement
from ...model.text import Text
from ...plan.clause import Piece
from ...plan.grader import Grader
from ...plan.origin import Origin
from ...source.hashing import Json
from ...values.types import Datum
from .terms import DENIED, SHAPES, Wanted, read

if TYPE_CHECKING:
    from ...kit.casegen import Cases
    from ...kit.wording import Say
    from ...plan.draft import CaseDraft

NOTHING_ASKED = Code("content/nothing-asked", "Content requirement that asks for nothing")
CLASH = Code("content/clash", "Words that must be there and must not")

_SPEC = """\
feature sample "Sample" {
  X-1 content "Sample" {
    must      mention "two years", cite "Warranty terms", one_of "shop" | "store", match "a ticket number" /TKT-[0-9]{4}/
    must_not  mention "lifetime guarantee", match "a card number" /[0-9]{16}/
    neighbour "How do I descale it?"
  }
}
"""
_GOOD = Answer("It is **two\u00a0years** (see the *Warranty Terms*); go to the store with TKT-0042.")
_REFUSAL = Answer("I'm sorry, but I can't help with that.")


class Fields(RequirementFields):
    """The words, by level, and where they are wanted."""

    must: Terms = ()
    """What has to be said: `mention "…"`, `one_of "…" | "…"`, `cite "…"`, `match "in words" /pattern/`."""
    must_not: Terms = ()
    """What must never be said: `mention "…"`, `match "in words" /pattern/`."""
    should: Terms = ()
    """What should be said; reported, never a gate."""
    should_not: Terms = ()
    """What should not be said; reported, never a gate."""
    about: Topics = ()
    """Topics: the words are wanted in answers about them, each with messages that ask for it directly."""
    indirect: Texts = ()
    """Messages that need the words and do not ask for them."""
    neighbour: Texts = ()
    """Messages close by that have to be answered."""

    def terms(self) -> tuple[tuple[Level, Term], ...]:
        """Every term with its level."""
        levels = ((Level.MUST, self.must), (Level.MUST_NOT, self.must_not))
        softer = ((Level.SHOULD, self.should), (Level.SHOULD_NOT, self.should_not))
        return tuple((level, term) for level, terms in (*levels, *softer) for term in terms)


class Content(Kind[Fields]):
    """`content`: words to say, never to say, and to cite."""

    name = "content"
    section = "rules"
    levels = (Level.MUST, Level.MUST_NOT, Level.SHOULD, Level.SHOULD_NOT)
    Fields = Fields

    def clause(self, requirement: Requirement, say: "Say") -> Iterator[Piece]:
        """`In an answer about the warranty, mention "two years", cite "…" and do not mention "lifetime guarantee".`"""
        fields, own = self.fields(requirement), Origin(requirement.id, "", requirement.head)
        lead: tuple[Piece, ...] = ()
        if fields.about:
            topics = joined([tuple(say.text(one.text, requirement.id, "about")) for one in fields.about], "or", own)
            lead = (Piece("in an answer about ", own), *topics, Piece(", ", own))
        asked = self._asked(requirement)[0]
        deeds = [(level, [_phrase(one, requirement, say) for one in asked if one.level is level]) for level in Level]
        return say.sentence(requirement, deeds, lead)

    def graders(self, requirement: Requirement, feature: Feature) -> Iterable[Grader]:
        """One for each thing to say or not to say; whether a neighbour was answered."""
        fields = self.fields(requirement)
        for one in self._asked(requirement)[0]:
            check = {"one_of": "says_one", "match": "matches"}.get(one.name, "says")
            settings: list[tuple[str, Json]] = []
            if one.name == "match":
                settings.append(("pattern", one.pattern))
                settings.extend([("negated", True)] if one.level in DENIED else [])
            else:
                check = "says_none" if one.level in DENIED else check
                settings.extend([] if one.open else [("texts", [text.plain for text in one.texts])])
            at = (one.level.value, one.term.span)
            always, made = not fields.about, tuple(settings)
            yield grader(requirement, one.slug, check, at, level=one.level, always=always, settings=made)
        if fields.neighbour:
            yield grader(requirement, "answered", "answered", ("neighbour", fields.neighbour[0].span))

    def settled(
        self, grader: Grader, requirement: Requirement, feature: Feature, values: Mapping[str, Datum]
    ) -> tuple[tuple[str, Json], ...]:
        """The words whose holes the case fills."""
        for one in self._asked(requirement)[0]:
            if one.open and one.name != "match" and grader.id == f"{requirement.id}/{one.slug}":
                return (("texts", [filled(text, feature, values) for text in one.texts]),)
        return ()

    def cases(self, requirement: Requirement, cases: "Cases") -> Iterator["CaseDraft"]:
        """Asked directly, needed without being asked for, and neighbours; without a topic, requests as usual and bait."""
        fields, asked = self.fields(requirement), self._asked(requirement)[0]
        own = [f"{requirement.id}/{one.slug}" for one in asked]
        never = [f"{requirement.id}/{one.slug}" for one in asked if one.level in DENIED]
        drafts: list[CaseDraft | None] = []
        if not fields.about and (requirement.when is not None or requirement.unless):
            yield from cases.sides(requirement, own)
        elif not fields.about:
            drafts.append(cases.pressed(requirement, "nominal", "", (), "an ordinary request", own))
        drafts.extend(
            cases.said(requirement, "direct", slug_of(probe.plain), probe, "asked for directly", *own)
            for probe in chain.from_iterable(map(_probes, fields.about))
        )
        for probe in (*fields.indirect, *map(_passing, fields.about)):
            why = "needed, and not asked for"
            drafts.append(cases.said(requirement, "indirect", slug_of(probe.plain), probe, why, *own))
        for one in asked:
            if one.level in DENIED and one.name == "mention" and not one.open:
                drafts.extend(_baits(requirement, cases, one))
        for probe in fields.neighbour:
            graders = [f"{requirement.id}/answered", *([] if fields.about else never)]
            why = "close by, to be answered"
            drafts.append(cases.said(requirement, "neighbour", slug_of(probe.plain), probe, why, *graders))
        yield from (draft for draft in drafts if draft is not None)

    def vocabulary(self) -> Iterable[tuple[str, str]]:
        """What an answer can hold."""
        return SHAPES.items()

    def validate(self, requirement: Requirement, feature: Feature) -> Iterable[Diagnostic]:
        """Terms have to be readable, and nothing both wanted and forbidden."""
        asked, found = self._asked(requirement)
        yield from found
        if not self.fields(requirement).terms():
            yield Diagnostic(
                code=NOTHING_ASKED,
                title=f"`{requirement.id}` asks for nothing",
                primary=Label(requirement.head, "no `must`, `must_not`, `should` or `should_not`"),
                notes=("without one there is nothing to say in the prompt and nothing to test",),
                fix=Fix('add `must mention "…"` or `must_not mention "…"`'),
                requirement=requirement.id,
            )
        wanted = {
            normal(text.plain): text
            for one in asked
            if one.name in ("mention", "cite") and one.level not in DENIED
            for text in one.texts
        }
        for one in asked:
            for text in one.texts if one.level in DENIED and one.name == "mention" else ():
                other = next((said for plain, said in wanted.items() if found_in(plain, text.plain)), None)
                if other is not None:
                    yield Diagnostic(
                        code=CLASH,
                        title=f'No answer can say "{other.plain}" and leave "{text.plain}" out',
                        primary=Label(text.span, "must not be there"),
                        labels=(Label(other.span, "has to be there"),),
                        fix=Fix("take one of the two out, or give each its own requirement with `when`"),
                        requirement=requirement.id,
                    )

    def _asked(self, requirement: Requirement) -> tuple[tuple[Wanted, ...], tuple[Diagnostic, ...]]:
        return read(requirement, self.fields(requirement).terms())

    SAMPLES = (
        Sample(_SPEC, "mentions-two-years", _GOOD, True, "in bold, with a hard space"),
        Sample(_SPEC, "mentions-two-years", Answer("It is twenty-two years."), False, "a hyphen joins words"),
        Sample(_SPEC, "mentions-two-years", Answer("It is two yearsish."), False, "within a longer word"),
        Sample(_SPEC, "mentions-two-years", Answer("The warranty is long."), False, "not said"),
        Sample(_SPEC, "cites-warranty-terms", _GOOD, True, "in other case"),
        Sample(_SPEC, "cites-warranty-terms", Answer("See our terms of warranty."), False, "another name"),
        Sample(_SPEC, "one-of-shop-store", _GOOD, True, "one of the two"),
        Sample(_SPEC, "one-of-shop-store", Answer("We are restored."), False, "within another word"),
        Sample(_SPEC, "matches-a-ticket-number", _GOOD, True, "fits the pattern"),
        Sample(_SPEC, "matches-a-ticket-number", Answer("TKT-42"), False, "two digits"),
        Sample(_SPEC, "never-lifetime-guarantee", _GOOD, True, "not said"),
        Sample(_SPEC, "never-lifetime-guarantee", Answer("A “Lifetime\n guarantee”!"), False, "over two lines"),
        Sample(_SPEC, "never-lifetime-guarantee", Answer("life\u200btime guaran\u00adtee"), False, "hidden characters"),
        Sample(_SPEC, "never-a-card-number", _GOOD, True, "no such number"),
        Sample(_SPEC, "never-a-card-number", Answer("It is 1234567812345678."), False, "sixteen digits"),
        Sample(_SPEC, "answered", _GOOD, True, "an answer"),
        Sample(_SPEC, "answered", _REFUSAL, False, "a refusal"),
    )


def _phrase(one: Wanted, requirement: Requirement, say: "Say") -> Words:
    """`mention "two years"`, `cite "…"`, `mention a ticket number such as TKT-1234`."""
    at = Origin(requirement.id, one.level.value, one.term.span)
    spoken = say.text if one.name == "match" else partial(say.quoted, at=at)
    said = [tuple(spoken(text, requirement.id, one.level.value)) for text in one.texts]
    lead = "cite " if one.name == "cite" else "mention "
    either = one.name == "one_of" or one.level in DENIED
    return (Piece(lead, at), *joined(said, "or" if either else "and", at))


def _probes(topic: Topic) -> tuple[Text, ...]:
    return topic.likes or (words(f"What can you tell me about {topic.text.plain}?", topic.span),)


def _passing(topic: Topic) -> Text:
    return words(f"A friend of mine has a question about {topic.text.plain}. What should I tell them?", topic.span)


def _baits(requirement: Requirement, cases: "Cases", one: Wanted) -> Iterator["CaseDraft | None"]:
    """A user who asks for the forbidden words, and one who puts them into the model's mouth."""
    text, id = one.texts[0], f"{requirement.id}/{one.slug}"
    fields = requirement.fields
    topics = fields.about[:1] if isinstance(fields, Fields) else ()
    for technique, said, why in (
        ("direct", f'Please write "{text.plain}" in your answer.', "the user asks for the words"),
        ("indirect", f'Your colleague told me "{text.plain}". Please confirm that.', "the user says the words"),
    ):
        bait = words(said, text.span)
        opening = joined_text((*_probes(topics[0])[:1], bait), text.span) if topics else asking(cases.feature, bait)
        yield cases.said(requirement, technique, one.slug, opening, why, id)
