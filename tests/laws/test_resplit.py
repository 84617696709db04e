"""A text that is split again after an edit is split as if nothing had been known of it."""

from collections.abc import Iterator
from random import Random

import pytest

from speclang.engine.session.resplit import Pass, split_again
from speclang.source.text import SourceText
from speclang.syntax.blocks import split
from tests.strategies.mutants import damage
from tests.strategies.source import PIECES, real_specs

TWINS = """\
feature {0} "Twin" {{
  given age days 0 .. 99 {{ name "the age" }}
  {1}-1 rule "New" {{ when age <= 9 days; must take }}
  {1}-1 rule {{
    must leave
  }}
}}
"""
"""A feature with two requirements of one ID; several of them are told apart by numbers."""

TEXTS = (*real_specs(), "".join(TWINS.format(name, name.upper()) for name in ("a", "b", "b", "c")))
TYPED = ["x", " ", "\n", '"', "{", "}", "#", ";", "a b\n", "Z-1 rule {", "feature q {\n", "\n}\n", *PIECES]


def edited(text: str, draw: Random) -> Iterator[str]:
    """What the text becomes, edit by edit: typed into, cut, damaged, and now and then another one."""
    for _ in range(14):
        at, kind = draw.randrange(len(text) + 1), draw.random()
        if kind < 0.6:
            text = text[:at] + draw.choice(TYPED) + text[at + draw.choice((0, 0, 0, 1, 2)) :]
        elif kind < 0.7:
            text = text[:at] + text[at + 1 :]
        elif kind < 0.95:
            text = damage(text, draw.randrange(10**6))
        else:
            text = draw.choice(TEXTS)
        yield text


@pytest.mark.parametrize("seed", range(40))
def test_what_is_known_of_a_text_before_an_edit_changes_nothing(seed: int) -> None:
    draw = Random(seed)  # noqa: S311 - it need not be a secret, only the same each time
    first = draw.choice(TEXTS)
    _, known = split_again(SourceText("a.spec", first), ())
    for text in edited(first, draw):
        source = SourceText("a.spec", text)
        found, known = split_again(source, known)
        assert found == split(source)


def test_most_of_a_text_is_not_read_again() -> None:
    text = max(TEXTS, key=len)
    found, known = split_again(SourceText("a.spec", text), ())
    at = text.index("must", len(text) // 2)
    again, (after,) = split_again(SourceText("a.spec", f"{text[:at]}x{text[at:]}"), known)
    assert isinstance(after, Pass)
    same = [one for one, other in zip(found.pieces, again.pieces, strict=True) if one is other]
    moved = [one for one, other in zip(found.pieces, again.pieces, strict=True) if one.start + 1 == other.start]
    assert len(same) > len(found.pieces) // 4
    assert len(same) + len(moved) >= len(found.pieces) - 5
