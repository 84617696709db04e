"""Which findings are to be shown of each file now, while texts change faster than everything can be looked at.

In: a session. Out: for each file, its findings.
Invariant: what is shown of a file whose text is still as it was when everything was looked at is what `specc check` says of it; of
one that has changed since: what its text tells at once, and what was said before of requirements that have not changed.
"""

from collections.abc import Iterator, Mapping

from ...diagnostics.diagnostic import Diagnostic
from ...source.span import Unit
from .session import Session, View


class Showing:
    """What is shown of one session."""

    def __init__(self, session: Session) -> None:
        """Nothing is shown of `session` yet."""
        self.found: dict[str, tuple[Diagnostic, ...]] = {}
        """What is shown of each file now."""
        self._session = session
        self._later: dict[str, tuple[Diagnostic, ...]] = {}
        self._texts: dict[str, Mapping[Unit, str]] = {}

    def is_current(self) -> bool:
        """Whether everything was looked at since a text last changed."""
        view = self._session.view
        return view is not None and view.texts == self._session.texts

    def seen(self, view: View) -> dict[str, tuple[Diagnostic, ...]]:
        """Everything was looked at: what is to be shown of each file in which something is found, or was."""
        session = self._session
        found: dict[str, list[Diagnostic]] = {name: [] for name in (*self.found, *session.texts)}
        for one in view.report.diagnostics:
            found.setdefault(one.primary.span.unit.file, []).append(one)
        self._later, self._texts = {}, {}
        for name in (one for one in session.texts if session.is_spec(one)):
            quick = session.quick(name)
            at_once = set(quick.diagnostics) if quick is not None else set()
            self._later[name] = tuple(one for one in found.get(name, ()) if one not in at_once)
        if self.is_current():
            self.found = {name: tuple(some) for name, some in found.items()}
            return dict(self.found)
        told = {name: tuple(some) for name, some in found.items() if name not in session.texts}
        told.update((name, self.read(name)) for name in session.texts if session.is_spec(name))
        self.found = {**self.found, **told}
        return told

    def read(self, name: str) -> tuple[Diagnostic, ...]:
        """The text of a spec has changed: what is to be shown of it."""
        quick = self._session.quick(name)
        at_once = quick.diagnostics if quick is not None else ()
        self.found[name] = (*at_once, *self._still(name))
        return self.found[name]

    def _still(self, name: str) -> Iterator[Diagnostic]:
        """What was said before of units of a file that are as they were."""
        later = self._later.get(name, ())
        view, file = self._session.view, self._session.file(name)
        if not later or view is None or file is None:
            return
        if name not in self._texts:
            then = next((one for one in view.opened.compiled.files if one.source.name == name), None)
            self._texts[name] = {unit.name: unit.text for unit in then.units} if then is not None else {}
        now = {unit.name: unit.text for unit in file.units}
        for one in later:
            unit = one.primary.span.unit
            if unit in now and now[unit] == self._texts[name].get(unit):
                yield one
