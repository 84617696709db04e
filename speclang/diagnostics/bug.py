"""A bug of ours in words that hold nothing of the user's.

In: an exception. Out: a line. Invariant: what the exception itself says is left out, for it may quote a spec.
"""

from pathlib import Path

_OURS = Path(__file__).parents[1]


def place(problem: BaseException) -> str:
    """What sort of exception it is, and the places in our code that it came through, the last first."""
    from traceback import extract_tb

    frames = [
        f"{Path(frame.filename).relative_to(_OURS)}:{frame.lineno}"
        for frame in extract_tb(problem.__traceback__)
        if Path(frame.filename).is_relative_to(_OURS)
    ]
    return f"{type(problem).__name__} at {' < '.join(reversed(frames)) or 'a library'}"
