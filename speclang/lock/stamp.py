"""The stamp: one digest that says that nothing changed since everything was last found in sync.

In: the hashes of every input and output. Out: a digest, and whether it is the one kept. The stamp is this machine's own
memory, in `.specc/`; without it everything is compared afresh.
Invariant: standard library only; equal digests mean equal bytes in every file, under one compiler and configuration.
"""

import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ..source.hashing import digest


class Stamp(NamedTuple):
    """`digest` of everything; `features` and `summary` are what a check says while nothing changes."""

    digest: str
    features: tuple[str, ...]
    summary: str


def seal(version: str, config: str, files: Iterable[tuple[str, str]]) -> str:
    """The digest of all files, given as pairs of path and hash."""
    lines = [f"specc {version}", f"config {config}", *(f"{path}\0{hash}" for path, hash in sorted(files))]
    return digest("\n".join(lines))


def write(stamp: Stamp) -> str:
    """The text of `stamp`."""
    return json.dumps({"digest": stamp.digest, "features": stamp.features, "summary": stamp.summary}) + "\n"


def read(text: str) -> Stamp | None:
    """The stamp that `text` says; None where it says none."""
    try:
        held = json.loads(text)
        lines: Sequence[object] = held["features"]
        return Stamp(str(held["digest"]), tuple(str(line) for line in lines), str(held["summary"]))
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
