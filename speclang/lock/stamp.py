"""The stamp: what every file was when everything was last found in sync.

In: the hashes of every input and output. Out: a stamp, as text and back. It is this machine's own memory, kept in `.specc/`;
without it everything is compared afresh.
Invariant: standard library only; equal stamps mean equal bytes in every file, under one compiler and configuration. A text that
is not letter for letter as it was written says nothing: the first line is the digest of the others.
"""

import json
from collections.abc import Mapping
from typing import NamedTuple

from ..source.hashing import digest


class Stamp(NamedTuple):
    """`files` are pairs of path and hash, sorted; `features` and `summary` are what a check says while nothing changes."""

    version: str
    config: str
    files: tuple[tuple[str, str], ...]
    features: tuple[str, ...] = ()
    summary: str = ""

    def matches(self, other: "Stamp") -> bool:
        """Whether both stand for the same state of the project."""
        return self[:3] == other[:3]


def write(stamp: Stamp) -> str:
    """The text of `stamp`."""
    said = json.dumps({**stamp._asdict(), "files": dict(stamp.files)}, indent=0) + "\n"
    return f"{digest(said)}\n{said}"


def read(text: str) -> Stamp | None:
    """The stamp that `text` says; None where it says none."""
    digits, _, said = text.partition("\n")
    if digits != digest(said):
        return None
    try:
        held: Mapping[str, object] = json.loads(said)
        files, features = held["files"], held["features"]
        if not isinstance(files, dict) or not isinstance(features, list):
            return None
        return Stamp(
            version=str(held["version"]),
            config=str(held["config"]),
            files=tuple((str(path), str(hash)) for path, hash in files.items()),
            features=tuple(str(line) for line in features),
            summary=str(held["summary"]),
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
