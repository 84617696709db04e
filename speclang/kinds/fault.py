"""The kind `fault`: what to do when a tool fails, is late, returns null, nothing or the wrong form, or is cut at its limit.

Use it for every failure that a tool declares, and for the cut if the tool has a `limit`: what nobody says, a model invents.

```spec
TOOL-1 fault "The order system is down" {
  when     lookup_order fails timeout
  must     escalate
  must_not mentions "error"
}
```

A condition about the customer is a `rule`; a fault is about a tool:

```spec fault/no-tool-state
TOOL-2 fault "Angry customer" { when angry; must escalate }
```
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from ..diagnostics.code import Code
from ..diagnostics.diagnostic import Diagnostic, Fix, Label
from ..kit import effects
from ..kit.answer import Answer, ToolCall
from ..kit.kind import Kind, Sample
from ..kit.schema import Effects, RequirementFields
from ..logic.norm import Norm
from ..model.feature import Feature
from ..model.requirement import Level, Requirement
from ..plan.clause import Piece
from ..plan.grader import Grader
from ..source.hashing import Json
from ..values.evaluate import variables
from ..values.types import Datum

if TYPE_CHECKING:
    from ..kit.casegen import CaseDraft, Cases
    from ..kit.wording import Say

NO_TOOL = Code("fault/no-tool-state", "Fault whose condition is about no tool")

_SPEC = """\
feature sample "Sample" {
  tool look() { about "Looks."; fails down }
  tool handoff() { about "Hands over." }
  X-1 fault "Sample" { when look fails down; must calls handoff; must_not mentions "error" }
}
"""
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

    def asked(self) -> effects.Levelled:
        """The effects by level."""
        return (
            (Level.MUST, self.must),
            (Level.MUST_NOT, self.must_not),
            (Level.SHOULD, self.should),
            (Level.SHOULD_NOT, self.should_not),
        )


class Fault(Kind[Fields]):
    """`fault`: a tool does not work; then what."""

    name = "fault"
    section = "rules"
    levels = (Level.MUST, Level.MUST_NOT, Level.SHOULD, Level.SHOULD_NOT)
    Fields = Fields

    def clause(self, requirement: Requirement, say: "Say") -> Iterator[Piece]:
        """``If `lookup_order` fails with `timeout`, hand over to a colleague and do not mention "error".``"""
        asked = self.fields(requirement).asked()
        return say.sentence(requirement, [(level, say.effects(requirement, level, found)) for level, found in asked])

    def graders(self, requirement: Requirement, feature: Feature) -> Iterable[Grader]:
        """One for everything that can be seen of what is asked."""
        return effects.graders(requirement, feature, self.fields(requirement).asked())

    def settled(
        self, grader: Grader, requirement: Requirement, feature: Feature, values: Mapping[str, Datum]
    ) -> tuple[tuple[str, Json], ...]:
        """The arguments of a call and the holes of a text, on this input."""
        return effects.settled(grader, requirement, feature, self.fields(requirement).asked(), values)

    def cases(self, requirement: Requirement, cases: "Cases") -> Iterator["CaseDraft"]:
        """The fault injected, and the same input with the tool at work."""
        return cases.standard(requirement)

    def norms(self, requirement: Requirement) -> tuple[Norm, ...]:
        """What it asks for, by level."""
        return effects.norms(requirement, self.fields(requirement).asked())

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
        Sample(_SPEC, "not-mentions-error", Answer("There was an error."), False, "says the word"),
    )
