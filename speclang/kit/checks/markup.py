"""Checks of answers that hold JSON or are or hold XML (promptfoo's `contains-json`, `is-xml`, `contains-xml`).

Invariant: nothing is fetched and no entity is declared; time grows with the length of the answer.
"""

import json
import re
from collections.abc import Iterator, Mapping

from ...source.hashing import Json
from ..answer import Answer, Verdict
from .evidence import quote
from .json import DEEPEST, nesting, problems
from .judging import judged

_OPENING = re.compile(r"[{\[]")
_LOOKED_AT = 4_000_000
_MARKUP = re.compile(
    r"(?P<comment><!--.*?(?:-->|\Z))|(?P<data><!\[CDATA\[.*?(?:\]\]>|\Z))|(?P<instruction><\?.*?(?:\?>|\Z))"
    r"|<(?P<close>/)?(?P<name>[^\W\d][\w.:-]*|:[\w.:-]*)(?P<rest>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>",
    re.DOTALL,
)


@judged
def contains_json(answer: Answer, *, schema: Mapping[str, Json] | None = None) -> Verdict:
    """Some JSON object or list stands in the answer, one of the shape that `schema` tells."""
    found = 0
    for value in _values(answer.text):
        found += 1
        if schema is None or next(problems(value, schema), None) is None:
            return Verdict(True, "JSON as asked for stands in the answer")
    return Verdict(False, f"{found:,} JSON values, none of the shape asked for" if found else "no JSON in the answer")


def _values(text: str) -> Iterator[Json]:
    """Each object and list of `text` that is in no other, left to right, as far as a bounded number of looks goes."""
    decoder = json.JSONDecoder()
    at, looked = 0, 0
    while (start := _OPENING.search(text, at)) is not None and looked < _LOOKED_AT:
        first = start.start()
        try:
            value, end = decoder.raw_decode(text, first)
        except json.JSONDecodeError as wrong:
            at = first + 1
            looked += max(wrong.pos - first, 0) + 100
            continue
        except (ValueError, RecursionError):
            at = first + 1
            looked += 10_000
            continue
        if nesting(text[first:end]) <= DEEPEST:
            yield value
        looked += end - first
        at = end


@judged
def xml(answer: Answer) -> Verdict:
    """The answer is one well-formed XML document; a document type of its own with declarations is refused."""
    from xml.parsers.expat import ExpatError, ParserCreate

    if "<!ENTITY" in answer.text or re.search(r"<!DOCTYPE[^>]*\[", answer.text):
        return Verdict(False, "the XML declares a document type")
    try:
        ParserCreate().Parse(answer.text.encode("utf-8", "replace").decode("utf-8"), True)
    except ExpatError as wrong:
        return Verdict(False, f"not XML: {wrong}; the answer starts with {quote(answer.text)}")
    return Verdict(True, "well-formed XML")


@judged
def contains_xml(answer: Answer) -> Verdict:
    """Some XML element stands in the answer: a tag closed by itself, or an opening tag with the closing one of its name."""
    opened: list[str] = []
    for tag in _MARKUP.finditer(answer.text):
        name = tag["name"]
        if name is None:
            continue
        if tag["rest"].rstrip().endswith("/") and not tag["close"]:
            return Verdict(True, f"the element {quote(tag[0])} stands in the answer")
        if not tag["close"]:
            opened.append(name)
        elif opened and opened[-1] == name:
            return Verdict(True, f"an element `{name}` stands in the answer")
        else:
            opened.clear()
    return Verdict(False, "no complete XML element in the answer")
