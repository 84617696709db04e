"""How a verdict quotes an answer: short, on one line, with nothing that a terminal or an editor would obey."""

import unicodedata

_LONGEST = 60
_NAMED = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
_HIDDEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def quote(text: str, *, end: bool = False) -> str:
    """`text` in double quotes, clipped to its first characters (its last, if `end`), controls written as escapes."""
    clipped = text
    if len(text) > _LONGEST:
        clipped = text[-_LONGEST:] if end else text[:_LONGEST]
    shown = _plain(clipped)
    if clipped is not text:
        shown = "…" + shown if end else shown + "…"
    return f'"{shown}"'


def harmless(text: str, longest: int) -> str:
    """`text` on one line, clipped, controls written as escapes."""
    shown = _plain(" ".join(text.split())[:longest])
    return shown if len(text) <= longest else f"{shown}…"


def around(text: str, start: int, stop: int) -> str:
    """The characters `start` to `stop` of `text` in quotes, with a little of what stands around them."""
    low, high = max(0, start - 15), min(len(text), min(stop, start + _LONGEST) + 15)
    shown = _plain(text[low:high])
    return f'"{"…" if low else ""}{shown}{"…" if high < len(text) else ""}"'


def _plain(text: str) -> str:
    """`text` with controls written as escapes; most texts have none, which one look tells."""
    return text if text.isprintable() else "".join(_shown(character) for character in text)


def _shown(character: str) -> str:
    if character in _NAMED:
        return _NAMED[character]
    if unicodedata.category(character) in _HIDDEN:
        code = ord(character)
        return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
    return character
