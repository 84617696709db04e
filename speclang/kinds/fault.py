"""The kind `fault`: what to do when a tool fails, is late, returns null, nothing or the wrong form, or is cut at its limit.

Use it for every failure that a tool declares, and for the cut if the tool has a `limit`: what nobody says, a model invents.

```spec
TOOL-1 fault "The order system is down" {
  when     lookup_order fails timeout
  must     escalate
  must_not mentions "error"
}
```

A result is cut at its limit in earnest when what decides was behind the cut: `TOOL is truncated` speaks of that. Such a fault
gets cases with the deciding values just before the cut (the rules decide), just after it and torn by it (the fault does), and
an answer to it must not say that nothing was found.

A condition about the customer is a `rule`; a fault is about a tool:

```spec fault/no-tool-state
TOOL-2 fault "Angry customer" { when angry; must escalate }
```
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ..diagnostics.code import Code
from ..diagnostics.diagnostic import Diagnostic, Fix, Label
from ..kit.answer import Answer, ToolCall
from ..kit.effects import Asking
from ..kit.kind import Sample
from ..kit.schema import Effects, RequirementFields
from ..model.feature import Feature
from ..model.requirement import Level, Requirement
from ..model.tool import TRUNCATED
from ..plan.clause import Piece
from ..plan.grader import Grader
from ..plan.origin import Origin
from ..values.evaluate import nodes, variables
from ..values.expression import Among, Compare, Literal, Not, Var
from ..values.types import Datum

if TYPE_CHECKING:
    from ..kit.casegen import Cases
    from ..kit.wording import Say
    from ..plan.draft import CaseDraft

NO_TOOL = Code("fault/no-tool-state", "Fault whose condition is about no tool")

_SPEC = """\
feature sample "Sample" {
  tool look() { about "Looks."; fails down }
  tool handoff() { about "Hands over." }
  X-1 fault "Sample" { when look fails down; must calls handoff; must_not mentions "error" }
}
"""
_CUT = """\
feature sample "Sample" {
  tool look() { about "Looks."; returns { age: days }; limit 2 KiB }
  tool handoff() { about "Hands over." }
  given age days 0 .. 90 { name "the age"; from look.age }
  X-1 fault "Sample" { when look is truncated; must calls handoff }
}
"""
_STATE = " fails"
"""What the name of the state of a tool ends with."""

_HANDED = Answer("A colleague will take over.", (ToolCall("look"), ToolCall("handoff")))


class Fields(RequirementFields):
    """What is to happen, and what must not, when the tool does not work."""

    must: Effects = ()
    """What has to happen instead."""
    must_not: Effects = ()
    """What must not happen: the word "error", a second call."""
    should: Effects = ()
    """What should happen; reported, never a gate."""
    should_not: Effects = ()
    """What should not happen; reported, never a gate."""


class Fault(Asking[Fields]):
    """`fault`: a tool does not work; then what."""

    name = "fault"
    section = "rules"
    levels = (Level.MUST, Level.MUST_NOT, Level.SHOULD, Level.SHOULD_NOT)
    Fields = Fields

    def clause(self, requirement: Requirement, say: "Say") -> Iterator[Piece]:
        """``If `lookup_order` fails with `timeout`, hand over to a colleague and do not mention "error".``"""
        yield from super().clause(requirement, say)
        if _is_cut(requirement):
            words = " Never say that something was not found because it was cut off."
            yield Piece(words, Origin(requirement.id, "when", requirement.head))

    def graders(self, requirement: Requirement, feature: Feature) -> Iterable[Grader]:
        """One for everything that can be seen of what is asked; of a result that is cut, nobody may say that it is empty."""
        yield from super().graders(requirement, feature)
        if _is_cut(requirement):
            yield Grader(
                id=f"{requirement.id}/not-absent",
                requirement=requirement.id,
                level=Level.MUST_NOT,
                check="no_absence",
                settings=(),
                always=False,
                origin=Origin(requirement.id, "when", requirement.head),
            )

    def cases(self, requirement: Requirement, cases: "Cases") -> Iterator["CaseDraft"]:
        """The fault injected, the same input with the tool at work, and what decides on either side of a cut."""
        yield from cases.standard(requirement)
        yield from cases.cut(requirement)

    def validate(self, requirement: Requirement, feature: Feature) -> Iterable[Diagnostic]:
        """The condition has to be about the state of a tool."""
        states = {tool.state for tool in feature.tools}
        named = variables(requirement.when) if requirement.when is not None else ()
        if not states.intersection(named):
            yield Diagnostic(
                code=NO_TOOL,
                title=f"The condition of `{requirement.id}` is about no tool",
                primary=Label(requirement.when.span if requirement.when else requirement.head, "no tool fails here"),
                notes=("a fault is injected into a simulated tool; this one names none",),
                fix=Fix(
                    "write `when TOOL fails`, `when TOOL is late` or `when TOOL returns null`, or make it a `rule`"
                ),
                requirement=requirement.id,
            )

    SAMPLES = (
        Sample(_SPEC, "calls-handoff", _HANDED, True, "hands over"),
        Sample(_SPEC, "calls-handoff", Answer("A colleague will take over."), False, "says so, does not do it"),
        Sample(_SPEC, "calls-handoff", Answer(""), False, "an empty answer"),
        Sample(_SPEC, "not-mentions-error", _HANDED, True, "does not say the word"),
        Sample(
            _CUT,
            "not-absent",
            Answer("I can see only a part of it. A colleague will take over."),
            True,
            "a part is a part",
        ),
        Sample(_CUT, "not-absent", Answer("There are no such orders."), False, "takes what is cut off for absent"),
        Sample(_CUT, "not-absent", Answer("The search returned no results."), False, "says that there is nothing"),
        Sample(_CUT, "not-absent", Answer(""), False, "an empty answer"),
        Sample(_SPEC, "not-mentions-error", Answer("There was an error."), False, "says the word"),
    )


def _is_cut(requirement: Requirement) -> bool:
    """Whether the requirement speaks of a result that is cut, and of no other state of a tool."""
    states: set[Datum] = set()
    for node in nodes(requirement.when) if requirement.when is not None else ():
        match node:
            case Compare("=", Var(name), Literal(value)) if name.endswith(_STATE) and value == TRUNCATED:
                states.add(value)
            case Compare(_, Var(name), _) | Among(Var(name), _) if name.endswith(_STATE):
                return False
            case Not():
                return False
            case _:
                pass
    return bool(states)
