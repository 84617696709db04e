"""Every spec in the documentation compiles without an error."""

import re
from pathlib import Path

import pytest

from speclang.diagnostics.diagnostic import has_errors
from speclang.diagnostics.draw import draw
from speclang.engine.pipeline import compile_texts
from speclang.project.config import Config
from speclang.source.text import SourceText

ROOT = Path(__file__).parents[2]
BLOCKS = [
    pytest.param(block, id=f"{path.stem}-{number}")
    for path in sorted((ROOT / "docs").glob("*.md"))
    for number, block in enumerate(re.findall(r"```spec\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL), 1)
]


@pytest.mark.parametrize("block", BLOCKS)
def test_a_spec_in_the_documentation_compiles(block: str) -> None:
    found = compile_texts([SourceText("docs.spec", block)], Config())
    assert not has_errors(found.diagnostics), "\n".join(draw(one, found.places) for one in found.diagnostics)
    assert found.program.features
