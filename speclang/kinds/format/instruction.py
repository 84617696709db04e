"""What one instruction is, and the readers that instructions share.

An instruction is one file of `instructions/`: its docstring says what it means, `INSTRUCTION` how it is written.
Readers are total: a term of the wrong shape is a `Misread` that says which part is wrong.
"""

import re
from collections.abc import Callable
from decimal import Decimal

from ...kit.schema import Term, TermValue
from ...source.hashing import Json, digest
from ...source.records import dataclass
from ...source.span import Span
from ...values.types import Numeric
from .constraint import Bait, Bound, Constraint, Fact, Form, Hole, Misread, Phrase, Try, Word

_HIGHEST = 1_000_000
_SLUG = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Instruction:
    """`spelling` shows the right way to write the term; `tries` are answers that prove its grader."""

    name: str
    spelling: str
    read: Callable[[Term], Constraint | Misread]
    tries: tuple[Try, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How a counted term is checked and said.

    `text` is the value that is no bound, as the keyword in `keyword "refund" >= 2`. `few` tempts to stay below a lower
    bound, `many` to go over an upper one. `slug` is the check's name unless there may be several. `of` names what is counted
    where two terms of one check may count different things.
    """

    check: str
    phrase: Phrase
    text: TermValue | None = None
    settings: tuple[tuple[str, Json, Span], ...] = ()
    slug: str = ""
    of: str = ""
    few: Bait | None = None
    many: Bait | None = None


def counted(term: Term, count: Count) -> Constraint | Misread:
    """A term with a bound: reads the operator and the numbers."""
    slug = count.slug or count.check
    bound = bounded(term, count.of or slug, tuple(value for value in term.values if value is not count.text))
    if isinstance(bound, Misread):
        return bound
    limits: list[tuple[str, Json, Span]] = []
    if bound.at_least > 0 or bound.at_most is None:
        limits.append(("at_least", bound.at_least, term.span))
    if bound.at_most is not None:
        limits.append(("at_most", bound.at_most, term.span))
    baits = ((count.few, bound.at_least > 0), (count.many, bound.at_most is not None))
    return Constraint(
        slug=slug + ("-min" if bound.op in (">", ">=") else ""),
        check=count.check,
        settings=(*count.settings, *limits),
        phrase=count.phrase,
        negative=None,
        bound=bound,
        baits=tuple(bait for bait, used in baits if bait and used),
        span=term.span,
    )


def bounded(term: Term, of: str, values: tuple[TermValue, ...]) -> Bound | Misread:
    """The bound that `term` states with its operator and `values`."""
    wanted = 2 if term.op == "in" else 1
    if term.op in ("", "!="):
        return Misread("it needs `<`, `<=`, `=`, `>=`, `>` or `in` and a number", term.span)
    if len(values) != wanted:
        return Misread("it takes one number after its operator", term.span)
    numbers: list[int] = []
    for value in values:
        number = whole(value)
        if isinstance(number, Misread):
            return number
        numbers.append(number)
    holes = tuple(Hole(f"{number:,}", value.span) for number, value in zip(numbers, values, strict=True))
    first, last = numbers[0], numbers[-1]
    match term.op:
        case "<=":
            return Bound(of, 0, first, term.op, holes)
        case "<":
            return Bound(of, 0, first - 1, term.op, holes)
        case ">=":
            return Bound(of, first, None, term.op, holes)
        case ">":
            return Bound(of, first + 1, None, term.op, holes)
        case "=" | "in":
            return Bound(of, first, last, term.op, holes)
        case _:
            return Misread(f"it does not take `{term.op}`", term.span)


def whole(value: TermValue) -> int | Misread:
    """The whole number that `value` is."""
    match value:
        case TermValue(type=Numeric(dimension=""), value=Decimal() as number, shape=None):
            if number != number.to_integral_value() or number < 0:
                return Misread("the number must be a whole one, 0 or more", value.span)
            if number > _HIGHEST:
                return Misread(f"the number is above {_HIGHEST:,}", value.span)
            return int(number)
        case TermValue(type=Numeric()):
            return Misread("the number takes no unit", value.span)
        case _:
            return Misread("a whole number is expected here", value.span)


def plain(value: TermValue) -> str | Misread:
    """The text that `value` is; it may have no holes, since a grader is the same for every case."""
    if value.text is None:
        return Misread("a quoted text is expected here", value.span)
    if any(not hasattr(piece, "text") for piece in value.text.pieces):
        return Misread("the text may not have a hole in braces", value.span)
    if not value.text.plain.strip():
        return Misread("the text is blank", value.span)
    return value.text.plain


def plains(values: tuple[TermValue, ...], term: Term) -> tuple[str, ...] | Misread:
    """The texts that `values` are, one or more."""
    if not values:
        return Misread("it needs a quoted text", term.span)
    found: list[str] = []
    for value in values:
        text = plain(value)
        if isinstance(text, Misread):
            return text
        found.append(text)
    return tuple(found)


def word(value: TermValue) -> str:
    """The bare word that `value` is, or "" if it is something else."""
    is_word = value.type is None and value.shape is None and value.text is None
    return value.value if is_word and isinstance(value.value, str) else ""


def with_text(
    term: Term,
    *,
    check: str,
    setting: str,
    before: str,
    property: str = "",
    baits: tuple[Bait, ...] = (),
) -> Constraint | Misread:
    """A term that takes exactly one text, as `ends "…"`."""
    if term.op:
        return Misread(f"it takes a quoted text and no `{term.op}`", term.span)
    texts = plains(term.values, term)
    if isinstance(texts, Misread):
        return texts
    if len(texts) > 1:
        return Misread("it takes one text", term.values[1].span)
    phrase = Phrase(Form.DEED, (before, *quoted(term.values[0], texts[0])))
    return Constraint(
        slug=term.name,
        check=check,
        settings=((setting, texts[0], term.values[0].span),),
        phrase=phrase,
        negative=phrase,
        facts=(Fact(property, texts[0]),) if property else (),
        baits=baits,
        span=term.span,
    )


def bare(
    term: Term,
    *,
    check: str,
    phrase: Phrase,
    negative: Phrase | None = None,
    facts: tuple[Fact, ...] = (),
    baits: tuple[Bait, ...] = (),
) -> Constraint | Misread:
    """A term that is one word and nothing else, as `lowercase`."""
    if term.op or term.values:
        return Misread("it stands alone, without operator or value", term.span)
    return Constraint(
        slug=term.name,
        check=check,
        settings=(),
        phrase=phrase,
        negative=negative,
        facts=facts,
        baits=baits,
        span=term.span,
    )


def quoted(value: TermValue, text: str) -> tuple[Word, ...]:
    """`text` in double quotes as words of a phrase, traced to its characters in the spec."""
    inner = value.span
    if value.text is not None and value.text.pieces:
        inner = Span(inner.unit, value.text.pieces[0].span.start, value.text.pieces[-1].span.end)
    return ('"', Hole(text, inner), '"')


def listed(values: tuple[TermValue, ...], texts: tuple[str, ...], joint: str) -> tuple[Word, ...]:
    """Quoted texts as a list: `"a", "b" and "c"` with `joint` before the last."""
    found: list[Word] = []
    for at, (value, text) in enumerate(zip(values, texts, strict=True)):
        if at:
            found.append(f" {joint} " if at == len(texts) - 1 else ", ")
        found.extend(quoted(value, text))
    return tuple(found)


def slug_of(text: str) -> str:
    """A short stable word for `text` in a grader's ID: its letters and digits, or a hash where it has none."""
    short = _SLUG.sub("-", text.lower()).strip("-")
    return short if 0 < len(short) <= 24 else (short[:15].rstrip("-") + "-" + digest(text)[:6]).lstrip("-")
