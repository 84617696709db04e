"""A project that stays open: an editor's, with texts that are not saved yet, or that of a watch.

In: a folder, then texts that are held over what the disk has. Out: what a check would say if all of them were saved: at once what
one file tells, a little later everything.
Invariant: `look` answers as `check` does in a new process, whatever was held, released and looked at before. Nothing is written but
what every command remembers of proved graders.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from ...diagnostics.result import Result
from ...project import config, paths
from ...project.config import Config, Home
from ...project.overlay import Overlaid
from ...source.records import dataclass, field
from ...source.text import SourceText
from ...syntax import tree
from ..affected import with_plain_lines
from ..check import Report, judged
from ..compiling import Opened, open_home
from ..fresh import Seen
from ..heap import uncollected
from ..judging.ledger import Ledger
from .memory import Features, Memory, Round
from .reading import Quick, Reader


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The project as it was at one moment: what it compiled to, what a check says of it, and the texts that were held then."""

    opened: Opened = field(repr=False)
    report: Report = field(repr=False)
    texts: Mapping[str, str] = field(repr=False)


class Session:
    """One open project. `hold`, `release` and `quick` are for one thread; `look` may run in another, one at a time."""

    def __init__(self, start: Path) -> None:
        """Open the project that `start` lies in. Raises `NoProject` and `OSError`."""
        home = config.find(start).value
        self.root = home.root
        self.view: View | None = None
        """What was seen at the last `look`."""
        self._texts: dict[str, str] = {}
        self._sources: dict[str, SourceText] = {}
        self._listed: tuple[str, ...] | None = None
        self._memory = Memory()
        self._features = Features()
        self._refresh(home)

    @property
    def settings(self) -> Config:
        """The settings, as they were when they were last read."""
        return self._home.config

    @property
    def texts(self) -> Mapping[str, str]:
        """The texts that are held, by the paths of their files."""
        return self._texts

    def name_of(self, path: Path) -> str | None:
        """The path of a file from the project's root; None if it lies outside."""
        try:
            return paths.relative(self.root, path)
        except paths.Outside:
            return None

    def is_spec(self, name: str) -> bool:
        """Whether the file is one of the project's specs."""
        return name.endswith(".spec") and name.startswith(f"{self.settings.specs}/")

    def is_generated(self, name: str) -> bool:
        """Whether the file lies where a build writes."""
        return name.startswith(f"{self.settings.generated}/")

    def hold(self, name: str, text: str) -> None:
        """From now on the file `name` says `text`, whatever the disk has."""
        if name not in self._texts:
            self._listed = None
        self._texts[name] = text

    def release(self, name: str) -> None:
        """From now on the file `name` says what the disk has."""
        self._texts.pop(name, None)
        self._listed = None
        self._sources.pop(name, None)

    def forget(self) -> None:
        """Read the files that are not held again: something has changed on the disk."""
        self._refresh(config.find(self.root).value)

    def saved(self, name: str) -> str | None:
        """What the disk has of a file, whatever is held."""
        return self._home.tree.text(name)

    def source(self, name: str) -> SourceText | None:
        """The text of a file as it is compiled, with a bare newline for every line end; None if it can't be read."""
        held = self._texts.get(name)
        if held is not None:
            return with_plain_lines(SourceText(name, held))
        if name not in self._sources:
            read = self._home.tree.read([name]).value
            if not read:
                return None
            self._sources[name] = with_plain_lines(read[0])
        return self._sources[name]

    def specs(self) -> tuple[str, ...]:
        """The names of the project's specs."""
        if self._listed is None:
            self._listed = Overlaid(self._home.tree, self._texts).below(self.settings.specs, ".spec")
        return self._listed

    def parsed(self, name: str) -> Result[tree.File]:
        """The tree of a spec, with what can't be read of it; an empty one where there is no such file."""
        return self._memory.parse(self.source(name) or SourceText(name, ""))

    def file(self, name: str) -> tree.File | None:
        """The tree of a spec; None if it can't be read."""
        return None if self.source(name) is None else self.parsed(name).value

    def quick(self, name: str) -> Quick | None:
        """What the spec `name` tells by itself and with the files that it uses; None if it can't be read."""
        return self._reader.quick(name)

    @uncollected()
    def look(self, stopped: Callable[[], bool] = _never) -> View:
        """Compile and check everything as it is at this moment. Raises `Stopped`, `NoProject` and `OSError`."""
        texts = dict(self._texts)
        found = config.find(self.root)
        home = found.value._replace(kept=Overlaid(found.value.tree, texts))
        opened = self._compiled(Result(home, found.diagnostics), None, stopped)
        self.view = View(opened=opened, report=judged(opened, remembering=False), texts=texts)
        return self.view

    @uncollected()
    def compiled(self, seen: Seen) -> Opened:
        """Compile everything as it lies on the disk, where it was `seen`; what is held plays no part. Raises `OSError`."""
        return self._compiled(seen.found, seen, _never)

    def _compiled(self, found: Result[Home], seen: Seen | None, stopped: Callable[[], bool]) -> Opened:
        if found.value.config.kinds != self.settings.kinds:
            self._memory, self._features = Memory(), Features()
            self._refresh(found.value._replace(kept=None))
        turn = Round(self._memory, self._features, stopped)
        opened = open_home(found, seen, afresh=True, passes=turn.passes)
        turn.settle()
        self._features = turn.made
        return opened

    def _refresh(self, home: Home) -> None:
        """Read files and settings anew."""
        self._sources = {}
        self._listed = None
        self._home = home
        self._reader = Reader(self._memory, home.config, Ledger.of(home), self.source, self.specs)
