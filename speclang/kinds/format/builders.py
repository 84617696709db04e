"""How most instructions are made: a flag, a count, a text, several texts, letters of one size, a share in percent.

An instruction that needs more reads its term itself, with the readers of `instruction`.
"""

from decimal import Decimal
from typing import TypedDict, Unpack

from ...kit.schema import Term, TermValue
from ...source.hashing import Json
from ...source.span import Span
from ...values.types import Numeric
from .constraint import Amount, Bait, Constraint, Fact, Form, Hole, Misread, Phrase, Try, Word
from .instruction import Count, Instruction, bare, counted, listed, plains, quoted, whole, word

_HUNDRED = Decimal(100)

Settings = tuple[tuple[str, Json, Span], ...]


def flag(
    name: str,
    says: str,
    *tries: Try,
    manner: bool = False,
    deniable: bool = True,
    baits: tuple[Bait, ...] = (),
) -> Instruction:
    """A term that is one word, as `quoted`; `says` is what it asks for, a manner of answering or a deed of its own."""
    phrase = Phrase(Form.MANNER if manner else Form.DEED, (says,))
    negative = phrase if deniable else None

    def read(term: Term) -> Constraint | Misread:
        return bare(term, check=name, phrase=phrase, negative=negative, baits=baits)

    return Instruction(name, name, read, tries)


def count(
    name: str,
    words: tuple[str | Amount, ...],
    spelling: str,
    *tries: Try,
    deed: bool = False,
    ops: tuple[str, ...] = (),
    few: Bait | None = None,
    many: Bait | None = None,
) -> Instruction:
    """A term with a bound, as `numbers >= 3`; `ops` are the operators that it takes, all of them if none is named."""
    phrase = Phrase(Form.DEED if deed else Form.MANNER, words)

    def read(term: Term) -> Constraint | Misread:
        if ops and term.op and term.op not in ops:
            return Misread(f"it takes {' or '.join(f'`{op}`' for op in ops)}", term.span)
        return counted(term, Count(check=name, phrase=phrase, few=few, many=many))

    return Instruction(name, spelling, read, tries)


def texts_of(term: Term, least: int = 1) -> tuple[tuple[TermValue, ...], tuple[str, ...]] | Misread:
    """The values of `term` that are texts, and the texts; `least` of them must be there."""
    values = tuple(value for value in term.values if value.text is not None)
    texts = plains(values, term)
    if isinstance(texts, Misread):
        return texts
    return Misread(f"it takes {least} texts or more", term.span) if len(texts) < least else (values, texts)


class Options(TypedDict, total=False):
    """What `texts` may be told besides.

    `check` is the check's name if it is not the term's; `joint` stands before the last text; `least` and `most` bound how
    many texts there are; `given` are settings that do not come from the spec; `denied` stands around the texts after
    "do not", and without it the term can't be denied; `property` is what the one text fixes.
    """

    check: str
    joint: str
    least: int
    most: int
    given: tuple[tuple[str, Json], ...]
    manner: bool
    denied: tuple[str, str]
    property: str
    baits: tuple[Bait, ...]


def texts(name: str, says: tuple[str, str], spelling: str, *tries: Try, **options: Unpack[Options]) -> Instruction:
    """A term that takes texts, as `contains "x", "y"`: `says` stands before and after them."""
    most, property, denied = options.get("most"), options.get("property"), options.get("denied")
    form = Form.MANNER if options.get("manner") else Form.DEED

    def read(term: Term) -> Constraint | Misread:
        if term.op:
            return Misread(f"it takes quoted texts and no `{term.op}`", term.span)
        found = texts_of(term, options.get("least", 1))
        if isinstance(found, Misread):
            return found
        values, plain = found
        if len(values) != len(term.values):
            return Misread("it takes quoted texts and nothing else", term.span)
        if most is not None and len(plain) > most:
            return Misread("it takes one text" if most == 1 else f"it takes {most} texts at most", values[most].span)
        setting: tuple[str, Json, Span] = (
            ("text", plain[0], values[0].span) if most == 1 else ("texts", plain, values[0].span)
        )
        shown = listed(values, plain, options.get("joint", "and"))
        return Constraint(
            slug=name,
            check=options.get("check", name),
            settings=(setting, *((one, value, term.span) for one, value in options.get("given", ()))),
            phrase=Phrase(form, (says[0], *shown, says[1])),
            negative=None if denied is None else Phrase(form, (denied[0], *shown, denied[1])),
            facts=(Fact(property, plain[0]),) if property else (),
            baits=options.get("baits", ()),
            span=term.span,
        )

    return Instruction(name, spelling, read, tries)


def counted_texts(
    name: str,
    words: tuple[str | Amount, ...],
    spelling: str,
    *tries: Try,
    one: bool = False,
    joint: str = "and",
) -> Instruction:
    """A term with texts and a bound, as `some_of "x" | "y" >= 1`; the texts stand where `words` has a blank entry."""

    def read(term: Term) -> Constraint | Misread:
        found = texts_of(term)
        if isinstance(found, Misread):
            return found
        values, plain = found
        if one and len(plain) > 1:
            return Misread("it takes one text", values[1].span)
        said: list[Word] = []
        for part in words:
            said.extend(listed(values, plain, joint) if part == "" else (part,))
        setting: tuple[str, Json, Span] = (
            ("text", plain[0], values[0].span) if one else ("texts", plain, values[0].span)
        )
        rest = Term(
            term.name, term.op, tuple(value for value in term.values if value.text is None), term.span, term.name_span
        )
        phrase = Phrase(Form.MANNER, tuple(said))
        return counted(rest, Count(check=name, phrase=phrase, settings=(setting,), of=f"{name} {' '.join(plain)}"))

    return Instruction(name, spelling, read, tries)


def table(name: str, says: str, spelling: str, *tries: Try) -> Instruction:
    """A term that names the columns of a table and says how many rows it has, as `csv "ID" | "City" = 7`."""

    def read(term: Term) -> Constraint | Misread:
        found = texts_of(term)
        if isinstance(found, Misread):
            return found
        values, plain = found
        rest = tuple(value for value in term.values if value.text is None)
        if term.op != "=" or len(rest) != 1:
            return Misread("it takes the names of the columns, `=` and the number of rows", term.span)
        rows = whole(rest[0])
        if isinstance(rows, Misread):
            return rows
        shown = Hole(f"{rows:,}", rest[0].span)
        many = " row below the header" if rows == 1 else " rows below the header"
        columns = " column " if len(plain) == 1 else " columns "
        return Constraint(
            slug=name,
            check=name,
            settings=(("columns", plain, values[0].span), ("rows", rows, rest[0].span)),
            phrase=Phrase(
                Form.MANNER,
                (
                    f"with {says} and nothing else, with a header of the{columns}",
                    *listed(values, plain, "and"),
                    " and ",
                    shown,
                    many,
                ),
            ),
            negative=None,
            facts=(Fact("wrapping", f"a table of {' '.join(plain)}"),),
            span=term.span,
        )

    return Instruction(name, spelling, read, tries)


def numbered(term: Term, how_many: int, form: str) -> tuple[tuple[int, Hole], ...] | Misread:
    """The whole numbers among the values of `term`, each with its place for a sentence."""
    found: list[tuple[int, Hole]] = []
    for value in term.values:
        if value.text is None and isinstance(value.type, Numeric):
            number = whole(value)
            if isinstance(number, Misread):
                return number
            found.append((number, Hole(f"{number:,}", value.span)))
    return tuple(found) if len(found) == how_many else Misread(f"it is written {form}", term.span)


def shared(
    name: str, op: str, says: tuple[str, str, str], spelling: str, *tries: Try, baits: tuple[Bait, ...] = ()
) -> Instruction:
    """A term with one text and a share of it, as `rouge "x" >= 75%`: `says` stands before, between and after share and text."""

    def read(term: Term) -> Constraint | Misread:
        found, share = texts_of(term), percent(term, op)
        if isinstance(found, Misread):
            return found
        if isinstance(share, Misread):
            return share
        (value, *_), (text, *more) = found
        if more:
            return Misread("it takes one text", term.span)
        number, shown = share
        return Constraint(
            slug=name,
            check=name,
            settings=(("text", text, value.span), ("percent", number, shown.span)),
            phrase=Phrase(Form.DEED, (says[0], shown, says[1], *quoted(value, text), says[2])),
            negative=None,
            baits=baits,
            span=term.span,
        )

    return Instruction(name, spelling, read, tries)


def letters(name: str, says: str, bait: Bait, *tries: Try) -> Instruction:
    """A term for letters of one size, as `lowercase`; after it, `en` asks for English besides."""
    facts = (Fact("case", name),)

    def read(term: Term) -> Constraint | Misread:
        if term.op or tuple(word(value) for value in term.values) != ("en",):
            phrase = Phrase(Form.MANNER, (f"in {says} only",))
            return bare(term, check=name, phrase=phrase, negative=phrase, facts=facts, baits=(bait,))
        phrase = Phrase(Form.MANNER, (f"in English and in {says} only",))
        return Constraint(
            slug=name,
            check=name,
            settings=(("english", True, term.values[0].span),),
            phrase=phrase,
            negative=phrase,
            facts=facts,
            baits=(bait,),
            span=term.span,
        )

    return Instruction(name, name, read, tries)


def percent(term: Term, op: str) -> tuple[float, Hole] | Misread:
    """The share that `term` states after `op`, in percent, and its place for a sentence."""
    rest = tuple(value for value in term.values if value.text is None)
    if term.op != op or len(rest) != 1:
        return Misread(f"it takes `{op}` and a percentage", term.span)
    value = rest[0]
    if not isinstance(value.type, Numeric) or value.type.dimension != "percent" or not isinstance(value.value, Decimal):
        return Misread("a percentage is expected here, as `30%`", value.span)
    share = value.value * _HUNDRED
    if not 0 <= share <= _HUNDRED:
        return Misread("the percentage must be from 0% to 100%", value.span)
    return float(share), Hole(f"{share.normalize():f}%", value.span)
