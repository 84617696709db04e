"""Sentences as NLTK 3.8.1 with its English Punkt model counts them: a table drawn once from that release."""

import pytest

from speclang.kit.checks.sentences import english, split

COUNTED = (
    ("J. U.S. Hello. the Smith went home.", 2),
    ("He ... etc. Smith , 1. 3.14 Smith", 3),
    ('"Yes." "Yes." went home. No. 5', 5),
    ('P.S. "Yes." Smith $5.00.', 3),
    ("He J. No. 5 the the etc. J. Smith", 4),
    ("etc. Hello. Smith No. 5 Smith P.S. ’ U.S.", 5),
    ('"Yes." U.S. P.S. He etc. !', 4),
    ("$5.00. I e.g. He etc. etc. the 3.14", 5),
    ("He P.S. a.m. went home. etc. Smith", 4),
    ('3.14 * item\nI P.S. "Yes." word ?(ok.)', 4),
    (", (ok.) ... !No. 5 end.Next e.g. a.m.", 3),
    ("went home. etc. !1. * item", 4),
    ("A. (ok.) !The went home. He", 3),
    ('"Yes." e.g. word ?U.S. , * item\n"Yes."', 4),
    ("J. I went home. word", 2),
    ("etc. end.Next --$5.00. ??a.m. ...", 5),
    ("* item\netc. end.Next (ok.) went home. $5.00. went home. J.", 5),
    ("* item\na.m. I went home. Smith A.", 3),
    ("the etc. I $5.00. (ok.) !", 3),
    ("--I ... Dr. J. (ok.) ...", 2),
    ("U.S. A. No. 5 Hello. Hello. ,", 5),
    ("went home. e.g. (ok.) Hello. P.S. \n\n--", 5),
    ('$5.00. "Yes." ’ P.S.', 3),
    ("... I --Hello. J. No. 5 U.S.", 5),
    ("e.g. U.S. No. 5 I", 3),
    ("Dr. * item\n$5.00. etc. e.g.", 3),
    ('!Dr. U.S. "Yes." P.S. ...', 5),
    ("etc. ?J. U.S. a.m. ’ 1. J.", 4),
    ("Hello. Hello. Hello. Hello. He * item\nthe Hello.", 5),
    ("3.14 went home. 3.14 (ok.)", 2),
    ("etc. U.S. P.S. He", 3),
    ("The Dr. went home. ’ 3.14 The", 2),
    ("U.S. the \n\nJ. ... The ...", 3),
    ("went home. U.S. He A. ?A.", 4),
    ("* item\n$5.00. a.m. e.g. 1. Dr.", 4),
    ("J. J. 1. ... U.S.", 3),
    (", Dr. word 1. !the ’ went home.", 2),
    ("1. ... , e.g. ... word", 3),
    ("P.S. P.S. word 1. ?", 3),
    ("end.Next No. 5 $5.00. Hello. A.", 4),
)


@pytest.mark.parametrize(("text", "number"), COUNTED)
def test_sentences_are_counted_as_by_the_published_tokenizer(text: str, number: int) -> None:
    assert len(split(text)) == number, split(text)


def test_the_model_is_the_published_one() -> None:
    model = english()
    sizes = len(model.abbreviations), len(model.collocations), len(model.starters), len(model.spelling)
    assert sizes == (156, 37, 39, 20366)


def test_splitting_loses_no_character_but_white_space() -> None:
    for text, _ in COUNTED:
        assert "".join("".join(split(text)).split()) == "".join(text.split())
