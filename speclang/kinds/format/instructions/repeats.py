"""`repeats "…"`: the answer first repeats the text (IFEval's `repeat_prompt`); `repeats request`: what the user said last.

Case does not matter, and white space at both ends does not count; the published check looks for no answer after it.
"""

from ....kit.schema import Term
from ..constraint import Bait, Constraint, Form, Misread, Phrase, Try
from ..instruction import Instruction, with_text, word

_BAITS = (Bait("straight", "Please start with the result right away."),)


def read(term: Term) -> Constraint | Misread:
    """The text to repeat."""
    if not term.op and tuple(word(value) for value in term.values) == ("request",):
        return Constraint(
            slug="repeats",
            check="repeats_request",
            settings=(),
            phrase=Phrase(Form.DEED, ("first repeat the user's message word for word",)),
            negative=Phrase(Form.DEED, ("start with a repetition of the user's message",)),
            baits=_BAITS,
            span=term.span,
        )
    return with_text(term, check="repeats", setting="text", before="first repeat ", property="start", baits=_BAITS)


INSTRUCTION = Instruction(
    "repeats",
    "repeats request",
    read,
    (
        Try('repeats "Where is it?"', "where is it? On its way.", True, "repeated first"),
        Try('repeats "Where is it?"', "On its way. Where is it?", False, "not first"),
        Try("repeats request", "Where is it? On its way.", True, "the request first", user="Where is it?"),
        Try("repeats request", "On its way.", False, "not repeated", user="Where is it?"),
    ),
)
