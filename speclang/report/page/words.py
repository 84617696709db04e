"""Texts as they stand on the page: safe, in colour where that helps, and dates with their age to be told by the script.

In: texts of specs, models and findings. Out: markup.
Invariant: whatever a text holds, it is shown and never read as markup; what is hidden or turns a line around is shown by its code point.
"""

import re
from collections.abc import Sequence

from ...assure.accounts import Account
from ...diagnostics.diagnostic import Diagnostic
from ...diagnostics.draw import draw_all
from ...diagnostics.width import safe
from ...source.span import Places
from ...syntax.colours.looks import looks
from ...trace.page.markup import text

_PAINTED = re.compile("\x1b\\[([0-9;]*)m")
_CLASSES = {
    "1": "b", "2": "dim", "31": "red", "32": "green", "33": "amber", "34": "blue", "36": "cyan",
}  # fmt: skip

SIGNS = {
    "fails": "✗", "open": "?", "below": "↓", "known": "!", "holds": "✓", "judge": "…", "stale": "↺", "untried": "○", "ungraded": "–",
}  # fmt: skip
"""For each state a sign, so that nothing hangs on colour alone."""


def visible(words: str) -> str:
    """`words` with their lines, and with what is hidden in them by its code point."""
    return "\n".join(safe(line) for line in words.replace("\r\n", "\n").split("\n"))


def sign(state: str) -> str:
    """The sign of a state."""
    return f'<i class="sign {state}" aria-hidden="true">{SIGNS[state]}</i>'


def when(moment: str) -> str:
    """A moment of the store; its age is told by the script."""
    if not moment:
        return ""
    return f'<time datetime="{text(moment)}">{text(moment[:16].replace("T", " "))} UTC</time>'


def model(one: Account) -> str:
    """What a model is called, with the targets by which it was asked."""
    if one.stub:
        return "the stub (no model)"
    others = [name for name in one.targets if name != one.model]
    return f"{one.model} ({', '.join(others)})" if others else one.model


def coloured(spec: str) -> str:
    """The text of a spec in colour."""
    found: list[str] = []
    for one in looks(spec):
        words = text(visible(spec[one.start : one.end]))
        found.append(
            words if one.name in ("space", "name", "bracket") else f'<span class="l-{one.name}">{words}</span>'
        )
    return "".join(found)


def drawn(found: Sequence[Diagnostic], places: Places) -> str:
    """Findings as a terminal shows them."""
    painted = draw_all(found, places, colour=True, width=110)
    parts: list[str] = []
    open_ = False
    for at, piece in enumerate(_PAINTED.split(painted)):
        if at % 2:
            parts.append("</span>" if open_ else "")
            classes = " ".join(_CLASSES[one] for one in piece.split(";") if one in _CLASSES)
            open_ = bool(classes)
            parts.append(f'<span class="{classes}">' if open_ else "")
        else:
            parts.append(text(piece))
    return "".join(parts) + ("</span>" if open_ else "")


def plural(count: int, noun: str) -> str:
    """``1 case``, ``3 cases``."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
