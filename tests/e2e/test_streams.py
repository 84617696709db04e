"""Whatever stands at the other end of a command's streams: a reader who has seen enough, nobody, a full disk, another encoding."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2]
SPECC = f"{sys.executable} -m speclang"
SPEC = b'# caf\xc3\xa9\nfeature desk "Desk" {\n  FMT-1 format "Short" { must words <= 60 }\n}\n'


def shell(
    command: str, folder: Path, more: Mapping[str, str] | None = None, given: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    environment = {"PATH": os.defpath, "PYTHONPATH": str(PACKAGE), "HOME": str(folder / "no-home"), **(more or {})}
    return subprocess.run(
        ["/bin/bash", "-o", "pipefail", "-c", command],
        cwd=folder,
        env=environment,
        capture_output=True,
        input=given,
        check=False,
        timeout=100,
    )


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("project")
    (folder / "specc.toml").touch()
    (folder / "specs").mkdir()
    (folder / "specs/desk.spec").write_bytes(SPEC)
    assert shell(f"{SPECC} build", folder).returncode == 0
    return folder


@pytest.mark.parametrize("words", ["--help", "trace --help", "explain", "build --dump emit"])
def test_a_reader_who_has_seen_enough_is_no_failure(project: Path, words: str) -> None:
    done = shell(f"{SPECC} {words} | true", project)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "<&-"])
def test_a_stream_that_is_closed_changes_no_exit_code(project: Path, closed: str) -> None:
    fine, wrong = shell(f"{SPECC} check {closed}", project), shell(f"{SPECC} chek {closed}", project)
    assert (fine.returncode, wrong.returncode) == (0, 2)
    assert b"Traceback" not in fine.stderr + wrong.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is full")
@pytest.mark.parametrize("words", ["--help", "check"])
def test_output_that_could_not_be_written_is_told(project: Path, words: str) -> None:
    done = shell(f"{SPECC} {words} > /dev/full", project)
    assert (done.returncode, done.stderr) == (2, b"specc: no space left on device\n")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_what_an_encoding_lacks_is_escaped_where_people_read_and_a_text_stays_what_it_is(
    project: Path, encoding: str
) -> None:
    speaks = {"PYTHONIOENCODING": encoding}
    told = shell(f"{SPECC} --help", project, speaks)
    assert (told.returncode, told.stderr) == (0, b"")
    assert told.stdout.startswith(b"usage: specc")
    assert shell(f"{SPECC} fmt -", project, speaks, SPEC).stdout == SPEC
    assert (
        shell(f"{SPECC} build --dump parse", project, speaks).stdout
        == shell(f"{SPECC} build --dump parse", project).stdout
    )


def test_a_text_that_is_not_utf_8_is_refused_and_not_guessed(project: Path) -> None:
    done = shell(f"{SPECC} fmt -", project, given=SPEC.replace(b"\xc3\xa9", b"\xe9"))
    assert (done.returncode, done.stdout) == (1, b"")
    assert b"error[E0905]" in done.stderr


def test_columns_of_the_environment_decide_how_wide_help_is(project: Path) -> None:
    def widest(columns: str) -> int:
        told = shell(f"{SPECC} fmt --help", project, {"COLUMNS": columns}).stdout.decode()
        return max(map(len, told.split("examples:")[0].split("\n")))

    assert widest("40") == widest("1") <= 40 < widest("wide") == widest("") <= 100
