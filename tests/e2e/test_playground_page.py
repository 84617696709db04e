"""The playground in a browser: what is typed on the left is seen on the right, and nothing that a spec says is ever run."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from tests.fixtures.browser import IN_A_BROWSER
from tests.strategies.playground import SPEC, Client, project, serving

pytestmark = IN_A_BROWSER

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with serving(tmp_path_factory.mktemp("playground")) as one:
        yield one


class Opened:
    """A page in the browser, with everything that it complains of, is forbidden, or asks of others."""

    def __init__(
        self, browser: "Browser", client: Client, scheme: Literal["light", "dark"] = "light", width: int = 1440
    ) -> None:
        self.page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        self.page.set_default_timeout(12_000)
        self.heard: list[str] = []
        self.asked: set[str] = set()
        self.page.on("console", lambda message: self.heard.append(message.text))
        self.page.on("pageerror", lambda problem: self.heard.append(str(problem)))
        self.page.on("dialog", lambda dialog: self.heard.append(dialog.message))
        self.page.on("request", lambda request: self.asked.add("/".join(request.url.split("/")[:3])))
        self.page.add_init_script(
            "addEventListener('securitypolicyviolation', (one) => console.error('forbidden: ' + one.violatedDirective))"
        )
        self.address = client.server.address
        self.page.goto(self.address)
        self.page.wait_for_selector("html[data-ready=yes][data-looked]")

    def choose(self, example: str) -> None:
        """Open an example, and wait until it is shown."""
        self.page.evaluate("delete document.documentElement.dataset.looked")
        self.page.select_option("#what", example)
        self.page.wait_for_selector("html[data-looked]")

    def select(self, text: str) -> None:
        """Select the first `text` in the editor, as by a search."""
        self.page.focus(".cm-content")
        self.page.keyboard.press("Control+Home")
        self.page.keyboard.press("Control+f")
        self.page.keyboard.type(text)
        self.page.keyboard.press("Enter")
        self.page.keyboard.press("Escape")

    def replace(self, before: str, after: str) -> None:
        """Type `after` over the first `before`."""
        self.select(before)
        self.page.keyboard.type(after)

    def says(self, pane: str, text: str) -> None:
        """Wait until a pane holds `text`, beside what is shown as gone."""
        self.page.wait_for_function(
            """([pane, text]) => {
              const held = document.querySelector(pane).cloneNode(true);
              held.querySelectorAll('del').forEach((one) => one.remove());
              return held.textContent.includes(text);
            }""",
            arg=[pane, text],
        )

    def accept(self, key: str) -> None:
        """Take the completion that is offered first, once the editor takes a key for an answer to it."""
        self.page.wait_for_selector(".cm-tooltip-autocomplete li[aria-selected]")
        self.page.wait_for_timeout(120)
        self.page.keyboard.press(key)

    def close(self) -> None:
        assert self.heard == []
        assert self.asked == {self.address.rpartition("/")[0]}, "nobody else is asked for anything"
        self.page.close()


@pytest.fixture
def refunds(browser: "Browser", examples: Client) -> Iterator[Opened]:
    one = Opened(browser, examples)
    yield one
    one.close()


def test_what_is_typed_is_seen_in_every_pane(refunds: Opened) -> None:
    page = refunds.page
    assert page.evaluate("location.hash") == "", "the token is not left where it can be seen"
    assert page.locator(".w-keyword", has_text="feature").count() == 1
    refunds.replace("age <= 30", "age <= 45")
    refunds.says("#prompt", "at most 45 days")
    assert page.inner_text("#prompt del") == "30"
    assert page.inner_text("#prompt ins") == "45"
    refunds.says("#strip", "REF-1 tightened")
    assert "approve and decline instead of decline" in page.inner_text("#strip")
    assert page.locator(".part.on .owner").all_inner_texts() == ["REF-1"]
    page.click("#tab-cases")
    group = page.locator(".group.on")
    assert group.locator("summary .came").inner_text() == "+1"
    assert "boundary/age=46" in group.locator(".card.new").inner_text()
    assert "boundary/age=31" in group.locator(".card.gone").all_inner_texts()[1]
    page.click("#tab-findings")
    refunds.says("#findings", "asks for approve and REF-2 for decline on the same input")
    assert "= input: total   = 0 USD" in page.inner_text("#findings .finding.error .drawn")
    page.click("#tab-graph")
    page.wait_for_selector("#graph .node.requirement.self")
    assert page.locator("#graph .node.requirement").count() == 10
    assert page.locator("#graph .node.on .name").all_inner_texts()
    page.click("#tab-changes")
    refunds.says("#changed", "tier is not platinum")
    page.focus(".cm-content")
    for _ in range(9):
        page.keyboard.press("Control+z")
    page.click("#tab-prompt")
    refunds.says("#prompt", "at most 30 days")
    refunds.choose("names")
    refunds.says("#strip", "what could be read of it")
    assert page.locator("#made.old").count() == 0
    refunds.choose("first")


def test_an_error_keeps_the_last_prompt_and_its_fix_settles_it(refunds: Opened) -> None:
    page = refunds.page
    refunds.replace("must    approve", "must    aprove")
    page.wait_for_selector("#made.old")
    assert "can’t be read" in page.inner_text("#strip")
    assert "at most 30 days and the customer has the receipt, approve the refund" in page.inner_text("#prompt")
    assert page.locator(".cm-lintRange-error").inner_text() == "aprove"
    page.click("#tab-findings")
    page.click("#findings .fix")
    page.wait_for_selector("#made:not(.old)")
    assert "must    approve" in page.inner_text(".cm-content")
    page.click("#findings .code")
    page.wait_for_selector("#explaining[open]")
    page.keyboard.press("Escape")


def test_clause_and_spec_lead_to_each_other_and_the_keyboard_is_enough(refunds: Opened) -> None:
    page = refunds.page
    page.hover('.part[data-owner="tool handoff"]')
    assert page.inner_text(".cm-line.lit").split()[:2] == ["tool", "handoff(reason:"]
    page.focus(".part >> nth=0")
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.className.includes('cm-content')")
    place = page.locator(".cm-activeLine").inner_text()
    assert place
    page.focus("#tab-prompt")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.id") == "tab-cases"
    assert page.locator("#cases").is_visible()
    page.focus("#divider")
    page.keyboard.press("ArrowRight")
    assert page.get_attribute("#divider", "aria-valuenow") == "54"


def test_completion_writes_a_requirement_for_somebody_who_has_read_nothing(refunds: Opened) -> None:
    page = refunds.page
    refunds.select("  FMT-1")
    page.keyboard.press("ArrowLeft")
    page.keyboard.type("  NEW-1 ru")
    refunds.accept("Enter")
    page.keyboard.type(' "No rush" { when age > 300 days and tier is ')
    page.wait_for_selector(".cm-tooltip-autocomplete li[aria-selected]")
    offered = page.locator(".cm-tooltip-autocomplete li .cm-completionLabel").all_inner_texts()
    assert set(offered[:3]) == {"standard", "gold", "platinum"}
    page.keyboard.type("plat")
    refunds.accept("Tab")
    page.keyboard.type("; must decl")
    refunds.accept("Tab")
    page.keyboard.type("; over REF-4")
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowRight")  # over the brace that came by itself
    page.keyboard.press("Enter")
    refunds.says("#prompt", "more than 300 days and the customer's tier is platinum")
    assert page.locator(".part.new .owner").all_inner_texts() == ["NEW-1"]


HOSTILE = (
    '<img src=x onerror=alert(1)><script>alert(2)</script>"><svg onload=alert(3)> javascript:alert(4) {{7*7}} \u202e'
)


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 420)])
def test_what_a_spec_says_is_shown_and_never_run(
    browser: "Browser", tmp_path: Path, scheme: Literal["light", "dark"], width: int
) -> None:
    said = HOSTILE.replace('"', "'")
    text = SPEC.replace("Library desk", said).replace("Renewal", said).replace("renew the loan", f"{said} renew")
    root = project(tmp_path / f"a{said[:13].replace(' ', '')}", text.replace("Can I keep", said))
    (tmp_path / "playground").mkdir()
    with serving(tmp_path / "playground", root) as client:
        opened = Opened(browser, client, scheme, width)
        for pane in ("prompt", "cases", "findings", "graph", "changes"):
            opened.page.click(f"#tab-{pane}")
        opened.page.click("#tab-graph")
        opened.page.wait_for_selector("#graph .node")
        opened.says("#graph", "<script>alert(2)</script>")
        opened.says("#prompt", "<img src=x onerror=alert(1)>")
        if width < 861:
            opened.page.click("#tab-spec")
        opened.replace("must renew", f'must renw "{said}"')
        opened.page.wait_for_selector("#strip.wrong", state="attached")
        assert opened.page.locator("img:not(.cm-widgetBuffer), script:not([src='/page.js'])").count() == 0
        wide = opened.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert wide, "the page itself never scrolls to the side"
        paper = opened.page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert (sum(map(int, paper[4:-1].split(", "))) < 200) is (scheme == "dark")
        opened.close()


def test_a_text_is_saved_when_it_is_told_to_and_never_over_somebody_else_s(browser: "Browser", tmp_path: Path) -> None:
    root = project(tmp_path / "project")
    file = root / "specs" / "desk.spec"
    (tmp_path / "playground").mkdir()
    with serving(tmp_path / "playground", root) as client:
        opened = Opened(browser, client)
        page = opened.page
        assert page.is_disabled("#save")
        opened.replace("words <= 60", "words <= 40")
        opened.says("#prompt", "at most 40 words")
        assert file.read_text(encoding="utf-8") == SPEC
        page.keyboard.press("Control+s")
        opened.says("#told", "Saved specs/desk.spec")
        assert file.read_text(encoding="utf-8") == SPEC.replace("words <= 60", "words <= 40")
        assert page.is_disabled("#save")
        file.write_text(SPEC.replace("Renewal", "Theirs"), encoding="utf-8")
        opened.replace("words <= 40", "words <= 30")
        page.wait_for_selector("#notice:not([hidden])")
        page.click("#save")
        page.wait_for_selector("#told[data-level=wrong]")
        assert "Theirs" in file.read_text(encoding="utf-8")
        page.click("#notice button >> nth=0")
        opened.says("#prompt", "at most 60 words")
        assert "Theirs" in page.inner_text(".cm-content")
        opened.heard = [one for one in opened.heard if "409" not in one]  # the browser tells of what was refused
        opened.close()


def test_a_page_whose_server_has_ended_says_so_and_keeps_the_text(browser: "Browser", tmp_path: Path) -> None:
    with serving(tmp_path) as client:
        opened = Opened(browser, client)
        opened.choose("first")
    opened.page.focus(".cm-content")
    opened.page.keyboard.type("# still mine\n")
    opened.page.wait_for_selector("#notice:not([hidden])")
    assert "does not answer any more" in opened.page.inner_text("#notice")
    assert "# still mine" in opened.page.inner_text(".cm-content")
    opened.page.close()
