"""Ctrl-C at any moment of a command: it ends as others do, and shows no traceback."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2]

AT = """
import os, signal, sys
sys.argv = ["specc", "check"]
from speclang.cli.entry import run
wanted = {wanted!r}
if wanted == "the end":
    import gc
    gc.freeze = lambda: os.kill(os.getpid(), signal.SIGINT)
def stop(event, details):
    if event == "import" and details[0] == wanted:
        os.kill(os.getpid(), signal.SIGINT)
sys.addaudithook(stop)
if {ignored}:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
sys.exit(run())
"""

MOMENTS = ("speclang.cli.main", "speclang.cli.arguments", "argparse", "speclang.cli.options", "the end")
"""Modules that a command loads, one after the other, and the end of all its work."""


def stopped(folder: Path, wanted: str, *, ignored: bool = False) -> "subprocess.CompletedProcess[str]":
    """`specc check`, which gets a real signal when it loads the module `wanted`."""
    return subprocess.run(
        [sys.executable, "-c", AT.format(wanted=wanted, ignored=ignored)],
        cwd=folder,
        env={"PYTHONPATH": str(PACKAGE), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.skipif(sys.platform == "win32", reason="there, no process sends itself this signal")
@pytest.mark.parametrize("wanted", MOMENTS)
def test_whoever_stops_a_command_sees_no_traceback(project: Path, wanted: str) -> None:
    ended = stopped(project, wanted)
    assert ended.returncode in (130, -signal.SIGINT)
    assert ended.stderr in ("", "specc: stopped\n")


@pytest.mark.skipif(sys.platform == "win32", reason="there, no process sends itself this signal")
def test_a_command_for_which_the_signal_is_ignored_goes_on(project: Path) -> None:
    ended = stopped(project, "speclang.cli.main", ignored=True)
    assert (ended.returncode, ended.stderr) == (0, "")
