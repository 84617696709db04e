"""Reads JSON and JSON Lines as trees of values.

In: the text of a file that nobody vouches for. Out: its values with their places; what is not strict JSON is malformed.
Invariant: nothing goes deeper than the limit.
"""

import json
import re

from .document import DEEPEST, Malformed, Raw, Scalar

_BLANK = re.compile(r"[ \t\r\n]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,300})(\.[0-9]{1,300})?([eE][-+]?[0-9]{1,3})?")
_STRINGS = json.JSONDecoder()
_WORDS: tuple[tuple[str, Scalar], ...] = (("true", True), ("false", False), ("null", None))


def json_of(text: str) -> Raw:
    """The one value of a JSON text."""
    raw, at = _json(text, _skip(text, 0), 0)
    at = _skip(text, at)
    if at < len(text):
        raise Malformed("nothing is expected after the value", at)
    return raw


def lines_of(text: str) -> Raw:
    """The values of JSON Lines, as a list."""
    parts: list[Raw] = []
    at = _skip(text, 0)
    while at < len(text):
        raw, at = _json(text, at, 1)
        parts.append(raw)
        rest = text[at : _skip(text, at)]
        at += len(rest)
        if at < len(text) and "\n" not in rest:
            raise Malformed("a line holds one value", at)
    return Raw(0, len(text), tuple(parts), is_list=True)


def _skip(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    return found.end() if found else at


def _json(text: str, at: int, depth: int) -> tuple[Raw, int]:
    """The value at `at`, and where it ends."""
    if depth > DEEPEST:
        raise Malformed(f"values lie more than {DEEPEST} deep in each other", at)
    opens = text[at : at + 1]
    if opens == '"':
        said, end = _quoted(text, at)
        return Raw(at, end, value=said, text=said), end
    if opens and opens in "[{":
        return _several(text, at, depth, is_map=opens == "{")
    for word, value in _WORDS:
        if text.startswith(word, at):
            return Raw(at, at + len(word), value=value, text="" if value is None else word), at + len(word)
    found = _NUMBER.match(text, at)
    if found is None:
        raise Malformed("a JSON value is expected here" if opens else "it ends where a JSON value is expected", at)
    number = float(found[0]) if found[1] or found[2] else int(found[0])
    return Raw(at, found.end(), value=number, text=found[0]), found.end()


def _several(text: str, start: int, depth: int, *, is_map: bool) -> tuple[Raw, int]:
    closing = "}" if is_map else "]"
    keys: list[str] = []
    seen: set[str] = set()
    parts: list[Raw] = []
    at = _skip(text, start + 1)
    while text[at : at + 1] != closing or parts:
        if is_map:
            if text[at : at + 1] != '"':
                raise Malformed("a key in quotes is expected here", at)
            key, end = _quoted(text, at)
            if key in seen:
                raise Malformed(f"the key `{key}` stands twice in one map", at, end)
            keys.append(key)
            seen.add(key)
            at = _skip(text, end)
            if text[at : at + 1] != ":":
                raise Malformed("`:` is expected here", at)
            at = _skip(text, at + 1)
        part, at = _json(text, at, depth + 1)
        parts.append(part)
        at = _skip(text, at)
        if text[at : at + 1] == closing:
            break
        if text[at : at + 1] != ",":
            raise Malformed(f"`,` or `{closing}` is expected here", at)
        at = _skip(text, at + 1)
    return Raw(start, at + 1, tuple(parts), tuple(keys) if is_map else None, is_list=not is_map), at + 1


def _quoted(text: str, at: int) -> tuple[str, int]:
    try:
        said, end = _STRINGS.raw_decode(text, at)
    except json.JSONDecodeError as problem:
        raise Malformed("this text has no end, or an escape that JSON does not have", problem.pos) from None
    return str(said), end
