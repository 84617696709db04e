"""Findings by hand, for the tests of how they are shown."""

from speclang.diagnostics.code import Code, Severity
from speclang.diagnostics.diagnostic import Diagnostic, Label
from speclang.source.span import Places, Span, whole_file
from speclang.source.text import SourceText

CODE = Code("E0299", "A finding of the tests")
NOTE = Code("kind/slug", "A note of the tests", Severity.NOTE)
WARNING = Code("E0298", "A warning of the tests", Severity.WARNING)


def places(**texts: str) -> Places:
    """Files by name, without their ending."""
    return Places.of([SourceText(f"{name}.spec", text) for name, text in texts.items()], {})


def span(text: str, part: str, file: str = "a.spec") -> Span:
    """Where `part` stands in `text`."""
    at = text.index(part)
    return whole_file(file, at, at + len(part))


def finding(primary: Label, *labels: Label, title: str = "It is wrong", code: Code = CODE) -> Diagnostic:
    return Diagnostic(code=code, title=title, primary=primary, labels=labels)
