"""`matches /[A-Z]{2}-[0-9]+/`: the answer holds a text of the pattern, in RE2's syntax."""

from ....kit.checks.regex import compiled
from ....kit.schema import Term
from ....values.types import Text
from ..constraint import Constraint, Form, Hole, Misread, Phrase, Try, Word
from ..instruction import Instruction, slug_of


def read(term: Term) -> Constraint | Misread:
    """The pattern, which RE2 must accept."""
    value = term.values[0] if len(term.values) == 1 else None
    if term.op or value is None or value.text is not None or not isinstance(value.type, Text):
        return Misread("it takes one pattern between slashes", term.span)
    pattern = str(value.value)
    program = compiled(pattern)
    if isinstance(program, str):
        return Misread(f"the pattern can't be read: {program}", value.span)
    inner = value.span._replace(start=value.span.start + 1, end=value.span.end - 1)
    # A slash is escaped in the spec and not in the pattern; then there is no text to show that stands there as it is.
    said: Word = Hole(pattern, inner) if inner.end - inner.start == len(pattern) else pattern
    shown = ("include text that matches the regular expression /", said, "/")
    return Constraint(
        slug=f"matches-{slug_of(pattern)}",
        check="matches",
        settings=(("pattern", pattern, value.span),),
        phrase=Phrase(Form.DEED, shown),
        negative=Phrase(Form.DEED, shown),
        span=term.span,
    )


INSTRUCTION = Instruction(
    "matches",
    "matches /[A-Z]{2}-[0-9]+/",
    read,
    (
        Try("matches /A[0-9]+/", "Your order A123 is on its way.", True, "the pattern occurs", slug="matches-a-0-9"),
        Try("matches /A[0-9]+/", "Your order is on its way.", False, "it does not", slug="matches-a-0-9"),
    ),
)
