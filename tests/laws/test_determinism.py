"""The same specs give the same bytes: on every hash seed, in every folder, in every order, from nothing or after any edit."""

import shutil
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from speclang.diagnostics.draw import draw_all
from speclang.engine.build import build
from speclang.engine.check import Report, check
from speclang.engine.fresh import look
from speclang.engine.pipeline import compile_texts
from speclang.lock import lockfile
from speclang.project.config import Config
from speclang.project.paths import files_below
from speclang.source.text import SourceText
from tests.strategies.mutants import damage
from tests.strategies.specs import SpecModel, specs

ROOT = Path(__file__).parents[2]
SPECS = [ROOT / name for name in files_below(ROOT, "specs", ".spec")]
SETTINGS = 'specs = "specs"\ngenerated = "generated"\n'


def project(folder: Path, texts: dict[str, str]) -> Path:
    """A project in `folder` with these specs."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "specc.toml").write_text(SETTINGS, encoding="utf-8")
    for name, text in texts.items():
        write(folder, name, text)
    return folder


def write(folder: Path, name: str, text: str) -> None:
    path = folder / "specs" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8", "replace"))


def shipped() -> dict[str, str]:
    return {path.relative_to(ROOT / "specs").as_posix(): path.read_text(encoding="utf-8") for path in SPECS}


def held(folder: Path) -> dict[str, bytes]:
    """Every generated file with its bytes."""
    files = sorted((folder / "generated").rglob("*"))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files if path.is_file()}


def run(folder: Path, seed: str, *arguments: str) -> str:
    ran = subprocess.run(
        [sys.executable, "-m", "speclang", *arguments],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed, "PATH": "", "HOME": str(folder)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def test_seed_folder_and_order_of_files_change_no_byte(tmp_path: Path) -> None:
    one = project(tmp_path / "one", shipped())
    backwards = dict(reversed(shipped().items()))
    other = project(tmp_path / "other place" / "é" / "deeper" / "project.spec", backwards)
    assert run(one, "1", "build") == run(other, "4242", "build")
    assert held(one) == held(other)
    texts = [f"\n{text}" for text in shipped().values()]
    assert len(held(one)) == 1 + sum(3 * text.count("\nfeature ") + ("\n  stress " in text) for text in texts)


def test_texts_in_any_order_compile_to_the_same(tmp_path: Path) -> None:
    sources = [SourceText(f"specs/{name}", text) for name, text in shipped().items()]
    seen = set()
    for seed in range(3):
        Random(seed).shuffle(sources)  # noqa: S311 - any order will do
        compiled = compile_texts(sources, Config())
        seen.add((compiled.artifacts, lockfile.write(compiled.lock), compiled.diagnostics))
    assert len(seen) == 1


def test_deleted_files_come_back_byte_for_byte(tmp_path: Path) -> None:
    few = {name: text for name, text in shipped().items() if name.startswith(("first/", "policies/", "refunds/"))}
    folder = project(tmp_path, few)
    build(folder)
    before = held(folder)
    assert len(before) == 11
    for path in before:
        (folder / path).unlink()
        assert build(folder).written == (path,)
    assert held(folder) == before
    shutil.rmtree(folder / "generated")
    shutil.rmtree(folder / ".specc")
    build(folder)
    assert held(folder) == before


def test_a_build_after_a_build_writes_nothing(tmp_path: Path) -> None:
    folder = project(tmp_path, shipped())
    build(folder)
    before = {path: (folder / path).stat() for path in held(folder)}
    assert build(folder).written == build(folder, discard=True).written == ()
    shutil.rmtree(folder / ".specc")
    assert build(folder).written == ()
    assert run(folder, "7", "build", "--format", "json").startswith("{")
    assert {path: (folder / path).stat() for path in before} == before


SHARED = 'given late days 0 .. {most} {{ name "the time since the due date"; from user }}\n'
TONE = 'policy tone "Tone" {{\n  TONE-1 prose "Voice" {{ text "{text}" }}\n}}\n'
USER = """\
use "base.spec"
use "tone.spec"
feature {name} "Desk" {{
  role "You are a desk."
  include tone
  outcome renew   "renew the loan"   {{ mentions "renewed" }}
  outcome decline "decline the loan" {{ mentions "return" }}
  exclusive renew, decline
  ask "Can I keep it?"
  A-1 rule "Early" {{ when late <= {early} days; must renew }}
  A-2 rule "Late"  {{ when late > {early} days; must decline }}
}}
"""
START = {
    "base.spec": SHARED.format(most=60),
    "tone.spec": TONE.format(text="Be kind."),
    "alone.spec": 'use "base.spec"\npolicy alone "For nobody" {\n  X-1 format "Short" { when late > 3 days; must words <= 60 }\n}\n',
    "one.spec": USER.format(name="one", early=7),
    "sub/two.spec": USER.format(name="two", early=9),
}


def named(model: SpecModel, name: str) -> str:
    return model.text.replace(f"feature {model.name} ", f"feature {name} ")


files = st.sampled_from([*START, "new.spec", "sub/base.spec", "sub/tone.spec"])
features = st.sampled_from(("one", "two", "three", "One"))
texts = st.one_of(
    st.builds(named, specs(max_givens=2, max_rules=3), features),
    st.builds(lambda name, early: USER.format(name=name, early=early), features, st.integers(3, 70)),
    st.integers(3, 90).map(lambda most: SHARED.format(most=most)),
    st.sampled_from(("Be kind.", "Be calm.")).map(lambda text: TONE.format(text=text)),
    st.just(TONE.format(text="Be {late}.")),
    st.just("type late = a | b\n"),
    st.just(""),
    st.just('use "one.spec"\nuse "tone.spec"\n'),
    st.just('use "sub/two.spec"\nuse "nowhere.spec"\n'),
)
edits = st.one_of(
    st.tuples(st.just("write"), files, texts),
    st.tuples(st.just("damage"), files, st.integers(0, 10_000)),
    st.tuples(st.just("damage"), st.sampled_from(("base.spec", "tone.spec", "one.spec")), st.integers(0, 10_000)),
    st.tuples(st.just("remove"), files, st.none()),
    st.tuples(st.just("rename"), files, files),
    st.tuples(st.just("restore"), files, st.none()),
    st.tuples(st.just("touch"), files, st.sampled_from(("# a remark\n", "\n", "\ufeff"))),
)


def edit(folder: Path, change: tuple[str, str, object]) -> None:
    what, name, how = change
    path = folder / "specs" / name
    if what == "restore":
        write(folder, name, START.get(name, ""))
    elif what == "write":
        write(folder, name, str(how))
    elif not path.exists():
        return
    elif what == "remove":
        path.unlink()
    elif what == "rename":
        (folder / "specs" / str(how)).parent.mkdir(exist_ok=True)
        path.replace(folder / "specs" / str(how))
    elif what == "touch":
        write(folder, name, str(how) + path.read_text(encoding="utf-8").removeprefix("\ufeff"))
    elif isinstance(how, int):
        write(folder, name, damage(path.read_text(encoding="utf-8"), how))


def drawn(report: Report) -> str:
    return draw_all(report.diagnostics, report.places, colour=False, width=100)


@settings(max_examples=max(20, settings().max_examples // 5), suppress_health_check=list(HealthCheck))
@given(st.lists(st.lists(edits, min_size=1, max_size=2), min_size=1, max_size=4))
def test_after_any_edits_what_is_remembered_hides_nothing(
    tmp_path_factory: pytest.TempPathFactory, steps: list[list[tuple[str, str, object]]]
) -> None:
    """Check and build with a memory, against check and build without one, after every step."""
    top = tmp_path_factory.mktemp("edits")
    folder = project(top / "with", START)
    assert build(folder).done
    for step in steps:
        for change in step:
            edit(folder, change)
        assert drawn(check(folder)) == drawn(check(folder, afresh=True))
        clean = top / "without"
        shutil.copytree(folder / "specs", clean / "specs")
        shutil.copy(folder / "specc.toml", clean)
        built, whole = build(folder), build(clean)
        assert built.done == whole.done
        assert [one.title for one in built.diagnostics] == [one.title for one in whole.diagnostics]
        if built.done:
            assert held(folder) == held(clean)
            assert drawn(check(folder)) == drawn(check(clean, afresh=True))
        if look(folder).unchanged:
            assert check(clean, afresh=True).diagnostics == ()
        shutil.rmtree(clean)
    shutil.rmtree(top)
