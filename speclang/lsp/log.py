"""What the server says of itself, on standard error: paths, methods, places in our code. Never a word of a spec or prompt.

In: what happened. Out: a line. Invariant: nothing that a user wrote is in it, so that a log can be sent to somebody.
"""

import logging
import sys

from ..diagnostics.bug import place


def quiet() -> None:
    """Let no library log: it would tell whole messages, and with them texts."""
    logging.getLogger().addHandler(logging.NullHandler())
    for name in ("pygls", "asyncio"):
        found = logging.getLogger(name)
        found.propagate = False
        found.handlers = [logging.NullHandler()]


def note(text: str) -> None:
    """Say one line."""
    sys.stderr.write(f"specc lsp: {text}\n")
    sys.stderr.flush()


def failed(doing: str, problem: BaseException) -> None:
    """Say that `doing` (a method of the protocol) stopped, with what and where; the words of the problem may be a user's."""
    note(f"{doing}: {place(problem)}; please report it")
