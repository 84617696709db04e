"""Texts as XML holds them.

Invariant: a text without such characters is what it was.
"""

import re

_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """`text` with a replacement for each character that XML can't hold."""
    return _NO_XML.sub("\ufffd", text)
