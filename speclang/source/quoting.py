"""A text in double quotes, on one line, as YAML and Python read it alike.

Characters that a reviewer can't see, or that turn the order of others around, are escaped.
"""

import re

_ESCAPED = re.compile(
    '["\\\\'
    "\x00-\x1f\x7f-\xa0\xad"  # controls, NEL, the spaces and hyphens that look like others
    "\u061c\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff9-\uffff"  # no width, bidi, line ends of YAML 1.1
    "\ud800-\udfff"
    "\U000e0000-\U000e0fff"  # tags: invisible
    "]"
)
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def _escape(found: re.Match[str]) -> str:
    char = found.group()
    code = ord(char)
    if char in _SHORT:
        return _SHORT[char]
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def quoted(text: str) -> str:
    """`text` in double quotes, on one line."""
    return f'"{_ESCAPED.sub(_escape, text)}"'
