"""The adopted prompt that ships is built byte for byte as it was, with a third of its requirements typed."""

from pathlib import Path

from speclang.emit.cost.tokens import estimate
from speclang.engine.check import check

ROOT = Path(__file__).parents[2]


def test_what_is_built_is_the_prompt_that_was_adopted() -> None:
    adopted = (ROOT / "specs" / "adopt" / "prompt.md").read_bytes()
    assert (ROOT / "generated" / "larkspur" / "prompt.md").read_bytes() == adopted
    assert estimate(adopted.decode()) > 2_000


def test_a_third_of_it_is_typed() -> None:
    words = next(line for line in check(ROOT, afresh=True).features if line.startswith("larkspur")).split()
    assert int(words[3]) * 3 >= int(words[1])
