"""What a page is told while its text changes."""

from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

from speclang.source.text import SourceText
from speclang.syntax.format import format_source
from tests.strategies.playground import SPEC, Client, Page, project, serving


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with serving(tmp_path_factory.mktemp("playground")) as one:
        yield one


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return project(tmp_path / "project")


@pytest.fixture
def desk(root: Path, tmp_path: Path) -> Iterator[Page]:
    folder = tmp_path / "playground"
    folder.mkdir()
    with serving(folder, root) as one:
        yield Page(one)


def test_the_prompt_is_the_one_that_a_build_writes(client: Client) -> None:
    page = Page(client, "refunds")
    page.look()
    written = (Path(__file__).parents[3] / "generated" / "refunds" / "prompt.md").read_text(encoding="utf-8")
    assert page.prompt == written


def test_every_example_opens_and_says_what_it_becomes(client: Client) -> None:
    for one in client.ask("open", example="")["examples"]:
        page = Page(client, one["name"])
        page.look(graph=True)
        assert page.panes["shape"], one
        assert page.panes["prompt"], one
        assert page.panes["nodes"], one


def test_only_what_has_changed_is_told_again(desk: Page) -> None:
    desk.look()
    desk.edit("late <= 7 days", "late <= 8 days")
    answer = desk.look()
    at, drop, add = answer["edits"]["prompt"]
    assert (drop, len(add)) == (1, 1)
    assert desk.panes["prompt"][at][0] == "LOAN-1"
    assert "8 days" in desk.prompt
    whole = Page(desk.client)
    whole.edit("late <= 7 days", "late <= 8 days")
    whole.look()
    assert desk.panes == whole.panes, "what was told piece by piece is what is told at once"


def test_a_line_that_is_typed_above_changes_no_row_but_its_own(desk: Page) -> None:
    desk.look()
    desk.edit("  given", "  # a comment\n  given")
    assert set(desk.look()["edits"]) <= {"shape", "findings"}


def test_a_page_that_missed_an_answer_is_told_everything(desk: Page) -> None:
    desk.look()
    desk.ask("look", has=desk.number)
    desk.edit("7 days; must renew", "9 days; must renew")
    assert desk.look()["afresh"]
    assert "9 days" in desk.prompt


def test_findings_come_with_the_keystroke_and_are_drawn_a_moment_later(desk: Page) -> None:
    desk.look()
    answer = desk.edit("must renew", "must renw")
    (found,) = [one for one in answer["findings"] if one["level"] == "error"]
    assert found["title"] == "No outcome is named `renw`"
    assert desk.text[found["from"] : found["to"]] == "renw"
    assert found["fix"]["edits"] == [["specs/desk.spec", found["from"], found["to"], "renew"]]
    before = list(desk.panes["prompt"])
    looked = desk.look()
    assert not looked["sound"]
    assert desk.panes["prompt"] == before, "the last prompt that could be made stays"
    assert "^^^^" in desk.panes["findings"][0]["drawn"]
    desk.edit("must renw", "must renew")
    assert desk.look()["sound"]
    assert desk.panes["findings"] == []


def test_places_are_counted_as_a_browser_counts(desk: Page) -> None:
    desk.edit("Library desk", "Library \U0001f4da desk")
    answer = desk.edit("must decline", "must declin")
    (found,) = [one for one in answer["findings"] if one["level"] == "error"]
    units = desk.text.encode("utf-16-le")
    assert units[2 * found["from"] : 2 * found["to"]].decode("utf-16-le") == "declin"
    desk.edit('"Renewal"', '"Renewal \U0001f4da\U0001f4da"')
    assert desk.ask("file")["text"] == desk.text


def test_half_a_character_and_foreign_line_ends_are_taken_as_text(desk: Page) -> None:
    desk.edit('"Renewal"', '"Renewal \ud83d"')
    assert '"Renewal \ufffd"' in desk.ask("file")["text"]
    desk.ask("hold", text="# one\r\n# two\r# three")
    assert desk.ask("file")["text"] == "# one\n# two\n# three"


def test_a_question_about_an_older_text_is_stale(desk: Page) -> None:
    old = desk.version
    desk.edit("must renew", "must decline")
    for method in ("edit", "look", "words", "hover", "complete", "declared", "origin", "format", "changes", "save"):
        asked = {"changes": [], "at": 0, "part": 0, "feature": "desk", "version": old}
        assert desk.ask(method, **asked) == {"stale": True}, method


def test_a_look_is_given_up_when_somebody_types_on(client: Client) -> None:
    page = Page(client, "airline")
    page.look()
    page.edit('"Consent before a change"', '"Consent"')
    said: list[object] = []
    version = page.version
    looking = Thread(
        target=lambda: said.append(page.client.ask("look", page=page.opened["page"], file=page.file, version=version))
    )
    looking.start()
    page.edit('"Consent"', '"Agreement"')
    looking.join(60)
    (answer,) = said
    assert isinstance(answer, dict)
    assert answer == {"stale": True} or answer["version"] == version
    page.number = -1 if "number" in answer else page.number
    assert page.ask("look", has=0)["version"] == page.version


def test_what_an_edit_means_is_told_with_the_inputs_on_which_it_matters(desk: Page) -> None:
    desk.look()
    desk.edit("late <= 7 days", "late <= 9 days", fresh=True)
    desk.edit("late > 7 days", "late > 9 days")
    desk.look()
    (feature,) = desk.ask("changes", last=True)["features"]
    assert {one["requirement"]: one["change"] for one in feature["requirements"]} == {
        "LOAN-1": "tightened",
        "LOAN-2": "loosened",
    }
    (region,) = feature["outcomes"]
    assert (region["before"]["outcomes"], region["after"]["outcomes"]) == (["decline"], ["renew"])
    assert region["example"] == {"late": "8 days"}
    desk.edit("words <= 60", "words <= 50", fresh=True)
    desk.look()
    (last,) = desk.ask("changes", last=True)["features"]
    assert [one["requirement"] for one in last["requirements"]] == ["FMT-1"]
    (every,) = desk.ask("changes", last=False)["features"]
    assert len(every["requirements"]) == 3


def test_a_value_of_the_prompt_leads_to_that_value_in_the_spec(desk: Page) -> None:
    desk.look()
    number = next(at for at, (owner, _) in enumerate(desk.panes["prompt"]) if owner == "LOAN-1")
    clause = desk.panes["prompt"][number][1]
    found = desk.ask("origin", feature="desk", part=number, at=clause.index("7 days"))
    assert desk.text[found["from"] : found["to"]] == "7 days"
    assert desk.ask("origin", feature="desk", part=999, at=0) is None


def test_what_stands_at_a_place_is_what_an_editor_is_told(desk: Page) -> None:
    desk.look()
    at = desk.text.index("must renew") + len("must r")
    assert "mentions" in desk.ask("hover", at=at)["text"]
    declared = desk.ask("declared", at=at)
    assert desk.text[declared["from"] : declared["to"]] == "renew"
    offered = desk.ask("complete", at=at)
    assert offered["from"] == at - 1
    assert {"renew", "decline"} <= {row[0] for row in offered["rows"]}
    words = desk.ask("words", **{"from": 0, "to": len(desk.text)})["words"]
    coloured = {
        (desk.text[start:end], sort) for start, end, sort in zip(words[::3], words[1::3], words[2::3], strict=True)
    }
    assert {("feature", "keyword"), ("LOAN-1", "decorator"), ("renew", "event"), ("must", "modifier")} <= coloured
    assert "nothing" in desk.ask("explain", code="E0502")["text"]
    assert desk.ask("explain", code="../../etc/passwd") == {"text": None}


def test_a_format_changes_what_fmt_changes(desk: Page) -> None:
    made = desk.text
    for start, end, text in reversed(desk.ask("format")["changes"]):
        made = made[:start] + text + made[end:]
    assert made == format_source(SourceText("desk.spec", SPEC)).value
    assert made != SPEC


def test_nothing_is_written_until_it_is_saved_and_then_as_a_whole(desk: Page, root: Path) -> None:
    file = root / "specs" / "desk.spec"
    desk.edit("words <= 60", "words <= 40")
    desk.look()
    assert file.read_text(encoding="utf-8") == SPEC
    assert desk.ask("save") == {"saved": "specs/desk.spec"}
    assert file.read_text(encoding="utf-8") == desk.text
    assert sorted(one.name for one in root.iterdir()) == [".specc", "specc.toml", "specs"]


def test_a_file_that_somebody_else_has_changed_is_not_overwritten(desk: Page, root: Path) -> None:
    file = root / "specs" / "desk.spec"
    desk.edit("words <= 60", "words <= 40")
    file.write_text(SPEC.replace("Renewal", "Theirs"), encoding="utf-8")
    assert desk.look()["disk"] == ["specs/desk.spec"]
    status, why = desk.refused("save")
    assert (status, "changed on the disk" in why) == (409, True)
    assert "Theirs" in file.read_text(encoding="utf-8")
    desk.ask("keep")
    desk.ask("save")
    assert file.read_text(encoding="utf-8") == desk.text
    file.write_text(SPEC, encoding="utf-8")
    assert desk.ask("refresh")["disk"] == ["specs/desk.spec"]
    assert desk.ask("file", afresh=True)["text"] == SPEC


def test_line_ends_and_the_mark_of_a_file_stay_as_they_were(tmp_path: Path) -> None:
    root = project(tmp_path / "project")
    file = root / "specs" / "desk.spec"
    file.write_bytes(b"\xef\xbb\xbf" + SPEC.replace("\n", "\r\n").encode())
    (tmp_path / "playground").mkdir()
    with serving(tmp_path / "playground", root) as client:
        page = Page(client)
        assert page.text == SPEC
        page.edit("words <= 60", "words <= 40")
        page.ask("save")
    assert file.read_bytes() == b"\xef\xbb\xbf" + page.text.replace("\n", "\r\n").encode()


def test_an_example_is_never_written(client: Client) -> None:
    page = Page(client, "first")
    page.edit("feature", "# mine\nfeature")
    status, why = page.refused("save")
    assert (status, "Download" in why) == (409, True)
    assert Page(client, "first").text != page.text


def test_a_link_that_leads_out_of_the_project_is_not_followed(tmp_path: Path) -> None:
    root = project(tmp_path / "project")
    (tmp_path / "secret.spec").write_text("# secret\n", encoding="utf-8")
    (root / "specs" / "link.spec").symlink_to(tmp_path / "secret.spec")
    (tmp_path / "playground").mkdir()
    with serving(tmp_path / "playground", root) as client:
        page = Page(client)
        for method in ("file", "hold", "save"):
            assert page.refused(method, file="specs/link.spec", text="x")[0] in (404, 409)
    assert (tmp_path / "secret.spec").read_text(encoding="utf-8") == "# secret\n"
