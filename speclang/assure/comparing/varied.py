"""One thing that differs between two runs, as data, and the axis that it lies on."""

from enum import StrEnum

from ...analysis.change import Change
from ...source.hashing import Json, canonical
from ...source.records import dataclass
from .envelope import Envelope
from .rebuilding import Rebuilt


class Axis(StrEnum):
    """On which side of a run something differs, in the order in which they are told."""

    PROMPT = "prompt"
    MODEL = "model"
    PARAMETERS = "parameters"
    TOOLS = "tools"
    CASES = "cases"
    GRADERS = "graders"
    HARNESS = "harness"


@dataclass(frozen=True, slots=True, kw_only=True)
class Varied:
    """One thing that differs: `name` of it, `how`, and what it was and is, in words; `why` says what `how` is told by.

    `feature` is "" for what all features share, `case` "" for what all cases do. `unit` is what it is called in the row of a prompt.
    `idle` says that it can't change what an answer says.
    """

    axis: Axis
    name: str
    how: str
    feature: str = ""
    case: str = ""
    before: str = ""
    after: str = ""
    why: tuple[str, ...] = ()
    unit: str = ""
    idle: bool = False

    def reaches(self, feature: str, case: str) -> bool:
        """Whether it may have a say in the answers to `case`."""
        return self.feature in ("", feature) and self.case in ("", case) and not self.idle


@dataclass(frozen=True, slots=True)
class Side:
    """One of two runs: what it was asked within, and the project as it was."""

    envelope: Envelope
    rebuilt: Rebuilt


def told(axis: Axis, name: str, before: Json, after: Json, *, idle: bool = False) -> Varied | None:
    """One value that differs, if it does."""
    if canonical(before) == canonical(after):
        return None
    how = Change.ADDED if before is None else Change.REMOVED if after is None else Change.CHANGED
    return Varied(axis=axis, name=name, how=how, before=said(before), after=said(after), idle=idle)


def said(value: Json) -> str:
    """A value in words; "" for none."""
    return "" if value is None else value if isinstance(value, str) else canonical(value)
