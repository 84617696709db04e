"""Paths stay below the root, whatever they are spelled like and wherever links lead."""

from pathlib import Path

import pytest

from speclang.project.paths import Outside, files_below, inside, relative


def project(folder: Path) -> Path:
    root = folder / "project"
    (root / "specs" / "deep").mkdir(parents=True)
    (root / "specs" / "b.spec").write_text("b")
    (root / "specs" / "deep" / "a.spec").write_text("a")
    (root / "specs" / "notes.md").write_text("n")
    (folder / "secret.spec").write_text("s")
    return root


@pytest.mark.parametrize(
    "name",
    [
        "",
        "..",
        "../secret.spec",
        "specs/../../secret.spec",
        "/etc/passwd",
        "\\\\server\\share",
        "C:/x",
        "C:x",
        "a\0b",
        "specs/out",
    ],
)
def test_a_path_that_leaves_the_root_is_refused(tmp_path: Path, name: str) -> None:
    root = project(tmp_path)
    (root / "specs" / "out").symlink_to(tmp_path)
    with pytest.raises(Outside) as refused:
        inside(root, name)
    assert refused.value.strerror == "the path leads out of the project"


def test_a_folder_whose_name_starts_like_the_roots_is_outside(tmp_path: Path) -> None:
    root = project(tmp_path)
    (tmp_path / "project-two").mkdir()
    with pytest.raises(Outside):
        inside(root, "../project-two")


@pytest.mark.parametrize("name", ["specs/b.spec", ".", "specs/deep/../b.spec", "not/there/yet", "specs/link.spec"])
def test_a_path_inside_is_found_also_through_a_link(tmp_path: Path, name: str) -> None:
    root = project(tmp_path)
    (root / "specs" / "link.spec").symlink_to(root / "specs" / "b.spec")
    assert inside(root, name).is_relative_to(root)


def test_a_root_that_is_reached_by_a_link_is_the_same_root(tmp_path: Path) -> None:
    root = project(tmp_path)
    (tmp_path / "alias").symlink_to(root)
    assert inside(tmp_path / "alias", "specs/b.spec") == root / "specs" / "b.spec"
    assert relative(tmp_path / "alias", root / "specs" / "b.spec") == "specs/b.spec"


def test_files_are_listed_from_the_root_and_sorted(tmp_path: Path) -> None:
    root = project(tmp_path)
    (root / "specs" / ".hidden.spec").write_text("h")
    assert files_below(root, "specs", ".spec") == ("specs/b.spec", "specs/deep/a.spec")
    assert files_below(root, ".", ".md") == ("specs/notes.md",)
    assert files_below(root, "nowhere") == ()


def test_a_folder_with_settings_of_its_own_is_another_project(tmp_path: Path) -> None:
    root = project(tmp_path)
    (root / "specc.toml").touch()
    (root / "specs" / "deep" / "specc.toml").touch()
    assert files_below(root, "specs", ".spec") == ("specs/b.spec",)
    assert files_below(root / "specs" / "deep", ".", ".spec") == ("a.spec",)


def test_links_are_listed_and_never_followed(tmp_path: Path) -> None:
    root = project(tmp_path)
    (root / "specs" / "circle").symlink_to(root / "specs")
    (root / "specs" / "out.spec").symlink_to(tmp_path / "secret.spec")
    (root / "specs" / "gone.spec").symlink_to(tmp_path / "nothing")
    listed = files_below(root, "specs", ".spec")
    assert listed == ("specs/b.spec", "specs/circle", "specs/deep/a.spec", "specs/gone.spec", "specs/out.spec")


def test_a_path_of_another_folder_is_not_of_the_project(tmp_path: Path) -> None:
    with pytest.raises(Outside):
        relative(project(tmp_path), tmp_path / "secret.spec")
