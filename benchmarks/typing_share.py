"""Tells of each prompt in a folder how many of its passages `specc type` reads by their form, and in how many parts stay open.

    python benchmarks/typing_share.py FOLDER [--show]

In: files of prompts, of any kind of text. Out: a table, and with `--show` each passage with its form, to be judged by a reader.
"""

import argparse
from pathlib import Path

from speclang.engine.adoption.passages import passages
from speclang.engine.adoption.patterns import Typed, typed
from speclang.engine.adoption.setting import settings
from speclang.engine.adoption.written import layout, named


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Count the passages of prompts that are read by their form.")
    parser.add_argument("folder", type=Path, help="a folder of prompts")
    parser.add_argument("--show", action="store_true", help="show each passage with its form")
    given = parser.parse_args()
    print(f"{'passages':>8} {'read':>5} {'share':>6} {'in part':>8}  prompt")
    total = read = part = 0
    for path in sorted(one for one in given.folder.iterdir() if one.is_file()):
        count, found = _of(path.read_text(encoding="utf-8"))
        open_ = sum(1 for _, form in found if form.unchecked)
        print(f"{count:8,} {len(found):5,} {len(found) / max(count, 1):6.1%} {open_:8,}  {path.name}")
        for text, form in found if given.show else ():
            print(f"\n    {' '.join(text.split())}\n      {form.kind}: {form.fields.strip()}")
            print("".join(f"      not checked: {one}\n" for one in form.unchecked), end="")
        total, read, part = total + count, read + len(found), part + open_
    print(f"{total:8,} {read:5,} {read / max(total, 1):6.1%} {part:8,}  all")


def _of(text: str) -> tuple[int, list[tuple[str, Typed]]]:
    """How many passages state something, and those that are read, each with its first form."""
    stated = tuple(named(passages(text)))
    words = {id: passage.text for passage, id in stated if id}
    found: list[tuple[str, Typed]] = []
    for id, setting in settings(layout(stated), words):
        form = next(typed(words[id], setting), None)
        if form is not None:
            found.append((words[id], form))
    return len(words), found


if __name__ == "__main__":
    main()
