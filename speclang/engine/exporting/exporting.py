"""A feature as the files of another tool, in a folder of the project or as one text.

In: an opened project, a format, a feature. Out: texts by file name, and what they can't say; written, all or none.
Invariant: a file that is there is replaced only if specc wrote it and nobody has changed it since: the folder holds a list of what was
written, with hashes.
"""

import json
import pkgutil
from collections.abc import Mapping
from importlib import import_module
from typing import Protocol, cast

from ...diagnostics.diagnostic import Diagnostic
from ...export import formats
from ...export.judge import Judge
from ...export.material import Files, Material
from ...project import disk
from ...source.hashing import digest
from ...source.records import dataclass, field
from ...source.span import Places
from ..compiling import Opened
from .errors import lost
from .material import material

LIST = ".specc-export.json"
"""The file of a folder that tells what was written to it."""


class Format(Protocol):
    """What a file of `export.formats` has."""

    WRITES: str
    """What it writes, for the help."""
    TOOL: str
    """The tool whose files these are, as people call it."""
    GRADES: bool
    """Whether these files give verdicts."""

    def files(self, material: Material) -> Files:
        """The files of a feature."""


class NotOurs(Exception):
    """A file is in the way that specc did not write, or that somebody has changed since."""

    def __init__(self, path: str) -> None:
        """Keep the path."""
        super().__init__(path)
        self.path = path


@dataclass(frozen=True, slots=True)
class Export:
    """The files of one feature in `format`, by name, with what they can't say."""

    feature: str
    texts: Mapping[str, str]
    diagnostics: tuple[Diagnostic, ...]
    places: Places = field(repr=False)


def format_names() -> tuple[str, ...]:
    """The formats, sorted."""
    return tuple(sorted(one.name.replace("_", "-") for one in pkgutil.iter_modules(formats.__path__)))


def writes(name: str) -> str:
    """What the format `name` is."""
    return _format(name).WRITES


def grades(name: str) -> bool:
    """Whether the files of the format `name` give verdicts."""
    return _format(name).GRADES


def _format(name: str) -> Format:
    return cast("Format", import_module(f"{formats.__name__}.{name.replace('-', '_')}"))


def export(
    opened: Opened,
    format: str,
    feature: str,
    model: str = "",
    repeat: int = 0,
    target: str = "",
    judge: Judge | None = None,
) -> Export:
    """The files of `feature` in `format`, with the prompt of `target`; requests go to `model`, `repeat` times each.

    `judge` travels with a suite, and tells what no code can.
    """
    known = _format(format)
    given = material(opened, feature, model, repeat, target, judge)
    made = known.files(given)
    heads = {one.id: one.head for one in given.feature.requirements}
    told = tuple(lost(one, known.TOOL, given.feature, heads) for one in made.losses)
    return Export(feature, made.texts, told, opened.compiled.places)


def write(opened: Opened, folder: str, texts: Mapping[str, str], *, overwrite: bool = False) -> tuple[str, ...]:
    """Make `folder` hold `texts`, and nothing more of an older export; the paths that changed. Raises `NotOurs` and `OSError`."""
    lead = "" if folder == "." else f"{folder}/"
    before = _listed(opened, f"{lead}{LIST}")
    paths = {f"{lead}{name}": name for name in dict.fromkeys((*texts, *before))}
    held = dict(disk.hashes(opened.root, paths))
    new: dict[str, bytes | None] = {f"{lead}{name}": text.encode() for name, text in texts.items()}
    for path, hash in held.items():
        name = paths[path]
        ours = hash in ("", before.get(name))
        if name in texts and not ours and not overwrite and hash != digest(texts[name]):
            raise NotOurs(path)
        if name not in texts and ours and hash:
            new[path] = None
    rows = {name: digest(text) for name, text in sorted(texts.items())}
    new[f"{lead}{LIST}"] = (json.dumps({"version": 1, "files": rows}, indent=1) + "\n").encode()
    return disk.write_all(opened.root, new, held)


def _listed(opened: Opened, path: str) -> dict[str, str]:
    """What an older export has written, with hashes, by its list at `path`; one that can't be read says nothing."""
    try:
        rows = json.loads(disk.read_text(opened.root, path) or "{}")["files"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return {}
    plain = rows.items() if isinstance(rows, dict) else ()
    return {name: hash for name, hash in plain if "/" not in name and "\\" not in name and name not in ("", ".", "..")}
