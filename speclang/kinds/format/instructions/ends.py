"""`ends "Anything else?"`: the answer ends with the text, in either case (IFEval's `end_checker`).

White space and then double quotation marks at the end of the answer do not count; white space before those marks does.
"""

from ....kit.schema import Term
from ..constraint import Bait, Constraint, Misread, Try
from ..instruction import Instruction, with_text

_BAITS = (Bait("no-closing", "Please give me only the facts, without any closing words."),)


def read(term: Term) -> Constraint | Misread:
    """The text at the end."""
    return with_text(term, check="ends", setting="text", before="end with ", property="end", baits=_BAITS)


INSTRUCTION = Instruction(
    "ends",
    'ends "Anything else?"',
    read,
    (
        Try('ends "Anything else?"', "It is on the way. Anything else?\n", True, "white space may follow"),
        Try('ends "Anything else?"', "It is on the way. ANYTHING ELSE?", True, "the case does not matter"),
        Try('ends "Anything else?"', "Anything else? It is on the way.", False, "not at the end"),
        Try('ends "Anything else?"', "It is on the way. Anything else? :)", False, "something follows"),
    ),
)
