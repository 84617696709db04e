"""Exports of the features that ship, answers to their cases, and what `specc score` says of these."""

import json
import os
import subprocess
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import pytest

from speclang.engine.answers.score import Scoring
from speclang.engine.compiling import Opened, open_project
from speclang.engine.exporting.exporting import Export, export
from speclang.plan.case import Case
from speclang.plan.plan import FeaturePlan
from speclang.project.lines import Line
from speclang.source.hashing import Json

ROOT = Path(__file__).parents[2]
PEERS = ROOT / ".venv-peers"
NODE = PEERS / "node"
QUIET = {
    "DEEPEVAL_TELEMETRY_OPT_OUT": "YES",
    "DEEPEVAL_UPDATE_WARNING_OPT_IN": "NO",
    "PROMPTFOO_DISABLE_TELEMETRY": "1",
    "PROMPTFOO_DISABLE_UPDATE": "1",
    "PROMPTFOO_DISABLE_REMOTE_GENERATION": "1",
    "LOGFIRE_SEND_TO_LOGFIRE": "false",
    "DO_NOT_TRACK": "1",
    "NO_COLOR": "1",
}
"""What keeps the tools from telling anybody anything."""

FEATURES = ("airline", "extraction", "first", "larkspur", "refunds", "specc", "tracking")
SECOND = (
    "",
    "I'm sorry, I can't help with that.",
    '{"status": 1}',
    "word " * 200,
    "Ünï {{ x }} {% raw %} \u202e — 5.000,50 €!",
)

python = pytest.mark.skipif(not (PEERS / ".installed").exists(), reason="the tools are not installed: `make peers`")
node = pytest.mark.skipif(
    not ((PEERS / ".installed").exists() and (NODE / "node_modules/promptfoo").exists()),
    reason="promptfoo and dotprompt are not installed: `make peers`, where there is npm",
)

Verdicts = dict[tuple[str, str], tuple[str, str]]
"""State and reason, by case and requirement."""


@cache
def opened() -> Opened:
    return open_project(ROOT)


@cache
def exported(format: str, feature: str) -> Export:
    return export(opened(), format, feature)


def plan_of(feature: str) -> FeaturePlan:
    return next(one for one in opened().compiled.plan.features if one.feature == feature)


@cache
def answers(feature: str) -> tuple[Mapping[str, Json], ...]:
    """Two answers to each case: one that does what graders look for, and one that does not, of several sorts."""
    plan = plan_of(feature)
    made: list[Mapping[str, Json]] = []
    for number, case in enumerate(plan.cases):
        text = SECOND[number % len(SECOND)]
        made += [_good(plan, case), {"feature": feature, "case": case.id, "sample": 2, "text": text}]
    return tuple(made)


def _good(plan: FeaturePlan, case: Case) -> Mapping[str, Json]:
    graders = {one.id: one for one in plan.graders}
    calls: list[Json] = []
    texts: list[str] = []
    for use in case.uses:
        grader = graders[use.grader]
        settings = {one.name: one.value for one in grader.settings} | dict(use.settings)
        if grader.check.startswith("called") and isinstance(settings.get("tool"), str):
            calls.append(
                {"tool": settings["tool"], "arguments": settings.get("arguments") or {}, "result": {"ok": True}}
            )
        if grader.check == "mentions":
            texts.append(str(settings["text"]))
    said: list[Json] = [{"role": one.role, "content": one.text} for one in case.turns if one.role != "pause"]
    acted: list[Json] = [{"role": "assistant", "content": "", "tool_calls": calls}] if calls else []
    text = " ".join(["Certainly, here is what we can do:", *texts, "Anything else?"])
    messages = [*said, *acted, {"role": "assistant", "content": text}]
    return {"feature": plan.feature, "case": case.id, "sample": 1, "messages": messages}


@cache
def scored(feature: str, sample: int) -> Verdicts:
    """What `specc score` says of the answers with this number."""
    lines = (json.dumps(one).encode() for one in answers(feature) if one["sample"] == sample)
    return verdicts(Scoring(opened(), "answers"), lines)


def verdicts(scoring: Scoring, lines: Iterable[bytes]) -> Verdicts:
    """What the requirements say of the answers in `lines`."""
    found = scoring.each(Line(number, line, len(line)) for number, line in enumerate(lines, 1))
    return {(one.case, said.requirement): (str(said.state), said.reason) for one in found for said in one.requirements}


def told(verdicts: Verdicts) -> Verdicts:
    """Those of which code can tell."""
    return {key: said for key, said in verdicts.items() if said[0] in ("pass", "fail")}


def written(folder: Path, format: str, feature: str, sample: int = 0, cases: int = 10**6) -> Path:
    """The export in a folder of its own, with the answers to the first `cases` (of one sample, or all)."""
    place = folder / format / feature
    place.mkdir(parents=True)
    for name, text in exported(format, feature).texts.items():
        (place / name).write_text(text, encoding="utf-8", newline="")
    known = [one.id for one in plan_of(feature).cases][:cases]
    lines = [
        one
        for one in answers(feature)
        if one["case"] in known and one["sample"] in (sample, 1, 2)[: 1 if sample else 3]
    ]
    (place / "answers.jsonl").write_text("".join(f"{json.dumps(one)}\n" for one in lines), encoding="utf-8")
    return place


def ran(place: Path, *command: str | Path, code: tuple[int, ...] = (0,), **more: str) -> str:
    """What a command prints in `place`, with nothing of our environment but the way to programs."""
    home = place / "home"
    home.mkdir(exist_ok=True)
    env = {"PATH": os.environ["PATH"], "HOME": str(home), "TMPDIR": str(home), **QUIET, **more}
    done = subprocess.run(
        [str(one) for one in command], cwd=place, env=env, capture_output=True, text=True, check=False, timeout=600
    )
    assert done.returncode in code, f"{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return done.stdout
