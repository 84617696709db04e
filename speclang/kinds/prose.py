"""The kind `prose`: an untyped clause, word for word.

Use it for what no other kind can say yet, and to take an existing prompt over as it is. It counts as untyped: nobody can
tell whether a model follows it, except by the probes that you give it.

```spec
PRO-1 prose "Voice" { text "Write the way a helpful colleague speaks." }
```

A limit in words is a limit that nothing checks; this one is a `format`:

```spec
PRO-2 prose "Length" { text "Keep your answers below 100 words." }
```
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ..diagnostics.code import Code
from ..diagnostics.diagnostic import Diagnostic, Fix, Label
from ..kit.kind import Kind
from ..kit.schema import OneText, RequirementFields, Texts
from ..model.feature import Feature
from ..model.requirement import Requirement
from ..model.text import Text
from ..plan.clause import Piece
from ..plan.grader import Grader

if TYPE_CHECKING:
    from ..kit.casegen import Cases
    from ..kit.wording import Say
    from ..plan.draft import CaseDraft

EMPTY = Code("prose/empty", "Prose without words")


class Fields(RequirementFields):
    """The words, and messages that try them."""

    text: OneText | None = None
    """The clause as the model reads it; without it, the title is the clause."""
    probe: Texts = ()
    """Messages of a user that should bring the clause into play."""


class Prose(Kind[Fields]):
    """`prose`: words for the prompt that no check stands behind."""

    name = "prose"
    section = "rules"
    levels = ()
    Fields = Fields
    typed = False

    def clause(self, requirement: Requirement, say: "Say") -> Iterator[Piece]:
        """The words as they stand, after the condition if there is one."""
        words = self._words(requirement)
        if words is not None:
            yield from say.condition(requirement)
            yield from say.text(words, requirement.id, "text")

    def graders(self, requirement: Requirement, feature: Feature) -> Iterable[Grader]:
        """None: nothing can be decided about prose."""
        return ()

    def cases(self, requirement: Requirement, cases: "Cases") -> Iterator["CaseDraft"]:
        """One for each probe, judged by what holds for every answer."""
        for number, probe in enumerate(self.fields(requirement).probe, 1):
            draft = cases.said(requirement, "probe", str(number), probe, "a message that brings it into play")
            if draft is not None:
                yield draft

    def validate(self, requirement: Requirement, feature: Feature) -> Iterable[Diagnostic]:
        """There have to be words."""
        words = self._words(requirement)
        if requirement.phrase is None and (words is None or not words.plain.strip()):
            yield Diagnostic(
                code=EMPTY,
                title=f"`{requirement.id}` says nothing",
                primary=Label(requirement.head, "no `text` and no title"),
                fix=Fix('write `text "…"`'),
                requirement=requirement.id,
            )

    def _words(self, requirement: Requirement) -> Text | None:
        return self.fields(requirement).text or requirement.title
