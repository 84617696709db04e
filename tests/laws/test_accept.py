"""What is accepted stands: through checks, through builds of other requirements, and for the very finding that it was made for."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speclang.diagnostics.diagnostic import is_smell
from speclang.drift.keeping import keeping
from speclang.drift.states import State, compare
from speclang.engine.absorption.absorb import absorb
from speclang.engine.accepting.accept import accept, tidy, withdraw
from speclang.engine.api import compile as compile_project
from speclang.engine.build import build
from speclang.engine.check import check
from speclang.plan.artifact import Artifact
from speclang.project.acceptances import Acceptance, read, with_entries
from speclang.source.hashing import digest
from speclang.source.text import SourceText
from tests.fixtures.shop import built_shop

LATER = date(2099, 12, 31)
HAND = (State.EDITED, State.DELETED, State.ORPHAN, State.MOVED, State.DUPLICATED)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two features that share a policy, built in a folder of their own."""
    return built_shop(tmp_path_factory.mktemp("accept") / "project")


@pytest.fixture(scope="module")
def artifacts(project: Path) -> list[Artifact]:
    return [one for one in compile_project(project).artifacts if one.path.endswith((".md", ".yaml"))]


def test_what_is_accepted_is_not_taken_back_and_not_lost_when_another_edit_is(project: Path) -> None:
    folder = project.parent / "taken"
    shutil.copytree(project, folder)
    prompt = folder / "generated" / "refunds" / "prompt.md"
    text = prompt.read_text(encoding="utf-8")
    standing = text.replace("decline and name the 30 day limit", "decline, and say sorry")
    assert standing != text
    prompt.write_text(standing, encoding="utf-8")
    assert accept(folder, "REF-2", because="it is looked into", until=LATER).entries
    assert absorb(folder).specs == ()
    prompt.write_text(standing.replace("at most 120 words", "at most 90 words"), encoding="utf-8")
    report = absorb(folder)
    assert report.done, [one.title for one in report.diagnostics]
    assert report.taken == ("FMT-1",)
    assert prompt.read_text(encoding="utf-8") == standing.replace("at most 120 words", "at most 90 words")
    after = check(folder, afresh=True)
    assert after.in_sync
    assert [entry.about for _, entry in after.accepted] == ["REF-2"]


def test_an_edit_is_taken_beside_an_error_that_was_accepted(tmp_path: Path) -> None:
    (tmp_path / "specs").mkdir()
    (tmp_path / "specc.toml").touch()
    (tmp_path / "specs" / "a.spec").write_text(
        'feature desk "Desk" {\n  outcome care "take care of it"\n  ask "Hello."\n'
        '  V-1 rule "Kind" { must care }\n  FMT-1 format "Short" { must words <= 60 }\n}\n',
        encoding="utf-8",
    )
    assert accept(tmp_path, "V-1", because="nobody knows how to see it yet", until=LATER).entries
    assert build(tmp_path).done
    prompt = tmp_path / "generated" / "desk" / "prompt.md"
    prompt.write_text(prompt.read_text(encoding="utf-8").replace("60 words", "40 words"), encoding="utf-8")
    report = absorb(tmp_path)
    assert report.done, [(one.title, one.notes) for one in report.diagnostics]
    assert "words <= 40" in (tmp_path / "specs" / "a.spec").read_text(encoding="utf-8")


CHANGES = (("BRAND-3", '"promise"', '"pledge"'), ("FMT-1", "Anything else?", "Is that all?"))
"""Changes of a spec: the requirement, and what is said there in spec and prompt before and after."""

EDITS = st.tuples(
    st.floats(0, 0.999), st.sampled_from(("word", "number", "remove", "double", "add", "move")), st.floats(0, 0.999)
)


def edited(text: str, at: float, how: str, to: float) -> str:
    """`text` with one line changed, taken out, doubled, added or moved."""
    lines = text.splitlines(keepends=True)
    number = int(at * len(lines))
    line = lines[number]
    match how:
        case "word":
            lines[number] = line.rstrip("\n") + " Politely.\n"
        case "number":
            lines[number] = line.replace("0", "7", 1)
        case "remove":
            del lines[number]
        case "double":
            lines.insert(number, line)
        case "add":
            lines.insert(number, "- Wish everyone a good day.\n")
        case _:
            lines.insert(int(to * (len(lines) - 1)), lines.pop(number))
    return "".join(lines)


@given(st.floats(0, 0.999), st.lists(EDITS, min_size=1, max_size=3))
def test_what_is_kept_of_a_file_is_the_edit_and_nothing_else(
    artifacts: list[Artifact], which: float, edits: list[tuple[float, str, float]]
) -> None:
    artifact = artifacts[int(which * len(artifacts))]
    theirs = artifact.text
    for at, how, to in edits:
        theirs = edited(theirs, at, how, to)
    base = {(part.kind, part.id): digest(part.text) for part in artifact.parts}
    found = [one for one in compare(artifact, theirs, base) if not one.cosmetic]
    assert all(one.state in HAND for one in found)
    kept = keeping(artifact, theirs, found)
    if kept is not None and found:
        assert kept.split() == theirs.split()


def test_nearly_every_single_edit_can_be_kept(artifacts: list[Artifact]) -> None:
    tried, kept = 0, 0
    for artifact in artifacts:
        base = {(part.kind, part.id): digest(part.text) for part in artifact.parts}
        lines = len(artifact.text.splitlines())
        for number in range(0, lines, max(1, lines // 40)):
            for how in ("word", "number", "remove", "double", "add", "move"):
                theirs = edited(artifact.text, number / lines, how, 0.5)
                found = [one for one in compare(artifact, theirs, base) if not one.cosmetic]
                if found:
                    tried += 1
                    kept += keeping(artifact, theirs, found) is not None
    assert tried > 300
    assert kept / tried > 0.95, (kept, tried)


@settings(max_examples=max(12, settings().max_examples // 10))
@given(st.floats(0, 0.999), st.sampled_from(("word", "number", "remove", "add")))
def test_an_accepted_edit_lives_through_builds_of_other_requirements(project: Path, at: float, how: str) -> None:
    folder = project.parent / "copy"
    shutil.copytree(project, folder)
    try:
        prompt = folder / "generated" / "refunds" / "prompt.md"
        before = prompt.read_text(encoding="utf-8")
        after = edited(before, at, how, 0)
        prompt.write_text(after, encoding="utf-8")
        names = {
            one.requirement or one.code.id
            for one in check(folder).diagnostics
            if one.code.id != "E0713" and not is_smell(one)
        }
        for name in sorted(names):
            assert accept(folder, name, because="it is looked into", until=LATER).entries, name
        assert check(folder).in_sync
        assert check(folder, afresh=True).in_sync
        owner, old, new = next(change for change in CHANGES if change[0] not in names)
        spec = next(one for one in (folder / "specs").rglob("*.spec") if f"{owner} " in one.read_text(encoding="utf-8"))
        spec.write_text(spec.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
        assert build(folder).done
        assert prompt.read_text(encoding="utf-8").split() == after.replace(old, new).split()
        report = check(folder, afresh=True)
        assert report.in_sync
        assert {entry.because for _, entry in report.accepted} == ({"it is looked into"} if names else set())
        assert not tidy(folder).dropped
        for name in sorted(names):
            withdraw(folder, name)
        assert not check(folder).accepted
        assert check(folder).in_sync == (not names)
    finally:
        shutil.rmtree(folder)


TEXTS = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Z", "Cc")), min_size=1, max_size=12
).filter(str.strip)
ENTRIES = st.builds(Acceptance, TEXTS, st.just("REF-1"), TEXTS, TEXTS, TEXTS, TEXTS, st.dates(), st.just(0))


@given(st.lists(ENTRIES, max_size=4), st.lists(ENTRIES, max_size=3), st.integers(0, 15))
def test_the_file_of_acceptances_says_what_was_written(
    first: list[Acceptance], second: list[Acceptance], dropped: int
) -> None:
    text = with_entries("# ours\n", first, [])
    held = read(SourceText("accepted.toml", text))
    assert not held.diagnostics
    assert [one._replace(line=0) for one in held.value] == first
    gone = [one for number, one in enumerate(held.value) if dropped >> number & 1]
    now = read(SourceText("accepted.toml", with_entries(text, second, gone)))
    kept = [one for one in held.value if one not in gone]
    assert [one._replace(line=0) for one in now.value] == [one._replace(line=0) for one in kept] + second
    assert with_entries(text, second, gone).startswith("# ours\n")
