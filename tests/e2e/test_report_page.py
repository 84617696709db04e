"""The page of `specc report` in a browser: a requirement leads to its clause and answers, from the disk, and no answer runs."""

import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from tests.fixtures.browser import IN_A_BROWSER
from tests.fixtures.recorded import records
from tests.unit.trace.graphs import HOSTILE

ROOT = Path(__file__).parents[2]

pytestmark = IN_A_BROWSER

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of two runs, one of whose answers does all that it can to be something else than text."""
    folder = tmp_path_factory.mktemp("report")

    def specc(*arguments: str) -> None:
        command = [sys.executable, "-m", "speclang", *arguments]
        subprocess.run(command, cwd=folder, capture_output=True, check=False, env={"PYTHONPATH": str(ROOT)})

    specc("init")
    records(folder)
    specc("eval")
    records(folder, **{"LOAN-2/nominal": f"It is renewed. {' '.join(HOSTILE)}{' long' * 400}"})
    specc("eval")
    specc("report")
    return folder / "report.html"


class Opened:
    """A page in the browser, with everything that it complains of or asks for."""

    def __init__(
        self, browser: "Browser", file: Path, scheme: Literal["light", "dark"] = "light", width: int = 1360
    ) -> None:
        self.page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        self.heard: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.heard.append(message.text))
        self.page.on("pageerror", lambda problem: self.heard.append(str(problem)))
        self.page.on("dialog", lambda dialog: self.heard.append(dialog.message))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(file.as_uri())
        assert self.page.locator("html[data-ready=yes]").count() == 1

    def close(self) -> None:
        assert self.heard == []
        assert [one for one in self.asked if one != "about:srcdoc"] == self.asked[:1], "the file, and nothing else"
        self.page.close()


@pytest.fixture
def opened(browser: "Browser", file: Path) -> Iterator[Opened]:
    one = Opened(browser, file)
    yield one
    one.close()


def test_a_requirement_that_is_clicked_shows_its_clause_beside_its_cases(opened: Opened) -> None:
    page = opened.page
    page.click("#requirements a[href='#r-first-LOAN-2']")
    page.wait_for_selector("#r-first-LOAN-2[open] .case[open]")
    article = page.locator("#r-first-LOAN-2")
    assert article.locator("mark").inner_text().startswith("- If the time since the due date is more than 7 days")
    assert "LOAN-2 rule" in article.locator(".spec").inner_text()
    clause, cases = article.locator("mark").bounding_box(), article.locator(".cases").bounding_box()
    assert clause
    assert cases
    assert cases["x"] > clause["x"] + clause["width"] / 2, "side by side"
    first = article.locator(".case[open]")
    assert "LOAN-2/nominal" in first.inner_text()
    assert '"return" does not occur' in first.inner_text()
    assert "<script>alert(1)</script>" not in first.locator(".said").last.inner_text(), "a long answer is folded"
    first.locator("button").first.click()
    assert "<script>alert(1)</script>" in first.locator(".answer .said").first.inner_text()
    assert page.locator("img").count() == 0
    article.locator("a", has_text="all of it").click()
    assert page.locator("#p-first .lit").inner_text().startswith("- If the time since the due date is more than 7")


def test_search_and_filter_leave_what_is_meant_and_the_keyboard_is_enough(opened: Opened) -> None:
    page = opened.page
    page.keyboard.press("/")
    page.keyboard.type("it is renewed")
    page.wait_for_selector("#hits:not(:empty)")
    assert page.locator("#requirements tr[data-of]:visible").count() >= 1
    page.keyboard.press("Escape")
    assert page.inner_text("#hits") == ""
    page.select_option("#state", "fails")
    assert page.inner_text("#hits") == "2 found"
    assert page.locator("#requirements tr[data-of]:visible").count() == 2
    assert page.locator(".requirement:visible").count() == 2
    page.select_option("#state", "")
    page.focus("#r-first-LOAN-1 > summary")
    page.keyboard.press("Enter")
    page.wait_for_selector("#r-first-LOAN-1[open] .case")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#r-first-LOAN-1') !== null")


def test_the_graph_is_drawn_when_it_is_asked_for_and_leads_back(opened: Opened) -> None:
    page = opened.page
    assert page.locator("iframe").count() == 0
    page.click("#draw")
    graph = page.frame_locator("iframe")
    graph.locator('.node.requirement[aria-label^="requirement LOAN-1:"]').click()
    assert "is rendered by" in graph.locator("#details").inner_text()
    page.click("#chosen")
    page.wait_for_selector("#r-first-LOAN-1[open]")


def test_plots_matrix_and_ages_are_told_in_words(opened: Opened) -> None:
    page = opened.page
    assert page.locator("svg:not([aria-hidden]):not([aria-label])").count() == 0
    assert (
        page.get_attribute("#requirements svg.interval.fails", "aria-label") == "67% (n = 3, 21% to 94%), 100% wanted"
    )
    assert page.locator("td.cell:not([title])").count() == 0
    assert page.locator("#overview time").first.inner_text().endswith(("ago)", "(just now)"))
    heads = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map((one) => Number(one.tagName[1]))")
    assert all(after <= before + 1 for before, after in pairwise(heads))
    assert page.locator("header, main, footer, nav").count() == 4


@pytest.mark.parametrize(("scheme", "width"), [("dark", 1360), ("light", 400)])
def test_it_reads_in_the_dark_on_a_small_screen_and_on_paper(
    browser: "Browser", file: Path, scheme: Literal["light", "dark"], width: int
) -> None:
    opened = Opened(browser, file, scheme, width)
    page = opened.page
    page.evaluate("location.hash = '#r-first-LOAN-2'")
    page.wait_for_selector("#r-first-LOAN-2[open] .case[open]")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "never to the side"
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (sum(map(int, paper[4:-1].split(", "))) < 200) is (scheme == "dark")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    assert page.locator("nav").is_hidden()
    opened.close()
