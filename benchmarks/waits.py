"""How long somebody waits who types: from a keystroke in an editor, and from a save under `specc watch`, to what is told.

`python benchmarks/waits.py FOLDER` measures in the project that lies there, which is left as it was.
"""

import argparse
import gc
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from speclang.engine.session import Session

OLD = "age <= 9 days"
TYPED = "age < 8 days and receipt"
"""What is typed over `OLD`, letter by letter: most of the time it is no condition, or not the one that is meant."""

SAVES = 20


@dataclass(frozen=True)
class Waits:
    """Seconds from each keystroke or save to what it led to."""

    name: str
    seconds: tuple[float, ...]

    @property
    def shown(self) -> str:
        """The median and the 95th percentile."""
        high = statistics.quantiles(self.seconds, n=20)[18]
        return f"{self.name}: median {statistics.median(self.seconds) * 1000:.0f} ms, p95 {high * 1000:.0f} ms"

    @property
    def high(self) -> float:
        """The 95th percentile."""
        return statistics.quantiles(self.seconds, n=20)[18]


def typed(root: Path) -> Iterator[Waits]:
    """The waits of an editor: what one file tells, and everything."""
    spec = min((root / "specs").glob("*.spec"))
    name, text = spec.relative_to(root).as_posix(), spec.read_text(encoding="utf-8")
    session = Session(root)
    session.look()
    gc.disable()  # as the server does
    quick: list[float] = []
    everything: list[float] = []
    for length in range(1, len(TYPED) + 1):
        session.hold(name, text.replace(OLD, TYPED[:length], 1))
        started = time.perf_counter()
        session.quick(name)
        quick.append(time.perf_counter() - started)
        session.look()
        everything.append(time.perf_counter() - started)
    gc.enable()
    yield Waits("keystroke to what the file tells", tuple(quick[1:]))
    yield Waits("keystroke to everything", tuple(everything[1:]))


def saved(root: Path) -> Iterator[Waits]:
    """The waits of a watch: findings, and everything built."""
    spec = min((root / "specs").glob("*.spec"))
    text = spec.read_text(encoding="utf-8")
    command = [sys.executable, "-m", "speclang", "watch", "--format", "json"]
    findings: list[float] = []
    built: list[float] = []
    gc.collect()  # what the editor left in this process is not the watch's to pay for
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True) as watch:
        try:
            until(watch, "stands")
            for number in range(SAVES):
                started = time.perf_counter()
                save(spec, text.replace(OLD, f"age <= {8 - number % 2} days", 1))
                until(watch, "findings")
                findings.append(time.perf_counter() - started)
                until(watch, "stands")
                built.append(time.perf_counter() - started)
            save(spec, text)
            until(watch, "stands")
        finally:
            watch.terminate()
    yield Waits("save to findings", tuple(findings[1:]))
    yield Waits("save to everything built", tuple(built[1:]))


def until(watch: "subprocess.Popen[str]", event: str) -> None:
    """Read what the watch says until `event`."""
    for line in watch.stdout or ():
        if json.loads(line)["event"] == event:
            return


def save(spec: Path, text: str) -> None:
    """Save as editors do."""
    fresh = spec.with_name(f".{spec.name}.new")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(spec)


def main() -> None:
    """Measure in the folder that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    root = parser.parse_args().folder.resolve()
    for waits in (*typed(root), *saved(root)):
        print(waits.shown)


if __name__ == "__main__":
    main()
