"""The wording of E10xx: files of other tools that can't be read, and what of them a spec can't say."""

import re
from collections.abc import Sequence

from ...diagnostics.code import Code, Severity
from ...diagnostics.diagnostic import Diagnostic, Fix, Label
from ...source.span import whole_file
from .document import Malformed
from .ledger import Loss

MALFORMED = Code("E1001", "Import that can't be read")
OTHER_FORMAT = Code("E1002", "Import of another format")
LOST = Code("E1003", "Lost in an import", Severity.WARNING)
CHANGED = Code("E1004", "Changed by an import", Severity.WARNING)

_INDEX = re.compile(r"\[[0-9]+\]")
_NAMED = 5


def malformed(file: str, format: str, problem: Malformed) -> Diagnostic:
    """A file is not what its ending says."""
    return Diagnostic(
        code=MALFORMED,
        title=f"`{file}` can't be read as {format}",
        primary=Label(whole_file(file, problem.start, problem.end), problem.what),
        fix=Fix("repair it there, and import it again"),
    )


def other_format(file: str, format: str, expected: str, start: int, end: int) -> Diagnostic:
    """A file holds no import of this format."""
    return Diagnostic(
        code=OTHER_FORMAT,
        title=f"`{file}` is not of the format `{format}`",
        primary=Label(whole_file(file, start, min(end, start + 1)), f"{expected} is expected here"),
        fix=Fix("name another format; `specc import --help` lists them"),
    )


def lost(loss: Loss, others: Sequence[Loss] = ()) -> Diagnostic:
    """Something that the spec does not say, and `others` of which the same is true."""
    node = loss.node
    notes: tuple[str, ...] = (loss.why,)
    if others:
        named = ", ".join(f"`{one.node.path}`" for one in others[:_NAMED])
        more = f" and {len(others) - _NAMED:,} more" if len(others) > _NAMED else ""
        notes = (loss.why, f"the same holds for {named}{more}")
    return Diagnostic(
        code=CHANGED if loss.changed else LOST,
        title=_title(loss),
        primary=Label(whole_file(node.file, node.start, max(node.start, node.end))),
        notes=notes,
        fix=Fix(loss.fix),
        requirement=loss.now if "-" in loss.now else "",
    )


def gathered(losses: Sequence[Loss]) -> tuple[Diagnostic, ...]:
    """For people: one finding for all that is lost in the same way, under the same key."""
    groups: dict[tuple[str, str, str, str, bool], list[Loss]] = {}
    for one in losses:
        shape = _INDEX.sub("[]", one.node.path)
        groups.setdefault((one.node.file, shape, one.why, one.fix, one.changed), []).append(one)
    return tuple(lost(group[0], group[1:]) for group in groups.values())


def _title(loss: Loss) -> str:
    what = f"`{loss.node.path}`" if loss.node.path else "The file"
    return f"{what} is in `{loss.now}`, and not as it was" if loss.changed else f"{what} was not carried over"
