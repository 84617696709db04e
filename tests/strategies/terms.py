"""Terms and format requirements as `bind` would make them, for tests of the kind alone.

`terms` reads the small language of one field: words, operators, numbers, texts, patterns and record shapes.
"""

import re
from decimal import Decimal

from speclang.kinds.format import Fields
from speclang.kit.schema import Term, TermValue
from speclang.model.requirement import Level, Requirement, Status
from speclang.model.text import Chunk, Text
from speclang.source.span import Span, Unit
from speclang.values import types
from speclang.values.expression import Expr
from speclang.values.units import decimal, integer, money, percent

UNIT = Unit("x.spec", "X-1")
_TOKEN = re.compile(
    r'\s+|(?P<text>"(?:[^"\\]|\\.)*")|(?P<shape>\{[^}]*\})|(?P<pattern>/(?:[^/\\]|\\.)*/)'
    r"|(?P<number>-?\d[\d_]*(?:\.\d+)?%?)(?!\w)|(?P<op><=|>=|!=|<|>|=|\bin\b)|(?P<range>\.\.)|(?P<bar>\|)|(?P<comma>,)|(?P<word>\w+)"
)
_SHAPES: dict[str, types.Type] = {
    "bool": types.Bool(),
    "int": integer(),
    "decimal": decimal(),
    "text": types.Text(),
    "date": types.Date(),
}


def terms(written: str, start: int = 0) -> tuple[Term, ...]:
    """The terms of a field whose values are `written`; spans count from `start`."""
    found: list[Term] = []
    name, op, values, fresh = "", "", list[TermValue](), True
    first = last = head = Span(UNIT, start, start)

    def done() -> None:
        if name:
            span = Span(UNIT, first.start, last.end)
            found.append(Term(name, op, tuple(values), span, head))

    for token in _TOKEN.finditer(written):
        kind, text = token.lastgroup, token[0]
        span = Span(UNIT, start + token.start(), start + token.end())
        if kind is None or kind in ("range", "bar"):
            continue
        if kind == "comma":
            fresh = True
            continue
        if kind == "word" and (fresh or not name):
            done()
            name, op, values, first, head = text, "", [], span, span
        elif kind == "op":
            op = text
        else:
            values.append(_value(kind, text, span))
        fresh, last = False, span
    done()
    return tuple(found)


def _value(kind: str, text: str, span: Span) -> TermValue:
    match kind:
        case "text":
            plain = text[1:-1].replace('\\"', '"')
            inner = Span(UNIT, span.start + 1, span.end - 1)
            return TermValue(plain, types.Text(), Text((Chunk(plain, inner),), span), span)
        case "pattern":
            return TermValue(text[1:-1], types.Text(text[1:-1]), None, span)
        case "number":
            number = Decimal(text.rstrip("%").replace("_", ""))
            if text.endswith("%"):
                return TermValue(number / 100, percent(), None, span)
            return TermValue(number, integer(), None, span)
        case "shape":
            return TermValue(None, None, None, span, _shape(text))
        case _:
            return TermValue(text, None, None, span)


def _shape(text: str) -> types.Record:
    entries = (entry.split(":") for entry in text.strip("{} ").split(","))
    fields: list[tuple[str, types.Type]] = []
    for name, kind in entries:
        word = kind.strip()
        shape: types.Type | None = money(word[6:-1]) if word.startswith("money(") else _SHAPES.get(word)
        fields.append((name.strip(), shape or types.Enum(tuple(one.strip() for one in word.split("|")))))
    return types.Record(tuple(fields))


def requirement(
    must: str = "",
    must_not: str = "",
    should: str = "",
    should_not: str = "",
    *,
    loose: bool = False,
    when: Expr | None = None,
) -> Requirement:
    """The requirement `FMT-1` with these terms; the levels stand one after the other in its unit."""
    at, read = 0, []
    for written in (must, must_not, should, should_not):
        read.append(terms(written, at))
        at += len(written) + 1
    here = Span(UNIT, 0, at)
    return Requirement(
        id="FMT-1",
        kind="format",
        title=None,
        fields=Fields(must=read[0], must_not=read[1], should=read[2], should_not=read[3], loose=loose),
        when=when,
        unless=(),
        over=(),
        default=False,
        phrase=None,
        because=None,
        owner=None,
        tags=(),
        since=None,
        status=Status.ACTIVE,
        origin="x",
        span=here,
        head=here,
    )


def of_level(level: str, written: str) -> Requirement:
    """The requirement with `written` under `level`."""
    fields = {
        one: written if one == level else "" for one in (Level.MUST, Level.MUST_NOT, Level.SHOULD, Level.SHOULD_NOT)
    }
    return requirement(*fields.values())
