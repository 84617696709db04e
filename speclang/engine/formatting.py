"""Formats the files of a project.

In: a folder and the paths that were named. Out: a report. A file with a syntax error is left as it is.
"""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from ..diagnostics.diagnostic import Diagnostic, ordered
from ..diagnostics.result import Result
from ..project import config, disk, paths
from ..source.records import dataclass, field, replace
from ..source.span import Places
from ..source.text import SourceText
from ..syntax.edit import places as places_of
from ..syntax.format import format_source
from ..syntax.parser import parse
from .affected import with_plain_lines
from .versions.staged import staged


@dataclass(frozen=True, slots=True, kw_only=True)
class Formatted:
    """`changed` pairs each text that is not in style with what it becomes; `left` are files on the disk that were not written,
    for they are not what is staged.
    """

    changed: tuple[tuple[SourceText, str], ...]
    diagnostics: tuple[Diagnostic, ...]
    left: tuple[str, ...] = ()
    places: Places = field(repr=False)

    def diff(self) -> Iterator[str]:
        """What changes, as a unified diff."""
        for source, text in self.changed:
            lines = source.text.splitlines(keepends=True), text.splitlines(keepends=True)
            yield from difflib.unified_diff(*lines, f"a/{source.name}", f"b/{source.name}")


def format_files(start: Path, named: Sequence[Path], *, write: bool) -> Formatted:
    """Format the specs `named` (files or folders; none: all of the project), writing them if `write`.

    Raises `NoProject`, `Outside` for a path that is not in the project, and `OSError`.
    """
    home = config.find(start).value
    disk.recover(home.root)
    names = (
        [name for path in named for name in _below(home, path)]
        if named
        else paths.files_below(home.root, home.config.specs, ".spec")
    )
    hashes = dict(disk.hashes(home.root, dict.fromkeys(names)))
    report = _formatted(disk.read(home.root, hashes))
    if write:
        _write(home, report.changed, hashes)
    return report


def format_staged(start: Path, *, write: bool) -> Formatted:
    """Format the specs that are staged (where nothing is: all), writing those that lie on the disk as they are staged if `write`.

    Raises `NoProject`, `GitFailed` and `OSError`.
    """
    what = staged(start)
    if what.found is None or what.untouched:
        return _formatted(Result(()))
    home = what.found.value
    names = home.tree.below(home.config.specs, ".spec")
    report = _formatted(home.tree.read(name for name in names if name in what.changes.names or not what.changes.any))
    hashes = dict(disk.hashes(home.root, (source.name for source, _ in report.changed)))
    lying = {source.name: source for source in disk.read(home.root, [name for name in hashes if hashes[name]]).value}
    same = [
        lying[source.name]
        for source, _ in report.changed
        if source.name in lying and with_plain_lines(lying[source.name]).text == with_plain_lines(source).text
    ]
    if write:
        _write(home, [(source, format_source(source).value) for source in same], hashes)
    alike = {source.name for source in same}
    return replace(report, left=tuple(source.name for source, _ in report.changed if source.name not in alike))


def _formatted(texts: Result[tuple[SourceText, ...]]) -> Formatted:
    found = list(texts.diagnostics)
    changed: list[tuple[SourceText, str]] = []
    for source in texts.value:
        result = format_source(source)
        found.extend(result.diagnostics)
        if result.value != source.text:
            changed.append((source, result.value))
    broken = {one.primary.span.unit.file for one in found}
    where = places_of(parse(source).value for source in texts.value if source.name in broken)
    return Formatted(changed=tuple(changed), diagnostics=ordered(found, where), places=where)


def _write(home: config.Home, changed: Sequence[tuple[SourceText, str]], hashes: Mapping[str, str]) -> None:
    if changed:
        judged = {source.name: hashes[source.name] for source, _ in changed}
        disk.write_all(home.root, {source.name: text.encode() for source, text in changed}, judged)


def _below(home: config.Home, path: Path) -> Sequence[str]:
    if not path.exists():
        raise FileNotFoundError(2, "there is no such file", str(path))
    name = paths.relative(home.root, path)
    return paths.files_below(home.root, name, ".spec") if path.is_dir() else [name]
