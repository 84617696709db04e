"""What a kind offers to who writes a term can be read by it."""

import pytest

from speclang.engine.pipeline import compile_texts
from speclang.kit import registry
from speclang.project.config import Config
from speclang.source.text import SourceText

SPEC = """\
feature sample "Sample" {{
  ask "Where is my parcel?"
  X-1 {kind} "Sample" {{ must {term} }}
}}
"""
TERMS = [
    (kind, name, term)
    for kind in registry.names()
    if kind != "custom"  # its checks take parameters whose values nobody else can know
    for name, term in registry.load(kind).vocabulary()
]


def test_kinds_with_terms_offer_them() -> None:
    assert {kind for kind, _, _ in TERMS} == {"format", "content", "budget"}
    assert dict(registry.load("custom").vocabulary())["words"].startswith("words")


@pytest.mark.parametrize(("kind", "name", "term"), TERMS, ids=[f"{kind}-{name}" for kind, name, _ in TERMS])
def test_a_term_that_is_offered_means_something(kind: str, name: str, term: str) -> None:
    assert name in term
    compiled = compile_texts([SourceText("a.spec", SPEC.format(kind=kind, term=term))], Config())
    assert [one.title for one in compiled.diagnostics if one.code.id.startswith(f"{kind}/")] == []
