"""Smells in prompts of production, and what a reader says of each.

In: a folder of prompts, which are not part of this repository, and the labels. A label names a file by its digest, the range of the
words, the code, whether a reader holds them for a smell, and why. Files that were looked at while the rules were written are `tuned`, all
others are `held` back. `benchmarks/smells.py` prints the table.
"""

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from speclang.analysis.smelling import smells_of
from speclang.analysis.wording.sentences import Setting, sentences
from speclang.engine.adoption.passages import passages
from speclang.source.hashing import digest

DATA = next((one for folder in Path(__file__).parents if (one := folder / "shared" / "data").is_dir()), Path("absent"))
LABELS = Path(__file__).parents[2] / "fixtures" / "smells" / "labels.csv"


class Place(NamedTuple):
    """Words of a file that smell of `code`; the file is named by its digest."""

    file: str
    start: int
    end: int
    code: str


class Label(NamedTuple):
    """What a reader says of a place."""

    place: Place
    smells: bool
    held: bool
    why: str


def labels() -> tuple[Label, ...]:
    """All labels."""
    with LABELS.open(encoding="utf-8", newline="") as file:
        return tuple(
            Label(
                Place(row["file"], int(row["start"]), int(row["end"]), row["code"]),
                row["smells"] == "yes",
                row["part"] == "held",
                row["why"],
            )
            for row in csv.DictReader(file)
        )


def found(text: str) -> Iterator[Place]:
    """What is found in a prompt, as it is when it is adopted: each passage by itself."""
    name, at = digest(text)[:12], 0
    for passage in passages(text):
        for sentence in sentences(passage.text, Setting()) if passage.stated else ():
            for smell in smells_of(sentence):
                start, end = sentence.ranges[smell.first][0], sentence.ranges[smell.last][1]
                yield Place(name, at + start, at + end, smell.code.id)
        at += len(passage.text)


def texts(folder: Path) -> dict[str, str]:
    """The texts of a folder by their digests."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix != ".jsonl")
    read = (path.read_bytes().decode("utf-8", "ignore") for path in files)
    return {digest(text)[:12]: text for text in read}


class Counted(NamedTuple):
    """How a smell fares: places that a reader holds for it and that are found, found and no smell, a smell and not found."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """The share of what is found that a reader holds for a smell."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """The share of what a reader holds for a smell that is found."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


def counted(here: dict[str, str], *, held: bool) -> dict[str, Counted]:
    """The count of each code over the labelled files that are here, of those held back or of all."""
    seen = {place for text in here.values() for place in found(text)}
    counts: Counter[tuple[str, str]] = Counter()
    for one in labels():
        if one.place.file in here and (one.held or not held):
            sort = ("right" if one.smells else "wrong") if one.place in seen else "missed" if one.smells else "left"
            counts[one.place.code, sort] += 1
    codes = sorted({code for code, _ in counts})
    return {code: Counted(*(counts[code, sort] for sort in Counted._fields)) for code in codes}
