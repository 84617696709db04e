"""The record of a project's reviews, as it lies on the disk and as a build leaves it.

In: a compiled project. Out: what is in doubt, as findings; the text to write.
Invariant: what can't be read of the record is reported, and is not overwritten before somebody took it out.
"""

from collections.abc import Iterable

from ...diagnostics.diagnostic import Diagnostic
from ...drift import review_errors
from ...drift.reviewed import Reviewed, compared
from ...lock import reviews
from ...lock.lockfile import Problem
from ...project import paths
from ...source.hashing import digest
from ...source.records import dataclass, field
from ...source.text import LineIndex, SourceText
from ..compiling import Opened


@dataclass(frozen=True, slots=True)
class Record:
    """The record at `path`: its `text`, None if there is none, what it says of the texts by hand, and what can't be read of it.

    `wanted` is the text that a build leaves, None where the record is not to be touched.
    """

    path: str
    text: str | None = field(repr=False)
    reviewed: Reviewed = field(repr=False)
    diagnostics: tuple[Diagnostic, ...]
    wanted: str | None = field(repr=False)

    @staticmethod
    def of(opened: Opened) -> "Record":
        """Read the record of a project. Raises `OSError`."""
        path = paths.reviewed(opened.home.config.specs)
        text = opened.home.tree.text(path)
        known, problems = reviews.read(text or "")
        reviewed = compared(opened.compiled.plan.features, known, _resting(opened))
        wanted = None if problems else with_ends(text, reviews.write(reviewed.kept))
        found = tuple(_found(path, text or "", reviewed, problems))
        return Record(path, text, reviewed, found, wanted)

    @property
    def source(self) -> SourceText:
        """The text, for findings that lie in it."""
        return SourceText(self.path, (self.text or "").replace("\r\n", "\n"))

    @property
    def doubts(self) -> tuple[Diagnostic, ...]:
        """What stays to be told after a build: texts that somebody has to read, and what can't be read of the record."""
        return tuple(one for one in self.diagnostics if one.code in (review_errors.SUSPECT, review_errors.BAD_RECORD))

    @property
    def settled(self) -> bool:
        """Whether nothing is in doubt once a build has written the record."""
        return self.wanted is not None and not self.reviewed.suspects

    @property
    def hash(self) -> str:
        """The hash of the file as it lies on the disk, "" if there is none."""
        return "" if self.text is None else digest(_bytes(self.text))

    @property
    def files(self) -> dict[str, bytes | None]:
        """What a build writes: nothing where the record says already what it should, or is not to be touched."""
        if self.wanted is None or self.wanted == (self.text or ""):
            return {}
        return {self.path: _bytes(self.wanted) if self.wanted else None}


def _resting(opened: Opened) -> frozenset[str]:
    """The features that were not compiled, for nothing has reached them."""
    if opened.known is None:
        return frozenset()
    return frozenset(one.name for one in opened.known.lock.features) - opened.known.features


def _found(path: str, text: str, reviewed: Reviewed, problems: Iterable[Problem]) -> Iterable[Diagnostic]:
    index = LineIndex(text.replace("\r\n", "\n"))
    for one in problems:
        start = index.offset(min(one.line, index.count))
        yield review_errors.bad_record(path, start, start + len(index.line(min(one.line, index.count))), one.text)
    yield from (review_errors.suspect(one) for one in reviewed.suspects)
    yield from review_errors.unrecorded([one for _, one in reviewed.fresh], path)
    if reviewed.idle:
        yield review_errors.idle(path, tuple(dict.fromkeys(one.about for one in reviewed.idle)))


def with_ends(held: str | None, text: str) -> str:
    """`text` with the line ends that the file has."""
    return text.replace("\n", "\r\n") if "\r\n" in (held or "") else text


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
