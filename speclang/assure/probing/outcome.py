"""What a probe of real tools has shown, as data."""

from collections.abc import Mapping
from enum import StrEnum

from ...diagnostics.diagnostic import Diagnostic
from ...grading.tally import Rate
from ...source.hashing import Json
from ...source.records import dataclass, field
from ...source.span import Places, Span


class Verdict(StrEnum):
    """What can be said of a promise.

    It was kept by every call, or broken by one; a rate has moved since the baseline, or its sample can't bear a verdict; no call was
    there to show it; or a call that it needs had no answer.
    """

    KEPT = "kept"
    BROKEN = "broken"
    DRIFTED = "drifted"
    UNDECIDED = "undecided"
    UNTESTED = "untested"
    UNANSWERED = "unanswered"


FAILING = (Verdict.BROKEN, Verdict.DRIFTED, Verdict.UNANSWERED)
"""Verdicts that fail a probe."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """One promise and its verdict. `head` is the field that says it, `text` how; `why` and `call` show what breaks it.

    `calls` are those that bear on it. Of a rate, `rate` is how often its condition held, `before` the same in the baseline, `chance` the
    corrected p-value of the difference, `more` how many calls would settle it.
    """

    head: str
    text: str
    verdict: Verdict
    why: str = ""
    call: str = ""
    calls: int = 0
    rate: Rate | None = None
    before: Rate | None = None
    chance: float | None = None
    more: int = 0
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Moved:
    """A value that a call gives now and did not give when the baseline was taken; nothing promises it."""

    call: str
    what: str


@dataclass(frozen=True, slots=True)
class Relying:
    """What of a feature relies on a tool: requirements, clauses by whose they are, and cases."""

    feature: str
    requirements: tuple[str, ...]
    clauses: tuple[str, ...]
    cases: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Probed:
    """One tool. `passed_over` says why it was not called, where it was not. `seen` is what each example's call gave."""

    name: str
    use: str = ""
    version: str = ""
    calls: int = 0
    promised: tuple[Promised, ...] = ()
    moved: tuple[Moved, ...] = ()
    relying: tuple[Relying, ...] = ()
    passed_over: str = ""
    seen: Mapping[str, Json] = field(default_factory=dict[str, Json])

    @property
    def fails(self) -> bool:
        """Whether one of its promises is broken, or can't be told for want of an answer."""
        return any(one.verdict in FAILING for one in self.promised)


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """All that was probed. `path` is where the baseline lies, `baseline` says since when, "" where there is none."""

    tools: tuple[Probed, ...]
    day: str
    path: str
    baseline: str
    diagnostics: tuple[Diagnostic, ...]
    places: Places = field(repr=False, compare=False)

    @property
    def called(self) -> bool:
        """Whether any tool was called."""
        return any(one.calls for one in self.tools)

    @property
    def passed(self) -> bool:
        """Whether no promise is broken, and no recording is out of date."""
        return not self.diagnostics and not any(one.fails for one in self.tools)
