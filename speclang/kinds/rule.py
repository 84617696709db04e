"""The kind `rule`: an outcome by a typed condition.

Use it for every decision of a feature: when this holds, do that. The compiler computes what all rules together ask for on
an input, so two rules that contradict each other are found before a model ever sees them.

```spec
REF-1 rule "Inside the window" {
  when  age <= 30 days and receipt
  must  approve
}
```

A rule says what is to happen, not how to think about it; a condition in words decides nothing:

```spec
REF-2 rule "Be fair" { must mentions "if it seems fair" }
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

if TYPE_CHECKING:
    from ..kit.casegen import Cases
    from ..plan.draft import CaseDraft

NOTHING_ASKED = Code("rule/nothing-asked", "Rule that asks for nothing")

_SPEC = """\
feature sample "Sample" {
  tool pay(amount: int) { about "Pays."; writes }
  given age int 0 .. 9 { name "the age"; from context }
  outcome settle "pay them" { calls pay(amount: age); mentions "paid" }
  X-1 rule "Sample" { when age > 3; must settle; must_not mentions "sorry" }
}
"""
_PAID = Answer("You have been paid.", (ToolCall("pay", {"amount": 4}),))


class Fields(RequirementFields):
    """What a rule asks for, by level."""

    must: Effects = ()
    """What has to happen: outcomes, or `calls`, `avoids`, `mentions`, `omits` in place."""
    must_not: Effects = ()
    """What must not happen."""
    should: Effects = ()
    """What should happen; reported, never a gate."""
    should_not: Effects = ()
    """What should not happen; reported, never a gate."""
    may: Effects = ()
    """What is allowed; said in the prompt and not graded."""


class Rule(Asking[Fields]):
    """`rule`: when a condition holds, an outcome."""

    name = "rule"
    section = "rules"
    levels = tuple(Level)
    Fields = Fields

    def cases(self, requirement: Requirement, cases: "Cases") -> Iterator["CaseDraft"]:
        """Nominal, boundaries, MC/DC, exceptions, pairs."""
        return cases.standard(requirement)

    def validate(self, requirement: Requirement, feature: Feature) -> Iterable[Diagnostic]:
        """A rule has to ask for something."""
        if not any(found for _, found in self.asked(requirement)):
            yield Diagnostic(
                code=NOTHING_ASKED,
                title=f"`{requirement.id}` asks for nothing",
                primary=Label(requirement.head, "no `must`, `must_not`, `should`, `should_not` or `may`"),
                notes=("without one there is nothing to say in the prompt and nothing to test",),
                fix=Fix("add `must` and an outcome"),
                requirement=requirement.id,
            )

    SAMPLES = (
        Sample(_SPEC, "calls-pay", _PAID, True, "the call that the rule asks for", (("age", "4"),)),
        Sample(_SPEC, "calls-pay", Answer("You have been paid."), False, "says so, does not do it", (("age", "4"),)),
        Sample(
            _SPEC, "calls-pay", Answer("", (ToolCall("pay", {"amount": 5}),)), False, "another amount", (("age", "4"),)
        ),
        Sample(_SPEC, "mentions-paid", _PAID, True, "says the word"),
        Sample(_SPEC, "mentions-paid", Answer(""), False, "an empty answer"),
        Sample(_SPEC, "mentions-paid", Answer("I can't help with that."), False, "a refusal"),
        Sample(_SPEC, "not-mentions-sorry", _PAID, True, "does not say the word"),
        Sample(_SPEC, "not-mentions-sorry", Answer("Sorry, you have been paid."), False, "says the word"),
    )
