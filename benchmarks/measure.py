"""Runs whole processes in turn and takes their wall time, processor time and peak memory."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

MIB = 1024 if sys.platform != "darwin" else 1024 * 1024
"""What `ru_maxrss` counts in, per MiB."""


@dataclass(frozen=True)
class Side:
    """One contestant: `before` puts its folder into the state that the run starts from, and is not measured.

    Where it `times` itself, the last line that it says on its error output holds the seconds of the part that counts, and of a processor.
    """

    name: str
    command: Sequence[str]
    folder: Path
    before: Callable[[], None] | None = None
    codes: tuple[int, ...] = (0,)
    times: bool = False


@dataclass
class Taken:
    """What the runs of one side took: seconds each, seconds of a processor, and the highest peak in MiB."""

    seconds: list[float] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)
    peak: float = 0.0
    problem: str = ""

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    @property
    def spread(self) -> tuple[float, float]:
        return min(self.seconds), max(self.seconds)


def once(side: Side) -> tuple[float, float, float, int, str]:
    """Run `side`; seconds, seconds of a processor, peak MiB, exit code, and the end of what it said."""
    if side.before:
        side.before()
    reading, writing = os.pipe()
    environment = {**os.environ, "NO_COLOR": "1"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # nobody's users compile the sources anew each time
    started = time.perf_counter()
    process = subprocess.Popen(
        side.command, cwd=side.folder, stdout=subprocess.DEVNULL, stderr=writing, env=environment
    )
    os.close(writing)
    with os.fdopen(reading, "rb") as said:
        tail = said.read()[-400:]
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    busy = usage.ru_utime + usage.ru_stime
    text = tail.decode("utf-8", "replace")
    if side.times and process.returncode == 0:
        seconds, busy = map(float, text.splitlines()[-1].split())
    return seconds, busy, usage.ru_maxrss / MIB, process.returncode, text


def in_turn(sides: Sequence[Side], rounds: int) -> dict[str, Taken]:
    """`rounds` runs of every side, one after the other, after one that is thrown away."""
    taken = {side.name: Taken() for side in sides}
    for number in range(rounds + 1):
        for side in sides:
            kept = taken[side.name]
            if kept.problem:
                continue
            seconds, busy, peak, code, said = once(side)
            if code not in side.codes:
                kept.problem = f"exit code {code}: {said.strip().splitlines()[-1] if said.strip() else ''}"
            elif number:
                kept.seconds.append(seconds)
                kept.busy.append(busy)
                kept.peak = max(kept.peak, peak)
    return taken
