"""Divides a prompt into what it states and what holds that together.

In: the text of a prompt: plain, Markdown, XML, a template of any kind. Out: passages in order; each sentence, of a
paragraph or a point, a table or a fenced block is stated, and headings, tags, bullets and white space lie between.
Invariant: the passages put together are the text, character for character; time grows with its length, so no pattern goes
back over what it has matched.
"""

import re
from collections.abc import Iterator, Sequence

from ...source.records import dataclass

_LINE = re.compile(r"[^\r\n]*+(?:\r\n|\n|\r|\Z)")
_FENCE = re.compile(r"[ \t]*+(`{3,}+|~{3,}+)")
_HEADING = re.compile(r"[ \t]*+(#{1,6}+)[ \t]++(.*)")
_BOLD = re.compile(r"[ \t]*+\*\*([^*\n]++(?<![.!?]))\*\*:?[ \t]*+")
_TAG = re.compile(r"[ \t]*+<(/?)([A-Za-z][\w.-]*+)([^<>]*+)>[ \t]*+")
_CONTROL = re.compile(r"[ \t]*+(?:\{%[^{}%]*+%\}|\{#[^{}#]*+#\}|\{\{[#/^!][^{}]*+\}\})[ \t]*+")
_RULE = re.compile(r"[ \t]*+([-*_=])(?:[ \t]*+\1){2,}+[ \t]*+")
BULLET = re.compile(r"([ \t]*+)(?:[-*+•‣·–]|\(?[0-9]{1,3}[.)]|\(?[a-z][.)])[ \t]++(?=\S)")
_TABLE = re.compile(r"[ \t]*+\|")
_END = re.compile(r"(?<![.!?…。！？])[.!?…。！？]++[)\]\"'”’»*_`]*+(?:\s++|(?<=[。！？]))(?=\S)")
_SHORT = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|cf|approx|no|nr|mr|mrs|ms|dr|prof|st|fig|sec|ca|resp)|\b[A-Za-z]|^\s*+[0-9]++)\.$",
    re.IGNORECASE,
)
_QUOTED = re.compile(
    r"""(?<![^\s(\[])(?:"[^"]{1,300}+"|'(?:[^']|'(?=\w)){1,300}+'(?!\w)|“[^”]{1,300}+”|‘(?:[^’]|’(?=\w)){1,300}+’(?!\w))"""
)
"""Words that somebody is to say, or says: a sentence does not end among them."""
_SAYS = re.compile(r"\w")
_MARK = "\ufeff"
_OPENERS = (_FENCE, BULLET, _TABLE)
_ALONE = (_HEADING, _BOLD, _TAG, _CONTROL, _RULE)
_LOOK_BACK = 12
_TAG_DEPTH, _BOLD_DEPTH = 0, 7
"""A heading inside of a tag does not end it; a line in bold type ends no heading."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Some characters of the prompt. `stated` ones become requirements; `section` is the heading or tag that they stand below."""

    text: str
    stated: bool
    section: str = ""


def passages(text: str) -> tuple[Passage, ...]:
    """`text` in passages, none empty."""
    found: list[Passage] = [Passage(_MARK, stated=False)] if text.startswith(_MARK) else []
    sections = Sections()
    lines = [line for line in _LINE.findall(text.removeprefix(_MARK)) if line]
    at = 0
    while at < len(lines):
        line = lines[at]
        plain = line.rstrip("\r\n")
        if sections.enter(plain) or not plain.strip() or _CONTROL.fullmatch(plain) or _RULE.fullmatch(plain):
            found.append(Passage(line, stated=False))
            at += 1
        else:
            end = _end(lines, at)
            found.extend(_stated("".join(lines[at:end]), plain, sections.name))
            at = end
    return tuple(_joined(found))


class Sections:
    """Under which heading or tag a line stands: a closing tag goes back to what was before its opening one.

    `path` are the headings and tags around a line, the outermost first; a heading ends those of its depth and deeper ones.
    """

    __slots__ = ("_around", "_open", "name")

    def __init__(self) -> None:
        """Stand below nothing."""
        self.name = ""
        self._around: tuple[tuple[int, str], ...] = ()
        self._open: dict[str, list[tuple[str, tuple[tuple[int, str], ...]]]] = {}

    @property
    def path(self) -> tuple[str, ...]:
        """The headings and tags that a line stands below."""
        return tuple(name for _, name in self._around)

    def enter(self, line: str) -> bool:
        """Whether `line` is a heading or a tag and states nothing."""
        heading = _HEADING.fullmatch(line)
        bold = None if heading else _BOLD.fullmatch(line)
        if heading or bold:
            self.name = heading[2] if heading else bold[1] if bold else ""
            depth = len(heading[1]) if heading else _BOLD_DEPTH
            self._around = (*(one for one in self._around if one[0] < depth), (depth, self.name))
            return True
        tag = _TAG.fullmatch(line)
        if tag is None:
            return False
        closes, name, rest = tag.groups()
        if closes:
            before = self._open.get(name)
            if before:
                self.name, self._around = before.pop()
        elif not rest.endswith("/"):
            self._open.setdefault(name, []).append((self.name, self._around))
            self.name = name
            self._around = (*self._around, (_TAG_DEPTH, name))
        return True


def _end(lines: Sequence[str], start: int) -> int:
    """Where the fenced block, table, point or paragraph that begins at `start` ends."""
    first = lines[start]
    if fence := _FENCE.match(first):
        closing = re.compile(rf"[ \t]*{re.escape(fence[1])}[ \t]*")
        for at in range(start + 1, len(lines)):
            if closing.fullmatch(lines[at].rstrip("\r\n")):
                return at + 1
        return len(lines)
    table, bullet = _TABLE.match(first), BULLET.match(first)
    at = start + 1
    while at < len(lines) and _goes_on(lines[at], bullet, table=table is not None):
        at += 1
    return at


def _goes_on(line: str, bullet: "re.Match[str] | None", *, table: bool) -> bool:
    """Whether `line` belongs to the table, point or paragraph before it."""
    plain = line.rstrip("\r\n")
    if table:
        return _TABLE.match(plain) is not None
    if bullet and len(plain) - len(plain.lstrip(" \t")) <= len(bullet[1]):
        return False
    return bool(plain.strip()) and not (
        any(form.match(plain) for form in _OPENERS) or any(form.fullmatch(plain) for form in _ALONE)
    )


def _stated(text: str, first: str, section: str) -> Iterator[Passage]:
    bullet = BULLET.match(first)
    if bullet:
        yield Passage(bullet[0], stated=False)
        for sentence in _sentences(text[bullet.end() :]):
            yield from _trimmed(sentence, section)
    elif _FENCE.match(first) or _TABLE.match(first):
        yield from _trimmed(text, section)
    else:
        for sentence in _sentences(text):
            yield from _trimmed(sentence, section)


def _sentences(text: str) -> Iterator[str]:
    """`text` cut after each sentence; what only looks like an end (`e.g.`) is none, nor is one within a quotation."""
    start = 0
    quoted = _QUOTED.finditer(text)
    within = next(quoted, None)
    for end in _END.finditer(text):
        while within is not None and within.end() <= end.end():
            within = next(quoted, None)
        if within is not None and within.start() < end.start():
            continue
        shown = text[max(start, end.start() - _LOOK_BACK) : end.start() + 1]
        after = text[end.end()]
        if _SHORT.search(shown) or after.islower():
            continue
        yield text[start : end.end()]
        start = end.end()
    yield text[start:]


def _trimmed(text: str, section: str) -> Iterator[Passage]:
    """`text` without the white space around it, which holds things together."""
    core = text.strip()
    if not _SAYS.search(core):
        yield Passage(text, stated=False)
        return
    start = text.index(core[0]) if text[0] != core[0] else 0
    if start:
        yield Passage(text[:start], stated=False)
    yield Passage(core, stated=True, section=section)
    if start + len(core) < len(text):
        yield Passage(text[start + len(core) :], stated=False)


def _joined(found: Sequence[Passage]) -> Iterator[Passage]:
    """`found`, with what is not stated joined."""
    held: list[str] = []
    for one in found:
        if not one.stated:
            held.append(one.text)
            continue
        if held:
            yield Passage("".join(held), stated=False)
            held.clear()
        yield one
    if held:
        yield Passage("".join(held), stated=False)
