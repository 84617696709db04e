"""Graders are proved by their samples, and only those that are in use."""

import subprocess
import sys

import pytest

from speclang.engine.proof import prove, proved_by
from speclang.kit import registry


@pytest.mark.parametrize("name", registry.names())
def test_every_grader_of_ours_is_right_about_its_samples(name: str) -> None:
    assert list(prove(name)) == []


def test_what_stands_for_the_code_differs_by_kind_and_stays_as_it_is() -> None:
    marks = {proved_by(name) for name in registry.names()}
    assert len(marks) == len(registry.names())
    assert marks == {proved_by(name) for name in registry.names()}


def test_a_project_that_checks_no_language_does_not_load_what_tells_languages() -> None:
    code = (
        "import sys; from speclang.engine.proof import prove; assert not list(prove('format', (), {'words'}));"
        "print([name for name in ('langdetect', 'punkt', 'jsonschema') if name in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"
