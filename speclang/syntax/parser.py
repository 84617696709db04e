"""Text to tree.

In: a file, or one unit of one. Out: its tree, and what could not be read. A unit is parsed from its own text alone, so a caller
may remember the result by name and text.
Invariant: never fails: a line that cannot be read is reported and left out, and the lines around it stay.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import islice

from ..diagnostics.diagnostic import Diagnostic
from ..diagnostics.result import Result
from ..source import span as spans
from ..source.text import SourceText
from . import errors, tree
from .blocks import MAX_UNITS, OPENERS, Misfit, Piece, Split, split
from .build import Recipe, build_item
from .failures import concealed, first_bad, hidden, in_disguise, line_failure, text_failure, token_failure
from .recipe import Failure, derive
from .texts import Fault
from .tokens import scan

MAX_FILE = 16 * 1024 * 1024
MAX_UNIT = 4 * 1024 * 1024
_MOST_FINDINGS = 50
_BOUNDARY = re.compile("[;{}]")


Read = Callable[[spans.Unit, str, str, int], tuple[tree.Unit, tuple[Diagnostic, ...]]]
"""`parse_unit`, or the same with a memory."""


def parse(
    source: SourceText, read: "Read | None" = None, divide: Callable[[SourceText], Split] = split
) -> Result[tree.File]:
    """The tree of `source`, with everything that is wrong in it; its units are found by `divide` and read by `read`, where one is given."""
    if len(source.text) > MAX_FILE:
        limit = errors.too_long("this file", f"{MAX_FILE // 1024 // 1024} MiB", spans.whole_file(source.name))
        return Result(tree.File(source, ()), (limit,))
    found = divide(source)
    units = parse_pieces(source, found.pieces, read)
    file, diagnostics = units.value, list(units.diagnostics)
    diagnostics.extend(misfit(source, one) for one in found.misfits)
    diagnostics.extend(_hidden_between(source, file.units))
    if found.cut:
        stop = spans.whole_file(source.name, found.cut, found.cut)
        diagnostics.append(errors.too_long("this file", f"{MAX_UNITS:,} declarations and requirements", stop))
    return Result(file, tuple(diagnostics))


def parse_pieces(source: SourceText, pieces: Iterable[Piece], read: "Read | None" = None) -> Result[tree.File]:
    """The tree of some units of `source`, with what is wrong in them; what stands between units is not looked at."""
    read = read or parse_unit
    units: list[tree.Unit] = []
    diagnostics: list[Diagnostic] = []
    text = source.text
    for key, start, end, parent in pieces:
        unit, problems = read(spans.Unit(source.name, key), text[start:end], parent, start)
        units.append(unit)
        if problems:
            diagnostics.extend(problems)
    return Result(tree.File(source, tuple(units)), tuple(diagnostics))


def _hidden_between(source: SourceText, units: Sequence[tree.Unit]) -> list[Diagnostic]:
    """Characters that cannot be seen in the comments between units."""
    found: list[Diagnostic] = []
    after = iter([*((unit.start, unit.start + len(unit.text)) for unit in units), (len(source.text), 0)])
    start, end = next(after)
    for at, char in concealed(source.text, 1 if source.text.startswith("\ufeff") else 0):
        while at >= end and end:
            start, end = next(after)
        if at < start and len(found) < _MOST_FINDINGS:
            found.append(hidden(spans.Unit(source.name, ""), char, at))
    return found


def misfit(source: SourceText, found: Misfit) -> Diagnostic:
    """The finding for a brace of `source` that fits nothing."""
    opener = found.opener
    if opener is None:
        return errors.stray_brace(spans.whole_file(source.name, found.at, found.at + 1))
    unit = spans.Unit(source.name, opener.key)
    due = spans.Span(unit, found.at - opener.start, found.at - opener.start)
    brace = spans.Span(unit, opener.end - opener.start - 1, opener.end - opener.start)
    return errors.missing_brace(opener.key, due, brace)


def parse_unit(name: spans.Unit, text: str, parent: str, start: int) -> tuple[tree.Unit, tuple[Diagnostic, ...]]:
    """One unit from its own text; of the result, only `Unit.start` depends on `start`."""
    reading = _Reading(name, text, opens=not parent and name.key.split(" ", 1)[0] in OPENERS)
    item = reading.read()
    return tree.Unit(name, text, item, parent, start), tuple(dict.fromkeys(reading.found))


class _Reading:
    """One unit being read."""

    def __init__(self, name: spans.Unit, text: str, *, opens: bool) -> None:
        self.name = name
        self.text = text
        self.opens = opens
        self.scan = scan(text if len(text) <= MAX_UNIT else "")
        self.found: list[Diagnostic] = []

    def read(self) -> tree.Item | None:
        """The item of the unit, or None if its first line cannot be read."""
        if len(self.text) > MAX_UNIT:
            self.found.append(errors.too_long("this block", f"{MAX_UNIT // 1024 // 1024} MiB", self._span(0, 0)))
            return None
        for at, char in islice(concealed(self.text), _MOST_FINDINGS):
            self._report(hidden(self.name, char, at))
        if not self.text.isascii():
            for one in islice(in_disguise(self.name, self.scan), _MOST_FINDINGS):
                self._report(one)
        return self._items()

    def _items(self) -> tree.Item | None:
        """The first item among the tokens; what else there is, is reported."""
        kinds, _, _, ends = self.scan
        items: list[tree.Item | None] = []
        outer: list[tuple[list[tree.Item | None], int, int, bool]] = []
        at = 0
        closed = False
        for boundary in _BOUNDARY.finditer(kinds):
            index = boundary.start()
            kind = kinds[index]
            if kind == "{":
                outer.append((items, at, index, closed))
                items = []
            else:
                if at < index:
                    items.append(self._item(at, index, None, ends[index - 1], closed=closed))
                if kind == "}":
                    if outer:
                        items = self._close(outer, items, ends[index])
                    else:
                        self.found.append(errors.stray_brace(self._token(index)))
            at = index + 1
            closed = kind == "}"
        if at < len(kinds):
            items.append(self._item(at, len(kinds), None, ends[-1], closed=closed))
        while outer:
            if len(outer) > 1 or not self.opens:
                self._missing_brace(outer[-1][1], outer[-1][2])
            items = self._close(outer, items, ends[-1])
        item = items[0] if items else None
        if self.opens and item is not None and item.body is None:
            self._expected_body()
        return item

    def _close(
        self, outer: list[tuple[list[tree.Item | None], int, int, bool]], items: list[tree.Item | None], end: int
    ) -> list[tree.Item | None]:
        """Make `items` the body of the block that is open; returns the items among which the block stands."""
        body = tuple([item for item in items if item is not None])
        around, head, opened, closed = outer.pop()
        around.append(self._item(head, opened, body, end, closed=closed))
        return around

    def _item(
        self, at: int, end: int, body: tuple[tree.Item, ...] | None, item_end: int, *, closed: bool
    ) -> tree.Item | None:
        """The item whose line is the tokens `at` to `end`; `closed` if a `}` stands before it with nothing between."""
        kinds = self.scan.kinds
        if at == end:
            self._report(errors.expected_head(self._token(end)))
            return None
        recipe = derive(kinds[at:end])
        if isinstance(recipe, Failure):
            again = self._repaired(at, end, recipe)
            if again is None:
                return None
            recipe = again
        if closed:
            self._report(errors.expected_line_end(self.scan.texts[at], self._token(at), self._before(at)))
        faults: list[Fault] = []
        item = build_item(recipe, self.scan, at, faults, body, item_end)
        for fault in faults[:_MOST_FINDINGS]:
            self._report(text_failure(self.name, self.text, fault))
        return item

    def _repaired(self, at: int, end: int, failure: Failure) -> Recipe | None:
        """Report what is wrong with the line of the tokens `at` to `end`; what it means with its last text ended, if that is all."""
        kinds, texts, starts, _ = self.scan
        bad = first_bad(kinds, at, end)
        if bad < 0:
            self._report(line_failure(self.name, self.scan, at, end, failure))
            return None
        self._report(token_failure(self.name, self.scan, bad))
        text = texts[bad].rstrip(" \t\r")
        beyond = starts[bad] + len(text) >= len(self.text)
        is_open = text.startswith('"') and text[-1] not in '"\\'
        if not is_open or text.startswith('"""') or beyond or len(self.found) >= _MOST_FINDINGS:
            return None
        texts[bad] = f'{text}"'
        again = derive(f'{kinds[at:bad]}"{kinds[bad + 1 : end]}')
        return None if isinstance(again, Failure) else again

    def _missing_brace(self, head: int, opened: int) -> None:
        """Report a body without an end, unless an open text has swallowed it."""
        if any(one.code == errors.OPEN_TEXT for one in self.found):
            return
        _, texts, starts, _ = self.scan
        line = " ".join(texts[head : min(head + 2, opened)]) or "{"
        end = len(self.text)
        indent = " " * (starts[head] - self.text.rfind("\n", 0, starts[head]) - 1) if head else ""
        self._report(errors.missing_brace(line, self._span(end, end), self._token(opened), f"\n{indent}}}"))

    def _expected_body(self) -> None:
        end = self.scan.ends[-1]
        self._report(errors.expected_body(self.name.key, self._span(end, end), self._span(end, end)))

    def _report(self, diagnostic: Diagnostic) -> None:
        again = diagnostic.code == errors.TOO_DEEP and any(one.code == errors.TOO_DEEP for one in self.found)
        if len(self.found) < _MOST_FINDINGS and not again:
            self.found.append(diagnostic)

    def _token(self, index: int) -> spans.Span:
        return self._span(self.scan.starts[index], self.scan.ends[index])

    def _before(self, index: int) -> spans.Span:
        """The place after the token before `index`."""
        return self._span(self.scan.ends[index - 1], self.scan.ends[index - 1])

    def _span(self, start: int, end: int) -> spans.Span:
        return spans.Span(self.name, start, end)
