"""What an open project says after any sequence of edits is what a new process says of the same texts.

`SPECC_EDITS=10000 pytest tests/laws/test_session.py` does more of them.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from speclang.bind import bind
from speclang.bind.errors.names import NAME_TAKEN, UNKNOWN_NAME
from speclang.diagnostics.diagnostic import Diagnostic, ordered
from speclang.diagnostics.result import Result
from speclang.engine.build import build
from speclang.engine.check import Report, judged
from speclang.engine.compiling import open_home
from speclang.engine.judging.findings import founded
from speclang.engine.session import Session, Stopped
from speclang.project import config
from speclang.project.overlay import Overlaid
from speclang.source.text import SourceText
from speclang.syntax.edit import places
from speclang.syntax.parser import parse
from tests.strategies.mutants import damage

ROOT = Path(__file__).parents[2]
POLICY = "specs/policies/brand.spec"
"""What its parameters can't be is told where a feature of another file includes it."""

EDITS = int(os.environ.get("SPECC_EDITS", "60"))
FEATURES_OF_ONE_FILE = """\
feature {name} "Desk {name}" {{
  given age days 0 .. 99 {{ name "the age"; from user; say "It is {{age}} old." }}
  outcome take "take it" {{ mentions "taken" }}
  outcome leave "leave it" {{ mentions "left" }}
  exclusive take, leave
  ask "What about it?"
  {ID}-1 rule "New" {{ when age <= 9 days; must take }}
  {ID}-2 rule "Old" {{ when age > 9 days; must leave; over {ID}-1 }}
}}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in ("first", "refunds", "policies"):
        shutil.copytree(ROOT / "specs" / name, tmp_path / "specs" / name)
    several = "\n".join(FEATURES_OF_ONE_FILE.format(name=name, ID=name.upper()) for name in ("one", "two", "three"))
    (tmp_path / "specs/several.spec").write_text(several, encoding="utf-8")
    (tmp_path / "specc.toml").write_text("", encoding="utf-8")
    assert build(tmp_path).done
    return tmp_path


def fresh(root: Path, texts: dict[str, str]) -> Report:
    """What a new process says."""
    found = config.find(root)
    home = found.value._replace(kept=Overlaid(found.value.tree, texts))
    return judged(open_home(Result(home, found.diagnostics), afresh=True), remembering=False)


def at_once(session: Session, name: str) -> tuple[Diagnostic, ...]:
    """What a reading of all files tells of the file `name`, up to `bind`."""
    sources = [source for one in session.specs() if (source := session.source(one))]
    parsed = [parse(source) for source in sources]
    bound = bind([one.value for one in parsed])
    mine = next(one for one in parsed if one.value.source.name == name)
    found = founded([one for one in bound.diagnostics if one.primary.span.unit.file == name], mine.diagnostics)
    return ordered((*mine.diagnostics, *found), places(one.value for one in parsed))


def own(found: tuple[Diagnostic, ...]) -> list[Diagnostic]:
    """The findings in which features of other files have no part."""
    return [one for one in found if one.code not in (NAME_TAKEN, UNKNOWN_NAME)]


def edits(session: Session, draw: Random, count: int) -> Iterator[str]:
    """Damage held texts, sometimes a generated file, sometimes back to what the disk has; gives the file's name each time."""
    names = session.specs()
    prompts = [f"generated/{name}/prompt.md" for name in ("first", "one", "refunds")]
    for _ in range(count):
        name = draw.choice(names) if draw.random() < 0.85 else draw.choice(prompts)
        if draw.random() < 0.3:
            session.release(name)
        else:
            held = session.texts.get(name) or (session.root / name).read_text(encoding="utf-8")
            session.hold(name, damage(held, draw.randrange(10**6)))
        yield name


def test_an_open_project_says_what_a_new_process_says(project: Path) -> None:
    draw = Random(7)  # noqa: S311 - it need not be a secret, only the same each time
    session = Session(project)
    for number, name in enumerate(edits(session, draw, EDITS)):
        if session.is_spec(name):
            quick = session.quick(name)
            assert quick is not None
            wanted = at_once(session, name)
            if name != POLICY:
                assert own(quick.diagnostics) == own(wanted), (number, name)
            if name == "specs/several.spec":
                assert quick.diagnostics == wanted, number
        if number % 6 == 0:
            view = session.look()
            wanted_report = fresh(project, dict(session.texts))
            assert view.report.diagnostics == wanted_report.diagnostics, (number, name)
            assert view.report.summary == wanted_report.summary


def test_a_look_at_what_is_known_makes_the_bytes_of_a_build_from_nothing(project: Path) -> None:
    session = Session(project)
    before = session.look().opened.compiled
    text = (project / "specs/several.spec").read_text(encoding="utf-8")
    session.hold("specs/several.spec", "# moved\n" + text.replace("<= 9 days", "<= 8 days", 1))
    after = session.look().opened.compiled
    found = config.find(project)
    home = found.value._replace(kept=Overlaid(found.value.tree, session.texts))
    wanted = open_home(Result(home), afresh=True).compiled
    assert after.artifacts == wanted.artifacts
    assert after.lock == wanted.lock
    known = {one.path: one for one in before.artifacts}
    assert [one.path for one in after.artifacts if one is not known[one.path]] == [
        "generated/one/prompt.md", "generated/one/cases.yaml", "generated/one/trace.json",
        "generated/three/trace.json", "generated/two/trace.json",
    ]  # fmt: skip


def test_a_look_that_nobody_wants_any_more_ends_and_costs_nothing(project: Path) -> None:
    session = Session(project)
    asked = 0

    def stopped() -> bool:
        nonlocal asked
        asked += 1
        return asked > 9

    with pytest.raises(Stopped):
        session.look(stopped)
    assert session.view is None
    assert session.look().report.diagnostics == fresh(project, {}).diagnostics


def test_a_text_that_was_never_saved_is_part_of_the_project(project: Path) -> None:
    session = Session(project)
    session.hold("specs/new.spec", FEATURES_OF_ONE_FILE.format(name="four", ID="FOUR"))
    names = [one.name for one in session.look().opened.compiled.program.features]
    assert "four" in names
    session.release("specs/new.spec")
    assert "four" not in [one.name for one in session.look().opened.compiled.program.features]


def test_settings_that_change_on_the_disk_count_once_it_is_said_so(project: Path) -> None:
    session = Session(project)
    session.look()
    (project / "specc.toml").write_text('generated = "made"\n', encoding="utf-8")
    session.forget()
    assert session.is_generated("made/one/prompt.md")
    assert session.look().report.diagnostics == fresh(project, {}).diagnostics


def test_a_large_text_is_refused_as_a_large_file_is(project: Path) -> None:
    tree = Overlaid(
        config.find(project).value.tree, {"specs/a.spec": "#" * (16 * 1024 * 1024 + 1), "specs/b.spec": "\ufeff# b"}
    )
    read = tree.read(["specs/a.spec", "specs/b.spec", "specs/several.spec"])
    assert [one.code.id for one in read.diagnostics] == ["E0906"]
    assert read.value[0] == SourceText("specs/b.spec", "# b")
    assert tree.text("specs/b.spec") == "\ufeff# b"
    assert dict(tree.hashes(["specs/b.spec", "specs/none.spec"]))["specs/none.spec"] == ""
