"""Reads a spec the way the compiler does, for tests that state their input as text."""

from speclang.bind import bind
from speclang.diagnostics.diagnostic import Diagnostic
from speclang.kit.conformance import Compiled
from speclang.model.feature import Feature
from speclang.source.span import Span
from speclang.source.text import SourceText
from speclang.syntax.parser import parse


def compiled(spec: str) -> tuple[Feature | None, tuple[Diagnostic, ...]]:
    """The one feature of `spec`, and all findings."""
    tree = parse(SourceText("x.spec", spec))
    program = bind((tree.value,))
    features = program.value.features
    return features[0] if len(features) == 1 else None, (*tree.diagnostics, *program.diagnostics)


def read(spec: str) -> Compiled:
    """`spec` as the conformance suite wants it."""
    tree = parse(SourceText("x.spec", spec))
    units = {unit.name: unit.text for unit in tree.value.units}
    feature, findings = compiled(spec)

    def text_at(span: Span) -> str:
        return units[span.unit][span.start : span.end]

    return Compiled(feature, findings, text_at)


def feature_of(spec: str) -> Feature:
    """The one feature of a spec without findings."""
    feature, findings = compiled(spec)
    assert findings == ()
    assert feature is not None
    return feature
