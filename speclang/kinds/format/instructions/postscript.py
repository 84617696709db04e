"""`postscript "P.S."`: a postscript that starts with the mark, in either case (IFEval's `postscript`).

The mark may stand anywhere, also within a line. `P.S.` and `P.P.S` may have a space after each full stop.
"""

from ....kit.schema import Term
from ..constraint import Bait, Constraint, Misread, Try
from ..instruction import Instruction, with_text

_BAITS = (Bait("no-addition", "Please keep it strictly to the point and add nothing at the end."),)
_BEFORE = "add a postscript at the end that starts with "


def read(term: Term) -> Constraint | Misread:
    """The mark of the postscript."""
    return with_text(term, check="postscript", setting="marker", before=_BEFORE, baits=_BAITS)


INSTRUCTION = Instruction(
    "postscript",
    'postscript "P.S."',
    read,
    (
        Try('postscript "P.S."', "Goodbye.\n\nP.S. Keep the box.", True, "a postscript"),
        Try('postscript "P.S."', "Goodbye.\n\nPS: keep the box.", False, "another mark"),
    ),
)
