"""The files of a project with some texts in place of what the disk holds: those that an editor has open and not yet saved.

In: a tree of files, and texts by their names. Out: the tree that would be there if all were saved.
Invariant: nothing is written; what has no text of its own is read from the tree below.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from ..diagnostics.diagnostic import Diagnostic
from ..diagnostics.result import Result
from ..source.hashing import digest
from ..source.text import SourceText
from .disk import LIMIT, Tree
from .errors import too_large, unreadable


class Bare(NamedTuple):
    """No files at all: what lies under texts that are a whole project."""

    def below(self, folder: str, suffix: str = "") -> tuple[str, ...]:
        """Nothing."""
        del folder, suffix
        return ()

    def read(self, names: Iterable[str]) -> Result[tuple[SourceText, ...]]:
        """Every one is reported."""
        return Result((), tuple(unreadable(name, "it is not kept") for name in names))

    def text(self, name: str) -> str | None:
        """There is none."""
        del name
        return None

    def hashes(self, names: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Of nothing."""
        return ((name, "") for name in names)


class Overlaid(NamedTuple):
    """`under`, with `texts` (by their paths from the root) laid over it."""

    under: Tree
    texts: Mapping[str, str]

    def below(self, folder: str, suffix: str = "") -> tuple[str, ...]:
        """As `Tree.below`; a text that was never saved is there too."""
        own = (name for name in self.texts if name.startswith(f"{folder}/") and name.endswith(suffix))
        return tuple(sorted({*self.under.below(folder, suffix), *own}))

    def read(self, names: Iterable[str]) -> Result[tuple[SourceText, ...]]:
        """As `Tree.read`."""
        sources: list[SourceText] = []
        found: list[Diagnostic] = []
        for name in names:
            text = self.texts.get(name)
            if text is None:
                read = self.under.read([name])
                sources.extend(read.value)
                found.extend(read.diagnostics)
            elif len(text) > LIMIT:
                found.append(too_large(name, len(text), LIMIT))
            else:
                sources.append(SourceText(name, text.removeprefix("\ufeff")))
        return Result(tuple(sources), tuple(found))

    def text(self, name: str) -> str | None:
        """As `Tree.text`."""
        return self.texts[name] if name in self.texts else self.under.text(name)

    def hashes(self, names: Iterable[str]) -> Iterator[tuple[str, str]]:
        """As `Tree.hashes`."""
        for name in names:
            text = self.texts.get(name)
            if text is None:
                yield from self.under.hashes([name])
            else:
                yield name, digest(text.encode("utf-8", "surrogateescape"))
