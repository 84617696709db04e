"""Texts, data and the policy of a page: nothing that a spec or a model says is read as markup, and nothing is fetched.

In: texts and JSON-like data. Out: markup. Invariant: pure.
"""

import json
from base64 import b64encode
from hashlib import sha256
from html import escape

from ...source.hashing import Json


def text(words: str) -> str:
    """`words` as they may stand in markup and in an attribute, with a replacement for what HTML can't hold."""
    return escape(shown(words), quote=True)


def shown(words: str) -> str:
    """`words` with a replacement for what HTML can't hold."""
    if words.isascii() and words.isprintable():
        return words
    return "".join(
        one
        if one in "\t\n" or not (ord(one) < 32 or 0x7F <= ord(one) < 0xA0 or 0xD800 <= ord(one) < 0xE000)
        else "\ufffd"
        for one in words
    )


def block(data: Json) -> str:
    """`data` as the content of an element that a script reads."""
    said = json.dumps(data, ensure_ascii=True, separators=(",", ":"))
    return said.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def policy(scripts: "str | tuple[str, ...]", styles: "str | tuple[str, ...]", *more: str) -> str:
    """A content security policy by which these run, and nothing else does or is fetched; `more` are further rules."""
    rules = (
        "default-src 'none'",
        f"script-src {_hashed(scripts)}",
        f"style-src {_hashed(styles)}",
        *more,
        "base-uri 'none'",
        "form-action 'none'",
    )
    return "; ".join(rules)


def _hashed(texts: "str | tuple[str, ...]") -> str:
    listed = (texts,) if isinstance(texts, str) else texts
    return " ".join(f"'sha256-{b64encode(sha256(one.encode()).digest()).decode()}'" for one in listed)
