"""What the airline's published policy asks for, line by line: which requirement of `specs/airline` says it, and whether code can tell.

The policy is no part of this repository; its lines go by their numbers. Where it is at hand, no line that asks for something is left out.
"""

from pathlib import Path

import pytest

from speclang.engine.pipeline import compile_texts
from speclang.kit import registry
from speclang.model.feature import Feature
from speclang.project.config import Config
from speclang.source.text import SourceText

ROOT = Path(__file__).parents[2]
POLICY = next(
    (path for one in ROOT.parents if (path := one / "shared" / "data" / "airline" / "policy.md").exists()), None
)
SAID = {
    7: "GEN-2", 9: "GEN-5 GEN-11", 11: "GEN-8", 13: "BOOK-2 CHG-1 CAN-6 COMP-3", 15: "GEN-1 GEN-4",
    42: "BOOK-11", 43: "BOOK-11", 65: "GEN-9", 67: "BOOK-6", 70: "BOOK-5", 73: "BOOK-2", 74: "BOOK-7", 75: "BOOK-5",
    78: "BOOK-3", 79: "BOOK-10", 80: "BOOK-4",
    84: "BAG-1", 85: "BAG-2", 86: "BAG-3", 88: "BAG-2", 89: "BAG-3", 90: "BAG-4", 92: "BAG-3", 93: "BAG-4", 94: "BAG-5",
    95: "BAG-6", 97: "BOOK-12", 100: "BOOK-9", 101: "BOOK-8",
    105: "GEN-9 GEN-7", 106: "GEN-9", 107: "GEN-10", 110: "CHG-1", 111: "CHG-2 CHG-3", 112: "CHG-13", 113: "CHG-15 GEN-3",
    116: "CHG-5", 117: "CHG-6", 118: "CHG-7", 119: "CHG-14", 120: "CHG-14", 123: "CHG-8 CHG-9", 124: "CHG-10",
    127: "CHG-11 CHG-12", 128: "CHG-12", 131: "CHG-2 CHG-4",
    135: "GEN-9 GEN-7", 136: "GEN-9", 137: "GEN-10", 139: "CAN-7", 141: "CAN-1",
    144: "CAN-2", 145: "CAN-3", 146: "CAN-4", 147: "CAN-5", 149: "CHG-15 GEN-3", 152: "COMP-7",
    155: "COMP-6", 157: "COMP-3", 159: "COMP-5", 161: "COMP-1 COMP-2 COMP-3", 163: "COMP-1", 165: "COMP-2 COMP-8", 167: "COMP-4",
}  # fmt: skip
"""By line of the policy: the requirements that say it."""
TELLS = {3, 5, *range(21, 28), 29, 31, *range(35, 39), 41, 45, 47, *range(51, 60), 61}
"""Lines that tell what there is, and ask for nothing: attributes, kinds, the time."""


@pytest.fixture(scope="module")
def airline() -> Feature:
    folder = ROOT / "specs" / "airline"
    texts = [
        SourceText(f"specs/airline/{path.name}", path.read_text(encoding="utf-8"))
        for path in sorted(folder.glob("*.spec"))
    ]
    (feature,) = compile_texts(texts, Config()).program.features
    return feature


def test_every_obligation_is_a_requirement_with_an_id_and_most_are_typed(airline: Feature) -> None:
    typed = {one.id: registry.load(one.kind).typed for one in airline.requirements}
    missing = {id for ids in SAID.values() for id in ids.split()} - typed.keys()
    assert missing == set()
    by_code = [line for line, ids in SAID.items() if any(typed[id] for id in ids.split())]
    assert len(by_code) >= 0.7 * len(SAID), f"{len(by_code)} of {len(SAID)}"


@pytest.mark.skipif(POLICY is None, reason="the published policy is not part of this repository")
def test_no_line_of_the_policy_that_asks_for_something_is_left_out() -> None:
    assert POLICY is not None
    lines = POLICY.read_text(encoding="utf-8").splitlines()
    says = {
        number
        for number, line in enumerate(lines, 1)
        if line.strip() and not line.startswith("#") and not line.strip().endswith(":")
    }
    left_out = says - TELLS - SAID.keys()
    assert len(left_out) <= 0.05 * len(says - TELLS), sorted(left_out)
    assert (SAID.keys() | TELLS) <= says
