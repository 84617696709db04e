"""Brackets and quotation marks inside each other: IFBench's `format:parentheses`, `format:quotes`, `format:quote_unquote`."""

from ..builders import count, flag
from ..constraint import Amount, Try

_DEEP = Amount("level deep", "levels deep", "not at all")

INSTRUCTIONS = (
    count(
        "nested_brackets",
        ("nest brackets, as in ([{}]), ", _DEEP),
        "nested_brackets >= 5",
        Try("nested_brackets >= 3", "It (the box [or {the} label]) is due.", True, "three", slug="nested_brackets-min"),
        Try("nested_brackets >= 3", "It (the box [or] label) is due.", False, "two", slug="nested_brackets-min"),
        Try("nested_brackets >= 3", "It ([{ is due.", False, "none is closed", slug="nested_brackets-min"),
        deed=True,
    ),
    count(
        "nested_quotes",
        ("nest quotation marks, double and single ones in turn, ", _DEEP),
        "nested_quotes >= 3",
        Try("nested_quotes >= 2", "He said \"she said 'yes' twice\".", True, "two", slug="nested_quotes-min"),
        Try("nested_quotes >= 2", 'He said "yes" twice.', False, "one", slug="nested_quotes-min"),
        deed=True,
    ),
    flag(
        "explained_quotes",
        "follow each quotation with an explanation that is not in quotation marks",
        Try("explained_quotes", '"Due" means that you pay now.', True, "explained"),
        Try("explained_quotes", 'You pay now, it is "due".', False, "a quotation at the end"),
        Try("explained_quotes", '"Due" "now" means today.', False, "two side by side"),
    ),
)
