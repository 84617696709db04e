"""What a watch has to show at one moment, put together from events.

In: the view so far, and an event. Out: the view after it. Invariant: pure; knows no screen, and no clock but the texts it is handed.
"""

from enum import StrEnum
from typing import assert_never

from ...diagnostics.diagnostic import has_more_than_notes
from ...engine.watching.events import About, Changed, Event, Failed, Found, Stands, Took, Wrote
from ...source.records import dataclass, replace


class State(StrEnum):
    """How the project stands, in the words that are shown."""

    LOOKING = "looking"
    IN_SYNC = "in sync"
    BROKEN = "the specs do not hold"
    EDITED = "edited by hand"
    OUT_OF_SYNC = "not in sync"
    FAILED = "could not go on"


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """All that is shown. `at` and `took` are when the last round ended and how long it took, as texts.

    `changed` are the files that began the last round in which something was told, `wrote` and `back` what that led to. `left` says
    that somebody chose to leave the hand edits of `files` for now.
    """

    name: str
    state: State = State.LOOKING
    summary: str = ""
    at: str = ""
    took: str = ""
    changed: tuple[str, ...] = ()
    specs: Found | None = None
    files: Found | None = None
    wrote: Wrote | None = None
    back: Took | None = None
    failed: str = ""
    left: bool = False

    @property
    def awaits(self) -> bool:
        """Whether there are hand edits to decide about."""
        return self.files is not None and self.files.awaits

    def after(self, event: Event) -> "View":
        """The view once `event` has happened."""
        match event:
            case Changed():
                return View(name=self.name, summary=self.summary, at=self.at, took=self.took, changed=event.files)
            case Found() if event.about is About.SPECS:
                return replace(self, specs=event if event.diagnostics else None)
            case Found():
                return replace(self, files=event if event.diagnostics else None, left=False)
            case Wrote():
                return replace(self, wrote=event, files=None, left=False)
            case Took():
                return replace(self, back=event, wrote=None, files=None, changed=(), left=False)
            case Failed():
                return replace(self, failed=event.text, state=State.FAILED)
            case Stands():
                return replace(self, summary=event.summary, state=self._state(event))
            case _:
                assert_never(event)

    def _state(self, event: Stands) -> State:
        if event.in_sync:
            return State.IN_SYNC
        if self.awaits:
            return State.EDITED
        broken = self.specs is not None and has_more_than_notes(self.specs.diagnostics)
        return State.BROKEN if broken else State.OUT_OF_SYNC
