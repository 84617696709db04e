"""The view as the lines of a screen.

In: a view, the size of the window, how far its body is scrolled. Out: as many lines as the window has, each no wider than it.
Invariant: pure; nothing of the user's text reaches the terminal that a terminal would obey.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ...diagnostics.draw import draw_all
from ...diagnostics.located import Locator
from ...diagnostics.width import columns, safe
from ...engine.watching.effects import Effects, Parts
from ...engine.watching.events import Found
from ..console import Console
from .lines import changes
from .view import State, View

_STYLES = {
    State.LOOKING: "dim",
    State.IN_SYNC: "green",
    State.BROKEN: "red",
    State.EDITED: "yellow",
    State.OUT_OF_SYNC: "yellow",
    State.FAILED: "red",
}
_MOST_CASES = 6
_MOST_LINES = 12
_SGR = re.compile(r"\x1b\[[0-9;]*m")

HELP = (
    ("a", "absorb: make the specs say what was edited in a prompt by hand"),
    ("d", "discard: put back what the specs say; a copy of the edit is kept in .specc/discarded/"),
    ("l", "leave the edit for now: nothing is built until it is absorbed, discarded or undone"),
    ("up, down", "scroll; also j and k, space and b for a page, g for the top"),
    ("?", "show or hide this"),
    ("q", "quit; exit code 0 where everything is in sync, 1 where not"),
)


class Size(NamedTuple):
    """The window, in characters."""

    columns: int
    rows: int


def screen(view: View, size: Size, console: Console, *, scroll: int = 0, help: bool = False) -> tuple[str, ...]:
    """The lines of the window; `scroll` lines of what is told are above it, as far as there are so many below."""
    head = list(_head(view, size.columns, console))
    body = list(_help(console) if help else _body(view, size.columns, console))
    room = max(size.rows - len(head) - 2, 1)
    top = max(0, min(scroll, len(body) - room))
    below = len(body) - room - top
    shown = body[top : top + room]
    foot = _foot(view, console, below=max(below, 0), above=top)
    lines = [*head, *shown, *[""] * (room - len(shown)), "", foot]
    return tuple(fitted(line, size.columns) for line in lines[: size.rows])


def furthest(view: View, size: Size, console: Console) -> int:
    """How far what is told can be scrolled."""
    head = sum(1 for _ in _head(view, size.columns, console))
    body = sum(1 for _ in _body(view, size.columns, console))
    return max(0, body - max(size.rows - head - 2, 1))


def fitted(line: str, width: int) -> str:
    """`line` in at most `width` columns; what is painted ends with the line, and what is left out shows as `…`."""
    if columns(_SGR.sub("", line)) <= width:
        return line
    return f"{_start(line, width - 1)[0]}…" + ("\x1b[0m" if "\x1b" in line else "")


def folded(line: str, width: int) -> Iterator[str]:
    """`line` as lines of at most `width` columns, broken at spaces where there are some; what goes on is indented below its start."""
    plain = _SGR.sub("", line)
    if columns(plain) <= width:
        yield line
        return
    indent = " " * min(len(plain) - len(plain.lstrip(" |=")) + 2, width // 2)
    style = ""
    while columns(_SGR.sub("", line)) > width:
        first, _ = _start(line, width)
        cut = first.rfind(" ")
        at = cut if len(_SGR.sub("", first[: max(cut, 0)]).strip()) > width // 3 else len(first)
        yield line[:at].rstrip() + ("\x1b[0m" if "\x1b" in line[:at] else "")
        style = "".join(_SGR.findall(style + line[:at])[-1:])
        line = f"{indent}{style}{line[at:].lstrip(' ')}"
    yield line


def _start(line: str, width: int) -> tuple[str, str]:
    """The part of `line` that fits into `width` columns, and what follows it."""
    at, room = 0, width
    while at < len(line):
        painted = _SGR.match(line, at)
        if painted is not None:
            at = painted.end()
            continue
        room -= columns(line[at])
        if room < 0:
            break
        at += 1
    return line[:at], line[at:]


def _head(view: View, width: int, console: Console) -> Iterator[str]:
    state = "left as it is" if view.left else view.state.value
    name = safe(view.name)
    gap = " " * max(2, width - columns(name) - len(state) - 9)
    style = "dim" if view.left else _STYLES[view.state]
    yield f"{console.paint('specc', 'dim')} {console.paint(name, 'bold')}{gap}{console.paint(f'● {state}', style)}"
    yield console.paint(view.summary, "dim") if view.summary else ""
    built = [f"{view.at} in {view.took}"] if view.at else []
    yield console.paint(", ".join([*built, *([_listed(view.changed)] if view.changed else [])]), "dim")
    yield ""


def _listed(files: Sequence[str]) -> str:
    more = f" and {len(files) - 3:,} more" if len(files) > 3 else ""
    return ", ".join(map(safe, files[:3])) + more


def _body(view: View, width: int, console: Console) -> Iterator[str]:
    for line in _told(view, width, console):
        yield from folded(line, width)


def _told(view: View, width: int, console: Console) -> Iterator[str]:
    if view.failed:
        yield console.paint(safe(view.failed), "red")
        yield console.paint("it is tried again", "dim")
        yield ""
    if view.state is State.BROKEN:
        yield console.paint("generated files stay as they are until the specs hold", "dim")
        yield ""
    if view.files is not None:
        yield from _left(view.files, console) if view.left else _drawn(view.files, width, console)
    if view.specs is not None:
        yield from _drawn(view.specs, width, console)
    if view.back is not None:
        yield console.paint(f"took back edits of {', '.join(view.back.requirements)}", "bold")
        for spec in view.back.specs:
            yield f"  {console.paint(safe(spec.path), 'dim')}"
            yield from _painted(changes(spec.diff), console)
        yield ""
        for one in view.back.effects:
            yield from _effects(one, console)
    if view.wrote is not None:
        for path in view.wrote.saved:
            yield f"kept what was replaced as {safe(path)}"
        for one in view.wrote.effects:
            yield from _effects(one, console)
        if not view.wrote.effects:
            count = len(view.wrote.written) + len(view.wrote.removed)
            yield console.paint(f"wrote {count:,} file{'' if count == 1 else 's'}", "dim")


def _left(found: Found, console: Console) -> Iterator[str]:
    """The edits that were left, one a line: nothing is built meanwhile, so they are not forgotten."""
    where = Locator(found.places)
    for one in found.diagnostics:
        place = where.place(one.primary.span)
        yield f"{safe(one.title)} {console.paint(f'{place.file}:{place.line}', 'dim')}"
    yield console.paint("nothing is built until this is absorbed, discarded or undone", "dim")
    yield ""


def _drawn(found: Found, width: int, console: Console) -> Iterator[str]:
    text = draw_all(found.diagnostics, found.places, colour=console.colour, width=width)
    yield from text.rstrip("\n").split("\n")
    yield ""


def _effects(one: Effects, console: Console) -> Iterator[str]:
    yield console.paint(one.feature, "bold")
    for path, diff in one.prompts:
        yield f"  {console.paint(safe(path), 'dim')}"
        yield from _painted(changes(diff), console)
    for noun, parts in (("cases", one.cases), ("graders", one.graders)):
        yield from _parts(noun, parts, console)
    yield ""


def _parts(noun: str, parts: Parts, console: Console) -> Iterator[str]:
    counts = [f"{len(ids):,} {verb}" for verb, ids in parts._asdict().items() if ids]
    if counts:
        yield f"  {console.paint(noun, 'dim')} {', '.join(counts)}"
    for sign, style, ids in (("+", "green", parts.came), ("-", "red", parts.went), ("~", "yellow", parts.changed)):
        yield from (console.paint(f"    {sign} {safe(id)}", style) for id in ids[:_MOST_CASES])
        if len(ids) > _MOST_CASES:
            yield console.paint(f"    {sign} and {len(ids) - _MOST_CASES:,} more", "dim")


def _painted(listed: Sequence[str], console: Console) -> Iterator[str]:
    for line in listed[:_MOST_LINES]:
        yield console.paint(f"    {line}", "red" if line.startswith("-") else "green")
    if len(listed) > _MOST_LINES:
        yield console.paint(f"    and {len(listed) - _MOST_LINES:,} more lines", "dim")


def _help(console: Console) -> Iterator[str]:
    width = max(len(keys) for keys, _ in HELP)
    for keys, meaning in HELP:
        yield f"  {console.paint(keys.rjust(width), 'bold')}  {meaning}"


def _foot(view: View, console: Console, *, below: int, above: int) -> str:
    choices = (("a", "absorb"), ("d", "discard"), *(() if view.left else (("l", "leave"),))) if view.awaits else ()
    keys = "   ".join(
        f"{console.paint(key, 'bold')} {console.paint(word, 'dim')}" for key, word in (*choices, *_ALWAYS)
    )
    more = " ".join([*([f"↑ {above:,}"] if above else []), *([f"↓ {below:,}"] if below else [])])
    return f"{keys}   {console.paint(more, 'dim')}" if more else keys


_ALWAYS = (("?", "help"), ("q", "quit"))
