"""Words as NLTK 3.9 cuts them: a table drawn once from that release, and what holds of any text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speclang.kit.checks.tokens import treebank, word_tokens

CUT = (
    ("I can't go.", "I ca n't go ."),
    ("NASA's U.S.-made probe (X-1) isn't in the U.S.", "NASA 's U.S.-made probe ( X-1 ) is n't in the U.S ."),
    ('"Quote me," he said.', "`` Quote me , '' he said ."),
    ("It costs $3.88, or 3,36 euros; 50% off!", "It costs $ 3.88 , or 3,36 euros ; 50 % off !"),
    ("Dr. Smith's dogs' toys", "Dr. Smith 's dogs ' toys"),
    ("gimme that, I'm gonna cannot", "gim me that , I 'm gon na can not"),
    ("'tis late -- 'twas early", "'t is late -- 't was early"),
    ("rock'n'roll & jazz...", "rock'n'roll & jazz ..."),
    ("a/b c@d #tag *bold*", "a/b c @ d # tag * bold *"),
    ("He said: “yes” and ‘no’", "He said : “ yes ” and ‘ no ’"),
    ("Wait... what?!", "Wait ... what ? !"),
    ("the end.)", "the end . )"),
    ("e.g. this, i.e. that", "e.g . this , i.e . that"),
    ("don't\nstop", "do n't stop"),
)


@pytest.mark.parametrize(("text", "tokens"), CUT)
def test_words_are_cut_as_by_the_published_tokenizer(text: str, tokens: str) -> None:
    assert " ".join(word_tokens(text)) == tokens


@given(st.text(st.sampled_from("aA1 .?!,'\"-()\n`$"), max_size=40))
def test_a_token_has_no_white_space_and_no_letter_is_lost(text: str) -> None:
    tokens = word_tokens(text)
    assert all(token and not any(one.isspace() for one in token) for token in tokens)
    letters = [one for one in text if one.isalnum()]
    assert [one for token in tokens for one in token if one.isalnum()] == letters


@given(st.lists(st.sampled_from(["can", "not", "cannot", "Wanna", "gonna", "go", "A1"]), min_size=1, max_size=6))
def test_a_plain_sentence_is_cut_the_same_with_and_without_a_mark_that_keeps_it_from_the_short_way(
    words: list[str],
) -> None:
    plain = treebank(" ".join(words) + " .")
    assert treebank(" ".join(words) + " ; .") == [*plain[:-1], ";", "."]
