"""The pages below this folder are tests: what is said of a spec, what prompt comes of it, and why, in one text.

A block of `spec` is followed by a block of `text`, which holds the findings as they are drawn, or `clean`; a block of `prompt` after
that holds the prompt of its features. In a block of `spec escaped`, `\\u202e` stands for the letter of that number, which nobody
would see. `--accept` rewrites both, after showing the difference.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.suite.examples import compiled, drawn, files

SUITES = sorted(Path(__file__).parent.rglob("*.md"))
FENCE = re.compile(r"^```(\w+)( escaped)?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ESCAPE = re.compile(r"\\u([0-9a-f]{4})")
SHOWN = {"text", "prompt"}


def rewritten(page: str) -> str:
    """`page` with what its specs say now in the blocks after them."""
    pieces: list[str] = []
    last = 0
    for start, end, text in replacements(page):
        pieces += [page[last:start], text]
        last = end
    return "".join([*pieces, page[last:]])


def replacements(page: str) -> Iterator[tuple[int, int, str]]:
    """The ranges of the blocks that are compared, with the text that belongs there."""
    says: dict[str, str] = {}
    waiting = False
    for fence in FENCE.finditer(page):
        language, escaped, body = fence.groups()
        if language == "spec":
            body = ESCAPE.sub(lambda found: chr(int(found[1], 16)), body) if escaped else body
            assert not waiting, f"a spec without a block of text after it, before {body!r}"
            says, waiting = outcome(body), True
        elif language in SHOWN:
            assert language in says, f"a block of {language} without a spec before it: {body!r}"
            waiting = waiting and language != "text"
            yield *fence.span(3), says.pop(language)
    assert not waiting, "a spec without a block of text after it"


def outcome(spec: str) -> dict[str, str]:
    """What is said of a spec, and the prompts of its features."""
    result = compiled(files(spec))
    prompts = [one.text for one in result.artifacts if one.path.endswith("/prompt.md")]
    return {"text": drawn(result.diagnostics, result.places) or "clean\n", "prompt": "\n".join(prompts)}


@pytest.mark.parametrize("path", SUITES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_spec_of_the_page_says_what_stands_after_it(path: Path, expect: Callable[[Path, str], None]) -> None:
    page = path.read_text(encoding="utf-8")
    assert page.startswith("# "), "a page starts with what it shows"
    expect(path, rewritten(page))


def test_a_page_that_expects_something_else_is_rewritten() -> None:
    spec = 'feature a "A" {\n  role "You help."\n}\n'
    page = f"# A\n\n```spec\n{spec}```\n\n```text\nsomething else\n```\n\nAnd so on.\n\n```prompt\n```\n"
    now = rewritten(page)
    assert "something else" not in now
    assert "\n```text\nclean\n```\n\nAnd so on.\n\n```prompt\nYou help.\n" in now
    assert rewritten(now) == now


@pytest.mark.parametrize(
    "page",
    [
        "```spec\n```\n",
        "```spec\n```\n```prompt\n```\n",
        "```text\nclean\n```\n",
        "```spec\n```\n```text\n```\n```text\n```\n",
        "```spec\n```\n```spec\n```\n```text\n```\n",
    ],
)
def test_a_page_that_compares_nothing_is_refused(page: str) -> None:
    with pytest.raises(AssertionError, match="without"):
        rewritten(page)
