"""`docs/formats.md` against the registry: each published instruction stands there once and is said, worded and graded so."""

import csv
import re
from pathlib import Path

import pytest

from speclang.kinds.format import Format
from speclang.kinds.format.catalogue import NAMES, load
from speclang.kinds.format.constraint import Try
from speclang.kit.answer import Answer, Said
from speclang.kit.checks import find
from speclang.kit.wording import Say
from tests.unit.kinds.test_format_compiled import compiled

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
LISTS = [folder / "shared" / "data" / "instructions" / "instructions.csv" for folder in ROOT.parents]
PUBLISHED = next((path for path in LISTS if path.exists()), None)
ROW = re.compile(r"^\| (.+?) \| (–|`.+?`) \| (.+) \|$", re.MULTILINE)
FORMAT = Format()


def rows(section: str) -> list[tuple[str, str]]:
    """The IDs of one section of the page, each with its term, "" if it has none."""
    text = PAGE.split(f"## {section}\n")[1].split("\n## ")[0]
    return [(one[1].strip("`"), one[2].strip("`–").replace("\\|", "|")) for one in ROW.finditer(text)]


SAID = [(id, terms) for section in ("IFEval", "IFBench", "promptfoo") for id, terms in rows(section) if terms]


def test_the_page_has_all_of_ifeval_and_nearly_all_of_ifbench() -> None:
    ifeval, ifbench = rows("IFEval"), rows("IFBench")
    assert len(ifeval) == len({id for id, _ in ifeval}) == sum(1 for _, terms in ifeval if terms) == 25
    assert len(ifbench) == len({id for id, _ in ifbench}) == 58
    assert sum(1 for _, terms in ifbench if terms) == 56


@pytest.mark.skipif(PUBLISHED is None, reason="the list of published instructions is not here")
def test_the_page_names_each_published_instruction_once() -> None:
    assert PUBLISHED is not None
    with PUBLISHED.open(encoding="utf-8") as file:
        published = [(row["set"], row["instruction_id"]) for row in csv.DictReader(file)]
    named = [(section, id) for section in ("IFBench", "IFEval") for id, _ in rows(section)]
    assert sorted(named) == sorted(published)


@pytest.mark.parametrize(("id", "terms"), SAID, ids=[id for id, _ in SAID])
def test_each_term_of_the_page_is_said_and_has_seen_a_good_and_a_bad_answer(id: str, terms: str) -> None:
    spec = f'feature sample "Sample" {{\n  X-1 format "Sample" {{\n    must {terms}\n  }}\n}}\n'
    feature, found = compiled(spec)
    assert found == ()
    (requirement,) = feature.requirements
    clause = "".join(piece.text for piece in FORMAT.clause(requirement, Say(feature)))
    assert clause.endswith((".", '"'))
    (grader,) = FORMAT.graders(requirement, feature)
    check = find(grader.check)
    assert check is not None
    settings = {one.name: one.value for one in grader.settings}
    seen = {check(_answer(one), **settings).passed for one in _tries(terms, grader.id.removeprefix("X-1/"))}
    assert seen == {True, False}


def _tries(terms: str, slug: str) -> list[Try]:
    """The answers that the term's instruction is proved by: those for the very term, or for its grader."""
    tries = load(terms.split()[1] if terms.startswith("no ") else terms.split(maxsplit=1)[0]).tries
    return [one for one in tries if one.terms == terms] or [one for one in tries if (one.slug or "") in ("", slug)]


def _answer(one: Try) -> Answer:
    return Answer(one.text, (Said("user", one.user),) if one.user else ())


def test_each_instruction_is_documented() -> None:
    for name in NAMES:
        assert load(name).spelling.split()[0].removeprefix("no") in ("", name)
