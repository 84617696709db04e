"""`highlights >= 2`: how many pieces are highlighted in Markdown, `*like this*` (IFEval's `number_highlighted_sections`).

`**like this**` is one too. Pieces do not go over a line's end and may not be blank. Asterisks that stand for something else
count: in `2 * 3 * 4` the `* 3 *` is one.
"""

from ....kit.schema import Term
from ..constraint import Amount, Bait, Constraint, Form, Misread, Phrase, Try
from ..instruction import Count, Instruction, counted

_FEW = Bait("plain", "Please answer in plain text.")
_MANY = Bait("emphasis", "Please put everything that matters in bold.")


def read(term: Term) -> Constraint | Misread:
    """The bound on the number of highlighted pieces."""
    zero = "highlighted text"
    phrase = Phrase(
        Form.MANNER, ("with ", Amount("piece highlighted *like this*", "pieces highlighted *like this*", zero))
    )
    return counted(term, Count(check="highlights", phrase=phrase, few=_FEW, many=_MANY))


INSTRUCTION = Instruction(
    "highlights",
    "highlights >= 2",
    read,
    (
        Try("highlights >= 2", "Bring *your receipt* and *the box*.", True, "two", slug="highlights-min"),
        Try("highlights >= 2", "Bring *your receipt* and the box.", False, "one", slug="highlights-min"),
        Try("highlights >= 1", "** ** nothing", False, "nothing between the asterisks", slug="highlights-min"),
    ),
)
