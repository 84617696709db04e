"""What a build of some features of a file leaves is, byte for byte, what a build from nothing leaves, whatever changed."""

import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from speclang.diagnostics.draw import draw_all
from speclang.engine.build import Built, build
from speclang.engine.check import Report, check
from speclang.engine.fresh import look

Said = dict[str, str]
"""What the specs say, by slot: every slot of `SLOTS` holds one of its texts."""

SLOTS: Mapping[str, Sequence[str]] = {
    "comment": ("", "# first\n", "# a comment, and\n# one more\n\n"),
    "shared": ("60", "30"),
    "policy": ("Be kind.", "Be calm and kind."),
    "A early": ("3", "7", "14"),
    "A title": ("Early", "Early enough"),
    "A outcome": ("renew the loan", "renew the loan for two weeks"),
    "A note": ("", "  # about the rules of A\n"),
    "B early": ("3", "9", "75"),
    "B tool": ("", '  tool look(id: text) { about "Looks a loan up." }\n', '  tool find { about "Finds it." }\n'),
    "B uses": ("", "  include tone\n"),
    "C early": ("3", "5"),
    "C given": (
        "",
        '  given young bool { name "the member is a child"; from user; yes "I\'m nine."; no "I\'m old." }\n',
    ),
    "C over": ("", "; over C-1"),
    "D name": ("D", "E", "A"),
    "order": ("ABC", "BAC"),
    "between": ("", 'given odd bool { name "it is odd"; from context }\n', "}\n", 'policy more "More" { }\n'),
    "user": ("7", "8"),
    "lines": ("\n", "\r\n"),
}


def feature(
    name: str, early: str, *, title: str = "Early", outcome: str = "renew the loan", more: str = "", over: str = ""
) -> str:
    """A feature over the shared given."""
    return f"""\
feature {name} "Desk of {name}" {{
  role "You are the desk of {name}."
  outcome renew   "{outcome}"   {{ mentions "renewed" }}
  outcome decline "ask to return it" {{ mentions "return" }}
  exclusive renew, decline
  ask "Can I keep it?"
{more}  {name}-1 rule "{title}" {{ when late <= {early} days; must renew }}
  {name}-2 rule "Late"  {{ when late > {early} days{over}; must decline }}
}}
"""


def texts(said: Said) -> dict[str, str]:
    """The files of the project."""
    three = {
        "A": feature("A", said["A early"], title=said["A title"], outcome=said["A outcome"], more=said["A note"]),
        "B": feature("B", said["B early"], more=said["B tool"] + said["B uses"]),
        "C": feature("C", said["C early"], more=said["C given"], over=said["C over"]),
    }
    shared = f'given late days 0 .. {said["shared"]} {{ name "the time since"; from user; say "It was due {{late}} ago." }}\n'
    policy = f'policy tone "Tone" {{\n  TONE-1 prose "Voice" {{ text "{said["policy"]}" }}\n}}\n'
    first, second, third = (three[name] for name in said["order"])
    everything = (
        f"{said['comment']}{shared}{first}{said['between']}{second}\n{policy}{third}{feature(said['D name'], '4')}"
    )
    user = feature("U", said["user"], more="  include tone\n")
    return {"all.spec": everything.replace("\n", said["lines"]), "user.spec": f'use "all.spec"\n{user}'}


def write(folder: Path, said: Said) -> None:
    for name, text in texts(said).items():
        (folder / "specs" / name).write_bytes(text.encode())


def started(said: Said) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="specc-"))
    (folder / "specs").mkdir()
    (folder / "specc.toml").write_text('specs = "specs"\ngenerated = "generated"\n', encoding="utf-8")
    write(folder, said)
    return folder


def memory(folder: Path) -> list[Path]:
    """What is remembered, in order."""
    return sorted(path for path in (folder / ".specc").rglob("*") if path.is_file())


def spoil(folder: Path, which: int, at: int, bit: int) -> None:
    """Flip a bit of something that is remembered."""
    files = [path for path in memory(folder) if path.stat().st_size]
    if files:
        path = files[which % len(files)]
        held = bytearray(path.read_bytes())
        held[at % len(held)] ^= 1 << bit
        path.write_bytes(held)


def forget(folder: Path) -> None:
    """Remove all that is remembered."""
    shutil.rmtree(folder / ".specc", ignore_errors=True)


Step = tuple[tuple[tuple[str, int], ...], Callable[[Path], None] | None]
changes = st.tuples(st.sampled_from(sorted(SLOTS)), st.integers(0, 3))
spoiled = st.tuples(st.integers(0, 9), st.integers(0, 9999), st.integers(0, 7)).map(
    lambda how: lambda folder: spoil(folder, *how)
)
steps = st.tuples(
    st.lists(changes, min_size=1, max_size=2).map(tuple), st.one_of(st.none(), st.none(), spoiled, st.just(forget))
)


@settings(max_examples=max(25, settings().max_examples // 4))
@given(st.lists(steps, min_size=1, max_size=5))
def test_what_is_left_is_what_a_build_from_nothing_leaves(edits: list[Step]) -> None:
    said = {slot: options[0] for slot, options in SLOTS.items()}
    folder = started(said)
    try:
        assert build(folder).done
        for edited, harm in edits:
            said.update({slot: SLOTS[slot][number % len(SLOTS[slot])] for slot, number in edited})
            write(folder, said)
            if harm is not None:
                harm(folder)
            found = told(check(folder))
            assert found == told(check(folder, afresh=True))
            built = build(folder)
            fresh = started(said)
            try:
                whole = build(fresh)
                assert told(built) == told(whole)
                assert built.done == whole.done
                if built.done:
                    assert generated(folder) == generated(fresh)
                    assert told(check(folder)) == told(check(folder, afresh=True)) == told(whole)
            finally:
                shutil.rmtree(fresh)
    finally:
        shutil.rmtree(folder)


def test_one_feature_of_a_file_is_compiled_where_only_it_changed(tmp_path: Path) -> None:
    said = {slot: options[0] for slot, options in SLOTS.items()}
    folder = started(said)
    try:
        everything = build(folder)
        assert [line.split()[0] for line in everything.features] == ["A", "B", "C", "D", "U"]
        for slot, after, written in (
            ("A early", "7", ["A/cases.yaml", "A/prompt.md", "A/trace.json", "specc.lock"]),
            ("A title", "Early enough", ["A/trace.json", "B/trace.json", "C/trace.json", "D/trace.json"]),
        ):
            said[slot] = after
            write(folder, said)
            report = check(folder)
            assert {one.primary.span.unit.file.split("/")[1] for one in report.diagnostics} >= {
                path.split("/")[0] for path in written if "/" in path
            }
            built = build(folder)
            assert {f"generated/{path}" for path in written} <= set(built.written)
            assert {line.split()[0] for line in built.features} == {"A", "U"}
    finally:
        shutil.rmtree(folder)


def test_a_note_on_a_case_does_not_make_everything_be_compiled_again(tmp_path: Path) -> None:
    (tmp_path / "specs").mkdir()
    (tmp_path / "specc.toml").write_text('specs = "specs"\ngenerated = "generated"\n', encoding="utf-8")
    said = {slot: options[0] for slot, options in SLOTS.items()}
    said["C over"] = "; over C-1"
    write(tmp_path, said)
    assert {one.code.id for one in build(tmp_path).diagnostics} == {"E0504"}
    assert look(tmp_path).unchanged
    write(tmp_path, said | {"A early": "7"})
    built = build(tmp_path)
    assert "C" not in {line.split()[0] for line in built.features}
    assert not built.diagnostics
    assert {one.code.id for one in check(tmp_path, afresh=True).diagnostics} == {"E0504"}


def generated(folder: Path) -> dict[str, bytes]:
    files = sorted((folder / "generated").rglob("*"))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files if path.is_file()}


def told(report: Report | Built) -> str:
    """What a user reads of the findings, without the notes on cases: they are told when their feature is compiled."""
    heard = [one for one in report.diagnostics if one.code.id != "E0504"]
    return draw_all(heard, report.places, colour=False, width=100)
