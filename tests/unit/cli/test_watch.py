"""The view of a watch and the lines of its screen, by values: no terminal, no file."""

import json
import re
from pathlib import Path

import pytest

from speclang.bind.errors.names import unknown_name
from speclang.cli.console import Console
from speclang.cli.watch.jsonl import line
from speclang.cli.watch.lines import MOST, lines
from speclang.cli.watch.screen import Size, fitted, folded, screen
from speclang.cli.watch.terminal import keys
from speclang.cli.watch.view import State, View
from speclang.diagnostics.width import columns
from speclang.drift.errors import orphan
from speclang.engine.absorption.asking import Rewritten
from speclang.engine.watching.effects import Effects, Parts, Prompt, difference, effects
from speclang.engine.watching.events import About, Changed, Event, Failed, Found, Stands, Took, Wrote
from speclang.engine.watching.folders import concerns, folders
from speclang.lock.lockfile import Feature, File, Lock, Part
from speclang.project.config import Config, Home
from speclang.source.span import Places, whole_file
from speclang.source.text import SourceText

PLAIN = re.compile(r"\x1b\[[0-9;]*m")
SPEC = SourceText("specs/a.spec", 'feature a "A" {\n  X-1 rule "X" { must renw }\n}\n')
PLACES = Places.of([SPEC, SourceText("generated/a/prompt.md", "- Be kind.\n- Sing.\n")], {})
UNKNOWN = unknown_name("outcome", "renw", whole_file(SPEC.name, 36, 40), ("renew",))
SUNG = orphan(whole_file("generated/a/prompt.md", 11, 18), "X-1")
HOLDS = Found(About.SPECS, (), PLACES)
BROKEN = Found(About.SPECS, (UNKNOWN,), PLACES)
EDITED = Found(About.FILES, (SUNG,), PLACES, awaits=True)
FEATURES = (Feature("a", 3, 2, 8, 0),)
GOOD = Stands(in_sync=True, features=FEATURES, summary="1 feature")
BAD = Stands(in_sync=False, features=FEATURES, summary="1 feature")
CHANGED = Changed(("specs/a.spec",))
EFFECTS = Effects(
    "a",
    prompts=(("generated/a/prompt.md", difference("generated/a/prompt.md", "- old\n", "- new\n")),),
    cases=Parts(came=("X-1/nominal",), went=("X-1/other",)),
    graders=Parts(changed=("X-1/words",)),
)
WROTE = Wrote(("generated/a/prompt.md",), (), (), (EFFECTS,))
TOOK = Took(("X-1",), (Rewritten("specs/a.spec", "--- a\n+++ b\n@@\n-x\n+y"),))


def after(*events: Event) -> View:
    view = View(name="desk")
    for event in events:
        view = view.after(event)
    return view


def console(*, colour: bool = False) -> Console:
    import io

    return Console(io.StringIO(), io.StringIO(), colour, 100)


def shown(view: View, *, rows: int = 30, width: int = 80, colour: bool = False, scroll: int = 0) -> tuple[str, ...]:
    return screen(view, Size(width, rows), console(colour=colour), scroll=scroll)


@pytest.mark.parametrize(
    ("events", "state"),
    [
        ((), State.LOOKING),
        ((CHANGED, HOLDS, GOOD), State.IN_SYNC),
        ((CHANGED, BROKEN, BAD), State.BROKEN),
        ((CHANGED, HOLDS, EDITED, BAD), State.EDITED),
        ((CHANGED, HOLDS, EDITED, BAD, CHANGED, HOLDS, GOOD), State.IN_SYNC),
        ((CHANGED, HOLDS, EDITED, BAD, TOOK, HOLDS, GOOD), State.IN_SYNC),
        ((Failed("no room"),), State.FAILED),
        ((Failed("no room"), CHANGED, HOLDS, GOOD), State.IN_SYNC),
    ],
)
def test_the_state_is_that_of_the_last_round(events: tuple[Event, ...], state: State) -> None:
    assert after(*events).state is state


def test_a_new_round_takes_back_what_the_last_one_told() -> None:
    view = after(CHANGED, BROKEN, BAD, CHANGED, HOLDS, WROTE, GOOD)
    assert view.specs is None
    assert view.wrote is WROTE
    assert after(CHANGED, HOLDS, WROTE, GOOD, CHANGED, HOLDS, GOOD).wrote is None


def test_the_screen_has_as_many_lines_as_the_window_and_none_is_wider() -> None:
    for view in (after(), after(CHANGED, BROKEN, BAD), after(CHANGED, HOLDS, WROTE, EDITED, BAD)):
        for width, rows in ((20, 6), (40, 12), (100, 50)):
            for colour in (False, True):
                drawn = shown(view, rows=rows, width=width, colour=colour)
                assert len(drawn) == rows
                assert all(columns(PLAIN.sub("", one)) <= width for one in drawn)
                assert all(not PLAIN.search(one) or one.endswith("\x1b[0m") or "\x1b[0m" in one for one in drawn)


def test_what_a_build_changed_is_shown() -> None:
    text = "\n".join(shown(after(CHANGED, HOLDS, WROTE, GOOD)))
    for part in ("● in sync", "- - old", "+ - new", "cases 1 came, 1 went", "+ X-1/nominal", "graders 1 changed"):
        assert part in text


def test_the_keys_that_decide_are_shown_while_there_is_something_to_decide() -> None:
    assert shown(after(CHANGED, HOLDS, GOOD))[-1] == "? help   q quit"
    assert shown(after(CHANGED, HOLDS, EDITED, BAD))[-1].startswith("a absorb   d discard   l leave")


def test_what_does_not_fit_is_scrolled_to() -> None:
    view = after(CHANGED, BROKEN, EDITED, BAD)
    first, later = shown(view, rows=12), shown(view, rows=12, scroll=5)
    assert "↓" in first[-1]
    assert "↑ 5" in later[-1]
    assert first[9] == later[4]
    assert shown(view, rows=12, scroll=10_000)[-1].count("↓") == 0


def test_no_text_of_the_user_is_obeyed_by_the_terminal() -> None:
    evil = "\x1b]0;owned\x07\x1b[2J"
    wrote = Wrote((), (), (), (Effects("a", prompts=(("p.md", difference("p.md", "", evil)),)),))
    view = after(Changed((evil,)), HOLDS, wrote, Failed(evil))
    assert not any("\x1b" in one or "\x07" in one for one in (*shown(view), *lines(wrote)))
    assert "\x1b" not in line(wrote)


@pytest.mark.parametrize("width", [10, 24, 60])
def test_a_long_line_is_folded_without_loss(width: int) -> None:
    text = "   = fix: make the spec say this with `specc absorb`, or put the text back, 日本語 日本語 日本語 too"
    parts = list(folded(text, width))
    assert all(columns(one) <= width for one in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


def test_a_painted_line_that_is_cut_ends_its_paint() -> None:
    assert fitted("\x1b[31mabcdef\x1b[0m", 4) == "\x1b[31mabc…\x1b[0m"
    assert fitted("日本語", 4) == "日…"
    assert fitted("abcd", 4) == "abcd"


def test_keys_that_have_no_use_are_none() -> None:
    assert list(keys(b"qa")) == ["q", "a"]
    assert list(keys(b"\x1b[A")) == ["up"]
    assert list(keys(b"\x1b[24~")) == []


def test_a_long_list_of_lines_is_cut() -> None:
    told = list(lines(Changed(tuple(f"specs/{number}.spec" for number in range(100)))))
    assert len(told) == MOST + 1
    assert told[-1] == "… and 60 more like this"


def test_each_event_is_one_object() -> None:
    for event in (CHANGED, HOLDS, BROKEN, EDITED, WROTE, TOOK, Failed("x"), GOOD):
        assert "\n" not in line(event)
        assert isinstance(json.loads(line(event))["event"], str)
    assert json.loads(line(BROKEN))["findings"][0]["place"]["line"] == 2


def lock(**parts: str) -> Lock:
    return Lock(
        "1",
        "c",
        files=(File("generated/a/cases.yaml", "a", "h", "1", "i"),),
        parts=tuple(
            Part("generated/a/cases.yaml", "grader" if id.startswith("G") else "case", id, "X-1", hash)
            for id, hash in parts.items()
        ),
    )


def test_effects_tell_which_parts_came_went_and_changed() -> None:
    (one,) = effects(lock(C10="1", C9="1", kept="1", G1="1"), lock(C9="2", C11="1", C2="1", kept="1", G1="2"))
    assert one.cases == Parts(came=("C2", "C11"), went=("C10",), changed=("C9",))
    assert one.graders == Parts(changed=("G1",))


def test_what_nobody_reads_has_no_effects() -> None:
    assert effects(lock(C1="1"), lock(C1="1"), [Prompt("a", "p.md", "same\n", "same\n")]) == ()
    assert effects(Lock("", ""), Lock("", "")) == ()


def test_a_feature_that_is_gone_has_lost_its_cases() -> None:
    (one,) = effects(lock(C1="1"), Lock("1", "c"))
    assert (one.feature, one.cases.went) == ("a", ("C1",))


@pytest.mark.parametrize(
    ("path", "is_ours"),
    [
        ("specs/a.spec", True),
        ("specs/new folder", True),
        ("specs", True),
        ("generated/a/prompt.md", True),
        ("specc.toml", True),
        ("layouts/ours.j2", True),
        ("layouts", True),
        ("layouts/other.j2", False),
        ("README.md", False),
        (".specc/stamp.json", False),
        (".git/index", False),
        ("specs/.a.spec.swp", False),
        ("specs2/a.spec", False),
        ("node_modules/x/specs/a.spec", False),
    ],
)
def test_only_what_can_be_of_the_project_concerns_it(path: str, is_ours: bool, tmp_path: Path) -> None:
    home = Home(tmp_path, Config(layout="layouts/ours.j2"), SourceText("specc.toml", ""))
    assert concerns(home, str(tmp_path.resolve() / path)) is is_ours


def test_folders_are_watched_as_far_as_they_are_there(tmp_path: Path) -> None:
    home = Home(tmp_path, Config(specs="a/specs", layout="layouts/ours.j2"), SourceText("specc.toml", ""))
    assert [one.path for one in folders(home).flat] == [tmp_path.resolve()]
    assert folders(home).deep == ()
    (tmp_path / "a/specs").mkdir(parents=True)
    before = folders(home)
    assert [one.path.name for one in before.deep] == ["specs"]
    assert "a" in [one.path.name for one in before.flat]
    (tmp_path / "a/specs").rename(tmp_path / "a/old")
    (tmp_path / "a/specs").mkdir()
    assert folders(home) != before, "a folder that took the place of another is another one"
