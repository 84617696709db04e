"""Shows findings in the format that was asked for, and turns them into an exit code."""

from collections.abc import Sequence
from importlib import import_module

from ..diagnostics.diagnostic import Diagnostic, has_errors
from ..source.span import Places
from .console import Console
from .main import FINDINGS, FINE


def show(found: Sequence[Diagnostic], places: Places, how: str, console: Console) -> int:
    """Print `found` as `how` (`human`, `json`, `sarif`, `github`, `junit`); the exit code says whether any is an error.

    A machine format is one whole document on standard output, also where there is nothing to report.
    """
    if how == "human":
        if found:
            from ..diagnostics.draw import draw_all

            console.say(draw_all(found, places, colour=console.colour, width=console.width).rstrip("\n"))
    else:
        formats = import_module(f"..diagnostics.formats.{how}", __package__)
        console.raw(formats.render(found, places))
    return FINDINGS if has_errors(found) else FINE
