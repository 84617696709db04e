"""Verdicts of code beside those of a recorded judge: the report, on answers of our own always, on published ones where they are."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PUBLISHED = next((path for one in ROOT.parents if (path := one / "shared" / "data" / "promptpex").is_dir()), None)

ANSWERS = [
    ("Sports", "ok"),
    ("**Sports**", "ok"),
    ("It is Sports.", "ok"),
    ("Sports or Business", "err"),
    ("Politics\x1b[31m", "err"),
    ("World", "err"),
    (None, "ok"),
    ("Business", None),
]


def report(folder: Path) -> str:
    """What the script prints."""
    ran = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / "agreement.py"), str(folder)],
        capture_output=True,
        check=True,
        encoding="utf-8",
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
    )
    return ran.stdout


def test_agreement_and_disagreement_are_counted_and_shown(tmp_path: Path) -> None:
    (tmp_path / "classify-input-text").mkdir()
    rows = [{"output": text, "compliance": said, "model": "m"} for text, said in ANSWERS]
    lines = "\n".join(map(json.dumps, rows))
    (tmp_path / "classify-input-text" / "runs.jsonl").write_text(lines, encoding="utf-8")
    shown = report(tmp_path)
    assert "\x1b" not in shown
    assert "classify-input-text: 6 answers, of which the judge was content with 3" in shown
    strict, loose = shown.split("\nloose\n")
    assert re.search(r"RULE-1 +3 +2 +1 +0 +83%", strict)
    assert re.search(r"RULE-3 +2 +2 +1 +1 +67%", strict)
    assert re.search(r"RULE-3 +2 +2 +1 +1 +67%", loose)
    assert "RULE-3, code no, judge yes: It is Sports." in strict
    assert "RULE-1, code yes, judge no: World" in strict


@pytest.mark.skipif(PUBLISHED is None, reason="the published answers are not part of this repository")
def test_published_answers_are_compared_with_their_judge() -> None:
    assert PUBLISHED is not None
    shown = report(PUBLISHED)
    print(shown)  # noqa: T201 - the report is what this is for
    assert "classify-input-text: 384 answers" in shown
    assert "elements: 759 answers" in shown
    rows = re.findall(r"^(RULE-\d|all of them) +([\d,]+) +([\d,]+) +([\d,]+) +([\d,]+)  ", shown, re.MULTILINE)
    assert len(rows) == 2 * (3 + 8)
    assert {sum(int(one) for one in row[1:]) for row in rows} == {384, 759}
