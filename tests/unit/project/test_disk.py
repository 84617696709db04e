"""Files are read safely, hashed as they are, and remembered things are believed only where they were remembered."""

import os
import shutil
from pathlib import Path

import pytest

from speclang.project import disk
from speclang.source.hashing import digest


def told(root: Path, *names: str) -> list[tuple[str, str, str]]:
    found = disk.read(root, names)
    assert len(found.value) + len(found.diagnostics) == len(names)
    return [(one.code.id, one.title, one.primary.text) for one in found.diagnostics]


def test_texts_come_in_the_order_of_their_names_and_without_a_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / "a.spec").write_bytes(b"\xef\xbb\xbfa\r\nb")
    (tmp_path / "b.spec").write_bytes("ä".encode())
    assert [(one.name, one.text) for one in disk.read(tmp_path, ["b.spec", "a.spec"]).value] == [
        ("b.spec", "ä"),
        ("a.spec", "a\r\nb"),
    ]


def test_a_byte_that_is_not_utf_8_is_reported_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "a.spec").write_bytes(b"one\ncaf\xe9\n")
    (tmp_path / "b.spec").write_bytes("wide".encode("utf-16"))
    assert told(tmp_path, "a.spec", "b.spec") == [
        ("E0905", "`a.spec` is not UTF-8 at byte 7", "line 2 holds the byte e9"),
        ("E0905", "`b.spec` is not UTF-8 at byte 0", "this looks like UTF-16"),
    ]


def test_what_can_not_be_read_is_reported_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "folder.spec").mkdir()
    os.mkfifo(tmp_path / "pipe.spec")
    (tmp_path / "gone.spec").symlink_to(tmp_path / "nothing")
    (tmp_path / "out.spec").symlink_to("/etc/passwd")
    (tmp_path / "good.spec").write_text("good")
    names = ["folder.spec", "gone.spec", "good.spec", "out.spec", "pipe.spec"]
    assert told(tmp_path, *names) == [
        ("E0907", "`folder.spec` can't be read", "it is a folder, and links to folders are not followed"),
        ("E0907", "`gone.spec` can't be read", "no such file or directory"),
        ("E0904", "`out.spec` leads out of the project", ""),
        ("E0907", "`pipe.spec` can't be read", "it is not a file of text"),
    ]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_without_permission_is_reported(tmp_path: Path) -> None:
    (tmp_path / "a.spec").write_text("a")
    (tmp_path / "a.spec").chmod(0)
    assert told(tmp_path, "a.spec") == [("E0907", "`a.spec` can't be read", "permission denied")]


def test_a_file_beyond_the_limit_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "a.spec").open("wb") as file:
        file.truncate(disk.LIMIT + 1)
    assert told(tmp_path, "a.spec") == [
        ("E0906", "`a.spec` has 16,777,217 bytes, more than the 16,777,216 that are read", "")
    ]


def test_hashes_are_of_bytes_and_empty_for_what_is_no_file_of_the_project(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"\xff\r\n")
    (tmp_path / "link").symlink_to(tmp_path / "a")
    (tmp_path / "out").symlink_to("/etc/passwd")
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    names = ["a", "link", "out", "folder", "gone", "a/below"]
    assert dict(disk.hashes(tmp_path, names)) == {
        "a": digest(b"\xff\r\n"), "link": digest(b"\xff\r\n"), "out": "", "folder": "", "gone": "", "a/below": "",
    }  # fmt: skip
    assert dict(disk.hashes(tmp_path, ["pipe"])) == {"pipe": digest(b"")}


def test_a_generated_text_keeps_bytes_that_are_not_utf_8(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"\xff\r\n")
    text = disk.read_text(tmp_path, "a")
    assert text is not None
    assert text.encode("utf-8", "surrogateescape") == b"\xff\r\n"
    assert disk.read_text(tmp_path, "b") is None
    assert disk.read_text(tmp_path, "a/b") is None


def test_what_is_remembered_is_recalled_until_it_is_forgotten(tmp_path: Path) -> None:
    assert disk.recall(tmp_path, "note") is None
    disk.remember(tmp_path, "some/note", "ä".encode())
    assert disk.recall(tmp_path, "some/note") == "ä"
    disk.forget(tmp_path, "some/note")
    assert disk.recall(tmp_path, "some/note") is None
    disk.forget(tmp_path, "some/note")


def test_a_memory_that_was_copied_or_made_up_is_not_believed(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    disk.remember(one, "note", b"in sync")
    shutil.copytree(one, other)
    assert disk.recall(one, "note") == "in sync"
    assert disk.recall(other, "note") is None
    (one / ".specc" / "note").write_text("in sync")
    assert disk.recall(one, "note") is None


def test_the_memory_tells_git_to_leave_it_alone(tmp_path: Path) -> None:
    disk.remember(tmp_path, "note", b"")
    assert (tmp_path / ".specc" / ".gitignore").read_text().endswith("\n*\n")


def test_a_memory_that_is_a_link_out_of_the_project_is_left_alone(tmp_path: Path) -> None:
    root, elsewhere = tmp_path / "project", tmp_path / "elsewhere"
    root.mkdir()
    elsewhere.mkdir()
    (root / ".specc").symlink_to(elsewhere)
    disk.remember(root, "note", b"x")
    assert list(elsewhere.iterdir()) == []
    with pytest.raises(OSError, match="leads out"):
        disk.write_all(root, {"a": b"x"})
    assert not (root / "a").exists()
