"""Tables as a page, as Markdown and as data: nothing of a spec is read as markup, and the page works in a browser."""

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import jsonschema
import pytest

import speclang
from tests.fixtures.browser import in_a_browser

ROOT = Path(__file__).parents[2]
SCHEMA = Path(speclang.__file__).parent / "engine" / "tabling" / "schemas" / "table.schema.json"

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HOSTILE = """\
feature desk "<script>alert(1)</script> | *b*" {
  given age days 0 .. 60 { name "<img src=x onerror=alert(2)>"; from context }
  given note text        { name "the note"; from context }
  outcome approve "approve" { mentions "yes" }
  outcome decline "decline" { mentions "no" }
  exclusive approve, decline
  ask "Hello."
  REF-1 rule "</table><script>alert(3)</script>" { when age <= 30 days and note is "</td><b>x|y</b>"; must approve }
  REF-2 rule "A `code`" { when age >= 20 days; must decline, mentions "<i>|\\\\|</i>"; over REF-3 }
  REF-3 rule "C" { when age > 55 days or age < 5 days; must approve; unless note is "<u>" }
}
"""


def shown(folder: Path, feature: str, how: str) -> str:
    ran = subprocess.run(
        [sys.executable, "-m", "speclang", "check", "--as-table", feature, "--format", how, "--project", str(folder)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    return ran.stdout


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "specs").mkdir()
    (folder / "specc.toml").touch()
    (folder / "specs" / "desk.spec").write_text(HOSTILE, encoding="utf-8")
    return folder


@pytest.mark.parametrize("feature", ["airline", "refunds", "first", "extraction"])
def test_the_data_are_of_the_published_form(feature: str) -> None:
    data = json.loads(shown(ROOT, feature, "json"))
    jsonschema.validate(data, json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert data["feature"] == feature
    marks = {mark for one in data["tables"] for row in one["rows"] for mark in row["marks"]}
    assert marks <= {note["mark"] for note in data["notes"]}


def test_the_table_for_a_review_is_a_table_whatever_the_spec_says(hostile: Path) -> None:
    text = shown(hostile, "desk", "markdown")
    rows = [line for line in text.splitlines() if line.startswith("|")]
    bars = [line.replace("\\|", "").count("|") for line in rows]
    assert len(rows) > 5
    assert len(set(bars)) == 1
    for markup in ("<script", "<img", "<b>", "<i>"):
        assert markup not in text.replace("\\<", "")


@in_a_browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_shows_what_the_spec_says_and_runs_none_of_it(
    browser: "Browser", hostile: Path, tmp_path: Path, scheme: Literal["light", "dark"]
) -> None:
    file = tmp_path / "desk.html"
    file.write_text(shown(hostile, "desk", "html"), encoding="utf-8")
    page = browser.new_page(viewport={"width": 900, "height": 700}, color_scheme=scheme)
    heard: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: heard.append(message.text))
    page.on("dialog", lambda dialog: heard.append(dialog.message))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    assert page.locator("script, img, b:has(*), i, u").count() == 0
    assert page.inner_text("tbody th >> nth=0").startswith("REF-1\n</table><script>alert(3)</script>")
    assert page.locator("thead th").all_inner_texts()[:3] == ["rule", "age", "note"]
    assert page.get_attribute("thead th >> nth=1", "title") == "<img src=x onerror=alert(2)>"
    assert '"</td><b>x|y</b>"' in page.locator("tbody td").all_inner_texts()
    assert page.locator("th[rowspan='2']").inner_text().startswith("REF-3"), "one rule, two rows"
    assert page.locator("tr.gap").count() > 0
    page.click("a.mark.C")
    assert page.evaluate("location.hash") == "#C1"
    assert "REF-1 asks for approve and REF-2 for decline" in page.inner_text("#C1")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (sum(map(int, paper[4:-1].split(", "))) < 200) is (scheme == "dark")
    page.emulate_media(media="print")
    ink = page.evaluate("getComputedStyle(document.body).color")
    assert ink == "rgb(0, 0, 0)", "what is printed is black on white"
    page.close()
    assert heard == []
    assert len(asked) == 1, "the file itself, and nothing else"
