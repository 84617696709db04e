"""The page holds every node once, in its place, and what a spec says is text on it."""

import json
import re
from base64 import b64encode
from collections import Counter
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest

from speclang.engine.compiling import open_project
from speclang.engine.tracing import graph_of
from speclang.project.single import NotOurs, write_one
from speclang.source.records import replace
from speclang.trace.elements import Trace
from speclang.trace.page.html import MARK, page
from speclang.trace.page.layout import Box, pictures
from tests.unit.trace.graphs import HOSTILE, hostile

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def shipped() -> Trace:
    """The graph of the specs that ship, with their shared policies and an airline of 59 requirements."""
    return graph_of(open_project(ROOT, afresh=True))


class Seen(HTMLParser):
    """The tags of a page and their attributes, and the text of each script and style."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.blocks: list[tuple[str, str]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.cdata_elem:
            self.blocks.append((self.cdata_elem, data))


def test_every_node_of_a_feature_stands_in_its_picture_once_and_nothing_stands_on_another(shipped: Trace) -> None:
    drawn = pictures(shipped)
    assert [one.feature for one in drawn] == [name for name, _ in shipped.writes]
    for one in drawn:
        ids = [box.node.id for box in one.boxes]
        assert len(ids) == len(set(ids))
        assert {node.id for node in shipped.nodes if node.feature == one.feature} <= set(ids)
        assert overlapping([box for box in one.boxes if not box.chip]) == []
        assert overlapping([box for box in one.boxes if box.chip]) == []
        assert all(box.y >= 0 and box.y + box.height <= one.height for box in one.boxes)


def overlapping(boxes: list[Box]) -> list[tuple[str, str]]:
    found = []
    for at, one in enumerate(boxes):
        found += [
            (one.node.id, other.node.id)
            for other in boxes[at + 1 :]
            if one.x < other.x + other.width
            and other.x < one.x + one.width
            and one.y < other.y + other.height
            and other.y < one.y + one.height
        ]
    return found


def test_the_same_graph_gives_the_same_page(shipped: Trace) -> None:
    assert page(shipped, "p") == page(graph_of(open_project(ROOT, afresh=True)), "p")


def test_nothing_is_fetched_and_only_the_two_that_ship_may_run(shipped: Trace) -> None:
    text = page(shipped, "p")
    seen = Seen(text)
    policy = next(attrs["content"] for tag, attrs in seen.tags if attrs.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    script = [block for tag, block in seen.blocks if tag == "script"][-1]
    (style,) = [block for tag, block in seen.blocks if tag == "style"]
    for block in (script, style):
        assert f"'sha256-{b64encode(sha256(block.encode()).digest()).decode()}'" in policy
    assert not {"link", "img", "iframe", "object", "embed", "base", "form", "image", "use"} & {
        tag for tag, _ in seen.tags
    }
    names = {name for _, attrs in seen.tags for name in attrs}
    assert not {name for name in names if name.startswith("on") or name in ("style", "src", "xlink:href", "srcset")}
    assert all(str(attrs["href"]).startswith("#") for _, attrs in seen.tags if "href" in attrs)
    assert "url(http" not in text.replace("http://www.w3.org/2000/svg", "")


def test_a_hostile_title_adds_no_tag_and_no_attribute() -> None:
    plain = tuple(replace(node, name="N", text="t") for node in hostile().nodes)
    harmless = Trace(plain, hostile().edges, hostile().writes, hostile().lock)
    bad, good = Seen(page(hostile(), HOSTILE[8])), Seen(page(harmless, "p"))

    def shape(seen: Seen) -> Counter[tuple[str, ...]]:
        return Counter((tag, *sorted(attrs)) for tag, attrs in seen.tags if tag != "tspan")

    assert shape(bad) == shape(good)
    assert [tag for tag, _ in bad.blocks] == [tag for tag, _ in good.blocks]
    data = json.loads(next(block for tag, block in bad.blocks if tag == "script"))
    assert [node[3] for node in data["nodes"]] == [node.text for node in hostile().nodes]
    page(hostile(), "p").encode()


def test_a_graph_of_nothing_is_a_page_too() -> None:
    assert page(Trace((), (), (), ""), "empty").startswith(MARK)


def test_no_two_kinds_of_things_look_the_same(shipped: Trace) -> None:
    style = Seen(page(shipped, "p")).blocks[0][1]
    for theme in re.findall(r":root \{(.*?)\}", style, re.DOTALL):
        colours = dict(re.findall(r"--(\w+): (#\w+);", theme))
        kinds = [
            colours[kind]
            for kind in ("file", "feature", "policy", "given", "tool", "outcome", "clause", "case", "grader")
        ]
        assert len(set(kinds)) == len(kinds)


def test_a_page_is_written_whole_over_an_older_one_and_over_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "trace.html"
    write_one(file, MARK.encode() + b"old", MARK.encode())
    write_one(file, MARK.encode() + b"new", MARK.encode())
    assert file.read_bytes() == MARK.encode() + b"new"
    file.write_text("my notes")
    with pytest.raises(NotOurs):
        write_one(file, b"new", MARK.encode())
    assert file.read_text() == "my notes"
    write_one(file, b"new", None)
    assert file.read_bytes() == b"new"
    assert [one.name for one in tmp_path.iterdir()] == ["trace.html"]


def test_an_empty_file_is_nobodys_and_a_link_is_written_through(tmp_path: Path) -> None:
    real = tmp_path / "real.html"
    real.touch()
    link = tmp_path / "link.html"
    link.symlink_to(real)
    write_one(link, b"page", MARK.encode())
    assert link.is_symlink()
    assert real.read_bytes() == b"page"


def test_what_is_no_file_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    for path in (
        tmp_path / "folder",
        tmp_path / "nowhere" / "trace.html",
        Path("/dev/null"),
        tmp_path / "folder" / ("x" * 300),
    ):
        with pytest.raises(OSError, match=r"."):
            write_one(path, b"page", None)
    assert [one.name for one in tmp_path.rglob("*")] == ["folder"]
