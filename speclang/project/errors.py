"""The wording of E09xx: settings and files that can't be used."""

from collections.abc import Iterable

from ..diagnostics.code import Code
from ..diagnostics.diagnostic import Diagnostic, Fix, Label
from ..source.span import Span, whole_file
from ..source.suggest import nearest
from ..source.text import SourceText

BAD_TOML = Code("E0901", "Settings that are not TOML")
UNKNOWN_SETTING = Code("E0902", "Unknown setting")
BAD_SETTING = Code("E0903", "Setting of the wrong form")
OUTSIDE = Code("E0904", "Path that leaves the project")
NOT_UTF8 = Code("E0905", "File that is not UTF-8")
TOO_LARGE = Code("E0906", "File that is too large")
UNREADABLE = Code("E0907", "File that can't be read")
SAME_FOLDER = Code("E0908", "Specs and generated files in one folder")
NO_SPECS = Code("E0909", "Project without specs")


def bad_toml(source: SourceText, problem: str) -> Diagnostic:
    """The settings file can't be parsed; `problem` is what the parser says."""
    return Diagnostic(code=BAD_TOML, title=f"`{source.name}` is not TOML", primary=Label(_at(source, ""), problem))


def unknown_setting(source: SourceText, key: str, known: Iterable[str]) -> Diagnostic:
    """A key that means nothing."""
    near = nearest(key, known)
    fix = (
        Fix(f"write `{near}`") if near else Fix(f"remove it; the settings are {', '.join(f'`{one}`' for one in known)}")
    )
    return Diagnostic(
        code=UNKNOWN_SETTING, title=f"There is no setting `{key}`", primary=Label(_at(source, key)), fix=fix
    )


def bad_setting(source: SourceText, key: str, expected: str) -> Diagnostic:
    """A value of another form than the key wants."""
    return Diagnostic(
        code=BAD_SETTING,
        title=f"`{key}` has the wrong form",
        primary=Label(_at(source, key), f"{expected} is expected here"),
    )


def outside(source: SourceText, key: str, path: str) -> Diagnostic:
    """A setting that names a path outside of the project."""
    return Diagnostic(
        code=OUTSIDE,
        title=f"`{path}` leads out of the project",
        primary=Label(_at(source, key)),
        notes=("everything that is read and written stays below the project's root",),
        fix=Fix(f"give a folder below `{source.name}`"),
    )


def same_folder(source: SourceText, folder: str) -> Diagnostic:
    """Inputs and outputs would mix."""
    return Diagnostic(
        code=SAME_FOLDER, title=f"`specs` and `generated` are both `{folder}`", primary=Label(_at(source, "generated"))
    )


def not_utf8(path: str, offset: int) -> Diagnostic:
    """A byte that is not UTF-8; `offset` counts from 0."""
    return Diagnostic(
        code=NOT_UTF8,
        title=f"`{path}` is not UTF-8 at byte {offset:,}",
        primary=Label(whole_file(path)),
        fix=Fix("save it as UTF-8"),
    )


def too_large(path: str, size: int, limit: int) -> Diagnostic:
    """A file beyond the limit, in bytes."""
    return Diagnostic(
        code=TOO_LARGE,
        title=f"`{path}` has {size:,} bytes, more than the {limit:,} that are read",
        primary=Label(whole_file(path)),
        fix=Fix("split it into several files"),
    )


def unreadable(path: str, problem: str) -> Diagnostic:
    """A file that is there and can't be read; `problem` is the system's word for it."""
    return Diagnostic(code=UNREADABLE, title=f"`{path}` can't be read: {problem}", primary=Label(whole_file(path)))


def no_specs(folder: str, file: str) -> Diagnostic:
    """Nothing to compile."""
    return Diagnostic(
        code=NO_SPECS,
        title=f"There is no `.spec` file in `{folder}`",
        primary=Label(whole_file(file)),
        fix=Fix("write one, or run `specc init` in an empty folder for a first project"),
    )


def _at(source: SourceText, key: str) -> Span:
    at = source.text.find(key) if key else 0
    return whole_file(source.name, max(at, 0), max(at, 0) + len(key))
