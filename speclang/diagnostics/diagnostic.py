"""A finding as data: built by the pass that found it, drawn by whoever shows it.

Invariant: a diagnostic is never raised and never printed by the pass that makes it.
"""

import re
from collections.abc import Iterable

from ..source.records import dataclass
from ..source.span import Places, Span
from .code import Code, Severity

_LONGEST = 200
_QUOTED = re.compile(r"(`[^`]{40})[^`]{40,}([^`]{20}`)")
"""Between two backticks, more than can be read at a glance: its beginning and its end."""


@dataclass(frozen=True, slots=True)
class Label:
    """What stands at `span`, in a few words; the words may be empty."""

    span: Span
    text: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the text at `span` by `text`."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """What to do: `title` in the imperative ("write `30 days`"); `edits` do it; `safe` if it can't change meaning."""

    title: str
    edits: tuple[Edit, ...] = ()
    safe: bool = False


def written(span: Span, near: str | None, *, safe: bool = False) -> Fix | None:
    """The fix that writes the name `near` at `span`, or none; `safe` if nothing else can be meant."""
    return Fix(f"write `{near}`", (Edit(span, near),), safe=safe) if near else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """One finding.

    `title` is the sentence that a user reads first: sentence case, no full stop, their own words quoted in backticks.
    `primary` is where it is; `labels` are the other places that matter; `witness` is an input that shows it, as pairs
    of name and value; `region` says which others show it, if that is known; `notes` say why it matters or what it breaks;
    `requirement` is the ID that it is about, or "".
    """

    code: Code
    title: str
    primary: Label
    labels: tuple[Label, ...] = ()
    witness: tuple[tuple[str, str], ...] = ()
    region: str = ""
    notes: tuple[str, ...] = ()
    fix: Fix | None = None
    requirement: str = ""
    severity: Severity | None = None

    def __post_init__(self) -> None:
        """Keep the title one sentence, however long the words are that it quotes."""
        if len(self.title) > _LONGEST:
            object.__setattr__(self, "title", _shortened(self.title))

    @property
    def level(self) -> Severity:
        """The severity: the code's own unless this finding or the project's configuration says another."""
        return self.severity or self.code.severity

    @property
    def told(self) -> tuple[str, ...]:
        """What is told below the places: the region, then the notes."""
        return (self.region, *self.notes) if self.region else self.notes


def _shortened(title: str) -> str:
    """`title` with the middle of long quotations left out, and cut if that is not enough."""
    short = _QUOTED.sub(lambda found: f"{found[1]}…{found[2]}", title)
    return short if len(short) <= 2 * _LONGEST else f"{short[:_LONGEST]}…"


def ordered(found: Iterable[Diagnostic], places: Places) -> tuple[Diagnostic, ...]:
    """`found` by file, start, code and title, each finding once."""
    unique = dict.fromkeys(found)
    return tuple(sorted(unique, key=lambda one: (places.locate(one.primary.span), one.code.id, one.title)))


def is_smell(one: Diagnostic) -> bool:
    """Whether a finding is about words that could say more, or a requirement that could be tried more, and nobody made more of it

    than a note: such a one is told to those who ask.
    """
    return one.code.id.startswith("E06") and one.level is Severity.NOTE


def has_errors(found: Iterable[Diagnostic]) -> bool:
    """Whether any of `found` is an error."""
    return any(one.level is Severity.ERROR for one in found)


def has_more_than_notes(found: Iterable[Diagnostic]) -> bool:
    """Whether any of `found` has to be told again as long as it stands: an error or a warning."""
    return any(one.level is not Severity.NOTE for one in found)
