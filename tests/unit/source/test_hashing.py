"""A hash stands for content: the same on every machine, another for anything else."""

import hashlib
import json as reader

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speclang.source.hashing import Json, canonical, digest, encoder

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@given(st.binary())
def test_the_hash_is_the_blake2b_of_the_standard_library(data: bytes) -> None:
    assert digest(data) == hashlib.blake2b(data, digest_size=16).hexdigest()


def test_the_hash_is_that_of_the_published_algorithm() -> None:
    assert digest(b"") == "cae66941d9efbd404e4d88758ea67670"
    assert digest("é") == digest("é".encode())


def test_half_of_a_surrogate_pair_has_a_hash_of_its_own() -> None:
    assert len({digest("\ud800"), digest("\udc80"), digest("?"), digest("\ufffd")}) == 4


@given(values, values)
def test_canonical_texts_are_equal_exactly_where_values_are(one: Json, other: Json) -> None:
    assert reader.loads(canonical(one)) == one
    assert (canonical(one) == canonical(other)) == (
        reader.dumps(one, sort_keys=True) == reader.dumps(other, sort_keys=True)
    )


def test_the_order_of_keys_makes_no_difference() -> None:
    assert canonical({"b": 1, "a": [True, None]}) == canonical({"a": [True, None], "b": 1}) == '{"a":[true,null],"b":1}'


shapes = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(shapes, st.booleans(), st.booleans(), st.sampled_from([(", ", ": "), (",", ":")]))
def test_the_text_is_that_of_the_standard_library(
    value: Json, escaped: bool, ordered: bool, marks: tuple[str, str]
) -> None:
    written = encoder(escaped=escaped, ordered=ordered, marks=marks)
    assert written(value) == reader.dumps(value, ensure_ascii=escaped, sort_keys=ordered, separators=marks)


def test_halves_of_characters_are_written_as_the_standard_library_writes_them() -> None:
    assert encoder()("\ud800") == reader.dumps("\ud800")


@pytest.mark.parametrize("value", [object(), {(1, 2): 3}, [{1}]])
def test_what_is_no_json_is_refused(value: Json) -> None:
    with pytest.raises(TypeError):
        encoder()(value)


def test_what_holds_itself_is_refused() -> None:
    circle: list[Json] = []
    circle.append(circle)
    with pytest.raises(RecursionError):
        encoder()(circle)
