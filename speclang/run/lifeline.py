"""Runs a module of Python as long as whoever started it lives: `python -m speclang.run.lifeline MODULE ARGUMENTS`.

In: standard input, the other end of which the starter holds and never writes to. When the starter ends, however it does, that end is
closed by the system, and this process ends too: so no server outlives a run that was killed. Works wherever there are pipes.
"""

import os
import runpy
import sys
import threading


def main() -> None:
    """Run the module that the first argument names, as `python -m` does."""
    threading.Thread(target=_hold, daemon=True).start()
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


def _hold() -> None:
    """Wait for the end of standard input, then end at once, whatever the module is doing."""
    while os.read(0, 4096):
        pass
    os._exit(1)


if __name__ == "__main__":
    main()
