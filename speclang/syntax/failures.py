"""Which finding fits a line that cannot be read.

In: the tokens of the line and where the grammar stopped, or a token that is none. Out: the diagnostic that `errors` words.
Invariant: one finding per line, the first thing that is wrong in it.
"""

import re
import unicodedata
from collections.abc import Iterator

from ..diagnostics.diagnostic import Diagnostic
from ..source.span import Span, Unit
from . import errors
from .recipe import MAX_HEIGHT, MAX_TOKENS, Failure
from .texts import MAX_TEXT, Fault, disguised, plain
from .tokens import BAD, DEEP, GOES_ON_AFTER, MAX_DEPTH, MAX_NAME, Scan

_COMPARISONS = frozenset("se=#<l>g")
_PARTNERS = {"(": ")", "[": "]", "r": "}", ")": "(", "]": "["}
_LOOKALIKES = {
    "==": "=", "===": "=", "=>": ">=", "=<": "<=", "<>": "!=", "!==": "!=", "&&": "and", "&": "and", "||": "or", "!": "not",
    "...": "..", "≤": "<=", "≥": ">=", "≠": "!=", "∧": "and", "∨": "or", "¬": "not", "∈": "in",
    "…": "..", "×": "*", "·": "*", "–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-",
    "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "″": '"', "‘": '"', "’": '"', "‚": '"', "'": '"', "`": '"',
    "、": ",", "。": ".", "‖": "or", "⁄": "/",
}  # fmt: skip
_CURRENCIES = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}
_HINTS = {
    "%": "the sign of percent follows its number: `20%`",
    "\\": "a backslash stands only inside a text or a pattern",
    ".": "a dot stands only inside a number or between two names, as in `tool.field`",
    "->": "there are no arrows; a field is written `name value`",
    **{sign: f"money is written with its currency: `500 {code}`" for sign, code in _CURRENCIES.items()},
}
_PLAIN = re.compile(r"-?[A-Za-z0-9_][A-Za-z0-9_.-]*%?")
_NUMBER_AND_UNIT = re.compile(r"(-?(?:0|[1-9][0-9]*(?:_[0-9]+)*)(?:\.[0-9]+)?)([A-Za-z]+)")
_REPAIRABLE = re.compile(r"(-?)0*([0-9][0-9_]*?)_*((?:\.[0-9]+)?%?)")
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e0fff]|\r(?!\n)"
)
_EMOJI = "\xa9\xae\u203c\u2049\u2122\u2139\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
_SHAPED = (
    "\u0600-\u17b3\u17b6-\u180d\u180f-\u18af\u1900-\u1cff\ua800-\uabff\ufb1d-\ufdff\ufe70-\ufefc\U00010a00-\U00011fff"
)
"""The letters of Persian, Hindi and other scripts in which letters join."""
_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_AT_HOME = (
    ("\u200c", "\u200d", f"[{_EMOJI}\ufe0f{_SHAPED}]"),
    ("\ufe0e", "\ufe0f", f"[{_EMOJI}0-9#*]"),
    ("\ufe00", "\ufe0d", f"[{_HAN}\u1000-\u109f\u2200-\u2aff\ua840-\ua877]"),
    ("\U000e0100", "\U000e01ef", f"[{_HAN}]"),
)
"""Characters from and to, that shape the one before them, and after which ones they do: patterns, compiled once one is met."""
_HIDDEN_NAMES = {"\r": " (a carriage return without a line feed)", "\x00": " (null)", "\ufeff": " (byte order mark)"}


def line_failure(name: Unit, scan: Scan, at: int, end: int, failure: Failure) -> Diagnostic:
    """What is wrong with the line of the tokens `at` to `end`, at which the grammar stopped."""
    kinds, texts, starts, ends = scan
    if "LONG" in failure.expected:
        what, limit = ("this line", MAX_TOKENS) if end - at > MAX_TOKENS else ("this chain of operators", MAX_HEIGHT)
        return errors.too_long(what, f"{limit:,} words and signs", Span(name, starts[at], ends[end - 1]))
    index = at + failure.at
    before = texts[index - 1] if index > at else ""
    kind_before = kinds[index - 1] if index > at else ""
    kind, found = (kinds[index], texts[index]) if index < end else ("", "")
    span = Span(name, starts[index], ends[index]) if found else Span(name, ends[end - 1], ends[end - 1])
    if kinds[at] == "i" and index == at + 1:
        return errors.id_without_kind(before, span, found)
    opened = _open_brackets(kinds, at, index)
    head = at + (kinds[at] == "i")
    if kind in _PARTNERS and kind in ")]" and not (opened and kinds[opened[-1]] + kind in ("()", "[]")):
        return errors.bracket(found, span, _PARTNERS[kind])
    if index == head + 1 and kind in (":", "="):
        return errors.field_sign(before, found, span)
    if (kind_before and kind_before in GOES_ON_AFTER) or (index == head + 1 and kind in GOES_ON_AFTER and kind):
        unfinished, compares = not found and end < len(kinds), index == head + 1 and kind in _COMPARISONS
        return errors.missing_value(before, span, found, unfinished=unfinished, compares=compares)
    if not kind and opened:
        start = opened[-1]
        partner = _PARTNERS[kinds[start]]
        return errors.bracket(texts[start], Span(name, starts[start], ends[start]), partner)
    if kind and kind in _COMPARISONS:
        first = next((i for i in range(index - 1, head, -1) if kinds[i] in _COMPARISONS), -1)
        if first >= 0:
            return errors.chained(texts[first], found, texts[first + 1], span)
    if found.startswith("/*"):
        return errors.lookalike("/*", "#", Span(name, span.start, span.start + 2))
    return errors.unexpected(found, before, span)


def _open_brackets(kinds: str, at: int, end: int) -> list[int]:
    opened: list[int] = []
    for i in range(at, end):
        if kinds[i] in "([r":
            opened.append(i)
        elif kinds[i] in ")]c" and opened:
            opened.pop()
    return opened


def token_failure(name: Unit, scan: Scan, index: int) -> Diagnostic:
    """What is wrong with the token `index`, which is none."""
    written, start, end = scan.texts[index], scan.starts[index], scan.ends[index]
    span = Span(name, start, end)
    if scan.kinds[index] == DEEP:
        return errors.too_deep(span, MAX_DEPTH)
    if written.startswith("//"):
        return errors.lookalike("//", "#", Span(name, start, start + 2))
    first = written[0]
    if first in '"/':
        return errors.open_text(written, span if first == "/" or written[:3] != '"""' else Span(name, start, start + 3))
    if _HIDDEN.match(written):
        return hidden(name, written, start)
    if first in "0123456789":
        return _bad_number(written, span)
    if first == "-":
        return _bad_minus(name, scan, index)
    if first.isalnum() or first == "_":
        return _bad_word(written, span)
    return _beside_a_number(name, scan, index) or _bad_sign(name, written, start)


def _bad_word(written: str, span: Span) -> Diagnostic:
    if len(written) > MAX_NAME and written.isascii():
        return errors.too_long("this name", f"{MAX_NAME} characters", span)
    meant = plain(written)
    odd = next((char for char in written if not char.isascii()), "")
    if not odd or not _PLAIN.fullmatch(meant):
        return errors.bad_name(written, span)
    return errors.lookalike(
        written, meant, span, f"`{odd}` is U+{ord(odd):04X} ({unicodedata.name(odd, 'unnamed').lower()})"
    )


def _bad_minus(name: Unit, scan: Scan, index: int) -> Diagnostic:
    """A `-` that is no minus, no sign and in no ID; or `->`."""
    written, start = scan.texts[index], scan.starts[index]
    if written == "->":
        return errors.unknown_character(written, Span(name, start, start + 2), _HINTS[written])
    glued_before = index > 0 and scan.ends[index - 1] == start
    glued_after = len(written) > 1 or (
        scan.starts[index + 1 : index + 2] == [start + 1] and scan.kinds[index + 1] != ";"
    )
    on_line = index > 0 and scan.kinds[index - 1] not in ";{}"
    return errors.glued_minus(Span(name, start, start + 1), between=on_line and (glued_after or not glued_before))


def _beside_a_number(name: Unit, scan: Scan, index: int) -> Diagnostic | None:
    """A dot, a sign of percent or of a currency next to a number; None if it is none of them."""
    written, start, end = scan.texts[index], scan.starts[index], scan.ends[index]
    before = scan.texts[index - 1] if index and scan.kinds[index - 1] == "0" else ""
    after = scan.texts[index + 1] if scan.kinds[index + 1 : index + 2] == "0" and scan.starts[index + 1] == end else ""
    if written == "." and after:
        return errors.bad_number("." + after, "0." + after, Span(name, start, end + len(after)))
    if written in _CURRENCIES and after:
        return errors.lookalike(written + after, f"{after} {_CURRENCIES[written]}", Span(name, start, end + len(after)))
    if written in {".", "%"} and before:
        meant = before + written.strip(".")
        blank = " " if scan.ends[index - 1] < start else ""
        return errors.bad_number(before + blank + written, meant, Span(name, scan.starts[index - 1], end))
    return None


def _bad_sign(name: Unit, written: str, start: int) -> Diagnostic:
    span = Span(name, start, start + len(written))
    if len(written) > 1 and _LOOKALIKES.get(written[0]) == _LOOKALIKES.get(written[-1]) == '"':
        return errors.lookalike(written, f'"{written[1:-1]}"', span)
    if written in _LOOKALIKES:
        return errors.lookalike(written, _LOOKALIKES[written], span)
    if written.isascii():
        return errors.unknown_character(written, span, _HINTS.get(written, ""))
    first = written[0]
    span = Span(name, start, start + 1)
    meant = " " if first.isspace() else _LOOKALIKES.get(first) or unicodedata.normalize("NFKC", first)
    if meant.isascii() and meant:
        return errors.lookalike(first, meant, span)
    return errors.unknown_character(first, span, _HINTS.get(first, ""))


def _bad_number(written: str, span: Span) -> Diagnostic:
    unit = _NUMBER_AND_UNIT.fullmatch(written)
    if unit and not (unit[2][0] in "eExXbBoO" and len(unit[2]) == 1):
        return errors.bad_number(written, f"{unit[1]} {unit[2]}", span)
    repaired = _REPAIRABLE.fullmatch(written.replace(",", "_"))
    if repaired:
        digits = re.sub("__+", "_", repaired[2])
        return errors.bad_number(written, repaired[1] + digits + repaired[3], span)
    return errors.bad_number(written, "", span)


def text_failure(name: Unit, text: str, fault: Fault) -> Diagnostic:
    """What is wrong inside a text."""
    span = Span(name, fault.start, fault.end)
    written = text[fault.start : fault.end]
    match fault.kind:
        case "escape":
            return errors.bad_escape(written, span)
        case "hole":
            return errors.bad_hole(written, span)
        case _:
            return errors.too_long("this text", f"{MAX_TEXT:,} characters", span)


def concealed(text: str, start: int = 0) -> Iterator[tuple[int, str]]:
    """The place of each character of `text` from `start` on that cannot be seen and shapes nothing that can."""
    for found in _HIDDEN.finditer(text, start):
        at, char = found.start(), found[0]
        homes = (after for first, last, after in _AT_HOME if first <= char <= last)
        if not any(at and re.match(after, text[at - 1]) for after in homes):
            yield at, char


def hidden(name: Unit, written: str, start: int) -> Diagnostic:
    """The first character of `written`, which cannot be seen."""
    char = written[0]
    known = _HIDDEN_NAMES.get(char) or (f" ({unicodedata.name(char).lower()})" if unicodedata.name(char, "") else "")
    return errors.hidden_character(char, known, Span(name, start, start + 1))


def in_disguise(name: Unit, scan: Scan) -> Iterator[Diagnostic]:
    """The letters in texts and patterns that only look like plain ones."""
    for kind, text, start in zip(scan.kinds, scan.texts, scan.starts, strict=True):
        for one in disguised(text, start) if kind in '"/' else ():
            said = f" ({unicodedata.name(one.found, 'unnamed').lower()})"
            yield errors.disguised(one.word, one.found, one.plain, said, Span(name, one.at, one.at + 1))


def first_bad(kinds: str, at: int, end: int) -> int:
    """The index of the first token of a line that is none, or -1."""
    found = [i for i in (kinds.find(BAD, at, end), kinds.find(DEEP, at, end)) if i >= 0]
    return min(found, default=-1)
