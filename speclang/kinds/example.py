"""The kind `example`: a conversation written by hand.

A `shot` stands in the prompt, for the model to read how it is done. A `holdout` is a case: it is tried, and never shown. An
example is one or the other, and no case may open with what a shot shows, nor nearly so.

```spec
EX-1 example "Late, but quick" {
  shot
  user  "The headphones of order A000777 came on Monday and they crackle."
  tool  lookup_order returns { age: 3 days, total: 59 USD }
  agent "I'm sorry about that. Your 59 USD are on their way back to you."
}
EX-2 example "No receipt, and angry" {
  holdout
  user   "I bought this junk last week, no idea where the slip is. MONEY. BACK."
  given  receipt no
  tool   lookup_order returns { age: 7 days }
  expect avoids issue_refund
}
```

A shot without an answer shows nothing:

```spec example/no-answer
EX-1 example "Late" { shot; user "Is it too late to send my kettle back?" }
```
"""

from collections.abc import Iterable, Iterator, Mapping
from json import dumps
from typing import TYPE_CHECKING

from ..diagnostics.code import Code
from ..diagnostics.diagnostic import Diagnostic, Edit, Fix, Label
from ..kit import effects
from ..kit.answer import Answer, ToolCall
from ..kit.kind import Kind, Sample
from ..kit.schema import Effects, Flag, Inputs, Refs, Reported, RequirementFields, Results, Texts
from ..model.feature import Feature
from ..model.given import FromTool
from ..model.outcome import Reach
from ..model.requirement import Level, Requirement
from ..model.text import Text
from ..model.tool import WORKS
from ..plan.clause import Piece
from ..plan.grader import Grader
from ..plan.origin import Origin
from ..source.hashing import Json
from ..source.records import replace
from ..source.suggest import certain, nearest
from ..values.showing import to_json
from ..values.types import Datum

if TYPE_CHECKING:
    from ..kit.casegen import Cases
    from ..kit.wording import Say
    from ..plan.draft import CaseDraft

WHICH = Code("example/which", "Example that is neither shown nor tried, or both")
NO_MESSAGE = Code("example/no-message", "Example in which nobody asks")
NO_ANSWER = Code("example/no-answer", "Shown example without an answer")
ANSWERED = Code("example/answered", "Tried example that has its answer")
CONDITION = Code("example/condition", "Example with a condition")
UNKNOWN_REQUIREMENT = Code("example/unknown-requirement", "Example that tries an unknown requirement")

_USER, _AGENT = "user", "assistant"

_SPEC = """\
feature sample "Sample" {
  tool pay(amount: int) { about "Pays."; writes }
  given age int 0 .. 9 { name "the age"; from context }
  outcome settle "pay them" { calls pay(amount: age); mentions "paid" }
  X-1 example "Sample" { holdout; user "Pay me."; given age 4; expect settle, omits "sorry" }
}
"""
_PAID = Answer("You have been paid.", (ToolCall("pay", {"amount": 4}),))


class Fields(RequirementFields):
    """What is said, in the order written, what tools tell, and what must come of it."""

    shot: Flag = False
    """It stands in the prompt."""
    holdout: Flag = False
    """It is a case."""
    user: Texts = ()
    """What the user says; may stand several times, between answers."""
    agent: Texts = ()
    """What the assistant says."""
    tool: Results = ()
    """What a tool returns, or how it fails."""
    given: Inputs = ()
    """The value of a given; what is not written is typical."""
    expect: Effects = ()
    """What must come of it: outcomes, or `calls`, `avoids`, `mentions`, `omits` in place."""
    tries: Refs = ()
    """Requirements whose graders judge it, beside those of what decides its input."""


class Example(Kind[Fields]):
    """`example`: a conversation that is shown to the model, or tried on it."""

    name = "example"
    section = "examples"
    levels = ()
    Fields = Fields

    def clause(self, requirement: Requirement, say: "Say") -> Iterator[Piece]:
        """A shot, line by line."""
        if not self.fields(requirement).shot:
            return
        own = Origin(requirement.id, "", requirement.head)
        for number, line in enumerate(self._lines(requirement)):
            lead = "\n" if number else ""
            match line:
                case str() as role, Text() as text:
                    yield Piece(f"{lead}{'User' if role == _USER else 'Assistant'}: ", own)
                    yield from say.text(text, requirement.id, "user" if role == _USER else "agent")
                case Reported() as told:
                    yield Piece(f"{lead}{_told(told)}", Origin(requirement.id, "tool", told.span))

    def graders(self, requirement: Requirement, feature: Feature) -> Iterable[Grader]:
        """One for everything that can be seen of what is expected of a holdout."""
        if self.fields(requirement).holdout:
            for grader in effects.graders(requirement, feature, self._asked(requirement)):
                yield replace(grader, always=False)

    def settled(
        self, grader: Grader, requirement: Requirement, feature: Feature, values: Mapping[str, Datum]
    ) -> tuple[tuple[str, Json], ...]:
        """The arguments of a call and the holes of a text, on this input."""
        return effects.settled(grader, requirement, feature, self._asked(requirement), values)

    def cases(self, requirement: Requirement, cases: "Cases") -> Iterator["CaseDraft"]:
        """The conversation of a holdout, as it is written; that of a shot for the rules to be asked what decides it."""
        from ..plan.draft import Script  # a compile without examples never needs it

        fields = self.fields(requirement)
        fixed: dict[str, Datum] = {one.given: one.value.value for one in fields.given}
        returned: dict[str, dict[str, Json]] = {}
        states = {tool.name: tool.state for tool in cases.feature.tools}
        for told in fields.tool:
            if told.state != WORKS:
                fixed[states[told.tool]] = told.state
                continue
            found = returned.setdefault(told.tool, {})
            for name, value in told.fields:
                found[name] = to_json(value.value, value.type)
        for given in cases.feature.givens:
            if isinstance(given.source, FromTool) and len(given.source.path) == 1:
                for told in fields.tool:
                    written = dict(told.fields).get(given.source.path[0])
                    if told.tool == given.source.tool and written is not None:
                        fixed[given.name] = written.value
        script = Script(
            turns=tuple(line for line in self._lines(requirement) if not isinstance(line, Reported)),
            returns=tuple((tool, tuple(found.items())) for tool, found in returned.items()),
            expects=tuple(one.outcome for one in fields.expect if isinstance(one, Reach)),
            tries=tuple(one.text for one in fields.tries),
            shown=fields.shot,
        )
        why = requirement.title.plain if requirement.title is not None else "a conversation written by hand"
        graders = [grader.id for grader in self.graders(requirement, cases.feature)]
        yield cases.scripted(requirement, "holdout", fixed, script, why, graders)

    def shown(self, requirement: Requirement) -> tuple[Text, ...]:
        """What the user says first in a shot."""
        fields = self.fields(requirement)
        return fields.user[:1] if fields.shot else ()

    def answers(self, requirement: Requirement) -> tuple[Text, ...]:
        """How a shot ends."""
        fields = self.fields(requirement)
        return fields.agent[-1:] if fields.shot else ()

    def validate(self, requirement: Requirement, feature: Feature) -> Iterable[Diagnostic]:
        """It is one of two things, somebody asks, and a shot alone has an answer."""
        fields = self.fields(requirement)
        lines = [line for line in self._lines(requirement) if not isinstance(line, Reported)]
        if fields.shot is fields.holdout:
            both = "is shown and tried" if fields.shot else "is neither shown nor tried"
            fix = "remove `shot` or `holdout`" if fields.shot else "write `shot` to show it, or `holdout` to try it"
            yield _finding(WHICH, requirement, both, "`shot` and `holdout` together" if fields.shot else "", fix)
        elif not lines or lines[0][0] != _USER:
            yield _finding(NO_MESSAGE, requirement, "does not begin with a user", "", 'begin with `user "…"`')
        elif fields.shot and lines[-1][0] != _AGENT:
            yield _finding(NO_ANSWER, requirement, "shows no answer", "ends with the user", 'end with `agent "…"`')
        elif fields.holdout and lines[-1][0] != _USER:
            fix = "remove the last `agent`, and say with `expect` what must come"
            yield _finding(ANSWERED, requirement, "has its answer already", "ends with the assistant", fix)
        if requirement.when is not None or requirement.unless or requirement.over or requirement.default:
            fix = "say with `given` and `tool` what the input is"
            yield _finding(CONDITION, requirement, "can't have a condition", "it has one input", fix)
        known = [one.id for one in feature.requirements]
        for ref in fields.tries:
            if ref.text not in known:
                near = nearest(ref.text, known)
                yield Diagnostic(
                    code=UNKNOWN_REQUIREMENT,
                    title=f"No requirement of this feature is `{ref.text}`",
                    primary=Label(ref.span, f"`{near}` has a similar name" if near else "not the ID of a requirement"),
                    fix=Fix(f"write `{near}`", (Edit(ref.span, near),), safe=certain(ref.text, known))
                    if near
                    else Fix("remove it"),
                    requirement=requirement.id,
                )

    def _asked(self, requirement: Requirement) -> effects.Levelled:
        return ((Level.MUST, self.fields(requirement).expect),)

    def _lines(self, requirement: Requirement) -> list[tuple[str, Text] | Reported]:
        """What is said and told, in the order in which it is written."""
        fields = self.fields(requirement)
        placed: list[tuple[int, tuple[str, Text] | Reported]] = [
            *((text.span.start, (_USER, text)) for text in fields.user),
            *((text.span.start, (_AGENT, text)) for text in fields.agent),
            *((told.span.start, told) for told in fields.tool),
        ]
        return [line for _, line in sorted(placed, key=lambda one: one[0])]

    SAMPLES = (
        Sample(_SPEC, "calls-pay", _PAID, True, "the call that is expected", (("age", "4"),)),
        Sample(_SPEC, "calls-pay", Answer("You have been paid."), False, "says so, does not do it", (("age", "4"),)),
        Sample(_SPEC, "mentions-paid", _PAID, True, "says the word"),
        Sample(_SPEC, "mentions-paid", Answer(""), False, "an empty answer"),
        Sample(_SPEC, "mentions-paid", Answer("I can't help with that."), False, "a refusal"),
        Sample(_SPEC, "omits-sorry", _PAID, True, "does not say the word"),
        Sample(_SPEC, "omits-sorry", Answer("Sorry, you have been paid."), False, "says the word"),
    )


def _told(told: Reported) -> str:
    """``Tool `lookup_order`: {"age": 3}``, ``Tool `lookup_order` fails with `timeout`.``"""
    if told.state != WORKS:
        return f"Tool `{told.tool}`: fails with `{told.state}`."
    shown = {name: to_json(one.value, one.type) for name, one in told.arguments}
    called = ", ".join(f"{name}: {dumps(value, ensure_ascii=False)}" for name, value in shown.items())
    result = {name: to_json(one.value, one.type) for name, one in told.fields}
    return f"Tool `{told.tool}{f'({called})' if called else ''}`: {dumps(result, ensure_ascii=False)}"


def _finding(code: Code, requirement: Requirement, what: str, label: str, fix: str) -> Diagnostic:
    return Diagnostic(
        code=code,
        title=f"`{requirement.id}` {what}",
        primary=Label(requirement.head, label or what),
        fix=Fix(fix),
        requirement=requirement.id,
    )
