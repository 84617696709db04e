"""Text of a spec inside a markup that is not its own: nothing of it is read as markup, and nothing in it is hidden."""

from html import escape

from ...diagnostics.width import safe

_SIGNS = "\\|<>*_[]`"


def in_markdown(text: str) -> str:
    """`text` as it reads in a table of Markdown, on one line."""
    plain = safe(" ".join(text.split()))
    for sign in _SIGNS:
        plain = plain.replace(sign, f"\\{sign}")
    return plain


def in_html(text: str) -> str:
    """`text` as it may stand in an element or in an attribute."""
    return escape(safe(text), quote=True)
