"""A line of a generated file leads back to the spec; what is no line of it is told as such."""

import pytest

from speclang.engine.ask import about
from speclang.engine.build import build
from speclang.engine.compiling import open_project
from speclang.engine.pipeline import Compiled
from speclang.engine.starting.start import start


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Compiled:
    """The project that `specc init` makes."""
    folder = tmp_path_factory.mktemp("ask")
    start(folder)
    assert build(folder).done
    return open_project(folder).compiled


@pytest.mark.parametrize(
    "place", ["0", "99", "9" * 5000, "1:0", "1:9999", f"1:{'9' * 5000}", "²", "1:²", "-1", "1:-1", "", "1:1:1"]
)
def test_what_is_no_place_of_the_file_is_not_found(compiled: Compiled, place: str) -> None:
    assert not about(compiled, f"generated/first/prompt.md:{place}").found


@pytest.mark.parametrize(
    ("place", "owner"), [("5", "LOAN-1"), ("5:3", "LOAN-1"), ("1", "feature first"), ("05", "LOAN-1")]
)
def test_a_line_leads_to_the_requirement_that_wrote_it(compiled: Compiled, place: str, owner: str) -> None:
    assert about(compiled, f"generated/first/prompt.md:{place}").lines[0].startswith(owner)
