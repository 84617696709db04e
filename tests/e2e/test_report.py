"""What `specc report` writes: its figures add up, nothing is counted that is not of today, and no answer is read as markup."""

import json
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from speclang.report.spoken import HEAD, TAIL
from tests.fixtures.commands import KEY, Say
from tests.fixtures.misbehaving import serving
from tests.fixtures.recorded import records
from tests.strategies.bench import desk, fair, put
from tests.unit.trace.graphs import HOSTILE

OTHER = {"LOAN-2/nominal": "It is renewed."}


class Page(HTMLParser):
    """The tags of a page with their attributes, and the data in its scripts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.held: dict[str, Any] = {}
        self._id = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._id = dict(attrs).get("id") or "" if tag == "script" else ""

    def handle_data(self, data: str) -> None:
        if self.cdata_elem == "script" and self._id:
            self.held[self._id] = json.loads(data)

    def of(self, name: str) -> list[int]:
        """The numbers that stand in an attribute."""
        return [int(attrs[name] or 0) for _, attrs in self.tags if name in attrs]

    @property
    def blocks(self) -> list[Any]:
        return [self.held[f"c{at}"] for at in range(len(self.held["index"]["requirements"]))]

    def answers(self) -> list[tuple[str, list[Any]]]:
        """Every answer that is shown, with its place: "" where it counts."""
        return [
            (block["texts"][answer[4]], answer)
            for block in self.blocks
            for case in block["cases"]
            for answer in case[7]
        ]


def page(project: Path, specc: Say, *more: str) -> Page:
    code, out, err = specc("report", *more)
    assert (code, err) == (0, ""), err
    assert out.startswith("wrote report.html: ")
    return Page((project / "report.html").read_text("utf-8"))


def test_the_parts_add_up_and_are_what_check_says(project: Path, specc: Say) -> None:
    records(project, **OTHER)
    specc("eval", "--afresh")
    seen = page(project, specc)
    rates = re.findall(r'<td class="rate" data-n="(\d+)" data-passed="(\d+)">(\d+)%', seen.text)
    evidence = re.findall(
        r"^(\S+) +executed +then.jsonl +(\d+)% \(n = (\d+)", specc("check", "--evidence")[1], re.MULTILINE
    )
    assert [(share, n) for n, _, share in rates] == [(share, n) for _, share, n in evidence]
    by_requirement = [(int(n), int(passed)) for n, passed, _ in rates]
    by_case = [
        (sum(row[2][0][0] + row[2][0][1] for row in told), sum(row[2][0][0] for row in told))
        for told in ([row for row in block["tried"] if row[3] and row[2][0]] for block in seen.blocks)
    ]
    assert by_case == by_requirement
    assert sum(seen.of("data-cases")) == 8 + 15 - 3 - 1 - 4 + sum(
        row[3] == 0 for b in seen.blocks for row in b["tried"]
    )
    assert f"{len(by_requirement):,} requirements of 1 feature" in seen.text
    shown = [int(count) for count in re.findall(r"</i> <b>(\d+)</b>", seen.text)]
    assert sum(shown) == len(by_requirement)
    assert "<strong>1 of 3 requirements fails</strong> with then.jsonl (then)" in seen.text


def test_the_same_store_gives_the_same_bytes(project: Path, specc: Say) -> None:
    records(project, **OTHER)
    specc("eval")
    first = page(project, specc).text
    assert page(project, specc).text == first
    (project / "again.html").write_text("mine")
    assert specc("report", "-o", "-")[1] == first
    assert specc("report", "-o", "again.html")[2].startswith("specc: again.html is there, and specc did not write it")
    assert specc("report", "-o", "again.html", "--overwrite")[0] == 0
    assert (project / "again.html").read_text("utf-8") == first


def test_what_is_foreign_or_stale_is_shown_as_that_and_counts_nowhere(project: Path, specc: Say) -> None:
    records(project)
    prompt = project / "generated/first/prompt.md"
    built = prompt.read_text("utf-8")
    prompt.write_text(built.replace("60", "61"), encoding="utf-8")
    specc("eval")
    prompt.write_text(built, encoding="utf-8")
    seen = page(project, specc)
    assert seen.of("data-n") == []
    assert {place for place, _ in seen.answers()} == {"foreign"}
    assert "foreign: 4 of 4 passed" in seen.text

    specc("eval")
    assert {place for place, _ in page(project, specc).answers()} == {"", "foreign"}
    spec = project / "specs/first.spec"
    spec.write_text(spec.read_text("utf-8").replace("words <= 60", "words <= 59"), encoding="utf-8")
    specc("build")
    seen = page(project, specc)
    assert seen.of("data-n") == []
    assert "not run since it changed; 4 of 4 passed before" in seen.text
    assert "stale" in {place for place, _ in seen.answers()}


def test_of_each_case_the_last_run_counts(project: Path, specc: Say) -> None:
    records(project, "Hello.")
    specc("eval")
    records(project)
    specc("eval", "--case", "LOAN-1/*")
    seen = page(project, specc)
    assert "of earlier runs: 0 of 2 passed" in seen.text, "the cases that were run again"
    assert "<strong>2 of 3 requirements fail</strong>" in seen.text
    specc("eval")
    assert "<strong>3 of 3 requirements hold</strong>" in page(project, specc).text


def test_the_stub_bears_its_name_and_never_counts_beside_a_model(project: Path, specc: Say) -> None:
    specc("eval", "--target", "stub")
    seen = page(project, specc)
    assert "by the obedient stub, which is no model" in seen.text.lower()
    assert "with the stub (no model)" in seen.text
    alone = seen.of("data-n")
    records(project)
    specc("eval")
    seen = page(project, specc)
    assert seen.of("data-n") == alone
    assert "The obedient stub, which is no model, has 8 answers; they count in no line above" in seen.text
    assert 'class="stub"' not in seen.text
    assert "**By the obedient stub" not in specc("report", "--format", "markdown")[1]


def test_whatever_an_answer_holds_is_shown_and_never_read_as_markup(project: Path, specc: Say) -> None:
    records(project, "Hello. " * 80)
    specc("eval")
    harmless = page(project, specc)
    (project / ".specc/answers.db").unlink()
    hostile = "\n".join(HOSTILE)
    long = f"{hostile}{'x' * 300_000}the end"
    records(project, hostile, **{"LOAN-1/nominal": long})
    specc("eval")
    seen = page(project, specc)

    def shape(one: Page) -> Counter[tuple[str, ...]]:
        return Counter((tag, *sorted(attrs)) for tag, attrs in one.tags)

    assert set(shape(seen)) == set(shape(harmless))
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]", seen.text)
    steps = [step for _, answer in seen.answers() for step in answer[5]]
    texts = seen.blocks[0]["texts"]
    assert any(text.startswith("=HYPERLINK") and "</script><script>alert(1)</script>" in text for text in texts)
    assert any("\\x1b[31m" in text and "\\u202eabc" in text for text in texts)
    (cut,) = (step for step in steps if len(step) > 2)
    assert cut[2] == len(long.replace("\ud800", "?")) - HEAD - TAIL
    assert any(text.endswith("the end") and len(text) == TAIL for text in texts)
    assert len(seen.text) < 400_000


def test_what_a_judge_says_stands_with_its_quote_and_its_votes(judged: Path, say: Any) -> None:
    specc = say(judged)
    with serving(desk(lambda _: "Sure, keep it until Friday!", fair)) as server:
        put(judged, server)
        assert specc("eval")[0] == 0
    seen = page(judged, specc)
    spoken = [
        (block["texts"][row[5]], row[6])
        for block in seen.blocks
        for case in block["cases"]
        for answer in case[7]
        for row in answer[7]
        if len(row) > 5
    ]
    assert spoken[0] == ("Sure, keep it until Friday!", [2, 0, 0])
    assert "holds (judged)" in seen.text
    assert KEY not in seen.text


def test_a_mark_as_known_to_fail_counts_by_the_day_that_is_named(project: Path, specc: Say) -> None:
    spec = project / "specs/first.spec"
    mark = 'must decline; known_to_fail until 2030-06-30 because "<b>soon</b>" }'
    spec.write_text(spec.read_text("utf-8").replace("must decline }", mark), encoding="utf-8")
    specc("build")
    records(project, **OTHER)
    specc("eval")
    seen = page(project, specc, "--now", "2030-06-30")
    assert "known to fail until 2030-06-30: &lt;b&gt;soon&lt;/b&gt;" in seen.text
    assert "<strong>2 of 3 requirements hold</strong>" in seen.text
    assert "<strong>1 of 3 requirements fails</strong>" in page(project, specc, "--now", "2030-07-01").text


def test_a_comment_tells_what_changed_against_the_baseline(project: Path, specc: Say) -> None:
    records(project)
    specc("eval")
    specc("gate", "--bless")
    records(project, **OTHER)
    specc("eval")
    code, out, _ = specc("report", "--format", "markdown")
    assert code == 0
    assert out.startswith("<!-- specc report -->\n### specc report: 1 of 3 requirements fails with then.jsonl\n")
    row = "| `LOAN-2` | must | 2 | 1 | 0 | 67% (n = 3, 21% to 94%) | fails | worse, 3 of 3 before |"
    assert row in out
    assert "| `LOAN-1` | must | 4 | 0 | 0 | 100% (n = 4, 51% to 100%) | holds | held, 4 of 4 before |" in out
    assert '- `LOAN-2/nominal`: `"return" does not occur in "It is renewed."`' in out
    seen = page(project, specc)
    assert "Against the baseline: 1 worse" in seen.text


def test_mutants_stand_with_the_clause_that_they_change(project: Path, specc: Say) -> None:
    specc("mutate", "LOAN-1", "--target", "stub", "--operators", "delete,bound")
    seen = page(project, specc)
    assert re.search(r"2 of 3 mutants killed with the stub \(no model\): 67% \(n = 3, ", seen.text)
    assert "7 days -&gt; 14 days: survived" in seen.text
    spec = project / "specs/first.spec"
    spec.write_text(spec.read_text("utf-8").replace("late <= 7 days", "late <= 6 days"), encoding="utf-8")
    specc("build")
    assert "mutants killed" not in page(project, specc).text, "another clause"


def test_drift_is_told_at_the_top_and_drawn_below(project: Path, specc: Say) -> None:
    prompt = project / "generated/first/prompt.md"
    prompt.write_text(prompt.read_text("utf-8").replace("at most 7 days", "at most 9 days"), encoding="utf-8")
    seen = page(project, specc)
    assert "Specs and generated files have drifted apart" in seen.text
    assert "The clause of `LOAN-1` was edited by hand" in seen.text
    assert "none of 3 requirements was run" in specc("report", "--format", "markdown")[1]
    assert "**Specs and generated files have drifted apart:**" in specc("report", "--format", "markdown")[1]


def test_what_can_not_be_done_is_told(project: Path, specc: Say) -> None:
    assert specc("report", "frist")[::2] == (2, "specc: there is no feature `frist`; did you mean `first`\n")
    assert specc("report", "-o", "nowhere/report.html")[2] == "specc: nowhere: there is no such folder\n"
    code, _, err = specc("report", "--now", "soon")
    assert code == 2
    assert "`soon` is no day; write it as 2026-03-31" in err
    assert list(project.glob("*.html")) == []


def test_specs_with_errors_have_no_report(project: Path, specc: Say) -> None:
    spec = project / "specs/first.spec"
    spec.write_text(spec.read_text("utf-8").replace("late <= 7 days", "lat <= 7 days"), encoding="utf-8")
    code, out, _ = specc("report")
    assert code == 1
    assert "error[E0201]" in out
    assert not (project / "report.html").exists()
