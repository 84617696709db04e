"""What was looked at and stands as it is: the acceptances of a project, in a file beside its specs.

In: the text of that file. Out: acceptances, and back; findings for entries that say too little.
Invariant: standard library only; an entry without a reason or without a last day accepts nothing.
"""

import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from ..diagnostics.diagnostic import Diagnostic
from ..diagnostics.result import Result
from ..source.hashing import digest
from ..source.text import SourceText
from . import errors

_HEADER = """\
# What was found, looked at, and stands as it is until a day. `specc accept` writes this file; commit it.
# An entry counts for the very finding that it was made for: once the spec or the text changes again, it counts no more.
"""
_ENTRY = re.compile(r"^[ \t]*\[\[[ \t]*accepted[ \t]*\]\][ \t]*(?:#.*)?$", re.MULTILINE)
_TEXTS = ("code", "about", "file", "finding", "said", "because")
_WANTED = {
    "code": 'a code, as "E0702"',
    "file": 'the file that it was found in, as "generated/refunds/prompt.md"',
    "finding": "the digest that `specc accept` writes",
    "because": 'the reason, as "legal reviews the sentence"',
    "until": "a last day, as 2027-01-31",
}


class Acceptance(NamedTuple):
    """One entry: the finding (its code, the requirement that it is `about` or "", its file, its digest, and what it said), the
    reason, and the last day on which it counts. `line` is where it stands, from 1; 0 for one that is not written yet.
    """

    code: str
    about: str
    file: str
    finding: str
    said: str
    because: str
    until: date
    line: int = 0


def read(source: SourceText) -> Result[tuple[Acceptance, ...]]:
    """The acceptances that `source` says, in order; an entry that can't be understood is reported and left out."""
    try:
        held: Mapping[str, object] = tomllib.loads(source.text)
    except (tomllib.TOMLDecodeError, RecursionError) as problem:
        return Result((), (errors.bad_toml(source, str(problem)),))
    rows = held.get("accepted", [])
    if not isinstance(rows, list) or any(name != "accepted" for name in held):
        return Result((), (errors.bad_acceptance(source, 0, "only entries that start with `[[accepted]]` stand here"),))
    starts = [found.start() for found in _ENTRY.finditer(source.text)]
    made: list[Acceptance] = []
    found: list[Diagnostic] = []
    for number, row in enumerate(rows):
        at = starts[number] if number < len(starts) else 0
        one = _entry(row, source.text.count("\n", 0, at) + 1)
        if isinstance(one, Acceptance):
            made.append(one)
        else:
            found.append(errors.bad_acceptance(source, at, one))
    return Result(tuple(made), tuple(found))


def with_entries(text: str, fresh: Iterable[Acceptance], dropped: Iterable[Acceptance]) -> str:
    """The file `text` with the entries `fresh` at its end, and without the entries `dropped`; all else as it is."""
    starts = [found.start() for found in _ENTRY.finditer(text)]
    kept, at = [], 0
    lines = {one.line for one in dropped}
    for start, end in zip(starts, [*starts, len(text)][1:], strict=False):
        if text.count("\n", 0, start) + 1 in lines:
            kept.append(text[at:start])
            at = end
    whole = "".join([*kept, text[at:]]) or _HEADER
    for one in fresh:
        whole = f"{whole.rstrip()}\n\n{_written(one)}"
    return f"{whole.rstrip()}\n"


def valid(entries: Iterable[Acceptance], today: date) -> tuple[Acceptance, ...]:
    """The ones of `entries` that count on the day `today`."""
    return tuple(one for one in entries if today <= one.until)


def state(text: str, today: date) -> str:
    """A digest that changes when an entry of the file `text` is changed, or counts no more."""
    counted = valid(read(SourceText("", text)).value, today)
    return digest(f"{digest(text)} {' '.join(str(one.line) for one in counted)}")


def _entry(row: object, line: int) -> "Acceptance | str":
    """The entry that a table says; else what is wrong with it."""
    if not isinstance(row, dict):
        return "a table is expected"
    for name, wanted in _WANTED.items():
        value = row.get(name)
        if name == "until":
            if type(value) is not date:
                return f"`until` is missing or is no date; write {wanted}"
        elif not isinstance(value, str) or not value.strip():
            return f"`{name}` is missing or empty; write {wanted}"
    texts = {name: row.get(name, "") for name in _TEXTS}
    if not all(isinstance(value, str) for value in texts.values()):
        return "texts are expected"
    return Acceptance(**texts, until=row["until"], line=line)


def _written(one: Acceptance) -> str:
    said = "\n".join(f"{name} = {_quoted(getattr(one, name))}" for name in _TEXTS if getattr(one, name))
    return f"[[accepted]]\n{said}\nuntil = {one.until.isoformat()}\n"


def _quoted(text: str) -> str:
    """A basic string of TOML: that of JSON, which leaves one control character as it is."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
