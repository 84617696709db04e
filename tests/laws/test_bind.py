"""What binding promises for every spec: it understands valid ones, survives broken ones, and looks at no order."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from speclang.bind import bind
from speclang.diagnostics.diagnostic import Diagnostic
from speclang.model.program import Program
from speclang.source.text import SourceText
from speclang.syntax.parser import parse
from speclang.syntax.tokens import tokenize
from tests.strategies.specs import SpecModel, specs


def bound(*files: tuple[str, str]) -> tuple[Program, list[Diagnostic]]:
    parsed = [parse(SourceText(name, text)) for name, text in files]
    result = bind([one.value for one in parsed])
    return result.value, [*(found for one in parsed for found in one.diagnostics), *result.diagnostics]


@given(specs())
@settings(max_examples=60)
def test_a_valid_spec_binds_without_findings_and_nothing_is_lost(spec: SpecModel) -> None:
    program, found = bound((spec.file, spec.text))
    assert [(one.code.id, one.title) for one in found] == []
    (feature,) = program.features
    assert {one.id for one in feature.requirements} == {rule.id for rule in spec.rules}
    assert {one.name for one in feature.givens} == {one.name for one in spec.givens}
    over = {one.id: tuple(ref.id for ref in one.over) for one in feature.requirements}
    assert over == {rule.id: rule.over for rule in spec.rules}
    assert {one.id: one.default for one in feature.requirements} == {rule.id: rule.default for rule in spec.rules}


@given(specs(), st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_the_order_of_statements_changes_no_meaning(spec: SpecModel, random: Random) -> None:
    members = chunks(spec.text)
    random.shuffle(members)
    program, found = bound((spec.file, "\n".join([spec.text.splitlines()[0], *members, "}\n"])))
    first, _ = bound((spec.file, spec.text))
    assert found == []
    assert sorted(map(repr, program.features[0].requirements)) == sorted(map(repr, first.features[0].requirements))


def chunks(text: str) -> list[str]:
    """The members of the feature, each with its own lines."""
    members: list[str] = []
    for line in text.splitlines()[1:-1]:
        if line.startswith("    ") or line == "  }":
            members[-1] += "\n" + line
        else:
            members.append(line)
    return members


@given(specs(), st.data())
@settings(max_examples=150)
def test_a_spec_with_broken_tokens_never_raises_and_says_where(spec: SpecModel, data: st.DataObject) -> None:
    tokens = [spec.text[token.start : token.end] for token in tokenize(spec.text)]
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(tokens) - 1))
        other = data.draw(st.integers(0, len(tokens) - 1))
        match data.draw(st.sampled_from(("delete", "double", "swap", "copy", "noise"))):
            case "delete":
                tokens[at] = ""
            case "double":
                tokens[at] = tokens[at] * 2
            case "swap":
                tokens[at], tokens[other] = tokens[other], tokens[at]
            case "copy":
                tokens[at] = tokens[other]
            case _:
                tokens[at] = data.draw(
                    st.sampled_from(("{", "}", "(", '"', "over", "5 USD", "30%", "..", "|", "is", "X-1", "\n"))
                )
    text = "".join(tokens)
    _, found = bound((spec.file, text))
    for one in found:
        assert 0 <= one.primary.span.start <= one.primary.span.end
        assert one.title
        assert not one.title.endswith(".")
