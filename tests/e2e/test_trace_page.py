"""The page that `specc trace --html` writes, in a browser: it draws, it answers, it runs nothing that a spec says."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from speclang.trace.page.html import page
from tests.fixtures.browser import IN_A_BROWSER
from tests.unit.trace.graphs import HOSTILE, hostile

ROOT = Path(__file__).parents[2]

pytestmark = IN_A_BROWSER

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the specs that ship, as a user writes it."""
    path = tmp_path_factory.mktemp("page") / "trace.html"
    ran = subprocess.run(
        [sys.executable, "-m", "speclang", "trace", "--project", str(ROOT), "--html", str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout == f"wrote {path}\n"
    return path


class Opened:
    """A page in the browser, with everything that it complains of or asks for."""

    def __init__(self, browser: "Browser", file: Path, scheme: Literal["light", "dark"] = "light") -> None:
        self.page = browser.new_page(viewport={"width": 1500, "height": 1000}, color_scheme=scheme)
        self.heard: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.heard.append(message.text))
        self.page.on("pageerror", lambda problem: self.heard.append(str(problem)))
        self.page.on("dialog", lambda dialog: self.heard.append(dialog.message))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(file.as_uri())
        assert self.page.locator("html[data-ready=yes]").count() == 1

    def lit(self) -> set[str]:
        return set(self.page.eval_on_selector_all(".node.on", "all => all.map(one => one.getAttribute('aria-label'))"))

    def close(self) -> None:
        assert self.heard == []
        assert len(self.asked) == 1, "the file itself, and nothing else"
        self.page.close()


@pytest.fixture
def opened(browser: "Browser", file: Path) -> Iterator[Opened]:
    one = Opened(browser, file)
    yield one
    one.close()


def test_a_requirement_that_is_clicked_shows_its_clause_its_cases_and_what_it_overrides(opened: Opened) -> None:
    opened.page.click('.node.requirement[aria-label^="requirement REF-3:"]')
    lit = opened.lit()
    assert any(label.startswith("clause REF-3:") for label in lit)
    assert any(label.startswith("case REF-3/nominal") for label in lit)
    assert any(label.startswith("grader REF-3/calls-handoff") for label in lit)
    assert any(label.startswith("requirement REF-1:") for label in lit)
    assert not any(label.startswith("requirement FMT-1:") for label in lit)
    said = opened.page.inner_text("#details")
    assert "overrides (1)" in said
    assert "is overridden by (1)" in said
    assert opened.page.locator(".node[aria-pressed=true]").count() == 1
    opened.page.keyboard.press("Escape")
    assert opened.lit() == set()


def test_what_a_change_reaches_is_what_the_command_says(opened: Opened) -> None:
    opened.page.check("#reach")
    opened.page.click('.node.policy[aria-label^="policy brand"] >> nth=0')
    lit = opened.lit()
    assert any(label.startswith("clause BRAND-1:") for label in lit)
    assert any(label.startswith("feature refunds") for label in lit)
    assert any(label.startswith("feature tracking") for label in lit)
    assert not any(label.startswith("requirement REF-1") for label in lit)


def test_a_search_finds_and_the_keyboard_is_enough(opened: Opened) -> None:
    page = opened.page
    page.keyboard.press("/")
    page.keyboard.type("GEN-6 file")
    assert page.inner_text("#hits").endswith("found")
    page.keyboard.press("Enter")
    assert "GEN-6" in page.inner_text("#details h3")
    page.focus('.node[tabindex="0"] >> nth=0')
    before = page.evaluate("document.activeElement.dataset.node")
    page.keyboard.press("ArrowDown")
    after = page.evaluate("document.activeElement.dataset.node")
    assert after != before
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.getAttribute('aria-pressed')") == "true"
    page.keyboard.press("Escape")
    assert page.input_value("#search") == ""
    assert page.locator('svg .node[tabindex="0"]').count() == page.locator("svg").count()


def test_the_airline_is_drawn_with_all_its_requirements_and_cases(opened: Opened) -> None:
    section = opened.page.locator("section", has=opened.page.locator("h2", has_text="airline"))
    assert section.locator(".node.requirement").count() == 59
    assert section.locator(".node.case").count() == 516
    wide = opened.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert wide, "the page itself never scrolls to the side"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_hostile_titles_are_shown_and_never_run(
    browser: "Browser", tmp_path: Path, scheme: Literal["light", "dark"]
) -> None:
    file = tmp_path / "hostile.html"
    file.write_bytes(page(hostile(), HOSTILE[8]).encode())
    opened = Opened(browser, file, scheme)
    assert opened.page.locator("script").count() == 2
    for number in range(len(HOSTILE)):
        opened.page.locator(f'.node.requirement[data-node="{2 * number}"]').click()
    opened.page.fill("#search", "<script>")
    opened.page.keyboard.press("Enter")
    assert "<script>alert(1)</script>" in opened.page.inner_text("#details")
    assert opened.page.locator("img").count() == 0
    paper = opened.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (sum(map(int, paper[4:-1].split(", "))) < 200) is (scheme == "dark")
    opened.close()
