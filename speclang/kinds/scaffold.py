"""The kind `scaffold`: prompt technique that is no requirement.

Use it for what makes a certain model work better, and says nothing about the answer: steps to think in, an order to read
things in, a shape that another program needs. It names the model that it was added for, who owns it and why, so that it can
be taken out when the model is.

```spec
SCAF-1 scaffold "Plan first" {
  text    "Before you answer, list for yourself what you know and what you have to look up."
  model   "small-2"
  owner   payments
  because "Without it, half of the look-ups were skipped in the test of March"
}
```

What has to hold of an answer is a requirement, with a kind that can test it:

```spec scaffold/normative
SCAF-2 scaffold "Be careful" {
  text    "You must never promise a date."
  model   "small-2"
  owner   payments
  because "It promised dates"
}
```
"""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ..diagnostics.code import Code
from ..diagnostics.diagnostic import Diagnostic, Fix, Label
from ..kit.kind import Kind
from ..kit.schema import OneText, RequirementFields
from ..model.feature import Feature
from ..model.requirement import Requirement
from ..model.text import Chunk
from ..plan.clause import Piece
from ..plan.grader import Grader
from ..source.span import Span

if TYPE_CHECKING:
    from ..kit.casegen import Cases
    from ..kit.wording import Say
    from ..plan.draft import CaseDraft

NORMATIVE = Code("scaffold/normative", "Scaffold that states a requirement")
INCOMPLETE = Code("scaffold/incomplete", "Scaffold that nobody can remove")

_NORMATIVE = re.compile(
    r"\b(?:must|mustn['’]t|never|always|should|shouldn['’]t|shall|ought to|required|forbidden|prohibited|allowed|not allowed|"
    r"do not|don['’]t|cannot|can['’]t|may not|under no circumstances)\b",
    re.IGNORECASE,
)


class Fields(RequirementFields):
    """The words, and the model that needs them."""

    text: OneText
    """The words, as the model reads them."""
    model: OneText | None = None
    """The model that they were added for."""


class Scaffold(Kind[Fields]):
    """`scaffold`: words that help a model and require nothing."""

    name = "scaffold"
    section = "method"
    levels = ()
    Fields = Fields
    typed = False
    requires = False

    def clause(self, requirement: Requirement, say: "Say") -> Iterator[Piece]:
        """The words as they stand, after the condition if there is one."""
        yield from say.condition(requirement)
        yield from say.text(self.fields(requirement).text, requirement.id, "text")

    def graders(self, requirement: Requirement, feature: Feature) -> Iterable[Grader]:
        """None: it requires nothing."""
        return ()

    def cases(self, requirement: Requirement, cases: "Cases") -> Iterator["CaseDraft"]:
        """None: what it is good for shows in the cases of the requirements."""
        return iter(())

    def validate(self, requirement: Requirement, feature: Feature) -> Iterable[Diagnostic]:
        """It requires nothing, and says for which model it is there, whose it is and why."""
        fields = self.fields(requirement)
        for text in (fields.text, requirement.phrase):
            for piece in text.pieces if text is not None else ():
                found = _NORMATIVE.search(piece.text) if isinstance(piece, Chunk) else None
                if found is not None:
                    yield _normative(requirement, found, piece.span, len(found.string))
                    return
        missing = [
            name
            for name, value in (("model", fields.model), ("owner", requirement.owner), ("because", requirement.because))
            if value is None
        ]
        if missing:
            listed = " and ".join(f"`{name}`" for name in missing)
            yield Diagnostic(
                code=INCOMPLETE,
                title=f"`{requirement.id}` does not say {listed}",
                primary=Label(requirement.head, "added for some model, by somebody, for some reason"),
                fix=Fix(f"write {listed}"),
                requirement=requirement.id,
            )


def _normative(requirement: Requirement, found: re.Match[str], span: Span, length: int) -> Diagnostic:
    exact = span.end - span.start == length
    at = Span(span.unit, span.start + found.start(), span.start + found.end()) if exact else span
    return Diagnostic(
        code=NORMATIVE,
        title=f"`{requirement.id}` states a requirement",
        primary=Label(at, f"`{found[0]}` says what has to hold"),
        fix=Fix("make it a requirement of a kind that fits, or `prose`"),
        requirement=requirement.id,
    )
