"""What happens, as plain lines: one thing a line, each of which can be read by itself. For pipes, logs and other programs.

In: an event. Out: lines. Invariant: pure; nothing of the user's text reaches a terminal that a terminal would obey.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import assert_never

from ...diagnostics.located import Locator
from ...diagnostics.width import safe
from ...engine.watching.effects import Effects
from ...engine.watching.events import Changed, Event, Failed, Found, Stands, Took, Wrote

MOST = 40
"""So many lines of one kind are told; of more, how many there are."""


def lines(event: Event) -> Iterator[str]:
    """The lines that tell `event`."""
    match event:
        case Changed():
            yield from _some([f"changed {path}" for path in event.files])
        case Found():
            yield from _some(list(_findings(event)))
            if event.awaits:
                yield "waits: `specc absorb` makes the specs say what was edited, `specc build --discard` puts it back"
        case Wrote():
            yield from _some([f"wrote {path}" for path in event.written])
            yield from _some([f"removed {path}" for path in event.removed])
            yield from (f"kept what was replaced as {path}" for path in event.saved)
            yield from _effects(event.effects)
        case Took():
            yield f"took back edits of {', '.join(event.requirements)}"
            for spec in event.specs:
                yield from _some([f"{spec.path}: {line}" for line in changes(spec.diff)])
            yield from _effects(event.effects)
        case Failed():
            yield f"failed: {event.text}"
        case Stands():
            yield f"{'in sync' if event.in_sync else 'not in sync'}: {event.summary}"
        case _:
            assert_never(event)


def changes(diff: str) -> list[str]:
    """The lines of a unified diff that go (`- …`) and come (`+ …`)."""
    body = diff.split("\n")[2:]
    return [f"{line[0]} {safe(line[1:])}".rstrip() for line in body if line[:1] in ("-", "+")]


def _findings(event: Found) -> Iterator[str]:
    where = Locator(event.places)
    for one in event.diagnostics:
        place = where.place(one.primary.span)
        label = f" ({safe(one.primary.text)})" if one.primary.text else ""
        yield f"{place.file}:{place.line}:{place.column}: {one.level}[{one.code.id}]: {safe(one.title)}{label}"


def _effects(effects: Sequence[Effects]) -> Iterator[str]:
    for one in effects:
        for path, diff in one.prompts:
            yield from _some([f"{path}: {line}" for line in changes(diff)])
        for noun, parts in (("case", one.cases), ("grader", one.graders)):
            for verb, ids in parts._asdict().items():
                yield from _some([f"{noun} {safe(id)} of {one.feature} {verb}" for id in ids])


def _some(listed: Sequence[str]) -> Iterable[str]:
    if len(listed) <= MOST:
        return listed
    return (*listed[:MOST], f"… and {len(listed) - MOST:,} more like this")
