"""How wide text is on a terminal, and what of it may be shown there.

Widths follow Unicode's East Asian Width (UAX #11): wide and full-width characters take two columns, marks that combine and
characters of no width none. What a terminal would obey, or what would turn the line around, is shown as an escape.
"""

import unicodedata

TAB = 4
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_MARKS = frozenset({"Mn", "Me"})


def shown(character: str) -> str:
    """`character` as it may stand in a picture: a tab as spaces, what is hidden or dangerous by its code point."""
    if character.isascii() and character.isprintable():
        return character
    if character == "\t":
        return " " * TAB
    if unicodedata.category(character) in _HIDDEN:
        code = ord(character)
        return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
    return character


def safe(text: str) -> str:
    """`text` with every character as it may be shown."""
    return text if text.isascii() and text.isprintable() else "".join(shown(one) for one in text)


def columns(text: str) -> int:
    """How many columns `text`, which is safe to show, takes."""
    if text.isascii():
        return len(text)
    return sum(_width(one) for one in text)


def _width(character: str) -> int:
    if character.isascii():
        return 1
    if unicodedata.category(character) in _MARKS:
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1
