"""Private-use brackets: how inserted values keep their origin through a template engine that knows only text.

`bracket` puts a value between two characters that no template writes, with a number; `runs` reads the rendered text back.
Characters of that range that are in the text anyway are escaped first and survive. Filters that keep the characters of a
value keep its brackets; what a filter tears apart is read as text of the layout.

Invariant: `"".join(text for text, _ in read(protect(any text)))` is the text.
"""

import re
from collections.abc import Iterator

_OPEN = "\ue000"
_BODY = "\ue001"
_CLOSE = "\ue002"
_ESCAPE = "\ue003"
_DIGITS = 0xE100
_BASE = 0x100
_SHIFT = 0x200
_OURS = re.compile("[\ue000-\ue1ff]")
_SIGNS = re.compile("\ue003([\ue200-\ue3ff])|\ue000([\ue100-\ue1ff]*)\ue001|[\ue000-\ue1ff]")


def protect(text: str) -> str:
    """`text` with the characters that brackets are made of escaped."""
    return _OURS.sub(lambda found: _ESCAPE + chr(ord(found.group()) + _SHIFT), text)


def bracket(text: str, number: int) -> str:
    """`text`, protected already, in brackets that say `number`."""
    digits = ""
    while True:
        number, digit = divmod(number, _BASE)
        digits = chr(_DIGITS + digit) + digits
        if not number:
            return f"{_OPEN}{digits}{_BODY}{text}{_CLOSE}"


def plain(text: str) -> str:
    """`text` without brackets and escapes."""
    return "".join(run for run, _ in read(text))


def read(text: str) -> Iterator[tuple[str, tuple[int, ...]]]:
    """The characters of `text` without brackets, in runs, each with the numbers of the brackets around it, outermost first.

    Two runs in a row may have the same numbers.
    """
    inside: list[int] = []
    at = 0
    for found in _SIGNS.finditer(text):
        if found.start() > at:
            yield text[at : found.start()], tuple(inside)
        at = found.end()
        escaped, digits = found.groups()
        if escaped is not None:
            yield chr(ord(escaped) - _SHIFT), tuple(inside)
        elif digits is not None:
            number = 0
            for digit in digits:
                number = number * _BASE + ord(digit) - _DIGITS
            inside.append(number)
        elif found.group() == _CLOSE and inside:
            inside.pop()
    if at < len(text):
        yield text[at:], tuple(inside)
