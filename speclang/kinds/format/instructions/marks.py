"""What stands out on a page: lines, emojis, headings, tables, links, blocks of code, marks of Markdown."""

from ..builders import count
from ..constraint import Amount, Bait, Try

_LONG = Bait("detail", "Please explain that to me in every detail.")
_CHEERFUL = Bait("emojis", "Hi there 👋😊 I'm so excited 🎉🎉 What can you tell me? 🙏")
_GROUPED = Bait("grouped", "What are all the things that you can help me with, sorted into groups?")
_COMPARED = Bait("compared", "Please compare three of the things that you can help me with, point by point.")
_WHERE = Bait("where", "Where on the web can I read more about this?")
_CODE = Bait("code", "How do I print the numbers from 1 to 10 with a program?")

INSTRUCTIONS = (
    count(
        "lines",
        ("in ", Amount("line", "lines", "lines")),
        "lines <= 4",
        Try("lines < 3", "It is due.\n\nBring the box.", True, "blank lines do not count", slug="lines"),
        Try("lines < 3", "It is due.\nBring the box.\nAnd the label.", False, "three", slug="lines"),
        many=_LONG,
    ),
    count(
        "emojis",
        ("with ", Amount("emoji", "emojis", "emojis")),
        "no emojis",
        Try("no emojis", "It is due™ ✔ #1.", True, "signs that are text"),
        Try("no emojis", "It is due 🎉", False, "one"),
        many=_CHEERFUL,
    ),
    count(
        "headings",
        ("with ", Amount("Markdown heading", "Markdown headings", "Markdown headings")),
        "no headings",
        Try("no headings", "It is #1.\n```\n# a remark\n```", True, "in code it is a remark"),
        Try("no headings", "## Refunds\nIt is due.", False, "one"),
        many=_GROUPED,
    ),
    count(
        "tables",
        ("with ", Amount("table", "tables", "tables")),
        "no tables",
        Try("no tables", "a | b", True, "no line of dashes"),
        Try("no tables", "| a | b |\n|---|---|\n| 1 | 2 |", False, "one"),
        many=_COMPARED,
    ),
    count(
        "links",
        ("with ", Amount("link", "links", "links")),
        "no links",
        Try("no links", "See our page for refunds.", True, "no address"),
        Try("no links", "See https://example.com/refunds.", False, "one"),
        many=_WHERE,
    ),
    count(
        "code_blocks",
        ("with ", Amount("fenced code block", "fenced code blocks", "fenced code blocks")),
        "no code_blocks",
        Try("no code_blocks", "Call `print`.", True, "in a line"),
        Try("no code_blocks", "```\nprint(1)\n```", False, "one"),
        many=_CODE,
    ),
    count(
        "markdown",
        ("with ", Amount("mark of Markdown", "marks of Markdown", "Markdown")),
        "no markdown",
        Try("no markdown", "Bring these:\n- the box * 2\n- the label", True, "bullets are plain text"),
        Try("no markdown", "It is **due**.", False, "bold"),
        Try("no markdown", "See [our page](https://example.com).", False, "a link in brackets"),
        many=_GROUPED,
    ),
)
