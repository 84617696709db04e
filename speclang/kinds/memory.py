"""The kind `memory`: what is remembered within a session, what is forgotten after it, and what is asked again.

Use it where a conversation goes on over time. A session is named, and ends when the user has been silent for some time: cases put a
question just before and just after that moment. What is remembered can change: the last thing that the user said counts.

```spec
feature tables "Table bookings" {
  given party int 1 .. 9 { name "the size of the party"; from user }
  MEM-1 memory "A visit" {
    session  visit
    silence  15 min
    remember party
    forget   party
  }
}
```

What only a yes or no could show can't be seen in an answer:

```spec memory/untellable
MEM-2 memory "A visit" { session visit; silence 15 min; remember receipt }
```
"""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from ..diagnostics.code import Code
from ..diagnostics.diagnostic import Diagnostic, Edit, Fix, Label
from ..kit.answer import Answer
from ..kit.conditions import Words as Phrase
from ..kit.conditions import joined
from ..kit.english.saying import another, saying
from ..kit.kind import Kind, Sample
from ..kit.making import grader, words
from ..kit.schema import Duration, Flag, OneWord, RequirementFields, Words
from ..kit.wording import capitalised
from ..model.feature import Feature
from ..model.given import FromUser, Given
from ..model.requirement import Requirement
from ..model.text import Text, Word
from ..plan.clause import Piece
from ..plan.grader import Grader
from ..plan.origin import Origin
from ..source.hashing import Json
from ..source.records import replace
from ..source.suggest import certain, nearest
from ..values.showing import show
from ..values.types import Bool, Datum
from ..values.units import SECOND, find, quantity

if TYPE_CHECKING:
    from ..kit.casegen import Cases
    from ..kit.wording import Say
    from ..plan.draft import CaseDraft

UNTELLABLE = Code("memory/untellable", "Memory that no answer can show")
NOTHING_KEPT = Code("memory/nothing-kept", "Session of which nothing is remembered or forgotten")

_BRIEF = Decimal(1)
_FILLERS = ("Give me a moment, please.", "Sorry, somebody was at the door.")

_SPEC = """\
feature sample "Sample" {
  given party int 1 .. 9 { name "the size of the party"; from user; typical 4 }
  ask "A table, please."
  X-1 memory "Sample" { session visit; silence 15 min; remember party; forget party; ask_again }
}
"""


class Fields(RequirementFields):
    """The session, and what it keeps."""

    session: OneWord
    """The name of the session: what is remembered is remembered within it."""
    silence: Duration
    """How long the user has to be silent for it to end: `15 min`."""
    remember: Words = ()
    """Givens from the user that are remembered within the session and not asked for again."""
    forget: Words = ()
    """Givens from the user that must not be told after it."""
    ask_again: Flag = False
    """After the session, what was forgotten is asked for again."""


class Memory(Kind[Fields]):
    """`memory`: what a session keeps."""

    name = "memory"
    section = "rules"
    levels = ()
    Fields = Fields

    def clause(self, requirement: Requirement, say: "Say") -> Iterator[Piece]:
        """`A visit ends when the user has been silent for 15 minutes. Within it, remember …; after it, …`"""
        fields, own = self.fields(requirement), Origin(requirement.id, "", requirement.head)

        def named(needs: tuple[Word, ...], field: str, word: str) -> Phrase:
            return joined([_label(one, requirement, field, say) for one in needs], word, own)

        def sentences() -> Iterator[Piece]:
            yield from say.condition(requirement)
            yield Piece("an " if fields.session.text[0].lower() in "aeiou" else "a ", own)
            yield Piece(fields.session.text.replace("_", " "), Origin(requirement.id, "session", fields.session.span))
            yield Piece(" ends when the user has been silent for more than ", own)
            yield Piece(_shown(fields.silence), Origin(requirement.id, "silence", requirement.head))
            yield Piece(".", own)
            if fields.remember:
                yield Piece(" Within it, remember ", own)
                yield from named(fields.remember, "remember", "and")
                yield Piece(" as last told, and do not ask for it again.", own)
            if fields.forget:
                yield Piece(" After it, a new one begins: do not use or tell ", own)
                yield from named(fields.forget, "forget", "or")
                yield Piece(" from before; ask again if you need it." if fields.ask_again else " from before.", own)

        return capitalised(sentences())

    def graders(self, requirement: Requirement, feature: Feature) -> Iterable[Grader]:
        """Recalled, recalled as corrected, forgotten, asked again."""
        fields = self.fields(requirement)
        for word, given in _givens(fields.remember, feature):
            at = ("remember", word.span)
            yield grader(requirement, f"recalls-{given.name}", "tells", at)
            other = another(given)
            if other is not None:
                settings = (("value", show(other, given.type)),)
                yield grader(requirement, f"follows-{given.name}", "tells", at, settings=settings)
        for word, given in _givens(fields.forget, feature):
            at = ("forget", word.span)
            yield grader(requirement, f"forgets-{given.name}", "tells", at, settings=(("negated", True),))
        if fields.ask_again and fields.forget:
            yield grader(requirement, "asks-again", "asks")

    def settled(
        self, grader: Grader, requirement: Requirement, feature: Feature, values: Mapping[str, Datum]
    ) -> tuple[tuple[str, Json], ...]:
        """The value that the user has told."""
        for lead in ("recalls-", "forgets-"):
            name = grader.id.removeprefix(f"{requirement.id}/{lead}")
            given = next((one for one in feature.givens if one.name == name and name in values), None)
            if given is not None and grader.id != name:
                return (("value", show(values[name], given.type)),)
        return ()

    def cases(self, requirement: Requirement, cases: "Cases") -> Iterator["CaseDraft"]:
        """Asked for just before and just after the end, after other messages, and after a correction."""
        fields, feature, id = self.fields(requirement), cases.feature, requirement.id
        nominal = cases.nominal(requirement)
        if nominal is None:
            return
        before, after = fields.silence - _BRIEF, fields.silence + _BRIEF

        def said(
            name: str, detail: str, turns: tuple[Text, ...], pauses: tuple[Decimal, ...], why: str, *own: str
        ) -> "CaseDraft":
            opening = feature.asks[0] if feature.asks else words("Hello.", requirement.head)
            draft = cases.draft(
                requirement,
                detail,
                name,
                dict(nominal.values),
                why,
                focus=(name,),
                opening=opening,
                further=turns,
                graders=own,
            )
            return replace(draft, pauses=pauses)

        for word, given in _givens(fields.remember, feature):
            name, question = given.name, _question(given, requirement)
            fillers = tuple(words(text, requirement.head) for text in _FILLERS)
            recalls, none = f"{id}/recalls-{name}", (Decimal(0),)
            yield said(
                name, "within", (question,), (before,), f"a second before the {fields.session.text} ends", recalls
            )
            yield said(name, "later", (*fillers, question), none * 3, "after other messages", recalls)
            other = another(given)
            if other is not None:
                new = (words("No, wait, that was wrong.", word.span), saying(given, other, word.span))
                turns = (Text((*new[0].pieces, *words(" ", word.span).pieces, *new[1].pieces), word.span), question)
                yield said(name, "corrected", turns, none * 2, "the user corrects themselves", f"{id}/follows-{name}")
        for _, given in _givens(fields.forget, feature):
            own = [f"{id}/forgets-{given.name}", *([f"{id}/asks-again"] if fields.ask_again else [])]
            why = f"a second after the {fields.session.text} has ended"
            yield said(given.name, "beyond", (_question(given, requirement),), (after,), why, *own)

    def validate(self, requirement: Requirement, feature: Feature) -> Iterable[Diagnostic]:
        """What is kept has to be such that an answer can show it."""
        fields = self.fields(requirement)
        known = [
            one.name for one in feature.givens if isinstance(one.source, FromUser) and not isinstance(one.type, Bool)
        ]
        for word in (*fields.remember, *fields.forget):
            if word.text not in known:
                near = nearest(word.text, known)
                yield Diagnostic(
                    code=UNTELLABLE,
                    title=f"No answer can show whether `{word.text}` is remembered",
                    primary=Label(
                        word.span, f"`{near}` has a similar name" if near else "needs a value from the user to tell"
                    ),
                    notes=(
                        "what is kept is a given `from user` that is no `bool`: its value can be looked for in an answer",
                    ),
                    fix=Fix(f"write `{near}`", (Edit(word.span, near),), safe=certain(word.text, known))
                    if near
                    else Fix("name a given from the user with a number, a date or a word"),
                    requirement=requirement.id,
                )
        if not fields.remember and not fields.forget:
            yield Diagnostic(
                code=NOTHING_KEPT,
                title=f"`{requirement.id}` keeps and forgets nothing",
                primary=Label(requirement.head, "no `remember`, no `forget`"),
                fix=Fix("add `remember` or `forget` and a given from the user"),
                requirement=requirement.id,
            )

    SAMPLES = (
        Sample(_SPEC, "recalls-party", Answer("You are four people."), True, "in words", (("party", "4"),)),
        Sample(_SPEC, "recalls-party", Answer("How many are you?"), False, "asks again", (("party", "4"),)),
        Sample(_SPEC, "follows-party", Answer("You are 5 now."), True, "the corrected number"),
        Sample(_SPEC, "follows-party", Answer("You are 4."), False, "the first number"),
        Sample(_SPEC, "forgets-party", Answer("How many are you?"), True, "asks again", (("party", "4"),)),
        Sample(_SPEC, "forgets-party", Answer("You said 4."), False, "recalls too long", (("party", "4"),)),
        Sample(_SPEC, "asks-again", Answer("How many are you?"), True, "asks"),
        Sample(_SPEC, "asks-again", Answer("I will book it. Anything else?"), False, "only a courtesy"),
    )


def _label(word: Word, requirement: Requirement, field: str, say: "Say") -> Phrase:
    given = say.given(word.text)
    if given is None:
        return (Piece(word.text, Origin(requirement.id, field, word.span)),)
    return tuple(say.text(given.label, f"given {given.name}", "name"))


def _givens(named: tuple[Word, ...], feature: Feature) -> Iterator[tuple[Word, Given]]:
    """The givens of `named` whose values can be told."""
    for word in named:
        given = next((one for one in feature.givens if one.name == word.text), None)
        if given is not None and isinstance(given.source, FromUser) and not isinstance(given.type, Bool):
            yield word, given


def _shown(seconds: Decimal) -> str:
    """`15 minutes`: in the largest unit that leaves nothing over."""
    for name in ("days", "hours", "minutes"):
        unit = find(name)
        if unit is not None and seconds and not seconds % unit.size:
            return show(seconds, quantity(unit))
    return show(seconds, quantity(SECOND))


def _question(given: Given, requirement: Requirement) -> Text:
    return words(f"What have I told you about {given.label.plain}?", requirement.head)
