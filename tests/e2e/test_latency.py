"""`specc latency`, by what it is promised to do, on answers of which the times are known."""

import json
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from importlib import resources
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from jsonschema import Draft202012Validator

from speclang.assure.latency import Timing, latency
from speclang.cli.main import main
from speclang.project.writing import memory
from speclang.run.store.database import FILE, open_store
from speclang.run.store.rows import Kept, Run
from tests.fixtures.commands import Say

SCHEMA = json.loads(resources.files("speclang.report.schemas").joinpath("latency.schema.json").read_text("utf-8"))
EASTERN = ZoneInfo("America/New_York")

SPEC = """\
feature desk "Front desk" {
  role "You answer at the desk of a shop."
  ask  "Where is my parcel?"
  BUD-1 budget "Fast" {
    must latency p95 <= 3 s, latency p95 <= 3 s during "08:00 .. 14:00 America/New_York"
  }
}
"""

Span = tuple[datetime, float]


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    (tmp_path / "specs").mkdir()
    (tmp_path / "specc.toml").touch()
    (tmp_path / "specs/desk.spec").write_text(SPEC, encoding="utf-8")
    assert main(["build", "--project", str(tmp_path)]) == 0
    return tmp_path


def asked(folder: Path, spans: Sequence[Span], *, stub: bool = False) -> None:
    """Put answers into the store, each with the moment at which it was given and the seconds that it took."""
    store = open_store("", memory(folder))
    run = Run("small", "m-1", stub, ["m-1"])
    number = store.begin(run)
    for repetition, (_, seconds) in enumerate(spans, 1):
        record = json.dumps({"version": 1, "sample": repetition, "measured": {"latency": seconds}}).encode()
        kept = Kept(
            feature="desk",
            case="BUD-1/nominal",
            case_hash="c",
            prompt="p",
            built=True,
            system="s",
            repetition=repetition,
            record=record,
            stopped="",
        )
        store.add(number, run, kept, [])
    store.end(number, "done")
    store.close()
    with closing(sqlite3.connect(memory(folder) / FILE)) as raw, raw:
        raw.executemany(
            "UPDATE answers SET made = ? WHERE repetition = ? AND key IN (SELECT answer FROM run_answers WHERE run = ?)",
            [(moment.astimezone(UTC).isoformat(), place, number) for place, (moment, _) in enumerate(spans, 1)],
        )


def eastern(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=EASTERN)


def timing(folder: Path, **wish: str) -> Timing:
    (found,) = latency(folder, **wish).timings
    return found


def verdicts(found: Timing) -> dict[str, str]:
    return {str(one.during or "all day"): one.decision.call.value for one in found.kept}


PEAK = "08:00 .. 14:00 America/New_York"


def test_1_what_is_slow_at_the_peak_alone_passes_the_day_and_fails_the_peak(desk: Path) -> None:
    nights = [(eastern(2 + one % 20, (20 + one % 8) % 24, one % 60), 0.5) for one in range(1000)]
    peak = [(eastern(2 + one, 8 + one % 6, 30), 6.0) for one in range(20)]
    asked(desk, nights + peak)
    found = latency(desk)
    assert verdicts(found.timings[0]) == {"all day": "holds", PEAK: "fails"}
    assert found.fails
    assert found.timings[0].percentiles[1].value == 0.5
    slow = {cell.hour for cell in found.timings[0].cells if cell.found.value > 3}
    assert slow == set(range(8, 14))


def test_2_on_the_days_on_which_clocks_change_hours_are_those_of_the_clock(desk: Path) -> None:
    # 2026-11-01: 01:30 is twice, at 05:30 and 06:30 UTC; 2026-03-08: there is no 02:30, and 07:30 UTC is 03:30
    moments = [
        datetime(2026, 11, 1, 5, 30, tzinfo=UTC),
        datetime(2026, 11, 1, 6, 30, tzinfo=UTC),
        datetime(2026, 11, 1, 13, 0, tzinfo=UTC),  # 08:00 in winter: within the hours of the budget
        datetime(2026, 3, 8, 7, 30, tzinfo=UTC),
        datetime(2026, 3, 8, 12, 0, tzinfo=UTC),  # 08:00 in summer
        datetime(2026, 3, 7, 12, 59, tzinfo=UTC),  # 07:59 in winter, the day before
    ]
    asked(desk, [(moment, 1.0) for moment in moments])
    found = timing(desk)
    assert {(cell.weekday, cell.hour): cell.found.n for cell in found.cells} == {
        (6, 1): 2,
        (6, 3): 1,
        (6, 8): 2,
        (5, 7): 1,
    }
    assert [one.rate.n for one in found.kept if one.during is not None] == [2]


def test_3_a_suite_that_ran_only_at_night_gets_the_finding(desk: Path, say: Callable[[Path], Say]) -> None:
    asked(desk, [(eastern(2 + one, 3), 0.4) for one in range(5)])
    code, out, _ = say(desk)("latency")
    assert code == 1
    assert f"error[E0841]: Nothing was asked of `small` during {PEAK}" in out
    assert "5 answers were given in other hours" in out
    asked(desk, [(eastern(3, 9), 0.4)])
    assert "E0841" not in say(desk)("latency")[1]


def test_4_the_same_hours_are_compared_so_that_a_rhythm_is_quiet_and_a_shift_is_not(desk: Path) -> None:
    def day(number: int, hours: Sequence[int], slower: float) -> list[Span]:
        return [
            (
                eastern(number, hour, minute),
                (3.0 if 9 <= hour < 16 else 0.5) + slower + (7 * minute + 11 * number) % 60 / 600,
            )
            for hour in hours
            for minute in range(0, 60, 10)
        ]

    nightly = [span for number in range(2, 6) for span in day(number, [*range(8), 10], 0)]
    daily = [span for number in range(10, 14) for span in day(number, [6, 7, *range(9, 16)], 0)]
    asked(desk, nightly + daily)
    quiet = timing(desk, split="2026-11-10").periods
    assert quiet is not None
    assert quiet.chance > 0.05
    assert quiet.hours == 3
    asked(desk, [span for number in range(20, 24) for span in day(number, range(24), 0.25)])
    shifted = timing(desk, split="2026-11-20").periods
    assert shifted is not None
    assert shifted.chance < 0.001
    assert 0.2 < shifted.slower < 0.3


def test_what_a_stub_took_counts_nowhere(desk: Path, say: Callable[[Path], Say]) -> None:
    asked(desk, [(eastern(2, 9), 0.1)], stub=True)
    assert say(desk)("latency") == (0, "no answer with a latency is in the store\n", "")


def test_what_is_printed_is_what_the_schema_says(desk: Path, say: Callable[[Path], Say]) -> None:
    start = eastern(2, 0)
    asked(desk, [(start + timedelta(hours=3 * one), 0.2 + one % 8 / 4) for one in range(80)])
    code, out, _ = say(desk)("latency", "--format", "json", "--compare", "2026-11-06")
    assert code == 0
    told = json.loads(out)
    Draft202012Validator(SCHEMA).validate(told)
    assert told["zone"] == "America/New_York"
    _, out, _ = say(desk)("latency", "--compare", "2026-11-06")
    assert "  Mon  ▁··▂··▃··▄··▅··▆··▇··█··" in out
    assert "hour by hour: no difference beyond chance" in out
    assert "BUD-1: latency p95 <= 3 s all day: holds, 100% (n = 80, 95% to 100%) within it" in out


def test_hours_of_a_place_that_nobody_knows_are_told(desk: Path, say: Callable[[Path], Say]) -> None:
    code, _, err = say(desk)("latency", "--zone", "America/New_Yrok")
    assert code == 2
    assert "no time zone `America/New_Yrok`" in err
    assert say(desk)("latency", "--zone", "../etc")[0] == 2
    assert say(desk)("latency", "--compare", "yesterday")[0] == 2
    assert say(desk)("latency", "dsk")[2] == "specc: there is no feature `dsk`; did you mean `desk`\n"


def test_an_eval_leaves_what_hours_decide_to_the_store(desk: Path, say: Callable[[Path], Say]) -> None:
    _, out, _ = say(desk)("eval", "--target", "stub")
    assert "BUD-1" in out
    assert "holds" in out or "nothing tells of" in out
