"""The examples that ship with the playground are the specs of this repository."""

import json
from collections.abc import Callable
from pathlib import Path

from speclang.playground.shelf import examples

ROOT = Path(__file__).parents[3]
HELD = ROOT / "speclang" / "playground" / "examples.json"

OFFERED = (
    ("refunds", "Refunds", "rules with exceptions, tools, a boundary", ("refunds/refunds.spec", "policies/brand.spec")),
    ("first", "A first spec", "two rules and a format", ("first/first.spec",)),
    ("faults", "Find the faults", "a gap, a contradiction, and an input that shows each", ("faulty/specs/rules.spec",)),
    ("names", "Names and types", "what is misspelt or does not fit, and its fix", ("faulty/specs/names.spec", "faulty/specs/types.spec")),
    ("extraction", "Extraction", "JSON out of text, checked by a schema", ("extraction/extraction.spec",)),
    ("tracking", "A shared policy", "requirements that several features include", ("policies/tracking.spec", "policies/brand.spec")),
    (
        "airline",
        "Airline",
        "the whole policy of a support agent, in eight files",
        tuple(f"airline/{one}.spec" for one in "airline bags booking cancelling changing compensation domain".split()),
    ),
    ("specc", "specc itself", "what this compiler promises", ("specc/specc.spec",)),
)  # fmt: skip
"""Name, title, what it shows, and its specs below `specs/`, the one to begin with first."""


def test_the_examples_are_the_specs_of_this_repository(expect: Callable[[Path, str], None]) -> None:
    held = [
        {
            "name": name,
            "title": title,
            "about": about,
            "files": [
                [f"specs/{one.replace('faulty/specs/', '')}", (ROOT / "specs" / one).read_text(encoding="utf-8")]
                for one in files
            ],
        }
        for name, title, about, files in OFFERED
    ]
    expect(HELD, json.dumps(held, ensure_ascii=False, indent=1) + "\n")
    assert [one.name for one in examples()] == [name for name, *_ in OFFERED]
