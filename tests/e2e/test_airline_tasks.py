"""The published tasks of the airline against the policy as it ships: what can be said, and where the two contradict each other."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TASKS = next(
    (path for one in ROOT.parents if (path := one / "shared" / "data" / "airline" / "tasks.json").exists()), None
)


@pytest.mark.skipif(TASKS is None, reason="the published tasks are not part of this repository")
def test_a_task_that_expects_what_the_policy_rules_out_is_told_with_the_rule() -> None:
    ran = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / "airline_tasks.py"), str(TASKS)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    against = [line for line in ran.stdout.splitlines() if "E0552" in line]
    assert [line.split(" | ")[0] for line in against] == ["| 13"]
    assert "`CHG-3` asks for `avoids transfer_to_human_agents`" in against[0]
    assert "50 tasks, 84 examples; the input of 69 examples and of 38 whole tasks is told" in ran.stdout
    assert "4 of these tasks leave out what the rules ask for besides: 9, 37, 41, 46" in ran.stdout
    assert "of 0 of these examples the rules say nothing: none" in ran.stdout
