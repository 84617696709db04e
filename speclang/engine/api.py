"""What Python programs call: the engine behind the commands, with a folder's name as they have it.

In: the folder of a project, or one inside it; the name of a kind. Out: values; nothing is printed.
Invariant: raises `NoProject` where there is no project and `OSError` where a file can't be read or written; a fault of a
spec is never raised, it stands in `diagnostics`.
"""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from . import build as building
from . import check as checking
from .build import Built
from .check import Report
from .compiling import open_project
from .pipeline import Compiled

if TYPE_CHECKING:
    from ..kit.conformance import Compiled as Sampled

Folder = str | os.PathLike[str]


def compile(folder: Folder = ".") -> Compiled:
    """Every stage of the project's compilation; nothing is written."""
    return open_project(Path(folder)).compiled


def check(folder: Folder = ".") -> Report:
    """Whether specs and generated files say the same; nothing is written but what `check` remembers in `.specc/`."""
    return checking.check(Path(folder))


def build(folder: Folder = ".", *, discard: bool = False, dry_run: bool = False) -> Built:
    """Write what the specs say; `discard` also over hand edits, of which a copy is kept in `.specc/discarded/`."""
    return building.build(Path(folder), discard=discard, dry_run=dry_run)


def conformance(kind: str) -> tuple[str, ...]:
    """What the kind called `kind`, ours or of an installed package, does not keep of what every kind promises, in words.

    A package that brings a kind has it as its test: `assert speclang.conformance("citation") == ()`. Raises `UnknownKind`,
    a `LookupError`, where no kind of this name can be loaded.
    """
    from ..kit.conformance import problems
    from ..kit.registry import load

    return tuple(problems(load(kind, (kind,)), lambda spec: _sample(spec, kind)))


def _sample(spec: str, kind: str) -> "Sampled":
    """A spec that the conformance suite asks to be read."""
    from ..bind import bind
    from ..kit.conformance import Compiled as Sampled
    from ..source.text import SourceText
    from ..syntax.parser import parse

    tree = parse(SourceText("sample.spec", spec))
    program = bind((tree.value,), (kind,))
    texts = {unit.name: unit.text for unit in tree.value.units}
    features = program.value.features
    return Sampled(
        features[0] if len(features) == 1 else None,
        (*tree.diagnostics, *program.diagnostics),
        lambda span: texts[span.unit][span.start : span.end],
    )
