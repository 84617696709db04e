"""What an editor is told of names is what the compiler resolves; and nothing that is asked of any text, at any place, fails.

`SPECC_PLACES=all pytest tests/laws/test_queries.py` asks at every character of every spec that ships.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from speclang.engine.queries.colours import Colours
from speclang.engine.queries.completion import completion
from speclang.engine.queries.definition import definition
from speclang.engine.queries.hover import hover
from speclang.engine.queries.lookup import Lookup
from speclang.engine.queries.names import block_of
from speclang.engine.queries.notes import lenses, notes
from speclang.engine.queries.outline import folds, outline
from speclang.engine.queries.references import everywhere
from speclang.engine.queries.rename import Refused, rename
from speclang.engine.queries.uses import uses
from speclang.engine.session import Session
from speclang.model.uses import names_of, used
from tests.strategies.mutants import damage

ROOT = Path(__file__).parents[2]
PLACES = os.environ.get("SPECC_PLACES", "30")


@pytest.fixture(scope="module")
def session() -> Session:
    made = Session(ROOT)
    made.look()
    return made


def test_the_declarations_that_a_requirement_uses_are_those_that_bind_resolves(session: Session) -> None:
    lookup = Lookup(session)
    assert session.view is not None
    for feature in session.view.opened.compiled.program.features:
        known = names_of(feature)
        for requirement in feature.requirements:
            unit = next(
                one
                for one in session.parsed(requirement.span.unit.file).value.units
                if one.name == requirement.span.unit
            )
            visible = lookup.names.visible(requirement.span.unit.file, block_of(unit))
            meant = [found for use in uses(unit, lookup.kinds) if (found := visible.find(use)) is not None]
            read = {f"{one.what} {one.name}" for one in meant if one.what in ("given", "tool", "outcome")}
            read |= {f"tool {one.of}" for one in meant if one.what in ("argument", "result")}
            assert set(used(requirement, known)) <= read, requirement.id
            assert read <= set(known.values()), requirement.id


def test_every_reference_of_a_requirement_leads_to_it(session: Session) -> None:
    lookup = Lookup(session)
    assert session.view is not None
    for feature in session.view.opened.compiled.program.features:
        for requirement in feature.requirements:
            for ref in (*requirement.over, *requirement.replaces):
                at = lookup.place(ref.span)
                assert at is not None
                (found,) = definition(lookup, at.file, at.start)
                assert session.parsed(found.file).value.source.text[found.start : found.end] == ref.id


def places(text: str, draw: Random) -> Iterator[int]:
    count = len(text) if PLACES == "all" else min(int(PLACES), len(text))
    return iter(range(len(text) + 1)) if PLACES == "all" else (draw.randrange(len(text) + 1) for _ in range(count))


def ask_everything(lookup: Lookup, name: str, offset: int) -> None:
    """Ask whatever an editor can ask at a place."""
    hover(lookup, name, offset)
    definition(lookup, name, offset)
    completion(lookup, name, offset)
    everywhere(lookup, name, offset, declaration=True)
    with suppress(Refused):
        rename(lookup, name, offset, "quite_new" if offset % 2 else "NEW-1")


def ask_of_file(lookup: Lookup, name: str, text: str) -> None:
    outline(lookup, name)
    assert all(0 <= one.start <= one.end <= len(text) for one, _ in folds(lookup, name))
    list(notes(lookup, name))
    list(lenses(lookup, name))
    at = 0
    for word in Colours(lookup).words(name):
        assert at <= word.start < word.end <= len(text), (name, word, text[word.start : word.end])
        assert "\n" not in text[word.start : word.end]
        at = word.end


def test_every_beginning_of_every_spec_is_read_and_answers_whatever_is_asked(session: Session) -> None:
    draw = Random(5)  # noqa: S311 - it need not be a secret, only the same each time
    lookup = Lookup(session)
    for name in session.specs():
        text = session.parsed(name).value.source.text
        for offset in places(text, draw):
            session.hold(name, text[:offset])
            quick = session.quick(name)
            assert quick is not None
            assert quick.file.source.text == text[:offset]
            ask_everything(lookup, name, offset)
        ask_of_file(lookup, name, text[:offset])
        session.release(name)


def test_every_damaged_spec_answers_whatever_is_asked(session: Session) -> None:
    draw = Random(6)  # noqa: S311 - as above
    lookup = Lookup(session)
    for name in session.specs():
        text = session.parsed(name).value.source.text
        for _ in range(4):
            damaged = damage(text, draw.randrange(10**6))
            session.hold(name, damaged)
            session.quick(name)
            source = session.source(name)
            assert source is not None
            ask_of_file(lookup, name, source.text)
            ask_everything(lookup, name, draw.randrange(len(source.text) + 1))
        session.release(name)
