"""Fixes that are made: what was found is gone, nothing else broke, and what may change meaning is left to the user."""

from pathlib import Path

import pytest

from speclang.diagnostics.code import Severity
from speclang.diagnostics.pages import parse
from speclang.engine.fixing import Mended, fix, mend
from speclang.engine.pipeline import compile_texts
from speclang.project.config import Config
from speclang.source.text import SourceText
from tests.arch.house import PACKAGE
from tests.strategies.mutants import mutant
from tests.suite.examples import ODD, files

PAGES = sorted((PACKAGE / "diagnostics/pages").glob("*.md"))


def mended(texts: dict[str, str], *, unsafe: bool = False) -> Mended:
    sources = tuple(SourceText(name, text) for name, text in texts.items())
    return mend(sources, lambda some: compile_texts(some, Config()), unsafe=unsafe)


def examples() -> list[tuple[str, dict[str, str]]]:
    """The example of each page whose finding has edits, with its code."""
    found = []
    for path in PAGES:
        page = parse(path.read_text(encoding="utf-8"))
        block = page.block("Example", "spec") if page is not None else None
        if page is None or block is None or ODD.search(block) or page.block("Example", "edit"):
            continue
        texts = files(block)
        for one in compile_texts([SourceText(name, text) for name, text in texts.items()], Config()).diagnostics:
            if one.code.id == page.code and one.fix is not None and one.fix.edits:
                found.append((page.code, texts))
                break
    return found


EXAMPLES = examples()


def test_the_pages_show_fixes_of_many_codes() -> None:
    assert len({code for code, _ in EXAMPLES}) >= 30


@pytest.mark.parametrize(("code", "texts"), EXAMPLES, ids=[code for code, _ in EXAMPLES])
def test_a_finding_of_a_page_is_gone_once_it_is_fixed(code: str, texts: dict[str, str]) -> None:
    result = mended(texts, unsafe=True)
    assert code in {one.code.id for one in result.made}
    assert code not in {one.code.id for one in result.compiled.diagnostics if one.fix is not None and one.fix.edits}


@pytest.mark.parametrize("number", range(40))
def test_fixing_a_damaged_spec_brings_no_error_and_is_done_once(number: int) -> None:
    texts = {one.name: one.text for one in mutant(number)}
    result = mended(texts)
    again = mended({one.name: one.text for one in result.sources})
    assert again.made == ()
    assert again.sources == result.sources
    assert (texts == {one.name: one.text for one in result.sources}) == (not result.made)
    before = compile_texts([SourceText(name, text) for name, text in texts.items()], Config()).diagnostics
    unread, still = (sum(one.code.id < "E02" for one in some) for some in (before, result.compiled.diagnostics))
    assert still <= unread


SPEC = """\
feature desk "Help desk" {
  given age days 0 .. 90 { name "the age"; from context }
  given rate percent { name "the rate"; from context }
  outcome take "take it back" { mentions "back" }
  outcome tape "tape it" { mentions "tape" }
  ask "Hello."
%s
}
"""


@pytest.mark.parametrize(
    ("line", "safe", "unsafe"),
    [
        ("A-1 rule { when agee <= 30 dayss; must take }", "A-1 rule { when age <= 30 days; must take }", ""),
        ("A-1 ruel { when agee <= 3 days; must take }", "A-1 rule { when age <= 3 days; must take }", ""),
        ("A-1 rule { must tale }", "", "A-1 rule { must take }"),
        ("A-1 rule { when age <= 30; must take }", "", "A-1 rule { when age <= 30 days; must take }"),
        ("A-1 rule { must take }\n  B-1 rule { must tape; over A-2 }", "", "A-1 rule { must take }\n  B-1 rule { must tape; over A-1 }"),
        ("A-1 format { must wrds <= 80 }", "A-1 format { must words <= 80 }", ""),
        (
            'A-1 rule { when age <= 30 days; must take; phrase "Take it back within 30 days." }',
            'A-1 rule { when age <= 30 days; must take; phrase "Take it back within {age.limit}." }',
            "",
        ),
        ('A-1 prose "Please ask."', "", 'A-1 prose "Ask."'),
    ],
)  # fmt: skip
def test_what_can_mean_one_thing_only_is_written(line: str, safe: str, unsafe: str) -> None:
    for wanted, may in ((safe, False), (unsafe or safe, True)):
        result = mended({"specs/a.spec": SPEC % f"  {line}"}, unsafe=may)
        assert result.sources[0].text == SPEC % f"  {wanted or line}", may


def test_a_spec_keeps_its_line_ends_and_what_is_wrong_elsewhere_is_left(tmp_path: Path) -> None:
    (tmp_path / "specs").mkdir()
    (tmp_path / "specc.toml").touch()
    text = (SPEC % "  A-1 rule { when agee <= 3 days; must take }\n  A-2 rule { when x; must take }").replace(
        "\n", "\r\n"
    )
    spec = tmp_path / "specs/a.spec"
    spec.write_bytes(text.encode())
    done = fix(tmp_path)
    assert spec.read_bytes() == text.replace("agee", "age").encode()
    assert [one.code.id for one in done.made] == ["E0201"]
    assert "".join(done.diff()).count("\n+") == 2
    assert fix(tmp_path).changed == ()


def test_a_fix_that_brings_an_error_is_taken_back() -> None:
    spec = SPEC % "  A-1 rule { when age <= 3 days; must take }\n  A-1 rule { when age > 3 days; must take }"
    result = mended({"specs/a.spec": spec})
    assert result.sources[0].text == spec
    assert [one.level for one in result.compiled.diagnostics if one.code.id == "E0205"] == [Severity.ERROR]
