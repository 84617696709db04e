"""From a keystroke to the findings: how long an editor waits for what is told of the text that it has just sent.

`python benchmarks/keystrokes.py` types into a file of 1,000 requirements, in fifty features and in one, at the pace of a quick typist and
as fast as the server answers, and prints medians and the slowest twentieth. The time is that of the whole way: the message to the
server, reading, and the message back.
"""

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from make_projects import make_specc  # noqa: E402

from tests.strategies.editor import Editor  # noqa: E402

PACE = 0.12
"""Seconds between two keystrokes of somebody who types a hundred words a minute."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--keys", type=int, default=100)
    args = parser.parse_args()
    for shape in ("one-file", "one-feature"):
        for pace in (PACE, 0.0):
            waits = sorted(keystrokes(args.count, args.keys, shape, pace))
            slow = waits[int(len(waits) * 0.95)]
            at = "typed" if pace else "at once"
            print(
                f"{args.count} requirements, {shape}, {at}: median {statistics.median(waits) * 1000:.0f} ms, p95 {slow * 1000:.0f} ms"
            )


def keystrokes(count: int, keys: int, shape: str, pace: float) -> list[float]:
    """The waits for `keys` characters of a comment, a title and a condition in the middle of the file."""
    with tempfile.TemporaryDirectory() as folder:
        make_specc(Path(folder), count, shape)
        name = next(Path(folder).rglob("*.spec")).relative_to(folder).as_posix()
        editor = Editor(Path(folder))
        uri = editor.open(name)
        editor.ask("textDocument/codeLens", {"textDocument": {"uri": uri}})
        at = editor.texts[uri].index(f"R-{count // 2:05}")
        at = editor.texts[uri].index('"', at) + 1
        waits = []
        for key in range(keys):
            editor.edit(uri, at, at, "some words "[key % 11])
            at += 1
            began = time.perf_counter()
            editor.until(uri)
            waits.append(time.perf_counter() - began)
            time.sleep(pace)
        editor.close()
        return waits


if __name__ == "__main__":
    main()
