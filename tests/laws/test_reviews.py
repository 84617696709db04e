"""What counts as read was written or read beside the meaning that it has: through builds, reviews, forks and merges of the record."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speclang.diagnostics.diagnostic import has_errors
from speclang.drift.reviewed import Reviewed, as_read, compared
from speclang.engine.build import build
from speclang.engine.check import check
from speclang.engine.pipeline import compile_texts
from speclang.engine.reviewing.review import review
from speclang.lock.reviews import Review, read, write
from speclang.plan.origin import Origin
from speclang.plan.plan import FeaturePlan
from speclang.plan.written import Statement, Written
from speclang.project.config import Config
from speclang.source.text import SourceText
from tests.strategies.rules import HERE

ROOT = Path(__file__).parents[2]
REFUNDS, TRACKING, BRAND = "refunds/refunds.spec", "policies/tracking.spec", "policies/brand.spec"

WORDS = st.text(st.characters(codec="utf-8"), max_size=12)
ENTRIES = st.builds(Review, WORDS, WORDS, WORDS, WORDS, WORDS, WORDS, WORDS)


@given(st.lists(ENTRIES, max_size=4))
def test_the_record_says_what_was_written(entries: list[Review]) -> None:
    found, problems = read(write(entries))
    assert (set(found), problems) == (set(entries), ())
    assert write(found) == write(entries)


def test_a_line_that_is_no_entry_is_named() -> None:
    _, problems = read("# a\n<<<<<<< ours\na b c d e f\n=======\n>>>>>>> theirs\na b\n")
    assert [(one.line, one.text) for one in problems] == [
        (2, "a conflict of a merge was left in it"),
        (4, "a conflict of a merge was left in it"),
        (5, "a conflict of a merge was left in it"),
        (6, "a line that specc does not write"),
    ]


class Branch:
    """A text by hand with its meaning, and the record of one branch."""

    def __init__(self, words: int, meaning: int, record: str = "") -> None:
        self.words, self.meaning, self.record = words, meaning, record

    def plan(self) -> FeaturePlan:
        said = (Statement("REF-1", f"meaning {self.meaning}"),)
        one = Written("REF-1", "phrase", f"words {self.words}", f"m{self.meaning}", said, (), HERE)
        return FeaturePlan("desk", "Desk", (), (), (), (), (), Origin("feature desk", "", HERE), written=(one,))

    def looked_at(self) -> Reviewed:
        return compared([self.plan()], read(self.record)[0], ())

    def build(self) -> None:
        self.record = write(self.looked_at().kept)

    def review(self) -> None:
        assert self.looked_at().suspects
        self.record = write([as_read("desk", self.plan().written[0])])


STEP = st.tuples(
    st.sampled_from(("words", "meaning", "build", "review", "fork", "merge")), st.integers(0, 3), st.booleans()
)


@given(st.lists(STEP, max_size=14))
def test_nothing_counts_as_read_that_nobody_wrote_or_read_beside_this_meaning(
    steps: list[tuple[str, int, bool]],
) -> None:
    branches = [Branch(0, 0), Branch(0, 0)]
    base = Branch(0, 0)
    seen: set[tuple[int, int]] = set()
    for deed, value, second in steps:
        one, other = branches if not second else branches[::-1]
        match deed:
            case "words":
                one.words = value
            case "meaning":
                one.meaning = value
            case "build" | "review":
                found = one.looked_at()
                if found.fresh or (deed == "review" and found.suspects):
                    seen.add((one.words, one.meaning))
                one.review() if deed == "review" and found.suspects else one.build()
            case "fork":
                base = Branch(one.words, one.meaning, one.record)
                other.words, other.meaning, other.record = base.words, base.meaning, base.record
            case _:
                one.words = one.words if one.words != base.words else other.words
                one.meaning = one.meaning if one.meaning != base.meaning else other.meaning
                one.record = "".join(
                    sorted({*one.record.splitlines(keepends=True), *other.record.splitlines(keepends=True)})
                )
                base = Branch(one.words, one.meaning, one.record)
                other.words, other.meaning, other.record = base.words, base.meaning, base.record
        found = one.looked_at()
        assert len(found.fresh) + len(found.suspects) <= 1
        if not found.fresh and not found.suspects:
            assert (one.words, one.meaning) in seen
        kept = write(found.kept)
        again = compared([one.plan()], read(kept)[0], ())
        assert (write(again.kept), again.suspects, again.fresh) == (kept, found.suspects, ()), (
            "a build settles nothing but what is new"
        )


SPECS = {name: (ROOT / "specs" / name).read_text(encoding="utf-8") for name in (REFUNDS, TRACKING, BRAND)}
CONFIG = Config()


def made(**changed: str) -> tuple[FeaturePlan, ...]:
    """The plans of the specs that ship, some of them `changed`."""
    texts = {**SPECS, **changed}
    compiled = compile_texts([SourceText(f"specs/{name}", text) for name, text in sorted(texts.items())], CONFIG)
    assert not has_errors(compiled.diagnostics), [one.title for one in compiled.diagnostics]
    return compiled.plan.features


@pytest.fixture(scope="module")
def record() -> tuple[Review, ...]:
    return compared(made(), (), ()).kept


Edit = Callable[[str], str]


def swaps(*pairs: tuple[str, str]) -> Edit:
    def edit(text: str) -> str:
        for old, new in pairs:
            assert old in text, old
            text = text.replace(old, new)
        return text

    return edit


WHEN = "    when    total > 500 USD"
NEW_ID = (("REF-3 rule", "REF-9 rule"), ("over    REF-3", "over    REF-9"))
LATER = (("age <= 30 days", "age <= 45 days"), ("age > 30 days", "age > 45 days"))
DOUBTED: dict[str, tuple[Edit, set[str]]] = {
    "a comment": (swaps((WHEN, f"{WHEN} # much")), set()),
    "a title and a reason": (swaps(('"Large refunds need a colleague" {', '"Much" {\n    because "so"')), set()),
    "a draft": (swaps((WHEN, f"    status  draft\n{WHEN}")), set()),
    "a bound that the phrase shows": (swaps(("total > 500 USD", "total > 750 USD")), set()),
    "a condition": (swaps((WHEN, f"{WHEN} and age > 1 days")), {"REF-3"}),
    "what is beaten": (swaps(("over    REF-1  ", "over    REF-1, REF-4  ")), {"REF-3"}),
    "a condition and the words": (swaps((WHEN, f"{WHEN} and age > 1 days"), ("however recent", "however new")), set()),
    "what decides an example": (swaps(*LATER), {"EX-1"}),
    "what decides an example, and the example": (swaps(*LATER, ("last summer", "last spring")), set()),
    "a requirement that decides no example": (swaps(("words <= 120", "words <= 90")), set()),
    "a new ID": (swaps(*NEW_ID), set()),
    "a new ID that tells the former": (swaps(*NEW_ID, (WHEN, f"    was     REF-3\n{WHEN}")), set()),
    "a new ID and another condition": (
        swaps(*NEW_ID, (WHEN, f"    was     REF-3\n{WHEN} and age > 1 days")),
        {"REF-9"},
    ),
}


@pytest.mark.parametrize("what", DOUBTED)
def test_a_change_puts_in_doubt_what_was_written_about_it_and_nothing_else(
    record: tuple[Review, ...], what: str
) -> None:
    edit, doubted = DOUBTED[what]
    found = compared(made(**{REFUNDS: edit(SPECS[REFUNDS])}), record, ())
    assert {one.written.owner for one in found.suspects} == doubted
    told = write(found.kept)
    again = compared(made(**{REFUNDS: edit(SPECS[REFUNDS])}), read(told)[0], ())
    assert (write(again.kept), {one.written.owner for one in again.suspects}) == (told, doubted)


def test_a_policy_puts_texts_of_its_features_in_doubt_and_a_feature_that_moved_keeps_its_reviews(
    record: tuple[Review, ...],
) -> None:
    other = SPECS[TRACKING].replace("must    trace\n", 'must    trace, mentions "sorry"\n')
    assert other != SPECS[TRACKING]
    found = compared(made(**{TRACKING: other.replace("feature tracking", "feature parcels")}), record, ())
    assert [(one.feature, one.written.owner) for one in found.suspects] == [("parcels", "TRACK-2")]


def test_what_a_term_says_of_givens_is_in_doubt_when_these_change() -> None:
    spec = """
feature desk "Desk" {
  type Tier = standard | gold
  given tier Tier { name "the tier"; from context }
  term "friend of the house" means "a customer whose {tier} is the best one"
  term "order" means "what a customer buys in one go"
  PRO-1 prose "Kind" { text "Be kind to a friend of the house." }
}
"""

    def plans(text: str) -> tuple[FeaturePlan, ...]:
        return compile_texts([SourceText("specs/desk.spec", text)], CONFIG).plan.features

    known = compared(plans(spec), (), ()).kept
    assert [(one.about, one.name) for one in known] == [("term friend of the house", "means")]
    (doubted,) = compared(plans(spec.replace("standard | gold", "standard | gold | platinum")), known, ()).suspects
    assert doubted.changed == (
        ("given tier: the tier: (standard|gold)",),
        ("given tier: the tier: (standard|gold|platinum)",),
    )


def test_commands_build_check_and_review_agree(tmp_path: Path) -> None:
    for name, text in SPECS.items():
        (tmp_path / "specs" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "specs" / name).write_text(text, encoding="utf-8")
    (tmp_path / "specc.toml").touch()
    assert "specs/reviewed.txt" in build(tmp_path).written

    def told(*, afresh: bool = False) -> list[tuple[str, str]]:
        return [
            (one.code.id, one.requirement)
            for one in check(tmp_path, afresh=afresh).diagnostics
            if one.code.id > "E0717"
        ]

    for name, (old, new) in ((REFUNDS, (WHEN, f"{WHEN} and age > 1 days")), (TRACKING, ("late > 7", "late >= 7"))):
        spec = tmp_path / "specs" / name
        spec.write_text(
            spec.read_text(encoding="utf-8").replace(old, new).replace("late <= 7", "late < 7"), encoding="utf-8"
        )
        built = build(tmp_path)
        assert built.done
        assert "REF-3" in built.unread
        assert not build(tmp_path).written
    doubted = [("E0718", "REF-3"), ("E0718", "EX-1"), ("E0718", "TRACK-2")]
    assert sorted(told()) == sorted(told(afresh=True)) == sorted(doubted)
    assert {one.written.owner for one in review(tmp_path, dry_run=True).waiting} == {"REF-3", "EX-1", "TRACK-2"}
    assert [one.written.owner for one in review(tmp_path, ["REF-3"], because="as before").noted] == ["REF-3"]
    assert sorted(told()) == [("E0718", "EX-1"), ("E0718", "TRACK-2")]
    assert not review(tmp_path, ["EX-1", "TRACK-2"]).waiting
    assert check(tmp_path).in_sync
    text = (tmp_path / "specs/reviewed.txt").read_text(encoding="utf-8")
    assert '"as before"' in text
    (tmp_path / "specs/reviewed.txt").unlink()
    assert {code for code, _ in told()} == {"E0719"}
    assert "specs/reviewed.txt" in build(tmp_path).written
    assert told() == []
