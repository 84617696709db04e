"""What runs have shown of a requirement stands above it and in its hover, with its age."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from speclang.assure.course import parts
from speclang.engine.compiling import open_home
from speclang.lsp.verdicts import age
from speclang.project import config
from speclang.project.writing import memory
from speclang.run.store.database import open_store
from speclang.run.store.rows import Kept, Run, Verdict
from tests.e2e.lsp.conftest import REFUNDS
from tests.strategies.editor import Editor

FAILING = "REF-1/nominal"


@pytest.fixture(scope="module")
def tried(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with a store: every case of REF-1 was answered, and one answer fails."""
    folder = tmp_path_factory.mktemp("tried") / "desk"
    shutil.copytree(built, folder)
    project = open_home(config.find(folder))
    (part,) = [one for one in parts(project, "", lambda *_: True) if one.plan.feature == "refunds"]
    store = open_store("", memory(folder))
    asked = Run("small", "m-1", False, {})
    run = store.begin(asked)
    for case in part.plan.cases:
        if case.requirement == "REF-1":
            kept = Kept(
                feature="refunds", case=case.id, case_hash=part.hashes[case.id], prompt=part.prompt_hash, built=True,
                system="", repetition=1, record=case.id.encode(), stopped="",
            )  # fmt: skip
            said = [
                Verdict(
                    grader.id, part.graders[grader.id], 1, "REF-1", "fail" if case.id == FAILING else "pass", True, ""
                )
                for grader in part.plan.graders
                if grader.requirement == "REF-1"
            ]
            store.add(run, asked, kept, said)
    store.end(run, "done")
    store.close()
    return folder


@pytest.fixture
def editor(tried: Path) -> Iterator[Editor]:
    made = Editor(tried)
    yield made
    assert made.close() == 0
    assert "please report" not in made.log


def test_a_requirement_shows_how_many_answers_passed_of_which_model_and_when(editor: Editor) -> None:
    uri = editor.open(REFUNDS)
    hover = editor.ask("textDocument/hover", editor.at(uri, "REF-|1 rule"))
    assert (
        "passed, m\\-1, just now" in hover["contents"]["value"] or "passed, m-1, just now" in hover["contents"]["value"]
    )
    lenses = editor.ask("textDocument/codeLens", {"textDocument": {"uri": uri}})
    (mine,) = [one for one in lenses if "passed" in one["command"]["title"]]
    assert editor.said(mine["range"], uri) == "REF-1"
    passed, count = (int(one) for one in mine["command"]["title"].split(" passed")[0].split(" of "))
    assert passed == count - 1 > 1
    assert mine["command"]["command"] == ""


def test_what_was_measured_on_another_prompt_is_told_as_stale(editor: Editor) -> None:
    uri = editor.open(REFUNDS)
    editor.asked.clear()
    editor.replace(uri, "words <= 120", "words <= 110")
    while True:
        lenses = editor.ask("textDocument/codeLens", {"textDocument": {"uri": uri}})
        if any(one["command"]["title"].startswith("stale: ") for one in lenses):
            break
        editor.next()


def test_a_project_in_which_nothing_was_run_has_no_verdicts(project: Path) -> None:
    editor = Editor(project)
    uri = editor.open(REFUNDS)
    assert "passed" not in editor.ask("textDocument/hover", editor.at(uri, "REF-|1 rule"))["contents"]["value"]
    assert editor.close() == 0


@pytest.mark.parametrize(
    ("since", "said"),
    [
        ("2025-03-02T12:00:00.000+00:00", "just now"),
        ("2025-03-02T11:58:30.000+00:00", "1 minute ago"),
        ("2025-03-02T09:00:00.000+00:00", "3 hours ago"),
        ("2025-02-28T12:00:00.000+00:00", "2 days ago"),
    ],
)
def test_how_old_a_verdict_is(since: str, said: str) -> None:
    assert age(since, "2025-03-02T12:00:00.500+00:00") == said
