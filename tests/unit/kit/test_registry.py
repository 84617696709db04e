"""Kinds are found by the names of their files, and only the one asked for is imported."""

import subprocess
import sys

import pytest

from speclang.kit import registry


def test_the_listing_of_the_folder_is_the_registry() -> None:
    assert {"rule", "format", "boundary", "tool_use", "fault", "prose"} <= set(registry.names())
    assert list(registry.names()) == sorted(registry.names())


def test_a_kind_bears_the_name_of_its_file() -> None:
    assert all(registry.load(name).name == name for name in registry.names())
    assert registry.load("rule") is registry.load("rule")


def test_an_unknown_name_is_refused_before_anything_is_imported() -> None:
    with pytest.raises(registry.UnknownKind):
        registry.load("os")
    with pytest.raises(registry.UnknownKind):
        registry.load("../rule")


@pytest.mark.parametrize("name", registry.names())
def test_what_a_kind_says_of_itself_is_read_from_its_file(name: str) -> None:
    said = registry.describe(name)
    assert said is not None
    assert said.startswith(f"The kind `{name}`")
    assert registry.describe("nothing_of_the_sort") is None


def test_listing_and_describing_import_no_kind() -> None:
    code = (
        "import sys; from speclang.kit import registry; registry.names(); registry.describe('rule');"
        "print([name for name in sys.modules if name.startswith('speclang.kinds') or name in ('pydantic', 'importlib.metadata')])"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"
