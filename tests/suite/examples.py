"""The specs that pages hold: one file, or several under lines `--- path/name.spec`, and what compiling them says."""

import os
import re
from collections.abc import Mapping
from pathlib import Path

from speclang.diagnostics.diagnostic import Diagnostic, ordered
from speclang.diagnostics.draw import draw
from speclang.engine.pipeline import Compiled, compile_texts
from speclang.project.config import Config
from speclang.source.span import Places
from speclang.source.text import SourceText

WIDTH = 100

ODD = re.compile(r"(?m)^--- \S+ \(")
"""A file that can't be handed over as a text."""


def files(block: str) -> dict[str, str]:
    """The files that a block holds; a name may end in how the file is made."""
    pieces = re.split(r"(?m)^--- (\S+(?: \(.*\))?)\n", block)
    if len(pieces) == 1:
        return {"example.spec": block}
    return dict(zip(pieces[1::2], pieces[2::2], strict=True))


def put(folder: Path, name: str, text: str) -> None:
    """Make the file `name`, as what stands in parentheses after it says."""
    name, _, how = name.removesuffix(")").partition(" (")
    if how == "link":
        (folder / name).symlink_to("nowhere")
        return
    (folder / name).write_text(text, encoding=how if how and "MiB" not in how else "utf-8")
    if "MiB" in how:
        os.truncate(folder / name, int(how.removesuffix(" MiB")) << 20)


def compiled(texts: Mapping[str, str]) -> Compiled:
    """What the specs compile to."""
    return compile_texts([SourceText(name, text) for name, text in texts.items()], Config())


def drawn(found: tuple[Diagnostic, ...], places: Places) -> str:
    """All findings as pictures, in order."""
    return "\n".join(draw(one, places, width=WIDTH) for one in ordered(found, places))
