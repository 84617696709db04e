"""The wording of E09xx: settings and files that can't be used."""

import re
from collections.abc import Iterable

from ..diagnostics.code import Code, Severity
from ..diagnostics.diagnostic import Diagnostic, Fix, Label
from ..source.span import Span, whole_file
from ..source.suggest import nearest
from ..source.text import LineIndex, SourceText

BAD_TOML = Code("E0901", "Settings that are not TOML")
UNKNOWN_SETTING = Code("E0902", "Unknown setting")
BAD_SETTING = Code("E0903", "Setting of the wrong form")
OUTSIDE = Code("E0904", "Path that leaves the project")
NOT_UTF8 = Code("E0905", "File that is not UTF-8")
TOO_LARGE = Code("E0906", "File that is too large")
UNREADABLE = Code("E0907", "File that can't be read")
SAME_FOLDER = Code("E0908", "Specs and generated files in one folder")
NO_SPECS = Code("E0909", "Project without specs")
BAD_ACCEPTANCE = Code("E0910", "Acceptance that says too little")
IDLE_ACCEPTANCE = Code("E0911", "Acceptance of what is no longer found", Severity.WARNING)

_PLACED = re.compile(r"(?P<what>.*) \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)", re.DOTALL)


def bad_toml(source: SourceText, problem: str) -> Diagnostic:
    """The settings file can't be parsed; `problem` is what the parser says, with the place in words."""
    said, span = problem, whole_file(source.name)
    placed = _PLACED.fullmatch(problem)
    if placed is not None:
        said = placed["what"]
        at = LineIndex(source.text).offset(int(placed["line"])) + int(placed["column"]) - 1 if placed["line"] else None
        offset = len(source.text.rstrip()) if at is None else at
        span = whole_file(source.name, offset, offset + 1)
    return Diagnostic(
        code=BAD_TOML, title=f"`{source.name}` is not TOML", primary=Label(span, said[:1].lower() + said[1:])
    )


def unknown_setting(source: SourceText, path: tuple[str, ...], known: Iterable[str]) -> Diagnostic:
    """A key that means nothing."""
    near = nearest(path[-1], known)
    fix = (
        Fix(f"write `{near}`") if near else Fix(f"remove it; the settings are {', '.join(f'`{one}`' for one in known)}")
    )
    return Diagnostic(
        code=UNKNOWN_SETTING, title=f"There is no setting `{path[-1]}`", primary=Label(_at(source, path)), fix=fix
    )


def unknown_code(source: SourceText, path: tuple[str, ...], known: Iterable[str]) -> Diagnostic:
    """A severity for a code that no finding has."""
    near = nearest(path[-1], known)
    return Diagnostic(
        code=UNKNOWN_SETTING,
        title=f"No finding has the code `{path[-1]}`",
        primary=Label(_at(source, path)),
        fix=Fix(f"write `{near}`" if near else "`specc explain` lists the codes"),
    )


def unknown_feature(source: SourceText, path: tuple[str, ...], known: Iterable[str]) -> Diagnostic:
    """A layout for a feature that no spec has."""
    near = nearest(path[-1], known)
    return Diagnostic(
        code=UNKNOWN_SETTING,
        title=f"There is no feature `{path[-1]}` that could have a layout",
        primary=Label(_at(source, path)),
        fix=Fix(f"write `{near}`" if near else "remove the line"),
    )


def bad_setting(source: SourceText, path: tuple[str, ...], expected: str) -> Diagnostic:
    """A value of another form than the key wants."""
    return Diagnostic(
        code=BAD_SETTING,
        title=f"`{path[-1] if path else source.name}` has the wrong form",
        primary=Label(_at(source, path), f"{expected} is expected here"),
    )


def fixed_severity(source: SourceText, path: tuple[str, ...], free: Iterable[str]) -> Diagnostic:
    """A severity for a code that has its own for good."""
    return Diagnostic(
        code=BAD_SETTING,
        title=f"The severity of `{path[-1]}` can't be set",
        primary=Label(_at(source, path), f"only codes of kinds and those that start with {' or '.join(free)}"),
        notes=(
            "what is not understood can't be built, and what differs from its spec is not in sync, whatever it is called",
        ),
        fix=Fix("remove it"),
    )


def outside(source: SourceText, path: tuple[str, ...], value: str) -> Diagnostic:
    """A setting that names a path outside of the project."""
    return Diagnostic(
        code=OUTSIDE,
        title=f"`{value}` leads out of the project",
        primary=Label(_at(source, path)),
        notes=("everything that is read and written stays below the project's root",),
        fix=Fix(f"name a path below the folder of `{source.name}`, with `/` and without `..`"),
    )


def link_outside(path: str) -> Diagnostic:
    """A link among the specs that leads out of the project."""
    return Diagnostic(
        code=OUTSIDE,
        title=f"`{path}` leads out of the project",
        primary=Label(whole_file(path)),
        notes=("everything that is read and written stays below the project's root",),
        fix=Fix("put the file itself here, or remove the link"),
    )


def same_folder(source: SourceText, table: tuple[str, ...], specs: str, generated: str) -> Diagnostic:
    """Inputs and outputs would mix."""
    if specs == generated:
        title = f"`specs` and `generated` are both `{specs}`"
    else:
        title = f"The specs in `{specs}` would lie among the generated files in `{generated}`"
    from .keys import place

    key = "generated" if place(source.text, (*table, "generated")) != (0, 0) else "specs"
    return Diagnostic(
        code=SAME_FOLDER,
        title=title,
        primary=Label(_at(source, (*table, key))),
        notes=("what lies in the folder of generated files is taken for generated",),
        fix=Fix('give generated files a folder of their own, as `generated = "generated"`'),
    )


def not_utf8(path: str, data: bytes, offset: int) -> Diagnostic:
    """A byte of `data` that is not UTF-8; `offset` counts from 0."""
    line = data.count(b"\n", 0, offset) + 1
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    said = "this looks like UTF-16" if wide else f"line {line:,} holds the byte {data[offset]:02x}"
    return Diagnostic(
        code=NOT_UTF8,
        title=f"`{path}` is not UTF-8 at byte {offset:,}",
        primary=Label(whole_file(path), said),
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
    """A file that can't be read; `problem` is the system's word for it."""
    return Diagnostic(
        code=UNREADABLE,
        title=f"`{path}` can't be read",
        primary=Label(whole_file(path), problem[:1].lower() + problem[1:]),
    )


def no_specs(folder: str, file: str) -> Diagnostic:
    """Nothing to compile."""
    return Diagnostic(
        code=NO_SPECS,
        title=f"There is no `.spec` file in `{folder}`",
        primary=Label(whole_file(file)),
        fix=Fix("write one, or run `specc init` in an empty folder for a first project"),
    )


def no_features(folder: str, file: str) -> Diagnostic:
    """Specs that state no feature."""
    return Diagnostic(
        code=NO_SPECS,
        title=f"No `.spec` file in `{folder}` holds a feature",
        primary=Label(whole_file(file)),
        notes=("what is built is one prompt for each feature",),
        fix=Fix('write `feature NAME "Title" { … }`; `specc init` in an empty folder shows one'),
        severity=Severity.WARNING,
    )


def _at(source: SourceText, path: tuple[str, ...]) -> Span:
    from .keys import place

    return whole_file(source.name, *place(source.text, path))


def bad_acceptance(source: SourceText, at: int, problem: str) -> Diagnostic:
    """An entry, which starts at `at`, that does not say what was accepted, why, and until when."""
    end = source.text.find("\n", at)
    return Diagnostic(
        code=BAD_ACCEPTANCE,
        title="This entry accepts nothing",
        primary=Label(whole_file(source.name, at, len(source.text) if end < 0 else end), problem),
        notes=("what stands for ever, or without a reason, is a fault that nobody will look at again",),
        fix=Fix("remove the entry and run `specc accept ID --because REASON --until DATE`"),
    )


def idle_acceptance(at: Span, code: str, about: str) -> Diagnostic:
    """An entry for a finding that nobody finds any more, or that is another by now."""
    of = f" of `{about}`" if about else ""
    return Diagnostic(
        code=IDLE_ACCEPTANCE,
        title=f"What was accepted here is no longer found: {code}{of}",
        primary=Label(at, "this entry does nothing"),
        notes=("the finding is gone, or the spec or the text has changed since and it is another one",),
        fix=Fix("remove it with `specc accept --tidy`"),
        requirement=about,
    )
