"""Texts and tables as Markdown, whatever a model wrote in them."""

import re
from collections.abc import Iterable


def cells(listed: Iterable[str]) -> str:
    """One row of a table."""
    return f"| {' | '.join(listed)} |"


def code(text: str) -> str:
    """`text` as Markdown shows it to the letter, whatever a model wrote in it."""
    clean = " ".join(text.split()).replace("|", "\\|")
    longest = max((len(run) for run in re.findall("`+", clean)), default=0)
    if not longest:
        return f"`{clean}`"
    fence = "`" * (longest + 1)
    return f"{fence} {clean} {fence}"
