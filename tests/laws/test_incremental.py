"""A build of what has changed leaves what a build of everything would leave, whatever changed and in what order."""

import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from speclang.diagnostics.diagnostic import Diagnostic
from speclang.engine.affected import affected
from speclang.engine.build import build
from speclang.engine.check import Report, check
from speclang.engine.compiling import open_project
from speclang.engine.fresh import look

TONE = 'policy tone "Tone" {\n  TONE-1 prose "Voice" { text "Be %s." }\n}\n'
SHARED = 'given late days 0 .. %d { name "the time since the due date"; from user; say "It was due {late} ago." }\n'
FEATURE = """\
{uses}
feature {name} "Desk of {name}" {{
  role "You are the desk of {name}."
  {tone}
  {given}
  outcome renew   "renew the loan"   {{ mentions "renewed" }}
  outcome decline "ask to return it" {{ mentions "return" }}
  exclusive renew, decline
  ask "Can I keep it?"
  {name}-1 rule "Early" {{ when {late} <= {early} days; must renew }}
  {name}-2 rule "Late"  {{ when {late} > {early} days; must decline }}
}}
"""
OWN = 'given late days 0 .. 60 { name "the time since the due date"; from user; say "It was due {late} ago." }'

Edit = Callable[[Path], None]


def feature(name: str, *, tone: bool, shared: bool, early: int) -> str:
    uses = [*(['use "tone.spec"'] if tone else []), *(['use "shared.spec"'] if shared else [])]
    return FEATURE.format(
        uses="\n".join(uses),
        name=name,
        tone="include tone" if tone else "",
        given="" if shared else OWN,
        late="late",
        early=early,
    )


names = st.sampled_from(["A", "B", "C"])


def write(name: str, text: str) -> Edit:
    def change(folder: Path) -> None:
        (folder / "specs" / name).write_text(text, encoding="utf-8")

    return change


def remove(name: str) -> Edit:
    return lambda folder: (folder / "specs" / f"{name}.spec").unlink(missing_ok=True)


def spoil(name: str) -> Edit:
    """Change a generated file by hand, as nobody should."""

    def change(folder: Path) -> None:
        path = folder / "generated" / name / "prompt.md"
        if path.exists():
            path.write_text(path.read_text(encoding="utf-8") + "And sing.\n", encoding="utf-8")

    return change


edits: st.SearchStrategy[Edit] = st.one_of(
    st.builds(
        lambda name, tone, shared, early: write(f"{name}.spec", feature(name, tone=tone, shared=shared, early=early)),
        names,
        st.booleans(),
        st.booleans(),
        st.sampled_from([3, 7, 70]),
    ),
    st.sampled_from(["kind", "calm"]).map(lambda word: write("tone.spec", TONE % word)),
    st.sampled_from([30, 60]).map(lambda most: write("shared.spec", SHARED % most)),
    st.sampled_from(["A", "B"]).map(
        lambda name: write(f"{name}.spec", feature("A", tone=False, shared=False, early=5))
    ),
    st.just(write("B.spec", "feature B {")),
    st.just(write("A.spec", "\ufeff" + feature("A", tone=True, shared=False, early=9))),
    names.map(remove),
    names.map(spoil),
)


@st.composite
def by_hand(draw: st.DrawFn) -> Edit:
    """A generated file in which a line is changed, left out or added, or the whole of which ends its lines as Windows does."""
    name = draw(names)
    file = draw(st.sampled_from(["prompt.md", "cases.yaml", "trace.json"]))
    where = draw(st.floats(0, 1, exclude_max=True))
    how = draw(st.sampled_from(["change", "leave out", "add", "ends"]))

    def change(folder: Path) -> None:
        path = folder / "generated" / name / file
        lines = path.read_text(encoding="utf-8").split("\n")
        at = int(where * len(lines))
        match how:
            case "change":
                lines[at] = lines[at].replace("7", "8").replace("late", "soon") + "."
            case "leave out":
                del lines[at]
            case "add":
                lines.insert(at, "And sing.")
            case _:
                pass
        path.write_bytes(("\r\n" if how == "ends" else "\n").join(lines).encode())

    return change


@settings(max_examples=max(25, settings().max_examples // 4))
@given(st.lists(by_hand(), min_size=1, max_size=3), st.lists(edits, max_size=1))
def test_a_check_after_hand_edits_tells_what_a_check_of_everything_tells(hands: list[Edit], specs: list[Edit]) -> None:
    folder = Path(tempfile.mkdtemp(prefix="specc-"))
    try:
        start(folder)
        for edit in (*hands, *specs):
            edit(folder)
        seen = look(folder)
        part, whole = check(folder, seen=seen), check(folder, afresh=True)
        assert told(part) == told(whole)
        if not specs:
            assert seen.unchanged or affected(seen) is not None
    finally:
        shutil.rmtree(folder)


def told(report: Report) -> list[tuple[object, ...]]:
    return [(one.code.id, one.title, one.told, report.places.locate(one.primary.span)) for one in report.diagnostics]


@settings(max_examples=max(25, settings().max_examples // 4))
@given(st.lists(st.lists(edits, min_size=1, max_size=3), min_size=1, max_size=5))
def test_a_build_after_changes_leaves_what_a_build_of_everything_leaves(steps: list[list[Edit]]) -> None:
    folder = Path(tempfile.mkdtemp(prefix="specc-"))
    try:
        start(folder)
        for step in steps:
            for edit in step:
                edit(folder)
            built = build(folder, discard=any(edit.__qualname__.startswith("spoil") for edit in step))
            whole = open_project(folder).compiled
            if not built.done:
                assert built.diagnostics
                continue
            assert codes(built.diagnostics) == codes(whole.diagnostics)
            held = generated(folder)
            assert {path: text for path, text in held.items() if not path.endswith(".lock")} == {
                one.path: one.text for one in whole.artifacts
            }
            afresh = check(folder, afresh=True)
            assert codes(afresh.diagnostics) == codes(whole.diagnostics)
            assert look(folder).unchanged == (not whole.diagnostics)
            assert codes(check(folder).diagnostics) == codes(whole.diagnostics)
    finally:
        shutil.rmtree(folder)


def start(folder: Path) -> None:
    (folder / "specs").mkdir()
    (folder / "specc.toml").write_text('specs = "specs"\ngenerated = "generated"\n', encoding="utf-8")
    write("tone.spec", TONE % "kind")(folder)
    write("shared.spec", SHARED % 60)(folder)
    for name in "ABC":
        write(f"{name}.spec", feature(name, tone=name != "C", shared=name != "A", early=7))(folder)
    assert build(folder).done


def generated(folder: Path) -> dict[str, str]:
    files = sorted((folder / "generated").rglob("*"))
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in files if path.is_file()}


def codes(found: Sequence[Diagnostic]) -> list[tuple[str, str]]:
    return sorted((one.code.id, one.title) for one in found)
