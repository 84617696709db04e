"""Files of another tool become a draft of a spec, with an account of everything in them.

In: a folder, a format and files. Out: one new spec in the project of the folder, or in a new one, and a report.
Invariant: no file is replaced; what is written compiles, since a part that does not is taken out and told; all files or none.
"""

import pkgutil
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from ...diagnostics.diagnostic import Diagnostic, has_errors
from ...model.identity import is_name
from ...project import config as settings
from ...project.disk import write_all
from ...project.joining import NoText, bytes_of, home_of, in_the_way
from ...project.paths import SETTINGS
from ...source.records import dataclass, field
from ...source.span import Places
from ...source.text import SourceText
from ..affected import with_plain_lines
from ..build import build
from ..compiling import open_project
from ..heap import uncollected
from ..pipeline import Compiled, compile_texts
from ..starting.start import CONFIG, IGNORED, AlreadyThere
from . import errors, formats
from .document import Malformed, Node
from .draft import Draft
from .failing import NotImported, NotThis
from .ledger import Ledger
from .reading import read

LARGEST = 16 * 1024 * 1024
"""The largest file, in bytes, that is imported."""

FILES = 64
"""The most files of one import."""

_MARK = "\ufeff"


class Format(Protocol):
    """What a file of `formats` has."""

    READS: str
    """What it reads, for the help."""
    REASONS: Mapping[str, tuple[str, str]]
    """Why what stands under a key is not carried over, and what to do."""

    def convert(self, documents: Sequence[Node], draft: Draft) -> None:
        """Lay out the documents. Raises `NotThis`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """`spec` is the path of the draft and `text` what it holds; `written` are the paths that were written, none without a draft.

    `carried` of `values` are in the draft; every other one is in `diagnostics`, and in `gathered`, which joins those of a kind.
    """

    root: Path
    spec: str
    text: str
    written: tuple[str, ...]
    carried: int
    values: int
    figures: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]
    gathered: tuple[Diagnostic, ...]
    places: Places = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Home:
    root: Path
    config: settings.Config
    sources: tuple[SourceText, ...]
    templates: tuple[SourceText, ...]
    fresh: bool


def format_names() -> tuple[str, ...]:
    """The formats that can be imported, sorted."""
    return tuple(sorted(one.name.replace("_", "-") for one in pkgutil.iter_modules(formats.__path__)))


def reads(name: str) -> str:
    """What the format `name` is."""
    return _format(name).READS


def _format(name: str) -> Format:
    return cast("Format", import_module(f"{formats.__name__}.{name.replace('-', '_')}"))


@uncollected()
def import_files(
    folder: Path, format: str, files: Sequence[Path], name: str = "", *, dry_run: bool = False
) -> Imported:
    """Write a draft of a spec for `files`, in the project of `folder` or a new one.

    Nothing is written if a file can't be read as what it is. Raises `NotImported`, `AlreadyThere` and `OSError`, in each case
    before anything is written.
    """
    called = name or _named_after(files[0])
    if not is_name(called):
        raise NotImported(f"`{called}` can't be the name of a feature; use letters, digits and `_`, 64 at most")
    texts = _texts(files)
    home = _home(folder)
    spec = f"{home.config.specs}/{called}.spec"
    there = in_the_way(home.root, (spec, f"{home.config.generated}/{called}", *((SETTINGS,) if home.fresh else ())))
    if there:
        raise AlreadyThere(there)
    places = Places.of(texts, {})
    found = converted(format, texts, called, home)
    if isinstance(found, Diagnostic):
        return Imported(
            root=home.root,
            spec=spec,
            text="",
            written=(),
            carried=0,
            values=0,
            figures=(),
            diagnostics=(found,),
            gathered=(found,),
            places=places,
        )
    draft, text = found
    new = {spec: text.encode()}
    if home.fresh:
        new[SETTINGS] = CONFIG.encode()
        if not in_the_way(home.root, [".gitignore"]):
            new[".gitignore"] = IGNORED.encode()
    if not dry_run:
        home_of(home.root)
        write_all(home.root, new, dict.fromkeys(new, ""))
    ledger = draft.ledger
    return Imported(
        root=home.root,
        spec=spec,
        text=text,
        written=() if dry_run else tuple(new),
        carried=ledger.carried,
        values=ledger.values,
        figures=tuple(draft.figures),
        diagnostics=tuple(errors.lost(one) for one in ledger.losses),
        gathered=errors.gathered(ledger.losses),
        places=places,
    )


def _texts(files: Sequence[Path]) -> tuple[SourceText, ...]:
    if len(files) > FILES:
        raise NotImported(f"{len(files)} files are named; {FILES} is the most")
    found: list[SourceText] = []
    for path in files:
        if any(one.name == path.as_posix() for one in found):
            raise NotImported(f"`{path.as_posix()}` is named twice")
        try:
            data = bytes_of(path, LARGEST)
            found.append(SourceText(path.as_posix(), data.decode("utf-8").removeprefix(_MARK)))
        except NoText as problem:
            raise NotImported(f"`{path.as_posix()}` {problem}") from problem
        except UnicodeDecodeError as problem:
            raise NotImported(
                f"`{path.as_posix()}` is not UTF-8 at byte {problem.start:,}; save it as UTF-8"
            ) from problem
    return tuple(found)


def _named_after(path: Path) -> str:
    """`json-output.yaml` is the feature `json_output`."""
    words = "".join(one if one.isascii() and one.isalnum() else "_" for one in path.name.partition(".")[0])
    return words.strip("_").lower().lstrip("0123456789_")[:64] or "imported"


def _home(folder: Path) -> _Home:
    try:
        found = settings.find(folder) if in_the_way(folder, ["."]) else None
    except settings.NoProject:
        found = None
    if found is None:
        return _Home(folder, settings.Config(), (), (), fresh=True)
    root, config = found.value.root, found.value.config
    names_specs = not has_errors(found.diagnostics)
    if not names_specs or (not build(root, dry_run=True).done and _has_specs(root)):
        raise NotImported("the project has errors; repair them first (`specc build` shows them)")
    opened = open_project(root)
    sources = tuple(with_plain_lines(one) for one in opened.texts if one.name not in config.templates)
    return _Home(root, config, sources, tuple(one for one in opened.texts if one.name in config.templates), fresh=False)


def _has_specs(root: Path) -> bool:
    return bool(open_project(root).texts)


def converted(
    format: str, texts: Sequence[SourceText], name: str, home: _Home | None = None
) -> "tuple[Draft, str] | Diagnostic":
    """The draft for `texts` and the text of its spec, which compiles; or why there is none."""
    known = _format(format)
    documents: list[Node] = []
    for one in texts:
        try:
            documents.append(read(one.name, one.text))
        except Malformed as problem:
            return errors.malformed(one.name, _kind_of(one.name), problem)
    draft = Draft(name, ", ".join(one.name.rpartition("/")[2] for one in texts), Ledger(known.REASONS))
    draft.documents.extend(documents)
    try:
        known.convert(documents, draft)
    except NotThis as problem:
        return errors.other_format(
            problem.node.file, format, problem.expected, problem.node.start, max(problem.node.start, problem.node.end)
        )
    text = _compiling(draft, home or _Home(Path(), settings.Config(), (), (), fresh=True))
    draft.ledger.settle(draft.documents)
    return draft, text


def _kind_of(file: str) -> str:
    return {"yaml": "YAML", "yml": "YAML", "json": "JSON", "jsonl": "JSON Lines", "csv": "a table"}.get(
        file.lower().rpartition(".")[2], "this format"
    )


def _compiling(draft: Draft, home: _Home) -> str:
    """The text of `draft`, without the parts that the compiler refuses."""
    while True:
        text = draft.text()
        source = SourceText(f"{home.config.specs}/{draft.name}.spec", text)
        compiled = compile_texts([*home.sources, source], home.config, home.templates)
        wrong = [one for one in compiled.diagnostics if has_errors([one])]
        if not wrong:
            _count(draft, compiled)
            return text
        keys = {one.key for one in draft.parts}
        refused = {one.primary.span.unit.key: one.title for one in reversed(wrong) if one.primary.span.unit.key in keys}
        if not refused:
            raise NotImported(f"the draft does not compile: {wrong[0].title}")
        for key in sorted(refused):
            draft.remove([key], f"specc does not take it: {refused[key][:1].lower()}{refused[key][1:]}")


def _count(draft: Draft, compiled: Compiled) -> None:
    """Tell how many of the examples are tried: what has nothing to judge it is no case."""
    written = sum(
        1 for one in draft.parts if one.rank == Draft.RANKS.index("example") and "\n    holdout\n" in one.text
    )
    plans = [one for one in compiled.plan.features if one.feature == draft.name]
    tried = sum(1 for plan in plans for case in plan.cases if case.id.endswith("/holdout"))
    if tried < written:
        draft.figures.append(f"{tried:,} of {written:,} examples are cases; nothing judges the others yet")
