"""Makes projects whose rules have to be reasoned about: ranges, exceptions that beat them, defaults, over shared givens.

Every twenty rules are about one topic: nine stretches of one given, ten exceptions over them on others, and a default. A feature holds at
most a thousand rules over thirty givens; more rules are more features.
"""

import argparse
import random
from collections.abc import Iterator
from pathlib import Path

from make_projects import empty

TOPIC = 20
FEATURE = 1000
OUTCOMES = ("approve", "decline", "escalate")


def feature(name: str, count: int, givens: int, seed: int) -> str:
    """A feature of `count` rules over `givens` givens."""
    dice = random.Random(seed)  # noqa: S311 - the same project on every machine
    numbers = [f"n{at}" for at in range((givens - 1) // 2)]
    flags = [f"b{at}" for at in range(givens - 1 - len(numbers))]
    topics = [f"topic{at}" for at in range(count // TOPIC)]
    lines = [
        f'feature {name} "Desk {name}" {{',
        f'  given topic {" | ".join(topics)} {{ name "the topic"; from context }}',
        *(f'  given {one} days 0 .. 1000 {{ name "the {one}"; from context }}' for one in numbers),
        *(f'  given {one} bool {{ name "{one} holds"; from context }}' for one in flags),
        *(f'  outcome {one} "{one} it" {{ mentions "{one}" }}' for one in OUTCOMES),
        f"  exclusive {', '.join(OUTCOMES)}",
        "  total",
        '  ask "Hello."',
    ]
    for at, topic in enumerate(topics):
        mine = [numbers[(at + step) % len(numbers)] for step in range(3)]
        lines += rules(
            at * TOPIC, f"topic = {topic}", mine, [flags[(at + step) % len(flags)] for step in range(3)], dice
        )
    return "\n".join([*lines, "}", ""])


def rules(first: int, topic: str, numbers: list[str], flags: list[str], dice: random.Random) -> Iterator[str]:
    """The rules of one topic."""
    ids = [f"R-{first + at:05}" for at in range(TOPIC)]
    cuts = [0, *sorted(dice.sample(range(10, 990), 8)), 1000]
    for at in range(9):
        when = f"{topic} and {numbers[0]} >= {cuts[at]} days and {numbers[0]} < {cuts[at + 1]} days"
        yield f'  {ids[at]} rule "Stretch {first} {at}" {{ when {when}; must {OUTCOMES[at % 2]} }}'
    for at in range(10):
        low = dice.randint(0, 900)
        when = f"{topic} and {numbers[1]} >= {low} days and {numbers[1]} <= {low + dice.randint(1, 99)} days and {flags[at % 3]}"
        unless = f"; unless {numbers[2]} > {dice.randint(100, 900)} days" if at % 3 == 0 else ""
        over = ", ".join(ids[: 9 + at])
        yield f'  {ids[9 + at]} rule "Exception {first} {at}" {{ when {when}{unless}; must {OUTCOMES[2 - at % 3]}; over {over} }}'
    yield f'  {ids[19]} rule "Default {first}" {{ when {topic}; default; must escalate }}'


def make_rules(folder: Path, count: int, givens: int = 30) -> None:
    """A project for specc with `count` rules in `folder`."""
    specs = empty(folder) / "specs"
    specs.mkdir()
    (folder / "specc.toml").write_text('specs = "specs"\ngenerated = "generated"\n', encoding="utf-8")
    for number in range(-(-count // FEATURE)):
        name = f"desk{number:02}"
        text = feature(name, min(FEATURE, count - number * FEATURE), givens, number)
        (specs / f"{name}.spec").write_text(text, encoding="utf-8")


def main() -> None:
    """Make the project that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--givens", type=int, default=30)
    asked = parser.parse_args()
    make_rules(asked.folder, asked.count, asked.givens)


if __name__ == "__main__":
    main()
