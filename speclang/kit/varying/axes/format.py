"""In what form a message arrives: as typed, in a block of code, as a table or a list, or as a mail that was forwarded."""

import re

from ..chance import Chance
from ..message import Bit, Message, around

PLACE = 60
LEVELS = {
    "code": "in a fenced block",
    "pasted_table": "a row for each sentence",
    "list": "a bullet for each sentence",
    "quoted": "each line after a sign of quotation, as in a mail that is forwarded",
}
NUMBERS = ""
MOST = 0
ENGLISH = False
EVERY = False

_END = re.compile(r"(?<=[.!?])[ \t\r\n]+|\n+")


def vary(message: Message, level: str, chance: Chance) -> Message | None:  # noqa: ARG001 - all axes are called alike
    """The message in another form."""
    match level:
        case "code":
            return around(message, "```\n", "\n```")
        case "pasted_table":
            return around(_broken(message, " |\n| "), "| message |\n|---|\n| ", " |")
        case "list":
            return around(_broken(message, "\n- "), "- ")
        case _:
            return around(_broken(message, "\n> "), "> ")


def _broken(message: Message, between: str) -> Message:
    """`message` with `between` where a sentence or a line ends outside of what is kept."""
    last = len(message) - 1
    return tuple(
        bit if bit.kept else Bit(_END.sub(between, bit.text.rstrip() if place == last else bit.text), kept=False)
        for place, bit in enumerate(message)
    )


def trait(text: str) -> str:
    """In what form a message is."""
    if "```" in text:
        return "code"
    lines = text.splitlines()
    if any(line.startswith("|") for line in lines):
        return "a table"
    if any(line.startswith(">") for line in lines):
        return "quoted"
    return "a list" if any(line.startswith(("- ", "* ")) for line in lines) else "plain sentences"
