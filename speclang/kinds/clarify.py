"""The kind `clarify`: ask before acting where something is missing or contradictory.

Use it for what only the user can say and an action hangs on. It is tried with messages that leave it out, that say it, and that say
two things at once.

```spec
ASK-1 clarify "Is there a receipt" {
  needs   receipt
  before  issue_refund
  at_most 1
}
```

What it needs is a given from the user, or a parameter of a tool; anything else can't be asked for:

```spec clarify/unknown-need
ASK-2 clarify "Reason" { needs reson }
```
"""

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from ..diagnostics.code import Code
from ..diagnostics.diagnostic import Diagnostic, Edit, Fix, Label
from ..kit.answer import Answer, ToolCall
from ..kit.conditions import Words as Phrase
from ..kit.conditions import joined
from ..kit.english.saying import another, parameter, saying, spelled
from ..kit.kind import Kind, Sample
from ..kit.making import grader, joined_text, words
from ..kit.schema import Count, RequirementFields, Texts, Tools, Words
from ..kit.wording import capitalised, quoted
from ..model.feature import Feature
from ..model.given import FromUser, Given
from ..model.requirement import Requirement
from ..model.text import Slot, Text, Word
from ..model.tool import Parameter
from ..plan.clause import Piece
from ..plan.grader import Grader
from ..plan.origin import Origin
from ..source.hashing import Json
from ..source.suggest import certain, nearest
from ..values.types import Bool

if TYPE_CHECKING:
    from ..kit.casegen import Cases
    from ..kit.wording import Say
    from ..plan.draft import CaseDraft

UNKNOWN_NEED = Code("clarify/unknown-need", "Need that nobody can be asked for")
NOTHING_TO_HOLD = Code("clarify/nothing-to-hold-back", "Clarification before no action")

_SPEC = """\
feature sample "Sample" {
  tool pay(order_id: text) { about "Pays."; writes }
  given receipt bool { name "the customer has the receipt"; from user }
  ask "Pay me."
  X-1 clarify "Sample" { needs receipt; at_most 1; about "receipt", "proof" }
}
"""
_ASKED = Answer("Happy to help! Do you still have the receipt?")


class Fields(RequirementFields):
    """What has to be known, and before what."""

    needs: Words
    """Givens from the user, or parameters of tools, that have to be known."""
    before: Tools = ()
    """The tools not to be called before; every tool that `writes`, if none is named."""
    at_most: Count | None = None
    """The most questions that one message may ask; one, if left out."""
    about: Texts = ()
    """Words of which the question must hold one, `receipt`."""
    vague: Texts = ()
    """Messages of a user that leave it open. If none is given, requests as usual do, and a case in which a tool is due says it besides."""

    def questions(self) -> int:
        """The most questions in one message."""
        return 1 if self.at_most is None else int(self.at_most)

    def held(self, feature: Feature) -> tuple[str, ...]:
        """The tools that have to wait."""
        return tuple(one.text for one in self.before) or tuple(tool.name for tool in feature.tools if tool.writes)


class Clarify(Kind[Fields]):
    """`clarify`: what is missing is asked for, and nothing is done meanwhile."""

    name = "clarify"
    section = "rules"
    levels = ()
    Fields = Fields

    def clause(self, requirement: Requirement, say: "Say") -> Iterator[Piece]:
        """`Before you call `refund`, make sure that the user has told you …; if not, … ask, and wait for the answer.`"""
        fields, own = self.fields(requirement), Origin(requirement.id, "", requirement.head)

        def sentences() -> Iterator[Piece]:
            yield from say.condition(requirement)
            yield Piece("before you ", own)
            yield from _acts(requirement, fields)
            yield Piece(", you have to know ", own)
            yield from joined([_need(one, requirement, say) for one in fields.needs], "and", own)
            yield Piece(". If the user has not said it, or has said two things that do not fit, ask and wait; in ", own)
            yield Piece("one message, ask at most ", own)
            yield from _number(requirement, fields)
            yield Piece(". Do not ask for what has been said.", own)

        return capitalised(sentences())

    def graders(self, requirement: Requirement, feature: Feature) -> Iterable[Grader]:
        """Asks; does not act; not too many questions; goes on where nothing is missing."""
        fields = self.fields(requirement)
        about: list[Json] = [text.plain for text in fields.about]
        yield grader(requirement, "asks", "asks", settings=(("texts", about),) if about else ())
        for tool in fields.held(feature):
            yield grader(requirement, f"waits-{tool}", "not_called", settings=(("tool", tool),))
        yield grader(requirement, "questions", "few_questions", settings=(("at_most", fields.questions()),))
        yield grader(requirement, "goes-on", "goes_on")

    def cases(self, requirement: Requirement, cases: "Cases") -> Iterator["CaseDraft"]:
        """Each need missing, said, and said twice over."""
        fields, feature = self.fields(requirement), cases.feature
        own = [one.id for one in self.graders(requirement, feature)]
        missing = [one for one in own if not one.endswith("/goes-on")]
        drafts: list[CaseDraft | None] = []
        if requirement.when is not None or requirement.unless:
            yield from cases.sides(requirement, [own[-1]])
        needs = [(need, found) for need in fields.needs if (found := _found(need.text, feature)) is not None]
        said = {need.text: _sayings(found, need) for need, found in needs}
        for need, _ in needs:
            others = tuple(said[other.text][0] for other, _ in needs if other.text != need.text and said[other.text])
            at = need.span
            for number, vague in enumerate(fields.vague or (_vague(feature, requirement),), 1):
                detail = need.text if number == 1 else f"{need.text}~{number}"
                opening, why = joined_text((vague, *others), at), f"`{need.text}` is missing"
                drafts.append(cases.said(requirement, "missing", detail, opening, why, *missing))
            vague = (*fields.vague, _vague(feature, requirement))[0]
            if len(said[need.text]) > 1:
                both, why = (
                    joined_text((vague, *others, *said[need.text][:2]), at),
                    f"two values of `{need.text}` are said",
                )
                drafts.append(cases.said(requirement, "contradictory", need.text, both, why, *missing))
        if needs and all(said.values()):
            vague = (*fields.vague, _vague(feature, requirement))[0]
            whole = joined_text((vague, *(some[0] for some in said.values())), requirement.head)
            drafts.append(cases.said(requirement, "present", "", whole, "nothing is missing", own[-1]))
        yield from (draft for draft in drafts if draft is not None)

    def beforehand(self, requirement: Requirement, feature: Feature, tools: Collection[str]) -> tuple[Word, ...]:
        """What has to be known where a tool that waits for it must be called, but for parameters that requests as usual tell."""
        fields = self.fields(requirement)
        if not any(tool in tools for tool in fields.held(feature)):
            return ()
        return tuple(need for need in fields.needs if not fields.vague or isinstance(_found(need.text, feature), Given))

    def validate(self, requirement: Requirement, feature: Feature) -> Iterable[Diagnostic]:
        """Needs have to be such that a user can tell them, and some tool has to wait."""
        fields = self.fields(requirement)
        known = [one.name for one in feature.givens if isinstance(one.source, FromUser)]
        known.extend(one.name for tool in feature.tools for one in tool.parameters)
        for need in fields.needs:
            if need.text not in known:
                near = nearest(need.text, known)
                yield Diagnostic(
                    code=UNKNOWN_NEED,
                    title=f"The user can't be asked for `{need.text}`",
                    primary=Label(need.span, f"`{near}` has a similar name" if near else "no given from the user"),
                    notes=("what is needed is a given `from user`, or a parameter of a tool",),
                    fix=Fix(f"write `{near}`", (Edit(need.span, near),), safe=certain(need.text, known))
                    if near
                    else None,
                    requirement=requirement.id,
                )
        if not fields.held(feature):
            yield Diagnostic(
                code=NOTHING_TO_HOLD,
                title=f"`{requirement.id}` has no action to hold back",
                primary=Label(requirement.head, "no `before`, and no tool `writes`"),
                notes=("asking first matters where something would be done without the answer",),
                fix=Fix("add `before TOOL`, or `writes` to the tool that acts"),
                requirement=requirement.id,
            )

    SAMPLES = (
        Sample(_SPEC, "asks", _ASKED, True, "asks for it"),
        Sample(
            _SPEC, "asks", Answer("Please tell me whether you have any proof of purchase."), True, "a request to tell"
        ),
        Sample(_SPEC, "asks", Answer("I assume that you have the receipt. Anything else?"), False, "only a courtesy"),
        Sample(_SPEC, "asks", Answer("What is your favourite colour?"), False, "asks for something else"),
        Sample(_SPEC, "waits-pay", _ASKED, True, "does nothing yet"),
        Sample(_SPEC, "waits-pay", Answer("Do you have the receipt?", (ToolCall("pay"),)), False, "asks and acts"),
        Sample(_SPEC, "questions", _ASKED, True, "one question"),
        Sample(
            _SPEC, "questions", Answer("Do you have it? When did you buy it? Anything else?"), False, "two questions"
        ),
        Sample(_SPEC, "goes-on", Answer("I have refunded it. Anything else?", (ToolCall("pay"),)), True, "acts"),
        Sample(_SPEC, "goes-on", Answer("Your refund will be paid tomorrow."), True, "says what comes of it"),
        Sample(_SPEC, "goes-on", Answer("Do you have the receipt?"), False, "asks for what was said"),
    )


def _acts(requirement: Requirement, fields: Fields) -> Phrase:
    own = Origin(requirement.id, "", requirement.head)
    if not fields.before:
        return (Piece("change anything", own),)
    return (Piece("call ", own), *quoted(requirement, "before", fields.before, "or"))


def _number(requirement: Requirement, fields: Fields) -> Phrase:
    at = Origin(requirement.id, "at_most", requirement.head)
    count = fields.questions()
    return (Piece("one question" if count == 1 else f"{count} questions", at),)


def _need(need: Word, requirement: Requirement, say: "Say") -> Phrase:
    """`whether the customer has the receipt`, `the number of travellers`, `the order ID`."""
    at = Origin(requirement.id, "needs", need.span)
    given = say.given(need.text)
    if given is None:
        return (Piece(f"the {spelled(need.text)}", at),)
    lead = "whether " if isinstance(given.type, Bool) else ""
    return (Piece(lead, at), *say.text(given.label, f"given {given.name}", "name"))


def _found(name: str, feature: Feature) -> Given | Parameter | None:
    given = next((one for one in feature.givens if one.name == name and isinstance(one.source, FromUser)), None)
    return given or next((one for tool in feature.tools for one in tool.parameters if one.name == name), None)


def _vague(feature: Feature, requirement: Requirement) -> Text:
    """A request that says nothing of what is needed: the first `ask` without it, else the feature's title."""
    fields = requirement.fields
    names = {one.text for one in fields.needs} if isinstance(fields, Fields) else set()
    for ask in feature.asks:
        if not any(isinstance(piece, Slot) and piece.name in names for piece in ask.pieces):
            return ask
    title = feature.title.plain.rstrip(".") or feature.name
    return words(f"Hello, I need help with this: {title}.", requirement.head)


def _sayings(found: Given | Parameter, need: Word) -> tuple[Text, ...]:
    """What a user says for one value, and for another."""
    if isinstance(found, Parameter):
        return (parameter(found.name, need.span),)
    values = [one for one in (found.typical, another(found)) if one is not None]
    return tuple(saying(found, value, need.span) for value in values)
