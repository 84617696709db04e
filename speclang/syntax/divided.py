"""Which features of a file a change of it can reach, where the file holds several.

In: the text of a file, and what was remembered of it when everything was last in sync. Out: the units that have to be read
again, and the features that stand elsewhere in the file now and say the same.
Invariant: what is remembered is a digest of the content that it stands for; without it, the whole file is read.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from ..source.hashing import digest
from ..source.records import dataclass
from ..source.span import Unit
from ..source.text import SourceText
from . import tree
from .blocks import Piece, split
from .failures import concealed
from .parser import MAX_FILE, parse_unit


class Blocks(NamedTuple):
    """The digest of what stands in no feature (shared declarations, policies), and that of each feature, in order."""

    rest: str
    features: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Divided:
    """A file whose braces fit, in pieces: the `Blocks` that they make, and the features that are as they were."""

    source: SourceText
    pieces: tuple[Piece, ...]
    blocks: Blocks
    unchanged: frozenset[str]

    def wanted(self, features: frozenset[str]) -> Iterator[Piece]:
        """The pieces that `features` can need: all but those of the other features."""
        for piece in self.pieces:
            name = _feature(piece.parent or piece.key)
            if not name or name in features:
                yield piece

    def starts(self) -> Iterator[tuple[Unit, int]]:
        """Where every unit stands."""
        return ((Unit(self.source.name, piece.key), piece.start) for piece in self.pieces)

    def opener(self, feature: str) -> tree.Unit | None:
        """The unit that opens `feature`."""
        for piece in self.pieces:
            if not piece.parent and _feature(piece.key) == feature:
                name = Unit(self.source.name, piece.key)
                return parse_unit(name, self.source.text[piece.start : piece.end], "", piece.start)[0]
        return None


def divided(source: SourceText, was: Blocks | None) -> Divided | None:
    """`source` in pieces, if only some of its features are not as they were; None where all of it has to be read."""
    text = source.text
    if was is None or len(text) > MAX_FILE or any(concealed(text, 1 if text.startswith("\ufeff") else 0)):
        return None
    found = split(source)
    if found.misfits or found.cut:
        return None
    now = _blocks((one.key, one.parent, text[one.start : one.end]) for one in found.pieces)
    if now.rest != was.rest or [name for name, _ in now.features] != [name for name, _ in was.features]:
        return None
    unchanged = {name for (name, new), (_, old) in zip(now.features, was.features, strict=True) if new == old}
    return Divided(source, found.pieces, now, frozenset(unchanged))


def blocks_of(file: tree.File) -> Blocks:
    """The blocks of a file that was read as a whole."""
    return _blocks((unit.name.key, unit.parent, unit.text) for unit in file.units)


def _blocks(units: Iterable[tuple[str, str, str]]) -> Blocks:
    said: dict[str, list[str]] = {"": []}
    for key, parent, text in units:
        said.setdefault(_feature(parent or key), []).append(f"{key}\n{parent}\n{len(text)}\n{text}\n")
    digests = {name: digest("".join(texts)) for name, texts in said.items()}
    return Blocks(digests.pop(""), tuple(digests.items()))


def _feature(key: str) -> str:
    """The feature that the unit `key` opens, or "": a second one of that name is an error, and no feature."""
    head, _, name = key.partition(" ")
    return name if head == "feature" and "#" not in name else ""


def write(known: Mapping[tuple[str, str], Blocks]) -> str:
    """The blocks of files, each by its path and hash, as text; its first line is the digest of the rest."""
    said = json.dumps([[*key, one.rest, one.features] for key, one in sorted(known.items())])
    return f"{digest(said)}\n{said}"


def read(text: str) -> dict[tuple[str, str], Blocks]:
    """What `write` wrote; nothing where it is not letter for letter as it was written."""
    digits, _, said = text.partition("\n")
    if digits != digest(said):
        return {}
    try:
        return {
            (path, hash): Blocks(rest, tuple((name, block) for name, block in features))
            for path, hash, rest, features in json.loads(said)
        }
    except (ValueError, TypeError):
        return {}
