"""Tells of each smell how many of its places in labelled prompts a reader confirms, and how many of the reader's are not found.

    python -m benchmarks.smells FOLDER [--show]

In: a folder that holds prompts, at any depth; those that bear labels (`tests/fixtures/smells/`) are counted. Out: a table, with the
files that were held back while the rules were written beside all of them; with `--show` also each place without a label, to be judged.
"""

import argparse
from pathlib import Path

from tests.unit.analysis.labelled import Counted, Place, counted, found, labels, texts


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Count smells in prompts beside what a reader says of them.")
    parser.add_argument("folder", type=Path, help="a folder of prompts")
    parser.add_argument("--show", action="store_true", help="show each place that is found and bears no label")
    given = parser.parse_args()
    here = texts(given.folder)
    known = {one.place for one in labels()}
    for text in here.values() if given.show else ():
        for place in found(text):
            if place not in known:
                print(*place, _shown(text, place))
    every, kept = counted(here, held=False), counted(here, held=True)
    print("              all                                     held back")
    print("code    right wrong missed  precision  recall    right wrong missed")
    for code, one in [*every.items(), ("all", _sum(every))]:
        back = _sum(kept) if code == "all" else kept.get(code, Counted())
        counts = f"{one.right:6} {one.wrong:5} {one.missed:6} {one.precision:10.0%} {one.recall:7.0%}"
        print(f"{code:6} {counts}   {back.right:6} {back.wrong:5} {back.missed:6}")


def _sum(counts: dict[str, Counted]) -> Counted:
    return Counted(*(sum(column) for column in zip(*counts.values(), strict=True)))


def _shown(text: str, place: Place) -> str:
    before, after = text[max(0, place.start - 60) : place.start], text[place.end : place.end + 60]
    return " ".join(f"{before}[[{text[place.start : place.end]}]]{after}".split())


if __name__ == "__main__":
    main()
