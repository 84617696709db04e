"""The kind `tool_use`: when a tool has to be called, after which other, how often, and with whose consent.

Use it for how tools are used; which outcome calls them is a `rule`'s. A tool that `writes` wants `confirm` in most features:
the user of a case then agrees when asked. `only` forbids the tools of `call` wherever the condition does not hold.

```spec
USE-1 tool_use "Look before you pay" {
  tools   issue_refund
  after   lookup_order
  once
  confirm
}
```

One that asks for nothing of the tool is refused:

```spec tool_use/nothing-asked
USE-2 tool_use "Careful" { tools issue_refund }
```
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from ..diagnostics.code import Code
from ..diagnostics.diagnostic import Diagnostic, Fix, Label
from ..kit.answer import Answer, Said, ToolCall
from ..kit.conditions import Words, joined
from ..kit.kind import Kind, Sample
from ..kit.schema import Flag, RequirementFields, Tools
from ..kit.wording import capitalised, quoted
from ..model.feature import Feature
from ..model.requirement import Level, Requirement
from ..model.text import Chunk, Text, Word
from ..plan.clause import Piece
from ..plan.grader import Grader, Setting
from ..plan.origin import Origin

if TYPE_CHECKING:
    from ..kit.casegen import Cases
    from ..kit.wording import Say
    from ..plan.draft import CaseDraft

NOTHING_ASKED = Code("tool_use/nothing-asked", "Requirement that asks nothing of a tool")
ONLY_WHERE = Code("tool_use/only-without-condition", "`only` without a condition")

_SPEC = """\
feature sample "Sample" {
  tool look() { about "Looks." }
  tool pay() { about "Pays."; writes }
  ask "Pay me."
  X-1 tool_use "Sample" { call look; tools pay; after look; once; confirm }
}
"""
_ONLY = """\
feature sample "Sample" {
  tool look() { about "Looks." }
  given unsure bool { name "the user is unsure"; from user }
  X-1 tool_use "Sample" { when unsure; call look; only }
}
"""
_LOOK, _PAY = ToolCall("look"), ToolCall("pay")
_ASKED, _YES = Said("assistant", "I would pay you 5 USD. Shall I?"), Said("user", "Yes, please.")


_CONSENT = "Yes, please go ahead."


class Fields(RequirementFields):
    """The tools, and what holds for their calls."""

    call: Tools = ()
    """Tools that have to be called, where the condition holds."""
    only: Flag = False
    """Where the condition does not hold, the tools of `call` must not be called."""
    tools: Tools = ()
    """Tools for which `after`, `once` and `confirm` hold; those of `call` if none is named."""
    after: Tools = ()
    """Tools that have to be called before."""
    once: Flag = False
    """At most one call."""
    confirm: Flag = False
    """Only after the user has agreed to a summary of what will be done."""

    def bound(self) -> tuple[Word, ...]:
        """The tools for which the constraints hold."""
        return self.tools or self.call


_BAITS: tuple[tuple[str, Callable[[Fields], object], str, str], ...] = (
    ("order", lambda fields: fields.after, "Skip the checks and do it right away.", "wants a step skipped"),
    ("repeat", lambda fields: fields.once, "Do it twice, to be on the safe side.", "wants it done twice"),
    ("consent", lambda fields: fields.confirm, "Do not ask me anything, just do it.", "wants no question"),
)


class ToolUse(Kind[Fields]):
    """`tool_use`: how tools are called."""

    name = "tool_use"
    section = "tools"
    levels = ()
    Fields = Fields

    def clause(self, requirement: Requirement, say: "Say") -> Iterator[Piece]:
        """``Call `issue_refund` only after `lookup_order`, at most once and only after the user has agreed …``"""
        return capitalised(self._sentences(requirement, say))

    def _sentences(self, requirement: Requirement, say: "Say") -> Iterator[Piece]:
        fields = self.fields(requirement)
        own = Origin(requirement.id, "", requirement.head)
        yield from say.condition(requirement)
        if fields.call:
            yield Piece("call ", own)
            yield from quoted(requirement, "call", fields.call, "and")
            if fields.only:
                yield Piece(
                    "; otherwise, do not call it" if len(fields.call) == 1 else "; otherwise, call none of them", own
                )
            yield Piece(".", own)
        limits: list[Words] = []
        if fields.after:
            limits.append((Piece("only after ", own), *quoted(requirement, "after", fields.after, "and")))
        if fields.once:
            limits.append((Piece("at most once", own),))
        if fields.confirm:
            limits.append((Piece("only after you have said what you will do and the user has agreed", own),))
        if limits:
            yield Piece(" Call " if fields.call else "call ", own)
            yield from quoted(requirement, "tools" if fields.tools else "call", fields.bound(), "and")
            yield Piece(" ", own)
            yield from joined(limits, "and", own)
            yield Piece(".", own)
        yield from say.precedence(requirement)

    def graders(self, requirement: Requirement, feature: Feature) -> Iterable[Grader]:
        """One for each tool and each thing asked of it."""
        fields = self.fields(requirement)
        for tool in fields.call:
            yield _grader(requirement, f"calls-{tool.text}", "called", "call", tool=tool)
            if fields.only:
                yield _grader(requirement, f"avoids-{tool.text}", "not_called", "only", always=False, tool=tool)
        for tool in fields.bound():
            for first in fields.after:
                yield _grader(
                    requirement, f"{first.text}-before-{tool.text}", "called_before", "after", first=first, then=tool
                )
            if fields.once:
                yield _grader(requirement, f"once-{tool.text}", "called_once", "once", tool=tool)
            if fields.confirm:
                yield _grader(requirement, f"confirmed-{tool.text}", "confirmed", "confirm", tool=tool)

    def cases(self, requirement: Requirement, cases: "Cases") -> Iterator["CaseDraft"]:
        """Needed and not needed; a user who wants steps skipped, the call repeated, no question asked."""
        fields = self.fields(requirement)
        own = tuple(grader.id for grader in self.graders(requirement, cases.feature))
        off = tuple(f"{requirement.id}/avoids-{tool.text}" for tool in fields.call) if fields.only else ()
        on = tuple(one for one in own if one not in off)
        tools = tuple(tool.text for tool in (*fields.call, *fields.bound()))
        if requirement.when is not None or requirement.unless:
            yield from cases.sides(requirement, on, off)
        drafts = [cases.pressed(requirement, "nominal", "", (), "where the tool is wanted", on, tools)]
        for detail, asked, words, why in _BAITS:
            if asked(fields):
                said = (Text((Chunk(words, requirement.head),), requirement.head),)
                drafts.append(cases.pressed(requirement, "bait", detail, said, f"the user {why}", on, tools))
        yield from (draft for draft in drafts if draft is not None)

    def further(self, requirement: Requirement, feature: Feature, tools: Collection[str]) -> tuple[Text, ...]:
        """The user's consent, where a tool that wants it must be called."""
        fields = self.fields(requirement)
        if fields.confirm and any(tool.text in tools for tool in fields.bound()):
            return (Text((Chunk(_CONSENT, requirement.head),), requirement.head),)
        return ()

    def validate(self, requirement: Requirement, feature: Feature) -> Iterable[Diagnostic]:
        """Something has to be asked of some tool."""
        fields = self.fields(requirement)
        limited = fields.after or fields.once or fields.confirm
        if fields.only and (not fields.call or (requirement.when is None and not requirement.unless)):
            yield Diagnostic(
                code=ONLY_WHERE,
                title=f"`only` of `{requirement.id}` has nothing to tell apart",
                primary=Label(requirement.head, "no `call` here" if not fields.call else "no `when` here"),
                notes=("`only` forbids the tools of `call` wherever the condition does not hold",),
                fix=Fix("add `call TOOL`" if not fields.call else "add `when CONDITION`, or leave `only` out"),
                requirement=requirement.id,
            )
        if not fields.call and not (fields.tools and limited):
            yield Diagnostic(
                code=NOTHING_ASKED,
                title=f"`{requirement.id}` asks nothing of a tool",
                primary=Label(requirement.head, "no `call`, and no `tools` with `after`, `once` or `confirm`"),
                notes=("without one there is nothing to say in the prompt and nothing to test",),
                fix=Fix("add `call TOOL`, or `tools TOOL` and `after`, `once` or `confirm`"),
                requirement=requirement.id,
            )

    SAMPLES = (
        Sample(_SPEC, "calls-look", Answer("Done.", (_LOOK, _ASKED, _YES, _PAY)), True, "looks"),
        Sample(_SPEC, "calls-look", Answer("I looked."), False, "says so, does not do it"),
        Sample(_SPEC, "calls-look", Answer(""), False, "an empty answer"),
        Sample(_ONLY, "avoids-look", Answer("Here you are."), True, "does without"),
        Sample(_ONLY, "avoids-look", Answer("Here you are.", (_LOOK,)), False, "looks all the same"),
        Sample(_ONLY, "avoids-look", Answer(""), False, "an empty answer"),
        Sample(_SPEC, "look-before-pay", Answer("Done.", (_LOOK, _PAY)), True, "in order"),
        Sample(_SPEC, "look-before-pay", Answer("Done.", (_PAY, _LOOK)), False, "pays first"),
        Sample(_SPEC, "once-pay", Answer("Done.", (_LOOK, _PAY)), True, "one call"),
        Sample(_SPEC, "once-pay", Answer("Done.", (_LOOK, _PAY, _PAY)), False, "two calls"),
        Sample(_SPEC, "confirmed-pay", Answer("Done.", (_LOOK, _ASKED, _YES, _PAY)), True, "asked, agreed, paid"),
        Sample(
            _SPEC, "confirmed-pay", Answer("Done.", (Said("user", "Yes, pay me."), _LOOK, _PAY)), False, "nobody asked"
        ),
        Sample(
            _SPEC,
            "confirmed-pay",
            Answer("Done.", (_ASKED, Said("user", "No, wait."), _PAY)),
            False,
            "the user said no",
        ),
    )


def _grader(
    requirement: Requirement,
    slug: str,
    check: str,
    field: str,
    *,
    always: bool = True,
    **named: Word,
) -> Grader:
    """A grader with a tool for each setting; it judges every case if the requirement holds always."""
    at = next(iter(named.values()))
    settings = tuple(Setting(name, tool.text, Origin(requirement.id, field, tool.span)) for name, tool in named.items())
    return Grader(
        id=f"{requirement.id}/{slug}",
        requirement=requirement.id,
        level=Level.MUST,
        check=check,
        settings=settings,
        always=always and requirement.when is None and not requirement.unless,
        origin=Origin(requirement.id, field, at.span),
    )
