"""Nothing vanishes silently in an import: each value is in the draft, or in the report with its place."""

import json
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from speclang.diagnostics.diagnostic import Diagnostic, has_errors
from speclang.engine.importing.failing import NotImported
from speclang.engine.importing.importing import converted, format_names
from speclang.engine.pipeline import compile_texts
from speclang.project.config import Config
from speclang.source.text import SourceText
from speclang.syntax.format import format_source

FIXTURES = Path(__file__).parents[1] / "fixtures" / "imports"
FILES = {
    format: tuple(
        SourceText(one.name, one.read_text(encoding="utf-8"))
        for one in sorted((FIXTURES / format).iterdir())
        if not one.name.startswith("expect")
    )
    for format in format_names()
}
SAID = st.sampled_from(["{{x}}", "{x", "contains", "équals\u202e"])
NAMES = ("a.yaml", "a.json", "a.jsonl", "rules.txt", "tests.csv", "a.prompty", "a")
VALUES = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-9, 9**9),
        st.floats(-9, 9),
        st.text(max_size=8),
        SAID,
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)),
    max_leaves=8,
)
KEYS = (
    "prompts tests vars assert type value messages role content testData evaluators string contains data_source item "
    "testing_criteria id"
).split()
SHAPED = st.recursive(
    VALUES,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(KEYS), inner, max_size=5)),
    max_leaves=30,
)


def accounted(format: str, texts: tuple[SourceText, ...]) -> None:
    try:
        found = converted(format, texts, "x")
    except NotImported:
        return
    if isinstance(found, Diagnostic):
        assert found.code.id in ("E1001", "E1002")
        return
    draft, text = found
    assert format_source(SourceText("x.spec", text)).value == text
    compiled = compile_texts([SourceText("specs/x.spec", text)], Config())
    assert not has_errors(compiled.diagnostics), [one.title for one in compiled.diagnostics]
    keys = {one.key for one in draft.parts}
    lost = {leaf.key for one in draft.ledger.losses for leaf in one.node.leaves()}
    for root in draft.documents:
        for leaf in root.leaves():
            now = draft.ledger.where(leaf)
            assert now is not None, leaf.path
            assert now or leaf.key in lost, leaf.path
            assert not now or now in keys or now.startswith("the "), (leaf.path, now)


def test_every_value_of_the_fixtures_is_accounted_for() -> None:
    for format, texts in FILES.items():
        accounted(format, texts)


@settings(max_examples=60)
@given(SHAPED, st.sampled_from(format_names()))
def test_every_value_of_any_document_is_accounted_for(value: object, format: str) -> None:
    accounted(format, (SourceText("a.json", json.dumps(value)),))


@settings(max_examples=60)
@given(st.data(), st.sampled_from(["promptfoo", "github-prompt", "openai-evals", "tau2"]))
def test_every_value_is_accounted_for_whatever_stands_in_place_of_another(data: st.DataObject, format: str) -> None:
    texts = list(FILES[format])
    at = next(place for place, one in enumerate(texts) if one.name.endswith((".json", ".yml", ".yaml")))
    lines = texts[at].text.split("\n")
    number = data.draw(st.integers(0, len(lines) - 1))
    before = lines[number].partition(":")[0]
    said = data.draw(VALUES)
    lines[number] = data.draw(st.sampled_from([f"{before}: {json.dumps(said)}", "", lines[number][:-1]]))
    texts[at] = SourceText(texts[at].name, "\n".join(lines))
    accounted(format, tuple(texts))


@settings(max_examples=80)
@given(
    st.text(max_size=60),
    st.sampled_from(NAMES),
    st.sampled_from(format_names()),
)
def test_no_text_breaks_an_import(text: str, name: str, format: str) -> None:
    accounted(format, (SourceText(name, text),))
