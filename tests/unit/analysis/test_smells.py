"""Smells beside what a reader says of them, in prompts of production; and where they are looked for."""

import re

import pytest

from speclang.analysis.smelling import noses
from speclang.diagnostics.diagnostic import Diagnostic, is_smell
from speclang.diagnostics.pages import parse
from speclang.engine.pipeline import Compiled, compile_texts
from speclang.project.config import Config
from speclang.source.text import SourceText
from tests.arch.house import PACKAGE
from tests.unit.analysis.labelled import DATA, counted, found, labels, texts

FLOOR = 0.8
PROMPTS = DATA / "prompts"


@pytest.mark.skipif(not PROMPTS.is_dir(), reason="the prompts are not here")
def test_of_what_is_found_in_prompts_a_reader_confirms_four_of_five() -> None:
    here = texts(DATA)
    for held in (False, True):
        counts = counted(here, held=held)
        right, wrong = (sum(getattr(one, name) for one in counts.values()) for name in ("right", "wrong"))
        assert right / (right + wrong) >= FLOOR, held
    few = {code: one for code, one in counted(here, held=False).items() if one.right + one.wrong >= 5}
    assert {code: one for code, one in few.items() if one.precision < FLOOR} == {}


@pytest.mark.skipif(not PROMPTS.is_dir(), reason="the prompts are not here")
def test_a_reader_has_looked_at_all_that_is_found_in_the_prompts() -> None:
    known = {one.place for one in labels()}
    assert [place for text in texts(PROMPTS).values() for place in found(text) if place not in known] == []


def test_a_label_names_a_code_that_there_is_and_says_why() -> None:
    pages = [parse(path.read_text(encoding="utf-8")) for path in (PACKAGE / "diagnostics/pages").glob("E06*.md")]
    codes = {page.code for page in pages if page is not None}
    assert {one.place.code for one in labels()} <= codes
    assert all(one.why for one in labels())


def test_each_smell_says_in_its_first_line_what_it_is_about() -> None:
    files = [PACKAGE / "analysis/smells" / f"{name}.py" for name in noses()]
    assert [one.name for one in files if not re.match(r'"""`', one.read_text(encoding="utf-8"))] == []


SPEC = """\
use "policy.spec"

feature desk "Help desk" {{
  include house
  given age days 0 .. 90 {{ name "the age"; from context }}
  outcome take "take it back as needed" {{ mentions "as needed" }}
  ask "Take it back as needed."
{members}
}}
"""
POLICY = 'policy house "House" { HOUSE-1 prose "Answer as needed." }\n'


def compiled(members: str) -> Compiled:
    sources = [SourceText("desk.spec", SPEC.format(members=members)), SourceText("policy.spec", POLICY)]
    return compile_texts(sources, Config())


def pointed(members: str) -> list[tuple[str, str, str]]:
    """What the smells point at: the requirement, the code, and the words in the file."""
    result = compiled(members)
    return [
        (one.requirement, one.code.id, words(one, result))
        for one in result.diagnostics
        if one.code.id < "E0650" and one.code.id[:3] == "E06"
    ]


def words(one: Diagnostic, result: Compiled) -> str:
    file, start, end = result.places.locate(one.primary.span)
    return result.places.sources[file].text[start:end]


ALWAYS = [("", "E0603", "as needed"), ("HOUSE-1", "E0603", "as needed")]
"""In the wording of the outcome, and in the policy; not in what a user says or an answer mentions."""


@pytest.mark.parametrize(
    ("members", "wanted"),
    [
        ('A-1 prose "Ask as needed."', [("A-1", "E0603", "as needed")]),
        ('A-1 prose "As needed" { text "Ask." }', []),
        ('A-1 prose """\n    Ask\n    as\n    needed.\n  """', [("A-1", "E0603", "as\n    needed")]),
        ('A-1 prose """\n    Say "\\{x}" as needed.\n  """', [("A-1", "E0603", "as needed")]),
        ('A-1 prose "Say {age} as needed."', [("A-1", "E0603", "as needed")]),
        ('A-1 rule { when age > 3 days; must take; phrase "Take it back as needed." }', [("A-1", "E0603", "as needed")]),
        ('A-1 format { must words <= 80; phrase "Keep your answers short." }', []),
        ('A-1 prose "Keep your answers short."', [("A-1", "E0602", "short")]),
        ('A-1 prose "Keep your answers short (80 words)."', []),
        ('A-1 content { must_not mention "as needed" }', []),
        (
            'A-1 boundary { refuse "law" like "Sue as needed."; answer "tax"; instead "refer as needed" }',
            [("A-1", "E0603", "as needed")],
        ),
        ('A-1 example "One" { holdout; user "Do it as needed."; expect take }', []),
        ('A-1 prose "Ask for the RMA number."\n  A-2 prose "Name the RMA number."', [("A-1", "E0609", "RMA")]),
        ('A-1 prose "Ask for the return number (RMA)."\n  A-2 prose "Name the RMA number."', []),
        ('term "RMA" means "the number of a return"\n  A-1 prose "Name the RMA number."', []),
        ('A-1 prose "You must try to answer."', [("A-1", "E0614", "must try")]),
        ('A-1 prose "Ask. It must be polite."', []),
        ('A-1 prose "It must be polite."', [("A-1", "E0611", "It")]),
    ],
)  # fmt: skip
def test_the_words_are_pointed_at_where_the_author_speaks(members: str, wanted: list[tuple[str, str, str]]) -> None:
    assert sorted(pointed(members)) == sorted([*ALWAYS, *wanted])


def test_smells_are_notes_but_for_what_is_still_to_be_written() -> None:
    result = compiled('A-1 prose "The desk is open from TBD."')
    assert [one.code.id for one in result.diagnostics if not is_smell(one)] == ["E0617"]
