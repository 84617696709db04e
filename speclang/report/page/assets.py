"""The style and the script of the page, which ship with the package."""

from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent


@cache
def style() -> str:
    """What the page looks like."""
    return (_HERE / "page.css").read_text(encoding="utf-8")


@cache
def script() -> str:
    """What the page does."""
    return (_HERE / "page.js").read_text(encoding="utf-8")
