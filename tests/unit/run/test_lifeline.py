"""A server that a run has started does not outlive it, whatever ends the run."""

import os
import re
import signal
import socket
import subprocess
import sys
import time

STARTER = """
import subprocess, sys, time
server = subprocess.Popen(
    [sys.executable, "-u", "-m", "speclang.run.lifeline", "http.server", "0", "--bind", "127.0.0.1"],
    stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
)
print(server.stdout.readline(), flush=True)
time.sleep(120)
"""


def listens(port: int) -> bool:
    """Whether somebody takes connections."""
    with socket.socket() as trying:
        return trying.connect_ex(("127.0.0.1", port)) == 0


def test_the_server_of_a_starter_that_is_killed_ends() -> None:
    with subprocess.Popen([sys.executable, "-u", "-c", STARTER], stdout=subprocess.PIPE, text=True) as starter:
        try:
            assert starter.stdout is not None
            said = starter.stdout.readline()
            found = re.search(r"port (\d+)", said)
            assert found, said
            port = int(found[1])
            assert listens(port)
            os.kill(starter.pid, signal.SIGKILL)
            until = time.monotonic() + 30
            while listens(port):
                assert time.monotonic() < until, "the server goes on"
                time.sleep(0.05)
        finally:
            starter.kill()


def test_the_module_gets_its_arguments_and_its_end_is_the_end() -> None:
    command = [sys.executable, "-m", "speclang.run.lifeline", "json.tool", "--help"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as tool:
        assert tool.stdout is not None
        assert "usage:" in tool.stdout.read()
        assert tool.wait(60) == 0
