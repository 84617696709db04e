"""`keyword "refund"`: a text that the answer holds; `keyword "refund" >= 2`: how often (IFEval's `existence`, `frequency`).

The text counts in either case, also inside a longer word. Several texts, `keyword "box", "label"` or with a bound
`keyword "box" | "label" >= 2`, must each be there. The published check takes the texts as regular expressions; for texts of
letters, digits and blanks, which all published ones are, that is the same.
"""

from ....kit.schema import Term
from ....source.records import replace
from ..constraint import Amount, Bait, Constraint, Form, Misread, Phrase, Try
from ..instruction import Count, Instruction, counted, listed, plains, slug_of

_FEW = Bait("short", "Please answer with a single word.")
_MANY = Bait("repeat", "Please repeat the most important word as often as you can.")


def read(term: Term) -> Constraint | Misread:
    """The texts, and the bound on how often each occurs: at least once if none is stated."""
    values = tuple(value for value in term.values if value.text is not None)
    texts = plains(values, term)
    if isinstance(texts, Misread):
        return texts
    slug = f"keyword-{slug_of(' '.join(texts))}"
    each = () if len(texts) == 1 else ("each of ",)
    shown = listed(values, texts, "and")
    given = (("texts", texts, values[0].span),)
    if not term.op:
        if len(values) != len(term.values):
            return Misread("it takes quoted texts, then `>=` and a number", term.span)
        return Constraint(
            slug=slug,
            check="keyword",
            settings=(*given, ("at_least", 1, term.span)),
            phrase=Phrase(Form.DEED, ("include ", *shown)),
            negative=Phrase(Form.DEED, ("include ", *listed(values, texts, "or"))) if len(texts) == 1 else None,
            baits=(_FEW,),
            span=term.span,
        )
    return counted(
        replace(term, values=tuple(one for one in term.values if one.text is None)),
        Count(
            check="keyword",
            phrase=Phrase(Form.DEED, ("use ", *each, *shown, " ", Amount("time", "times"))),
            settings=given,
            slug=slug,
            few=_FEW,
            many=_MANY,
        ),
    )


INSTRUCTION = Instruction(
    "keyword",
    'keyword "refund" >= 2',
    read,
    (
        Try('keyword "refund"', "Your refunds are on the way.", True, "inside a longer word", slug="keyword-refund"),
        Try('keyword "refund"', "Your money is on the way.", False, "another word", slug="keyword-refund"),
        Try('keyword "refund" >= 2', "Refund? The refund is due.", True, "two", slug="keyword-refund-min"),
        Try('keyword "refund" >= 2', "The refund is due.", False, "one", slug="keyword-refund-min"),
        Try(
            'keyword "refund" <= 1', "No money is due.", True, "an upper bound alone needs none", slug="keyword-refund"
        ),
        Try('keyword "refund" <= 1', "Refund? A refund!", False, "two", slug="keyword-refund"),
        Try('keyword "box" | "label"', "Bring the box and the label.", True, "both", slug="keyword-box-label"),
        Try('keyword "box", "label"', "Labels and boxes.", True, "both, in longer words", slug="keyword-box-label"),
        Try('keyword "box", "label"', "Bring the box.", False, "one is missing", slug="keyword-box-label"),
    ),
)
