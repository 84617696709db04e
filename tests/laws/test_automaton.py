"""The automaton that ships with the package is lark's: it builds what lark builds and stops where lark stops."""

import json
import re
from functools import cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from speclang.syntax import recipe, tree
from speclang.syntax.build import Line, Recipe, build_item
from speclang.syntax.recipe import MAX_HEIGHT, Failure, derive, grammar, tables
from speclang.syntax.tokens import TERMINALS, Scan, scan

SPECS = Path(__file__).parents[2] / "specs"
SHIPPED = Path(recipe.__file__).with_name("automaton.json")
MANY = settings(max_examples=max(settings().max_examples, 200))
WORDS = {'"': '"t"', "/": "/p/", "0": "1"}


def test_the_shipped_automaton_is_that_of_the_grammar(accept: bool) -> None:
    now = written()
    if accept:
        SHIPPED.write_text(now, encoding="utf-8")
    assert SHIPPED.read_text(encoding="utf-8") == now, "the grammar has changed: `make regen` makes its tables anew"


def written() -> str:
    """The tables as a file: one rule or state a line, so that a change of the grammar can be read."""
    made = tables()
    rows = [
        f'"{name}":[\n' + ",\n".join(json.dumps(row, separators=(",", ":")) for row in held) + "\n]"
        if isinstance(held, list)
        else f'"{name}":{json.dumps(held)}'
        for name, held in made.items()
    ]
    return "{" + ",".join(rows) + "}\n"


@cache
def real_signatures() -> list[str]:
    """The signatures of the lines of the specs in this repository."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(SPECS.rglob("*.spec"))]
    lines = [line for text in texts for line in re.split("[;{}]", scan(text).kinds)]
    return sorted({line for line in lines if line})


letters = st.sampled_from(sorted(TERMINALS.values()))
signatures = st.one_of(
    st.deferred(lambda: st.sampled_from(real_signatures())),
    st.builds(
        lambda line, at, letter: line[: at % (len(line) + 1)] + letter + line[at % (len(line) + 1) + at % 3 :],
        st.deferred(lambda: st.sampled_from(real_signatures())),
        st.integers(0, 1000),
        st.one_of(letters, st.just("")),
    ),
    st.text(alphabet=letters, max_size=12),
    st.text(alphabet='n0"=&o!(),:rcn', max_size=20).map("n".__add__),
    st.text(alphabet="n?^", max_size=5),
)


@MANY
@given(signatures)
def test_a_line_is_read_as_lark_reads_it(signature: str) -> None:
    ours, larks = derive(signature), by_lark(signature)
    if isinstance(ours, Failure) or isinstance(larks, Failure):
        assert ours == larks
        return
    assert (ours.id, ours.length) == (larks.recipe.id, larks.recipe.length)
    assert built(ours, signature) == built(larks.recipe, signature)


def test_a_line_that_is_too_high_or_too_long_fails_as_such() -> None:
    high = derive("n" + "!" * (MAX_HEIGHT + 1) + "n")
    assert isinstance(high, Failure)
    assert high.expected == {"LONG"}


def by_lark(signature: str) -> Line | Failure:
    from lark.exceptions import UnexpectedToken

    try:
        line = line_grammar().parse(signature)
    except UnexpectedToken as stop:
        index = len(signature) if stop.token.type == "$END" else int(stop.token.start_pos or 0)
        return Failure(index, frozenset(stop.accepts or stop.expected))
    assert isinstance(line, Line)
    return line


@cache
def line_grammar():  # type: ignore[no-untyped-def]  # noqa: ANN201 - lark's own type is not worth an import at start
    return grammar("line")


def built(how: Recipe, signature: str) -> tree.Item:
    """The tree of a line with words of no matter."""
    count = len(signature)
    words = [WORDS.get(letter, "w") for letter in signature]
    return build_item(how, Scan(signature, words, list(range(count)), list(range(1, count + 1))), 0, [], None, count)
