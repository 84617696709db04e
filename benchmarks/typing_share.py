"""Tells of each prompt in a folder how many of its passages `specc type` reads by their form or drafts, and how many of these are right.

    python benchmarks/typing_share.py FOLDER [--show] [--labels benchmarks/typing_labels.txt]

In: files of prompts, of any kind of text. Out: a table; with `--show` each passage with what it would be, to be judged by a reader; with
labels, how many of the judged ones are right. A label is a line `KEY right` or `KEY wrong`: the key stands for the words and the fields, so
no prompt is copied, and whoever has the same prompts can judge again.
"""

import argparse
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from speclang.engine.adoption.drafts.drafting import drafted, vocabulary
from speclang.engine.adoption.passages import passages
from speclang.engine.adoption.patterns import Typed, typed
from speclang.engine.adoption.setting import settings
from speclang.engine.adoption.written import layout, named


class Read(NamedTuple):
    """A passage with what it would be."""

    words: str
    form: Typed

    @property
    def key(self) -> str:
        """A short name for both."""
        return sha256(f"{self.words}\0{self.form.fields.strip()}".encode()).hexdigest()[:12]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description="Count the passages of prompts that are read by their form or drafted."
    )
    parser.add_argument("folder", type=Path, help="a folder of prompts")
    parser.add_argument("--show", action="store_true", help="show each passage with what it would be")
    parser.add_argument("--labels", type=Path, help="judgements of passages, a line each")
    given = parser.parse_args()
    labels = (
        dict(line.split()[:2] for line in given.labels.read_text().splitlines() if line[:1] != "#")
        if given.labels
        else {}
    )
    print(f"{'passages':>8} {'by form':>7} {'drafts':>6} {'share':>6} {'in part':>7}  prompt")
    total = 0
    every: list[Read] = []
    for path in sorted(one for one in given.folder.rglob("*") if one.is_file()):
        count, found = _of(path.read_text(encoding="utf-8"))
        _row(count, found, path.name)
        for one in found if given.show else ():
            print(f"\n  {one.key} {labels.get(one.key, '')}\n    {' '.join(one.words.split())}")
            print(f"      {one.form.kind}: {one.form.fields.strip()}")
            print("".join(f"      not checked: {words}\n" for words in one.form.unchecked), end="")
        total += count
        every.extend(found)
    _row(total, every, "all")
    if labels:
        for name, drafts in (("by form", False), ("drafts", True)):
            judged = {one.key: labels[one.key] for one in every if one.form.draft is drafts and one.key in labels}
            right = sum(1 for verdict in judged.values() if verdict == "right")
            print(f"{name}: {right} of {len(judged)} that were judged are right ({right / max(len(judged), 1):.0%})")


def _row(count: int, found: list[Read], name: str) -> None:
    drafts = sum(1 for one in found if one.form.draft)
    part = sum(1 for one in found if one.form.unchecked)
    print(f"{count:8,} {len(found) - drafts:7,} {drafts:6,} {len(found) / max(count, 1):6.1%} {part:7,}  {name}")


def _of(text: str) -> tuple[int, list[Read]]:
    """How many passages state something, and those that are read, each with its first form."""
    stated = tuple(named(passages(text)))
    words = {id: passage.text for passage, id in stated if id}
    found: list[Read] = []
    placed = tuple(settings(layout(stated), words)) if words else ()
    known = vocabulary((words[id], setting) for id, setting in placed)
    for id, setting in placed:
        form = next(typed(words[id], setting), None) or drafted(words[id], setting, known)
        if isinstance(form, Typed):
            found.append(Read(words[id], form))
    return len(words), found


if __name__ == "__main__":
    main()
