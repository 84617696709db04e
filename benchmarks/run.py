"""Measures specc against bare Python and its peers, and writes `benchmarks/RESULTS.md`."""

import argparse
import datetime
import platform
import re
import shutil
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from make_projects import RUN_CASES, make_doorstop, make_run, make_specc, make_trlc
from make_rules import make_rules
from measure import Side, Taken, in_turn
from waits import Waits, saved, typed

HERE = Path(__file__).parent
ROOT = HERE.parent
PYTHON = sys.executable
SPECC = str(Path(PYTHON).parent / "specc")

PARSE_AND_BIND = """
from pathlib import Path
from speclang.engine.heap import uncollected
from speclang.project.config import find
from speclang.project.disk import read
from speclang.project.paths import files_below
from speclang.syntax.parser import parse
from speclang.bind import bind
with uncollected():
    home = find(Path()).value
    config = home.config
    sources = read(home.root, files_below(home.root, config.specs, ".spec")).value
    found = bind(tuple(parse(source).value for source in sources), config.kinds)
assert not found.diagnostics, found.diagnostics[:3]
"""


ANALYSE = (
    PARSE_AND_BIND
    + """
    from speclang.analysis.runner import analyse
    told = analyse(found.value)
assert {one.code.id for one in told} <= {"E0505", "E0506"}, told[:3]
""".replace("\n    from", "\nwith uncollected():\n    from", 1)
)


AGAIN = (
    PARSE_AND_BIND
    + """
import sys, time
with uncollected():
    from speclang.analysis.runner import analyse
    from speclang.engine.remembering.searches import remembering
    started = time.perf_counter(), time.process_time()
    told = analyse(found.value, config.kinds, remembering(home.root))
    took = time.perf_counter() - started[0], time.process_time() - started[1]
assert {one.code.id for one in told} <= {"E0505", "E0506"}, told[:3]
print(*took, file=sys.stderr)
"""
)


@dataclass(frozen=True)
class Row:
    """One line of the table; `sides` makes the projects that it needs when it is called, and its first one is ours.

    `at_most` is the largest allowed ratio of ours to the second side, `faster` how many times faster than it ours must be,
    `seconds` the longest time that ours may take.
    """

    work: str
    sides: Callable[[], Sequence[Side]]
    rounds: int
    at_most: float | None = None
    faster: float | None = None
    seconds: float | None = None


@dataclass
class Bench:
    """Where the projects lie and which peers there are."""

    folder: Path
    peers: Path
    made: set[str] = field(default_factory=set)

    def peer(self, name: str) -> str | None:
        """The program `name` of the peers' venv, or of the PATH."""
        own = self.peers / name
        return str(own) if own.exists() else shutil.which(name)

    def specc(self, count: int, shape: str = "many") -> Path:
        """A project of specc, built once."""
        folder = self.folder / f"specc-{shape}-{count}"
        if folder.name not in self.made:
            make_specc(folder, count, shape)
            subprocess.run([SPECC, "build"], cwd=folder, check=True, capture_output=True)
            self.made.add(folder.name)
        return folder

    def trlc(self, count: int, shape: str = "many") -> Path:
        """A project of trlc."""
        folder = self.folder / f"trlc-{shape}-{count}"
        if folder.name not in self.made:
            make_trlc(folder, count, shape)
            self.made.add(folder.name)
        return folder

    def rules(self, count: int) -> Path:
        """A project whose rules have to be reasoned about."""
        folder = self.folder / f"rules-{count}"
        if folder.name not in self.made:
            make_rules(folder, count)
            self.made.add(folder.name)
        return folder

    def doorstop(self, count: int) -> Path:
        """A project of doorstop."""
        folder = self.folder / f"doorstop-{count}"
        if folder.name not in self.made:
            make_doorstop(folder, count)
            self.made.add(folder.name)
        return folder


def nothing_built(folder: Path) -> Callable[[], None]:
    """Removes all that a build of `folder` left."""

    def remove() -> None:
        shutil.rmtree(folder / "generated", ignore_errors=True)
        shutil.rmtree(folder / ".specc", ignore_errors=True)

    return remove


def no_cache(folder: Path) -> Callable[[], None]:
    """Removes what a build of `folder` remembers, and leaves what it generated."""
    return lambda: shutil.rmtree(folder / ".specc", ignore_errors=True)


def no_answers(folder: Path) -> Callable[[], None]:
    """Removes what runs in `folder` stored, so that all is asked; what was made ready for them stays, as it does for the peers."""

    def remove() -> None:
        for path in (folder / ".specc").glob("answers.db*"):
            path.unlink()

    return remove


EDITS = {"bound": ("age <= 9 days", "age <= 8 days"), "title": ('"Range 3 of area 0"', '"Span 3 of area 0"')}
"""What is changed of one requirement, to and fro: what it means, or only how long its text is."""


def one_changed(folder: Path, what: str) -> Callable[[], None]:
    """Brings `folder` up to date, then changes one requirement."""
    path = min((folder / "specs").glob("*.spec"))

    def change() -> None:
        subprocess.run([SPECC, "build"], cwd=folder, check=True, capture_output=True)
        text = path.read_text(encoding="utf-8")
        old, new = EDITS[what] if EDITS[what][0] in text else reversed(EDITS[what])
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


def start_up(bench: Bench) -> Iterator[Row]:
    """The time to the first word."""

    def sides(option: str) -> list[Side]:
        found = [
            Side("specc", [SPECC, option], bench.folder),
            Side("python -c pass", [PYTHON, "-c", "pass"], bench.folder),
        ]
        for name in ("trlc", "doorstop", "promptfoo", "inspect"):
            program = bench.peer(name)
            if program:
                found.append(Side(name, [program, option], bench.folder))
        return found

    for option in ("--version", "--help"):
        yield Row(f"`{option}`", partial(sides, option), 11, at_most=4)


def checks(bench: Bench, counts: Sequence[int]) -> Iterator[Row]:
    """A check where nothing changed, against the peers' check."""

    def sides(count: int, shape: str) -> list[Side]:
        return [Side("specc check", [SPECC, "check"], bench.specc(count, shape)), *peers(bench, count, shape)]

    faster = {1000: 5.0, 10000: 15.0}
    for count in counts:
        yield Row(f"check, nothing changed, {count:,}", partial(sides, count, "many"), 5, faster=faster.get(count))
    for count in (one for one in counts if one == 1000):
        work = f"check, nothing changed, {count:,} in one file"
        yield Row(work, partial(sides, count, "one-file"), 5, faster=faster.get(count))


def peers(bench: Bench, count: int, shape: str) -> list[Side]:
    """The peers' check of an equal project."""
    found = []
    trlc, doorstop = bench.peer("trlc"), bench.peer("doorstop")
    if trlc:
        found.append(Side("trlc", [trlc, "."], bench.trlc(count, shape)))
    if doorstop and count <= 1000 and shape == "many":
        found.append(Side("doorstop", [doorstop, "--quiet"], bench.doorstop(count)))
    return found


def reading(bench: Bench, counts: Sequence[int]) -> Iterator[Row]:
    """Parse and bind from nothing: the work that trlc does."""

    def sides(count: int, shape: str) -> list[Side]:
        folder = bench.specc(count, shape)
        ours = Side("specc, parse and bind", [PYTHON, "-c", PARSE_AND_BIND], folder, no_cache(folder))
        return [ours, *(side for side in peers(bench, count, shape) if side.name == "trlc")]

    for count in counts:
        for shape in ("many", "one-file") if count <= 1000 else ("many",):
            rounds, target = (5, None) if count < 10000 else (3, 1)
            work = f"parse and bind, {count:,}, {shape.replace('-', ' ')}"
            yield Row(work, partial(sides, count, shape), rounds, at_most=target)


def builds(bench: Bench, counts: Sequence[int]) -> Iterator[Row]:
    """A full build from nothing."""

    def sides(count: int) -> list[Side]:
        folder = bench.specc(count)
        ours = Side("specc build", [SPECC, "build"], folder, nothing_built(folder))
        return [ours, *(side for side in peers(bench, count, "many") if side.name == "trlc")]

    for count in counts:
        yield Row(f"full build from nothing, {count:,}", partial(sides, count), 3, at_most=5 if count == 1000 else None)


def analyses(bench: Bench, counts: Sequence[int]) -> Iterator[Row]:
    """What is proved about rules over 30 givens: ranges, exceptions that beat them, defaults."""

    def sides(count: int) -> list[Side]:
        folder = bench.rules(count)
        return [
            Side("specc, parse, bind and analyse", [PYTHON, "-c", ANALYSE], folder),
            Side("specc, parse and bind", [PYTHON, "-c", PARSE_AND_BIND], folder),
        ]

    for count in counts:
        seconds = 5.0 if count == 1000 else None
        yield Row(f"analysis from nothing, {count:,} rules over 30 givens", partial(sides, count), 3, seconds=seconds)


def analyses_again(bench: Bench, counts: Sequence[int]) -> Iterator[Row]:
    """What is proved again after one rule of a feature has changed, with what was searched before on the disk."""

    def sides() -> list[Side]:
        folder = bench.rules(1000)
        path = folder / "specs" / "desk00.spec"

        def change() -> None:
            subprocess.run([PYTHON, "-c", AGAIN], cwd=folder, check=True, capture_output=True)
            text = path.read_text(encoding="utf-8")
            wider = re.sub(
                r'("Exception 200 1".*?<= )(\d+)', lambda part: part[1] + str(int(part[2]) + 1), text, count=1
            )
            path.write_text(wider, encoding="utf-8")

        command = [PYTHON, "-c", AGAIN]
        return [
            Side("specc, analyse", command, folder, change, times=True),
            Side("specc, parse, bind and analyse", command, folder, change),
        ]

    if 1000 in counts:
        yield Row("analysis after one change, 1,000 rules over 30 givens", sides, 5, seconds=0.3)


def changes(bench: Bench, counts: Sequence[int]) -> Iterator[Row]:
    """One requirement changed."""

    def sides(count: int, shape: str, command: str, what: str) -> list[Side]:
        folder = bench.specc(count, shape)
        return [Side(f"specc {command}", [SPECC, command], folder, one_changed(folder, what), codes=(0, 1))]

    for count in counts:
        for command in ("build", "check"):
            seconds = 0.3 if count == 1000 else None
            ours = partial(sides, count, "many", command, "bound")
            yield Row(f"{command} after one change, {count:,}", ours, 5, seconds=seconds)
    for shape, where in (("many", "many files"), ("one-file", "one file"), ("one-feature", "one feature")):
        for command, what in (("build", "bound"), ("build", "title"), ("check", "title")):
            if (shape, what) != ("many", "bound"):
                work = f"{command} after a changed {what}, 1,000 in {where}"
                yield Row(work, partial(sides, 1000, shape, command, what), 5, seconds=0.3)


def runs(bench: Bench, counts: Sequence[int]) -> Iterator[Row]:
    """What a run costs beside the model: every case on a target that answers at once."""

    def sides(count: int) -> list[Side]:
        folder = bench.folder / f"run-{count}"
        make_run(folder, count)
        subprocess.run([SPECC, "build"], cwd=folder, check=True, capture_output=True)
        ours = Side("specc eval", [SPECC, "eval", "--repeat", str(count // RUN_CASES)], folder, no_answers(folder))
        found = [ours]
        promptfoo, inspect = bench.peer("promptfoo"), bench.peer("inspect")
        if promptfoo is not None:
            kept = ("env", f"PROMPTFOO_CONFIG_DIR={folder / 'promptfoo'}")
            quiet = ("--no-cache", "--no-progress-bar", "--no-table")
            found.append(Side("promptfoo eval", [*kept, promptfoo, "eval", "-c", "promptfoo.json", *quiet], folder))
        if inspect is not None:
            silent = ("--display", "none", "--log-dir", "inspect-logs")
            found.append(
                Side("inspect eval", [inspect, "eval", "inspect_task.py", "--model", "mockllm/model", *silent], folder)
            )
        return found

    for count in (one for one in counts if one >= 1000):
        yield Row(f"eval, {count:,} answers that cost no time", partial(sides, count), 3, faster=5)


def verdict(row: Row, taken: dict[str, Taken]) -> str:
    """The target of `row` and whether it was met; the first side is ours."""
    ours, *others = taken.values()
    if not ours.seconds:
        return ""
    if row.seconds is not None:
        return f"at most {row.seconds * 1000:.0f} ms: {met(ours.median <= row.seconds)}"
    if not others or not others[0].seconds:
        return ""
    ratio = ours.median / others[0].median
    if row.faster is not None:
        fastest = min(other.median for other in others if other.seconds)
        return f"at least {row.faster:g}x faster: {met(fastest / ours.median >= row.faster)}"
    if row.at_most is not None:
        return f"at most {row.at_most:g}x: {met(ratio <= row.at_most)}"
    return ""


def met(yes: bool) -> str:  # noqa: FBT001 - its only argument
    """How the table says it."""
    return "met" if yes else "**missed**"


def shown(seconds: float) -> str:
    """`seconds` as people read it."""
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.2f} s"


def lines(row: Row, taken: dict[str, Taken]) -> Iterator[str]:
    """The lines of the table for `row`: one per side."""
    base = next(iter(taken.values()))
    for index, (name, one) in enumerate(taken.items()):
        work, target = (row.work, verdict(row, taken)) if index == 0 else ("", "")
        if one.problem or not one.seconds:
            yield f"| {work} | {name} | – | – | – | – | – | {one.problem or 'not run'} |"
            continue
        low, high = one.spread
        ratio = "1" if index == 0 else f"{one.median / base.median:.1f}" if base.seconds else "–"
        time = f"{shown(one.median)} | {shown(low)} … {shown(high)} | {shown(statistics.median(one.busy))}"
        yield f"| {work} | {name} | {time} | {ratio} | {one.peak:.0f} | {target} |"


def growth(results: dict[str, dict[str, Taken]]) -> Iterator[str]:
    """How the full build grows from 1,000 to 10,000, where both were run."""
    small = results.get("full build from nothing, 1,000", {}).get("specc build")
    large = results.get("full build from nothing, 10,000", {}).get("specc build")
    if small and large and small.seconds and large.seconds:
        ratio = large.median / small.median
        yield f"- The full build of 10,000 requirements takes {ratio:.1f} times that of 1,000 (target: at most 11): {met(ratio <= 11)}."
        yield f"- Its peak memory is {large.peak:.0f} MiB, {small.peak:.0f} MiB for 1,000 (target: under 500): {met(large.peak < 500)}."


def waits(bench: Bench) -> Iterator[str]:
    """How long somebody waits who types, in a project of 1,000 requirements in one file."""
    folder = bench.specc(1000, "one-file")
    most = {"keystroke to what the file tells": 0.05, "save to findings": 0.3}
    for one in (*typed(folder), *saved(folder)):
        yield f"- 1,000 requirements in one file, {one.shown}{target(one, most.get(one.name))}."


def target(one: Waits, most: float | None) -> str:
    """What a wait is to be at most, and whether it is."""
    return "" if most is None else f" (target: p95 at most {most * 1000:.0f} ms): {met(one.high <= most)}"


def versions(bench: Bench) -> str:
    """What was run, on what."""
    said = [f"Python {platform.python_version()}", f"{platform.system()} {platform.machine()}"]
    for name in ("specc", "trlc", "doorstop", "promptfoo", "inspect"):
        program = SPECC if name == "specc" else bench.peer(name)
        if program:
            text = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout.split()
            said.append(f"{name} {text[-1].strip('()') if text else 'of unknown version'}")
    return ", ".join(said)


def main() -> None:
    """Run the rows that were asked for and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--peers", type=Path, default=ROOT / ".venv-bench" / "bin", help="where the peers' programs lie"
    )
    parser.add_argument("--folder", type=Path, default=ROOT / ".bench", help="where the projects are made")
    parser.add_argument("--quick", action="store_true", help="100 and 1,000 requirements only")
    parser.add_argument("--only", default="", help="the rows whose name holds this")
    parser.add_argument("--output", type=Path, default=HERE / "RESULTS.md")
    asked = parser.parse_args()
    counts = (100, 1000) if asked.quick else (100, 1000, 10000)
    bench = Bench(asked.folder.resolve(), asked.peers.resolve())
    bench.folder.mkdir(parents=True, exist_ok=True)
    results: dict[str, dict[str, Taken]] = {}
    table = [
        "| work | program | median | spread | processor | times ours | peak MiB | target |",
        "|---|---|---|---|---|---|---|---|",
    ]
    parts = (checks, reading, builds, analyses, analyses_again, changes, runs)
    for row in (*start_up(bench), *(row for part in parts for row in part(bench, counts))):
        if asked.only not in row.work:
            continue
        try:
            results[row.work] = in_turn(row.sides(), row.rounds)
            new = list(lines(row, results[row.work]))
        except subprocess.CalledProcessError as failed:
            new = [
                f"| {row.work} | – | – | – | – | – | – | {' '.join(failed.cmd[1:])} ended with exit code {failed.returncode} |"
            ]
        print("\n".join(new), flush=True)
        table += new
    head = f"# Results\n\n{datetime.datetime.now(tz=datetime.UTC).date()}, {versions(bench)}. How they are taken: [README.md](README.md).\n"
    waited = list(waits(bench)) if asked.only in "watch and editor" else []
    print("\n".join(waited), flush=True)
    asked.output.write_text("\n".join([head, *table, "", *growth(results), *waited, ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
