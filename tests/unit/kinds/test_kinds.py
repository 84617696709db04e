"""Every kind keeps its promises, and its pages show what they say."""

import re
from pathlib import Path

import pytest

from speclang.kit import registry
from speclang.kit.conformance import problems
from tests.strategies.reading import compiled, read

KINDS = registry.names()
PAGES = Path(__file__).parents[3] / "speclang" / "diagnostics" / "pages"


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_passes_the_suite_that_others_must_pass(name: str) -> None:
    assert list(problems(registry.load(name), read)) == []


@pytest.mark.parametrize(
    "page", [path for kind in KINDS for path in sorted(PAGES.glob(f"{kind}-*.md"))], ids=lambda one: one.stem
)
def test_the_page_of_a_code_shows_a_spec_with_it_and_one_without(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    code = text.partition(":")[0].removeprefix("# ")
    bad, good = re.findall(r"```spec\n(.*?)```", text, re.DOTALL)
    assert {one.code.id for one in compiled(bad)[1]} == {code}
    assert compiled(good)[1] == ()
