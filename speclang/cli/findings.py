"""Shows findings in the format that was asked for, and turns them into an exit code."""

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from ..diagnostics.diagnostic import Diagnostic, has_errors, is_smell
from ..project.paths import in_repository
from ..source.span import Places
from .console import Console
from .main import FINDINGS, FINE

FOR_HOSTS = ("github", "sarif")
"""What a service reads that knows files by the way from the top of the repository."""

WORDS, COVERAGE = ("E060", "E061"), ("E062",)
"""How the codes begin of words that smell, and of requirements that nothing tries or that nothing can fail."""


def show(
    found: Sequence[Diagnostic],
    places: Places,
    how: str,
    console: Console,
    root: Path | None = None,
    *,
    also: Sequence[str] = (),
) -> int:
    """Print `found` as `how` (`human`, `json`, `sarif`, `github`, `junit`); the exit code says whether any is an error.

    A machine format is one whole document on standard output, also where there is nothing to report. `root` is the folder
    in which the files of the findings lie, where that is known. Of smells and of what is not covered, those are shown whose
    codes begin as `also` says; the smells among the others are counted.
    """
    left = tuple(one for one in found if is_smell(one) and not one.code.id.startswith(tuple(also)))
    told = set(map(id, left))
    found = tuple(one for one in found if id(one) not in told)
    if how == "human":
        if found:
            from ..diagnostics.draw import draw_all

            console.say(draw_all(found, places, colour=console.colour, width=console.width).rstrip("\n"))
    else:
        formats = import_module(f"..diagnostics.formats.{how}", __package__)
        lead = (in_repository(root),) if root is not None and how in FOR_HOSTS else ()
        console.raw(formats.render(found, places, *lead))
    if how == "human":
        count_smells(left, console)
    return FINDINGS if has_errors(found) else FINE


def count_smells(found: Sequence[Diagnostic], console: Console) -> None:
    """Say how many of `found` are smells, and where they are."""
    smells = [one for one in found if is_smell(one) and one.code.id.startswith(WORDS)]
    if not smells:
        return
    files = tuple(dict.fromkeys(one.primary.span.unit.file for one in smells))
    number = "1 smell" if len(smells) == 1 else f"{len(smells):,} smells"
    where = files[0] if len(files) == 1 else f"{len(files)} files"
    console.tell(f"{number} in {where}; `specc check --smells` shows {'it' if len(smells) == 1 else 'them'}")
