"""The project's settings: `specc.toml` at its root, or `[tool.specc]` in `pyproject.toml`.

In: a folder. Out: the root and a frozen `Config`, with findings for what can't be understood.
Invariant: standard library only; a setting that is wrong is reported and takes its default.
"""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from ..diagnostics.diagnostic import Diagnostic
from ..diagnostics.result import Result
from ..source.hashing import canonical, digest
from ..source.text import SourceText
from . import errors
from .paths import Outside, inside

OWN, SHARED = "specc.toml", "pyproject.toml"
SEVERITIES = ("error", "warning", "note")


class Config(NamedTuple):
    """`specs` and `generated` are folders from the root. `layout` is a dialect's name or a template's path.

    `kinds` are the foreign kinds that specs may use; `severities` overrides the severity of codes. `file` is where all of
    it was read.
    """

    specs: str = "specs"
    generated: str = "generated"
    layout: str = "markdown"
    kinds: tuple[str, ...] = ()
    severities: tuple[tuple[str, str], ...] = ()
    file: str = OWN

    @property
    def has_template(self) -> bool:
        """Whether `layout` is the path of a template, and not the name of a dialect."""
        return "." in self.layout or "/" in self.layout

    @property
    def digest(self) -> str:
        """The hash of every setting that can change what is built."""
        return digest(canonical([self.specs, self.generated, self.layout, list(self.kinds)]))


class Home(NamedTuple):
    """A project: its root, its settings, and the text they were read from."""

    root: Path
    config: Config
    source: SourceText


class NoProject(FileNotFoundError):
    """Neither the folder nor one above it is a project's root."""


def find(start: Path) -> Result[Home]:
    """The project that `start` lies in. Raises `NoProject`, and `OSError` where a file can't be read."""
    here = start.resolve()
    if not here.is_dir():
        raise NotADirectoryError(20, "there is no such folder", str(start))
    for folder in (here, *here.parents):
        own = folder / OWN
        if own.is_file():
            return _read(folder, OWN)
        shared = folder / SHARED
        if shared.is_file() and b"[tool.specc]" in shared.read_bytes():
            return _read(folder, SHARED)
    raise NoProject(2, f"no {OWN} here or above; `specc init` makes a project", str(start))


def _read(root: Path, name: str) -> Result[Home]:
    text = (root / name).read_bytes().decode("utf-8", "replace")
    source = SourceText(name, text)
    try:
        held: Mapping[str, object] = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as problem:
        return Result(Home(root, Config(file=name), source), (errors.bad_toml(source, str(problem)),))
    if name == SHARED:
        tool = held.get("tool")
        section = tool.get("specc") if isinstance(tool, dict) else None
        held = section if isinstance(section, dict) else {}
    found: list[Diagnostic] = []
    config = _config(root, source, held, found)
    return Result(Home(root, config, source), tuple(found))


def _config(root: Path, source: SourceText, held: Mapping[str, object], found: list[Diagnostic]) -> Config:
    config = Config(file=source.name)
    for key, value in held.items():
        match key, value:
            case ("specs" | "generated", str()) if value:
                config = _folder(root, source, key, value, config, found)
            case "layout", str() if value:
                config = config._replace(layout=value)
            case "kinds", list() if all(isinstance(one, str) for one in value):
                config = config._replace(kinds=tuple(sorted(set(value))))
            case "severity", dict() if all(one in SEVERITIES for one in value.values()):
                config = config._replace(severities=tuple(sorted(value.items())))
            case _ if key in _EXPECTED:
                found.append(errors.bad_setting(source, key, _EXPECTED[key]))
            case _:
                found.append(errors.unknown_setting(source, key, _EXPECTED))
    if config.specs == config.generated:
        found.append(errors.same_folder(source, config.specs))
    return config


_EXPECTED = {
    "specs": 'a folder of the project, as "specs"',
    "generated": 'a folder of the project, as "generated"',
    "layout": '"markdown", or the path of a template, as "layouts/ours.j2"',
    "kinds": 'a list of names, as ["citation"]',
    "severity": 'a table of codes, each "error", "warning" or "note"',
}


def _folder(root: Path, source: SourceText, key: str, value: str, config: Config, found: list[Diagnostic]) -> Config:
    name = value.rstrip("/") or value
    try:
        inside(root, name)
    except Outside:
        found.append(errors.outside(source, key, value))
        return config
    return config._replace(specs=name) if key == "specs" else config._replace(generated=name)
