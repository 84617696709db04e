"""The stamp: what every file was when everything was last found in sync.

In: the hashes of every input and output. Out: a stamp, as text and back. It is this machine's own memory, kept in `.specc/`;
without it everything is compared afresh.
Invariant: standard library only; equal stamps mean equal bytes in every file, under one compiler and configuration. A text that
is not letter for letter as it was written says nothing: the first line is the digest of the others.
"""

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
    """The text of `stamp`: a line for each text, paths and hashes in turn at the end."""
    files = [text for pair in stamp.files for text in pair]
    texts = [stamp.version, stamp.config, stamp.summary, str(len(stamp.features)), *stamp.features, *files]
    said = "\n".join(map(_line, texts))
    return f"{digest(said)}\n{said}"


def read(text: str) -> Stamp | None:
    """The stamp that `text` says; None where it says none."""
    digits, _, said = text.partition("\n")
    if digits != digest(said):
        return None
    try:
        version, config, summary, count, *others = map(_text, said.split("\n"))
        features, files = others[: int(count)], others[int(count) :]
        return Stamp(version, config, tuple(zip(files[::2], files[1::2], strict=True)), tuple(features), summary)
    except ValueError:
        return None


def _line(text: str) -> str:
    """`text` without line ends, and without letters that a file can't hold."""
    return (
        text if text.isascii() and text.isprintable() and "\\" not in text else text.encode("unicode_escape").decode()
    )


def _text(line: str) -> str:
    return line.encode("ascii").decode("unicode_escape") if "\\" in line else line
