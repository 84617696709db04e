"""What answers come to depends on the answers and on nothing else: not on their order, nor on what stands between them."""

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from hypothesis import given
from hypothesis import strategies as st

from speclang.engine.answers.score import Scoring
from speclang.engine.compiling import Opened, open_project
from speclang.grading.suite import State
from speclang.grading.tally import Standing
from speclang.project.lines import Line
from speclang.source.hashing import Json
from speclang.source.records import replace

SPEC = """\
feature desk "Desk" {
  role "You are a desk."
  tool pay(amount: int) { about "Pays."; writes }
  given age int 0 .. 9 { name "the age"; from user }
  outcome settle "pay" { calls pay(amount: age); mentions "paid" }
  outcome refuse "refuse" { avoids pay; mentions "sorry" }
  exclusive settle, refuse
  ask "Pay me."
  REF-1 rule "Paid" { when age <= 5; must settle }
  REF-2 rule "Not paid" { when age > 5; must refuse }
  FMT-1 format "Short" { must words <= 4 }
  INV-1 invariant "Same" { ignores age }
}
"""


@cache
def project() -> Opened:
    folder = Path(mkdtemp())
    (folder / "specs").mkdir()
    (folder / "specc.toml").write_text('specs = "specs"\n', encoding="utf-8")
    (folder / "specs" / "desk.spec").write_text(SPEC, encoding="utf-8")
    return open_project(folder)


def cases() -> list[str | None]:
    [plan] = project().compiled.plan.features
    return [None, *(case.id for case in plan.cases)]


@st.composite
def records(draw: st.DrawFn) -> dict[str, Json]:
    calls: list[Json] = draw(st.sampled_from([[], [{"tool": "pay", "arguments": {"amount": 0}}], [{"tool": "pay"}]]))
    text = draw(st.sampled_from(["It is paid.", "I am sorry, I can not do that for you.", "", "sorry"]))
    case = draw(st.sampled_from(cases()))
    messages: list[Json] = [{"role": "user", "content": "Hi."}, {"role": "assistant", "tool_calls": calls}]
    return {"case": case, "messages": messages, "text": text, "sample": draw(st.integers(0, 1))}


def scored(some: Iterable[bytes]) -> tuple[dict[str, dict[str, State]], list[Standing], int]:
    """The verdicts by the line's text, how the requirements stand, and how many lines were refused."""
    lines = [Line(number, data, len(data)) for number, data in enumerate(some, 1)]
    scoring = Scoring(project(), "answers", loose=True)
    verdicts = {
        str(lines[one.line - 1].data): {other.requirement: other.state for other in one.requirements}
        for one in scoring.each(lines)
    }
    standings = [replace(one, failures=()) for one in scoring.summary.standings]
    return verdicts, standings, scoring.summary.refused


LINES = st.lists(records().map(lambda one: json.dumps(one).encode()), min_size=1, max_size=8, unique=True)


@given(LINES.flatmap(lambda lines: st.tuples(st.just(lines), st.permutations(lines))))
def test_the_order_of_answers_changes_no_verdict_and_no_rate(orders: tuple[list[bytes], list[bytes]]) -> None:
    lines, shuffled = orders
    keys = [(row["case"], row["sample"]) for row in map(json.loads, lines)]
    if len(set(keys)) == len(keys):  # of two answers to one base case, the later one is compared with
        assert scored(lines) == scored(shuffled)


@given(
    LINES, st.lists(st.sampled_from([b"", b"broken", b'{"text": 3}', b'{"case": "X-1/no", "text": "a"}']), max_size=4)
)
def test_lines_that_can_not_be_graded_change_no_verdict(lines: list[bytes], others: list[bytes]) -> None:
    verdicts, standings, _ = scored(lines)
    mixed = [one for pair in zip(lines, [*others, *[b""] * len(lines)], strict=False) for one in pair]
    assert scored(mixed)[:2] == (verdicts, standings)


@given(LINES)
def test_the_counts_of_a_requirement_add_up_to_the_answers(lines: list[bytes]) -> None:
    verdicts, standings, refused = scored(lines)
    assert len(verdicts) == len(lines)
    assert refused == 0
    for one in standings:
        states = [states.get(one.requirement) for states in verdicts.values()]
        assert (one.passed, one.failed) == (states.count(State.PASS), states.count(State.FAIL))
        assert one.passed + one.failed + one.judge + one.not_applicable == len(lines)
        assert one.loose is None or one.loose >= one.passed
        low, high = one.rate.interval
        assert low <= (one.rate.share or low) <= high
