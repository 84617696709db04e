"""Compares what code says of recorded answers with what a judge said of them: `python benchmarks/agreement.py FOLDER`.

FOLDER holds folders of prompts with judged answers, each with a `runs.jsonl`: `output`, `model`, and `compliance` (`ok` or `err`).
For a prompt whose rules stand in `judged/`, every answer that has a judgement is graded, strictly and loosely, and for each rule it is
counted how often both say the same. The judge looked at the whole prompt, a rule of ours at one thing: so where the judge is content and
a rule is not, one of them overlooks something, while the other way round another rule may be what the judge missed.
"""

import argparse
import json
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import speclang
from speclang.grading.suite import State
from speclang.grading.tally import Rate
from speclang.grading.verdicts import Graded

JUDGED = Path(__file__).parent / "judged"
PROMPTS = {"classify-input-text": "classify", "elements": "elements"}
ALL = "all of them"
EXAMPLES = 2


@dataclass(frozen=True)
class Judged:
    """An answer with its judgement."""

    model: str
    text: str
    content: bool


@dataclass(frozen=True)
class Agreement:
    """How code and judge compare on one rule: `code` first, so `yes_no` are answers that code passes and the judge does not."""

    rule: str
    yes_yes: int
    no_no: int
    yes_no: tuple[tuple[str, str], ...]
    no_yes: tuple[tuple[str, str], ...]

    @property
    def rate(self) -> Rate:
        """How often both say the same."""
        same = self.yes_yes + self.no_no
        return Rate(same, same + len(self.yes_no) + len(self.no_yes))

    @property
    def kappa(self) -> float:
        """Cohen's kappa: agreement beyond what chance would give."""
        n = self.rate.n
        code, judge = self.yes_yes + len(self.yes_no), self.yes_yes + len(self.no_yes)
        chance = (code * judge + (n - code) * (n - judge)) / (n * n) if n else 1
        return ((self.rate.share or 0) - chance) / (1 - chance) if chance < 1 else 0.0


def judged(folder: Path) -> Iterator[Judged]:
    """The answers of `folder` that somebody judged."""
    with (folder / "runs.jsonl").open(encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            if row.get("compliance") in ("ok", "err") and isinstance(row.get("output"), str):
                yield Judged(str(row.get("model")), row["output"], row["compliance"] == "ok")


def graded(feature: str, answers: list[Judged]) -> speclang.Scores:
    """The answers, graded by the rules in `judged/`."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "specs").mkdir()
        (root / "specc.toml").write_text('specs = "specs"\n', encoding="utf-8")
        spec = (JUDGED / f"{feature}.spec").read_text(encoding="utf-8")
        (root / "specs" / "judged.spec").write_text(spec, encoding="utf-8")
        records = ({"text": one.text, "model": one.model} for one in answers)
        scores = speclang.score(root, records, feature=feature, loose=True)
    if len(scores.answers) < len(answers):
        raise SystemExit("\n".join(f"{one.code.id}: {one.title} ({one.primary.text})" for one in scores.diagnostics))
    return scores


def compared(answers: list[Judged], verdicts: tuple[Graded, ...], *, loose: bool) -> list[Agreement]:
    """One row for each rule, and one for all of them together."""
    said: dict[str, list[tuple[bool, Judged, str]]] = {}
    for one, verdict in zip(answers, verdicts, strict=True):
        states = {
            rule.requirement: ((rule.loose if loose else None) or rule.state, rule.reason)
            for rule in verdict.requirements
        }
        for rule, (state, reason) in states.items():
            said.setdefault(rule, []).append((state is State.PASS, one, reason))
        missed = [f"{rule}: {reason}" for rule, (state, reason) in states.items() if state is not State.PASS]
        said.setdefault(ALL, []).append((not missed, one, "; ".join(missed[:1]) or "every rule passes"))
    return [
        _agreement(rule, rows) for rule, rows in {**{k: v for k, v in said.items() if k != ALL}, ALL: said[ALL]}.items()
    ]


def _agreement(rule: str, rows: list[tuple[bool, Judged, str]]) -> Agreement:
    apart = {
        code: tuple((one.text, reason) for passed, one, reason in rows if passed is code and one.content is not code)
        for code in (True, False)
    }
    both = [passed for passed, one, _ in rows if passed is one.content]
    return Agreement(rule, sum(both), len(both) - sum(both), apart[True], apart[False])


def shown(rows: list[Agreement], *, examples: bool) -> Iterator[str]:
    """A table, and of each kind of disagreement the first examples."""
    yield f"{'rule':<12} {'both yes':>8} {'both no':>8} {'code yes, judge no':>19} {'code no, judge yes':>19}  {'same':<28} kappa"
    for row in rows:
        counts = f"{row.yes_yes:>8,} {row.no_no:>8,} {len(row.yes_no):>19,} {len(row.no_yes):>19,}"
        yield f"{row.rule:<12} {counts}  {row.rate!s:<28} {row.kappa:+.2f}"
    for row in rows if examples else ():
        for what, apart in (("code no, judge yes", row.no_yes), ("code yes, judge no", row.yes_no)):
            for text, reason in apart[:EXAMPLES]:
                yield f"  {row.rule}, {what}: {brief(text)}"
                yield f"    {reason[:160]}"


def brief(text: str) -> str:
    """A text on one line, with nothing in it that a terminal would obey."""
    line = re.sub(r"\s+", " ", text.strip())
    return ascii(line if len(line) <= 110 else line[:110] + "...")[1:-1]


def report(folder: Path) -> Iterator[str]:
    """What there is to say of the prompts in `folder`."""
    for name, feature in PROMPTS.items():
        if not (folder / name / "runs.jsonl").exists():
            continue
        answers = list(judged(folder / name))
        scores = graded(feature, answers)
        content: Mapping[bool, int] = {one: sum(answer.content is one for answer in answers) for one in (True, False)}
        yield f"{name}: {len(answers):,} answers, of which the judge was content with {content[True]:,}"
        for loose in (False, True):
            yield "loose" if loose else "strict"
            yield from shown(compared(answers, scores.answers, loose=loose), examples=not loose)
        yield ""


def main() -> int:
    """Print the report."""
    parser = argparse.ArgumentParser(description="Compare verdicts of code with those of a recorded judge.")
    parser.add_argument("folder", type=Path, help="the folder that holds the prompts with judged answers")
    lines = list(report(parser.parse_args().folder))
    for line in lines:
        print(line)
    return 0 if lines else 2


if __name__ == "__main__":
    sys.exit(main())
