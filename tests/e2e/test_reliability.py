"""How often a requirement must hold, and that one is known to fail: from the spec through files, runs, gate, score and diff."""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from speclang.emit.resolve import TraceMap
from speclang.engine.api import compile as compile_project
from tests.fixtures.commands import Say

DAY = "1796083200"
"""30 November 2026, as `SOURCE_DATE_EPOCH` says it."""

GOOD = "Good news: your loan is renewed. Please return it in time."


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DAY)


def says(project: Path, *lines: str) -> None:
    """Have `LOAN-2` say `lines` beside what it says."""
    spec = project / "specs/first.spec"
    kept = [line for line in spec.read_text("utf-8").splitlines() if not line.lstrip().startswith(("holds", "known"))]
    text = "\n".join(kept)
    before, _, after = text.partition("must decline")
    after = after.lstrip().removeprefix("}").lstrip()
    body = "".join(f"\n    {line}" for line in lines)
    spec.write_text(f"{before}must decline{body}\n  }}\n  {after}\n", encoding="utf-8")


def answered(project: Path, fails: Mapping[str, int] | None = None, repeat: int = 6) -> None:
    """Have the target `then` hold `repeat` answers to every case, of which so many fail for `LOAN-2`, by the IDs of cases."""
    plan = compile_project(project).plan.features[0]
    lines = [
        json.dumps(
            {
                "case": case.id,
                "sample": sample,
                "text": "It is renewed." if sample <= (fails or {}).get(case.id, 0) else GOOD,
            }
        )
        for case in plan.cases
        for sample in range(1, repeat + 1)
    ]
    (project / "then.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (project / "specc.toml").write_text('[targets.then]\nuse = "recorded"\nat = "then.jsonl"\n', encoding="utf-8")


def row(out: str, requirement: str = "LOAN-2") -> str:
    """The line of the table that tells of a requirement."""
    return next(line for line in out.splitlines() if line.startswith(f"{requirement} "))


def test_the_claim_stands_in_cases_and_source_map_and_not_in_the_prompt(project: Path, specc: Say) -> None:
    prompt = (project / "generated/first/prompt.md").read_text("utf-8")
    says(project, "holds 4 of 5", 'known_to_fail "nominal" until 2027-01-31 because "it \\"thinks\\""')
    assert specc("build")[0] == 0
    assert (project / "generated/first/prompt.md").read_text("utf-8") == prompt
    text = (project / "generated/first/cases.yaml").read_text("utf-8")
    held = yaml.safe_load(text)
    assert {one["holds"] for one in held["graders"] if one["requirement"] == "LOAN-2"} == {"4 of 5"}
    repeats = {one["case"]: one.get("repeat", 1) for one in held["cases"]}
    # At 7 days, LOAN-1 decides: more answers would tell nothing of LOAN-2.
    assert {case: n for case, n in repeats.items() if n > 1} == {"LOAN-2/nominal": 5, "LOAN-2/boundary/late=8": 5}
    marked = {one["case"]: one["known_to_fail"] for one in held["cases"] if "known_to_fail" in one}
    assert marked == {"LOAN-2/nominal": {"until": "2027-01-31", "because": 'it "thinks"'}}
    map = TraceMap((project / "generated/first/trace.json").read_text("utf-8"))
    spec = (project / "specs/first.spec").read_text("utf-8")
    for path, shown in (("repeat", "5"), ("known_to_fail/until", "2027-01-31")):
        ((_, source),) = map.case("LOAN-2/nominal", path)
        assert source.owner == "LOAN-2"
        assert spec[source.start : source.end] == shown


def test_each_case_is_run_as_often_as_its_requirement_says_unless_somebody_says_otherwise(
    project: Path, specc: Say
) -> None:
    says(project, "holds 4 of 5")
    specc("build")
    answered(project, {"LOAN-2/nominal": 1})
    code, out, _ = specc("eval")
    assert code == 0, out
    assert "16 of 16 answers" in out
    assert row(out).endswith("holds (4 of 5 wanted)")
    assert row(out).split()[2:4] == ["10", "1"]
    assert "every time that it was run: 50% (n = 2, " in out
    code, out, _ = specc("eval", "--repeat", "1")
    assert code == 1
    assert "error[E0824]: Whether `LOAN-2` holds is not decided" in out
    assert row(out).endswith("undecided, run 8 more (4 of 5 wanted)")
    answered(project, {"LOAN-2/nominal": 2})
    code, out, _ = specc("eval")
    assert code == 1
    assert row(out).endswith("fails (4 of 5 wanted)")
    assert "; 4 of 5 are wanted" in out


def test_a_share_is_decided_by_its_interval(project: Path, specc: Say) -> None:
    says(project, "holds 70% of 20")
    specc("build")
    answered(project, {"LOAN-2/nominal": 2}, repeat=20)
    code, out, _ = specc("eval")
    assert code == 0, out
    assert row(out).endswith("holds (70% of 20 wanted)")
    answered(project, {"LOAN-2/nominal": 8}, repeat=20)
    code, out, _ = specc("eval")
    assert code == 1
    assert "error[E0824]" in out
    found = json.loads(specc("eval", "--format", "json")[1])["requirements"][1]
    assert (found["holds"], found["wanted"], found["verdict"]) == ("70% of 20", 0.7, "undecided")
    assert found["more"] > 0


def test_a_known_failure_fails_nothing_until_its_day(
    project: Path, specc: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    says(project, 'known_to_fail until 2026-12-24 because "the small model renews everything"')
    specc("build")
    answered(project, {"LOAN-2/nominal": 1})
    code, out, _ = specc("eval")
    assert code == 0, out
    assert row(out).endswith("known to fail until 2026-12-24")
    assert 'failures="0"' in specc("eval", "--format", "junit")[1]
    assert "all that must hold holds" in specc("eval", "--format", "markdown")[1]
    assert specc("score", "then.jsonl")[0] == 0
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(DAY) + 25 * 86_400))
    code, out, _ = specc("eval")
    assert code == 1
    assert "error[E0811]" in out
    assert "error[E0819]: `LOAN-2` was known to fail until 2026-12-24, and that day has passed" in out
    assert "error[E0819]" in specc("score", "then.jsonl")[1]
    assert specc("check")[0] == 0  # a build and its check know no day


def test_a_known_failure_that_passes_is_told_and_the_stub_shows_nothing_of_it(project: Path, specc: Say) -> None:
    says(project, 'known_to_fail until 2026-12-24 because "the small model renews everything"')
    specc("build")
    answered(project)
    code, out, _ = specc("eval")
    assert code == 1
    assert "error[E0818]: `LOAN-2` no longer fails" in out
    assert specc("eval", "--case", "LOAN-2/nominal")[0] == 0
    assert specc("eval", "--target", "stub")[0] == 3
    assert "error[E0818]" in specc("score", "then.jsonl")[1]


def test_a_case_that_is_known_to_fail_hides_no_other(project: Path, specc: Say) -> None:
    mark = 'known_to_fail "boundary/late=8" until 2026-12-24 because "it counts from the next morning"'
    says(project, mark)
    specc("build")
    answered(project, {"LOAN-2/boundary/late=8": 1})
    code, out, _ = specc("eval")
    assert code == 0, out
    assert "known to fail, and counted nowhere above: LOAN-2/boundary/late=8 (1 of 1)" in out
    assert row(out).split()[2:4] == ["2", "0"]
    answered(project, {"LOAN-2/boundary/late=8": 1, "LOAN-2/nominal": 1})
    assert specc("eval")[0] == 1
    answered(project)
    code, out, _ = specc("eval")
    assert code == 1
    assert "error[E0818]: `LOAN-2/boundary/late=8` no longer fails" in out


def test_the_gate_knows_what_a_requirement_allows_itself(project: Path, specc: Say) -> None:
    says(project, "holds 4 of 5")
    specc("build")
    answered(project)
    specc("eval")
    assert specc("gate", "--bless")[0] == 0
    answered(project, {"LOAN-2/nominal": 1})
    specc("eval")
    code, out, _ = specc("gate")
    assert (code, "0 worse" in out) == (0, True), out
    answered(project, {"LOAN-2/nominal": 2})
    specc("eval")
    code, out, _ = specc("gate")
    assert (code, "lost: LOAN-2/nominal" in out) == (1, True), out
    says(project, "holds 4 of 5", 'known_to_fail until 2026-12-24 because "it counts badly"')
    specc("build")
    code, out, _ = specc("gate")
    assert (code, "known" in out) == (0, True), out


@pytest.mark.parametrize(
    ("old", "new", "now"),
    [
        ("holds: 4 of 5", "holds: 3 of 5", "holds 3 of 5"),
        ("  repeat: 5", "  repeat: 7", "holds 4 of 7"),
        ('until: "2027-01-31"', 'until: "2027-02-28"', "known_to_fail until 2027-02-28"),
        ('because: "it counts"', 'because: "it can\'t count"', 'because "it can\'t count"'),
    ],
)
def test_what_was_changed_by_hand_is_told_and_taken_back(
    project: Path, specc: Say, old: str, new: str, now: str
) -> None:
    says(project, "holds 4 of 5", 'known_to_fail until 2027-01-31 because "it counts"')
    specc("build")
    cases = project / "generated/first/cases.yaml"
    cases.write_text(cases.read_text("utf-8").replace(old, new, 1), encoding="utf-8")
    code, out, _ = specc("check")
    assert code == 1
    assert "error[E0702]" in out
    assert "`LOAN-2` is stated here" in out
    edited = cases.read_text("utf-8")
    code, out, _ = specc("absorb")
    assert code == 0, out
    assert now in (project / "specs/first.spec").read_text("utf-8")
    assert specc("check")[0] == 0
    first = next(line for line in edited.splitlines() if new.strip() in line)
    assert first in cases.read_text("utf-8")


@pytest.mark.parametrize(
    ("before", "after", "change", "why"),
    [
        ("holds 4 of 5", "holds 5 of 5", "tightened", "it must hold `5 of 5`, before `4 of 5`"),
        ("holds 95% of 40", "holds 90% of 40", "loosened", "it must hold `90% of 40`, before `95% of 40`"),
        ("holds 95% of 40", "holds 95% of 20", "loosened", "it must hold `95% of 20`, before `95% of 40`"),
        ("", "holds 5 of 5", "changed", "it must hold `5 of 5`, before as the settings say"),
        ("", 'known_to_fail until 2027-01-31 because "x"', "loosened", "fails nothing till then"),
        ('known_to_fail until 2027-01-31 because "x"', "", "tightened", "it is no longer known to fail"),
    ],
)
def test_a_difference_is_told_by_which_way_it_binds(
    project: Path, specc: Say, tmp_path_factory: pytest.TempPathFactory, before: str, after: str, change: str, why: str
) -> None:
    says(project, *filter(None, [before]))
    was = shutil.copytree(project, tmp_path_factory.mktemp("was") / "project")
    says(project, *filter(None, [after]))
    _, out, _ = specc("diff", str(was))
    assert f"{change:<10} LOAN-2" in out, out
    assert why in out
    if "known_to_fail until" in after:
        assert "because: x" in out


def test_the_settings_have_no_say_in_what_a_requirement_says_itself(project: Path, specc: Say) -> None:
    says(project, "holds 4 of 5")
    specc("build")
    answered(project)
    settings = project / "specc.toml"
    settings.write_text(settings.read_text("utf-8") + '[gates]\n"LOAN-2" = 0.5\n', encoding="utf-8")
    code, _, err = specc("eval")
    assert code == 2
    assert "`[gates]` sets `LOAN-2`, which says itself that it holds 4 of 5; remove one of them" in err
