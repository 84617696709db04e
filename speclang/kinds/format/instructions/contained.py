"""Texts that the answer holds, or of which it is one: promptfoo's `contains` and its kin, IFBench's names and options.

`contains` minds the case and `icontains` does not, as in promptfoo; `keyword` is IFEval's.
"""

from ....kit.schema import Term
from ..builders import counted_texts, texts
from ..constraint import Amount, Bait, Constraint, Form, Misread, Phrase, Try
from ..instruction import Instruction, listed, plains

_SHORT = (Bait("short", "Please answer with a single word."),)
_EXPLAIN = (Bait("explain", "Please explain your answer in a few sentences."),)


def _options(term: Term) -> Constraint | Misread:
    if term.op:
        return Misread(f"it takes quoted texts and no `{term.op}`", term.span)
    plain = plains(term.values, term)
    if isinstance(plain, Misread):
        return plain
    if len(plain) < 2:
        return Misread("it takes two texts or more", term.span)
    return Constraint(
        slug="options",
        check="options",
        settings=(("texts", plain, term.values[0].span),),
        phrase=Phrase(Form.MANNER, ("with one of ", *listed(term.values, plain, "or"), " and nothing else")),
        negative=None,
        baits=_EXPLAIN,
        span=term.span,
    )


INSTRUCTIONS = (
    texts(
        "contains",
        ("include ", " exactly as written"),
        'contains "refund", "receipt"',
        Try('contains "Refund"', "Refunds are due.", True, "inside a longer word"),
        Try('contains "Refund"', "A refund is due.", False, "a small letter"),
        Try('contains "box", "label"', "Bring the box with its label.", True, "both"),
        Try('contains "box", "label"', "Bring the box.", False, "one is missing"),
        baits=_SHORT,
    ),
    texts(
        "contains_any",
        ("include ", " exactly as written"),
        'contains_any "refund", "credit"',
        Try('contains_any "refund", "credit"', "A credit is due.", True, "one of them"),
        Try('contains_any "refund", "credit"', "Money is due.", False, "none of them"),
        check="contains",
        joint="or",
        given=(("some", True),),
        denied=("include ", " exactly as written"),
        baits=_SHORT,
    ),
    texts(
        "icontains",
        ("include ", " in either case"),
        'icontains "refund", "receipt"',
        Try('icontains "Refund"', "A refund is due.", True, "a small letter"),
        Try('icontains "Refund"', "Money is due.", False, "another word"),
        check="contains",
        given=(("fold", True),),
        baits=_SHORT,
    ),
    texts(
        "icontains_any",
        ("include ", " in either case"),
        'icontains_any "refund", "credit"',
        Try('icontains_any "refund", "credit"', "Credit is due.", True, "a capital letter"),
        Try('icontains_any "refund", "credit"', "Money is due.", False, "none of them"),
        check="contains",
        joint="or",
        given=(("fold", True), ("some", True)),
        denied=("include ", " in either case"),
        baits=_SHORT,
    ),
    counted_texts(
        "some_of",
        ("with ", Amount("of these words", "of these words", "any of these words"), ": ", ""),
        'some_of "Emma" | "Liam" | "Noah" >= 2',
        Try('some_of "Emma" | "Liam" | "Noah" >= 2', "Emma met Noah.", True, "two of them", slug="some_of-min"),
        Try('some_of "Emma" | "Liam" | "Noah" >= 2', "Emma met Emma.", False, "one, twice", slug="some_of-min"),
        Try('some_of "Emma" | "Liam" | "Noah" >= 2', "emma met noah.", False, "small letters", slug="some_of-min"),
    ),
    texts(
        "template",
        ("use a template with the labels ", ", each followed by its content"),
        'template "My Answer:", "My Conclusion:"',
        Try('template "Answer:", "Reason:"', "Answer: yes. Reason: it is due.", True, "both labels"),
        Try('template "Answer:", "Reason:"', "Answer: yes, for it is due.", False, "one is missing"),
        baits=_SHORT,
    ),
    Instruction(
        "options",
        'options "yes" | "no" | "maybe"',
        _options,
        (
            Try('options "yes" | "no"', " Yes.", True, "case and marks at the ends aside"),
            Try('options "yes" | "no"', "Yes, it is.", False, "more than the option"),
            Try('options "a)" | "b)" | "c)"', "a)", True, "a letter with its bracket"),
            Try('options "a)" | "b)" | "c)"', "a", False, "letters are taken to the letter"),
        ),
    ),
)
