"""The documentation is run: its specs are compiled, its commands are typed, and what comes out is what it shows.

Fences of a page, told by the words after the three backticks:

    spec                  compiles without an error
    spec fails E0201      gives this finding
    spec preamble         compiles, and is what the fragments of the page stand in, as further members of its feature
    spec file PATH        is written to the page's own folder, where the commands below find it
    spec into PATH        goes before the last brace of that file
    spec fragment         compiles in the preamble; blocks that follow show what comes of it:
    text clauses              what the prompt says
    text cases                the cases
    text graders              the graders
    markdown file PATH    a file in the folder of the page's own, and so for other words before `file`
    console               `$ specc …` in a folder of the page's own, with what is printed (and `$ edit`, `$ cat`, `$ echo`)

`--accept` rewrites what is shown.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from speclang.diagnostics.diagnostic import has_errors
from speclang.engine.pipeline import Compiled
from tests.e2e.test_readme import played
from tests.e2e.test_scripts import matches
from tests.suite.examples import compiled, drawn, files

ROOT = Path(__file__).parents[2]
PAGES = [
    ROOT / "README.md",
    ROOT / "CHANGELOG.md",
    ROOT / "CONTRIBUTING.md",
    *sorted((ROOT / "docs").rglob("*.md")),
    *sorted((ROOT / "specs").rglob("*.md")),
    *sorted((ROOT / "changes").glob("*.md")),
]
FENCE = re.compile(r"(?m)^(`{3,})([^\n`]*)\n(.*?)^\1$", re.DOTALL)
SHOWN = {"text clauses": "clause", "text cases": "case", "text graders": "grader"}


@dataclass(frozen=True)
class Fence:
    """A fenced block of a page: `info` are the words after the backticks; `start` and `end` enclose its text."""

    info: str
    text: str
    start: int
    end: int


def fences(page: str) -> tuple[Fence, ...]:
    return tuple(Fence(one[2].strip(), one[3], one.start(3), one.end(3)) for one in FENCE.finditer(page))


def specs() -> Iterator[object]:
    """Every spec block of the documentation, with what it stands in."""
    for path in PAGES:
        preamble = ""
        for fence in fences(path.read_text(encoding="utf-8")):
            words = fence.info.split()
            if words[:1] != ["spec"] or words[1:2] in (["file"], ["into"]):
                continue
            if words[1:] == ["preamble"]:
                preamble = fence.text
            text = within(preamble, fence.text) if words[1:] == ["fragment"] else fence.text
            line = path.read_text(encoding="utf-8").count("\n", 0, fence.start)
            yield pytest.param(tuple(words[1:]), text, id=f"{path.relative_to(ROOT).as_posix()}:{line}")


def within(preamble: str, fragment: str) -> str:
    """The preamble's feature with further members."""
    assert preamble.rstrip().endswith("}"), "a page states its `spec preamble` above the first fragment"
    return f"{preamble.rstrip()[:-1]}{fragment}}}\n"


def put(file: Path, text: str, *, into: bool) -> None:
    """Write the file, or add `text` to the block that ends it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(within(file.read_text(encoding="utf-8"), text) if into else text, encoding="utf-8")


def made(result: Compiled, kind: str, ids: set[str]) -> list[str]:
    """What the requirements `ids` add to the prompt, or the IDs of their cases or graders."""
    parts = [part for one in result.artifacts for part in one.parts if part.kind == kind and part.owner in ids]
    if kind == "clause":
        return [part.text.strip() for part in parts]
    return [part.id for part in parts]


@pytest.mark.parametrize(("said", "block"), list(specs()))
def test_a_spec_in_the_documentation_does_what_it_is_shown_for(said: tuple[str, ...], block: str) -> None:
    found = compiled(files(block))
    picture = drawn(found.diagnostics, found.places)
    match said:
        case ("fails", code):
            assert code in {one.code.id for one in found.diagnostics}, picture or "nothing is wrong with it"
        case () | ("preamble" | "fragment",):
            assert not has_errors(found.diagnostics), picture
            if "feature " in block:
                assert found.program.features
        case _:
            pytest.fail(f"`spec {' '.join(said)}` is no fence that this page knows")


@pytest.mark.parametrize("path", PAGES[1:], ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_page_shows_what_happens(path: Path, tmp_path: Path, *, accept: bool) -> None:
    page = path.read_text(encoding="utf-8")
    preamble, fragment, after = "", "", 0
    shown: list[str] = []
    for fence in fences(page):
        new = fence.text
        if fence.info == "spec preamble":
            preamble = fence.text
        elif fence.info == "spec fragment":
            fragment = fence.text
        elif fence.info.startswith(("spec file ", "spec into ")):
            put(tmp_path / fence.info.split()[2], fence.text, into=fence.info.startswith("spec into "))
        elif fence.info in SHOWN:
            before, together = compiled(files(preamble)), compiled(files(within(preamble, fragment)))
            own = {part.owner for one in together.artifacts for part in one.parts}
            own -= {part.owner for one in before.artifacts for part in one.parts}
            new = "".join(f"{line}\n" for line in made(together, SHOWN[fence.info], own))
        elif " file " in fence.info:
            put(tmp_path / fence.info.split()[-1], fence.text, into=False)
        elif fence.info == "console":
            new = played(fence.text, tmp_path)
            if " --help" in fence.text and new.split() == fence.text.split():
                new = fence.text  # where help wraps is the business of the library that prints it
            elif matches(fence.text.splitlines(), new.splitlines()):
                new = fence.text  # `…` stands for what is otherwise each time, as in scripts
        shown.extend((page[after : fence.start], new))
        after = fence.end
    now = "".join((*shown, page[after:]))
    if now != page and accept:
        path.write_text(now, encoding="utf-8")
    elif now != page:
        pytest.fail(f"{now}\n(`make accept` stores what is shown now)", pytrace=False)
