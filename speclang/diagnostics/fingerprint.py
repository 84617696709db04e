"""What makes a finding the same finding: a digest by which it is known again after it moved."""

from ..source.hashing import canonical, digest
from ..source.span import Places, Span
from .diagnostic import Diagnostic


def fingerprint(one: Diagnostic, places: Places) -> str:
    """A digest of what `one` says and of the words that it points at; where they stand does not count, nor white space in them.

    Of a finding about a generated file the words of that file count, and not those of the spec behind it.
    """
    file = one.primary.span.unit.file
    pointed = [
        label for label in (one.primary, *one.labels) if not one.code.id.startswith("E07") or label is one.primary
    ]
    labels = [[label.text, _words(label.span, places)] for label in pointed]
    witness = [list(pair) for pair in one.witness]
    return digest(canonical([one.code.id, one.requirement, file, one.title, labels, witness]))[:16]


def _words(span: Span, places: Places) -> str:
    source = places.sources.get(span.unit.file)
    if source is None:
        return ""
    _, start, end = places.locate(span)
    return " ".join(source.text[start:end].split())
