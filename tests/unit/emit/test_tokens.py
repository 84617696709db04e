"""Tokens are counted by name, alike everywhere; the estimate stays close to a real tokenizer."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speclang.emit.cost.tokens import TOKENIZERS, NotInstalled, counter, estimate

ROOT = Path(__file__).parents[3]
PROMPTS = sorted((ROOT / "generated").rglob("prompt*.md"))


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("", 0),
        ("Refund the order.", 4),
        ("12345 USD", 3),
        ("internationalization", 5),
        ("a\n\nb", 3),
        ("?!?!", 2),
        ("日本語", 2),
    ],
)
def test_the_estimate_counts_words_digits_signs_and_ends_of_lines(text: str, tokens: int) -> None:
    assert estimate(text) == tokens


@given(st.text(), st.text())
def test_two_texts_cost_about_what_they_cost_together(one: str, other: str) -> None:
    assert estimate(f"{one}\n{other}") <= estimate(one) + estimate(other) + 1


def test_an_unknown_tokenizer_is_refused() -> None:
    with pytest.raises(KeyError):
        counter("o300k")


@pytest.mark.parametrize("name", TOKENIZERS)
def test_the_estimate_is_close_to_a_real_tokenizer(name: str) -> None:
    try:
        count = counter(name)
    except NotInstalled:
        pytest.skip("specc[cost] is not installed")
    for path in PROMPTS:
        text = path.read_text(encoding="utf-8")
        assert abs(estimate(text) / count(text) - 1) < 0.1, path
