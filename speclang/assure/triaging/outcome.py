"""What a triage comes to, as plain data."""

from pathlib import Path

from ...grading.spans.telling import Told
from ...grading.steps import Layer
from ...run.store.reading import PastRun
from ...source.records import dataclass
from .verdict import Finding, earliest

BROKEN = (Layer.TOOL, Layer.HARNESS, Layer.MODEL)
"""The layers that may break, in the order in which they are told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is wished: `names` are a run, a target or a feature; `files` hold spans. `case` is a pattern that cases have to match.

    With `spans`, the spans of what is found are written there, with `every` those of all conversations.
    """

    names: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    case: str = ""
    feature: str = ""
    spans: Path | None = None
    every: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Triaged:
    """One conversation with what was found. `failed` says that a requirement that gates is not met; `name` is what it is called.

    `case` is the ID of its case, or "" where it belongs to none; `findings` are in the order of the feature.
    """

    name: str
    feature: str
    case: str
    told: Told
    findings: tuple[Finding, ...]
    failed: bool

    @property
    def verdict(self) -> Finding:
        """The finding whose layer broke first."""
        return earliest(self.findings)


@dataclass(frozen=True, slots=True)
class Row:
    """How often each layer broke first for one requirement, in the order of `BROKEN`; `requirement` is "" for what fails none."""

    feature: str
    requirement: str
    counts: tuple[int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Triage:
    """`looked` conversations, of which `failed` do; `found` are those with findings, in the order of cases or of the files.

    `run` is whose answers they are, None for files. `elsewhere` are answers to a prompt or a case of another time, `mute` conversations
    whose spans carry no messages, `refused` what could not be read, each with the reason; `written` how many files of spans were written.
    """

    run: PastRun | None
    looked: int
    failed: int
    found: tuple[Triaged, ...]
    elsewhere: int = 0
    judged: int = 0
    mute: int = 0
    refused: tuple[tuple[str, str], ...] = ()
    written: int = 0

    @property
    def layers(self) -> tuple[int, int, int]:
        """For how many conversations each layer broke first."""
        first = [one.verdict.first.layer for one in self.found]
        tool, harness, model = (first.count(layer) for layer in BROKEN)
        return tool, harness, model

    @property
    def rows(self) -> tuple[Row, ...]:
        """A row for each requirement of which something was found."""
        counts: dict[tuple[str, str], list[int]] = {}
        for one in self.found:
            for finding in one.findings:
                row = counts.setdefault((one.feature, finding.requirement), [0, 0, 0])
                row[BROKEN.index(finding.first.layer)] += 1
        return tuple(Row(*key, (row[0], row[1], row[2])) for key, row in counts.items())

    @property
    def stub(self) -> bool:
        """Whether the obedient stub answered."""
        return self.run is not None and self.run.stub
