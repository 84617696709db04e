"""JSON inside an answer, and XML: promptfoo's `contains-json`, `is-xml` and `contains-xml`; `json` is the whole answer as JSON."""

from ....kit.schema import Term
from ....values.types import Record
from ..builders import flag
from ..constraint import Bait, Constraint, Fact, Form, Misread, Phrase, Try
from ..instruction import Instruction, bare
from .json import described, schema

_EXPLAIN = (Bait("explain", "Please explain your result in a few sentences before you give it."),)
_PROSE = (Bait("prose", "Please answer in one flowing paragraph."),)


def _contains_json(term: Term) -> Constraint | Misread:
    plain = Phrase(Form.DEED, ("include JSON",))
    if not term.values or term.op:
        return bare(term, check="contains_json", phrase=plain, negative=plain, baits=_PROSE)
    shape = term.values[0].shape
    if not isinstance(shape, Record) or len(term.values) > 1:
        return Misread("it takes a record in braces, or nothing", term.values[0].span)
    return Constraint(
        slug="contains_json",
        check="contains_json",
        settings=(("schema", schema(shape), term.values[0].span),),
        phrase=Phrase(Form.DEED, (f"include one JSON object {described(shape).removeprefix('an object ')}",)),
        negative=None,
        baits=_PROSE,
        span=term.span,
    )


def _xml(term: Term) -> Constraint | Misread:
    phrase = Phrase(Form.MANNER, ("with well-formed XML and nothing else",))
    negative = Phrase(Form.MANNER, ("in XML",))
    facts = (Fact("wrapping", "XML"),)
    return bare(term, check="xml", phrase=phrase, negative=negative, facts=facts, baits=_EXPLAIN)


INSTRUCTIONS = (
    Instruction(
        "contains_json",
        "contains_json { total: decimal }",
        _contains_json,
        (
            Try("contains_json", 'Here you are: {"ok": true}. Bye.', True, "words around it"),
            Try("contains_json", "Here you are: {ok}", False, "not JSON"),
            Try("contains_json { total: decimal }", 'First [1], then {"total": 2}.', True, "the second has the shape"),
            Try("contains_json { total: decimal }", 'It is {"sum": 2}.', False, "another field"),
        ),
    ),
    Instruction(
        "xml",
        "xml",
        _xml,
        (
            Try("xml", "<order><id>7</id></order>", True, "well-formed"),
            Try("xml", "<order><id>7</order>", False, "a tag is not closed"),
            Try("xml", "Here: <order/>", False, "words before it"),
        ),
    ),
    flag(
        "contains_xml",
        "include an XML element",
        Try("contains_xml", "Here: <order>7</order>.", True, "an element in words"),
        Try("contains_xml", "Here: <order>7.", False, "it is not closed"),
        Try("contains_xml", "2 < 3 and 4 > 1", False, "no tags"),
        baits=_PROSE,
    ),
)
