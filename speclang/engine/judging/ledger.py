"""The acceptances of a project, and what they do to its findings.

In: the settings of a project, and findings. Out: which of these are told, and which were accepted.
Invariant: an acceptance counts for the very finding that it was made for, up to its last day; nothing else is left untold.
"""

from collections.abc import Iterable
from datetime import date

from ...diagnostics.diagnostic import Diagnostic, Label
from ...diagnostics.fingerprint import fingerprint
from ...project import acceptances, clock, paths
from ...project.acceptances import Acceptance
from ...project.config import JUDGING, Home
from ...project.errors import idle_acceptance
from ...source.records import dataclass, field, replace
from ...source.span import Places, whole_file
from ...source.text import LineIndex, SourceText


@dataclass(frozen=True, slots=True)
class Weighed:
    """`told` are findings that stand; `accepted` those that do not count today, each with the entry that says so."""

    told: tuple[Diagnostic, ...]
    accepted: tuple[tuple[Diagnostic, Acceptance], ...]


@dataclass(frozen=True, slots=True)
class Ledger:
    """The entries of a project's acceptances as they lie on the disk, and the day on which they are looked at."""

    source: SourceText
    entries: tuple[Acceptance, ...]
    today: date
    diagnostics: tuple[Diagnostic, ...] = field(default=(), repr=False)

    @staticmethod
    def of(home: Home) -> "Ledger":
        """Read the acceptances of a project. Raises `OSError`."""
        name = paths.accepted(home.config.specs)
        text = home.tree.text(name)
        if text is None:
            return Ledger(SourceText(name, ""), (), date.min)
        source = SourceText(name, text.removeprefix("\ufeff").replace("\r\n", "\n"))
        read = acceptances.read(source)
        return Ledger(source, read.value, clock.today(), read.diagnostics)

    def weigh(self, found: Iterable[Diagnostic], places: Places) -> Weighed:
        """Part `found` into what is told and what was accepted; what was accepted up to an earlier day says so."""
        entries = {(one.code, one.finding): one for one in self.entries}
        told: list[Diagnostic] = []
        accepted: list[tuple[Diagnostic, Acceptance]] = []
        for one in found:
            entry = entries.get((one.code.id, fingerprint(one, places))) if entries else None
            if entry is None or one.code.id != entry.code:
                told.append(one)
            elif self.today <= entry.until:
                accepted.append((one, entry))
            else:
                past = f"it was accepted until {entry.until.isoformat()}, because {entry.because}; that day has passed"
                told.append(replace(one, notes=(*one.notes, past)))
        return Weighed(tuple(told), tuple(accepted))

    def idle(self, used: Iterable[Acceptance]) -> tuple[Diagnostic, ...]:
        """Findings about entries that count today and are not `used`: what they were made for is no longer found."""
        needed = set(used)
        counted = acceptances.valid(self.entries, self.today)
        return tuple(
            idle_acceptance(_line(self.source, one).span, one.code, one.about) for one in counted if one not in needed
        )


def judged(one: Diagnostic) -> bool:
    """Whether a finding about specs is a matter of judgement: it can be accepted, and a project may give it another severity."""
    return one.code.id.startswith(JUDGING) or "/" in one.code.id


def _line(source: SourceText, entry: Acceptance) -> Label:
    index = LineIndex(source.text)
    start = index.offset(min(entry.line, index.count))
    return Label(whole_file(source.name, start, start + len(index.line(min(entry.line, index.count)))), "accepted here")
