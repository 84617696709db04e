"""The kind `style`: tone and audience, with phrases that are banned and answers that show what is meant.

Use it for how an answer sounds. What words can tell is judged by code, first: banned phrases. What they can't is left to a judge, which
reads the answer by a rubric made of the tone, with the good and the bad answers as anchors; such a grader is counted as not
deterministic. It is tried by a friendly, an angry and a terse user.

```spec
STY-1 style "Plain and warm" {
  tone     "plain, warm and brief"
  audience "customers who are in a hurry"
  banned   "as per", "kindly be advised"
  good     "Done! Your refund is on its way."
  bad      "Kindly be advised that your request has been processed."
}
```

A tone without anchors means something else to every reader:

```spec style/no-anchors
STY-2 style "Friendly" { tone "friendly" }
```
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ..diagnostics.code import Code
from ..diagnostics.diagnostic import Diagnostic, Fix, Label
from ..kit.answer import Answer
from ..kit.checks.saying import found, normal
from ..kit.conditions import Words, joined
from ..kit.kind import Kind, Sample
from ..kit.making import asking, grader, joined_text, words
from ..kit.schema import OneText, RequirementFields, Texts
from ..kit.wording import capitalised
from ..model.feature import Feature
from ..model.requirement import Requirement
from ..model.text import Text
from ..plan.clause import Piece
from ..plan.grader import JUDGE, Grader
from ..plan.origin import Origin
from ..source.hashing import Json

if TYPE_CHECKING:
    from ..kit.casegen import Cases
    from ..kit.wording import Say
    from ..plan.draft import CaseDraft

NO_ANCHORS = Code("style/no-anchors", "Tone without a good and a bad answer")
NOTHING_ASKED = Code("style/nothing-asked", "Style that asks for nothing")
BANNED_GOOD = Code("style/banned-anchor", "Good answer that holds a banned phrase")

_USERS = (
    ("friendly", "Hi there, I hope you are having a lovely day! ", " Thank you so much, you are wonderful!"),
    ("angry", "This is the THIRD time that I write, and nobody ever answers. ", " What is wrong with you people?!"),
    ("terse", "no small talk. ", ""),
)

_SPEC = """\
feature sample "Sample" {
  ask "Where is my parcel?"
  X-1 style "Sample" { banned "kindly", "as per"; tone "plain"; good "It comes today."; bad "Kindly be advised." }
}
"""


class Fields(RequirementFields):
    """The tone, whom it is for, what is banned, and what it is like."""

    tone: OneText | None = None
    """What answers sound like: `plain, warm and brief`."""
    audience: OneText | None = None
    """Who reads them: `customers who are in a hurry`."""
    banned: Texts = ()
    """Phrases that no answer may hold."""
    good: Texts = ()
    """Answers that have the tone: anchors of the judge, shown in the prompt."""
    bad: Texts = ()
    """Answers that do not: anchors of the judge, shown in the prompt."""
    probe: Texts = ()
    """Further messages of users to try it with."""


class Style(Kind[Fields]):
    """`style`: how answers sound."""

    name = "style"
    section = "style"
    levels = ()
    Fields = Fields

    def clause(self, requirement: Requirement, say: "Say") -> Iterator[Piece]:
        """`Write in a plain tone, for …, whatever the tone of the user; never write "kindly". Write like this: "…" …`"""
        return capitalised(self._sentences(requirement, say))

    def _sentences(self, requirement: Requirement, say: "Say") -> Iterator[Piece]:
        fields, own = self.fields(requirement), Origin(requirement.id, "", requirement.head)

        def quoted(texts: tuple[Text, ...], field: str, word: str) -> Words:
            return joined([tuple(say.quoted(one, requirement.id, field, own)) for one in texts], word, own)

        yield from say.condition(requirement)
        told: list[Words] = []
        if fields.tone is not None:
            told.append((Piece("write in a tone that is ", own), *say.text(fields.tone, requirement.id, "tone")))
        if fields.audience is not None:
            lead = "for " if told else "write for "
            told.append((Piece(lead, own), *say.text(fields.audience, requirement.id, "audience")))
        for number, part in enumerate(told):
            yield from ((Piece(", ", own),) if number else ())
            yield from part
        if fields.tone is not None:
            yield Piece(", whatever the tone of the user", own)
        if fields.banned:
            yield Piece("; never write " if told else "never write ", own)
            yield from quoted(fields.banned, "banned", "or")
        yield Piece(".", own)
        if fields.good:
            yield Piece(" Write like this: ", own)
            yield from quoted(fields.good, "good", "or")
            yield from () if _ended(fields.good) else (Piece(".", own),)
        if fields.bad:
            yield Piece(" Do not write like this: ", own)
            yield from quoted(fields.bad, "bad", "or")
            yield from () if _ended(fields.bad) else (Piece(".", own),)

    def graders(self, requirement: Requirement, feature: Feature) -> Iterable[Grader]:
        """Banned phrases by code; the tone by a judge."""
        fields = self.fields(requirement)
        if fields.banned:
            banned: list[Json] = [text.plain for text in fields.banned]
            at = ("banned", fields.banned[0].span)
            yield grader(requirement, "banned", "says_none", at, always=True, settings=(("texts", banned),))
        if fields.tone is not None:
            whom = f", written for {fields.audience.plain}" if fields.audience is not None else ""
            settings: tuple[tuple[str, Json], ...] = (
                ("rubric", f"Is the tone of the answer {fields.tone.plain}{whom}? What it says does not matter."),
                ("good", [text.plain for text in fields.good]),
                ("bad", [text.plain for text in fields.bad]),
            )
            yield grader(requirement, "tone", JUDGE, ("tone", fields.tone.span), settings=settings)

    def cases(self, requirement: Requirement, cases: "Cases") -> Iterator["CaseDraft"]:
        """A friendly, an angry and a terse user, and messages of one's own."""
        own = [one.id for one in self.graders(requirement, cases.feature)]
        at = requirement.head
        drafts: list[CaseDraft | None] = []
        if requirement.when is not None or requirement.unless:
            yield from cases.sides(requirement, own)
        for user, before, after in _USERS:
            asked = asking(cases.feature, words(after.strip(), at)) if after else _asked(cases.feature, requirement)
            opening = joined_text((words(before.strip(), at), asked), at)
            drafts.append(cases.said(requirement, "user", user, opening, f"the user is {user}", *own))
        for number, probe in enumerate(self.fields(requirement).probe, 1):
            drafts.append(cases.said(requirement, "probe", str(number), probe, "a message that tries it", *own))
        yield from (draft for draft in drafts if draft is not None)

    def validate(self, requirement: Requirement, feature: Feature) -> Iterable[Diagnostic]:
        """A tone needs anchors, and they have to keep to it."""
        fields = self.fields(requirement)
        if fields.tone is None and not fields.banned:
            yield Diagnostic(
                code=NOTHING_ASKED,
                title=f"`{requirement.id}` asks for nothing",
                primary=Label(requirement.head, "no `tone`, no `banned`"),
                fix=Fix('add `tone "…"` or `banned "…"`'),
                requirement=requirement.id,
            )
        missing = [name for name, texts in (("good", fields.good), ("bad", fields.bad)) if not texts]
        if fields.tone is not None and missing:
            yield Diagnostic(
                code=NO_ANCHORS,
                title=f"Nothing shows the tone of `{requirement.id}`",
                primary=Label(fields.tone.span, f"no {' and no '.join(f'`{name}`' for name in missing)} answer"),
                notes=("a judge, as a model, knows a tone by answers that have it and answers that do not",),
                fix=Fix("add " + " and ".join(f'`{name} "…"`' for name in missing)),
                requirement=requirement.id,
            )
        for text in fields.good:
            phrase = next((one for one in fields.banned if found(normal(text.plain), one.plain)), None)
            if phrase is not None:
                yield Diagnostic(
                    code=BANNED_GOOD,
                    title=f'A good answer of `{requirement.id}` holds the banned "{phrase.plain}"',
                    primary=Label(text.span, "is given as good"),
                    labels=(Label(phrase.span, "is banned"),),
                    fix=Fix("take the phrase out of one of the two"),
                    requirement=requirement.id,
                )

    SAMPLES = (
        Sample(_SPEC, "banned", Answer("It comes today."), True, "none of them"),
        Sample(_SPEC, "banned", Answer("It comes today, as\nper your request."), False, "over two lines"),
        Sample(_SPEC, "banned", Answer("*Kindly* wait."), False, "in italics"),
    )


def _ended(texts: tuple[Text, ...]) -> bool:
    """Whether the last of `texts` ends a sentence by itself."""
    return texts[-1].plain.rstrip().endswith((".", "!", "?"))


def _asked(feature: Feature, requirement: Requirement) -> Text:
    title = feature.title.plain or feature.name
    return feature.asks[0] if feature.asks else words(f"I need help: {title}", requirement.head)
