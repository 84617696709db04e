"""Whether an edit looks the same as what it replaced, and what it really is: letters of another alphabet, characters that nobody sees.

In: two texts. Out: in words, what was put in the place of what; "" where a reader sees the difference.
Invariant: says nothing of texts that are equal; the table of lookalikes is our own and holds what common fonts draw alike.
"""

import unicodedata
from collections.abc import Iterator
from difflib import SequenceMatcher

_LONGEST = 600
"""Longer texts are not looked at letter by letter."""

_MOST = 3
"""So many differences are told; further ones are counted."""

_ALIKE = {
    "a": "\u0430\u0251", "c": "\u0441\u03f2", "d": "\u0501", "e": "\u0435\u04bd", "g": "\u0261\u0581",
    "h": "\u04bb\u0570", "i": "\u0456\u0131", "j": "\u0458\u03f3", "k": "\u043a\u0138", "l": "\u04cf\u01c0",
    "n": "\u0578", "o": "\u043e\u03bf\u0585", "p": "\u0440\u03c1", "q": "\u051b\u0563", "s": "\u0455",
    "u": "\u03c5\u057d", "v": "\u03bd\u0475", "w": "\u051d", "x": "\u0445", "y": "\u0443\u04af", "z": "\u1d22",
    "A": "\u0410\u0391", "B": "\u0412\u0392", "C": "\u0421\u03f9", "E": "\u0415\u0395", "H": "\u041d\u0397",
    "I": "\u0406\u0399\u04c0", "J": "\u0408\u037f", "K": "\u041a\u039a", "M": "\u041c\u039c", "N": "\u039d",
    "O": "\u041e\u039f\u0555", "P": "\u0420\u03a1", "Q": "\u051a", "S": "\u0405", "T": "\u0422\u03a4", "U": "\u054d",
    "V": "\u0474", "W": "\u051c", "X": "\u0425\u03a7", "Y": "\u04ae\u03a5", "Z": "\u0396",
    "-": "\u2010\u2011\u2012\u2013\u2212", "'": "\u2018\u2019\u02bc\u02b9\u2032", '"': "\u201c\u201d\u2033",
    ".": "\u2024", ",": "\u201a", "/": "\u2215\u2044", ":": "\u02d0\u2236\u0589", "*": "\u2217",
    "!": "\u01c3", "~": "\u223c", "<": "\u2039", ">": "\u203a", "3": "\u0417",
}  # fmt: skip
"""ASCII signs, and what common fonts draw like each: Cyrillic, Greek, Armenian and phonetic letters, dashes, quotation marks."""

_AMONG_ASCII = {"0": "O", "1": "l", "I": "l", "|": "l"}

_WIDE = ("<wide>", "<narrow>", "<font>", "<compat>", "<noBreak>")
"""How Unicode calls forms of a character that differ in width or type face only; a superscript is another sign."""

_SPACES = ("Zs", "Zl", "Zp")
_UNSEEN = frozenset({"Cf", "Cc", "Cs", "Co", "Cn"})
_BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_NO_INK = "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u3164\uffa0" + "".join(map(chr, range(0xFE00, 0xFE10)))


_LOOKS = {
    **_AMONG_ASCII,
    **{other: _AMONG_ASCII.get(sign, sign) for sign, others in _ALIKE.items() for other in others},
}


def lookalike(ours: str, theirs: str) -> str:
    """What `theirs` has in the place of what, where it looks as `ours` does: `a Cyrillic "о" (U+043E) in place of "o"`."""
    if ours == theirs or max(len(ours), len(theirs)) > _LONGEST or _skeleton(ours) != _skeleton(theirs):
        return ""
    told = list(dict.fromkeys(_differences(ours, theirs)))
    more = f" and {len(told) - _MOST} more" if len(told) > _MOST else ""
    return ", ".join(told[:_MOST]) + more


def odd_characters(text: str) -> tuple[str, ...]:
    """What of `text` a reader can't see or takes for another letter, each once: `a zero width space (U+200B)`."""
    return tuple(_named(one) for one in dict.fromkeys(text) if _is_odd(one))


def _is_odd(char: str) -> bool:
    if char.isascii():
        return _invisible(char)
    return _invisible(char) or (char in _LOOKS and char.isalpha()) or unicodedata.category(char) in _SPACES


def _skeleton(text: str) -> str:
    """`text` as it looks: accents joined, what has no ink left out, every blank a space, lookalikes as one letter."""
    inked = "".join(one for one in text if not _invisible(one))
    return "".join(_looks(one) for one in unicodedata.normalize("NFC", inked))


def _looks(char: str) -> str:
    if unicodedata.category(char) in _SPACES or char == "\t":
        return " "
    if char in _LOOKS:
        return _LOOKS[char]
    plain = unicodedata.normalize("NFKC", char) if unicodedata.decomposition(char).startswith(_WIDE) else char
    return "".join(_LOOKS.get(one, one) for one in plain)


def _invisible(char: str) -> bool:
    if char.isascii():
        return not char.isprintable() and char not in "\t\n"
    return unicodedata.category(char) in _UNSEEN or char in _NO_INK


def _differences(ours: str, theirs: str) -> Iterator[str]:
    """What differs, from the first to the last: letters in the place of others, characters that came or went."""
    for _, start, end, first, last in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        old, new = ours[start:end], theirs[first:last]
        if old == new:
            continue
        if len(old) == len(new):
            yield from (f"{_named(now)} in place of {_named(was)}" for was, now in zip(old, new, strict=True))
        elif not old or not new:
            yield from (f"{_named(one)} {'was added' if new else 'was taken out'}" for one in new or old)
        else:
            yield f"{_all(new)} in place of {_all(old)}"


def _all(text: str) -> str:
    return " and ".join(_named(one) for one in text)


def _named(char: str) -> str:
    """`"a"`, `a Cyrillic "а" (U+0430)`, `a no-break space (U+00A0)`, `the digit "0"`."""
    if char == " ":
        return "a space"
    if char.isascii() and char.isprintable():
        return f'the digit "{char}"' if char.isdigit() else f'the letter "{char}"' if char in "OlI" else f'"{char}"'
    code = f"U+{ord(char):04X}"
    name = _CONTROLS.get(char) or unicodedata.name(char, "character without a name").lower()
    if _invisible(char) or unicodedata.category(char) in (*_SPACES, "Mn"):
        turns = ", which turns the line around" if char in _BIDI else ""
        return f"{_article(name)} ({code}{turns})"
    script = name.split(" ")[0]
    if char.isalpha() and script in _SCRIPTS:
        return f'{_article(script.capitalize())} "{char}" ({code})'
    return f'"{char}" ({code} {name})'


_SCRIPTS = ("cyrillic", "greek", "armenian", "fullwidth", "cherokee", "coptic", "lisu", "georgian", "hebrew")
_CONTROLS = {
    "\r": "carriage return",
    "\0": "null character",
    "\x1b": "escape character",
    "\x08": "backspace",
    "\x7f": "delete character",
}


def _article(name: str) -> str:
    return f"{'an' if name[0] in 'aeioAEIO' else 'a'} {name}"
