"""The wording of E07xx: artifacts that no longer say what the spec says."""

from collections.abc import Sequence

from ..diagnostics.code import Code, Severity
from ..diagnostics.diagnostic import Diagnostic, Fix, Label
from ..model.identity import is_id
from ..source.span import Span, whole_file
from .wording import listed

STALE = Code("E0701", "Generated text out of date")
EDITED = Code("E0702", "Generated text edited by hand")
CONFLICT = Code("E0703", "Generated text edited while its requirement changed")
DELETED = Code("E0704", "Generated text removed")
ORPHAN = Code("E0705", "Text without a requirement")
MOVED = Code("E0706", "Generated text moved")
DUPLICATED = Code("E0707", "Generated text twice")
UNBUILT = Code("E0708", "Not built yet")
LEFTOVER = Code("E0709", "Generated file of no feature")
OTHER_COMPILER = Code("E0710", "Built by another version", Severity.WARNING)
BAD_LOCK = Code("E0711", "Lock that can't be read")
TAMPERED = Code("E0712", "Text and lock changed together")
LOCK_DIFFERS = Code("E0714", "Lock that does not say what was built")
MISSING = Code("E0715", "Generated file gone")
EARLIER = Code("E0717", "Lock of an earlier text", Severity.NOTE)
BROKEN = Code("E0722", "Broken link in the source map")
COSMETIC = Code("E0713", "Difference in white space only", Severity.NOTE)

_UNTOLD = "without the lock nobody can tell an old text from an edited one"
_BUILD = Fix("run `specc build`")
_ABSORB = Fix("make the spec say this with `specc absorb`, or put the text back with `specc build --discard`")
_DISCARD = Fix("change the spec to say this and run `specc build`, or put the text back with `specc build --discard`")


def stale(what: str, owner: str, at: Span, said: Span | None, cases: Sequence[str]) -> Diagnostic:
    """The spec moved on and the artifact did not."""
    return Diagnostic(
        code=STALE,
        title=f"{_start(what)} {_are(what)} out of date",
        primary=Label(at, "built from an earlier version"),
        labels=_said(said, owner),
        notes=_cases(cases),
        fix=_BUILD,
        requirement=owner,
    )


def edited(
    what: str,
    owner: str,
    at: Span,
    change: str,
    said: Span | None,
    cases: Sequence[str],
    *,
    elsewhere: bool = False,
    untrue: str = "",
    ways: Fix | None = None,
) -> Diagnostic:
    """A hand edit; `change` says from what to what, `elsewhere` that it stands in another place too.

    `untrue` is what it is at odds with, and `ways` how to end that.
    """
    return Diagnostic(
        code=EDITED,
        title=f"{_start(what)} was {'moved and ' if elsewhere else ''}edited by hand",
        primary=Label(at, change),
        labels=_said(said, owner),
        notes=(*_cases(cases), *([untrue] if untrue else [])),
        fix=ways or (_DISCARD if what.startswith(("the case", "the grader")) else _ABSORB),
        requirement=owner,
    )


def conflict(what: str, owner: str, at: Span, change: str, said: Span | None) -> Diagnostic:
    """Both the artifact and the spec changed."""
    return Diagnostic(
        code=CONFLICT,
        title=f"{_start(what)} was edited by hand, and its requirement has changed since",
        primary=Label(at, change),
        labels=_said(said, owner),
        notes=("building would lose the edit, keeping the edit would lose the change of the spec",),
        fix=Fix("decide with `specc absorb --interactive`, or put the text back with `specc build --discard`"),
        requirement=owner,
    )


def deleted(what: str, owner: str, at: Span, said: Span | None, lost: str = "") -> Diagnostic:
    """A part is gone from the artifact; `lost` is what nothing shows any more."""
    away = "remove it from the spec and run `specc build`, or put the text back with `specc build --discard`"
    if what.startswith("the case"):
        case = what.split("`")[1]
        away = f"put it back with `specc build --discard`, or let it stay away for a while: `specc accept {case} --because … --until …`"
    return Diagnostic(
        code=DELETED,
        title=f"{_start(what)} was removed",
        primary=Label(at, "it stood here"),
        labels=_said(said, owner),
        notes=(lost or f"`{owner}` is still in force, and the prompt no longer says it",) if is_id(owner) else (),
        fix=Fix(away),
        requirement=owner,
    )


def orphan(at: Span, near: str, odd: str = "", said: Span | None = None) -> Diagnostic:
    """Text in an artifact that nothing in the spec asks for; `odd` names what of it nobody sees, `near` is stated at `said`."""
    notes = (f"the nearest in the spec is `{near}`",) if near else ()
    return Diagnostic(
        code=ORPHAN,
        title="This text comes from no requirement",
        primary=Label(at, f"not in the spec{odd}"),
        labels=_said(said, near),
        notes=notes,
        fix=Fix("state it in the spec with `specc absorb`, or drop it with `specc build --discard`"),
        requirement=near,
    )


def broken(what: str, owner: str, at: Span, change: str, said: Span | None) -> Diagnostic:
    """The source map gives `what` another origin than `owner`, or none."""
    return Diagnostic(
        code=BROKEN,
        title=f"The link from {what} to the spec is broken",
        primary=Label(at, change),
        labels=_said(said, owner),
        notes=("editors, `specc trace` and reports would lead to another place",),
        fix=Fix("put it back with `specc build --discard`: nobody has to edit a source map"),
        requirement=owner,
    )


def moved(what: str, owner: str, at: Span, said: Span | None, cases: Sequence[str]) -> Diagnostic:
    """A part stands in another place, unchanged; `cases` test what it says."""
    return Diagnostic(
        code=MOVED,
        title=f"{_start(what)} was moved",
        primary=Label(at, "the text is unchanged"),
        labels=_said(said, owner),
        notes=_cases(cases),
        fix=Fix("move it in the spec and run `specc build`, or put it back with `specc build --discard`"),
        requirement=owner,
    )


def duplicated(what: str, owner: str, at: Span, said: Span | None) -> Diagnostic:
    """A part stands there once more."""
    return Diagnostic(
        code=DUPLICATED,
        title=f"{_start(what)} stands there twice",
        primary=Label(at, "this one is too many"),
        labels=_said(said, owner),
        fix=Fix("drop it with `specc build --discard`"),
        requirement=owner,
    )


def unbuilt(path: str) -> Diagnostic:
    """The spec asks for a file that no build has written."""
    return Diagnostic(code=UNBUILT, title=f"`{path}` is not built yet", primary=Label(whole_file(path)), fix=_BUILD)


def missing(path: str) -> Diagnostic:
    """A file that was built is gone."""
    return Diagnostic(
        code=MISSING, title=f"`{path}` was built and is gone", primary=Label(whole_file(path)), fix=_BUILD
    )


def no_lock(path: str) -> Diagnostic:
    """The generated files are there, the lock is not."""
    return Diagnostic(
        code=MISSING,
        title=f"`{path}` is gone",
        primary=Label(whole_file(path)),
        notes=(_UNTOLD,),
        fix=_BUILD,
    )


def lock_differs(path: str, start: int, end: int) -> Diagnostic:
    """Every file is as it should be, only the lock says otherwise."""
    return Diagnostic(
        code=LOCK_DIFFERS,
        title=f"`{path}` does not say what was built",
        primary=Label(whole_file(path, start, end), "the first line that differs"),
        notes=("every generated file is what the specs build; only the lock is not",),
        fix=_BUILD,
    )


def lock_of_earlier(path: str, start: int, end: int, file: str) -> Diagnostic:
    """The spec `file` has changed since the lock was written, and nothing that is built from it has."""
    return Diagnostic(
        code=EARLIER,
        title=f"`{file}` has changed since the last build, in nothing that is built from it",
        primary=Label(whole_file(path, start, end), "the text that was built"),
        notes=("only comments, layout or fields such as `because` differ",),
        fix=Fix("run `specc build`, so that the next check has nothing to compare"),
    )


def leftover(path: str) -> Diagnostic:
    """A generated file that no feature asks for any more."""
    return Diagnostic(
        code=LEFTOVER,
        title=f"`{path}` belongs to no feature any more",
        primary=Label(whole_file(path)),
        fix=Fix("run `specc build`, which removes it if it was not edited"),
    )


def other_compiler(path: str, theirs: str, ours: str) -> Diagnostic:
    """The artifact was built by another version, so a difference may be the compiler's own."""
    return Diagnostic(
        code=OTHER_COMPILER,
        title=f"`{path}` was built by specc {theirs}, this is specc {ours}",
        primary=Label(whole_file(path)),
        notes=("text that differs may differ because the compiler words it otherwise, not because somebody edited it",),
        fix=_BUILD,
    )


def bad_lock(path: str, start: int, end: int, problem: str) -> Diagnostic:
    """A line of the lock is not one that specc writes."""
    return Diagnostic(
        code=BAD_LOCK,
        title=f"`{path}` can't be read: {problem}",
        primary=Label(whole_file(path, start, end)),
        notes=(_UNTOLD,),
        fix=Fix("take the lock of one side and run `specc build`"),
    )


def tampered(what: str, owner: str, at: Span, said: Span | None) -> Diagnostic:
    """Lock and artifact agree with each other, but not with what this compiler builds from the same spec."""
    return Diagnostic(
        code=TAMPERED,
        title=f"{_start(what)} {_are(what)} not what the spec builds, although the lock says so",
        primary=Label(at, "the lock has the hash of this text"),
        labels=_said(said, owner),
        notes=("the spec has not changed since, so the text and the lock were changed together",),
        fix=Fix("run `specc build --discard`"),
        requirement=owner,
    )


def cosmetic(what: str, owner: str, at: Span) -> Diagnostic:
    """White space or line ends differ; nothing that is read."""
    return Diagnostic(
        code=COSMETIC,
        title=f"{_start(what)} differs in white space only",
        primary=Label(at),
        fix=_BUILD,
        requirement=owner,
    )


def laid_out(path: str) -> Diagnostic:
    """A whole file that a formatter has laid out in another way."""
    return Diagnostic(
        code=COSMETIC,
        title=f"`{path}` is laid out in another way and says the same",
        primary=Label(whole_file(path)),
        fix=Fix("run `specc build`, and leave generated files out of the formatter"),
    )


def line_ends(paths: Sequence[str]) -> Diagnostic:
    """Whole files whose lines end in another way, as a checkout may make them: one note for all of them."""
    others = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
    verb = "differ" if others else "differs"
    return Diagnostic(
        code=COSMETIC,
        title=f"`{paths[0]}`{others} {verb} in line ends or byte order mark only",
        primary=Label(whole_file(paths[0])),
        fix=Fix("run `specc build`; where git made them so, write `generated/** -text` in `.gitattributes`"),
    )


def _said(said: Span | None, owner: str) -> tuple[Label, ...]:
    return (Label(said, f"`{owner}` is stated here"),) if said else ()


def _cases(cases: Sequence[str]) -> tuple[str, ...]:
    return (f"tested by {listed(cases)}",) if cases else ()


def _start(what: str) -> str:
    """`what` as the first words of a title."""
    return what[:1].upper() + what[1:]


def _are(what: str) -> str:
    return "are" if what[:1].isdigit() else "is"
