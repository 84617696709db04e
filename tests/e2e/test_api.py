"""What a Python program can ask of a project: the same as the commands, as values."""

from pathlib import Path

import pytest

import speclang
from speclang.engine.starting.start import start


def test_every_public_name_can_be_loaded_and_is_listed() -> None:
    assert {name for name in speclang.__all__ if getattr(speclang, name) is None} == set()
    assert set(speclang.__all__) <= set(dir(speclang))


def test_an_unknown_name_is_refused_like_any_attribute() -> None:
    with pytest.raises(AttributeError, match="no attribute 'complie'"):
        speclang.complie  # noqa: B018


def test_a_project_is_compiled_built_and_checked_by_its_folders_name(tmp_path: Path) -> None:
    start(tmp_path)
    compiled = speclang.compile(str(tmp_path))
    assert [feature.name for feature in compiled.program.features] == ["first"]
    assert compiled.diagnostics == ()
    assert speclang.check(tmp_path).diagnostics == ()
    assert speclang.build(tmp_path).diagnostics == ()


def test_a_fault_of_a_spec_is_a_value_and_a_folder_without_a_project_an_exception(tmp_path: Path) -> None:
    with pytest.raises(speclang.NoProject):
        speclang.compile(tmp_path)
    start(tmp_path)
    spec = tmp_path / "specs" / "first.spec"
    spec.write_text(spec.read_text(encoding="utf-8").replace("must renew", "must renwe"), encoding="utf-8")
    assert "E0201" in {one.code.id for one in speclang.compile(tmp_path).diagnostics}
