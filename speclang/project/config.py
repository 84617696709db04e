"""The project's settings: `specc.toml` at its root, or `[tool.specc]` in `pyproject.toml`.

In: a folder. Out: the root and a frozen `Config`, with findings for what can't be understood.
Invariant: standard library only; a setting that is wrong is reported and takes its default.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from ..diagnostics.diagnostic import Diagnostic
from ..diagnostics.result import Result
from ..source.hashing import Json, canonical, digest
from ..source.text import SourceText
from . import errors
from .paths import MEMORY, SETTINGS, Outside, inside, is_relative

if TYPE_CHECKING:
    from .asked.judge import Judge
    from .asked.real import RealTool
    from .asked.targets import Faulty, Target
    from .disk import Tree

SHARED = "pyproject.toml"
SEVERITIES = ("error", "warning", "note")
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,99}")

JUDGING = ("E05", "E06")
"""The codes, beside those of kinds, whose severity is the project's to decide."""


class Config(NamedTuple):
    """`specs` and `generated` are folders from the root. `layout` is a dialect's name or a template's path, `layouts` are those of
    features that have one of their own, by name. `targets` are the models that get a prompt of their own, each with its layout; `asked`
    are the models and applications that `specc eval` asks, `tools` the real ones that `specc probe` calls. `store` names the variable of
    the environment that holds the address of the store of answers, "" for the project's own. `gates` are the shares of answers that have
    to pass, by level or requirement; `judge` says who tells what no code can. `tokenizer` counts what a prompt takes, `budget` is how many
    tokens it may take (0: any number). `kinds` are the foreign kinds that specs may use; `severities` overrides the severity of codes.
    `file` is where all of it was read.
    """

    specs: str = "specs"
    generated: str = "generated"
    layout: str = "markdown"
    layouts: tuple[tuple[str, str], ...] = ()
    targets: tuple[tuple[str, str], ...] = ()
    tokenizer: str = "estimate"
    budget: int = 0
    kinds: tuple[str, ...] = ()
    severities: tuple[tuple[str, str], ...] = ()
    file: str = SETTINGS
    asked: "tuple[Target, ...]" = ()
    gates: tuple[tuple[str, float], ...] = ()
    store: str = ""
    judge: "Judge | None" = None
    tools: "tuple[RealTool, ...]" = ()

    @property
    def templates(self) -> tuple[str, ...]:
        """The paths of the templates that are used, each once."""
        named = (self.layout, *(layout for _, layout in (*self.layouts, *self.targets)))
        return tuple(sorted({one for one in named if is_template(one)}))

    @property
    def digest(self) -> str:
        """The hash of every setting that can change what is built."""
        layouts: list[Json] = [list(one) for one in self.layouts]
        layouts.extend(["target", *one] for one in self.targets)
        if self.budget:
            layouts.append([self.tokenizer, self.budget])
        return digest(canonical([self.specs, self.generated, self.layout, list(self.kinds), *layouts]))


def is_template(layout: str) -> bool:
    """Whether `layout` is the path of a template, and not the name of a dialect."""
    return "." in layout or "/" in layout


class Home(NamedTuple):
    """A project: its root, its settings, the text they were read from, and its files where those that git `kept` are asked for."""

    root: Path
    config: Config
    source: SourceText
    kept: "Tree | None" = None

    @property
    def tree(self) -> "Tree":
        """The files of the project, wherever they are."""
        from .disk import OnDisk

        return self.kept or OnDisk(self.root)


class NoProject(FileNotFoundError):
    """Neither the folder nor one above it is a project's root."""


def find(start: Path) -> Result[Home]:
    """The project that `start` lies in. Raises `NoProject`, and `OSError` where a file can't be read."""
    here = start.resolve()
    if not here.is_dir():
        raise NotADirectoryError(20, "there is no such folder", str(start))
    for folder in (here, *here.parents):
        own = folder / SETTINGS
        if own.is_file():
            return settings(folder, SETTINGS, own.read_bytes())
        shared = folder / SHARED
        if shared.is_file() and has_section(data := shared.read_bytes()):
            return settings(folder, SHARED, data)
    raise NoProject(2, f"no {SETTINGS} here or above; `specc init` makes a project", str(start))


def has_section(data: bytes) -> bool:
    """Whether a `pyproject.toml` has settings of ours; one that is broken has them if it looks like it."""
    if b"specc" not in data:
        return False
    try:
        tool = tomllib.loads(data.decode("utf-8", "replace")).get("tool")
    except (tomllib.TOMLDecodeError, RecursionError):
        return re.search(rb"(?m)^[ \t]*\[tool\.specc[\].]", data) is not None
    return isinstance(tool, dict) and "specc" in tool


def settings(root: Path, name: str, data: bytes, kept: "Tree | None" = None) -> Result[Home]:
    """The project at `root` whose file of settings, `name`, holds `data`; `kept` are its files if git keeps them."""
    try:
        text = data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as problem:
        source = SourceText(name, data.decode("utf-8", "replace"))
        return Result(Home(root, Config(file=name), source, kept), (errors.not_utf8(name, data, problem.start),))
    source = SourceText(name, text)
    unread = Home(root, Config(file=name), source, kept)
    try:
        held: object = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as problem:
        return Result(unread, (errors.bad_toml(source, str(problem)),))
    table = ("tool", "specc") if name == SHARED else ()
    for part in table:
        held = held[part] if isinstance(held, dict) else held
    if not isinstance(held, dict):
        return Result(unread, (errors.bad_setting(source, table, "a table of settings"),))
    reading = _Reading(None if kept else root, source, table)
    config = reading.config(held)
    return Result(Home(root, config, source, kept), tuple(reading.found))


_EXPECTED = {
    "specs": 'a folder of the project, as "specs"',
    "generated": 'a folder of the project, as "generated"',
    "layout": '"markdown", "xml" or "plain", or the path of a template, as "layouts/ours.j2"',
    "layouts": 'a table of features with their layouts, as { desk = "layouts/desk.j2" }',
    "targets": 'a table of models and how each is reached, as { small = { use = "openai_api", model = "small-2" } }',
    "gates": 'a table of levels and requirements with shares, as { should = 0.9, "REF-1" = 0.95 }',
    "tools": 'a table of tools and how each is called, as { lookup_order = { use = "callable", at = "shop.tools:lookup_order" } }',
    "judge": 'a table that names a target, as { target = "strong", votes = 3 }',
    "store": 'the name of the variable of the environment that holds its address, as "SPECC_STORE"',
    "tokenizer": 'the name of a tokenizer, as "estimate" or "o200k_base"',
    "budget": "how many tokens a prompt may take, as 2000",
    "kinds": 'a list of names, as ["citation"]',
    "severity": 'a table of codes, as { E0502 = "error" }',
}


class _Reading:
    """One reading of a table of settings; lives no longer than the call."""

    __slots__ = ("_root", "_source", "_table", "found")

    def __init__(self, root: Path | None, source: SourceText, table: tuple[str, ...]) -> None:
        self._root = root
        self._source = source
        self._table = table
        self.found: list[Diagnostic] = []

    def config(self, held: Mapping[str, object]) -> Config:
        """The settings that `held` states; what is wrong is reported and takes its default."""
        config = Config(file=self._source.name)
        for key, value in held.items():
            match key, value:
                case "specs", str() if value:
                    config = config._replace(specs=self._path((key,), value, config.specs))
                case "generated", str() if value:
                    config = config._replace(generated=self._path((key,), value, config.generated))
                case "layout", str() if value:
                    config = config._replace(layout=self._layout((key,), value, config.layout))
                case "layouts", dict():
                    config = config._replace(layouts=tuple(sorted(self._layouts(value))))
                case (("targets" | "gates" | "judge" | "store" | "tools"), _):
                    config = self._of_runs(config, key, value)
                case "tokenizer", str() if value:
                    config = config._replace(tokenizer=value)
                case "budget", int() if not isinstance(value, bool) and value > 0:
                    config = config._replace(budget=value)
                case "kinds", list() if all(isinstance(one, str) for one in value):
                    config = config._replace(kinds=tuple(sorted(set(value))))
                case "severity", dict():
                    config = config._replace(severities=tuple(sorted(self._severities(value))))
                case _ if key in _EXPECTED:
                    self.found.append(errors.bad_setting(self._source, (*self._table, key), _EXPECTED[key]))
                case _:
                    self.found.append(errors.unknown_setting(self._source, (*self._table, key), _EXPECTED))
        return self._apart(config)

    def _of_runs(self, config: Config, key: str, value: object) -> Config:
        """`config` with what a setting says of runs."""
        from .asked import gates, judge, real

        match key, value:
            case "targets", dict():
                return self._targets(config, value)
            case "gates", dict():
                shares, wrong = gates.read(value)
                self._wrong("gates", wrong, {})
                return config._replace(gates=shares)
            case "judge", dict():
                named, wrong = judge.read(value)
                self._wrong(key, wrong, judge.EXPECTED)
                return config._replace(judge=named if named.target else None)
            case "tools", dict():
                tools, wrong = real.read(value)
                self._wrong(key, wrong, real.EXPECTED)
                return config._replace(tools=tools)
            case "store", str() if _VARIABLE.fullmatch(value):
                return config._replace(store=value)
            case _:
                self.found.append(errors.bad_setting(self._source, (*self._table, key), _EXPECTED[key]))
                return config

    def _layouts(self, held: Mapping[str, object]) -> Iterable[tuple[str, str]]:
        """The features that have a layout of their own, each with it."""
        for feature, value in held.items():
            if isinstance(value, str) and value:
                layout = self._layout(("layouts", feature), value, "")
                if layout:
                    yield feature, layout
            else:
                path = (*self._table, "layouts", feature)
                self.found.append(errors.bad_setting(self._source, path, _EXPECTED["layout"]))

    def _wrong(self, table: str, wrong: "Iterable[Faulty]", known: Mapping[str, str]) -> None:
        """Report what can't be understood in a table, which knows certain keys."""
        for one in wrong:
            at, path, said = self._source, (*self._table, table, *one.path), one.expected
            self.found.append(errors.bad_setting(at, path, said) if said else errors.unknown_setting(at, path, known))

    def _targets(self, config: Config, held: Mapping[str, object]) -> Config:
        """`config` with the models that get a prompt of their own, and those that are asked."""
        from .asked.targets import EXPECTED, read

        found = read(held)
        self._wrong("targets", found.wrong, EXPECTED)
        chosen = [(name, self._layout(("targets", name, "layout"), layout, "")) for name, layout in found.layouts]
        layouts = tuple(sorted(one for one in chosen if one[1]))
        return config._replace(targets=layouts, asked=found.asked)

    def _layout(self, key: tuple[str, ...], value: str, default: str) -> str:
        return self._path(key, value, default) if is_template(value) else value

    def _path(self, key: tuple[str, ...], value: str, default: str) -> str:
        """`value` as a path from the root, without `.` and trailing `/`; `default` if it leads out of it."""
        path = PurePosixPath(value)
        if ".." in path.parts or "\\" in value or MEMORY in path.parts[:1] or not self._is_inside(value):
            self.found.append(errors.outside(self._source, (*self._table, *key), value))
            return default
        return path.as_posix()

    def _is_inside(self, value: str) -> bool:
        if self._root is None:  # no link on the disk says where git's files lead
            return is_relative(value)
        with suppress(Outside):
            return bool(inside(self._root, value))
        return False

    def _apart(self, config: Config) -> Config:
        """`config`, or its defaults where generated files would lie among others: a build removes what it finds there."""
        specs, generated = (PurePosixPath(one.casefold()) for one in (config.specs, config.generated))
        if generated in (specs, *specs.parents, PurePosixPath()):
            self.found.append(errors.same_folder(self._source, self._table, config.specs, config.generated))
            return config._replace(specs=Config().specs, generated=Config().generated)
        return config

    def _severities(self, held: Mapping[str, object]) -> Iterable[tuple[str, str]]:
        """The codes that get another severity: those that judge a spec which is understood, so that nothing else is called fine."""
        from ..diagnostics.pages import codes

        known = codes()
        for code, value in held.items():
            path = (*self._table, "severity", code)
            if code not in known and "/" not in code:
                self.found.append(errors.unknown_code(self._source, path, known))
            elif not code.startswith(JUDGING) and "/" not in code:
                self.found.append(errors.fixed_severity(self._source, path, JUDGING))
            elif value not in SEVERITIES:
                self.found.append(errors.bad_setting(self._source, path, '"error", "warning" or "note"'))
            else:
                yield code, str(value)
