"""A project whose hand edits are taken back one by one: what its specs say by now, and what its files hold.

In: a compiled project and its files. Out: the edits that people made, and the project with other specs. Nothing is written here.
"""

from collections.abc import Sequence

from ...diagnostics.diagnostic import Edit
from ...drift.states import Finding, State
from ...project.config import Config
from ...source.hashing import digest
from ...source.records import dataclass, field, replace
from ...source.span import Unit
from ...source.text import SourceText
from ...syntax.edit import apply_edits, places
from ...syntax.format import format_source
from ..compiling import Opened
from ..pipeline import Compiled, compile_texts
from ..session.memory import Features, Memory, Round
from ..standing.differences import Difference, Held, differences

BY_HAND = (State.EDITED, State.CONFLICT, State.MOVED, State.DUPLICATED, State.ORPHAN, State.DELETED)

PROMPTS = (".md",)
EVERYTHING = (".md", ".yaml")
"""How the files end in which what a change of the specs puts out of date counts as a change beside the edit."""

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class HandEdit:
    """A hand edit: the finding, the file it is in, and what tells it apart."""

    finding: Finding
    difference: Difference

    @property
    def key(self) -> Key:
        """The path, and the part that was edited or the text that was added."""
        part = self.finding.part
        return (self.finding.path, part.kind, part.id) if part else (self.finding.path, "", self.finding.text)


class Compiler:
    """Compiles versions of one project; what none of them changed is done once."""

    __slots__ = ("_features", "_memory")

    def __init__(self) -> None:
        """Nothing is known yet."""
        self._memory, self._features = Memory(), Features()

    def compiled(self, sources: Sequence[SourceText], config: Config, templates: Sequence[SourceText]) -> Compiled:
        """What `sources` compile to."""
        turn = Round(self._memory, self._features)
        made = compile_texts(sources, config, templates, turn.passes)
        turn.settle()
        self._features = turn.made
        return made


@dataclass(frozen=True, slots=True)
class Work:
    """`opened` is the project with the specs as they would be by now, `held` its files, which nobody has touched."""

    opened: Opened
    held: Held
    compiler: Compiler = field(default_factory=Compiler, compare=False, repr=False)

    @staticmethod
    def on(opened: Opened) -> "Work":
        """Begin with a project as it lies there. Raises `OSError`."""
        return Work(opened, Held.of(opened))

    def edits(self, beside: Sequence[str] = ()) -> tuple[HandEdit, ...]:
        """What somebody has edited, in the order of the files; white space is not worth a change of a spec.

        `beside` are endings of files in which what is out of date counts too: what a change of the specs changes beside an edit.
        """
        return tuple(
            HandEdit(finding, one)
            for one in differences(self.opened, self.held)
            if one.file is None or one.file.hash not in (digest(one.theirs), digest(one.plain))
            for finding in one.findings
            if not finding.cosmetic
            and (finding.state in BY_HAND or (finding.state is State.STALE and finding.path.endswith(tuple(beside))))
        )

    def rewritten(self, edits: tuple[Edit, ...]) -> "Work | None":
        """The project with other specs, and what is safe to mend in them mended; None where the edits get in each other's way."""
        made = _edited(self, edits)
        if made is None:
            return None
        touched: set[Unit] = {edit.span.unit for edit in edits}
        known = {(one.code, one.primary.span) for one in self.opened.compiled.diagnostics}
        fixes = [
            edit
            for one in made.opened.compiled.diagnostics
            if one.primary.span.unit in touched
            and (one.code, one.primary.span) not in known
            and one.fix
            and one.fix.safe
            for edit in one.fix.edits
        ]
        return (_edited(made, tuple(fixes)) or made) if fixes else made

    def of(self, sources: Sequence[SourceText]) -> "Work":
        """The project made of `sources`."""
        names = {source.name for source in sources}
        templates = [one for one in self.opened.texts if one.name not in names]
        compiled = self.compiler.compiled(sources, self.opened.home.config, templates)
        return replace(self, opened=replace(self.opened, compiled=compiled, known=None))

    def formatted(self, before: "Work") -> "Work":
        """The project with each spec that was formatted `before` formatted again."""
        was = {file.source.name: file.source for file in before.opened.compiled.files}
        texts = [
            SourceText(file.source.name, format_source(file.source).value)
            if file.source.text != was[file.source.name].text == format_source(was[file.source.name]).value
            else file.source
            for file in self.opened.compiled.files
        ]
        same = all(text is file.source for text, file in zip(texts, self.opened.compiled.files, strict=True))
        return self if same else self.of(texts)


def _edited(work: Work, edits: tuple[Edit, ...]) -> Work | None:
    files = work.opened.compiled.files
    where = places(files)
    texts = [apply_edits(file.source, edits, where) for file in files]
    sources = [text for text in texts if text is not None]
    return work.of(sources) if len(sources) == len(texts) else None
