"""What analysis remembers changes nothing that it says, whatever was edited since, and whatever became of the memory."""

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from speclang.analysis.runner import analyse_feature
from speclang.bind import bind
from speclang.diagnostics.diagnostic import Diagnostic
from speclang.logic.settling.searches import Searches, read, write
from speclang.model.feature import Feature
from speclang.source.text import SourceText
from speclang.syntax.parser import parse
from tests.strategies.edited import edited
from tests.strategies.faulty import Faulty, faulty

STATE = "this code"


def bound(made: Faulty) -> Feature:
    (feature,) = bind((parse(SourceText("specs/made.spec", made.text)).value,)).value.features
    return feature


def told(feature: Feature, known: Searches | None = None) -> Sequence[tuple[Diagnostic, str]]:
    """What is found, with every place, which equality leaves out."""
    return [
        (one, repr([label.span for label in (one.primary, *one.labels)])) for one in analyse_feature(feature, (), known)
    ]


@given(edited())
@settings(max_examples=60)
def test_what_is_found_with_a_memory_is_what_is_found_without(versions: list[Faulty]) -> None:
    text = ""
    for made in versions:
        feature, known = bound(made), read(text, STATE)
        assert told(feature, known) == told(feature)
        text = write(known, STATE)
        again = read(text, STATE)
        told(feature, again)
        assert write(again, STATE) == text
        assert not again.searched


@given(faulty(), st.data())
@settings(max_examples=40)
def test_a_memory_with_a_changed_byte_is_none(made: Faulty, data: st.DataObject) -> None:
    known = Searches()
    told(bound(made), known)
    text = write(known, STATE)
    at = data.draw(st.integers(0, len(text) - 1))
    damaged = text[:at] + data.draw(st.sampled_from("a0\n \x00é{")) + text[at + 1 :]
    assert not read(damaged, STATE).kept or damaged == text
    assert not read(text[:at], STATE).kept
    assert not read(text, "other code").kept


@given(faulty())
@settings(max_examples=40)
def test_an_input_that_does_not_meet_the_goals_is_not_believed(made: Faulty) -> None:
    feature, known = bound(made), Searches()
    wanted = told(feature, known)
    for lie in ("found - 0 []", 'found - 0 [["age","n99"]]', "found - 0 {", "found", "certainly - 0 []", "none - x []"):
        forged = Searches(dict.fromkeys(known.used, lie))
        assert told(feature, forged) == wanted
        assert lie not in forged.used.values()
