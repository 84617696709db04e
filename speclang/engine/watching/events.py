"""What happens while a project is watched, as data; whoever shows it decides how it looks.

Invariant: an event holds all that is told of it; nothing has to be read again to show it.
"""

from enum import StrEnum

from ...diagnostics.diagnostic import Diagnostic
from ...lock.lockfile import Feature
from ...source.records import dataclass, field
from ...source.span import Places
from ..absorption.asking import Rewritten
from .effects import Effects


class About(StrEnum):
    """What findings are about: the specs themselves, or generated files that do not say what the specs say."""

    SPECS = "specs"
    FILES = "files"


@dataclass(frozen=True, slots=True)
class Changed:
    """These files are not as they were: paths from the root, sorted; none where it is the first look."""

    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """All that is said about the specs, or about the files, from now on; nothing where all is well.

    `awaits` says that somebody has to choose what becomes of hand edits before anything is built.
    """

    about: About
    diagnostics: tuple[Diagnostic, ...]
    places: Places = field(repr=False)
    awaits: bool = False


@dataclass(frozen=True, slots=True)
class Wrote:
    """A build has written: paths that changed, that are gone, copies of what was discarded, and what that means by feature."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    saved: tuple[str, ...]
    effects: tuple[Effects, ...]


@dataclass(frozen=True, slots=True)
class Took:
    """Hand edits were taken back into the specs: the requirements that say something else now, the change, and what follows."""

    requirements: tuple[str, ...]
    specs: tuple[Rewritten, ...]
    effects: tuple[Effects, ...] = ()


@dataclass(frozen=True, slots=True)
class Failed:
    """The system did not let us do something; `text` says what. It is tried again after the next change."""

    text: str


@dataclass(frozen=True, slots=True)
class Stands:
    """How the project stands at the end of a round; `features` are its counts, those of the last specs that held."""

    in_sync: bool
    features: tuple[Feature, ...]
    summary: str


Event = Changed | Found | Wrote | Took | Failed | Stands
