"""The entry point of the process: whoever stops it sees no traceback, however early or late that is.

In: the arguments of the process. Out: its exit code.
Invariant: only a command that runs heeds Ctrl-C; before and after it, the system ends the process without a word, as it ends others.
"""

# `signal` makes enumerations of these names, which takes longer than all that stands here.
from _signal import SIG_DFL, SIGINT, default_int_handler, getsignal, signal  # type: ignore[import-not-found]


def run() -> int:
    """Run the command that the process was started for."""
    heeded = getsignal(SIGINT) is default_int_handler  # a shell has it ignored for what runs behind it
    if heeded:
        signal(SIGINT, SIG_DFL)
    from .main import STOPPED, main

    try:
        if heeded:
            signal(SIGINT, default_int_handler)
        return main()
    except KeyboardInterrupt:
        return STOPPED
    finally:
        if heeded:
            signal(SIGINT, SIG_DFL)
