"""A project on the disk, compiled.

In: a folder. Out: the project and its compilation, with what was wrong in settings and files. Reads; writes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..diagnostics.diagnostic import Diagnostic, ordered
from ..project import config, disk, paths
from ..project.errors import no_specs
from ..source.span import Places
from ..source.text import SourceText
from .pipeline import Compiled, compile_texts
from .proof import prove, proved_by


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A project and what its specs compile to."""

    home: config.Home
    compiled: Compiled

    @property
    def root(self) -> Path:
        """The project's root."""
        return self.home.root


def open_project(start: Path) -> Opened:
    """Compile the project that `start` lies in, after finishing what a killed build had begun.

    Raises `NoProject` and `OSError`.
    """
    found = config.find(start)
    home = found.value
    disk.recover(home.root)
    names = paths.files_below(home.root, home.config.specs, ".spec")
    texts = disk.read(home.root, names)
    template = disk.read(home.root, [home.config.layout] if home.config.has_template else [])
    compiled = compile_texts(texts.value, home.config, next(iter(template.value), None))
    heard = [*found.diagnostics, *texts.diagnostics, *template.diagnostics, *compiled.diagnostics]
    if not names and not heard:
        heard.append(no_specs(home.config.specs, home.config.file))
    heard.extend(_proofs(home, compiled))
    places = with_sources(compiled.places, [home.source])
    return Opened(home=home, compiled=replace(compiled, diagnostics=ordered(heard, places), places=places))


def with_sources(places: Places, sources: Sequence[SourceText]) -> Places:
    """`places` with further texts in which findings may lie."""
    return Places({**places.sources, **{source.name: source for source in sources}}, places.starts)


def _proofs(home: config.Home, compiled: Compiled) -> list[Diagnostic]:
    """Findings about the graders of the kinds in use; a kind that was proved before is not proved again."""
    foreign = home.config.kinds
    used = sorted({one.kind for feature in compiled.program.features for one in feature.requirements})
    found: list[Diagnostic] = []
    for kind in used:
        code = proved_by(kind, foreign)
        if disk.recall(home.root, f"proved/{kind}") == code:
            continue
        wrong = list(prove(kind, foreign))
        found.extend(wrong)
        if not wrong:
            disk.remember(home.root, f"proved/{kind}", code.encode())
    return found
