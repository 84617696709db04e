"""Checks of answers that are a list or a table: CSV, dates, numbers, lines in order, questions with options.

They follow IFBench (arXiv 2507.02833; `ifbench/instructions.py` of May 2026) to the letter; what it fixes for one prompt, as
the names of columns, is a setting here. Where the published check would stop with an error, the answer does not pass.
"""

import csv
import io
import re
import unicodedata
from itertools import pairwise

from ..answer import Answer, Verdict
from .evidence import quote
from .judging import judged
from .tokens import EDGES

_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_QUESTION = re.compile(r"Question \d+[.|):;]?")
_OPTION = re.compile(r"[A-Ea-e][.|)]\s*\w")
_SPECIAL = re.compile(r"[^\d\w\s]")
_DAYS = {2: 29, 4: 30, 6: 30, 9: 30, 11: 30}


@judged
def csv_table(answer: Answer, *, columns: list[str], rows: int) -> Verdict:
    """Comma-separated values with exactly these columns in the first line and so many rows, each with a value a column."""
    table = _table(answer.text, ",")
    if len(table) != rows + 1:
        return Verdict(False, f"{len(table) - 1:,} rows below the first line; exactly {rows:,} wanted")
    if table[0] != list(columns):
        return Verdict(False, f"the first line is {quote(','.join(table[0]))}")
    return _widths(table[1:], len(columns)) or Verdict(True, "a table of the size asked for")


@judged
def csv_special(answer: Answer, *, columns: list[str], rows: int) -> Verdict:
    """Comma-separated values with these columns and so many rows, where some value in quotation marks has a mark in it.

    As published, rows below the one with that value are counted and not looked at.
    """
    if not _header(answer.text, columns, ",", "[ \t]*"):
        return Verdict(False, f"the first line is {quote(_first_line(answer.text))}")
    table = _table(answer.text.replace('"', '"""'), ",")
    if len(table) != rows + 1:
        return Verdict(False, f"{len(table) - 1:,} rows below the first line; exactly {rows:,} wanted")
    for row in table[1:]:
        wrong = _widths([row], len(columns))
        if wrong is not None:
            return wrong
        found = next((value for value in row if _special(value)), None)
        if found is not None:
            return Verdict(True, f"a value with a special character: {quote(found)}")
    return Verdict(False, "no value in quotation marks has a special character")


@judged
def csv_quoted(answer: Answer, *, columns: list[str], rows: int) -> Verdict:
    """Tab-separated values with these columns and so many rows, each value in quotation marks."""
    if not _header(answer.text, columns, "\t", " *"):
        return Verdict(False, f"the first line is {quote(_first_line(answer.text))}")
    table = _table(answer.text.replace('"', '"""'), "\t")
    if len(table) != rows + 1:
        return Verdict(False, f"{len(table) - 1:,} rows below the first line; exactly {rows:,} wanted")
    wrong = _widths(table, len(columns))
    if wrong is not None:
        return wrong
    for value in (value.strip() for row in table for value in row):
        if not value.startswith('"') or not value.endswith('"'):
            return Verdict(False, f"{quote(value)} does not stand in quotation marks")
    return Verdict(True, "a table with every value in quotation marks")


def _table(text: str, between: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text), delimiter=between))
    except csv.Error:
        return []


def _widths(table: list[list[str]], width: int) -> Verdict | None:
    row = next((row for row in table if len(row) != width), None)
    return None if row is None else Verdict(False, f"a row has {len(row):,} values; exactly {width:,} wanted")


def _first_line(text: str) -> str:
    return text.split("\n", 1)[0].strip()


def _header(text: str, columns: list[str], between: str, blanks: str) -> bool:
    names = (f'(?:{re.escape(one)}|"{re.escape(one)}")' for one in columns)
    return re.fullmatch((between + blanks).join(names), _first_line(text)) is not None


def _special(value: str) -> bool:
    """Whether `value` starts with a quotation mark and has another one in its first line with a mark before it or itself."""
    if not value.startswith('"'):
        return False
    inner = value[1:].split("\n", 1)[0]
    last = inner.rfind('"')
    return last > 0 and _SPECIAL.search(inner[:last]) is not None


@judged
def dates(answer: Answer, *, first: int, last: int) -> Verdict:
    """The answer is dates `YYYY-MM-DD` between commas and nothing else, all in the years `first` to `last`.

    A month or a day of 0 passes, and so does 29 February of any year, as published.
    """
    for piece in answer.text.strip().split(","):
        found = _DATE.fullmatch(piece.strip())
        if found is None:
            return Verdict(False, f"{quote(piece.strip())} is no date")
        year, month, day = (int(part) for part in found.groups())
        if not first <= year <= last or month > 12 or (month and day > _DAYS.get(month, 31)):
            return Verdict(False, f"{quote(piece.strip())} is out of range")
    return Verdict(True, "dates and nothing else")


@judged
def in_order(answer: Answer, *, texts: list[str]) -> Verdict:
    """The answer is `texts` in this order between commas; accents are taken off and characters beyond ASCII left out."""
    found = [piece.strip() for piece in _ascii(answer.text).split(",") if piece.strip()]
    if len(found) != len(texts):
        return Verdict(False, f"{len(found):,} items; exactly {len(texts):,} wanted")
    for one, wanted in zip(found, texts, strict=True):
        if one != wanted:
            return Verdict(False, f"{quote(one)} stands where {quote(wanted)} is wanted")
    return Verdict(True, "the items in the order asked for")


@judged
def descending_lines(answer: Answer, *, text: str, at_least: int) -> Verdict:
    """From the first line that holds `text` on there are `at_least` lines or more, in reverse alphabetical order."""
    lines = [bare for line in answer.text.split("\n") if (bare := line.strip(EDGES))]
    start = next((at for at, line in enumerate(lines) if text in line), None)
    if start is None:
        return Verdict(False, f"no line holds {quote(text)}")
    items = [_ascii(line) for line in lines[start:]]
    if len(items) < at_least:
        return Verdict(False, f"{len(items):,} lines from {quote(text)} on; at least {at_least:,} wanted")
    wrong = next(((one, two) for one, two in pairwise(items) if two > one), None)
    if wrong is not None:
        return Verdict(False, f"{quote(wrong[1])} stands after {quote(wrong[0])}")
    return Verdict(True, "the lines are in reverse alphabetical order")


def _ascii(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")


@judged
def multiples(answer: Answer, *, of: int, first: int, last: int) -> Verdict:
    """The runs of digits in the answer are the multiples of `of` from `first` to `last`, in order, and no others."""
    found = re.findall(r"\d+", answer.text)
    wanted = [str(number) for number in range(-(-first // of) * of, last + 1, of)]
    return Verdict(found == wanted, f"the numbers are {quote(', '.join(found[:20]))}")


@judged
def quiz(answer: Answer, *, questions: int, options: int) -> Verdict:
    """Nothing but so many parts that start `Question 1`, each with so many lines `A) …` and longer than the one before."""
    if not answer.text.startswith("Question"):
        return Verdict(False, f"the answer starts with {quote(answer.text)}")
    parts = [part.strip() for part in _QUESTION.split(answer.text) if part.strip()]
    if len(parts) != questions:
        return Verdict(False, f"{len(parts):,} questions; exactly {questions:,} wanted")
    before = -1
    for part in parts:
        lines = [line.strip() for line in part.split("\n")]
        lettered = [at for at, line in enumerate(lines) if _OPTION.match(line)]
        if len(lettered) != options:
            return Verdict(False, f"{len(lettered):,} options in {quote(part)}; exactly {options:,} wanted")
        length = len(" ".join(lines[: lettered[0]]).strip())
        if length <= before:
            return Verdict(False, f"{quote(part)} is no longer than the question before")
        before = length
    return Verdict(True, "questions that grow, with their options")
