"""Shows findings in the format that was asked for, and turns them into an exit code."""

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from ..diagnostics.diagnostic import Diagnostic, has_errors
from ..project.paths import in_repository
from ..source.span import Places
from .console import Console
from .main import FINDINGS, FINE

FOR_HOSTS = ("github", "sarif")
"""What a service reads that knows files by the way from the top of the repository."""


def show(found: Sequence[Diagnostic], places: Places, how: str, console: Console, root: Path | None = None) -> int:
    """Print `found` as `how` (`human`, `json`, `sarif`, `github`, `junit`); the exit code says whether any is an error.

    A machine format is one whole document on standard output, also where there is nothing to report. `root` is the folder
    in which the files of the findings lie, where that is known.
    """
    if how == "human":
        if found:
            from ..diagnostics.draw import draw_all

            console.say(draw_all(found, places, colour=console.colour, width=console.width).rstrip("\n"))
    else:
        formats = import_module(f"..diagnostics.formats.{how}", __package__)
        lead = (in_repository(root),) if root is not None and how in FOR_HOSTS else ()
        console.raw(formats.render(found, places, *lead))
    return FINDINGS if has_errors(found) else FINE
