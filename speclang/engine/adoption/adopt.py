"""An existing prompt becomes a spec that builds it.

In: a folder and the file of a prompt. Out: a project in which the prompt is built from requirements, one for each sentence or
point, and a report. Invariant: what the spec builds is the prompt, byte for byte, or nothing is written.
"""

import re
from pathlib import Path

from ...diagnostics.diagnostic import has_errors
from ...project import config as settings
from ...project.disk import read_text, write_all
from ...project.joining import NoText, bytes_of, home_of, in_the_way
from ...project.layouts import with_layout
from ...project.paths import SETTINGS
from ...source.hashing import digest
from ...source.records import dataclass
from ...source.text import SourceText
from ..affected import with_plain_lines
from ..build import Built, build
from ..compiling import open_project
from ..heap import uncollected
from ..judging.ledger import judged
from ..pipeline import Compiled, compile_texts
from ..starting.start import CONFIG, IGNORED, AlreadyThere
from .passages import Passage, passages
from .written import layout, named, spec

LONGEST = 2 * 1024 * 1024
"""The longest prompt, in bytes, that is adopted."""

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,99}")
_NO_NAME = re.compile(r"[^A-Za-z0-9]+")
_MARK = "\ufeff"

_Statements = tuple[tuple[Passage, str], ...]


class NotAdopted(Exception):
    """The prompt can't be adopted; the text says why, as a sentence without full stop."""


@dataclass(frozen=True, slots=True)
class Adopted:
    """What was written below `root`, how many requirements state the prompt, and how many passages stayed in the layout.

    These hold characters that a spec can't hold.
    """

    root: Path
    feature: str
    written: tuple[str, ...]
    requirements: int
    kept: int
    built: Built


@dataclass(frozen=True, slots=True)
class _Home:
    """The project that the prompt joins, or the one that will be: its files, and the bytes of its settings, None if new."""

    root: Path
    config: settings.Config
    sources: tuple[SourceText, ...]
    templates: tuple[SourceText, ...]
    held: bytes | None


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What will be: a feature, its spec and its layout; `origin` is the name of the prompt's file."""

    feature: str
    title: str
    origin: str
    spec: str
    layout: str


@uncollected()
def adopt(folder: Path, prompt: Path, name: str = "") -> Adopted:
    """Write a spec and a layout that build the text of `prompt`, in the project of `folder` or a new one.

    The feature is called `name`, or as the file is. Raises `NotAdopted`, `AlreadyThere` and `OSError`, in each case before
    anything is written.
    """
    text = _read(prompt)
    feature = name or _named_after(prompt)
    if not _NAME.fullmatch(feature):
        raise NotAdopted(f"`{feature}` can't be the name of a feature; use letters, digits and `_`")
    home = _home(folder)
    title = feature.replace("_", " ").strip().capitalize() or "Adopted"
    wanted = _Wanted(feature, title, prompt.name, f"{home.config.specs}/{feature}.spec", f"layouts/{feature}.j2")
    _refuse_what_is_there(home, wanted)
    changed = _settings(home, wanted)
    statements = _statements(text, home, wanted)
    files = {
        wanted.spec: spec(feature, title, prompt.name, statements).encode(),
        wanted.layout: layout(statements).encode(),
        home.config.file: changed,
    }
    judged = {wanted.spec: "", wanted.layout: "", home.config.file: "" if home.held is None else digest(home.held)}
    if home.held is None:
        home_of(folder)
        if not in_the_way(folder, [".gitignore"]):
            files[".gitignore"] = IGNORED.encode()
    write_all(home.root, files, judged)
    kept = sum(passage.stated and not id for passage, id in statements)
    return Adopted(home.root, feature, tuple(files), sum(1 for _, id in statements if id), kept, build(home.root))


def _read(prompt: Path) -> str:
    try:
        data = bytes_of(prompt, LONGEST)
    except NoText as problem:
        raise NotAdopted(f"`{prompt}` {problem}") from problem
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as problem:
        raise NotAdopted(
            f"`{prompt.name}` is not UTF-8: byte {problem.start:,} is {data[problem.start]:02x}; save it as UTF-8"
        ) from problem
    if not text.removeprefix(_MARK).strip():
        raise NotAdopted(f"`{prompt.name}` says nothing")
    return text


def _named_after(prompt: Path) -> str:
    """`03_aider-editblock.txt` is the feature `aider_editblock`."""
    words = _NO_NAME.sub("_", prompt.name.partition(".")[0]).strip("_").lower()
    return words.lstrip("0123456789_") or "adopted"


def _home(folder: Path) -> _Home:
    """The project that `folder` lies in, which has to be in order, or the one that will stand there."""
    try:
        found = settings.find(folder) if in_the_way(folder, ["."]) else None
    except settings.NoProject:
        found = None
    if found is None:
        return _Home(folder, settings.Config(), (), (), None)
    root, config = found.value.root, found.value.config
    if has_errors(found.diagnostics) or not build(root, dry_run=True).done:
        raise NotAdopted("the project has errors; repair them first (`specc build` shows them)")
    opened = open_project(root)
    sources = tuple(with_plain_lines(one) for one in opened.texts if one.name not in config.templates)
    templates = tuple(one for one in opened.texts if one.name in config.templates)
    held = (read_text(root, config.file) or "").encode("utf-8", "surrogateescape")
    return _Home(root, config, sources, templates, held)


def _refuse_what_is_there(home: _Home, wanted: _Wanted) -> None:
    """Raise where a file would be replaced, or a setting."""
    generated = f"{home.config.generated}/{wanted.feature}"
    fresh = (SETTINGS, f"{home.config.generated}/specc.lock") if home.held is None else ()
    there = in_the_way(home.root, (wanted.spec, wanted.layout, generated, *fresh))
    if there:
        raise AlreadyThere(there)
    if wanted.feature in dict(home.config.layouts):
        raise NotAdopted(f"{home.config.file} names a layout for `{wanted.feature}` already; use another `--name`")


def _settings(home: _Home, wanted: _Wanted) -> bytes:
    """The file of settings with the layout of the feature."""
    table = ("tool", "specc") if home.config.file == settings.SHARED else ()
    text = CONFIG if home.held is None else home.held.decode()
    mark = _MARK if text.startswith(_MARK) else ""
    changed = with_layout(text.removeprefix(_MARK), table, wanted.feature, wanted.layout)
    if changed is None:
        raise NotAdopted(
            f"{home.config.file} has no place for a line more; give it a table `[{'.'.join((*table, 'layouts'))}]`"
        )
    return f"{mark}{changed}".encode()


def _statements(text: str, home: _Home, wanted: _Wanted) -> _Statements:
    """The passages of `text` with their IDs, tried: what a spec can't hold stays in the layout. Raises `NotAdopted`."""
    config = home.config._replace(layouts=(*home.config.layouts, (wanted.feature, wanted.layout)))
    found = passages(text)
    kept: set[int] = set()
    while True:
        statements = tuple(named(found, kept))
        source = SourceText(wanted.spec, spec(wanted.feature, wanted.title, wanted.origin, statements))
        template = SourceText(wanted.layout, layout(statements))
        compiled = compile_texts([*home.sources, source], config, [*home.templates, template])
        refused = _refused(compiled, source, statements) - kept
        if not refused:
            break
        kept |= refused
    prompts = (one for one in compiled.artifacts if one.feature == wanted.feature and one.path.endswith(".md"))
    built = next((one.text for one in prompts), None)
    if built != text or has_errors(compiled.diagnostics):
        errors = [one for one in compiled.diagnostics if has_errors([one])]
        why = errors[0].title if errors else "what it builds is not the prompt"
        raise NotAdopted(f"`{wanted.origin}` can't be taken over as it is: {why}")
    return statements


def _refused(compiled: Compiled, source: SourceText, statements: _Statements) -> set[int]:
    """The places of the statements that the compiler does not take."""
    units = {
        one.primary.span.unit.key
        for one in compiled.diagnostics
        if one.primary.span.unit.file == source.name and not judged(one)
    }
    return {place for place, (_, id) in enumerate(statements) if id and id in units}
